"""How wide the columns of a table want to be, and whether that asks for a page on its side.

Widths are counted in half characters: a hanzi is 2, a digit 1.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from gouji.writing.disclosure import Cell, Table

_MARGIN = 2
"""Half characters of white on the two sides of a cell together."""
_LEAST_AMOUNT = 8
_PORTRAIT, _LANDSCAPE = 114, 169
"""Half characters of 9-point type that fit across A4, upright and on its side."""
_TRIALS = ((1, False), (2, False), (1, True), (2, True))
"""Into how many lines heads may wrap on which page, the best first."""
INDENT = 2
"""How far one level of a 科目 is set in."""


class Measure(NamedTuple):
    """``widths`` by column in half characters, and whether the table needs the long side of the page."""

    widths: tuple[int, ...]
    landscape: bool

    @property
    def total(self) -> int:
        return sum(self.widths)


def half_characters(text: str) -> int:
    """The printed width of a text."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def measure(table: Table) -> Measure:
    """The width of every column: its longest entry, with heads wrapped as little as the page allows."""
    for lines, landscape in _TRIALS:
        widths = _widths(table, lines)
        if sum(widths) <= (_LANDSCAPE if landscape else _PORTRAIT):
            return Measure(widths, landscape)
    return Measure(_widths(table, 3), True)


def _widths(table: Table, lines: int) -> tuple[int, ...]:
    widths = [0] * table.grid.n_cols
    for cell in table.cells:
        if cell.spot.col_span == 1:
            widths[cell.spot.col] = max(widths[cell.spot.col], _wanted(cell, lines))
    for cell in table.cells:
        columns = range(cell.spot.col, cell.spot.col + cell.spot.col_span)
        lacking = _wanted(cell, lines) - sum(widths[column] for column in columns)
        if len(columns) > 1 and lacking > 0:
            for column in columns:
                widths[column] += -(-lacking // len(columns))
    return tuple(widths)


def _wanted(cell: Cell, lines: int) -> int:
    width = half_characters(cell.text)
    if cell.spot.role == "head":
        # Two hanzi in a line at least, and none alone in the last.
        return min(width, max(-(-width // (lines * 2)) * 2, 4)) + _MARGIN
    if cell.spot.role == "amount":
        return max(width, _LEAST_AMOUNT) + _MARGIN
    return width + INDENT * cell.spot.indent + _MARGIN
