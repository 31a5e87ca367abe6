"""Grids that do not divide what is in them: drawn around a table or its columns only, or around its heads only.

Their lines say less than what stands below each other; such a table is read as one without lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gouji.documents.aligned_lines import Line, has_digit
from gouji.documents.glyphs import Run
from gouji.documents.ruling import Grid

_FEWEST_STACKED = 2
"""Cells side by side that hold several figures each, and figures in each of them."""
_CLOSE = 3.0
"""The first row stands at most so many font sizes below its heads."""


def lacks_rows(grid: Grid, cells: Mapping[int, Sequence[Line]]) -> bool:
    """Whether several cells of one row hold figures below each other; ``cells`` are the lines in each cell by its number."""
    stacked: dict[int, int] = {}
    for number, cell in enumerate(grid.cells):
        alone = [line for line in cells.get(number, ()) if len(line.amounts) == len(line.segments) == 1]
        if len(alone) >= _FEWEST_STACKED:
            stacked[cell.row] = stacked.get(cell.row, 0) + 1
    return any(count >= _FEWEST_STACKED for count in stacked.values())


def may_be_stacked(runs: Sequence[Run]) -> bool:
    """Whether what stands in a cell may be several figures below each other. Quickly told, of every cell."""
    return len(runs) > 1 and len({run.baseline for run in runs if has_digit(run.text)}) >= _FEWEST_STACKED


def holds_heads_only(grid: Grid, inside: Iterable[Line], below: Line | None) -> bool:
    """Whether no figure stands in a grid, and a row with figures right ``below`` it: the first line there."""
    bottom = grid.ys[-1]
    return (
        below is not None
        and len(below.amounts) >= 1
        and len(below.segments) > 1
        and bottom - below.baseline <= _CLOSE * below.size
        and grid.xs[0] - below.size <= below.segments[0].x0
        and below.segments[-1].x1 <= grid.xs[-1] + below.size
        and not any(line.amounts for line in inside)
    )
