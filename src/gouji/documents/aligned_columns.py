"""The columns of a table without lines between them: the stretches that its rows leave free of each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.documents.aligned_lines import Line, Segment

_STRAY = 12
"""One line of so many may reach across the gap between two columns: 合计 in the middle of a merged cell."""


class Column(NamedTuple):
    """How far the words of a column reach."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def columns_of(rows: Sequence[Line]) -> list[Column] | None:
    """The columns of rows, from the left. ``None`` where they do not keep apart: two figures of one line in one
    column."""
    for strays in range(1 + len(rows) // _STRAY):
        columns = _columns(rows, strays)
        if len(columns) > 1 and not any(_collides(columns, row) for row in rows):
            return columns
    return None


def _columns(rows: Sequence[Line], strays: int) -> list[Column]:
    """The stretches of x that more than ``strays`` pieces lie over."""
    ends = sorted(
        [(segment.x0, 1) for row in rows for segment in row.segments]
        + [(segment.x1, -1) for row in rows for segment in row.segments],
        key=lambda end: (end[0], -end[1]),
    )
    columns: list[Column] = []
    depth, start = 0, 0.0
    for x, step in ends:
        if depth <= strays < depth + step:
            start = x
        elif depth + step <= strays < depth:
            columns.append(Column(start, x))
        depth += step
    return columns


def _collides(columns: Sequence[Column], row: Line) -> bool:
    figures = [column_at(columns, segment) for segment in row.segments if segment.is_figure]
    words = {column_at(columns, segment) for segment in row.segments if not segment.is_figure}
    amounts = {column_at(columns, segment) for segment in row.amounts}
    return len(set(figures)) < len(figures) or bool(amounts & words)


def column_at(columns: Sequence[Column], segment: Segment) -> int:
    """The column that a piece lies over most, or is nearest to."""

    def apart(index: int) -> float:
        column = columns[index]
        return max(column.x0, segment.x0) - min(column.x1, segment.x1)

    return min(range(len(columns)), key=apart)


def edges_between(columns: Sequence[Column], margin: float) -> list[float]:
    """Where lines would be drawn around columns: half-way between two, and ``margin`` outside of the outermost."""
    between = [(one.x1 + other.x0) / 2 for one, other in pairwise(columns)]
    return [columns[0].x0 - margin, *between, columns[-1].x1 + margin]
