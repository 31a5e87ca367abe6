"""Last year's figures that a budget prints beside its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gouji.drafting.published import Stated
from gouji.drafting.rows import Row, yuan
from gouji.facts import Fact, fact
from gouji.registers.budget_narrative_schema import CODED_FUNDS, LAST_ACCOUNTS, LAST_BUDGET, LAST_YEAR_ITEMS
from gouji.registers.budget_schema import FUND
from gouji.registers.narrative_schema import ITEM, PER_CODE
from gouji.registers.schema import FUNCTION

_LONGEST = 7
_STAGES = ((LAST_BUDGET, (None, "initial", "budget")), (LAST_ACCOUNTS, ("final",)))


def last_year_rows(facts: Mapping[Fact, Stated], year: int, codes: frozenset[str]) -> list[Row]:
    """The rows of 上年数; of functions only those among ``codes``, which a register may name."""
    before = (str(year - 1), "prior")
    asked: list[tuple[dict[str, str], Fact]] = [
        ({ITEM: item}, of) for item, of in LAST_YEAR_ITEMS.items() if item != PER_CODE
    ]
    functions = {
        code: None for of in facts if of.member("fiscal_year") in before
        and len(code := of.member("exp_func_code") or "") == _LONGEST and code in codes
    }  # fmt: skip
    asked += [
        (
            {ITEM: PER_CODE, FUNCTION: code, FUND: label},
            fact("expenditure", exp_func_code=code, fund_type_code=fund),
        )
        for code in functions
        for label, fund in CODED_FUNDS.items()
    ]
    rows: list[Row] = []
    for head, of in asked:
        figures: dict[str, Decimal] = {}
        for column, stages in _STAGES:
            told = (
                facts.get(of.slice("fiscal_year", when).slice("stage", stage))
                for when in before
                for stage in stages
            )
            stated = next(
                (one for one in told if one is not None and one.witnesses[0].printed.text.strip()), None
            )
            if stated is not None:
                figures[column] = yuan(stated.amount)
        if figures:
            rows.append({**head, **figures})
    return rows
