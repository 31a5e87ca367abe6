"""Finding the columns again: where do the figures of a flattened row belong?

A flattened table keeps the order of its figures and loses its blanks. Every row then has several placements; the
row sums, the sums down the code tree and what other tables say leave few, mostly one. Where more than one is left,
the cells on which they differ are reported as such, never guessed silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import comb
from typing import NamedTuple

from gouji.facts import Interval, Printed

Placing = tuple[int | None, ...]
"""For each column, the index of the figure that stands in it, or ``None`` for a blank."""

_MOST_SOLUTIONS = 64
_MOST_STEPS = 60_000
_MOST_BREACHES = 3


class SumOf(NamedTuple):
    """A whole and its parts: columns of one row, or rows of one column."""

    whole: int
    parts: tuple[int, ...]


@dataclass(slots=True)
class FlatRow:
    """The figures of one row, in order, and what else is known of its cells (one entry per column).

    ``anchors``: what other tables say the cell is. ``least`` and ``most``: bounds from parts and wholes stated
    elsewhere. All in base units.
    """

    figures: tuple[Printed, ...]
    anchors: tuple[Interval | None, ...]
    least: tuple[Decimal | None, ...]
    most: tuple[Decimal | None, ...]


@dataclass(slots=True)
class Solution:
    """One placing per row; ``certain[row][column]`` is false where another solution differs.

    ``breaches`` counts the sums that do not hold in it: a misprint, not a misplacement. ``complete`` is false when
    the search was cut short, so that nothing is certain.
    """

    placings: list[Placing]
    certain: list[list[bool]]
    solutions: int
    breaches: int
    complete: bool = True


@dataclass(slots=True)
class Effort:
    """The work that one document is worth, in cells looked at. Sound ones take less than a tenth of it."""

    left: int = 1_000_000

    def spend(self, cells: int) -> None:
        self.left -= cells

    def is_spent(self) -> bool:
        return self.left < 0


@dataclass(slots=True)
class _Search:
    candidates: list[list[Placing]]
    rows: Sequence[FlatRow]
    sums: Sequence[SumOf]
    width: int
    budget: int
    effort: Effort
    found: list[list[Placing]] = field(default_factory=list)
    steps: int = 1

    def is_over(self) -> bool:
        """Whether there were steps or solutions enough, or the document has had its share of work."""
        return self.steps > _MOST_STEPS or len(self.found) >= _MOST_SOLUTIONS or self.effort.is_spent()


def place(
    rows: Sequence[FlatRow],
    width: int,
    across: Sequence[SumOf],
    down: Sequence[SumOf],
    effort: Effort | None = None,
) -> Solution:
    """Place the figures of all rows of a table with ``width`` amount columns.

    ``across`` are the sums among columns (合计 = 基本 + 项目), ``down`` those among rows (类 = Σ款).
    Sums may be breached only as often as unavoidable, at most three times. ``effort`` is what the whole document may
    still cost; when it is spent, nothing is certain any more.
    """
    effort = effort or Effort()
    possible = sum(comb(width, len(row.figures)) for row in rows)
    for budget in range(_MOST_BREACHES + 1):
        effort.spend(possible * width)
        if effort.is_spent():
            in_order = [tuple(n if n < len(row.figures) else None for n in range(width)) for row in rows]
            return Solution(in_order, [[False] * width for _ in rows], 0, _MOST_BREACHES + 1, complete=False)
        candidates = [_placings(row, width, across, strict=budget == 0) for row in rows]
        if any(not options for options in candidates):
            continue
        search = _Search(candidates, rows, down, width, budget, effort)
        complete = _explore(search, _order(len(rows), down))
        if search.found:
            return _combined(search, complete)
        if not complete:
            break
    first = [options[0] if options else (None,) * width for options in
             (_placings(row, width, (), strict=False) for row in rows)]  # fmt: skip
    return Solution(first, [[False] * width for _ in rows], 0, _MOST_BREACHES + 1, complete=False)


def _placings(row: FlatRow, width: int, across: Sequence[SumOf], *, strict: bool) -> list[Placing]:
    """Every placing of one row that its own sums and the other tables allow (``strict``), or that at least its
    sums allow; if none does, every placing."""
    count = len(row.figures)
    if count > width:
        return []
    options: list[Placing] = []
    for columns in combinations(range(width), count):
        placing: list[int | None] = [None] * width
        for figure, column in enumerate(columns):
            placing[column] = figure
        options.append(tuple(placing))
    summing = [option for option in options if all(_row_sum_holds(row, option, total) for total in across)]
    if not strict:
        known = [option for option in summing or options if _misses(row, option) == 0]
        return known or summing or options
    return [option for option in summing if _misses(row, option) == 0]


def _stated(row: FlatRow, placing: Placing, column: int) -> Interval:
    figure = placing[column]
    return row.figures[figure].interval if figure is not None else _NOTHING


_ZERO = Decimal(0)
_NOTHING = Interval(_ZERO, _ZERO)


def _row_sum_holds(row: FlatRow, placing: Placing, total: SumOf) -> bool:
    low = high = _ZERO
    for part in total.parts:
        stated = _stated(row, placing, part)
        low += stated.lo
        high += stated.hi
    return Interval(low, high).meets(_stated(row, placing, total.whole))


def _misses(row: FlatRow, placing: Placing) -> int:
    """How many cells contradict what other tables say."""
    misses = 0
    for column in range(len(placing)):
        stated = _stated(row, placing, column)
        anchor, least, most = row.anchors[column], row.least[column], row.most[column]
        if anchor is not None and not anchor.meets(stated):
            misses += 1
        if (least is not None and stated.hi < least) or (most is not None and stated.lo > most):
            misses += 1
    return misses


def _order(count: int, down: Sequence[SumOf]) -> list[int]:
    """Rows with the wholes before their parts, siblings together."""
    parts = {part for total in down for part in total.parts}
    order: list[int] = []
    seen: set[int] = set()

    def visit(row: int) -> None:
        if row in seen:
            return
        seen.add(row)
        order.append(row)
        for total in down:
            if total.whole == row:
                for part in total.parts:
                    visit(part)

    for row in [*(row for row in range(count) if row not in parts), *range(count)]:
        visit(row)
    return order


def _explore(search: _Search, order: Sequence[int]) -> bool:
    """Depth first over the rows; false when cut short. Without recursion: tables have thousands of rows."""
    chosen: list[Placing | None] = [None] * len(order)
    if not order:
        search.found.append([])
        return True
    open_options = [iter(search.candidates[order[0]])]
    breaches = [0]
    while open_options:
        at = len(open_options) - 1
        row = order[at]
        for option in open_options[at]:
            chosen[row] = option
            broken = breaches[at] + _new_breaches(search, row, chosen)
            if broken > search.budget:
                continue
            search.steps += 1
            if search.is_over():
                return False
            if at + 1 < len(order):
                open_options.append(iter(search.candidates[order[at + 1]]))
                breaches.append(broken)
                break
            search.found.append([placing for placing in chosen if placing is not None])
        else:
            if search.effort.is_spent():
                return False
            chosen[row] = None
            open_options.pop()
            breaches.pop()
    return True


def _new_breaches(search: _Search, row: int, chosen: Sequence[Placing | None]) -> int:
    """Sums that the placing of ``row`` completes and breaks, or already overshoots."""
    breaches = 0
    for total in search.sums:
        if row != total.whole and row not in total.parts:
            continue
        whole_placing = chosen[total.whole]
        if whole_placing is None:
            continue
        search.effort.spend(search.width * len(total.parts))
        parts = [(part, chosen[part]) for part in total.parts]
        done = all(placing is not None for _, placing in parts)
        for column in range(search.width):
            whole = _stated(search.rows[total.whole], whole_placing, column)
            low = high = _ZERO
            for part, placing in parts:
                if placing is not None:
                    stated = _stated(search.rows[part], placing, column)
                    low += stated.lo
                    high += stated.hi
            if done:
                breaches += not Interval(low, high).meets(whole)
            elif low > whole.hi and row in total.parts and whole.lo >= 0 and search.budget == 0:
                breaches += 1
    return breaches


def _combined(search: _Search, complete: bool) -> Solution:
    first = search.found[0]
    certain = [
        [all(found[row][column] == first[row][column] for found in search.found) and complete
         for column in range(search.width)]
        for row in range(len(first))
    ]  # fmt: skip
    return Solution(first, certain, len(search.found), search.budget, complete)
