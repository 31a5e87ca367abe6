"""A list that one section tells in a sentence (一是…；二是…) and another point by point, in one document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.facts import Outcome
from gouji.reading import Passage, Sort, fold_characters


class Item(NamedTuple):
    """One item of a list: as printed, without marks, and its place."""

    said: str
    plain: str
    place: Evidence


class Told(NamedTuple):
    """A list, the words or the heading before it, and the headings of its section."""

    lead: str
    path: tuple[str, ...]
    items: Sequence[Item]


def in_sentences(subject: Subject) -> list[Told]:
    """The lists that a paragraph tells as 一是…；二是…."""
    found: list[Told] = []
    for passage in _body(subject):
        matches = list(_LISTED.finditer(passage.folded)) if passage.sort is Sort.TEXT else []
        for at, match in enumerate(matches):
            if match.group("ordinal") != "一":
                continue
            own = [match]
            for following in matches[at + 1 :]:
                if len(own) == len(_ORDINALS) or following.group("ordinal") != _ORDINALS[len(own)]:
                    break
                own.append(following)
            lead = re.split("[。；]", passage.folded[: match.start()])[-1]
            items = [_item(passage, *one.span("words"), subject) for one in own]
            found.append(Told(lead, passage.path, items))
    return found


def point_by_point(subject: Subject) -> list[Told]:
    """The lists whose items are headings of one level, or paragraphs with ordinals, below one heading."""
    by_place: dict[tuple[tuple[str, ...], str], list[Item]] = {}
    for passage in _body(subject):
        match = _NUMBERED.match(passage.folded)
        if match is None or passage.sort not in (Sort.TEXT, Sort.HEADING):
            continue
        style = re.sub("[一二三四五六七八九十\\d]+", "", match.group("ordinal"))
        end = min(
            (at for mark in "。；：" if (at := passage.folded.find(mark, match.end())) > 0),
            default=len(passage.text),
        )
        by_place.setdefault((passage.path, style), []).append(_item(passage, match.end(), end, subject))
    return [Told(path[-1] if path else "", path, items) for (path, _), items in by_place.items()]


_ORDINALS = "一二三四五六七八九十"
_LISTED = re.compile(r"(?:^|[。；：:，])(?P<ordinal>[一二三四五六七八九十])是(?!否)(?P<words>[^。；]+)")
_NUMBERED = re.compile(
    r"(?P<ordinal>\(?[一二三四五六七八九十\d]{1,3}[)、.．](?!\d)|[一二三四五六七八九十]是)"
)


def _body(subject: Subject) -> list[Passage]:
    return [p for p in subject.reading.passages if p.sort is not Sort.CONTENTS]


def _item(passage: Passage, start: int, end: int, subject: Subject) -> Item:
    said = passage.text[start:end]
    return Item(
        said, re.sub(r"[^\w]+|_", "", fold_characters(said)), subject.span(passage, start, end, suspect=False)
    )


def left_out(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Of a list most of whose items another section tells point by point, word for word: the items that it leaves out."""
    sections = point_by_point(subject)
    for told in in_sentences(subject):
        for section in sections:
            if len(told.items) < _LIST or section.path == told.path:
                continue
            heads = {item.plain for item in section.items}
            same = [item for item in told.items if item.plain in heads]
            if len(same) < _SAME or len(same) * 2 < len(told.items):
                continue
            missing = [item for item in told.items if not _is_told(item, section, subject)]
            if not missing or len(missing) * 3 > len(told.items):
                subject.coverage.count(rule.id, Outcome.NOT_CHECKED if missing else Outcome.EXACT)
                continue
            subject.coverage.count(rule.id, Outcome.VIOLATED)
            named = "；".join(f"“{item.said}”" for item in missing)
            yield subject.finding(
                rule, f"概括写了{len(told.items)}项，“{section.lead}”只有{len(section.items)}项",
                f"前文列{len(told.items)}项，“{section.lead}”里逐项写的有{len(same)}项与它一字不差，{named}却没有写到。",
                [*(replace(item.place, suspect=True) for item in missing), section.items[0].place],
            )  # fmt: skip


_LIST, _SAME = 3, 2


def _is_told(item: Item, section: Told, subject: Subject) -> bool:
    """Whether a section has an item, in the same words or nearly, or anywhere in its paragraphs."""
    if any(_similar(item, other) >= _NEAR for other in section.items):
        return True
    return any(
        item.plain in re.sub(r"[^\w]+", "", passage.folded)
        for passage in _body(subject)
        if passage.path[: len(section.path)] == section.path
    )


def _similar(one: Item, other: Item) -> float:
    return SequenceMatcher(None, one.plain, other.plain, autojunk=False).ratio()


_NEAR = 0.5


def unlike(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """What is to be done next, told in two sections of which neither has an item of the other."""
    label = subject.catalog.wording.measures
    told = [one for one in in_sentences(subject) if label.search(one.lead)]
    sections = [one for one in point_by_point(subject) if label.search(fold_characters(one.lead))]
    # One summary and one report: where projects report one by one, measures differ as they should.
    if len(told) != 1 or len(sections) != 1 or told[0].path == sections[0].path:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    one, other = told[0], sections[0]
    if any(_similar(mine, theirs) >= _NEAR for mine in one.items for theirs in other.items):
        subject.coverage.count(rule.id, Outcome.EXACT)
        return
    subject.coverage.count(rule.id, Outcome.VIOLATED)
    here, there = ("；".join(item.said for item in lst.items) for lst in (one, other))
    yield subject.finding(
        rule, f"两处写的措施没有一项相同（{len(one.items)}项和{len(other.items)}项）",
        f"一处写：{here}。“{other.lead}”一节写：{there}。同一次评价的改进措施应当一致，请核对是否各写各的。",
        [item.place for lst in (one, other) for item in lst.items],
    )  # fmt: skip


RETOLD_LIST_ENGINES: Mapping[str, ContentEngine] = {"retold_left_out": left_out, "retold_unlike": unlike}
