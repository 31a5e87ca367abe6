"""Rounded sums made to hold: every line moved within what rounding allows, until all printed figures come out.

Whoever prints 361.46 万元 has some amount from 361.455 to 361.465 万元. Lines taken as printed add up to something else
than the printed total now and then, by a few units of the last place. Then some amounts within these bounds make
both come out, and those are looked for: each sum that lies outside its bounds moves those of its lines that have most
room, and this is repeated until nothing is left to move.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

_MOST_ROUNDS = 400


class Bound(NamedTuple):
    """A printed sum of lines: their positions, and the least and the most that it can have been, in 分."""

    lines: tuple[int, ...]
    least: int
    most: int


class Fitted(NamedTuple):
    """The amounts in 分, and the positions of the bounds that do not hold."""

    amounts: tuple[int, ...]
    broken: tuple[int, ...]


def fit(amounts: Sequence[int], bounds: Sequence[Bound], most_apart: Sequence[int]) -> Fitted:
    """Move ``amounts`` until they keep ``bounds``. A sum farther off than its entry of ``most_apart`` is no rounding:
    it is left alone and counted as broken.

    Few lines are moved if that suffices. Otherwise all lines of a sum share what it lacks, over and over, which
    comes to amounts that keep every bound if there are any (Agmon, The relaxation method for linear inequalities, 1954).
    """
    best: Fitted | None = None
    for way in (_FewLines, _AllLines):
        work = way(list(amounts), bounds, most_apart)
        for _ in range(_MOST_ROUNDS):
            if not work.round():
                break
        work.settle(amounts)
        fitted = Fitted(tuple(work.amounts), tuple(n for n in range(len(bounds)) if work.gap(n)))
        if best is None or len(fitted.broken) < len(best.broken):
            best = fitted
        if not set(best.broken) - work.idle:
            break
    assert best is not None
    return best


class _Fit(ABC):
    def __init__(self, amounts: list[int], bounds: Sequence[Bound], most_apart: Sequence[int]) -> None:
        self.amounts = amounts
        self._bounds = bounds
        self._sums = [sum(amounts[line] for line in bound.lines) for bound in bounds]
        self._of_line: list[list[int]] = [[] for _ in amounts]
        self.idle = frozenset(
            n for n in range(len(bounds)) if abs(self.gap(n)) > most_apart[n] or not bounds[n].lines
        )
        for number, bound in enumerate(bounds):
            if number not in self.idle:
                for line in bound.lines:
                    self._of_line[line].append(number)

    def gap(self, number: int) -> int:
        """How much a sum has to grow to come into its bounds."""
        bound, total = self._bounds[number], self._sums[number]
        return max(0, bound.least - total) or min(0, bound.most - total)

    def round(self) -> bool:
        """Mend every broken sum once; whether anything was broken."""
        found = False
        for number in range(len(self._bounds)):
            gap = self.gap(number)
            if gap and number not in self.idle:
                found = True
                self.mend(number, gap)
        return found

    def settle(self, printed: Sequence[int]) -> None:
        """Put every line back to what is printed that can go back without breaking a sum."""
        for line, amount in enumerate(printed):
            step = amount - self.amounts[line]
            if step and all(
                self.gap(number)
                or self._bounds[number].least <= self._sums[number] + step <= self._bounds[number].most
                for number in self._of_line[line]
            ):
                self.move(line, step)

    @abstractmethod
    def mend(self, number: int, gap: int) -> None:
        """Move lines of a sum so that it comes nearer to its bounds."""

    def move(self, line: int, step: int) -> None:
        self.amounts[line] += step
        for number in self._of_line[line]:
            self._sums[number] += step


class _FewLines(_Fit):
    """Moves the largest lines that have room for it without taking another sum out of its bounds."""

    def mend(self, number: int, gap: int) -> None:
        for line in sorted(self._bounds[number].lines, key=lambda line: -abs(self.amounts[line])):
            step = self._room(line, gap)
            if step:
                self.move(line, step)
                gap -= step
            if not gap:
                return

    def _room(self, line: int, wanted: int) -> int:
        if not self.amounts[line]:
            return 0
        room = abs(wanted)
        for number in self._of_line[line]:
            if self.gap(number) * wanted > 0:
                continue
            bound, total = self._bounds[number], self._sums[number]
            room = min(room, max(0, bound.most - total if wanted > 0 else total - bound.least))
            if not room:
                return 0
        if wanted < 0 and self.amounts[line] > 0:
            room = min(room, self.amounts[line] - 1)
        return room if wanted > 0 else -room


class _AllLines(_Fit):
    """Moves all lines of a sum alike, a little farther into its bounds than they have to go."""

    def mend(self, number: int, gap: int) -> None:
        bound = self._bounds[number]
        sign = 1 if gap > 0 else -1
        gap = abs(gap) + (bound.most - bound.least) // _INTO
        movable = [line for line in bound.lines if sign > 0 or abs(self.amounts[line]) > gap]
        share, rest = divmod(gap, len(movable)) if movable else (0, 0)
        for place, line in enumerate(movable):
            step = share + (place < rest)
            if step:
                self.move(line, sign * step)


_INTO = 8
"""What part of its bounds a sum goes into them."""
