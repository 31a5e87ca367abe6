"""What the sentences say of the whole body against the tables: its budget, last year's figures, tables left blank."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine, spoken
from gouji.facts import Fact, Outcome
from gouji.reading import Comparison, Quantity, quantity

_FUND = "fund_type_code"
_WAN = Decimal(10_000)


def actual_above_budget(rule: Rule, text: Text) -> Iterator[Finding]:
    """整体支出全年预算数: no less than what the tables say was spent."""
    scope = text.reading.scope
    spent = [
        w
        for w in text.voices.tables.witnesses(Quantity(Fact("expenditure"), "final", scope.year))
        if w.printed.value
    ]
    budgets = text.voices.spoken.get(Quantity(Fact("expenditure"), "budget", scope.year), ())
    for budget in budgets:
        if not spent or not any(word in budget.words for word in text.catalog.clauses.adjusted):
            continue
        least = min(spent, key=lambda w: w.printed.base)
        short = (
            least.printed.base - least.printed.half_width - budget.printed.base - budget.printed.half_width
        )
        if short <= 0:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield text.finding(
            rule, f"整体支出全年预算数{spoken(budget.printed)}小于实际支出{spoken(least.printed)}",
            f"全年预算数包含上年结转和追加，不应小于《{least.table}》的本年支出{spoken(least.printed)}。多半只算了一部分资金或一部分支出。",
            text.quoted(budget, suspect=True), Evidence.of(least), stated=budget.printed.text,
        )  # fmt: skip


def spoken_of_blank_tables(rule: Rule, text: Text) -> Iterator[Finding]:
    """Blank tables of which sentences state figures."""
    for table in text.reading.tables:
        if table.has_figures or not table.witnesses:
            continue
        facts = {quantity(w.fact, text.reading.scope): w for w in table.witnesses if w.fact is not None}
        said = [
            statement
            for sought in facts
            for statement in text.voices.spoken.get(sought, ())
            if statement.printed.value and not text.voices.tables.witnesses(sought)
        ]
        if not said:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        figures = "、".join(f"{s.words[-20:]}{spoken(s.printed)}" for s in said[:3])
        place = table.place
        yield text.finding(
            rule, f"《{table.title}》全表空白，文字却说有金额",
            f"《{table.title}》没有一个数字，而文字里有{figures}。请核对是否漏填。",
            Evidence(place.file, place.page, place.box, place.ref, f"《{table.title}》", table.title, suspect=True),
            *(text.quoted(s) for s in said[:3]),
        )  # fmt: skip


class _Earlier(NamedTuple):
    """An amount of last year, by how much rounding may have moved it, and the comparison it follows from."""

    amount: Decimal
    width: Decimal
    told: Comparison


def earlier_year(rule: Rule, text: Text) -> Iterator[Finding]:
    """Last year's figures that follow from the comparisons: expenditure was no more than the total of its funds."""
    before = _before(text)
    for fact, spent in before.items():
        if fact.concept != "expenditure" or {name for name, _ in fact.dims} - {_FUND}:
            continue
        totals = [fact.of("total_in").slice(_FUND, fund) for fund in _wider(fact.member(_FUND), text)]
        total = next((before[one] for one in totals if one in before), None)
        if total is None:
            continue
        excess = spent.amount - total.amount
        if excess <= spent.width + total.width:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield text.finding(
            rule, "由增减额推出的上年支出大于上年总计",
            f"按文中的增减，上年支出为{spent.amount / _WAN:.2f}万元，上年总计只有{total.amount / _WAN:.2f}万元。两处增减必有一处写错。",
            text.quoted(total.told, candidate=True), text.quoted(spent.told, candidate=True),
        )  # fmt: skip


def _wider(fund: str | None, text: Text) -> Iterator[str | None]:
    """A fund and every whole that contains it, up to the funds of all sources (``None``)."""
    while fund:
        yield fund
        fund = text.catalog.dimensions[_FUND].parent(fund)
    yield None


def _before(text: Text) -> dict[Fact, _Earlier]:
    """The figures of last year that follow from an amount and its difference, or from 持平. An amount whose
    words may mean two quantities is left out: equal this year, they need not have been last year."""
    found: dict[Fact, _Earlier] = {}
    for comparison in (c for one in text.reading.told for c in one.comparisons):
        current, change, says = comparison.current, comparison.difference, comparison.says
        if comparison.against != "year" or current is None or current.fact is None or says is None:
            continue
        if any(rival.concept != current.fact.concept for rival in current.rivals):
            continue
        now = text.interval(current)
        if now is None or (change is None and (says != 0 or comparison.nearly)):
            continue
        step, width = Decimal(0), (now.hi - now.lo) / 2
        if change is not None:
            step, width = change.printed.base * says, width + change.printed.half_width
        fact = quantity(current.fact, text.reading.scope).fact
        found.setdefault(fact, _Earlier(now.centre - step, width, comparison))
    return found


WHOLE_ENGINES: dict[str, TextEngine] = {
    "actual_above_budget": actual_above_budget,
    "spoken_of_blank_tables": spoken_of_blank_tables,
    "earlier_year": earlier_year,
}
