"""From ruled lines to grids: which lines form a network, and which grid positions are one cell.

Pure geometry. Coordinates are in points, upright, y upwards; rows are counted from the top.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

SNAP = 3.0
"""Lines nearer than this are one line: the two edges of a thin rectangle, borders of neighbouring cells."""

JOIN = 3.0
"""Pieces of one line with a smaller gap between them are drawn as one: dashes, dots, corners left open."""

MOST_POSITIONS = 200_000
"""A network with more grid positions is a drawing: no page holds such a table."""

MOST_LINES = 3000
"""A page with more lines is a drawing. The most that was met in real documents is 104."""

SHORTEST = 5.0
"""Shorter lines separate nothing."""


class Piece(NamedTuple):
    """A straight piece of ink along one axis: at ``at`` on the other axis, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


class Strokes(NamedTuple):
    """The straight pieces of a page: horizontals at a y along x, verticals at an x along y."""

    horizontals: list[Piece]
    verticals: list[Piece]


class GridCell(NamedTuple):
    """A cell in grid positions: its top left corner and how many rows and columns it takes."""

    row: int
    col: int
    row_span: int
    col_span: int


class Grid(NamedTuple):
    """A ruled table. ``xs`` ascend (n_cols + 1), ``ys`` descend (n_rows + 1); ``cells`` are ordered by row,
    then column; ``owners`` gives for each position (row * n_cols + col) the number of its cell."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    owners: list[int]

    @property
    def n_rows(self) -> int:
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1


def grids(strokes: Strokes, faint: Strokes) -> list[Grid]:
    """The tables that the lines of a page form, from the top. A frame around nothing is no table.

    ``faint`` lines cannot be seen. Inside a visible table they still tell its cells; around one they are the
    grid of the spreadsheet it was printed from, and would draw titles and margins into the table.
    """
    found = _ruled(strokes)
    if faint.horizontals or faint.verticals:
        extents = [
            (grid.xs[0] - SNAP, grid.ys[-1] - SNAP, grid.xs[-1] + SNAP, grid.ys[0] + SNAP) for grid in found
        ]
        if not extents:
            return _ruled(
                Strokes(strokes.horizontals + faint.horizontals, strokes.verticals + faint.verticals)
            )
        across = [
            line
            for line in faint.horizontals
            if any(x0 <= line.start and line.end <= x1 and y0 <= line.at <= y1 for x0, y0, x1, y1 in extents)
        ]
        down = [
            line
            for line in faint.verticals
            if any(x0 <= line.at <= x1 and y0 <= line.start and line.end <= y1 for x0, y0, x1, y1 in extents)
        ]
        if across or down:
            return _ruled(Strokes(strokes.horizontals + across, strokes.verticals + down))
    return found


def _ruled(strokes: Strokes) -> list[Grid]:
    horizontals = _merged(strokes.horizontals)
    verticals = _merged(strokes.verticals)
    found = []
    for lines_across, lines_down in _networks(horizontals, verticals):
        grid = _grid(*_closed(lines_across, lines_down))
        if grid is not None:
            found.append(grid)
    found.sort(key=lambda grid: (-grid.ys[0], grid.xs[0]))
    return found


def free_rules(strokes: Strokes, tables: list[Grid]) -> list[Piece]:
    """The horizontal lines that belong to none of the tables, from the top."""
    return [
        line
        for line in reversed(_merged(strokes.horizontals))
        if not any(
            grid.ys[-1] - SNAP <= line.at <= grid.ys[0] + SNAP
            and line.start < grid.xs[-1] + SNAP
            and line.end > grid.xs[0] - SNAP
            for grid in tables
        )
    ]


def are_crowded(strokes: Strokes, faint: Strokes) -> bool:
    """Whether the pieces come to more lines than tables have."""
    families = (*strokes, *faint)
    if sum(map(len, families)) <= MOST_LINES:
        return False
    return sum(len(_merged(pieces)) for pieces in families) > MOST_LINES


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Collinear pieces joined into lines, ordered by ``at``; pieces of one line get one coordinate."""
    merged: list[Piece] = []
    pieces = sorted(pieces)
    count = len(pieces)
    first = 0
    while first < count:
        lowest = pieces[first][0]
        previous = lowest
        last = first + 1
        # A chain of neighbours, but not one that creeps over a whole row.
        while last < count:
            at = pieces[last][0]
            if at - previous > SNAP or at - lowest > 2 * SNAP:
                break
            previous = at
            last += 1
        merged.extend(_joined(pieces[first:last]))
        first = last
    return merged


def _joined(group: list[Piece]) -> list[Piece]:
    weight = sum(end - start for _, start, end in group)
    at = sum(at * (end - start) for at, start, end in group) / weight if weight > 0 else group[0][0]
    spans = sorted((start, end) for _, start, end in group)
    lines: list[Piece] = []
    current_start, current_end = spans[0]
    for start, end in spans:
        if start - current_end > JOIN:
            if current_end - current_start >= SHORTEST:
                lines.append(Piece(at, current_start, current_end))
            current_start, current_end = start, end
        elif end > current_end:
            current_end = end
    if current_end - current_start >= SHORTEST:
        lines.append(Piece(at, current_start, current_end))
    return lines


def _networks(horizontals: list[Piece], verticals: list[Piece]) -> list[tuple[list[Piece], list[Piece]]]:
    """The lines that touch each other, directly or over others: (horizontals, verticals) per network."""
    columns = [line.at for line in verticals]
    parent = list(range(len(horizontals) + len(verticals)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    offset = len(horizontals)
    touched = [False] * len(parent)
    for number, (y, x0, x1) in enumerate(horizontals):
        own = root(number)
        for other in range(bisect_left(columns, x0 - JOIN), bisect_right(columns, x1 + JOIN)):
            _, y0, y1 = verticals[other]
            if y0 - JOIN <= y <= y1 + JOIN:
                touched[number] = touched[offset + other] = True
                theirs = root(offset + other)
                if theirs != own:
                    parent[theirs] = own
    networks: dict[int, tuple[list[Piece], list[Piece]]] = {}
    for number, line in enumerate(horizontals):
        if touched[number]:
            networks.setdefault(root(number), ([], []))[0].append(line)
    for number, line in enumerate(verticals):
        if touched[offset + number]:
            networks.setdefault(root(offset + number), ([], []))[1].append(line)
    return list(networks.values())


def _closed(horizontals: list[Piece], verticals: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The lines with the outer border that a half-ruled table leaves out: where lines stick out beyond the
    outermost crossing line and end together, the table ends there."""
    top_and_bottom = _missing_ends(verticals, horizontals)
    left_and_right = _missing_ends(horizontals, verticals)
    return horizontals + top_and_bottom, verticals + left_and_right


def _missing_ends(lines: list[Piece], crossing: list[Piece]) -> list[Piece]:
    """The borders that ``lines`` ask for at their ends and ``crossing`` lacks."""
    lowest = min(line.at for line in crossing) - 2 * SNAP
    highest = max(line.at for line in crossing) + 2 * SNAP
    tips_before = [(line.start, line.at) for line in lines if line.start < lowest]
    tips_behind = [(line.end, line.at) for line in lines if line.end > highest]
    missing = []
    for outermost, tips in ((min, tips_before), (max, tips_behind)):
        if tips:
            edge, _ = outermost(tips)
            together = [at for tip, at in tips if abs(tip - edge) <= SNAP]
            if len(together) >= 2:
                missing.append(Piece(edge, min(together), max(together)))
    return missing


def _grid(horizontals: list[Piece], verticals: list[Piece]) -> Grid | None:
    xs = sorted({line.at for line in verticals})
    ys = sorted({line.at for line in horizontals}, reverse=True)
    n_cols = len(xs) - 1
    n_rows = len(ys) - 1
    if n_cols < 1 or n_rows < 1 or not 2 <= n_cols * n_rows <= MOST_POSITIONS:
        return None
    below = _separators(ys, xs, horizontals)
    beside = _separators(xs, ys[::-1], verticals)
    for separators in beside:
        separators.reverse()
    cells: list[GridCell] = []
    owners = [-1] * (n_rows * n_cols)
    for row in range(n_rows):
        for col in range(n_cols):
            if owners[row * n_cols + col] >= 0:
                continue
            col_span = 1
            while (
                col + col_span < n_cols
                and not beside[col + col_span][row]
                and owners[row * n_cols + col + col_span] < 0
            ):
                col_span += 1
            row_span = 1
            while row + row_span < n_rows and not (
                any(below[row + row_span][col : col + col_span])
                or any(beside[inner][row + row_span] for inner in range(col + 1, col + col_span))
                or any(owners[(row + row_span) * n_cols + other] >= 0 for other in range(col, col + col_span))
            ):
                row_span += 1
            number = len(cells)
            cells.append(GridCell(row, col, row_span, col_span))
            for own_row in range(row, row + row_span):
                first = own_row * n_cols + col
                owners[first : first + col_span] = [number] * col_span
    if len(cells) < 2:
        return None
    return Grid(xs, ys, cells, owners)


def _separators(ats: list[float], crossing: list[float], lines: list[Piece]) -> list[list[bool]]:
    """For each grid line in ``ats`` and each step between neighbours in ``crossing``: is it drawn there?"""
    order = {at: number for number, at in enumerate(ats)}
    middles = [(a + b) / 2 for a, b in pairwise(crossing)]
    separators = [[False] * len(middles) for _ in ats]
    for at, start, end in lines:
        first = bisect_left(middles, start)
        last = bisect_right(middles, end)
        separators[order[at]][first:last] = [True] * (last - first)
    return separators
