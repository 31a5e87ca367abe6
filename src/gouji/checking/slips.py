"""Slips of wording: what a template or a word processor left in, doubled marks and words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.catalog import AccountWording, Rule, Slip, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.reading import Passage, Sort, fold_characters

_MOST_PLACES = 12


def slips(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Patterns of one group, each kind of slip one finding with all its places."""
    group = str(rule.params["group"])
    found = 0
    for slip in subject.catalog.wording.slips:
        if slip.group != group:
            continue
        by_wording: defaultdict[str, list[Evidence]] = defaultdict(list)
        if slip.may_stand_in(subject.folded):
            for wording, place in _in_passages(slip, subject):
                by_wording[wording].append(place)
        if slip.cells and slip.may_stand_in(subject.worded_cells.lines):
            for wording, place in _in_cells(slip, subject):
                by_wording[wording].append(place)
        if slip.together and len(by_wording) > 1:
            found += 1
            yield _together(rule, subject, slip, by_wording)
            continue
        for wording, places in by_wording.items():
            found += 1
            yield _slip(rule, subject, slip, wording, places)
    subject.count(rule, found)


def _in_passages(slip: Slip, subject: Subject) -> Iterator[tuple[str, Evidence]]:
    """Each place of a slip in the running text, with its wording."""
    passages = subject.reading.passages
    for index, passage in enumerate(passages):
        if passage.sort is Sort.CONTENTS or (passage.sort is Sort.SCRAP and not slip.anywhere):
            continue
        hits = slip.hits(passage.folded)
        goes_on = bool(hits) and slip.may_go_on and _goes_on(passages[index + 1 : index + 2])
        for start, end in hits:
            if goes_on and end == len(passage.folded) and passage.folded[-1] in _OPENS:
                continue
            yield passage.text[start:end], subject.span(passage, start, end)


def _in_cells(slip: Slip, subject: Subject) -> Iterator[tuple[str, Evidence]]:
    """Each place of a slip in the cells of tables, with its wording."""
    cells = subject.worded_cells
    hits = {text: hits for text, folded in cells.folded.items() if (hits := slip.hits(folded))}
    for cell in cells.cells if hits else ():
        for start, end in hits.get(cell.text, ()):
            wording = "".join(cell.text.split())[start:end]
            quote = cell.text.strip()[:_LONGEST_QUOTE]
            where = cell.place.page, cell.place.box, cell.place.ref
            yield wording, Evidence(subject.file, *where, "表格", quote, suspect=True)


def _goes_on(following: Sequence[Passage]) -> bool:
    """Whether the next paragraph may continue this one: a sentence, or the first item of a list."""
    if not following or following[0].sort is not Sort.TEXT:
        return False
    ordinal = _ANY_ORDINAL.match(following[0].folded)
    return ordinal is None or ordinal.group("ordinal") in ("1", "一")


_OPENS = "：:"
_ANY_ORDINAL = re.compile(r"\(?(?P<ordinal>[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)|[、.．](?!\d))")


_LONGEST_QUOTE = 60


def _slip(rule: Rule, subject: Subject, slip: Slip, wording: str, places: list[Evidence]) -> Finding:
    many = f"，共{len(places)}处" if len(places) > 1 else ""
    should = "" if slip.right is None else f"应改为“{slip.right}”。" if slip.right else "应当删除。"
    return subject.finding(
        rule, f"“{wording}”：{slip.says}{many}", f"{slip.says}：“{places[0].quote}”。{should}",
        places[:_MOST_PLACES], stated=wording, expected=slip.right or None,
    )  # fmt: skip


def _together(rule: Rule, subject: Subject, slip: Slip, by_wording: Mapping[str, list[Evidence]]) -> Finding:
    """One finding for all places: what differs is only what each of them is about."""
    places = [place for own in by_wording.values() for place in own]
    listed = "；".join(
        f"{wording}（{len(own)}处）" if len(own) > 1 else wording for wording, own in by_wording.items()
    )
    return subject.finding(
        rule, f"{slip.says}，共{len(places)}处", f"定稿以前要补齐的有{len(places)}处：{listed}。", places,
        stated=next(iter(by_wording)),
    )  # fmt: skip


def unbalanced(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Brackets and quotes of a paragraph that are not closed, or not opened."""
    found: list[Evidence] = []
    for passage in subject.reading.passages:
        if passage.sort is Sort.CONTENTS or passage.text[-1] not in "。！？":
            continue
        text = _ORDINAL.sub(
            lambda match: "".join("〇" if c in "()" else c for c in match.group()), passage.folded
        )
        for opening, closing in _PAIRS:
            position = _unmatched(text, opening, closing)
            if position is not None:
                found.append(subject.span(passage, position, position + 1))
    subject.count(rule, len(found))
    if found:
        yield subject.finding(
            rule,
            f"括号或引号没有成对{_places(found)}",
            "左右两边的数目不等，请补上或删去一个。",
            found[:_MOST_PLACES],
        )


_PAIRS = (("(", ")"), ("“", "”"), ("《", "》"))
_ORDINAL = re.compile(r"(?:^|(?<=[。；：，、]))\(?[一二三四五六七八九十\d]{1,3}\)")


def _unmatched(text: str, opening: str, closing: str) -> int | None:
    """Where the first mark stands that has no partner."""
    open_at: list[int] = []
    for position, character in enumerate(text):
        if character == opening:
            open_at.append(position)
        elif character == closing:
            if not open_at:
                return position
            open_at.pop()
    return open_at[0] if open_at else None


def _places(places: list[Evidence]) -> str:
    return f"（{len(places)}处）" if len(places) > 1 else ""


def foreign_causes(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Causes that speak of another account of the document than the one they explain."""
    wording = subject.catalog.wording.accounts
    names = {
        fold(code.name).removesuffix(_SUFFIX)
        for table in subject.reading.tables
        for code in table.codes
        if code.dimension == "exp_func_code" and len(code.code) == _ITEM_DIGITS
    }
    found = 0
    for passage in subject.reading.passages:
        for match in wording.cause.finditer(passage.folded):
            name = _item(passage, match.start(), wording).removesuffix(_SUFFIX)
            said = fold(match.group("said"))
            for tail in wording.cause_tails:
                said = said.removesuffix(tail)
            if not name or said not in names or said in name or name in said or name not in names:
                continue
            found += 1
            yield subject.finding(
                rule, f"“{name}”的变动原因写的是“{said}”",
                f"这里说明的科目是{name}，原因却说{match.group('said')}{match.group('change')}，可能是照抄后没有修改。",
                [subject.span(passage, *match.span())],
            )  # fmt: skip
    subject.count(rule, found)


_SUFFIX = "支出"
_ITEM_DIGITS = 7


def copied(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The purpose of one item that stands, word for word, at an item of another name."""
    wording = subject.catalog.wording.accounts
    seen: dict[str, tuple[str, Evidence]] = {}
    found = 0
    for passage in subject.reading.passages:
        for match in wording.purpose.finditer(passage.folded):
            words = match.group("words")
            name = _item(passage, match.start(), wording)
            if len(words) < _LONG_ENOUGH or not name:
                continue
            place = subject.span(passage, match.start("words"), match.end("words"))
            other = seen.setdefault(words, (name, place))
            if other[0] != name and not (other[0] in words and name in words):
                found += 1
                yield subject.finding(
                    rule, f"“{name}”与“{other[0]}”的用途一字不差",
                    f"两个科目都写着“{words}”，其中一处可能是照抄后没有修改。", [place, replace(other[1], suspect=False)],
                )  # fmt: skip
    subject.count(rule, found)


_LONG_ENOUGH = 10


def _item(passage: Passage, before: int, wording: AccountWording) -> str:
    """The 项 that is named last before a place, in the passage or in the nearest heading."""
    for text in (passage.folded[:before], *reversed(passage.path)):
        names = wording.item.findall(fold_characters(text))
        if names:
            return str(names[-1]).rpartition(wording.above_item)[2]
    return ""


SLIP_ENGINES: Mapping[str, ContentEngine] = {
    "slips": slips,
    "unbalanced": unbalanced,
    "copied": copied,
    "foreign_causes": foreign_causes,
}
