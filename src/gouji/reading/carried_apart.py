"""A table of expenditure that prints what is spent out of carry-over in a column of its own: what its funds then say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gouji.catalog import is_included
from gouji.facts import Presence, Witness

CURRENT_SPENT = "current_spent"
"""What is spent out of this year's money of a fund."""
_CARRIED, _FUND = "carryover_spent", "fund_type_code"


def carried_apart(witnesses: Sequence[Witness], is_total: Callable[[str], bool]) -> list[Witness]:
    """The witnesses of one table, in their order. Where a column of 上年结转 stands beside columns of funds and has
    money in it, each fund is this year's money only; the total (``is_total`` of its head) covers both. A table whose
    column of carry-over is empty states the whole expenditure of each fund."""
    heads = {_above(w.column) for w in witnesses if _is_carried(w)}
    if not heads:
        return list(witnesses)
    wholes = {w.fact.member(_FUND) for w in witnesses if w.fact is not None and is_total(w.column)}
    return [
        replace(w, fact=w.fact.of(CURRENT_SPENT))
        if w.fact is not None
        and w.fact.concept == "expenditure"
        and w.fact.member(_FUND) not in wholes | {None}
        and any(w.column.startswith(head) for head in heads)
        else w
        for w in witnesses
    ]


def _is_carried(witness: Witness) -> bool:
    fact = witness.fact
    return (
        fact is not None
        and fact.concept == _CARRIED
        and fact.member(_FUND) is None
        and not is_included(witness.column.rpartition("/")[2])
        and witness.printed.presence is Presence.NUMBER
        and bool(witness.printed.value)
    )


def _above(column: str) -> str:
    return column.rpartition("/")[0]
