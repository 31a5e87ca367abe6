"""Which lines are one row of a table without lines below each row.

A row has its figures on one line. A long name beside them takes several lines, of which the middle stands as high as the
figures, or the first one does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.documents.aligned_columns import Column, column_at
from gouji.documents.aligned_lines import Line, Segment

_EVERY = 0.8
"""Share of neighbouring rows that lines have to divide if they divide all."""
_LEADING = 1.9
"""Lines of one name stand at most so many font sizes apart."""
_MOST_LINES = 8
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|其中[:：]"
)
"""What a name begins with, and no later line of one."""
_ALONE = 0.8
"""What it costs (in font sizes that a name stands off its figures) to have a name without figures."""
_TOGETHER = 0.1
_NAMELESS = 0.4
_ONE_ROW = 0.5
_TOO_CLOSE = 0.9
_CLEARLY = 0.5
_NEVER = float("inf")


class Row(NamedTuple):
    """A row: how high it stands, and the pieces in each of its columns, from the top."""

    baseline: float
    pieces: dict[int, list[Segment]]


def rows_of(lines: Sequence[Line], columns: Sequence[Column], rules: Sequence[float]) -> list[Row]:
    """Lines from the top as rows; ``rules`` are the heights at which lines are drawn across the whole table."""
    anchors = [line for line in lines if any(segment.is_figure for segment in line.segments)] or list(lines)
    divided = sum(1 for one, other in pairwise(anchors) if _rule_between(one, other, rules))
    if rules and divided >= _EVERY * (len(anchors) - 1):
        return [_row(group, columns) for group in _between(lines, rules)]
    beside = _beside_each_other(anchors, columns)
    if len(anchors) == len(lines):
        return [_row(group, columns) for group in beside]
    heights = [sum(line.baseline for line in group) / len(group) for group in beside]
    middle, first = (_dealt(lines, heights, columns, top=top) for top in (False, True))
    return first[1] if first[0] < middle[0] - _CLEARLY else middle[1]


def _beside_each_other(lines: Sequence[Line], columns: Sequence[Column]) -> list[list[Line]]:
    """Lines too close for two rows, in other columns each, together: cells may stand a little higher or lower."""
    groups: list[list[Line]] = []
    taken: set[int] = set()
    for line in lines:
        own = {column_at(columns, segment) for segment in line.segments}
        if groups and groups[-1][0].baseline - line.baseline < _TOO_CLOSE * line.size and not own & taken:
            groups[-1].append(line)
            taken |= own
        else:
            groups.append([line])
            taken = own
    return groups


def _row(lines: Sequence[Line], columns: Sequence[Column]) -> Row:
    pieces: defaultdict[int, list[Segment]] = defaultdict(list)
    for line in lines:
        for segment in line.segments:
            pieces[column_at(columns, segment)].append(segment)
    anchor = next((line for line in lines if line.amounts), lines[0])
    return Row(anchor.baseline, dict(pieces))


def _rule_between(one: Line, other: Line, rules: Sequence[float]) -> bool:
    return any(other.baseline < rule < one.baseline + 0.3 * one.size for rule in rules)


def _between(lines: Sequence[Line], rules: Sequence[float]) -> list[list[Line]]:
    """A group for what stands between two lines."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _rule_between(groups[-1][-1], line, rules):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _dealt(
    lines: Sequence[Line], heights: Sequence[float], columns: Sequence[Column], *, top: bool
) -> tuple[float, list[Row]]:
    """The lines of each column dealt out to the rows that figures make, and how well they fit. ``top`` says that first
    lines stand as high as the figures, not the middles."""
    rows = [Row(height, {}) for height in heights]
    alone: list[Row] = []
    in_columns: defaultdict[int, list[Segment]] = defaultdict(list)
    for line in lines:
        for segment in line.segments:
            in_columns[column_at(columns, segment)].append(segment)
    total = 0.0
    for column, segments in in_columns.items():
        cost, groups = _groups(_by_line(segments), heights, top=top)
        total += cost
        for anchor, group in groups:
            if anchor is not None:
                rows[anchor].pieces[column] = group
                continue
            height = (group[0].baseline + group[-1].baseline) / 2
            near = next((row for row in alone if abs(row.baseline - height) < _ONE_ROW * group[0].size), None)
            if near is None:
                near = Row(height, {})
                alone.append(near)
            near.pieces.setdefault(column, []).extend(group)
    return total, sorted([*rows, *alone], key=lambda row: -row.baseline)


def _by_line(segments: Sequence[Segment]) -> list[list[Segment]]:
    found: list[list[Segment]] = []
    for segment in segments:
        if found and abs(found[-1][0].baseline - segment.baseline) < 0.3 * segment.size:
            found[-1].append(segment)
        else:
            found.append([segment])
    return found


def _groups(
    lines: Sequence[list[Segment]], heights: Sequence[float], *, top: bool
) -> tuple[float, list[tuple[int | None, list[Segment]]]]:
    """The lines of one column in groups, each for a row with figures or for none, by the least that they stand off."""
    n, m = len(lines), len(heights)
    best: list[list[tuple[float, int, bool]]] = [[(_NEVER, 0, False)] * (m + 1) for _ in range(n + 1)]
    best[0][0] = (0.0, 0, False)
    for i in range(n + 1):
        for j in range(m + 1):
            at = best[i][j][0]
            if at == _NEVER:
                continue
            if j < m and at + _NAMELESS < best[i][j + 1][0]:
                best[i][j + 1] = (at + _NAMELESS, 0, True)
            for count in range(1, min(_MOST_LINES, n - i) + 1):
                group = lines[i : i + count]
                size = group[-1][0].size
                if count > 1 and (
                    group[-2][0].baseline - group[-1][0].baseline > _LEADING * size
                    or _ORDINAL.match(group[-1][0].text)
                ):
                    break
                middle = (group[0][0].baseline + group[-1][0].baseline) / 2
                if j < m:
                    off = abs((group[0][0].baseline if top else middle) - heights[j]) / size
                    if at + off < best[i + count][j + 1][0]:
                        best[i + count][j + 1] = (at + off, count, True)
                between = (j == 0 or middle < heights[j - 1]) and (j == m or middle > heights[j])
                alone = at + _ALONE * count + _TOGETHER * (count - 1)
                if between and alone < best[i + count][j][0]:
                    best[i + count][j] = (alone, count, False)
    groups: list[tuple[int | None, list[Segment]]] = []
    i, j = n, m
    while i or j:
        _, count, anchored = best[i][j]
        pieces = [segment for line in lines[i - count : i] for segment in line]
        if pieces:
            groups.append((j - 1 if anchored else None, pieces))
        i, j = i - count, j - anchored
    return best[n][m][0], groups[::-1]
