"""What the registers of a budget's explanation add to its book: last year's figures, plans of purchases, counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gouji.facts import Fact, fact
from gouji.registers import budget_narrative_schema as schema
from gouji.registers import narrative_facts, narrative_schema
from gouji.registers.book import Entry, Figure
from gouji.registers.budget_schema import FUND, PROJECT
from gouji.registers.narrative_facts import NarrativeFigures
from gouji.registers.problem import Problem
from gouji.registers.records import ABSENT, Kept, Record
from gouji.registers.schema import AMOUNT, FUNCTION

_ITEM = narrative_schema.ITEM
_STAGES = ((schema.LAST_BUDGET, None), (schema.LAST_ACCOUNTS, "final"))
"""A column of last year's figures and the stage that sets it apart in a budget, where what is said is planned."""


def told(registers: Mapping[str, Kept], year: int) -> NarrativeFigures:
    """What the registers hold for the explanation of the budget of ``year``."""
    shared = {
        name: kept
        for name, kept in registers.items()
        if name in (narrative_schema.MEETINGS.name, narrative_schema.STAFF.name, narrative_schema.AGENCY.name)
    }
    return NarrativeFigures(
        (*_entries(registers), *narrative_facts.entries(shared)),
        _stated(registers, year),
        tuple(_problems(registers)),
    )


def _rows(registers: Mapping[str, Kept], name: str) -> tuple[Record, ...]:
    return registers.get(name, ABSENT).records


def _entries(registers: Mapping[str, Kept]) -> Iterator[Entry]:
    for record in _rows(registers, schema.PURCHASE_PLAN.name):
        kind = narrative_schema.PURCHASES[record.text(narrative_schema.PURCHASE_KIND)]
        for concept, column in (
            ("procurement", AMOUNT), ("procurement_sme", schema.FOR_SME), ("procurement_small", schema.FOR_SMALL),
        ):  # fmt: skip
            yield from _entry(fact(concept, procurement_kind=kind), record, column)
    for record in _rows(registers, schema.ASSET_PLAN.name):
        item = record.text(_ITEM)
        member = narrative_schema.VEHICLES.get(item)
        kept, planned = (
            (fact("vehicles", vehicle_class=member), fact("vehicles_bought", vehicle_class=member))
            if member
            else (
                fact("equipment", equipment_class=schema.EQUIPMENT[item]),
                fact("equipment_bought", equipment_class=schema.EQUIPMENT[item]),
            )
        )
        yield from _entry(kept, record, schema.KEPT)
        yield from _entry(planned, record, schema.PLANNED)
    for record in _rows(registers, schema.TARGET_PLAN.name):
        concept = schema.TARGETS[record.text(_ITEM)]
        yield from _entry(fact(concept), record, AMOUNT)
        if concept == "performance_project_budget":
            yield from _entry(fact("performance_projects"), record, narrative_schema.PROJECTS)


def _entry(wanted: Fact, record: Record, column: str) -> Iterator[Entry]:
    number = record.number(column)
    if number is not None:
        yield Entry(wanted.concept, dict(wanted.dims), number, record.source)


def last_year_fact(record: Record) -> Fact:
    """What a row of last year's figures is about, without its year and stage."""
    of = schema.LAST_YEAR_ITEMS[record.text(_ITEM)]
    if record.text(_ITEM) != narrative_schema.PER_CODE:
        return of
    fund = schema.CODED_FUNDS[record.text(FUND) or next(iter(schema.CODED_FUNDS))]
    return of.slice("exp_func_code", record.text(FUNCTION)).slice("fund_type_code", fund)


def _stated(registers: Mapping[str, Kept], year: int) -> dict[Fact, Figure]:
    """Last year's figures, each as it was put down."""
    found: dict[Fact, Figure] = {}
    for record in _rows(registers, schema.LAST_YEAR.name):
        of = last_year_fact(record).slice("fiscal_year", str(year - 1))
        for column, stage in _STAGES:
            number = record.number(column)
            if number is not None:
                found[of.slice("stage", stage)] = Figure(number, (record.source,))
    for _, stage in _STAGES:
        dims = {"stage": stage} if stage else {}
        narrative_facts.add_sangong_wholes(found, fiscal_year=str(year - 1), **dims)
    return found


def _problems(registers: Mapping[str, Kept]) -> Iterator[Problem]:
    """What single rows may not combine."""
    per_code = narrative_schema.PER_CODE
    for register, item in (
        (schema.LAST_YEAR.name, _ITEM), (schema.BUDGET_CAUSES.name, narrative_schema.SUBJECT),
    ):  # fmt: skip
        for record in _rows(registers, register):
            coded = FUNCTION in record.values
            if coded != (record.text(item) == per_code):
                yield _problem(
                    record,
                    f"只有“{per_code}”才填科目编码" if coded else f"“{per_code}”要填项级科目，其余不填",
                    FUNCTION,
                )
    for record in _rows(registers, schema.LAST_YEAR.name):
        if FUND in record.values and record.text(_ITEM) != per_code:
            yield _problem(record, f"只有“{per_code}”才填资金性质", FUND)
        if schema.LAST_BUDGET not in record.values and schema.LAST_ACCOUNTS not in record.values:
            yield _problem(
                record, "上年预算数和上年执行数都空着，请至少填一个，或删去这一行", schema.LAST_BUDGET
            )
    for record in _rows(registers, schema.USES.name):
        if (FUNCTION in record.values) == (PROJECT in record.values):
            yield _problem(record, "科目和项目填一种，也只填一种", FUNCTION)
    for record in _rows(registers, schema.PURCHASE_PLAN.name):
        whole = record.number(AMOUNT) or Decimal(0)
        small, sme = (record.number(name) for name in (schema.FOR_SMALL, schema.FOR_SME))
        if (sme is not None and sme > whole) or (small or Decimal(0)) > (whole if sme is None else sme):
            text = "预留给小微企业的不能大于预留给中小企业的，预留给中小企业的不能大于采购金额，请核对"
            yield _problem(record, text, schema.FOR_SME)


def _problem(record: Record, text: str, column: str) -> Problem:
    return Problem(record.source.file, text, record.source.sheet, record.source.row, column)
