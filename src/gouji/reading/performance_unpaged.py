"""Forms of formats without pages that a converter made from pages: each page became a table of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.documents import Table

Span = tuple[float, float]
"""From where to where a cell reaches, in grid columns."""


def fitted(table: Table, heads: Sequence[Span], width: int) -> Table | None:
    """The rest of a form under the columns of its heads: as wide as the piece that has them (``width`` grid columns),
    or with one column for each of their cells. ``None`` where the columns are others."""
    if table.n_cols == width:
        return table
    if table.n_cols != len(heads):
        return None
    cells = []
    for cell in table.cells:
        left = int(heads[cell.col][0])
        right = int(heads[min(cell.col + cell.col_span, len(heads)) - 1][1])
        cells.append(cell._replace(col=left, col_span=right - left))
    return replace(table, n_cols=width, cells=cells)
