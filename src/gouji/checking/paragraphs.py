"""How paragraphs end and go on: a missing full stop, a sentence torn in two, 一是 without 二是."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.reading import Passage, Sort

_MOST_PLACES = 12


def endings(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Paragraphs that end a section with ； or ，, items that lack the full stop that most of their kind have, and sentences
    that go on in another paragraph."""
    passages = [p for p in subject.reading.passages if p.sort is not Sort.CONTENTS]
    hanging = [
        subject.span(passage, len(passage.text) - 1)
        for passage, following in pairwise(passages)
        if _is_open(passage) and following.sort is Sort.HEADING and following.level <= _SECTION
    ]  # fmt: skip
    without = [subject.span(passage, len(passage.text) - 1) for passage in _without_stop(passages)]
    torn = [
        subject.span(one, len(one.text) - 1)
        for one, following in pairwise(passages)
        if _is_torn(one, following)
    ]
    subject.count(rule, len(hanging) + len(without) + len(torn))
    if hanging:
        yield subject.finding(
            rule, f"一节的末尾没有句号{_places(hanging)}",
            f"一节文字到“{hanging[0].quote}”为止，末尾应当是句号。", hanging[:_MOST_PLACES],
        )  # fmt: skip
    if without:
        yield subject.finding(
            rule, f"同类的条目有句号，这里没有{_places(without)}",
            f"“{without[0].quote}”的末尾没有句号，其他条目都有。", without[:_MOST_PLACES],
        )  # fmt: skip
    if torn:
        yield subject.finding(
            rule, f"一句话断成两段{_places(torn)}",
            f"“{torn[0].quote}”之后另起了一段，原因应当接着写。", torn[:_MOST_PLACES],
        )  # fmt: skip


def _is_open(passage: Passage) -> bool:
    """Whether a paragraph ends without a full stop; a line without any mark only where it is a sentence with its amount."""
    if passage.sort is Sort.SCRAP:
        return len(passage.folded) >= _LONG_ENOUGH and _AMOUNT_LAST.search(passage.folded) is not None
    return passage.sort is Sort.TEXT and _HANGS.search(passage.text) is not None


_LONG_ENOUGH = 20
_AMOUNT_LAST = re.compile(r"[为共计][\d,.]+(?:万元|元)$")
_HANGS = re.compile(r"[；，、,;]$|(?:，.*[\u4e00-\u9fff]|\d万元)(?<!单位：万元)(?<!单位:万元)$")
"""A comma or semicolon at the end, or nothing after a sentence."""
_SECTION = 3


def _without_stop(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Numbered paths of accounts that end without the full stop that most of their list end with."""
    items = [p for p in passages if p.sort is not Sort.SCRAP and _ITEM.match(p.folded)]
    for _, group in groupby(items, key=lambda p: p.path[:-1] if p.sort is Sort.TEXT and p.path else p.path):
        own = list(group)
        bare = [p for p in own if not p.text.endswith("。")]
        if len(own) >= _LIST and bare and len(bare) * _FEW <= len(own):
            yield from bare


_ITEM = re.compile(r"(?:\d{1,2}[、.．]|\(\d{1,2}\)|[一二三四五六七八九十]{1,3}、).{2,60}\(项\)。?$")
_LIST, _FEW = 5, 3


def _is_torn(passage: Passage, following: Passage) -> bool:
    """Whether a cause is announced and begins in a new paragraph that is no item of a list."""
    return (
        passage.sort is Sort.TEXT
        and following.sort is Sort.TEXT
        and passage.path == following.path
        and _ANNOUNCED.search(passage.folded) is not None
        and _LISTED.match(following.folded) is None
    )


_ANNOUNCED = re.compile(r"[，。；].*(?:主要)?原因(?:是|为)?[：:]$")
_LISTED = re.compile(
    r"\(?[一二三四五六七八九十\d]{1,3}[)、.．]|[一二三四五六七八九十]是|第[一二三四五]|其[一二]"
)


def lone_firsts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """一是 without 二是, up to the next numbered paragraph."""
    found: list[Evidence] = []
    passages = [p for p in subject.reading.passages if p.sort in (Sort.TEXT, Sort.HEADING)]
    for index, passage in enumerate(passages):
        firsts = list(_FIRST.finditer(passage.folded))
        if passage.sort is Sort.TEXT and firsts:
            after = takewhile(
                lambda p: p.sort is Sort.TEXT and not _NUMBERED.match(p.folded), passages[index + 1 :]
            )
            rest = "".join((passage.folded[firsts[0].end() :], *(p.folded for p in after)))
            if _SECOND.search(rest) is None:
                found += [subject.span(passage, *match.span("first")) for match in firsts]
    subject.count(rule, len(found))
    if found:
        yield subject.finding(
            rule, f"只有“一是”，没有“二是”{_places(found)}",
            f"“{found[0].quote}”写了“一是”，后面没有“二是”。只有一项的不必编序，漏写的请补上。", found[:_MOST_PLACES],
        )  # fmt: skip


_NUMBERED = re.compile(r"\(?[一二三四五六七八九十\d]{1,3}[)、.．]")
_FIRST = re.compile(r"(?:^|[。；：:，])(?P<first>一是)(?!否)")
_SECOND = re.compile(r"二是|二则|其二|其次|另一方面|此外|二、|2[、.．](?!\d)")


def _places(places: list[Evidence]) -> str:
    return f"（{len(places)}处）" if len(places) > 1 else ""


PARAGRAPH_ENGINES: Mapping[str, ContentEngine] = {"endings": endings, "lone_firsts": lone_firsts}
