"""Headings of running text: their ordinals tell their level, their shape tells them from sentences."""

from __future__ import annotations

import re

from gouji.catalog import load_catalog

_NUMERAL = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"第[{_NUMERAL}]+(?:部分|章|篇)"),
    re.compile(rf"[{_NUMERAL}]{{1,3}}[、.．]"),
    re.compile(rf"\([{_NUMERAL}]{{1,3}}\)"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]"),
)
_OPEN_PATH = re.compile(r"\([类款]\)[^()。：:]+$")
_LONGEST = 60
_SENTENCE = re.compile(r"[。；，;！？]|[:：](?:是?指|反映)|\d(?:\.\d+)?(?:万元|亿元|元|%)")
_LEADERS = re.compile(r"[.…·．]{3,}\s*[-\d]*\s*$|[.…·]{2,}$|\S\s{3,}\d{1,3}\s*$")


def heading_level(folded: str) -> int:
    """The level of a heading (1 for 第一部分 or 名词解释 to 5 for （1）), 0 for what is none. ``folded`` has no blanks and
    unified brackets; a heading may end with a full stop."""
    if len(folded) > _LONGEST:
        return 0
    for level, ordinal in enumerate(_LEVELS, start=1):
        match = ordinal.match(folded)
        if match is not None:
            rest = folded[match.end() :].rstrip("：:")
            if rest.endswith("。"):
                rest = rest.rstrip("。") if load_catalog().headings.nominal.search(rest) else ""
            return 0 if level > 1 and (not rest or _SENTENCE.search(rest)) else level
    return 1 if load_catalog().headings.unnumbered.fullmatch(folded) else 0


def is_whole_heading(folded: str) -> bool:
    """Whether a line is a heading that ends as headings do, so that nothing of it stands on the next line."""
    return heading_level(folded) > 0 and load_catalog().headings.complete.search(folded) is not None


def is_open_path(folded: str) -> bool:
    """Whether a line breaks off within a path of accounts (某（类）某（款）艺术表): a name goes on up to its level."""
    return _OPEN_PATH.search(folded) is not None


def starts_part(folded: str) -> bool:
    """Whether a line begins a part of the document (第三部分)."""
    return _LEVELS[0].match(folded) is not None


def is_part_alone(folded: str) -> bool:
    """Whether a line is nothing but the ordinal of a part, its title standing on the next line."""
    return _LEVELS[0].fullmatch(folded) is not None


def starts_numbered(folded: str) -> bool:
    """Whether a line begins as a heading or a numbered item does."""
    return any(ordinal.match(folded) for ordinal in _LEVELS)


def is_contents_line(printed: str) -> bool:
    """Whether a line is an entry of a contents page: leaders, or a page number set apart."""
    return _LEADERS.search(printed) is not None
