"""Amounts of which only sums are known: what follows from the sums, and the rest chosen in a fixed order.

The published tables are margins of the lines of a budget. Cells are the lines that there may be, a margin is a printed
sum of some of them. First everything that follows is settled: a sum of which one cell is left open gives that cell, a
sum that is used up leaves nothing to its other cells. What stays open is filled in the order of the cells, each with as
much as all of its sums still have (the rule of the northwest corner, for sums of any shape), and what follows from that
is settled again. So the same sums give the same lines, and not more of them than there are sums.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple


class Margin(NamedTuple):
    """A sum of cells: their positions, the amount in 分, and how far rounding may have moved it. One that is ``at_most``
    the amount only keeps its cells from being more."""

    cells: tuple[int, ...]
    amount: int
    slack: int = 0
    at_most: bool = False


class Completed(NamedTuple):
    """The amount of every cell in 分, and the cells that do not follow from the sums."""

    amounts: tuple[int, ...]
    assumed: frozenset[int]


def complete(count: int, margins: Sequence[Margin], order: Sequence[int]) -> Completed:
    """Fill ``count`` cells so that the margins hold as far as they can. A cell in no margin is nothing.

    Sums of three or more ranges may be filled so that some cannot be met any more; then other orders are tried, and
    what misses the sums by least is taken. Contradicting margins are not reported: whoever adds the cells up sees which
    do not hold.
    """
    settled = _Work(count, margins)
    settled.settle()
    still_open = [cell for cell in order if settled.amounts[cell] is None]
    best: list[int] = []
    least_missed = -1
    ways = (
        still_open,
        sorted(still_open, key=settled.freedom),
        sorted(still_open, key=settled.room),
        sorted(still_open, key=lambda cell: -settled.room(cell)[0]),
        still_open[::-1],
    )
    for way in ways:
        work = settled.copy()
        for cell in way:
            if work.amounts[cell] is None:
                work.fill(cell)
                work.settle()
        missed = work.missed()
        if least_missed < 0 or missed < least_missed:
            best, least_missed = [amount or 0 for amount in work.amounts], missed
        if not missed:
            break
    return Completed(tuple(best), frozenset(cell for cell in still_open if best[cell]))


class _Work:
    def __init__(self, count: int, margins: Sequence[Margin]) -> None:
        self.amounts: list[int | None] = [None] * count
        self._margins = margins
        self._left = [margin.amount for margin in margins]
        """What a margin still has for its open cells."""
        self._open = [len(margin.cells) for margin in margins]
        self._slack = [margin.slack for margin in margins]
        self._of_cell: list[list[int]] = [[] for _ in range(count)]
        for number, margin in enumerate(margins):
            for cell in margin.cells:
                self._of_cell[cell].append(number)
        # Cells that are printed themselves come first: nothing else is known as well.
        by_size = sorted(range(len(margins)), key=lambda number: (len(margins[number].cells), number))
        self._pending = deque(by_size)
        self._waiting = set(by_size)

    def copy(self) -> _Work:
        """The same state, to go on from in another way."""
        other = copy.copy(self)
        for name in ("amounts", "_left", "_open", "_slack"):
            setattr(other, name, list(getattr(self, name)))
        other._pending, other._waiting = deque(self._pending), set(self._waiting)
        return other

    def freedom(self, cell: int) -> tuple[int, int]:
        """How many open cells share the narrowest sum of a cell: what has the least choice goes first."""
        return min((self._open[number] for number in self._of_cell[cell]), default=0), cell

    def room(self, cell: int) -> tuple[int, int]:
        """The most that all sums of a cell have left."""
        return min((self._left[number] for number in self._of_cell[cell]), default=0), cell

    def missed(self) -> int:
        """By how much the margins do not hold, beyond rounding."""
        return sum(
            max(0, (max(0, -left) if margin.at_most else abs(left)) - slack)
            for margin, left, slack in zip(self._margins, self._left, self._slack, strict=True)
        )

    def settle(self) -> None:
        while self._pending:
            number = self._pending.popleft()
            self._waiting.discard(number)
            if not self._open[number]:
                continue
            margin, left = self._margins[number], self._left[number]
            single = len(margin.cells) == 1
            if not single and abs(left) <= self._slack[number]:
                left = 0
            if left == 0 or (margin.at_most and left < 0):
                for cell in margin.cells:
                    if self.amounts[cell] is None:
                        self._set(cell, 0, margin.slack if single else 0)
            elif self._open[number] == 1 and not margin.at_most:
                cell = next(cell for cell in margin.cells if self.amounts[cell] is None)
                # Less than nothing is only what is printed itself; else sums contradict each other.
                self._set(
                    cell, left if single else max(0, left), margin.slack if single else self._slack[number]
                )

    def fill(self, cell: int) -> None:
        """As much as all margins of an open cell have left."""
        amount = min((self._left[number] for number in self._of_cell[cell]), default=0)
        self._set(cell, max(0, amount), 0)

    def _set(self, cell: int, amount: int, slack: int) -> None:
        self.amounts[cell] = amount
        for number in self._of_cell[cell]:
            self._left[number] -= amount
            self._open[number] -= 1
            if amount:
                self._slack[number] += slack
            if number not in self._waiting:
                self._waiting.add(number)
                self._pending.append(number)
