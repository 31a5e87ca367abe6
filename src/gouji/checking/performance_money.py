"""Arithmetic of performance forms: money and its execution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.checking.performance_evidence import (
    at,
    form_name,
    placed_forms,
    plain,
    self_evaluations,
)
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import Subject
from gouji.facts import Interval, Outcome, Unit
from gouji.performance import Amount, MoneyRow, PerformanceForm, Share

_HUNDRED = Decimal(100)


def overspent(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """More spent than the budget of the whole year, adjustments included."""
    for form in self_evaluations(subject):
        for row in form.money:
            spent, budget = row.amounts.get("spent"), row.amounts.get("budget")
            if spent is None or budget is None or not budget.printed.value:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            wrong = spent.printed.interval.lo > budget.printed.interval.hi
            subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
            if wrong:
                yield subject.finding(
                    rule, f"{form_name(form)}的全年执行数大于全年预算数",
                    f"“{row.label}”全年预算数{budget.printed.text.strip()}，全年执行数{spent.printed.text.strip()}。全年预算数含结转和调整，执行数不会大于它。",
                    [at(spent.place, f"{form_name(form)}·{row.label}·全年执行数", spent.printed.text, suspect=True),
                     at(budget.place, f"{form_name(form)}·{row.label}·全年预算数", budget.printed.text)],
                    stated=spent.printed.text.strip(),
                )  # fmt: skip


def execution(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The execution rate against the amounts, and its score against the rate."""
    method = subject.catalog.scoring[0]
    for form in self_evaluations(subject):
        row = form.money_row("total")
        budget, spent = (
            (row.amounts.get(id) for id in ("budget", "spent")) if row is not None else (None, None)
        )
        rate, score, weight = form.execution_rate, form.execution_score, form.execution_weight
        if budget is None or spent is None or not budget.printed.value:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        exact = spent.printed.base / budget.printed.base
        if rate is not None and rate.value is not None:
            # A workbook may show the rate as a ratio: 0.95.
            ratio = "%" not in fold(rate.text) and _meets(rate, _ratio(spent, budget, Decimal(1)))
            holds = ratio or _meets(rate, _ratio(spent, budget, _HUNDRED))
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"{form_name(form)}的执行率{rate.text}与执行数、预算数不符",
                    f"{spent.printed.text.strip()}÷{budget.printed.text.strip()}={exact * _HUNDRED:.2f}%，表上执行率为{rate.text}。",
                    [at(spent.place, f"{form_name(form)}·执行率", rate.text, suspect=True)],
                    stated=rate.text, expected=f"{exact * _HUNDRED:.2f}%",
                )  # fmt: skip
        if score is None or score.value is None or weight is None or weight.value is None:
            continue
        points = _ratio(spent, budget, weight.value)
        points = Interval(min(points.lo, weight.value), min(points.hi, weight.value))
        holds = _meets(score, points)
        if not holds and score.value == weight.value and exact * _HUNDRED >= method.full_execution:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            expected = min(weight.value, exact * weight.value)
            yield subject.finding(
                rule, f"{form_name(form)}的执行率得分{score.text}，应为{expected:.{max(score.decimals, 1)}f}",
                f"执行率{exact * _HUNDRED:.2f}%×{weight.text}分={expected:.{max(score.decimals, 1) + 1}f}分，表上为{score.text}分。",
                [at(spent.place, f"{form_name(form)}·执行率得分", score.text, suspect=True)],
                stated=score.text, expected=f"{expected:.{max(score.decimals, 1)}f}",
            )  # fmt: skip


def execution_slipped(form: PerformanceForm, missing: Decimal) -> bool:
    """Whether the score of execution is not what the amounts give, and would be with what the total has more."""
    row, score, weight = form.money_row("total"), form.execution_score, form.execution_weight
    budget, spent = (row.amounts.get(id) for id in ("budget", "spent")) if row is not None else (None, None)
    if budget is None or spent is None or not budget.printed.value or score is None or weight is None:
        return False
    if score.value is None or weight.value is None:
        return False
    points = _ratio(spent, budget, weight.value)
    points = Interval(min(points.lo, weight.value), min(points.hi, weight.value))
    return not _meets(score, points) and _meets(replace(score, value=score.value + missing), points)


def _ratio(spent: Amount, budget: Amount, times: Decimal) -> Interval:
    """What the ratio of two printed amounts can have been."""
    over, under = spent.printed.interval, budget.printed.interval
    return Interval(over.lo / under.hi * times, over.hi / under.lo * times)


def _meets(printed: Share, computed: Interval) -> bool:
    """Whether a printed figure can be the computed one, rounded or cut off at its last place."""
    assert printed.value is not None
    unit = Decimal(1).scaleb(-printed.decimals)
    return computed.lo - unit < printed.value < computed.hi + unit


_WITHIN_FISCAL = frozenset(
    {"general", "gov_fund", "central", "provincial", "province", "city", "county", "own"}
)
_BY_NATURE = ("basic", "project")


def money_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The whole money against its sources, and against basic and project expenditure."""
    parts = subject.catalog.performance.money_parts
    for form in placed_forms(subject):
        for total in (row for row in form.money if row.id == "total"):
            rows = [row for row in form.money if row.block == total.block]
            if any(not row.id for row in rows):
                # A source whose name is not known may be one of these, or a part of one.
                subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
                continue
            sources = [row for row in rows if row.id in parts]
            if any(row.id == "fiscal" for row in sources):
                sources = [row for row in sources if row.id not in _WITHIN_FISCAL]
            by_nature = [row for row in rows if row.id in _BY_NATURE]
            groups = [sources, by_nature if len(by_nature) == len(_BY_NATURE) else []]
            for group in groups:
                if not group or form.why or len({row.id for row in group}) < len(group) or _overlap(group):
                    subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                    continue
                rows = [total, *group]
                wrong = [c for c in total.amounts if not _adds_up(rule, subject, form, rows, c)]
                if wrong:
                    yield _not_the_sum(rule, subject, form, rows, wrong)


_LEVELS = frozenset({"province", "city", "county", "own"})


def _overlap(rows: Sequence[MoneyRow]) -> bool:
    """Whether money of several levels together (地方资金) stands beside that of some of them."""
    ids = {row.id for row in rows}
    return "provincial" in ids and bool(ids & _LEVELS)


_COLUMNS = {"initial": "年初预算数", "budget": "全年预算数", "spent": "全年执行数"}


def _adds_up(
    rule: Rule, subject: Subject, form: PerformanceForm, rows: Sequence[MoneyRow], column: str
) -> bool:
    """Whether the first row can be the sum of the others, in one column."""
    total, *sources = rows
    parts = [row.amounts[column] for row in sources if column in row.amounts]
    if not parts:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return True
    whole = total.amounts[column]
    decimals = max(amount.printed.decimals for row in form.money for amount in row.amounts.values())
    intervals = [part.printed.with_precision(decimals).interval for part in parts]
    low, high = sum((i.lo for i in intervals), Decimal(0)), sum((i.hi for i in intervals), Decimal(0))
    interval = whole.printed.with_precision(decimals).interval
    stated, added = whole.printed.base, sum((part.printed.base for part in parts), Decimal(0))
    holds = interval.lo <= high and low <= interval.hi
    outcome = Outcome.EXACT if stated == added else Outcome.ROUNDING if holds else Outcome.VIOLATED
    subject.coverage.count(rule.id, outcome)
    return holds


def _not_the_sum(
    rule: Rule, subject: Subject, form: PerformanceForm, rows: Sequence[MoneyRow], columns: Sequence[str]
) -> Finding:
    """One finding for all the columns of a form whose whole is not the sum of its sources."""
    total, *sources = rows
    unit, told = Unit.WAN_YUAN, []
    for column in columns:
        whole = total.amounts[column].printed
        parts = [row.amounts[column].printed for row in sources if column in row.amounts]
        added = sum((part.base for part in parts), Decimal(0))
        figures = "＋".join(part.text.strip() for part in parts)
        sums = f"{figures}＝{plain(added / unit.scale)}万元" if len(parts) > 1 else f"各来源合计{figures}"
        name = f"{_COLUMNS[column]}：" if len(columns) > 1 or len(total.amounts) > 1 else ""
        told.append(
            f"{name}{sums}，资金总额列示{whole.text.strip()}，相差{plain((whole.base - added) / unit.scale)}万元"
        )
    by_nature = all(row.id in _BY_NATURE for row in sources)
    parts_name = "基本支出、项目支出合计" if by_nature else "各来源合计"
    column = columns[0]
    whole_cell = total.amounts[column]
    stated = whole_cell.printed.base
    added = sum((row.amounts[column].printed.base for row in sources if column in row.amounts), Decimal(0))
    evidence: list[Evidence] = [
        at(whole_cell.place, f"{form_name(form)}·{total.label}", whole_cell.printed.text, suspect=True),
        *(at(row.amounts[column].place, f"{form_name(form)}·{row.label}", row.amounts[column].printed.text)
          for row in sources if column in row.amounts),
    ]  # fmt: skip
    return subject.finding(
        rule, f"{form_name(form)}的资金总额{whole_cell.printed.text.strip()}与{parts_name}不符",
        "；".join(told) + "。",
        evidence, stated=plain(stated / unit.scale), expected=plain(added / unit.scale),
        difference=(stated - added) / unit.scale, unit=unit,
    )  # fmt: skip
