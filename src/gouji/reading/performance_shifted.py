"""Forms copied without their merged cells: a row lacks the cells that it shares with the row above, and what
follows stands too far to the left.

A browser pastes such a row from its first own cell on. The cells that are missing are those at the left (levels, the label of
all money), so a row is put back to the right end of its heads; where marks do not stand under 分值 and 得分 then,
nothing is known of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell, Table
from gouji.performance.labels import share
from gouji.reading.performance_heads import indicator_heads
from gouji.reading.performance_piece import Head, Piece

_MARKS = ("weight", "score")
_TWO = 2
_NUMBER = "序号"
_OPENING = ("project", "programme", "body")


class Shifted(NamedTuple):
    """A table with its rows put back under their heads; ``sure`` is false where marks would stand under other heads."""

    table: Table
    sure: bool


def put_back(table: Table, wording: PerformanceWording) -> Shifted:
    """Put the rows of a table back under the heads of indicators above them."""
    piece = Piece(table)
    rows = [list(cells) for cells in piece.anchored]
    heads: list[Head] = []
    columns: list[Cell] = []
    sure = True
    for number, cells in enumerate(rows):
        if (found := indicator_heads(piece, number, wording)) is not None:
            heads, columns = found, cells
            sure = sure and not _are_short(rows, number)
        elif wording.head_of(label_of(cells[0].text) if cells else "") in _OPENING:
            heads = []
        elif heads and len(cells) >= _TWO and not _is_label(cells, wording):
            moved = _moved(cells, columns)
            rows[number] = [*_shared(rows[number - 1], number, moved), *moved]
            sure = sure and len(cells) <= len(columns) and _are_marks(moved, heads)
    return Shifted(replace(table, cells=_joined([cell for cells in rows for cell in cells])), sure)


def _moved(cells: Sequence[Cell], columns: Sequence[Cell]) -> list[Cell]:
    """The cells of a row under the last columns; a number at its left is that of the row (序号)."""
    first = cells[0].text.strip().isdigit() and len(cells) < len(columns) and columns[0].text
    numbered = bool(first) and fold(columns[0].text) == _NUMBER
    own = cells[1:] if numbered else cells
    moved = [
        cell._replace(col=column.col, col_span=column.col_span)
        for cell, column in zip(reversed(own), reversed(columns), strict=False)
    ][::-1]
    return [cells[0]._replace(col=columns[0].col, col_span=1), *moved] if numbered else moved


def _are_short(rows: Sequence[Sequence[Cell]], number: int) -> bool:
    """Whether heads say too little: right of a head stands a blank one, below which there are words or figures."""
    heads = rows[number]
    blank = {b.col for a, b in pairwise(heads) if fold(a.text) and not fold(b.text)}
    below = [cell for cells in rows[number + 1 :] if len(cells) == len(heads) for cell in cells]
    return any(cell.col in blank and cell.text for cell in below)


def _is_label(cells: Sequence[Cell], wording: PerformanceWording) -> bool:
    """Whether a row below the indicators begins with a label: a total, an opinion, who filled in the form."""
    label, text = label_of(cells[0].text), fold(cells[0].text)
    if any(pattern.search(text) for pattern in wording.residue):
        return False
    return bool(wording.head_of(label) or wording.footer.search(text)) or text.endswith(":")


def _shared(above: Sequence[Cell], number: int, moved: Sequence[Cell]) -> list[Cell]:
    """The cells that a row shares with the one above, to be joined with it."""
    taken = {col for cell in moved for col in range(cell.col, cell.col + cell.col_span)}
    right = moved[-1].col
    return [
        cell._replace(row=number, row_span=0) for cell in above if cell.col < right and cell.col not in taken
    ]


def _joined(cells: Sequence[Cell]) -> list[Cell]:
    """Cells with those below them that are shared (no span of their own) made one."""
    spans: dict[tuple[int, int], int] = {}
    last: dict[int, tuple[int, int]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        if cell.row_span:
            last[cell.col] = (cell.row, cell.col)
            spans[cell.row, cell.col] = cell.row_span
        elif cell.col in last:
            top = last[cell.col]
            spans[top] = cell.row - top[0] + 1
    return [cell._replace(row_span=spans[cell.row, cell.col]) for cell in cells if cell.row_span]


def _are_marks(cells: Sequence[Cell], heads: Sequence[Head]) -> bool:
    """Whether figures or nothing stand under the heads of marks, and something under that of the name."""
    by_col = {cell.col: cell for cell in cells}
    for head in heads:
        cell = by_col.get(int(head.left))
        if cell is None:
            continue
        text = fold(cell.text)
        if head.id in _MARKS and text and share(text).value is None and text not in ("-", "--", "/"):
            return False
    return True
