"""The money of performance forms against the tables of the same document, or of another file of the same body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.checking.diagnosis import is_slip
from gouji.checking.performance_evidence import (
    at,
    form_name,
    placed_forms,
)
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.checking.text import spoken
from gouji.facts import Outcome, Presence, Witness, render
from gouji.performance import Amount, PerformanceForm
from gouji.reading import Reading, ReadTable

_WHOLE_DIMS = frozenset({"fund_type_code"})
_CONCEPTS = frozenset({"expenditure", "total_out", "total_in", "revenue"})
_COLUMNS = {"targets": "budget", "self_evaluation": "spent"}
_KINDS = {"targets": "budget", "self_evaluation": "final_accounts"}


def tables_beside(reading: Reading, readings: Sequence[Reading]) -> Sequence[ReadTable]:
    """The tables of another file that the forms of this one are about: a self-evaluation stands beside the accounts of
    its body, targets beside the budget. None where this file has tables of its own."""
    if not reading.performance or any(table.has_figures for table in reading.tables):
        return ()
    bodies = {fold(name) for form in reading.performance for name in (form.body, form.department) if name}
    kinds = {kind for form in reading.performance if (kind := _KINDS.get(form.kind))}
    for other in readings:
        known = other.scope.kind in kinds and fold(other.scope.body) in bodies
        if other is not reading and known and not other.scope.template:
            return [table for table in other.tables if table.has_figures]
    return ()


def project_amounts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The money of a project's form against the tables that list projects by their names. A project that goes on from
    the year before may have a form for either year: one of them has to agree."""
    listed = _projects(subject)
    by_name: dict[str, list[tuple[PerformanceForm, Amount]]] = {}
    for form in placed_forms(subject):
        amount = _money(form)
        if amount is not None and form.project and form.scope != "department":
            by_name.setdefault(fold(form.project), []).append((form, amount))
    for name, forms in by_name.items():
        stated = listed.get(name, ())
        if not stated:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        holds = any(_agrees(stated, amount) for _, amount in forms)
        # A name that several rows have may be one of a sort of projects, listed for several bodies.
        sure = len({(witness.table_id, witness.row) for witness in stated}) == 1
        outcome = Outcome.EXACT if holds else Outcome.VIOLATED if sure else Outcome.NOT_CHECKED
        subject.coverage.count(rule.id, outcome)
        if outcome is Outcome.VIOLATED:
            form, amount = forms[0]
            first = stated[0]
            yield subject.finding(
                rule, f"{form_name(form)}的资金与《{first.table}》所列不同",
                f"绩效表的资金总额是{spoken(amount.printed)}，《{first.table}》里这个项目是"
                f"{spoken(first.printed)}。请核对是否同一口径（是否含结转、是否多年合计）。",
                [at(amount.place, f"{form_name(form)}·资金总额", amount.printed.text, suspect=True),
                 at(first.place, first.where, first.printed.text)],
                stated=amount.printed.text.strip(), expected=first.printed.text.strip(),
            )  # fmt: skip


def _agrees(stated: Sequence[Witness], amount: Amount) -> bool:
    """Whether some row states the amount. Of a project that is listed under several codes or bodies every row is a part,
    and so is their sum."""
    return any(w.printed.interval.meets(amount.printed.interval) for w in stated) or _sum_meets(
        stated, amount
    )


def _projects(subject: Subject) -> Mapping[str, list[Witness]]:
    """Project name -> what tables state of it, whatever fund and code."""
    found: dict[str, list[Witness]] = {}
    for table in _tables(subject):
        for witness in table.witnesses:
            name = witness.fact.member("pro_code") if witness.fact is not None else None
            if (
                name
                and witness.fact is not None
                and witness.fact.concept in _CONCEPTS
                and _is_figure(witness)
            ):
                found.setdefault(fold(name), []).append(witness)
    return found


def _sum_meets(stated: Sequence[Witness], amount: Amount) -> bool:
    """Whether the rows of one table add up to the amount: all of them, or those of one column."""
    by_column: dict[tuple[int, str], list[Witness]] = {}
    for witness in stated:
        by_column.setdefault((witness.table_id, witness.column), []).append(witness)
    for rows in by_column.values():
        low = sum((w.printed.interval.lo for w in rows), Decimal(0))
        high = sum((w.printed.interval.hi for w in rows), Decimal(0))
        if low <= amount.printed.interval.hi and amount.printed.interval.lo <= high:
            return True
    return False


def whole_amounts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """What the form of the whole body says of its money, against the totals of the tables."""
    totals = [
        witness
        for table in _tables(subject)
        for witness in table.witnesses
        if witness.fact is not None
        and witness.fact.concept in _CONCEPTS
        and {name for name, _ in witness.fact.dims} <= _WHOLE_DIMS
        and _is_figure(witness)
    ]
    for form in placed_forms(subject):
        amount = _money(form)
        if form.scope != "department" or form.project or amount is None or not totals:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        near = [w for w in totals if _is_near(amount, w)]
        if _adds_up_tasks(form, subject) and not near and not any(_meets(amount, w) for w in totals):
            # The year's tasks need not be all that the money is for.
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        holds = any(_meets(amount, w) for w in totals)
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            known = near or [w for w in totals if w.fact is not None and w.fact.concept == "expenditure"]
            first = known[0] if known else totals[0]
            row = form.money_row("total")
            what = "全年执行数" if form.kind == "self_evaluation" else row.label if row else "年度资金总额"
            yield subject.finding(
                rule, f"{form_name(form)}的{what}与{'决算' if form.kind == 'self_evaluation' else '预算'}表的合计都不相符",
                f"{form_name(form)}的{what}是{spoken(amount.printed)}，{first.where}是"
                f"{spoken(first.printed)}，其他合计也没有这个数。请核对口径（是否含结转、是否只含财政拨款）。",
                [at(amount.place, f"{form_name(form)}·{what}", amount.printed.text, suspect=True),
                 at(first.place, first.where, first.printed.text)],
                stated=amount.printed.text.strip(), expected=first.printed.text.strip(),
            )  # fmt: skip


def _meets(amount: Amount, witness: Witness) -> bool:
    """Whether a total is the amount, rounded or cut off at its last place."""
    unit = Decimal(1).scaleb(-amount.printed.decimals) * amount.printed.unit.scale
    cut_off = 0 <= witness.printed.base - amount.printed.base < unit
    return cut_off or witness.printed.interval.meets(amount.printed.interval)


def _is_near(amount: Amount, witness: Witness) -> bool:
    """Whether a slip of the pen makes the amount of a total."""
    printed = amount.printed
    rounded = render(witness.printed.base, printed.unit, printed.decimals)
    step = Decimal(1).scaleb(-printed.decimals) * printed.unit.scale
    cut_off = render(witness.printed.base // step * step, printed.unit, printed.decimals)
    return any(is_slip(printed.text, expected) for expected in (rounded, cut_off))


def _adds_up_tasks(form: PerformanceForm, subject: Subject) -> bool:
    row = form.money_row("total")
    totals = subject.catalog.performance.task_totals
    return row is not None and bool(form.tasks) and fold(row.label) in totals


def _tables(subject: Subject) -> Sequence[ReadTable]:
    return subject.beside or subject.reading.tables


def _is_figure(witness: Witness) -> bool:
    return witness.printed.presence is Presence.NUMBER and not witness.recognised_unsurely


def _money(form: PerformanceForm) -> Amount | None:
    """The whole money that a form states: the year's in targets, what was spent in a self-evaluation. Forms whose heads
    are not sure state none."""
    row = form.money_row("total")
    amount = row.amounts.get(_COLUMNS.get(form.kind, "")) if row is not None else None
    return amount if amount is not None and amount.printed.value and not form.why else None
