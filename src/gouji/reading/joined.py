"""A table joined over its pieces: a grid as wide and as finely divided as its most detailed page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.catalog import fold
from gouji.documents import Cell, Table
from gouji.reading.page_numbers import is_dressed_page_number

AMOUNT_LIKE = re.compile(r"[+-]?[\d,]+\.\d+|[+-]?\d{1,3}(?:,\d{3})+")
"""Folded text that can only be an amount: decimals or thousands separators."""


class GridCell(NamedTuple):
    """A cell in its joined table: ``anchor`` when the grid position is its top left corner, ``top`` when it is in
    the cell's first row."""

    cell: Cell
    anchor: bool
    top: bool


class JoinedGrid:
    """One table joined over its pieces: rows of grid positions. Pieces may divide their columns differently (a page
    without three-part codes draws one code column); then all are divided as finely as any."""

    def __init__(self, first: Table) -> None:
        self.n_cols = first.n_cols
        self.edges = first.column_edges
        self.rows: list[list[GridCell]] = _rows_of(first)
        self.pieces = [first]
        self.breaks: list[int] = []
        """The first row of every later piece."""

    def extend(self, piece: JoinedGrid, own_first: int = 0, first: int = 0) -> None:
        """Append a continuation, leaving out its caption rows (those before ``first``) and the head rows that it
        repeats; the own heads begin at ``own_first``."""
        rows = piece.rows[first:]
        if piece.n_cols < self.n_cols and not (self.edges and piece.edges):
            rows = [[*row, *_blanks_after(row, self.n_cols)] for row in rows]
        if piece.n_cols != self.n_cols and self.edges and piece.edges:
            edges = finest(self.edges, piece.edges)
            self.rows = [_divided(row, self.edges, edges) for row in self.rows]
            rows = [_divided(row, piece.edges, edges) for row in rows]
            self.edges, self.n_cols = edges, len(edges) - 1
        repeated = 0
        for own, new in zip(self.rows[own_first:], rows, strict=False):
            if _row_text(own) != _row_text(new) or any(AMOUNT_LIKE.fullmatch(g.cell.text) for g in new):
                break
            repeated += 1
        self.pieces.extend(piece.pieces)
        self.breaks.append(len(self.rows))
        self.rows.extend(rows[repeated:])

    def with_blank(self, first: int, column: int) -> JoinedGrid:
        """The grid with a blank cell put back at ``column`` of the rows from ``first`` on; what then stands beyond the
        last column was a blank, or is lost."""
        copy = object.__new__(JoinedGrid)
        copy.n_cols, copy.edges, copy.pieces, copy.breaks = self.n_cols, self.edges, self.pieces, self.breaks
        copy.rows = [
            row if index < first else [*row[:column], _blank_at(row[column]), *row[column : self.n_cols - 1]]
            for index, row in enumerate(self.rows)
        ]
        return copy


def _blank_at(beside: GridCell) -> GridCell:
    return GridCell(beside.cell._replace(text=""), anchor=True, top=True)


def _blanks_after(row: Sequence[GridCell], n_cols: int) -> list[GridCell]:
    """Blank cells that fill a row up to a width."""
    return [_blank_at(row[-1])] * (n_cols - len(row)) if row else []


def repeats_heads(own: Sequence[GridCell], new: Sequence[GridCell]) -> bool:
    """Whether a row of a later piece prints the same heads as the first row of heads, column by column."""
    texts = _row_text(own)
    return (
        texts == _row_text(new)
        and len({text for text in texts if text}) >= _FEWEST_HEADS
        and not any(AMOUNT_LIKE.fullmatch(text) for text in texts)
    )


_FEWEST_HEADS = 3
_LONGEST_PAGE_NUMBER = 3
EDGE_SLACK = 4.0
"""How far (points) the same column line may be drawn apart on two pages."""


def finest(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    """The column lines of both, those that are the same counted once."""
    edges = list(one)
    edges.extend(edge for edge in other if all(abs(edge - own) > EDGE_SLACK for own in one))
    return tuple(sorted(edges))


def _divided(row: Sequence[GridCell], own: Sequence[float], edges: Sequence[float]) -> list[GridCell]:
    divided: list[GridCell] = []
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        column = max(0, min(len(row) - 1, bisect_right(own, middle) - 1))
        cell = row[column]
        anchored = cell.anchor and (not divided or divided[-1].cell is not cell.cell)
        divided.append(GridCell(cell.cell, anchored, cell.top))
    return divided


def _rows_of(table: Table) -> list[list[GridCell]]:
    rows: list[list[GridCell | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        if cell.row_span == cell.col_span == 1 and cell.row < table.n_rows and cell.col < table.n_cols:
            rows[cell.row][cell.col] = GridCell(cell, anchor=True, top=True)
            continue
        for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            for col in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                rows[row][col] = GridCell(cell, row == cell.row and col == cell.col, row == cell.row)
    whole = [[grid_cell for grid_cell in row if grid_cell is not None] for row in rows]
    last = len(whole) - 1 if table.name else -1
    return [row for index, row in enumerate(whole) if not _numbers_its_page(row, bare=index == last)]


def _numbers_its_page(row: Sequence[GridCell], *, bare: bool) -> bool:
    """Whether a row holds nothing but the number of a page: a converted sheet has them in its cells, in its last row
    (``bare``) without anything around them."""
    filled = (grid_cell.cell.text for grid_cell in distinct(row) if grid_cell.cell.text)
    text = next(filled, "")
    if not text or next(filled, ""):
        return False
    return is_dressed_page_number(text) or (
        bare and text.isdecimal() and text != "0" and len(text) <= _LONGEST_PAGE_NUMBER
    )


def _row_text(row: Sequence[GridCell]) -> list[str]:
    return [fold(grid_cell.cell.text) for grid_cell in row]


def distinct(row: Iterable[GridCell]) -> list[GridCell]:
    """The cells of a row, each once."""
    found: list[GridCell] = []
    for grid_cell in row:
        if not found or found[-1].cell is not grid_cell.cell:
            found.append(grid_cell)
    return found
