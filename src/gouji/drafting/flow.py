"""Rows and columns that are known, and the most that each of their cells can be: a table between them (maximum flow)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

_SOURCE, _SINK = -1, -2


def fill_within(
    rows: Sequence[int], columns: Sequence[int], most: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """As much as fits from rows into columns through cells (row, column) of at most ``most``; all of it if there is any
    table that does."""
    down = len(rows)
    left: dict[int, dict[int, int]] = {_SOURCE: dict(enumerate(rows)), _SINK: {}}
    for row in range(down):
        left[row] = {_SOURCE: 0}
    for column, amount in enumerate(columns):
        left[down + column] = {_SINK: amount}
        left[_SINK][down + column] = 0
    for (row, column), amount in most.items():
        left[row][down + column] = amount
        left[down + column][row] = 0
    while (path := _path(left)) is not None:
        step = min(left[start][end] for start, end in path)
        for start, end in path:
            left[start][end] -= step
            left[end][start] += step
    return {(row, column): left[down + column][row] for row, column in most if left[down + column][row]}


def _path(left: Mapping[int, Mapping[int, int]]) -> list[tuple[int, int]] | None:
    """The shortest way from source to sink on which something is left."""
    came: dict[int, int] = {_SOURCE: _SOURCE}
    waiting = deque((_SOURCE,))
    while waiting and _SINK not in came:
        node = waiting.popleft()
        for other, amount in left[node].items():
            if amount > 0 and other not in came:
                came[other] = node
                waiting.append(other)
    if _SINK not in came:
        return None
    path = [(came[_SINK], _SINK)]
    while path[-1][0] != _SOURCE:
        path.append((came[path[-1][0]], path[-1][0]))
    return path
