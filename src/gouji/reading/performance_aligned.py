"""Cells under heads that have lost their merged neighbours: which category a cell belongs to.

Copied out without merged cells, a form with a column for each category has its cells a few columns to the right of
their heads. A cell whose name tells its category (…满意度) shows by how much, and so for the cells beside it that
belong to the same level. Of others at most the level is sure: between 时效指标 and 满意度指标 there are benefits only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.catalog import PerformanceWording, fold
from gouji.performance import split_items
from gouji.reading.performance_piece import Head

_FURTHEST = 4


class Belonging(NamedTuple):
    """What a cell belongs to; ``level`` is empty and ``head`` ``None`` where that is not sure."""

    level: str = ""
    head: Head | None = None


def aligned(
    cells: Sequence[tuple[int, str]], heads: Sequence[Head], wording: PerformanceWording
) -> list[Belonging]:
    """For each cell, given by column and text from left to right."""
    anchors = {
        number: head
        for number, (col, text) in enumerate(cells)
        if (head := _named(col, text, heads, wording)) is not None
    }
    order = [heads.index(anchors[number]) for number in sorted(anchors)]
    if order != sorted(set(order)):
        return [Belonging()] * len(cells)
    return [_belonging(number, cells, anchors, heads, wording) for number in range(len(cells))]


def _named(col: int, text: str, heads: Sequence[Head], wording: PerformanceWording) -> Head | None:
    """The head of the category that the names of the items end in. The first column has none to its left that could
    have pushed it away."""
    if col == heads[0].left:
        return heads[0]
    names = [fold(item) for item in split_items(text)]
    for ending, _, category in wording.endings:
        head = next((head for head in heads if head.id == category), None)
        if head is not None and 0 <= col - head.left <= _FURTHEST and any(ending in name for name in names):
            return head
    return None


def _belonging(
    number: int,
    cells: Sequence[tuple[int, str]],
    anchors: dict[int, Head],
    heads: Sequence[Head],
    wording: PerformanceWording,
) -> Belonging:
    if number in anchors:
        return Belonging(wording.level_of[anchors[number].id], anchors[number])
    col = cells[number][0]
    for anchor, named in anchors.items():
        first, last = sorted((anchor, number))
        columns = [cells[n][0] for n in range(first, last + 1)]
        beside = columns == list(range(columns[0], columns[0] + len(columns)))
        own = next((h for h in heads if h.left - named.left == col - cells[anchor][0]), None)
        if beside and own is not None and wording.level_of[own.id] == wording.level_of[named.id]:
            return Belonging(wording.level_of[own.id], own)
    left = max((heads.index(anchors[n]) for n in anchors if n < number), default=-1)
    right = min((heads.index(anchors[n]) for n in anchors if n > number), default=len(heads))
    levels = {wording.level_of[head.id] for head in heads[left + 1 : right]}
    return Belonging(levels.pop() if len(levels) == 1 else "")
