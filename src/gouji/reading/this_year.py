"""Sentences about this year's money alone, in documents whose tables of expenditure cover carry-over as well."""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.facts import Fact
from gouji.reading.stated import Quantity, StatedFacts
from gouji.reading.statement import Statement

_FUND = "fund_type_code"


def without_carryover(
    statement: Statement, meant: Quantity, stated: StatedFacts, words: re.Pattern[str]
) -> bool:
    """Whether an amount may be what is spent out of this year's money (``words``: 当年拨款, in it or in its headings)
    of what tables state with carry-over: it falls short of each of them, and by no more than what was carried over."""
    if meant.fact.concept != "expenditure" or meant.fact.member(_FUND) is None:
        return False
    if not any(words.search(text) for text in (statement.words, *statement.passage.path)):
        return False
    carried = _carried_over(meant, stated)
    told = statement.printed
    return bool(carried) and all(
        0 < witness.printed.base - told.base <= carried + witness.printed.half_width + told.half_width
        for witness in stated.witnesses(meant)
    )


def _carried_over(meant: Quantity, stated: StatedFacts) -> Decimal:
    """The most that tables state as carried over into the year, of the fund or of all funds, in 元."""
    funds = dict.fromkeys((meant.fact.member(_FUND), "fiscal", None))
    found = [
        witness.printed.base
        for concept in ("carryover_begin", "carryover_spent")
        for fund in funds
        for witness in stated.witnesses(
            meant._replace(fact=Fact(concept, ((_FUND, fund),) if fund is not None else ()))
        )
    ]
    return max((amount for amount in found if amount is not None), default=Decimal(0))
