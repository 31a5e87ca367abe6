"""What one sheet of a workbook holds, whatever the format of its file: shown cells, merges, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
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


@dataclass
class Sheet:
    """What one sheet holds, once it has been read: the cells that show something, by row and column from 0."""

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
        row, col = self.next_rows.get(area.top, area.top), self.next_cols.get(area.left, area.left)
        return None if row > area.bottom or col > area.right else (row, col)

    @cached_property
    def next_rows(self) -> dict[int, int]:
        """For each hidden row the next one below that is shown."""
        return _next_shown(self.hidden_rows)

    @cached_property
    def next_cols(self) -> dict[int, int]:
        """For each hidden column the next one to the right that is shown."""
        return _next_shown(self.hidden_cols)


def _next_shown(hidden: set[int]) -> dict[int, int]:
    following: dict[int, int] = {}
    for number in sorted(hidden, reverse=True):
        following[number] = following.get(number + 1, number + 1)
    return following
