"""A figure as it was printed: its characters, its value, its decimals, its unit. Float never appears."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from gouji.facts.interval import Interval
from gouji.facts.unit import Unit


class Presence(StrEnum):
    """The ways a place can be filled. They are different things and are never folded into one another."""

    NUMBER = "number"
    """A figure, zero included: ``0`` and ``0.00`` say that there was nothing."""
    NIL = "nil"
    """A blank cell: counts as nothing in a sum, but nobody wrote a zero."""
    DASH = "dash"
    """A dash in place of a figure."""
    HIDDEN = "hidden"
    """A figure that its cell was too narrow to show (``####``): there is one, and nobody can tell which."""


class Printed(NamedTuple):
    """What stands in one place. ``value`` is in ``unit`` and exact; it is zero where nothing was written.

    ``decimals`` are those printed; ``precision`` those the place is known to have: a column that prints two
    decimals elsewhere and ``10`` here has dropped ``.00``, so ``precision`` is 2 (see :func:`as_printed`).
    """

    text: str
    value: Decimal
    decimals: int
    unit: Unit
    presence: Presence
    precision: int

    @property
    def base(self) -> Decimal:
        """The value in base units (元, or one)."""
        return self.value * self.unit.scale

    @property
    def half_width(self) -> Decimal:
        """Half of one unit of the last place, in base units; nothing for a blank and for things that are counted."""
        if self.presence is not Presence.NUMBER or (self.unit is Unit.COUNT and not self.decimals):
            return _ZERO
        return _half_of_last_place(self.precision, self.unit)

    @property
    def interval(self) -> Interval:
        """What the quantity can have been, in base units, if it was rounded to the nearest."""
        return Interval.around(self.base, self.half_width)

    def with_precision(self, precision: int) -> Printed:
        """The same figure, known to be printed to at least ``precision`` decimals.

        A figure of so many digits that a spreadsheet cell would have cut its decimals stays as it is: 535987052.4 in
        a column of two decimals may have been 535987052.43.
        """
        whole_digits = self.value.adjusted() + 1 if self.value else 1
        if precision <= self.precision or whole_digits + precision > _GENERAL_DIGITS:
            return self
        return self._replace(precision=precision)


@cache
def _half_of_last_place(precision: int, unit: Unit) -> Decimal:
    return Decimal(5).scaleb(-precision - 1) * unit.scale


_ZERO = Decimal(0)
_GENERAL_DIGITS = 10
"""Digits that a spreadsheet shows of a number without a format of its own."""
_MOST_DIGITS = 20
"""Sign and point included. A longer row of digits is an account or a serial number, and no sum of such would be exact
in the 28 digits that decimals are reckoned with."""
_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)")
_DASHES = frozenset(
    {"-", "--", "---", "—", "——", "－", "–", "―", "─", "‐", "‑", "ー", "/", "\\", "N/A", "无"}
)
_FOLD = str.maketrans("０１２３４５６７８９．，－＋（）％—–−‐‑△▲Δ", "0123456789.,-+()%--------")
_FEWEST_HASHES = 3
_UNSEEN = {0x200B: None, 0xFEFF: None}
"""Blanks of no width."""


def as_printed(text: str, unit: Unit) -> Printed | None:
    """Read one place. ``None`` when it holds words, not a figure (shown or hidden), a dash or a blank.

    Thousands separators, full-width digits, blanks inside a number, accounting brackets and triangles (△) for
    negatives and a point without a zero before it are understood; a trailing ``%`` makes the unit per cent. More digits than any amount has are words.
    """
    folded = "".join(text.split())
    if not folded.isascii():
        folded = folded.translate(_UNSEEN)
    if not folded:
        return Printed(text, _ZERO, 0, unit, Presence.NIL, 0)
    if folded in _DASHES:
        return Printed(text, _ZERO, 0, unit, Presence.DASH, 0)
    if len(folded) >= _FEWEST_HASHES and not folded.strip("#＃"):
        return Printed(text, _ZERO, 0, unit, Presence.HIDDEN, 0)
    folded = folded.translate(_FOLD)
    if folded.endswith("%"):
        folded, unit = folded[:-1], Unit.PERCENT
    negative = folded.startswith("(") and folded.endswith(")")
    if negative:
        folded = folded[1:-1]
    if not _NUMBER.fullmatch(folded):
        return None
    digits = folded.replace(",", "")
    if len(digits) > _MOST_DIGITS:
        return None
    value = Decimal(digits)
    decimals = len(folded.partition(".")[2])
    return Printed(text, -value if negative else value, decimals, unit, Presence.NUMBER, decimals)


def render(amount: Decimal, unit: Unit, decimals: int, *, grouping: bool = False) -> str:
    """Print an exact amount of base units in ``unit``, rounded half up as accountants do.

    >>> render(Decimal("3044783.12"), Unit.WAN_YUAN, 2)
    '304.48'
    """
    rounded = (amount / unit.scale).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    return f"{rounded:,}" if grouping else f"{rounded:f}"
