"""Which lines of a budget a printed figure adds up: a range along every axis of the line.

A line has a function, a nature, a fund, a year of its fund, an economic class of the body and of the government, and a
project. A figure without one of these adds up all of it, so a figure without a fund is one of the general public budget
where the body has no other money: which funds, natures and years there are is told by the document (:class:`Money`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.catalog import Dimension
from gouji.drafting.published import Stated, amounts_of
from gouji.facts import Fact

FUNCTION, NATURE, FUND, YEAR = "exp_func_code", "nature", "fund_type_code", "fund_year"
ECONOMIC, GOVERNMENT, PROJECT, GROUP = "dep_bgt_eco_code", "gov_bgt_eco_code", "pro_code", "expense_group"
CURRENT, CARRIED = "current", "carried"
GROUPS = ("personnel", "public")
"""人员经费 and 公用经费 of 基本支出."""
NATURES = ("basic", "project", "operating", "remit_up", "subsidy_down")
LINE_FUNDS = (
    "general", "gov_fund", "state_capital", "special_account", "business", "operating", "superior", "affiliated", "other",
    "unit_funds",
)  # fmt: skip
"""The funds that a register tells apart, in the order in which assumptions prefer them."""
OTHER, UNIT_FUNDS = "other", "unit_funds"
_AXES = frozenset((FUNCTION, NATURE, FUND, YEAR, ECONOMIC, GOVERNMENT, PROJECT, GROUP, "spending_level"))
_SPENT = {"expenditure": None, "total_out": None, "total_in": None, "revenue": CURRENT, "carryover_begin": CARRIED,
          "carryover_spent": CARRIED}  # fmt: skip
"""Concept -> the year of the money that it is about; ``None`` for all of it."""
_IN = ("total_in", "revenue", "carryover_begin")
_SIDES = ("total_out", *_IN)


class Money(NamedTuple):
    """The funds, natures and years that have money in a document. ``spent`` tells whether all of it is spent: nothing
    is planned to be left at the end of the year."""

    funds: tuple[str, ...]
    natures: tuple[str, ...]
    years: tuple[str, ...]
    spent: bool


class Selection(NamedTuple):
    """The lines inside a figure. ``function``, ``economic`` and ``government`` are codes (or groups of classes) that
    contain them, ``group`` is 人员经费 or 公用经费, all of them empty for all; ``project`` is ``None`` for all."""

    function: str
    natures: frozenset[str]
    funds: frozenset[str]
    years: frozenset[str]
    economic: str
    government: str
    project: str | None
    group: str = ""


def money_of(facts: Mapping[Fact, Stated], dimensions: Mapping[str, Dimension]) -> Money:
    tree = dimensions[FUND]
    funds: set[str] = set()
    wide: set[str] = set()
    natures: set[str] = set()
    carried = left = False
    for fact, stated in amounts_of(facts, (*_SPENT, "carryover_end")):
        if not stated.amount:
            continue
        carried = (
            carried or fact.concept in ("carryover_begin", "carryover_spent") or fact.member(YEAR) == CARRIED
        )
        left = left or fact.concept == "carryover_end"
        fund, nature = fact.member(FUND), fact.member(NATURE)
        if fund is not None:
            found = line_fund(fund, tree)
            if found:
                funds.add(found)
            else:
                wide.add(fund)
        if nature in NATURES:
            natures.add(nature)
    for fund in wide:
        if not any(tree.contains(fund, known) for known in funds):
            funds.add("general" if fund == "fiscal" else fund)
    if "unit_funds" in funds and not _unit_funds_alone(facts, funds, tree):
        funds.discard("unit_funds")
    known = tuple(fund for fund in LINE_FUNDS if fund in funds) or ("general",)
    years = (CURRENT, CARRIED) if carried else (CURRENT,)
    return Money(known, tuple(n for n in NATURES if n in natures) or NATURES[:2], years, not left)


def _unit_funds_alone(facts: Mapping[Fact, Stated], funds: set[str], tree: Dimension) -> bool:
    """Whether 单位资金 is stated where none of its sources is: of what was carried over, sources are seldom told."""
    for fact, stated in amounts_of(facts, ("revenue", "carryover_begin", "total_in", "expenditure")):
        if fact.member(FUND) == "unit_funds" and stated.amount and len(fact.dims) == 1:
            parts = [facts.get(fact.slice(FUND, fund)) for fund in funds if tree.contains("unit_funds", fund)]
            if not any(part is not None and part.amount for part in parts):
                return True
    return False


def line_fund(fund: str, tree: Dimension) -> str:
    """The fund of a register that a fund is or belongs to; empty for one that spans several."""
    above: str | None = fund
    while above:
        if above in LINE_FUNDS:
            return above
        above = tree.parent(above)
    return ""


def selection_of(fact: Fact, money: Money, dimensions: Mapping[str, Dimension]) -> Selection | None:
    """The lines that a fact adds up; ``None`` for one that is about something else."""
    if (
        fact.concept not in _SPENT
        or any(name not in _AXES for name, _ in fact.dims)
        or fact.member("spending_level") not in (None, "own_level")
    ):
        return None
    if fact.concept in _IN and fact.member(FUNCTION) is None and not money.spent:
        return None
    year = fact.member(YEAR) or _SPENT[fact.concept]
    funds = _inside(fact.member(FUND), money.funds, dimensions[FUND])
    if (
        fact.member(FUND) is not None
        and not funds
        and line_fund(str(fact.member(FUND)), dimensions[FUND]) == ""
    ):
        return None
    if fact.member(FUND) is not None and funds is None:
        return None
    economic, group = fact.member(ECONOMIC) or "", fact.member(GROUP) or ""
    if economic in GROUPS and not group:
        economic, group = "", economic
    nature = fact.member(NATURE) or ("basic" if group else None)
    if nature not in (None, *NATURES) or (nature not in (None, "basic") and group):
        return None
    natures = frozenset(money.natures) if nature is None else frozenset((nature,)) & frozenset(money.natures)
    years = frozenset(money.years) if year is None else frozenset((year,)) & frozenset(money.years)
    return Selection(
        fact.member(FUNCTION) or "", natures, funds or frozenset(), years, economic, fact.member(GOVERNMENT) or "",
        fact.member(PROJECT), group,
    )  # fmt: skip


def _inside(fund: str | None, funds: tuple[str, ...], tree: Dimension) -> frozenset[str] | None:
    """The funds of the document inside a member; ``None`` for a member that is finer than a register tells, or that none
    of its funds lies inside."""
    if fund is None:
        return frozenset(funds)
    line = line_fund(fund, tree)
    if line and line != fund:
        return None
    if not line and not any(tree.contains(fund, known) for known in LINE_FUNDS):
        return None
    return frozenset(known for known in funds if known == fund or tree.contains(fund, known))
