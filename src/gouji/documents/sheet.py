"""What one sheet of a workbook holds, whatever the format of its file: shown cells, merges, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Shown(NamedTuple):
    """The text that a cell displays, and the indent that its style adds."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class CellRange:
    """Rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What one sheet holds: the cells that show something, by row and column from 0."""

    cells: dict[tuple[int, int], Shown] = field(default_factory=dict)
    merges: list[CellRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    hides_zeros: bool = False
    framed_rows: set[int] = field(default_factory=set)
    """Rows with blank cells that a line is drawn around: a blank row of a table, not a row outside it."""

    def shows(self, row: int, col: int) -> bool:
        return row not in self.hidden_rows and col not in self.hidden_cols

    def first_shown(self, area: CellRange) -> tuple[int, int] | None:
        """The first row and column of a range that are not hidden; None when all of it is hidden."""
        row = next((row for row in range(area.top, area.bottom + 1) if row not in self.hidden_rows), None)
        col = next((col for col in range(area.left, area.right + 1) if col not in self.hidden_cols), None)
        return None if row is None or col is None else (row, col)
