"""The same text told twice, in one document or in two, with a clause that differs: the duties of a body (职责)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.facts import Outcome
from gouji.reading import Passage, Sort, fold_characters

SubjectPairEngine = Callable[[Rule, Subject, Subject], Iterator[Finding]]


class Point(NamedTuple):
    """One item of a text: as printed, without marks and ordinals, and its place."""

    said: str
    plain: str
    place: Evidence


Account = Sequence[Point]
"""A text point by point."""


class Difference(NamedTuple):
    """A point of each of two accounts that is nearly the same in both."""

    one: Point
    other: Point


def duty_accounts(subject: Subject) -> list[Account]:
    """What the sections on the body's duties tell."""
    heading = subject.catalog.wording.duties
    return [
        account
        for path, passages in groupby(_text(subject), key=lambda passage: passage.path)
        if any(heading.search(fold_characters(line)) for line in path[-1:])
        and len(account := _account(passages, subject)) >= _FEWEST
    ]


def all_accounts(subject: Subject) -> list[Account]:
    """Every long text of a document: its sections, and the cells of its tables."""
    found: list[Account] = [
        _account(passages, subject)
        for _, passages in groupby(_text(subject), key=lambda passage: passage.path)
    ]
    for table in subject.reading.document.tables:
        for cell in table.cells:
            if len(cell.text) >= _LONG_CELL and cell.recognition is None:
                where = cell.place.page, cell.place.box, cell.place.ref
                said = _said(cell.text, subject)
                found.append([
                    Point(words, plain, Evidence(subject.file, *where, "表格", _short(words)))
                    for words, plain, _, _ in said
                ])  # fmt: skip
    return [account for account in found if len(account) >= _FEWEST]


def _text(subject: Subject) -> list[Passage]:
    return [p for p in subject.reading.passages if p.sort is Sort.TEXT]


_FEWEST = 3
_LONG_CELL = 60


def _account(passages: Iterator[Passage], subject: Subject) -> list[Point]:
    return [
        Point(words, plain, subject.span(passage, start, end, suspect=False))
        for passage in passages
        for words, plain, start, end in _said(passage.text, subject)
    ]


def _said(text: str, subject: Subject) -> Iterator[tuple[str, str, int, int]]:
    """The points of a text: their words, the same bare of marks, ordinals and the body's name, and where they stand."""
    body = fold_characters(subject.reading.scope.body)
    for match in _POINT.finditer(text):
        bare = _ORDINAL.sub("", fold_characters(match.group()))
        plain = _MARKS.sub("", bare.replace(body, "") if body else bare)
        if len(plain) >= _SHORTEST:
            yield match.group(), plain, match.start(), match.end()


_POINT = re.compile(r"[^。；;！？]+")
_ORDINAL = re.compile(
    r"^\s*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.．]|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]+[,，])"
)
_MARKS = re.compile(r"[^\w]+|_")
_SHORTEST = 10


def differences(one: Account, other: Account) -> list[Difference]:
    """The points between the same neighbours that two accounts tell differently; none unless most of the shorter is word for
    word in the other."""
    here, there = ({point.plain for point in account} for account in (one, other))
    shared = here & there
    if len(shared) < _FEWEST or len(shared) * _MOST[1] < min(len(here), len(there)) * _MOST[0]:
        return []
    found: list[Difference] = []
    steps = SequenceMatcher(
        None, [p.plain for p in one], [p.plain for p in other], autojunk=False
    ).get_opcodes()
    for step, start, end, low, high in steps:
        left = [point for point in other[low:high] if step == "replace" and point.plain not in shared]
        for point in one[start:end]:
            alike = [(near, p) for p in left if (near := _similar(point.plain, p.plain)) >= _NEAR]
            if point.plain in shared or not alike:
                continue
            best = max(alike, key=lambda pair: pair[0])[1]
            left.remove(best)
            if point.plain not in best.plain and best.plain not in point.plain:
                found.append(Difference(point, best))
    return found


_MOST = (3, 5)
"""Three points in five."""
_NEAR = 0.5
"""How much of two points between the same neighbours has to be the same for them to be one point told in two ways."""


def _similar(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def retold_duties(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The duties told in the overview and again in a report or a table of the same document."""
    told = duty_accounts(subject)
    every = all_accounts(subject) if told else []
    seen: set[tuple[str, str]] = set()
    for account in told:
        for other in every:
            if other[0].place == account[0].place:
                continue
            found = [d for d in differences(account, other) if (d.one.plain, d.other.plain) not in seen]
            seen.update(
                pair for d in found for pair in ((d.one.plain, d.other.plain), (d.other.plain, d.one.plain))
            )
            if found:
                subject.coverage.count(rule.id, Outcome.VIOLATED)
                yield _finding(rule, subject, found, "同一份文本里两次写职责，文字不一致")
            elif _is_same(account, other):
                subject.coverage.count(rule.id, Outcome.EXACT)


def duties_of_files(rule: Rule, one: Subject, other: Subject) -> Iterator[Finding]:
    """The duties of one body as two of its files tell them: the two accounts that are most alike."""
    pairs = [
        (differences(mine, theirs), mine, theirs)
        for first, second in ((one, other), (other, one))
        for mine in duty_accounts(first)
        for theirs in all_accounts(second)
        if _is_same(mine, theirs)
    ]
    if not pairs:
        one.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    found = min(pairs, key=lambda pair: len(pair[0]))[0]
    one.coverage.count(rule.id, Outcome.VIOLATED if found else Outcome.EXACT)
    if found:
        yield _finding(rule, one, found, "两份公开写的职责不一致")


def _is_same(one: Account, other: Account) -> bool:
    return len({point.plain for point in one} & {point.plain for point in other}) >= _FEWEST


def _finding(rule: Rule, subject: Subject, found: Sequence[Difference], title: str) -> Finding:
    first = found[0]
    more = f"（{len(found)}处）" if len(found) > 1 else ""
    listed = "；".join(f"一处写“{d.one.said.strip()}”，一处写“{d.other.said.strip()}”" for d in found)
    return subject.finding(
        rule, f"{title}{more}", f"职责的其他各句都相同，只有这里不同：{listed}。请核对哪一处是现行的。",
        [place for d in found for place in (replace(d.one.place, candidate=True), replace(d.other.place, candidate=True))],
        stated=first.one.said.strip(), expected=None, undecided="哪一处写错要对照批准的职责。",
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


_QUOTED = 60


RETOLD_ENGINES: Mapping[str, ContentEngine] = {"retold_duties": retold_duties}
RETOLD_FILE_ENGINES: Mapping[str, SubjectPairEngine] = {"duties_of_files": duties_of_files}
