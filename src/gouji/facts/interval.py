"""Closed intervals of exact numbers: what a printed figure can have been before it was rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Interval(NamedTuple):
    """All numbers from ``lo`` to ``hi``, both included; empty when ``lo > hi``.

    Closed on both sides on purpose: 236.63 and 236.64 can be one amount (236.635, rounded by two hands).
    """

    lo: Decimal
    hi: Decimal

    @classmethod
    def around(cls, centre: Decimal, half_width: Decimal) -> Interval:
        return cls(centre - half_width, centre + half_width)

    @property
    def is_empty(self) -> bool:
        return self.lo > self.hi

    @property
    def centre(self) -> Decimal:
        return (self.lo + self.hi) / 2

    def plus(self, other: Interval) -> Interval:
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def without(self, other: Interval) -> Interval:
        """What was there before ``other`` was added: ``a.plus(b).without(b)`` is ``a``."""
        return Interval(self.lo - other.lo, self.hi - other.hi)

    def times(self, factor: int | Decimal) -> Interval:
        if factor >= 0:
            return Interval(self.lo * factor, self.hi * factor)
        return Interval(self.hi * factor, self.lo * factor)

    def meet(self, other: Interval) -> Interval:
        return Interval(max(self.lo, other.lo), min(self.hi, other.hi))

    def meets(self, other: Interval) -> bool:
        return self.lo <= other.hi and other.lo <= self.hi

    def holds(self, number: Decimal) -> bool:
        return self.lo <= number <= self.hi


EVERYTHING = Interval(Decimal("-1e30"), Decimal("1e30"))
"""Every amount a public body could print."""
