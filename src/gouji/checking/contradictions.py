"""What the text says of the body in words and elsewhere denies: problems there are and are not, 本部门 and 本单位, a section
that has to name an amount and names none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.facts import Outcome
from gouji.reading import Passage, Sort


def denials(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """无 below a heading on what another section tells."""
    for denial in subject.catalog.wording.denials:
        told = _told(subject, denial.told)
        if told is None:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        found = 0
        for heading, passage in pairwise(_body(subject)):
            if (
                heading.sort is Sort.HEADING
                and denial.heading.search(heading.folded)
                and denial.denied.fullmatch(passage.folded)
            ):
                found += 1
                yield subject.finding(
                    rule, f"“{heading.text}”写作“{passage.text}”，前文却说有",
                    f"{told.quote}。同一份文本里，“{heading.text}”一节却写“{passage.text}”。",
                    [subject.span(passage), told],
                )  # fmt: skip
        subject.count(rule, found)


def _told(subject: Subject, pattern: re.Pattern[str]) -> Evidence | None:
    for passage in _body(subject):
        match = pattern.search(passage.folded)
        if match is not None and passage.sort is Sort.TEXT:
            return subject.span(passage, *match.span(), suspect=False)
    return None


def _body(subject: Subject) -> list[Passage]:
    return [passage for passage in subject.reading.passages if passage.sort is not Sort.CONTENTS]


def self_references(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A department that nearly always calls itself 本部门, and now and then 本单位, or the other way round."""
    wording, level = subject.catalog.wording, subject.reading.scope.level
    others = [name for name in wording.selves if name != level]
    # A disclosure that is called by both levels (单位…部门决算) may call itself either way.
    titles = [passage.folded for passage in _body(subject) if passage.sort is Sort.HEADING]
    # Where tables lie flat, their cells (what a project is for) look like sentences.
    flat = subject.reading.document.layout == "flat"
    if (
        flat
        or level not in wording.selves
        or any(f"{name}{what}" in t for name in others for what in _WHAT for t in titles)
    ):
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    own, other = (_spoken(subject, level), [place for name in others for place in _spoken(subject, name)])
    # A text that does not keep to one word was not copied from a template of the other level.
    if not other or len(own) < len(other) * 2 or len(own) < _FEWEST:
        subject.count(rule, 0)
        return
    subject.count(rule, len(other))
    right = wording.selves[level][0]
    said = "、".join(dict.fromkeys(word for word, _ in other))
    yield subject.finding(
        rule, f"{level}的公开里自称“{said}”（{len(other)}处）", f"这是{level}的公开，其余各处都写“{right}”：{other[0][1].quote}。",
        [place for _, place in other[:_MOST_PLACES]], stated=other[0][0], expected=right,
    )  # fmt: skip


_FEWEST = 4
_WHAT = ("预算", "决算")
_MOST_PLACES = 12


def _spoken(subject: Subject, level: str) -> list[tuple[str, Evidence]]:
    """Where a text calls itself by the words of a level, explanations of terms left out; tables' notes included."""
    words = subject.catalog.wording.selves[level]
    glossary = subject.catalog.wording.glossary
    found: list[tuple[str, Evidence]] = []
    for passage in _body(subject):
        if any(glossary.heading in heading for heading in passage.path):
            continue
        for word in words:
            start = passage.folded.find(word)
            if start >= 0:
                found.append((word, subject.span(passage, start, start + len(word))))
    return found


def sections_without_amount(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Sections that have to name an amount and name none."""
    money = subject.catalog.clauses.figure
    passages = _body(subject)
    found = 0
    for section in subject.catalog.wording.amounts:
        for index, heading in enumerate(passages):
            if section.heading.match(heading.folded) is None:
                continue
            said = heading.folded
            for passage in passages[index + 1 :]:
                if section.ends.match(passage.folded) or passage.sort is Sort.HEADING:
                    break
                said += passage.folded
            if money.search(said) or section.unless.search(said):
                continue
            found += 1
            yield subject.finding(
                rule, f"“{section.title}”没有写明金额", f"{section.says}：{heading.text}", [subject.span(heading)],
            )  # fmt: skip
    subject.count(rule, found)


CONTRADICTION_ENGINES: Mapping[str, ContentEngine] = {
    "denials": denials,
    "self_references": self_references,
    "sections_without_amount": sections_without_amount,
}
