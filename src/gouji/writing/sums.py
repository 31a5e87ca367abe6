"""Which cells of a form add up to which: the formulas of its spreadsheet.

Nothing is listed form by form. A dimension's tree says which members are the parts of another; a cell whose
parts in one dimension stand on the same form is their sum. What flows in and out of a body says the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import ALL, Dimension, Spot
from gouji.facts import Fact
from gouji.registers.book import FLOW_IN
from gouji.writing.disclosure import Cell, Table

_FLOWS: Mapping[str, tuple[tuple[int, str], ...]] = {
    "total_in": tuple((1, concept) for concept in FLOW_IN),
    "total_out": ((1, "expenditure"), (1, "surplus_distribution"), (1, "carryover_end")),
    "carryover_end": (
        *((1, concept) for concept in FLOW_IN),
        (-1, "expenditure"), (-1, "surplus_distribution"),
    ),
}  # fmt: skip
"""总计 of each side and 年末结转和结余 (财政部 部门决算公开01表). Each leads only to concepts nearer the
books."""


_BODY = "agency_code"


class Addend(NamedTuple):
    """A cell that is added, or taken away when ``sign`` is -1."""

    sign: int
    cell: Cell


def sums(table: Table, dimensions: Mapping[str, Dimension]) -> dict[Spot, tuple[Addend, ...]]:
    """The addends of every filled place that is the exact sum of other cells of the form.

    A sum always leads from a fact to finer facts, or along the flows to facts nearer the books, so that no
    cell can depend on itself. Sums down the rows (of codes, then of bodies and of projects) come before sums across the
    columns. A sum that does
    not reproduce the exact amount (a code that the form has no row for) is left out: the cell then holds its
    value."""
    places: dict[Fact, Cell] = {}
    for cell in table.amounts:
        if cell.spot.fact is not None:
            places.setdefault(cell.spot.fact, cell)
    told = {name for fact in places for name, _ in fact.dims}
    trees = sorted(
        (tree for tree in dimensions.values() if tree.id in told), key=lambda tree: not tree.code_lengths
    )
    parts = [_parts(places, tree) for tree in trees if tree.additive and tree.code_lengths]
    parts += [_listed(places, _BODY, table.parts), _listed(places, "pro_code")]
    parts += [_parts(places, tree) for tree in trees if tree.additive and not tree.code_lengths]
    found: dict[Spot, tuple[Addend, ...]] = {}
    for fact, cell in places.items():
        body = fact.member(_BODY)
        # The row of a body that is no part of the whole says the whole again.
        same = (fact,) if body is None or body in table.parts else (fact, fact.slice(_BODY, None))
        candidates = [known[whole] for known in parts for whole in same if whole in known]
        if fact.concept in _FLOWS:
            flow = [(sign, fact.of(concept)) for sign, concept in _FLOWS[fact.concept]]
            candidates.append([Addend(sign, places[other]) for sign, other in flow if other in places])
        for addends in candidates:
            if addends and cell.figure is not None and _total(addends) == cell.figure.amount:
                found[cell.spot] = tuple(addends)
                break
    return found


def _parts(places: Mapping[Fact, Cell], tree: Dimension) -> dict[Fact, list[Addend]]:
    """What each fact is made of along one dimension, as far as the form states it."""
    families: dict[Fact, dict[str, tuple[Fact, Cell]]] = {}
    for fact, cell in places.items():
        member = fact.member(tree.id)
        if member is not None:
            families.setdefault(fact.slice(tree.id, None), {})[member] = (fact, cell)
    found: dict[Fact, list[Addend]] = {}
    for whole, stated in families.items():
        if whole in places:
            stated[ALL] = (whole, places[whole])
        if len(stated) == 1:
            continue
        for parent, children in tree.partition(stated).items():
            found[stated[parent][0]] = [Addend(1, stated[child][1]) for child in children]
    return found


def _listed(
    places: Mapping[Fact, Cell], dimension: str, members: Sequence[str] | None = None
) -> dict[Fact, list[Addend]]:
    """What each whole is made of along a dimension of mere names: the places of ``members``, or of all names there are.
    Nothing says that a list of names is complete: the caller looks whether the sum comes out."""
    found: dict[Fact, list[Addend]] = {}
    for fact, cell in places.items():
        member = fact.member(dimension)
        if member is not None and (members is None or member in members):
            found.setdefault(fact.slice(dimension, None), []).append(Addend(1, cell))
    return found


def _total(addends: list[Addend]) -> Decimal:
    return sum((a.sign * a.cell.figure.amount for a in addends if a.cell.figure is not None), Decimal(0))
