"""What is left at the end of the year follows from what came in and went out; printed figures are rounded each for itself, so
that what follows may be off by some 元. It is made to come out by moving what was carried over, used or distributed, within
what their own figures allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.drafting.published import Stated
from gouji.facts import Fact, fact

FISCAL = ("general", "gov_fund", "state_capital")
NONFISCAL = ""
"""The fund of all that is no money of the treasury."""
_FUND = "fund_type_code"
_NOTHING = Stated(0, 0, 0, ())
BEGUN, USED, DISTRIBUTED, LEFT = (
    "carryover_begin",
    "nonfiscal_surplus_used",
    "surplus_distribution",
    "carryover_end",
)
_SIGNS = ((BEGUN, 1), (USED, 1), (DISTRIBUTED, -1))


class YearEnd(NamedTuple):
    """Amounts in 分 of a fund by concept, and by how much what follows from them misses the printed figure."""

    amounts: Mapping[str, int]
    off: int


def year_end(facts: Mapping[Fact, Stated], fund: str, came_in: int, went_out: int) -> YearEnd:
    """What a fund began with, used and distributed, so that what is left is what was printed, where anything was."""
    concepts = _SIGNS if fund == NONFISCAL else _SIGNS[:1]
    told = {concept: _told(facts, concept, fund) for concept, _ in concepts}
    whole = fact(LEFT, **({_FUND: fund} if fund in FISCAL else {}))
    left = _told(facts, LEFT, fund) if whole in facts else None
    amounts = {concept: stated.amount for concept, stated in told.items()}

    def missing() -> int:
        """How much more would have to be left for it to be what was printed; less, if negative."""
        if left is None:
            return 0
        found = came_in - went_out + sum(sign * amounts[concept] for concept, sign in concepts)
        return min(max(found, left.least), left.most) - found

    for concept, sign in concepts:
        if told[concept].amount and (wanted := sign * missing()):
            bounded = min(max(amounts[concept] + wanted, told[concept].least), told[concept].most)
            amounts[concept] = bounded
    return YearEnd(amounts, missing())


def _told(facts: Mapping[Fact, Stated], concept: str, fund: str) -> Stated:
    if fund in FISCAL:
        return facts.get(fact(concept, **{_FUND: fund}), _NOTHING)
    whole = facts.get(fact(concept), _NOTHING)
    if concept in (USED, DISTRIBUTED):
        return whole
    fiscal = facts.get(fact(concept, **{_FUND: "fiscal"}))
    if fiscal is None:
        parts = [facts.get(fact(concept, **{_FUND: one}), _NOTHING) for one in FISCAL]
        fiscal = Stated(
            sum(p.amount for p in parts), sum(p.least for p in parts), sum(p.most for p in parts), ()
        )
    rest = whole.amount - fiscal.amount
    if abs(rest) <= whole.slack + fiscal.slack:
        # Both printed, and no more apart than by rounding: there is nothing else.
        return _NOTHING
    return Stated(rest, whole.least - fiscal.most, whole.most - fiscal.least, whole.witnesses)
