"""Counts that contradict each other: no delegation, and yet people who travelled; more cars kept than there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.catalog import ClauseWording, Rule
from gouji.checking.result import Finding
from gouji.checking.text import Text, TextEngine
from gouji.facts import Outcome
from gouji.reading import Measure, Statement, without_brackets

_FAR = 12
"""Characters between two counts of one thing (个，累计10)."""


def contradictory_counts(rule: Rule, text: Text) -> Iterator[Finding]:
    """团组0个，累计10人次: either both are nothing, or neither is."""
    for told in text.reading.told:
        by_depth = sorted(told.statements, key=lambda one: one.depth)
        for occasions, people in pairwise(by_depth):
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
    between = without_brackets(occasions.passage.folded[occasions.end : people.start])
    return (
        occasions.measure is Measure.COUNT
        and occasions.depth == people.depth
        and people.measure is Measure.COUNT
        and occasions.year == people.year
        and not (occasions.in_cause or people.in_cause)
        and wording.occasions.search(f"{occasions.words}{occasions.unit}") is not None
        and wording.people.search(people.unit) is not None
        and occasions.end <= people.start
        and len(between) <= _FAR
        and not set("。()") & set(between)
    )


def vehicles_kept(rule: Rule, text: Text) -> Iterator[Finding]:
    """公务用车保有量3辆, 共有车辆2辆: what the treasury pays for is a part of all there are."""
    kept = _stated("vehicles_kept", text)
    every = _stated("vehicles", text)
    if not kept or not every:
        text.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    most = max(every, key=lambda one: one.printed.value)
    for one in kept:
        if one.printed.value <= most.printed.value:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield text.finding(
            rule, f"公务用车保有量{one.printed.text}辆，多于车辆总数{most.printed.text}辆",
            f"“三公”经费部分写公务用车保有量{one.printed.text}辆，国有资产部分写共有车辆{most.printed.text}辆，保有量不会多于车辆总数。",
            text.quoted(one, candidate=True), text.quoted(most, candidate=True),
            undecided="两处都可能写错，请一并核对。",
        )  # fmt: skip


def _stated(concept: str, text: Text) -> list[Statement]:
    """The counts of all of one thing, of the document's own year."""
    return [
        one for one in text.reading.statements
        if one.measure is Measure.COUNT and one.fact is not None and one.fact.concept == concept and not one.fact.dims
        and not text.is_doubted(one)
    ]  # fmt: skip


COUNT_ENGINES: dict[str, TextEngine] = {
    "contradictory_counts": contradictory_counts, "vehicles_kept": vehicles_kept,
}  # fmt: skip
