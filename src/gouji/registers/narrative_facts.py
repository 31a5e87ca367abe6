"""What the registers of the narrative add to the book: last year's figures, initial budgets, counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from gouji.facts import Fact, fact
from gouji.registers import narrative_schema as schema
from gouji.registers.book import Book, Entry, Figure
from gouji.registers.problem import Problem
from gouji.registers.records import ABSENT, Kept, Record
from gouji.registers.schema import AMOUNT, FISCAL_FUNDS, FUNCTION, FUND

USES, PROJECT = "支出用途", "项目名称"
"""The register of what money is for, and its column for projects."""
_FUNDS = dict(zip(FISCAL_FUNDS, ("general", "gov_fund", "state_capital"), strict=True))


class CauseKey(NamedTuple):
    """What a cause is for: the subject, its functional code (or empty), and 与上年相比 or 与预算相比."""

    subject: str
    code: str
    compared: str


class Material(NamedTuple):
    """What the narrative takes from its registers besides figures. ``registers`` are all that are kept, by name;
    ``causes`` and ``texts`` are words with the row they come from; ``uses`` what the money of a functional code or a
    project is for."""

    registers: Mapping[str, Kept]
    causes: Mapping[CauseKey, Record]
    texts: Mapping[str, tuple[Record, ...]]
    uses: Mapping[str, Record] = MappingProxyType({})

    def kept(self, register: str) -> bool:
        return self.registers.get(register, ABSENT).kept

    def records(self, register: str) -> tuple[Record, ...]:
        return self.registers.get(register, ABSENT).records


NO_MATERIAL = Material({}, {}, {})


class NarrativeFigures(NamedTuple):
    """What the registers of a narrative add to the book: entries that add up, figures that stand as they were published
    last year, and what single rows may not combine."""

    entries: tuple[Entry, ...]
    stated: Mapping[Fact, Figure]
    problems: tuple[Problem, ...]


def material(registers: Mapping[str, Kept]) -> Material:
    causes = {
        CauseKey(record.text(schema.SUBJECT), record.text(FUNCTION), record.text(schema.COMPARED)): record
        for record in registers.get(schema.CAUSES.name, ABSENT).records
    }
    texts: dict[str, tuple[Record, ...]] = {}
    for record in registers.get(schema.TEXTS.name, ABSENT).records:
        position = record.text(schema.POSITION)
        texts[position] = (*texts.get(position, ()), record)
    uses = {
        record.text(FUNCTION) or record.text(PROJECT): record
        for record in registers.get(USES, ABSENT).records
    }
    return Material(registers, causes, texts, uses)


def told(registers: Mapping[str, Kept], year: int) -> NarrativeFigures:
    """What the registers of final accounts hold for the narrative."""
    return NarrativeFigures(
        tuple(entries(registers)), stated(registers, year), tuple(row_problems(registers))
    )


def row_problems(registers: Mapping[str, Kept]) -> Iterator[Problem]:
    """What single rows may not combine."""
    for record in registers.get(schema.CAUSES.name, ABSENT).records:
        coded = FUNCTION in record.values
        if coded != (record.text(schema.SUBJECT) == schema.PER_CODE):
            text = (
                f"“{schema.PER_CODE}”要填项级科目，其余事项不填"
                if not coded
                else f"只有“{schema.PER_CODE}”才填科目编码"
            )
            yield Problem(record.source.file, text, record.source.sheet, record.source.row, FUNCTION)
    for record in registers.get(schema.PROCUREMENT.name, ABSENT).records:
        whole, sme, small = (
            record.number(name) or Decimal(0) for name in (AMOUNT, schema.TO_SME, schema.TO_SMALL)
        )
        if not small <= sme <= whole:
            text = "授予小微企业的不能大于授予中小企业的，授予中小企业的不能大于采购金额，请核对"
            yield Problem(record.source.file, text, record.source.sheet, record.source.row, schema.TO_SME)


def entries(registers: Mapping[str, Kept]) -> Iterator[Entry]:
    """Everything that adds up."""
    for name, rule in _RULES.items():
        for record in registers.get(name, ABSENT).records:
            for wanted, column in rule(record):
                number = record.number(column)
                if number is not None:
                    yield Entry(wanted.concept, dict(wanted.dims), number, record.source)


def stated(registers: Mapping[str, Kept], year: int) -> dict[Fact, Figure]:
    """Last year's figures, each as it was published then."""
    found: dict[Fact, Figure] = {}
    for record in registers.get(schema.PRIOR.name, ABSENT).records:
        wanted = schema.PRIOR_ITEMS[record.text(schema.ITEM)].slice("fiscal_year", str(year - 1))
        found[wanted] = Figure(record.number(AMOUNT) or Decimal(0), (record.source,))
    add_sangong_wholes(found, stage="final", fiscal_year=str(year - 1))
    return found


def add_sangong_wholes(found: dict[Fact, Figure], **dims: str) -> None:
    """Add last year's totals of “三公” that follow once all their parts were put down."""
    for whole, parts in _SANGONG_WHOLES:
        figures = [found.get(fact("sangong", sangong_item=part, **dims)) for part in parts]
        known = [figure for figure in figures if figure is not None]
        if len(known) == len(figures):
            total = sum((figure.amount for figure in known), Decimal(0))
            of = {"sangong_item": whole} if whole else {}
            found[fact("sangong", **of, **dims)] = Figure(
                total, tuple(s for figure in known for s in figure.sources)
            )


_SANGONG_WHOLES = (
    ("vehicle", ("vehicle_purchase", "vehicle_operation")),
    ("", ("abroad", "vehicle", "reception")),
)
"""Each total and its parts."""


def oddities(book: Book, kept: Material, file: str) -> list[Problem]:
    """What does not fit the accounts, though each may have its reason."""
    found: list[Problem] = []
    for register, concept, item in (
        (schema.TRIPS.name, "trip_cost", "abroad"), (schema.RECEPTIONS.name, "reception_cost", "reception"),
    ):  # fmt: skip
        if kept.kept(register):
            rows, whole = (
                book.figure(fact(concept)),
                book.figure(fact("sangong", sangong_item=item, stage="final")),
            )
            listed, final = (Decimal(0) if figure is None else figure.amount for figure in (rows, whole))
            if listed != final:
                title = book.dimensions["sangong_item"].titles[item]
                text = (
                    f"各行合计{listed:,.2f}元，“三公经费”里{title}的决算数是{final:,.2f}元，两处不同，请核对"
                )
                found.append(Problem(file, text, register))
    return found


def _initial(record: Record) -> Iterator[tuple[Fact, str]]:
    fund = _FUNDS[record.text(FUND) or FISCAL_FUNDS[0]]
    yield (
        fact("expenditure", exp_func_code=record.text(FUNCTION), fund_type_code=fund, stage="initial"),
        AMOUNT,
    )


def _trip(record: Record) -> Iterator[tuple[Fact, str]]:
    yield fact("trip_groups"), schema.GROUPS
    yield fact("trip_people"), schema.TRIPS_PEOPLE
    yield fact("trip_cost"), AMOUNT


def _reception(record: Record) -> Iterator[tuple[Fact, str]]:
    yield fact("reception_batches"), schema.BATCHES
    yield fact("reception_people"), schema.TRIPS_PEOPLE
    yield fact("reception_cost"), AMOUNT


def _activity(record: Record) -> Iterator[tuple[Fact, str]]:
    concept = schema.ACTIVITIES[record.text(schema.ACTIVITY_KIND)]
    yield fact(concept), AMOUNT
    yield fact(f"{concept}_people"), schema.PEOPLE


def _purchase(record: Record) -> Iterator[tuple[Fact, str]]:
    kind = schema.PURCHASES[record.text(schema.PURCHASE_KIND)]
    yield fact("procurement", procurement_kind=kind), AMOUNT
    yield fact("procurement_sme", procurement_kind=kind), schema.TO_SME
    yield fact("procurement_small", procurement_kind=kind), schema.TO_SMALL


def _asset(record: Record) -> Iterator[tuple[Fact, str]]:
    yield schema.ASSETS[record.text(schema.ITEM)], schema.COUNT


def _staff(record: Record) -> Iterator[tuple[Fact, str]]:
    yield schema.STAFF_ITEMS[record.text(schema.ITEM)], schema.PEOPLE


def _agency(record: Record) -> Iterator[tuple[Fact, str]]:
    yield fact("agency_operation"), AMOUNT


def _performance(record: Record) -> Iterator[tuple[Fact, str]]:
    item = schema.PERFORMANCE_ITEMS[record.text(schema.ITEM)]
    if "fund" in item:
        yield fact("performance_projects", project_fund=item["fund"]), schema.PROJECTS
        yield fact("performance_project_budget", project_fund=item["fund"]), AMOUNT
    else:
        yield fact(item["amount"]), AMOUNT


_RULES = {
    schema.INITIAL.name: _initial,
    schema.TRIPS.name: _trip,
    schema.RECEPTIONS.name: _reception,
    schema.MEETINGS.name: _activity,
    schema.PROCUREMENT.name: _purchase,
    schema.ASSET.name: _asset,
    schema.STAFF.name: _staff,
    schema.AGENCY.name: _agency,
    schema.PERFORMANCE.name: _performance,
}
