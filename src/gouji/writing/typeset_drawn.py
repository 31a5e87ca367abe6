"""The rows of a very long table as the typesetter draws them: lines and words in their places, page by page.

A table of the typesetter takes ten kilobytes for every place, filled or blank, and remembers all of them; a department of
fifty bodies has tables of fifty thousand places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gouji.writing.disclosure import Cell, Table

MANY = 10_000
"""Places of a table from which it is drawn: a body's own tables, with all that a screen reader is told of them, have
fewer."""


def is_drawn(table: Table) -> bool:
    """Whether a table is long, and each of its rows can be told without those around it."""
    return table.grid.n_rows * table.grid.n_cols > MANY and all(
        cell.spot.row_span == 1 for cell in table.cells if cell.spot.row >= table.grid.head_rows
    )


def drawn_rows(
    table: Table, sides: list[str], side_of: Callable[[Cell], str], fits: Callable[[Cell], bool]
) -> list[list[list[Any]]]:
    """For each row of the body its words: column, text, where it stands (empty: where most of its column do), its indent,
    whether it surely stands on one line, and over how many columns. A blank is told only where columns are joined."""
    rows: list[list[list[Any]]] = [[] for _ in range(table.grid.n_rows - table.grid.head_rows)]
    for cell in table.cells:
        spot = cell.spot
        if spot.row >= table.grid.head_rows and (cell.text or spot.col_span > 1):
            side = side_of(cell)
            own = "" if side == sides[spot.col] else side
            words = [spot.col, cell.text, own, spot.indent, fits(cell), spot.col_span]
            rows[spot.row - table.grid.head_rows].append(words)
    return rows
