"""Tables that tell 年初结转, 本年收入, 本年支出 and 年末结转 beside each other, under a title that others use for two sides."""

from __future__ import annotations

from gouji.catalog import Lexicon, TableKind
from gouji.reading.joined import JoinedGrid, distinct

_FLOWS = {"revenue", "expenditure"}
_CARRIED = {"carryover_begin", "carryover_end"}


def told_by_heads(kind: TableKind, grid: JoinedGrid, first_row: int, lexicon: Lexicon) -> TableKind:
    """The kind of a table that its title and the first row of its heads tell."""
    flows = lexicon.kinds.get(kind.flows)
    if flows is None or first_row >= len(grid.rows):
        return kind
    meanings = (lexicon.meaning(g.cell.text, flows.id, "column") for g in distinct(grid.rows[first_row]))
    concepts = {meaning.concept for meaning in meanings if meaning is not None}
    return flows if concepts >= _FLOWS and concepts & _CARRIED else kind
