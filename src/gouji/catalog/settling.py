"""What only a whole table tells about its places: totals that cover carry-over, classes told by a group's name.

A form that is laid out and a table that is read are settled by the same functions. They look at heads and facts only,
never at figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gouji.facts import Fact

WITH_CARRYOVER = {
    "revenue": (("carryover_begin", "account_balance_begin"), "total_in"),
    "expenditure": (("carryover_end", "account_balance_end"), "total_out"),
}
"""What a total beside carry-over covers: concept -> the concepts of carry-over, and the concept of the total."""


class Stated(NamedTuple):
    """The fact of one place as its row and column tell it, the heads of its column, joined by ``/``, and the label of
    its row."""

    fact: Fact | None
    column: str
    row: str = ""


def settle(places: Sequence[Stated], is_total: Callable[[str], bool]) -> list[Fact | None]:
    """The facts of the places of one table, in their order. ``is_total`` tells whether a head is a mere total."""
    found = _funds_with_carryover(places)
    for concept, (carried, total) in WITH_CARRYOVER.items():
        found = _total_with_carryover(found, concept, carried, total, is_total)
    return _groups_as_classes(_only_budget([place.fact for place in found]))


def _funds_with_carryover(places: Sequence[Stated]) -> list[Stated]:
    """A table of sources that tells neither 本年收入 nor 上年结转 apart may count both in each source: what it states
    is the money at hand (总计 by fund), not the year's revenue."""
    concepts = {place.fact.concept for place in places if place.fact is not None}
    if "revenue" not in concepts or concepts & {*WITH_CARRYOVER["revenue"][0], "nonfiscal_surplus_used"}:
        return list(places)
    if any(_CURRENT in place.row or _CURRENT in place.column for place in places):
        return list(places)
    return [
        place._replace(fact=place.fact.of("total_in"))
        if place.fact is not None and place.fact.concept == "revenue"
        else place
        for place in places
    ]


_CURRENT = "本年收入"


def _total_with_carryover(
    places: Sequence[Stated],
    concept: str,
    carried: tuple[str, ...],
    total: str,
    is_total: Callable[[str], bool],
) -> list[Stated]:
    """A total beside columns of carry-over covers both: 合计 over 一般公共预算 … 上年结转 is 总计, not 本年收入. Beside
    means under the same upper heads, so that 小计 under 本年收入 stays what it is."""
    columns = {place.column for place in places if place.fact is not None and place.fact.concept in carried}
    if not columns:
        return list(places)
    found: list[Stated] = []
    for place in places:
        above = place.column.rpartition("/")[0]
        fact = place.fact
        if (
            fact is None
            or fact.concept != concept
            or not any(column != place.column and column.startswith(above) for column in columns)
            or not is_total(place.column.rpartition("/")[2])
            or (fact.member("fund_type_code") is not None and "/" in place.column)
        ):
            found.append(place)
        else:
            found.append(place._replace(fact=fact.of(total)))
    return found


def _only_budget(facts: Sequence[Fact | None]) -> list[Fact | None]:
    """年初预算数 is the budget of a table that has no other; beside 全年预算数 it is the budget as first approved."""
    if any(fact is not None and fact.member(_STAGE) == "budget" for fact in facts):
        return list(facts)
    return [
        fact.slice(_STAGE, "budget") if fact is not None and fact.member(_STAGE) == "initial" else fact
        for fact in facts
    ]


_STAGE = "stage"


def _groups_as_classes(facts: Sequence[Fact | None]) -> list[Fact | None]:
    """人员经费, 公用经费 under 基本支出 name groups of economic classes, if the rows below are not economic classes
    themselves: then the group is a member of that dimension like 工资福利支出 beside it. Where they stand beside
    项目支出 they say nothing of the economic classes of all that is spent."""
    if any(
        fact.member("expense_group") is not None and fact.member("dep_bgt_eco_code") is not None
        for fact in facts
        if fact is not None
    ):
        return list(facts)
    return [None if fact is None else _group_as_class(fact) for fact in facts]


def _group_as_class(fact: Fact) -> Fact:
    group = fact.member("expense_group")
    if group is None or fact.member("nature") is None:
        return fact
    return fact.slice("expense_group", None).slice("dep_bgt_eco_code", group)
