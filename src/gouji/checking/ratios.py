"""Shares, growths and rates of completion against the figures they are made of.

The interval of a ratio follows from those of its figures. A ratio that was cut off instead of rounded, or moved by one unit
of its last place so that shares add up to 100, is within bounds; nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine, spoken
from gouji.facts import Interval, Outcome, Printed, Unit
from gouji.reading import Comparison, Measure, Statement, quantity

_HUNDRED = Decimal(100)


class Quotient(NamedTuple):
    """A ratio in per cent: what it can have been, its likeliest value, and the sum that makes it."""

    interval: Interval
    value: Decimal
    sum: str


def divide(over: Interval, under: Interval) -> Interval | None:
    """All quotients in per cent; ``None`` where the divisor may be nothing or negative."""
    if under.lo <= 0:
        return None
    ends = [a / b * _HUNDRED for a in over for b in under]
    return Interval(min(ends), max(ends))


def outcome(printed: Printed, quotient: Quotient) -> Outcome:
    """How a printed percentage compares with what it is made of; its sign is not looked at."""
    step = Decimal(1).scaleb(-printed.decimals)
    value = abs(printed.value)
    if rounded(quotient.value, printed.decimals) == value:
        return Outcome.EXACT
    room = Interval(quotient.interval.lo - step, quotient.interval.hi + step)
    return Outcome.ROUNDING if room.holds(value) else Outcome.VIOLATED


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as accountants do."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def shares(rule: Rule, text: Text) -> Iterator[Finding]:
    """占本年支出合计的79.49%."""
    wrong: dict[tuple[int, str], list[tuple[Statement, Finding]]] = {}
    for stated in _all(text, Measure.SHARE):
        part = stated.of
        assert part is not None
        wholes = _wholes(stated, text)
        part_range = part.printed.interval
        if not wholes or part.in_cause:
            text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        quotients = [
            Quotient(
                range_, part_range.centre / whole_range.centre * _HUNDRED, f"{spoken(part.printed)}÷{name}"
            )
            for name, whole_range in wholes
            if (range_ := divide(part_range, whole_range)) is not None
        ]
        if quotients:
            involved = [s for s in (part, stated.whole) if s is not None]
            for finding in _judge(rule, text, stated, quotients, involved):
                wrong.setdefault((id(stated.passage), stated.share_of), []).append((stated, finding))
        else:
            text.coverage.count(rule.id, Outcome.NOT_APPLICABLE)

    for group in wrong.values():
        yield from _of_one_whole(rule, text, group)


def _of_one_whole(rule: Rule, text: Text, group: Sequence[tuple[Statement, Finding]]) -> Iterator[Finding]:
    """Several shares that are all taken of another whole are one defect."""
    implied: list[Interval] = []
    for stated, _ in group:
        assert stated.of is not None
        step = Decimal(1).scaleb(-stated.printed.decimals)
        low, high = stated.printed.value - step, stated.printed.value + step
        if low > 0:
            implied.append(
                Interval(
                    stated.of.printed.interval.lo / high * 100, stated.of.printed.interval.hi / low * 100
                )
            )
    common = implied[0] if implied else Interval(Decimal(1), Decimal(0))
    for one in implied[1:]:
        common = common.meet(one)
    if len(group) < 2 or len(implied) < len(group) or common.is_empty:
        yield from (finding for _, finding in group)
        return
    first, unit = group[0][0], group[0][0].of.printed.unit  # type: ignore[union-attr]
    whole = f"{(common.centre / unit.scale).quantize(Decimal('0.01'))}{unit}"
    yield replace(
        group[0][1], title=f"{len(group)}个占比的分母不是{first.share_of or '总数'}，像是按{whole}算的",
        message="；".join(finding.message.rstrip("。") for _, finding in group) + f"。这几个占比都合于分母{whole}，请核对分母或写法。",
        evidence=tuple(place for _, finding in group for place in finding.evidence),
        arithmetic=tuple(line for _, finding in group for line in finding.arithmetic),
    )  # fmt: skip


def _wholes(stated: Statement, text: Text) -> list[tuple[str, Interval]]:
    """What the share can be a share of: the figure told with it, or what its words name."""
    found: list[tuple[str, Interval]] = []
    if stated.whole is not None:
        found.append((spoken(stated.whole.printed), stated.whole.printed.interval))
    for fact in stated.whole_facts:
        witnesses = text.voices.tables.witnesses(quantity(fact, text.reading.scope))
        found += [
            (spoken(w.printed), w.printed.interval)
            for w in witnesses
            if w.printed.value and w not in text.doubted
        ]
    return found


def growths(rule: Rule, text: Text) -> Iterator[Finding]:
    """增加2.55万元，增长1.40%. What is told twice in the same figures is one defect."""
    found: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for finding in _growths(rule, text):
        key = finding.stated or "", finding.arithmetic
        before = found.get(key)
        found[key] = (
            finding if before is None else replace(before, evidence=(*before.evidence, *finding.evidence))
        )
    yield from found.values()


def _growths(rule: Rule, text: Text) -> Iterator[Finding]:
    for one in text.reading.told:
        for comparison in one.comparisons:
            stated, current = comparison.growth, comparison.current
            if stated is None or comparison.against == "plan":
                continue
            if current is None or current.measure is not Measure.AMOUNT:
                text.coverage.count(rule.id, Outcome.NOT_CHECKED)
                continue
            quotients, applicable = _growth_of(comparison, current)
            if quotients:
                involved = [s for s in (current, comparison.difference, comparison.base) if s is not None]
                yield from _judge(rule, text, stated, quotients, involved)
            else:
                text.coverage.count(rule.id, Outcome.NOT_CHECKED if applicable else Outcome.NOT_APPLICABLE)


def _growth_of(comparison: Comparison, current: Statement) -> tuple[list[Quotient], bool]:
    """The growth of ``current`` by the difference and by the base, whichever are told; and whether it could be known at
    all."""
    difference, base = comparison.difference, comparison.base
    now = current.printed.interval
    found: list[Quotient] = []
    change = difference.printed.interval if difference is not None else None
    sign = comparison.says or 1
    if base is not None:
        before = base.printed.interval
        if before.lo > 0:
            ends = [(c - b) / b * _HUNDRED * sign for c in now for b in before]
            value = (now.centre - before.centre) / before.centre * _HUNDRED * sign
            found.append(
                Quotient(Interval(min(ends), max(ends)), value, f"（{spoken(current.printed)}－{spoken(base.printed)}）÷{spoken(base.printed)}")
            )  # fmt: skip
    if change is not None and difference is not None:
        before_lo = [c - sign * d for c, d in ((now.lo, change.lo), (now.hi, change.hi), (now.lo, change.hi), (now.hi, change.lo))]  # fmt: skip
        if min(before_lo) > 0:
            ends = [d / (c - sign * d) * _HUNDRED for c in now for d in change]
            centre = now.centre - sign * change.centre
            value = change.centre / centre * _HUNDRED
            operator = "－" if sign > 0 else "＋"
            found.append(
                Quotient(Interval(min(ends), max(ends)), value,
                         f"{spoken(difference.printed)}÷（{spoken(current.printed)}{operator}{spoken(difference.printed)}）")
            )  # fmt: skip
    applicable = base is None and difference is None
    return found, applicable


def completions(rule: Rule, text: Text) -> Iterator[Finding]:
    """完成年初预算的98.20%."""
    for stated in _all(text, Measure.COMPLETION):
        actual, plan = stated.of, stated.base
        assert actual is not None
        if plan is None:
            continue
        over, under = actual.printed.interval, plan.printed.interval
        range_ = divide(over, under)
        if range_ is None:
            text.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        name = f"{spoken(actual.printed)}÷{spoken(plan.printed)}"
        yield from _judge(
            rule,
            text,
            stated,
            [Quotient(range_, over.centre / under.centre * _HUNDRED, name)],
            (actual, plan),
        )
    for told in text.reading.told:
        for comparison in told.comparisons:
            yield from _off_by(rule, text, comparison)


def _off_by(rule: Rule, text: Text, comparison: Comparison) -> Iterator[Finding]:
    """支出105.00万元，完成年初预算的100%，决算数大于年初预算数5.00万元: the budget follows from by how much it is missed."""
    rate, change, sign = comparison.rate, comparison.difference, comparison.says
    if rate is None or change is None or not sign or rate.measure is not Measure.OTHER or rate.of is None:
        return
    now, missed = rate.of.printed.interval, change.printed.interval
    ends = [c - sign * d for c in now for d in missed]
    range_ = divide(now, Interval(min(ends), max(ends)))
    if range_ is None:
        text.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    value = now.centre / (now.centre - sign * missed.centre) * _HUNDRED
    actual = spoken(rate.of.printed)
    sum_ = f"{actual}÷（{actual}{'－' if sign > 0 else '＋'}{spoken(change.printed)}）"
    yield from _judge(rule, text, rate, [Quotient(range_, value, sum_)], (rate.of, change))


def deviations(rule: Rule, text: Text) -> Iterator[Finding]:
    """年初预算数780万元，决算数858.30万元，预决算差异率10.04%; without its sign by some."""
    for stated in _all(text, Measure.DEVIATION):
        actual, plan = stated.of, stated.base
        assert actual is not None
        assert plan is not None
        now, before = actual.printed.interval, plan.printed.interval
        range_ = divide(now, before)
        if range_ is None:
            text.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        value = now.centre / before.centre * _HUNDRED - _HUNDRED
        ends = sorted((range_.lo - _HUNDRED, range_.hi - _HUNDRED), key=abs)
        if value < 0:
            ends = [-ends[0], -ends[1]]
        name = f"（{spoken(actual.printed)}－{spoken(plan.printed)}）÷{spoken(plan.printed)}"
        quotient = Quotient(Interval(min(ends), max(ends)), abs(value), name)
        yield from _judge(rule, text, stated, [quotient], (actual, plan))


def _all(text: Text, measure: Measure) -> Iterator[Statement]:
    for statement in text.reading.statements:
        if statement.measure is measure and statement.of is not None and not statement.in_cause:
            yield statement


def _judge(
    rule: Rule, text: Text, stated: Statement, quotients: Sequence[Quotient], involved: Sequence[Statement]
) -> Iterator[Finding]:
    outcomes = [outcome(stated.printed, quotient) for quotient in quotients]
    best = next(o for o in (Outcome.EXACT, Outcome.ROUNDING, Outcome.VIOLATED) if o in outcomes)
    if best is not Outcome.VIOLATED:
        text.coverage.count(rule.id, best)
        return
    if any(text.is_doubted(statement) for statement in involved):
        # What is wrong is said already.
        text.coverage.count(rule.id, Outcome.NOT_CHECKED)
        return
    quotient = quotients[0]
    expected = rounded(quotient.value, max(stated.printed.decimals, 2))
    sure = all(text.is_confirmed(statement) for statement in involved)
    evidence: list[Evidence] = [text.quoted(stated, suspect=True)]
    undecided = "" if sure else "也可能是算式里的金额写错，请一并核对。"
    yield text.finding(
        rule, f"“{_ending(stated)}”算不出来，按所列金额应为{expected:f}%",
        f"{quotient.sum}＝{expected:f}%，文中写的是{stated.printed.text}%。",
        *evidence, stated=f"{stated.printed.text}", expected=f"{expected:f}",
        difference=abs(stated.printed.value) - expected, unit=Unit.PERCENT,
        arithmetic=(f"{quotient.sum}＝{expected:f}%≠{stated.printed.text}%",), undecided=undecided,
    )  # fmt: skip


def _ending(stated: Statement) -> str:
    """The last words of the clause that ends with the percentage."""
    text = stated.passage.text[: stated.end]
    start = max(text.rfind(mark, 0, stated.start) for mark in "，。；：,;:") + 1
    return text[start:]


RATIO_ENGINES: dict[str, TextEngine] = {
    "shares": shares, "growths": growths, "completions": completions, "deviations": deviations,
}  # fmt: skip
