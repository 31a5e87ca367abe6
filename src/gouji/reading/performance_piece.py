"""One drawn piece of a performance form: its rows of cells, and what stands under a head."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from gouji.documents import Cell, Table


class Head(NamedTuple):
    """A column head: what it names, how far it reaches from left to right, and its printed text."""

    id: str
    left: float
    right: float
    text: str


class Piece:
    """A table as rows: ``anchored[r]`` are the cells that begin in row r, ``covering[r]`` all that reach into it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.page = table.place.page
        self.anchored: list[list[Cell]] = [[] for _ in range(table.n_rows)]
        for cell in table.cells:
            self.anchored[cell.row].append(cell)

    @cached_property
    def covering(self) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[] for _ in range(self.n_rows)]
        for cell in self.table.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                rows[row].append(cell)
        for cells in rows:
            cells.sort(key=lambda cell: cell.col)
        return rows

    @property
    def n_rows(self) -> int:
        return self.table.n_rows

    def under(self, row: int, head: Head) -> Cell | None:
        """The cell of a row whose middle stands under a head, or that reaches over the whole head."""
        middle = (head.left + head.right) / 2
        for cell in self.covering[row]:
            left, right = span(cell)
            if head.left <= (left + right) / 2 <= head.right or left <= middle <= right:
                return cell
        return None


def span(cell: Cell) -> tuple[float, float]:
    """From where to where a cell reaches: points, or grid columns where the format has no page."""
    box = cell.place.box
    return (box.x0, box.x1) if box is not None else (cell.col, cell.col + cell.col_span)
