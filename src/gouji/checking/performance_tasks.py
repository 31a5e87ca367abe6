"""The year's tasks of a department (年度主要任务): their money against its total and its sources, scores against weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.catalog import Rule
from gouji.checking.performance_evidence import (
    at,
    form_name,
    placed_forms,
    plain,
    scored_forms,
)
from gouji.checking.performance_marks import overscored
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome, Unit
from gouji.performance import Amount, PerformanceForm


def task_money(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The total below the tasks against the tasks, column by column; a task against its sources."""
    for form in placed_forms(subject):
        for id in ("total", *sorted({id for task in form.tasks for id in task.sources})):
            row = form.money_row(id)
            total = row.amounts.get("budget") if row is not None else None
            parts = [task.budget if id == "total" else task.sources.get(id) for task in form.tasks]
            stated = [part for part in parts if part is not None]
            if total is None or not stated or (id == "total" and None in parts):
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            what = row.label if row is not None else ""
            yield from _sum(rule, subject, form, what, total, stated)
        for task in form.tasks:
            if task.budget is None or not task.sources:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            yield from _sum(rule, subject, form, task.name, task.budget, list(task.sources.values()))


def _sum(  # noqa: PLR0917
    rule: Rule, subject: Subject, form: PerformanceForm, what: str, whole: Amount, parts: Sequence[Amount]
) -> Iterator[Finding]:
    decimals = max(amount.printed.decimals for amount in (whole, *parts))
    intervals = [part.printed.with_precision(decimals).interval for part in parts]
    interval = whole.printed.with_precision(decimals).interval
    low, high = sum((i.lo for i in intervals), Decimal(0)), sum((i.hi for i in intervals), Decimal(0))
    added, stated = sum((part.printed.base for part in parts), Decimal(0)), whole.printed.base
    holds = interval.lo <= high and low <= interval.hi
    outcome = Outcome.EXACT if added == stated else Outcome.ROUNDING if holds else Outcome.VIOLATED
    subject.coverage.count(rule.id, outcome)
    if holds:
        return
    unit = whole.printed.unit
    label = unit.value if unit in (Unit.WAN_YUAN, Unit.YUAN, Unit.YI_YUAN, Unit.THOUSAND_YUAN) else ""
    yield subject.finding(
        rule, f"{form_name(form)}年度任务“{what}”{whole.printed.text.strip()}与所列各项之和不符",
        f"{len(parts)}项相加为{plain(added / unit.scale)}{label}，列示{whole.printed.text.strip()}，"
        f"相差{plain((stated - added) / unit.scale)}{label}。",
        [at(whole.place, f"{form_name(form)}·{what}", whole.printed.text, suspect=True),
         *(at(part.place, f"{form_name(form)}·年度任务", part.printed.text) for part in parts[:6])],
        stated=plain(stated / unit.scale), expected=plain(added / unit.scale),
        difference=(stated - added) / unit.scale, unit=unit,
    )  # fmt: skip


def task_scores(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Tasks with more marks than they can have."""
    for form in scored_forms(subject):
        for task, weight, score in overscored(rule, subject, form.tasks):
            yield subject.finding(
                rule, f"{form_name(form)}年度任务“{task.name}”得分{plain(score)}超过分值{plain(weight)}",
                f"年度任务“{task.name}”的分值是{plain(weight)}，得分却是{plain(score)}。",
                [at(task.place, f"{form_name(form)}·{task.name}", f"分值{plain(weight)}，得分{plain(score)}", suspect=True)],
                stated=plain(score), expected=plain(weight),
            )  # fmt: skip
