"""The words right before a figure: how far they reach, and the stage (预算、决算) and the year that they tell."""

from __future__ import annotations

import re

from gouji.catalog import bare

_PIECE = re.compile(r"[，。；：！？,;:]|、(?!支)")
_ORDINAL = re.compile(r"\(?[一二三四五六七八九十\d]{1,3}[)、.．]")
_YEAR = re.compile(r"(20\d\d)年")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!度?结)")
_TO_YEAR = re.compile(r"^.*?(?:20\d\d年?|[上去]年)度?")
_STAGE_WORDS = re.compile(r"预算|决算|执行数")
_ANEW = re.compile(r"20\d\d年|本部门|本单位|我部门|我单位")


def leading_words(text: str) -> str:
    """The words right before a figure: after the last comma, and outside brackets that were not closed."""
    text = text.removeprefix("、")
    piece = _PIECE.split(text)[-1]
    if not piece.strip("为是约") and len(_PIECE.split(text)) > 1 and text.rstrip("为是约")[-1:] in "：，:":
        piece = _PIECE.split(text)[-2] + piece
    depth = 0
    for index in range(len(piece) - 1, -1, -1):
        if piece[index] == ")":
            depth += 1
        elif piece[index] == "(":
            if depth == 0:
                return piece[index + 1 :]
            depth -= 1
    if depth:
        # Closed more often than opened: what was in brackets was told before.
        piece = piece[piece.index(")") + 1 :] if piece.count(")") > piece.count("(") else piece
    return bare(piece) if _ORDINAL.match(piece) else piece


def who_of(text: str) -> str:
    """The last words of a text as those that name what a change or a share is about."""
    return leading_words(text).strip("各均分别总共也亦则")


def stage_of(words: str) -> str:
    """budget or final, as the words before a figure tell last; empty where they do not."""
    found = [match.group() for match in _STAGE_WORDS.finditer(words) if not _is_fund(words, match.end())]
    return "" if not found else "budget" if found[-1] == "预算" else "final"


def _is_fund(words: str, end: int) -> bool:
    """Whether 预算 belongs to the name of a fund (一般公共预算)."""
    return words[:end].endswith(("公共预算", "基金预算", "经营预算"))


def named_year(words: str) -> int | None:
    """The year that words name by its number."""
    year = _YEAR.search(words)
    return int(year.group(1)) if year is not None else None


def year_of(words: str, year: int | None) -> int | None:
    """The year that words name, by its number or as 上年: that before ``year``."""
    named = named_year(words)
    if named is not None:
        return named
    return year - 1 if year and _LAST_YEAR.match(words) else None


def latest_year(text: str) -> int | None:
    """The latest year that a text names by its number."""
    return max((int(year.group(1)) for year in _YEAR.finditer(text)), default=None)


def without_year(words: str) -> str:
    """Words behind the year that they begin with (较2023年度“三公”经费合计)."""
    return _TO_YEAR.sub("", words)


def starts_anew(words: str) -> bool:
    """Whether an amount is no part of the list before it: it names the year or the body again."""
    return _ANEW.search(words) is not None
