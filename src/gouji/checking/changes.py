"""By how much figures changed: against the two figures that are compared, and against the changes of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.catalog import Rule
from gouji.checking.result import Finding
from gouji.checking.text import Text, TextEngine, spoken
from gouji.facts import Outcome, Printed
from gouji.reading import Comparison, Measure, Statement


def changes(rule: Rule, text: Text) -> Iterator[Finding]:
    """上年100.00万元，今年130.00万元，增加30.00万元."""
    for one in text.reading.told:
        for comparison in one.comparisons:
            now, before, change = comparison.current, comparison.base, comparison.difference
            if now is None or before is None or change is None or now.measure is not Measure.AMOUNT:
                continue
            if any(text.is_doubted(side) for side in (now, before)) or _is_turned(comparison, now, before):
                # What is wrong is said already.
                text.coverage.count(rule.id, Outcome.NOT_CHECKED)
                continue
            expected = abs(now.printed.base - before.printed.base)
            room = now.printed.half_width + before.printed.half_width + change.printed.half_width
            said = abs(change.printed.base)
            if abs(said - expected) <= room:
                text.coverage.count(rule.id, Outcome.EXACT if said == expected else Outcome.ROUNDING)
                continue
            due = _like(change.printed, expected)
            higher, lower = (now, before) if now.printed.base > before.printed.base else (before, now)
            sum_ = f"{spoken(higher.printed)}－{spoken(lower.printed)}＝{due}"
            yield text.finding(
                rule, f"{_said(change)}，按所列金额应为{due}",
                f"{sum_}，文中写的是{spoken(change.printed)}。", text.quoted(change, suspect=True),
                stated=change.printed.text, expected=due,
                difference=said - expected, unit=change.printed.unit, arithmetic=(f"{sum_}≠{spoken(change.printed)}",),
                undecided="" if text.is_confirmed(now) else "也可能是算式里的金额写错，请一并核对。",
            )  # fmt: skip


def _is_turned(comparison: Comparison, now: Statement, before: Statement) -> bool:
    """Whether the words have it the other way round than the figures."""
    difference = now.printed.base - before.printed.base
    return bool(comparison.says and difference and (difference > 0) != (comparison.says > 0))


def _said(change: Statement) -> str:
    return f"{'增加' if change.direction > 0 else '减少'}{spoken(change.printed)}"


def changes_of_parts(rule: Rule, text: Text) -> Iterator[Finding]:
    """支出增加100万元，其中基本支出增加30万元，项目支出增加70万元: the changes of all parts make that of the whole."""
    parts = str(rule.params["parts"]).split()
    for one in text.reading.told:
        told = [s for s in one.statements if s.measure is Measure.DIFFERENCE]
        for at, whole in enumerate(told):
            below = told[at + 1 : at + 1 + len(parts)]
            after = told[at + 1 + len(parts) :]
            if not _are_parts(whole, below, parts) or (after and _in_one_sentence(whole, after[0])):
                continue
            total = sum((_signed(part) for part in below), Decimal(0))
            # Each change is the difference of two figures that were rounded.
            room = 2 * sum((s.printed.half_width for s in (whole, *below)), Decimal(0))
            off = _signed(whole) - total
            if abs(off) <= room:
                text.coverage.count(rule.id, Outcome.ROUNDING if off else Outcome.EXACT)
                continue
            made = f"合计{'增加' if total > 0 else '减少'}{_like(whole.printed, abs(total))}"
            listed = "、".join(f"{part.words.strip('，、')}{spoken(part.printed)}" for part in below)
            yield text.finding(
                rule, f"{_said(whole)}，所列分项{made}", f"{listed}，{made}，前面写的是{_said(whole)}。",
                text.quoted(whole, suspect=True), *(text.quoted(part, candidate=True) for part in below),
                difference=off, unit=whole.printed.unit, undecided="总数和分项都可能写错，请一并核对。",
            )  # fmt: skip


def _like(printed: Printed, amount: Decimal) -> str:
    """An amount in base units, printed as another figure is."""
    return f"{amount / printed.unit.scale:.{printed.decimals}f}{printed.unit.value}"


def _are_parts(whole: Statement, below: Sequence[Statement], parts: Sequence[str]) -> bool:
    """Whether what changed right after a change are all the parts of what changed, each once, in the same sentence."""
    if len(below) != len(parts) or any(part in whole.words for part in parts):
        return False
    named = [[part for part in parts if part in said.words] for said in below]
    if sorted(name for names in named for name in names) != sorted(parts) or any(len(n) != 1 for n in named):
        return False
    return all(said.direction for said in (whole, *below)) and _in_one_sentence(whole, below[-1])


def _in_one_sentence(one: Statement, other: Statement) -> bool:
    return not set("。！？；") & set(one.passage.folded[one.end : other.start])


def _signed(change: Statement) -> Decimal:
    return abs(change.printed.base) * change.direction


CHANGE_ENGINES: dict[str, TextEngine] = {"changes": changes, "changes_of_parts": changes_of_parts}
