"""The goal of a form (绩效目标) against its indicators: figures that both state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import PerformanceWording, Rule, fold
from gouji.checking.performance_evidence import (
    at,
    form_name,
    listed,
    of_indicator,
    placed_forms,
)
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome
from gouji.performance import Indicator, Shape, read_value

_CORE = 4
"""Characters that the name of an indicator has to share with the goal to be about the same thing."""


class _Figure(NamedTuple):
    """A quantity in the goal with the words right before it."""

    before: str
    amount: Decimal
    unit: str
    text: str


def goal_figures(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A goal that states another figure for the very thing an indicator measures."""
    wording = subject.catalog.performance
    for form in placed_forms(subject):
        figures = list(_figures(form.goal, wording))
        for indicator in form.indicators:
            told = [figure for figure in figures if _is_about(figure, indicator, wording)]
            if not told:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            target = indicator.target
            holds = any(figure.amount in (target.low, target.high) for figure in told) or _sums(
                told, target.low
            )
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”的指标值与绩效目标所说不同",
                    f"绩效目标写“{told[0].before}{told[0].text}”，指标“{indicator.name}”的指标值是{target.text}。",
                    [of_indicator(form, indicator, suspect=True), at(form.place, f"{form_name(form)}·绩效目标", f"…{told[0].before}{told[0].text}…")],
                    stated=target.text, expected=told[0].text,
                )  # fmt: skip


def unmeasured_goals(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A goal that says how much is to be done, in a form none of whose indicators counts anything."""
    wording = subject.catalog.performance
    for form in placed_forms(subject):
        told = [figure for figure in _figures(form.goal, wording) if figure.unit != "%"]
        placed = all(indicator.category or indicator.level for indicator in form.indicators)
        if form.why or len(form.indicators) < _FEWEST or not placed or not told:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        counts = any(_counts(indicator, wording) for indicator in form.indicators)
        subject.coverage.count(rule.id, Outcome.EXACT if counts else Outcome.VIOLATED)
        if not counts:
            said = "、".join(f"“{figure.before}{figure.text.rstrip(',;。')}”" for figure in told[:3])
            yield subject.finding(
                rule, f"{form_name(form)}的绩效目标有数量，没有数量指标",
                f"绩效目标写了{said}，{len(form.indicators)}项指标里没有一项衡量做了多少："
                + listed([f"“{indicator.name}”" for indicator in form.indicators]) + "。",
                [at(form.place, f"{form_name(form)}·绩效目标", f"…{told[0].before}{told[0].text}…", suspect=True)],
            )  # fmt: skip


_FEWEST = 3


def _counts(indicator: Indicator, wording: PerformanceWording) -> bool:
    """Whether an indicator may count things: it stands among quantities, or has a figure of pieces, or a figure whose
    unit is not told."""
    target = indicator.target
    if indicator.category == "quantity" or target.shape is Shape.COMPOUND:
        return True
    bare = not target.unit and indicator.level != "cost"
    return target.is_quantity and target.unit != "%" and (bare or target.unit in wording.goal_units)


_FIGURE = re.compile(r"(?:不少于|不低于|不超过|至少|达到|≥|≤)?\d[\d,]*(?:\.\d+)?(?:万|亿)?")
_CLAUSE = re.compile("[,;。、:]|\\d+[.、]")


def _figures(goal: str, wording: PerformanceWording) -> Iterator[_Figure]:
    folded = fold(goal)
    for match in _FIGURE.finditer(folded):
        before = _CLAUSE.split(folded[: match.start()])[-1]
        for size in (3, 2, 1):
            text = folded[match.start() : match.end() + size]
            value = read_value(text, wording.values)
            if value.is_quantity and value.unit in wording.goal_units and value.low is not None:
                yield _Figure(before, value.low, value.unit, text)
                break


def _is_about(figure: _Figure, indicator: Indicator, wording: PerformanceWording) -> bool:
    """Whether the words before a figure name the whole indicator, and both count in one unit."""
    target = indicator.target
    if not target.is_quantity or target.unit != figure.unit:
        return False
    core = wording.counting.sub("", fold(indicator.name))
    return len(core) >= _CORE and figure.before.endswith(core)


def _sums(told: list[_Figure], amount: Decimal | None) -> bool:
    """Whether a goal tells the parts of what the indicator counts."""
    return len(told) > 1 and sum((figure.amount for figure in told), Decimal(0)) == amount
