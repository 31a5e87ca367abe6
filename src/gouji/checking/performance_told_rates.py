"""Rates that running text tells beside what they are made of: 安排15万元，支出12.53万元，执行率83.53%; 目标值28次，完成值40次，完成率143%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.catalog.told_marks_wording import ToldMarksWording
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome, Printed, Unit, as_printed
from gouji.reading import Measure, Passage, Sort

_HUNDRED = Decimal(100)
_UNITS = {unit.value: unit for unit in (Unit.YI_YUAN, Unit.WAN_YUAN, Unit.YUAN)}
_MOST = 8
"""Amounts beyond which a passage is a list, and not the story of one sum of money."""


class _Amount(NamedTuple):
    words: str
    printed: Printed
    said: str


def told_rates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    yield from executed_rates(rule, subject)
    yield from reached_rates(rule, subject)


def executed_rates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A rate that no two amounts before it give, where what there was to spend and what was spent are told right before."""
    wording = subject.catalog.performance.told
    passages = [passage for passage in subject.reading.passages if passage.sort is Sort.TEXT]
    told = {
        (id(one.passage), one.start)
        for one in subject.reading.statements
        if one.measure in (Measure.COMPLETION, Measure.SHARE)
    }
    for number, passage in enumerate(passages):
        for match in wording.rate.finditer(passage.folded):
            sentence = re.split("[;；。]", passage.folded[: match.end()])[-1]
            piece = re.split("[,，、:：]", sentence)[-1]
            is_read = any(
                place == id(passage) and match.start() <= start <= match.end() for place, start in told
            )
            if is_read or wording.elsewhere.search(piece) or wording.planned.search(sentence):
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            before = passages[number - 1].folded if number else ""
            own = _amounts(passage.folded[: match.start()], wording)
            near = [*_amounts(before, wording), *own]
            pair = _pair(own, near, wording)
            if pair is None or len(near) > _MOST or len(_rates_before(passage, match, wording)) > 0:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            stated = Decimal(match[1])
            quotients = [
                a.printed.base / b.printed.base * _HUNDRED for a, b in permutations(near, 2) if b.printed.base
            ]
            holds = any(_is_printed(match[1], quotient) for quotient in quotients)
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                granted, spent = pair
                exact = spent.printed.base / granted.printed.base * _HUNDRED
                yield subject.finding(
                    rule, f"正文的“{match[0]}”算不出来，按所列金额应为{exact:.2f}%",
                    f"{spent.said}÷{granted.said}＝{exact:.2f}%，文中写的是{match[1]}%。也可能是金额写错，请一并核对。",
                    [subject.span(passage, match.start(), match.end())],
                    stated=match[1], expected=f"{exact:.2f}", difference=stated - exact, unit=Unit.PERCENT,
                )  # fmt: skip


def reached_rates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A rate of completion told with its target and actual value, one over the other."""
    wording = subject.catalog.performance.told
    for passage in subject.reading.passages:
        if passage.sort is not Sort.TEXT:
            continue
        for match in wording.reached.finditer(passage.folded):
            target, actual = (Decimal(match[id].replace(",", "")) for id in ("target", "actual"))
            if not target or not actual:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            exact = actual / target * _HUNDRED
            # A ceiling is reached the other way round, and some count no more than all of it.
            known = (exact, target / actual * _HUNDRED, min(exact, _HUNDRED))
            holds = any(_is_printed(match["rate"], one) for one in known)
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"正文的完成率{match['rate']}%算不出来，按目标值和完成值应为{exact:.2f}%",
                    f"{match['actual']}÷{match['target']}＝{exact:.2f}%，文中写的是{match['rate']}%。",
                    [subject.span(passage, match.start(), match.end())],
                    stated=match["rate"], expected=f"{exact:.2f}", difference=Decimal(match["rate"]) - exact, unit=Unit.PERCENT,
                )  # fmt: skip


def _is_printed(stated: str, exact: Decimal) -> bool:
    """Whether a figure is another one, rounded or cut off at its last place."""
    unit = Decimal(1).scaleb(-len(stated.partition(".")[2]))
    return -unit / 2 <= exact - Decimal(stated) < unit


def _rates_before(passage: Passage, match: re.Match[str], wording: ToldMarksWording) -> list[re.Match[str]]:
    """Rates told before in the same passage: then it tells of several sums."""
    return [other for other in wording.rate.finditer(passage.folded) if other.end() <= match.start()]


def _amounts(text: str, wording: ToldMarksWording) -> list[_Amount]:
    found = []
    for match in wording.amount.finditer(text):
        printed = as_printed(match["number"].replace(",", ""), _UNITS[match["unit"]])
        if printed is not None and printed.presence == "number" and printed.base > 0:
            found.append(_Amount(match["words"], printed, f"{match['number']}{match['unit']}"))
    return found


def _pair(
    own: Sequence[_Amount], near: Sequence[_Amount], wording: ToldMarksWording
) -> tuple[_Amount, _Amount] | None:
    """What there was to spend, and what was spent: the last amount told with words of spending, and the first of what was
    granted before it; in the passage of the rate at least the one spent."""
    spent = next((one for one in reversed(own) if wording.spent.search(one.words)), None)
    if spent is None:
        return None
    earlier = near[: next(n for n in range(len(near) - 1, -1, -1) if near[n] is spent)]
    granted = next(
        (one for one in earlier if wording.granted.search(one.words) and not wording.spent.search(one.words)),
        None,
    )
    if granted is None or granted.printed.base < spent.printed.base:
        return None
    return granted, spent
