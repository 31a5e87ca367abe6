"""Forms of formats without pages that a converter made from pages: each page became a table of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gouji.documents import Table

Span = tuple[float, float]
"""From where to where a cell reaches, in grid columns."""


def fitted(
    table: Table, heads: Sequence[Span], width: int, levels: Sequence[bool], is_level: Callable[[str], bool]
) -> Table | None:
    """The rest of a form under the columns of its heads: as wide as the piece that has them (``width`` grid columns), with
    one column for each of their cells, or with the last of these: a merged cell that goes on from the page before has no
    lines of its own. Then what stands below heads of levels (``levels``, in their order) has to name one. ``None`` where
    the columns are others."""
    if table.n_cols == width:
        return table
    lacking = len(heads) - table.n_cols
    if lacking < 0 or (lacking and not _begins_with_levels(table, levels, lacking, is_level)):
        return None
    cells = []
    for cell in table.cells:
        left = int(heads[cell.col + lacking][0])
        right = int(heads[min(cell.col + lacking + cell.col_span, len(heads)) - 1][1])
        cells.append(cell._replace(col=left, col_span=right - left))
    return replace(table, n_cols=width, cells=cells)


def _begins_with_levels(
    table: Table, levels: Sequence[bool], lacking: int, is_level: Callable[[str], bool]
) -> bool:
    if not all(levels[:lacking]):
        return False
    named = [
        is_level(cell.text)
        for cell in table.cells
        if cell.text and levels[cell.col + lacking] and cell.col + lacking + cell.col_span <= len(levels)
    ]
    return all(named) and (bool(named) or not levels[lacking])
