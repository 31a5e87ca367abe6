"""Rows whose merged cells were lost: which columns does each cell cover?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

CellRow = list[tuple[str | None, int]]
"""The cells of one row: text (``None`` for a cell merged away from above) and the line it stands on."""


class Spread(NamedTuple):
    """A cell with the columns it covers. A cell merged from above is spread again, with the text from above."""

    text: str
    row: int
    col: int
    col_span: int
    line: int


def resolve_spans(rows: Sequence[CellRow]) -> list[Spread]:
    """Give every cell of every row its columns; all rows together are as wide as the widest.

    From the bottom up, a row with fewer cells than columns is fitted on the row below: a cell merged away below
    lies under exactly one cell, a run of others under at least one. Where that leaves a choice, groups that repeat
    their first label are taken as one cell's, else the first cell covers what it covers in the other short rows and
    the last cell takes the rest.
    """
    width = max(map(len, rows))
    first_span = _usual_first_span(rows, width)
    starts: list[list[int]] = [[] for _ in rows]
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        if len(row) == width:
            starts[index] = list(range(width))
        else:
            below = (rows[index + 1], starts[index + 1]) if index + 1 < len(rows) else None
            starts[index] = _fit(row, below, width, first_span)
    spreads: list[Spread] = []
    above: dict[int, str] = {}
    for index, row in enumerate(rows):
        edges = [*starts[index], width]
        shown: dict[int, str] = {}
        for position, (text, line) in enumerate(row):
            start, end = edges[position], edges[position + 1]
            # Merged from above only makes sense below a cell with text that starts at the same column.
            own = above.get(start, "") if text is None else text
            shown[start] = own
            spreads.append(Spread(own, index, start, end - start, line))
        above = shown
    return spreads


def _usual_first_span(rows: Sequence[CellRow], width: int) -> int:
    """How many columns the first cell of a short row covers when only it is merged."""
    shortfalls = [width - len(row) for row in rows if len(row) > width // 2 and len(row) < width]
    return 1 + min(shortfalls, default=0)


def _fit(row: CellRow, below: tuple[CellRow, list[int]] | None, width: int, first_span: int) -> list[int]:
    count = len(row)
    if count == 1:
        return [0]
    if below is not None:
        under, at = below
        groups: list[int] = []
        for position, (text, _) in enumerate(under):
            if text is None or position == 0 or under[position - 1][0] is None:
                groups.append(at[position])
        if any(text is None for text, _ in under) and len(groups) == count:
            return groups
        first = under[0][0]
        repeats = [
            at[position] for position, (text, _) in enumerate(under) if text is not None and text == first
        ]
        if len(repeats) >= count and not any(text is None for text, _ in row) and first and first.strip():
            return repeats[:count]
    shortfall = width - count
    if shortfall + 1 == first_span or count > width // 2:
        return [0, *range(shortfall + 1, width)]
    return [0, *range(first_span, first_span + count - 1)]
