"""Counts that contradict each other in one sentence: no delegation, and yet people who travelled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.catalog import ClauseWording, Rule
from gouji.checking.result import Finding
from gouji.checking.text import Text, TextEngine
from gouji.facts import Outcome
from gouji.reading import Measure, Statement

_FAR = 12
"""Characters between two counts of one thing (个，累计10)."""


def contradictory_counts(rule: Rule, text: Text) -> Iterator[Finding]:
    """团组0个，累计10人次: either both are nothing, or neither is."""
    for told in text.reading.told:
        for occasions, people in pairwise(told.statements):
            if not _belong(occasions, people, text.catalog.clauses):
                continue
            if bool(occasions.printed.value) == bool(people.printed.value):
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            said = [f"{one.printed.text}{one.unit}" for one in (occasions, people)]
            yield text.finding(
                rule, f"{said[0]}与{said[1]}不可能同时成立",
                f"同一句里写{said[0]}、{said[1]}，两个数只有一个是零，至少有一个写错。",
                text.quoted(occasions, suspect=True), text.quoted(people, suspect=True),
            )  # fmt: skip


def _belong(occasions: Statement, people: Statement, wording: ClauseWording) -> bool:
    """Whether the second says how many people took part in the first, in the same sentence and of the same year."""
    return (
        occasions.measure is Measure.COUNT
        and people.measure is Measure.COUNT
        and occasions.year == people.year
        and not (occasions.in_cause or people.in_cause)
        and wording.occasions.search(f"{occasions.words}{occasions.unit}") is not None
        and wording.people.search(people.unit) is not None
        and people.start - occasions.end <= _FAR
        and "。" not in occasions.passage.folded[occasions.end : people.start]
    )


COUNT_ENGINES: dict[str, TextEngine] = {"contradictory_counts": contradictory_counts}
