"""What a published budget tells that registers have no place for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.catalog import Catalog
from gouji.drafting.note import Matter, Note
from gouji.drafting.published import BELIEVED, Stated, stands_alone
from gouji.drafting.selection import Money, selection_of
from gouji.facts import Fact, Presence, Witness
from gouji.reading import Reading

_KEPT = frozenset((
    "revenue", "carryover_begin", "carryover_end", "total_in", "total_out", "sangong", "procurement", "meeting", "training",
    "agency_operation", "vehicles", "vehicles_bought", "equipment", "equipment_bought", "staff", "sangong_meeting_training",
))  # fmt: skip
"""Concepts that registers hold or that follow from what they hold; of lines each figure is held against them."""
_BY_HAND = ("nonfiscal_surplus_used", "account_balance_begin")
"""What registers hold and a draft leaves to its user: the tables do not say which money it is."""
_YEAR = "fiscal_year"
_SHOWN = 3


def left_out(
    facts: Mapping[Fact, Stated], readings: Sequence[Reading], money: Money, catalog: Catalog
) -> list[Note]:
    """One note for each table of which figures went nowhere."""
    lost: dict[str, list[Witness]] = {}
    for fact, stated in facts.items():
        if (
            not stated.amount
            or fact.member(_YEAR) is not None
            or fact.member("stage") not in (None, "budget")
        ):
            continue
        if selection_of(fact, money, catalog.dimensions) is None and (
            fact.concept not in _KEPT or _in_unkept_fund(fact, money, catalog)
        ):
            lost.setdefault(stated.witnesses[0].table, []).append(stated.witnesses[0])
    notes = [
        Note(Matter.LEFT_OUT, f"《{table}》{_told(places)}，{_why(places)}") for table, places in lost.items()
    ]
    return [*notes, *not_in_registers(readings)]


def not_in_registers(readings: Sequence[Reading]) -> list[Note]:
    """What is of single bodies, and what was not understood."""
    return [*_of_bodies(readings), *_not_understood(readings)]


def _in_unkept_fund(fact: Fact, money: Money, catalog: Catalog) -> bool:
    fund = fact.member("fund_type_code")
    tree = catalog.dimensions["fund_type_code"]
    known = (
        known == fund or tree.contains(str(fund), known) or tree.contains(known, str(fund))
        for known in money.funds
    )
    return fund is not None and not any(known)


def _why(places: Sequence[Witness]) -> str:
    """Whether registers have a place for what a draft does not fill in."""
    facts = [place.fact for place in places if place.fact is not None]
    if any(
        f.concept in _BY_HAND or (f.member("fund_type_code") or "").startswith("superior_") for f in facts
    ):
        return "没有推定是谁的钱，请自己填进收入预算"
    return "登记簿没有地方记"


def _told(places: Sequence[Witness]) -> str:
    shown = "、".join(f"{p.where.partition('》')[2]} {p.printed.text.strip()}" for p in places[:_SHOWN])
    return f"的{shown}" + (f"等{len(places)}个数" if len(places) > _SHOWN else "")


def _of_bodies(readings: Sequence[Reading]) -> list[Note]:
    """Rows of single bodies: one workspace holds one body, or a department as a whole."""
    tables: dict[str, int] = {}
    for reading in readings:
        for witness in reading.witnesses:
            fact = witness.fact
            if (
                fact is not None
                and fact.member("agency_code")
                and witness.printed.presence is Presence.NUMBER
                and stands_alone(fact)
            ):
                tables[witness.table] = tables.get(witness.table, 0) + 1
    if not tables:
        return []
    names = "、".join(f"《{table}》" for table in tables)
    text = f"{names}里各单位的行（{sum(tables.values())}个数）没有分单位记；要分单位的，请各单位各建一个工作文件夹"
    return [Note(Matter.LEFT_OUT, text)]


def _not_understood(readings: Sequence[Reading]) -> list[Note]:
    """Figures whose meaning or place is open, or that character recognition was not sure of."""
    tables: dict[str, int] = {}
    for reading in readings:
        for witness in reading.witnesses:
            if witness.status not in BELIEVED and witness.printed.presence is Presence.NUMBER:
                tables[witness.table] = tables.get(witness.table, 0) + 1
    return [
        Note(Matter.LEFT_OUT, f"《{table}》有{count}个数没有读懂，或识别存疑，没有用到；请对照原件")
        for table, count in tables.items()
    ]
