"""What only a whole table tells about its cells: dimensions that say nothing, totals that include carry-over,
columns that seem to mean the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gouji.catalog import Stated, settle
from gouji.facts import Fact, Status, Witness

_SAME_THROUGHOUT = ("fiscal_year", "agency_code")


def settled(witnesses: Sequence[Witness], is_total: Callable[[str], bool]) -> list[Witness]:
    """The witnesses of one table with their facts settled; their order is kept. ``is_total`` tells whether a head
    is a mere total (合计)."""
    found = list(witnesses)
    for dimension in _SAME_THROUGHOUT:
        members = {w.fact.member(dimension) for w in found if w.fact is not None}
        if len(members) == 1 and members != {None}:
            found = [_with(w, w.fact.slice(dimension, None)) if w.fact is not None else w for w in found]
    found = _funds_with_carryover(_total_of_what_stands_above(found))
    facts = settle([Stated(w.fact, w.column) for w in found], is_total)
    return _without_doubles(
        [w if fact is None else _with(w, fact) for w, fact in zip(found, facts, strict=True)]
    )


def _total_of_what_stands_above(witnesses: list[Witness]) -> list[Witness]:
    """Some forms list more sources below 本年收入合计 and add them to 总计 only: then that 合计 is not the year's whole
    revenue, but the sum of what stands above it."""
    found = list(witnesses)
    for index, whole in enumerate(witnesses):
        if whole.fact is None or whole.fact != Fact("revenue", ()) or not whole.row_label:
            continue
        column = [
            w
            for w in witnesses
            if w.column == whole.column and w.fact is not None and w.fact.concept == "revenue"
        ]
        if any(w.row > whole.row and w.printed.value for w in column) and any(
            w.row < whole.row for w in column
        ):
            found[index] = _with(whole, Fact("revenue", (("detail", "以上各项"),)))
    return found


def _funds_with_carryover(witnesses: list[Witness]) -> list[Witness]:
    """A table of sources that tells neither 本年收入 nor 上年结转 apart may count both in each source: what it states
    is the money at hand (总计 by fund), not the year's revenue."""
    facts = [w.fact for w in witnesses if w.fact is not None]
    concepts = {fact.concept for fact in facts}
    if "revenue" not in concepts or concepts & {
        "carryover_begin",
        "account_balance_begin",
        "nonfiscal_surplus_used",
    }:
        return witnesses
    if any("本年收入" in w.row_label or "本年收入" in w.column for w in witnesses):
        return witnesses
    return [
        _with(w, w.fact.of("total_in")) if w.fact is not None and w.fact.concept == "revenue" else w
        for w in witnesses
    ]


def _with(witness: Witness, fact: Fact | None, why: str = "") -> Witness:
    if fact == witness.fact:
        return witness
    return replace(witness, fact=fact, status=Status.BOUND if fact is not None else Status.UNBOUND, why=why)


def _without_doubles(witnesses: list[Witness]) -> list[Witness]:
    """Two columns of one list that in one row seem to state one fact: what the heads mean is not certain, so neither the outer
    total nor its twin is taken for it. The more detailed head keeps the fact."""
    by_place: dict[tuple[int, int, Fact], list[Witness]] = {}
    for witness in witnesses:
        if witness.fact is not None:
            by_place.setdefault((witness.row, witness.lane, witness.fact), []).append(witness)
    doubtful: set[int] = set()
    for same in by_place.values():
        if len(same) > 1:
            detailed = max(same, key=lambda w: w.column.count("/"))
            doubtful.update(id(w) for w in same if w is not detailed)
    why = "同一行有两列像是同一个数据，口径无法确定"
    return [_with(w, None, why) if id(w) in doubtful else w for w in witnesses]
