"""Tables without ruling lines, or with horizontal ones only: figures that stand below each other make columns.

Only what cannot be running text is taken for a table: figures with decimals or thousands set apart that stand alone, wide
apart from what is beside them, and keep to the same columns. What stands above them is read as heads; where it is not clear which head
stands over which columns, all heads come out as one cell, so that nobody takes a column for another one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.documents.aligned_columns import Column, column_at, columns_of, edges_between
from gouji.documents.aligned_heads import Heads, heads_over
from gouji.documents.aligned_lines import Line, may_be_row, spaced, taken_apart, taken_closer
from gouji.documents.aligned_rows import rows_of
from gouji.documents.glyphs import Run
from gouji.documents.ruling import Grid, GridCell, Piece

_FEWEST_AMOUNTS = 4
_MOST_LINES = 400
"""More lines than a page of tables has; how long it takes grows with their square."""
_FEWEST_IN_ONE_ROW = 3
_MOST_BETWEEN = 40
"""Lines without figures that may stand between two with figures."""
_MOST_HEADS = 24
_LOOSE = 2.6
"""Distance of two lines of one table, in shares of the font size, beyond which they are not of one table unless all of
its lines stand so far apart."""
_LEADING = 1.9
_FAR = 1.6
"""The same as a share of the usual distance of its lines."""
_LONGEST_NUMBER = 3
_FEWEST_NUMBERS = 2
_FEWEST_NUMBERED = 3
_MOST_SIDES = 3
_LONGEST_NAME = 40
_LONGEST_HEAD = 24
_SENTENCE = re.compile("[。；;]|[:：]$")
_UNIT = re.compile("单位[:：]|^(?:公开|附)?表[一二三四五六七八九十\\d]|表$")
_SIDE = 0.9
"""Share of a table's breadth that a line drawn across it takes."""


class Aligned(NamedTuple):
    """A table without lines: its grid, and the runs of each cell by the number of the cell. ``edges`` are the lines that
    would divide its columns, or those of the page before that it goes on with; ``words`` are all words of its heads, and
    ``clear`` says whether it could be told over which columns each stands."""

    grid: Grid
    cells: defaultdict[int, list[Run]]
    columns: list[Column]
    edges: list[float]
    words: str = ""
    clear: bool = True

    def moved(self, by: float) -> Aligned:
        """What has to be known of it on the next page, where that lies further right."""
        columns = [Column(column.x0 + by, column.x1 + by) for column in self.columns]
        return self._replace(
            cells=defaultdict(list), columns=columns, edges=[edge + by for edge in self.edges]
        )


def unruled(
    lines: Sequence[Sequence[Run]], rules: Sequence[Piece] = (), before: Aligned | None = None
) -> list[Aligned]:
    """The tables among the lines of a page that stand outside of ruled ones; the lines go from the top, their runs from
    the left. ``rules`` are the horizontal lines outside of ruled tables. The first table may go on with the last one of the
    page ``before``."""
    if not any(map(may_be_row, lines)):
        return []
    read = taken_apart(lines)
    found: list[Aligned] = []
    start = last_end = 0
    while start < len(read):
        if not _is_row(read[start]):
            start += 1
            continue
        end = _end(read, start)
        parted = any(_UNIT.search(s.text) for line in read[last_end:start] for s in line.segments)
        above = before if not found else None if parted else found[-1]
        table = _table(read, _Stretch(last_end, start, end), rules, above)
        if table is not None:
            if found and not parted and not table.clear:
                # More rows of the table above, which do not keep to its columns: then those of its other rows prove little.
                found[-1] = found[-1]._replace(clear=False)
            found.append(table)
        last_end = start = end
    return found


def _is_row(line: Line) -> bool:
    """Whether a figure with decimals stands alone beside something else."""
    return len(line.segments) > 1 and (bool(line.amounts) or _numbers_columns(line))


def _numbers_columns(line: Line) -> bool:
    """Whether a line numbers the columns (栏次 1 2 3 …)."""
    numbers = [int(s.text) for s in line.segments if s.text.isdecimal() and len(s.text) < _LONGEST_NUMBER]
    return (
        len(numbers) >= _FEWEST_NUMBERS
        and len(line.segments) - len(numbers) <= _MOST_SIDES
        and all(other == one + 1 for one, other in pairwise(numbers))
        and numbers[0] in (1, 2)
    )


def _end(lines: Sequence[Line], start: int) -> int:
    """The line after the last row of a table that begins at ``start``."""
    end, between = start + 1, 0
    usual = 0.0
    for index in range(start + 1, len(lines)):
        apart = lines[index - 1].baseline - lines[index].baseline
        if usual and apart > max(_FAR * usual, _LOOSE * lines[index].size):
            break
        if _is_row(lines[index]):
            usual = usual or apart
            end, between = index + 1, 0
            continue
        between += 1
        if between > _MOST_BETWEEN or _is_text(lines[index]):
            break
    # The rest of the last name.
    while end < len(lines) and len(lines[end].segments) == 1 and not _is_text(lines[end]):
        apart = lines[end - 1].baseline - lines[end].baseline
        if apart > _LEADING * lines[end].size or lines[end].segments[0].is_figure:
            break
        end += 1
    return end


def _is_text(line: Line) -> bool:
    """Whether a line without figures is no part of a table: a sentence, a title, a unit of measure."""
    return any(
        len(segment.text) > _LONGEST_NAME or _SENTENCE.search(segment.text) or _UNIT.search(segment.text)
        for segment in line.segments
    )


class _Stretch(NamedTuple):
    """The lines of one table: the first that may belong to its heads, its first row, and the line after its last."""

    lowest: int
    start: int
    end: int


def _table(
    lines: Sequence[Line], stretch: _Stretch, rules: Sequence[Piece], before: Aligned | None
) -> Aligned | None:
    lowest, start, end = stretch
    if end - start > _MOST_LINES:
        return None
    closer = [taken_closer(line) for line in lines[:end]]
    highest = _first_head(lines, lowest, start, ())
    start = next((index for index in range(highest, start) if closer[index].amounts), start)
    body = [line._replace(segments=spaced(line.segments)) for line in closer[start:end]]
    numbers = [line for line in body if _numbers_columns(line)]
    body = [line for line in body if line not in numbers]
    amounts = [len(line.amounts) for line in body]
    rows = sum(1 for count in amounts if count)
    if sum(amounts) < (_FEWEST_AMOUNTS if rows > 1 else _FEWEST_IN_ONE_ROW):
        return None
    left = min(line.segments[0].x0 for line in body)
    right = max(line.segments[-1].x1 for line in body)
    near = [rule for rule in rules if rule.start < right and rule.end > left]
    full = [rule.at for rule in near if rule.end - rule.start >= _SIDE * (right - left)]
    partial = [rule for rule in near if rule.end - rule.start < _SIDE * (right - left)]
    top = _first_head(lines, lowest, start, full)
    above = closer[top:start]
    titled = any(_UNIT.search(segment.text) for line in lines[lowest:top] for segment in line.segments)
    if before is not None and not titled and not _repeats(above, before.words):
        carried = _carried([*above, *body], before.columns)
        if carried:
            edges = before.edges
            return _laid_out(None, [*above, *body], carried, full)._replace(
                edges=edges, words=before.words, clear=before.clear
            )
    columns = columns_of(body) or columns_of([line for line in body if _is_row(line)])
    if columns is None:
        return None
    heads = heads_over(columns, above, partial) if above else None
    if heads is not None and (_wraps_figures(body, columns) or _shares_a_head(body, heads)):
        heads = heads._replace(clear=False)
    table = _laid_out(heads, [*numbers, *body], heads.columns if heads is not None else columns, full)
    if before is not None and table.words == before.words and len(table.columns) == len(before.columns):
        return table._replace(edges=before.edges)
    return table


def _wraps_figures(body: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether a line holds nothing but digits below figures with decimals: the rest of figures too long for their cells."""
    of_amounts = {column_at(columns, segment) for line in body for segment in line.amounts}
    return any(
        all(
            segment.text.isdecimal() and column_at(columns, segment) in of_amounts
            for segment in line.segments
        )
        for line in body
    )


def _shares_a_head(body: Sequence[Line], heads: Heads) -> bool:
    """Whether a head without others below it stands over the numbers of the rows (1, 2, 3 …) and over another column,
    whose head must be one of the others."""
    shared = [
        head
        for head in heads.heads
        if head.first < head.last
        and not any(
            other.depth > head.depth and head.first <= other.first <= head.last for other in heads.heads
        )
    ]
    for head in shared:
        texts: defaultdict[int, list[str]] = defaultdict(list)
        for segment in (segment for line in body for segment in line.segments):
            texts[column_at(heads.columns, segment)].append(segment.text)
        if any(_number_rows(texts[column]) for column in range(head.first, head.last + 1)):
            return True
    return False


def _number_rows(texts: Sequence[str]) -> bool:
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= _LONGEST_NUMBER]
    return len(numbers) == len(texts) >= _FEWEST_NUMBERED and all(
        other == one + 1 for one, other in pairwise(numbers)
    )


def _repeats(above: Sequence[Line], words: str) -> bool:
    """Whether lines above a table print its heads again."""
    texts = [segment.text for line in above for segment in line.segments]
    return bool(texts) and sum(1 for text in texts if text in words) * 2 > len(texts)


def _first_head(lines: Sequence[Line], lowest: int, start: int, rules: Sequence[float]) -> int:
    """The first line of the heads above the first row: short words, close above each other."""
    first = start
    tops = [rule for rule in rules if rule > lines[start].baseline]
    top = max((rule for rule in tops), default=None)
    for index in range(start - 1, max(lowest - 1, start - 1 - _MOST_HEADS), -1):
        line = lines[index]
        apart = line.baseline - lines[index + 1].baseline
        short = all(
            len(segment.text) <= _LONGEST_HEAD and not _SENTENCE.search(segment.text)
            for segment in line.segments
        )
        alone = len(line.segments) == 1
        if not short or _is_text(line) or (alone and top is not None and line.baseline > top):
            break
        if apart > 2 * _LOOSE * line.size:
            break
        if len(line.segments) >= 2 or apart <= 1.6 * line.size or first < start:
            first = index
    while first + 1 < start and _is_title(lines[first], lines[first + 1 : start]):
        first += 1
    return first


def _is_title(line: Line, below: Sequence[Line]) -> bool:
    """Whether the highest line above a table is no head: one piece, larger, set apart, or long."""
    if len(line.segments) > 1:
        return False
    (segment,), following = line.segments, below[0]
    return (
        line.size > 1.2 * following.size
        or line.baseline - following.baseline > 2.2 * line.size
        or len(segment.text) > _LONGEST_HEAD
    )


def _carried(body: Sequence[Line], before: Sequence[Column]) -> list[Column]:
    """The columns of the page before, if all pieces of these lines keep to them."""
    reach = [list(column) for column in before]
    for line in body:
        taken: set[int] = set()
        for segment in line.segments:
            over = [i for i, c in enumerate(before) if segment.x0 < c.x1 and segment.x1 > c.x0]
            if len(over) != 1 or (segment.is_figure and over[0] in taken):
                return []
            taken.add(over[0])
            reach[over[0]] = [min(reach[over[0]][0], segment.x0), max(reach[over[0]][1], segment.x1)]
    columns = [Column(x0, x1) for x0, x1 in reach]
    return columns if all(one.x1 <= other.x0 for one, other in pairwise(columns)) else []


def _laid_out(
    heads: Heads | None, body: Sequence[Line], columns: list[Column], rules: Sequence[float]
) -> Aligned:
    """The grid of heads and rows, with what stands in each cell."""
    rows = rows_of(body, columns, rules)
    size = max(line.size for line in body)
    xs = edges_between(columns, size)
    n_cols = len(columns)
    placed: list[tuple[GridCell, list[Run]]] = []
    ys: list[float] = []
    if heads is not None:
        top = max(block.top for block in heads.blocks) + 0.3 * size
        levels = heads.levels if heads.clear else 1
        bottom = rows[0].baseline + 1.1 * size
        ys = [top - (top - bottom) * level / levels for level in range(levels)]
        if heads.clear:
            for head in heads.heads:
                leaf = not any(
                    other.depth > head.depth and head.first <= other.first <= head.last
                    for other in heads.heads
                )
                span = GridCell(
                    head.depth, head.first, levels - head.depth if leaf else 1, head.last - head.first + 1
                )
                placed.append((span, [run for s in head.block.segments for run in s.runs]))
        else:
            words = [run for block in heads.blocks for s in block.segments for run in s.runs]
            placed.append((GridCell(0, 0, 1, n_cols), words))
    n_heads = len(ys)
    for number, row in enumerate(rows):
        ys.append(row.baseline + 1.1 * size)
        placed.extend(
            (GridCell(n_heads + number, column, 1, 1), [run for piece in pieces for run in piece.runs])
            for column, pieces in row.pieces.items()
        )
    ys.append(min(line.baseline for line in body) - 0.5 * size)
    ys = _descending(ys)
    printed = "".join(s.text for block in (heads.blocks if heads is not None else ()) for s in block.segments)
    return _filled(xs, ys, placed, columns)._replace(words=printed, clear=heads is not None and heads.clear)


def _descending(ys: Sequence[float]) -> list[float]:
    """Heights that never rise: long names reach into the rows beside them."""
    found = [ys[0]]
    for y in ys[1:]:
        found.append(min(y, found[-1] - 0.1))
    return found


def _filled(
    xs: list[float],
    ys: list[float],
    placed: Sequence[tuple[GridCell, list[Run]]],
    columns: list[Column],
) -> Aligned:
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    spans = {(span.row, span.col): (span, runs) for span, runs in placed}
    cells: list[GridCell] = []
    owners = [-1] * (n_rows * n_cols)
    runs_of: defaultdict[int, list[Run]] = defaultdict(list)
    for row in range(n_rows):
        for col in range(n_cols):
            if owners[row * n_cols + col] >= 0:
                continue
            cell, runs = spans.get((row, col), (GridCell(row, col, 1, 1), []))
            number = len(cells)
            cells.append(cell)
            if runs:
                runs_of[number] = runs
            for own in range(row, row + cell.row_span):
                owners[own * n_cols + col : own * n_cols + col + cell.col_span] = [number] * cell.col_span
    return Aligned(Grid(xs, ys, cells, owners), runs_of, columns, xs)
