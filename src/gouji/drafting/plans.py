"""What a budget tells beside its lines: “三公”经费, procurement, meetings, 机关运行经费, things that are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gouji.catalog import Dimension
from gouji.drafting.fitting import Bound, fit
from gouji.drafting.note import Matter, Note
from gouji.drafting.published import Stated, amounts_of
from gouji.drafting.rows import Row, yuan
from gouji.facts import Fact, fact
from gouji.registers.budget_narrative_schema import ASSET_PLAN, EQUIPMENT, KEPT, PLANNED, PURCHASE_PLAN
from gouji.registers.budget_schema import SANGONG_ITEM, SANGONG_PLAN
from gouji.registers.narrative_schema import (
    ACTIVITY,
    ACTIVITY_KIND,
    AGENCY,
    ITEM,
    MEETINGS,
    PEOPLE,
    PURCHASE_KIND,
    PURCHASES,
    STAFF,
    STAFF_ITEMS,
    VEHICLES,
)
from gouji.registers.schema import AMOUNT, REMARK

_SANGONG = {
    "abroad": "因公出国（境）费", "vehicle_purchase": "公务用车购置费", "vehicle_operation": "公务用车运行费", "reception": "公务接待费",
}  # fmt: skip
_FUND = "fund_type_code"
_FUNDS = ("general", "fiscal", None)
"""Whose figure a register of the general public budget takes, the first that is told."""
_WHOLE = "合计"
Plans = dict[str, list[Row]]


def plans_of(facts: Mapping[Fact, Stated], dimensions: Mapping[str, Dimension]) -> tuple[Plans, list[Note]]:
    """Rows by register, and what could not be kept."""
    notes: list[Note] = []
    rows: Plans = {
        SANGONG_PLAN.name: list(_sangong(facts, dimensions["sangong_item"], notes)),
        PURCHASE_PLAN.name: list(_purchases(facts, notes)),
        MEETINGS.name: list(_meetings(facts)),
        AGENCY.name: list(_agency(facts)),
        ASSET_PLAN.name: list(_assets(facts)),
        STAFF.name: [
            {ITEM: label, PEOPLE: _count(facts[of])} for label, of in STAFF_ITEMS.items() if of in facts
        ],
    }
    return rows, notes


def _sangong(facts: Mapping[Fact, Stated], tree: Dimension, notes: list[Note]) -> Iterator[Row]:
    fund = next(
        (f for f in _FUNDS if any(_item(facts, item, f) is not None for item in ("", *tree.titles))), None
    )
    every, kept = _item(facts, "", None), _item(facts, "", fund)
    if fund and every is not None and kept is not None and every.least > kept.most:
        text = f"“三公”经费全部资金共{yuan(every.amount):,.2f}元，登记簿只收一般公共预算拨款的{yuan(kept.amount):,.2f}元"
        notes.append(Note(Matter.LEFT_OUT, text, SANGONG_PLAN.name))
    told = {item: stated for item in tree.titles if (stated := _item(facts, item, fund)) is not None}
    items = {item: told[item].amount for item in _SANGONG if item in told}
    remarks: dict[str, str] = {}
    vehicle = told.get("vehicle")
    if (
        vehicle is not None
        and vehicle.amount
        and not (items.keys() & {"vehicle_purchase", "vehicle_operation"})
    ):
        items["vehicle_operation"] = vehicle.amount
        remarks["vehicle_operation"] = "需核对：公开表没有分列购置和运行，全部记作运行费"
        notes.append(Note(Matter.ASSUMED, "公务用车购置及运行费没有分列，全部记作运行费", SANGONG_PLAN.name))
    names = list(items)
    whole = _item(facts, "", fund)
    bounds = [
        Bound(
            tuple(n for n, name in enumerate(names) if name == item or tree.contains(item, name)),
            s.least,
            s.most,
        )
        for item, s in [*told.items(), *([("", whole)] if whole is not None else [])]
    ]
    slack = max((s.slack for s in told.values()), default=0) * (len(names) + 1)
    fitted = fit([items[name] for name in names], bounds, [slack] * len(bounds))
    if fitted.broken:
        notes.append(
            Note(Matter.CONTRADICTED, "“三公”经费各项之和与公开表的合计不符，按各项记", SANGONG_PLAN.name)
        )
    for name, amount in zip(names, fitted.amounts, strict=True):
        if amount:
            yield {SANGONG_ITEM: _SANGONG[name], AMOUNT: yuan(amount), REMARK: remarks.get(name, "")}


def _item(facts: Mapping[Fact, Stated], item: str, fund: str | None) -> Stated | None:
    of = fact("sangong", **({"sangong_item": item} if item else {}), **({_FUND: fund} if fund else {}))
    return facts.get(of)


def _purchases(facts: Mapping[Fact, Stated], notes: list[Note]) -> Iterator[Row]:
    total = facts.get(fact("procurement"))
    kept = 0
    for label, kind in PURCHASES.items():
        stated = facts.get(fact("procurement", procurement_kind=kind))
        if stated is not None and stated.amount:
            kept += stated.amount
            yield {PURCHASE_KIND: label, AMOUNT: yuan(stated.amount)}
    if total is not None and total.amount and not kept:
        text = f"政府采购预算{yuan(total.amount):,.2f}元没有分货物、工程、服务，请分开后填入"
        notes.append(Note(Matter.LEFT_OUT, text, PURCHASE_PLAN.name))


def _meetings(facts: Mapping[Fact, Stated]) -> Iterator[Row]:
    for kind, concept in (("会议", "meeting"), ("培训", "training")):
        stated = _of_any_fund(facts, concept)
        if stated is not None and stated.amount:
            yield {ACTIVITY_KIND: kind, ACTIVITY: f"{kind}费{_WHOLE}", AMOUNT: yuan(stated.amount)}


def _agency(facts: Mapping[Fact, Stated]) -> Iterator[Row]:
    stated = _of_any_fund(facts, "agency_operation")
    if stated is not None and stated.amount:
        yield {ITEM: _WHOLE, AMOUNT: yuan(stated.amount)}


def _of_any_fund(facts: Mapping[Fact, Stated], concept: str) -> Stated | None:
    told = (facts.get(fact(concept, **({_FUND: fund} if fund else {}))) for fund in (None, *_FUNDS[:2]))
    return next((stated for stated in told if stated is not None), None)


def _assets(facts: Mapping[Fact, Stated]) -> Iterator[Row]:
    kinds = {
        **{label: ("vehicles", "vehicles_bought", "vehicle_class", m) for label, m in VEHICLES.items()},
        **{label: ("equipment", "equipment_bought", "equipment_class", m) for label, m in EQUIPMENT.items()},
    }
    for label, (kept, bought, dimension, member) in kinds.items():
        of = fact(kept, **{dimension: member})
        row = {
            column: _count(facts[one])
            for column, one in ((KEPT, of), (PLANNED, of.of(bought)))
            if one in facts
        }
        if row:
            yield {ITEM: label, **row}


def _count(stated: Stated) -> Decimal:
    return yuan(stated.amount).to_integral_value()


def planned(facts: Mapping[Fact, Stated]) -> Iterator[tuple[Fact, Stated]]:
    """What a budget tells beside its lines, of this year."""
    return amounts_of(facts, ("sangong", "procurement", "meeting", "training", "agency_operation"))
