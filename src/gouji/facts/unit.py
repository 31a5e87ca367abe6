"""Units of measure and their size in base units."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """The unit a figure is printed in. Money is held in 元, everything else in itself."""

    YUAN = "元"
    THOUSAND_YUAN = "千元"
    WAN_YUAN = "万元"
    YI_YUAN = "亿元"
    PERCENT = "%"
    COUNT = "个"

    @property
    def is_money(self) -> bool:
        return self in _YUAN_PER

    @property
    def scale(self) -> Decimal:
        """How many base units (元, or one) make one of this unit."""
        return _YUAN_PER.get(self, _ONE)


_ONE = Decimal(1)
_YUAN_PER = {
    Unit.YUAN: _ONE,
    Unit.THOUSAND_YUAN: Decimal(1000),
    Unit.WAN_YUAN: Decimal(10_000),
    Unit.YI_YUAN: Decimal(100_000_000),
}
