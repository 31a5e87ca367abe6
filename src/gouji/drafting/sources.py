"""The rows of 收入预算: each source of money, of this year and carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.catalog import Dimension
from gouji.drafting.line import Line
from gouji.drafting.published import Stated
from gouji.drafting.selection import CARRIED, CURRENT, FUND, OTHER, UNIT_FUNDS, Money, Selection
from gouji.facts import Fact, fact

_CONCEPT = {CURRENT: "revenue", CARRIED: "carryover_begin"}


class Source(NamedTuple):
    """One row: a member of 资金性质, the year of the money, the amount in 分. ``assumed`` marks one that no table
    prints and that is what its lines spend."""

    fund: str
    year: str
    amount: int
    assumed: bool = False


def sources_of(
    facts: Mapping[Fact, Stated], lines: Sequence[Line], money: Money, dimensions: Mapping[str, Dimension]
) -> list[Source]:
    """The rows. What is printed of a fund is kept unless its lines spend just as much within rounding, which they have
    to do to the 分 where nothing is left at the end of the year."""
    found: list[Source] = []
    at_hand = money_at_hand(facts, money, dimensions)
    for fund in money.funds:
        for year in money.years:
            # This year's 单位资金 of an untold source is 其他收入 in the registers.
            named = OTHER if (fund, year) == (UNIT_FUNDS, CURRENT) else fund
            if named != fund and named in money.funds:
                continue
            spent = sum(line.amount for line in lines if line.fund == named and line.year == year)
            stated = at_hand.get((fund, year))
            if (
                stated is None
                or stated.least <= spent <= stated.most
                or (money.spent and stated.amount < spent)
            ):
                amount = spent
            else:
                amount = stated.amount
            if amount:
                assumed = stated is None or abs(amount - stated.amount) > stated.slack
                found.extend(_details(Source(named, year, amount, assumed), facts, dimensions[FUND]))
    return found


def money_at_hand(
    facts: Mapping[Fact, Stated], money: Money, dimensions: Mapping[str, Dimension]
) -> dict[tuple[str, str], Stated]:
    """What is printed of the money of each fund and year; what lies in a fund beside its finer ones is what they leave."""
    tree = dimensions[FUND]
    found = {
        (fund, year): stated
        for fund in money.funds
        for year in money.years
        if (stated := _stated(facts, fund, year, money, tree)) is not None
    }
    for (fund, year), stated in list(found.items()):
        parts = [
            found[part, year] for part in money.funds if tree.contains(fund, part) and (part, year) in found
        ]
        left = stated.amount - sum(part.amount for part in parts)
        if parts and left <= stated.slack + sum(part.slack for part in parts):
            del found[fund, year]
        elif parts:
            found[fund, year] = Stated(left, left - stated.slack, left + stated.slack, stated.witnesses)
    return found


def with_untold_fund(
    money: Money, facts: Mapping[Fact, Stated], dimensions: Mapping[str, Dimension]
) -> Money:
    """The money of a document with 单位资金 besides, if all there is is more than what is told of the funds."""
    whole = facts.get(fact("total_in")) or facts.get(fact("total_out"))
    told = money_at_hand(facts, money, dimensions)
    if whole is None or "unit_funds" in money.funds or len({fund for fund, _ in told}) < len(money.funds):
        return money
    left = whole.amount - sum(stated.amount for stated in told.values())
    if left <= whole.slack + sum(stated.slack for stated in told.values()):
        return money
    return money._replace(funds=(*money.funds, "unit_funds"))


def sums_of_funds(
    facts: Mapping[Fact, Stated], money: Money, dimensions: Mapping[str, Dimension]
) -> dict[Selection, Stated]:
    """What the lines of each fund add up to: all that is at hand of it, where all is spent and the funds told make up
    the whole."""
    told = money_at_hand(facts, money, dimensions)
    whole = facts.get(fact("total_in")) or facts.get(fact("total_out"))
    found: dict[Selection, Stated] = {}
    for fund in money.funds:
        parts = [told[fund, year] for year in money.years if (fund, year) in told]
        of = Selection(
            "", frozenset(money.natures), frozenset((fund,)), frozenset(money.years), "", "", None
        )  # fmt: skip
        found[of] = Stated(
            sum(part.amount for part in parts), sum(part.least for part in parts), sum(part.most for part in parts),
            tuple(witness for part in parts for witness in part.witnesses),
        )  # fmt: skip
    least, most = (sum(getattr(stated, end) for stated in found.values()) for end in ("least", "most"))
    if not money.spent or whole is None or most < whole.least or whole.most < least:
        return {}
    return {of: stated for of, stated in found.items() if stated.witnesses}


def _stated(
    facts: Mapping[Fact, Stated], fund: str, year: str, money: Money, tree: Dimension
) -> Stated | None:
    """What is printed of a fund in a year, also as the only fund inside a wider one."""
    wider: str | None = fund
    while wider is not None:
        members = [known for known in money.funds if wider in ("", known) or tree.contains(wider, known)]
        if members != [fund] and wider != fund:
            break
        of = fact(_CONCEPT[year], **({FUND: wider} if wider else {}))
        stated = facts.get(of)
        if stated is None and money.years == (CURRENT,):
            stated = facts.get(of.of("total_in"))
        if stated is not None and stated.amount:
            return stated
        wider = tree.parent(wider)
    return None


def _details(source: Source, facts: Mapping[Fact, Stated], tree: Dimension) -> list[Source]:
    """A source told apart as the tables do (经费拨款 and each kind of 非税收入), if the parts are all there is."""
    told = {
        member: stated
        for member in tree.parents
        if tree.contains(source.fund, member)
        and (stated := facts.get(fact(_CONCEPT[source.year], **{FUND: member}))) is not None
        and stated.amount
    }
    leaves = {m: s for m, s in told.items() if not any(tree.contains(m, other) for other in told)}
    gap = source.amount - sum(stated.amount for stated in leaves.values())
    if source.fund != "general" or not leaves or abs(gap) > sum(s.slack for s in leaves.values()) + 1:
        return [source]
    largest = max(leaves, key=lambda member: leaves[member].amount)
    return [
        Source(member, source.year, stated.amount + (gap if member == largest else 0), source.assumed)
        for member, stated in leaves.items()
    ]
