"""What is at hand of the money of a budget, and what is spent of what was carried over (上年结转)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.drafting.line import Line
from gouji.drafting.published import Stated
from gouji.drafting.selection import CARRIED, CURRENT, UNIT_FUNDS, Money, Selection


def carried_spent(
    lines: Sequence[Line], money: Money, at_hand: Mapping[tuple[str, str], Stated]
) -> dict[Selection, Stated]:
    """What is spent of the money carried over, by fund: what this year's money does not pay for. A fund of which
    nothing is told has what the others leave of the whole (``at_hand`` of no fund)."""
    if len(money.years) == 1:
        return {}
    found: dict[str, int] = {}
    open_funds: list[str] = []
    for fund in money.funds:
        current, carried = (at_hand.get((fund, year)) for year in (CURRENT, CARRIED))
        spent = sum(line.amount for line in lines if line.fund == fund)
        if current is not None:
            most = spent if carried is None else min(spent, carried.most)
            found[fund] = min(max(0, spent - current.amount), most)
            if found[fund] <= current.slack:
                found[fund] = 0
        elif carried is not None:
            found[fund] = min(spent, carried.amount)
        else:
            open_funds.append(fund)
    whole = at_hand.get(("", CARRIED))
    if len(open_funds) == 1 and whole is not None:
        spent = sum(line.amount for line in lines if line.fund == open_funds[0])
        found[open_funds[0]] = min(max(0, whole.amount - sum(found.values())), spent)
    natures = frozenset(money.natures)
    return {
        Selection("", natures, frozenset((fund,)), frozenset((CARRIED,)), "", "", None): Stated(
            amount, amount, amount, ()
        )
        for fund, amount in found.items()
    }


def limits_of(money: Money, at_hand: Mapping[tuple[str, str], Stated]) -> dict[Selection, Stated]:
    """The most that can be spent of each fund of which something is told."""
    found: dict[Selection, Stated] = {}
    for fund in money.funds:
        there = [at_hand[fund, year] for year in money.years if (fund, year) in at_hand]
        if there and fund not in _WIDE:
            of = Selection(
                "", frozenset(money.natures), frozenset((fund,)), frozenset(money.years), "", "", None
            )  # fmt: skip
            most = sum(stated.most for stated in there)
            found[of] = Stated(most, most, most, ())
    return found


_WIDE = (UNIT_FUNDS, "business", "operating", "superior", "affiliated", "other")
"""What is carried over of these is seldom told apart."""
