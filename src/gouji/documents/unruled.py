"""Tables without ruling lines, or with horizontal ones only: figures that stand below each other make columns.

Only what cannot be running text is taken for a table: several lines, each of several figures set wide apart, that keep
to the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.documents.glyphs import BLANKS, Run
from gouji.documents.ruling import Grid, GridCell

_WIDE = 1.0
"""A gap wider than this share of the font size divides two cells."""
_FEWEST_LINES = 4
_FEWEST_FIGURES = 2
_MOST_BETWEEN = 4
"""Lines without figures (the rest of a long name) that may stand between two with figures."""
_MOST_HEADS = 6
_LOOSE = 2.6
"""Distance of two lines of one table, in shares of the font size, beyond which they are not of one table unless all of
its lines stand so far apart."""
_TIGHT = 1.5
"""Distance of two lines of one head."""
_FIGURE = re.compile(r"[-+△(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）%]?|[-—–－]{1,3}")
_DECIMAL = re.compile(r"\d[.．]\d")


class _Segment(NamedTuple):
    text: str
    x0: float
    x1: float

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None


class _Line(NamedTuple):
    segments: list[_Segment]
    baseline: float
    size: float

    @property
    def is_row(self) -> bool:
        """Whether it holds several figures, one with decimals at least."""
        figures = [segment for segment in self.segments if segment.is_figure]
        return len(figures) >= _FEWEST_FIGURES and any(_DECIMAL.search(f.text) for f in figures)


def unruled(lines: Sequence[Sequence[Run]]) -> list[Grid]:
    """The tables among the lines of a page that stand outside of ruled ones; the lines go from the top, their runs from
    the left."""
    read = [_line(line) for line in lines]
    found: list[Grid] = []
    start = 0
    while start < len(read):
        if not read[start].is_row:
            start += 1
            continue
        end = _end(read, start)
        rows = [line for line in read[start:end] if line.is_row]
        if len(rows) >= _FEWEST_LINES:
            # A name that is wrapped may stand above and below its figures only.
            columns = _columns(read[start:end]) or _columns(rows)
            if columns is not None:
                found.append(_grid(read[_first_head(read, start, columns) : end], columns, rows))
        start = end
    return found


def _line(runs: Sequence[Run]) -> _Line:
    size = max(run.size for run in runs)
    segments: list[_Segment] = []
    for run in runs:
        if not run.text.strip(BLANKS):
            continue
        inked = [box for char, box in zip(run.text, run.boxes, strict=True) if char not in BLANKS]
        text, x0, x1 = "".join(run.text.split()), inked[0][0], inked[-1][2]
        if segments and x0 - segments[-1].x1 <= _WIDE * size:
            last = segments[-1]
            segments[-1] = _Segment(last.text + text, last.x0, max(last.x1, x1))
        else:
            segments.append(_Segment(text, x0, x1))
    return _Line(segments, runs[0].baseline, size)


def _end(lines: Sequence[_Line], start: int) -> int:
    """The line after the last row of a table that begins at ``start``."""
    end, between = start + 1, 0
    usual = 0.0
    for index in range(start + 1, len(lines)):
        apart = lines[index - 1].baseline - lines[index].baseline
        if usual and apart > max(1.6 * usual, _LOOSE * lines[index].size):
            break
        if lines[index].is_row:
            usual = usual or apart
            end, between = index + 1, 0
        else:
            between += 1
            if between > _MOST_BETWEEN or _is_text(lines[index], lines[end - 1]):
                break
    return end


def _is_text(line: _Line, row: _Line) -> bool:
    """Whether a line without figures is no part of a row's name: several pieces, or one across several columns."""
    across = sum(
        1 for other in row.segments for own in line.segments if own.x0 < other.x1 and own.x1 > other.x0
    )
    return len(line.segments) != 1 or across > 1


def _columns(rows: Sequence[_Line]) -> list[tuple[float, float]] | None:
    """The extents of the columns, from the left: those in which pieces of several lines lie over each other. ``None``
    where they do not keep apart."""
    pieces = sorted((segment.x0, segment.x1) for row in rows for segment in row.segments)
    columns: list[tuple[float, float]] = []
    for x0, x1 in pieces:
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    if len(columns) < 1 + _FEWEST_FIGURES:
        return None
    for row in rows:
        # Two pieces of one line in one column: the columns run into each other.
        at = [_column(columns, segment) for segment in row.segments]
        if len(set(at)) < len(at):
            return None
    return columns


def _column(columns: Sequence[tuple[float, float]], segment: _Segment) -> int:
    """The column that a piece lies over most, or is nearest to."""

    def apart(index: int) -> float:
        x0, x1 = columns[index]
        return max(x0, segment.x0) - min(x1, segment.x1)

    return min(range(len(columns)), key=apart)


def _first_head(lines: Sequence[_Line], start: int, columns: Sequence[tuple[float, float]]) -> int:
    """The first line of heads above the first row: lines of several pieces that keep to the columns, and what stands
    close above the rest of them."""
    first = start
    for index in range(start - 1, max(-1, start - 1 - _MOST_HEADS), -1):
        line = lines[index]
        apart = line.baseline - lines[index + 1].baseline
        at = [_column(columns, segment) for segment in line.segments]
        short = all(
            len(segment.text) <= 16 and not re.search("[。；:：]", segment.text) for segment in line.segments
        )
        if not short or apart > _LOOSE * line.size or len(set(at)) < len(at):
            break
        if len(line.segments) >= 2:
            first = index
        elif apart > _TIGHT * line.size or "表" in line.segments[0].text:
            break
    return first


def _grid(lines: Sequence[_Line], columns: Sequence[tuple[float, float]], rows: Sequence[_Line]) -> Grid:
    """The grid around lines: a row for each and what belongs to it."""
    bands = _bands(lines, rows)
    size = max(line.size for line in rows)
    ys = [bands[0][0] + 1.2 * size]
    ys.extend(((above[1] - 0.2 * size) + (below[0] + 0.9 * size)) / 2 for above, below in pairwise(bands))
    ys.append(bands[-1][1] - 0.5 * size)
    xs = [columns[0][0] - size]
    xs.extend((one[1] + other[0]) / 2 for one, other in pairwise(columns))
    xs.append(columns[-1][1] + size)
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    cells = [GridCell(row, col, 1, 1) for row in range(n_rows) for col in range(n_cols)]
    return Grid(xs, ys, cells, list(range(n_rows * n_cols)))


def _bands(lines: Sequence[_Line], rows: Sequence[_Line]) -> list[tuple[float, float]]:
    """The first and last baseline of each row, from the top. A line of a name without figures goes with the row that
    it stands closest to, or is a row of its own, as every line of the heads is."""
    usual = min((one.baseline - other.baseline for one, other in pairwise(rows)), default=0.0)
    bands = [(line.baseline, line.baseline) for line in lines]
    figures = {line.baseline for line in rows}
    joined: list[tuple[float, float]] = []
    waiting: float | None = None
    for index, (top, bottom) in enumerate(bands):
        in_body = top <= rows[0].baseline
        if in_body and top not in figures and joined:
            over = joined[-1][1] - top
            under = bottom - bands[index + 1][0] if index + 1 < len(bands) else float("inf")
            if min(over, under) < 0.75 * usual and over <= under:
                joined[-1] = (joined[-1][0], bottom)
                continue
            if under < 0.75 * usual:
                waiting = top if waiting is None else waiting
                continue
        joined.append((waiting if waiting is not None else top, bottom))
        waiting = None
    return joined
