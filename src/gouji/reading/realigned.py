"""Tables without merged cells whose heads and data do not stand above each other: read by a form of the catalogue.

If the heads of a form are all printed somewhere above the data, the form says which columns there are. The data may
then stand as printed, or with one blank cell lost somewhere; what contradicts the table's own sums or what other
tables say is ruled out. Only if one placement is left is it believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from gouji.catalog import ALL, Catalog, Dimension, Form, fold
from gouji.catalog.layout import leaf_paths
from gouji.facts import Fact, Interval, Presence, Witness
from gouji.reading.heads import ColumnSense, Heads, Lane
from gouji.reading.joined import JoinedGrid

_MOST_ROWS = 300
Reader = Callable[[Heads, int], list[Witness]]
"""Reads the data under given heads, with a blank cell put back at a column (-1: none)."""


def matching_form(kind: str, grid: JoinedGrid, first: int, data_start: int, catalog: Catalog) -> Form | None:
    """The form of a kind that is as wide as the grid and whose heads are all among those printed, but for a fifth."""
    printed = {fold(g.cell.text) for row in grid.rows[first:data_start] for g in row if g.cell.text}
    for forms in catalog.form_sets:
        listed = forms.form(kind)
        form = listed.usual if listed is not None else None
        if form is None or form.layout != "coded" or len(form.leaves) != grid.n_cols:
            continue
        wanted = {fold(label) for path in leaf_paths(form.columns) for label in path}
        if len(wanted - printed) * 5 <= len(wanted):
            return form
    return None


def form_heads(form: Form, data_start: int, catalog: Catalog) -> Heads:
    """The heads of a form, as if they had been printed where they belong."""
    lexicon = catalog.lexicon
    columns = [
        ColumnSense(path, leaf.role, lexicon.meaning(path[-1], form.kind.id, "column"))
        for leaf, path in zip(form.leaves, leaf_paths(form.columns), strict=True)
    ]
    lane = Lane()
    for col, sense in enumerate(columns):
        (lane.amounts if sense.role == "amount" else lane.keys).append(col)
    return Heads(columns, [lane], data_start)


def realigned(heads: Heads, rows: int, read: Reader, known: Mapping[Fact, Interval], catalog: Catalog) -> (
    list[Witness] | None
):  # fmt: skip
    """The witnesses of the one placement that nothing speaks against; ``None`` if there is none, or more than one."""
    if rows > _MOST_ROWS:
        return None
    as_printed = read(heads, -1)
    if not contradicted(as_printed, known, catalog):
        return as_printed
    found: dict[tuple[tuple[int, str, str], ...], list[Witness]] = {}
    for col in heads.lanes[0].amounts:
        witnesses = read(heads, col)
        if not contradicted(witnesses, known, catalog):
            figures = (
                (w.row, w.column, w.printed.text) for w in witnesses if w.printed.presence is Presence.NUMBER
            )
            found.setdefault(tuple(figures), witnesses)
    return next(iter(found.values())) if len(found) == 1 else None


def contradicted(witnesses: Sequence[Witness], known: Mapping[Fact, Interval], catalog: Catalog) -> bool:
    """Whether anything speaks against a placement: a figure without a meaning, a sum along a row or down a column, or
    what other tables say."""
    if any(w.fact is None and w.printed.presence is Presence.NUMBER for w in witnesses):
        return True
    stated = [w for w in witnesses if w.fact is not None]
    for witness in stated:
        elsewhere = known.get(witness.fact) if witness.fact is not None else None
        if elsewhere is not None and not elsewhere.meets(witness.printed.interval):
            return True
    return breaks_a_sum(stated, catalog, lambda w: (w.lane, str(w.row))) or breaks_a_sum(
        stated, catalog, lambda w: (w.lane, w.column)
    )


def breaks_a_sum(
    witnesses: Iterable[Witness], catalog: Catalog, line: Callable[[Witness], tuple[int, str]]
) -> bool:
    """Whether any line of a table (a row, or a column) contradicts its own sums."""
    lines: dict[tuple[int, str], dict[Fact, Interval]] = {}
    for witness in witnesses:
        if witness.fact is not None:
            lines.setdefault(line(witness), {})[witness.fact] = witness.printed.interval
    return any(_breaks(stated, tree) for stated in lines.values() for tree in catalog.dimensions.values())


def _breaks(stated: Mapping[Fact, Interval], tree: Dimension) -> bool:
    groups: dict[Fact, dict[str, Interval]] = {}
    for fact, interval in stated.items():
        groups.setdefault(fact.slice(tree.id, None), {})[fact.member(tree.id) or ALL] = interval
    for group in groups.values():
        for whole, parts in tree.partition(group).items():
            if len(parts) > 1:
                total = group[parts[0]]
                for part in parts[1:]:
                    total = total.plus(group[part])
                if not total.meets(group[whole]):
                    return True
    return False
