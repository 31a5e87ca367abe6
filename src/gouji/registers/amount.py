"""An amount of money in a register: exact 元 with at most two decimals."""

from __future__ import annotations

from decimal import Decimal

from gouji.facts import Presence, Unit, as_printed
from gouji.registers.sheet import Cell, Flaw

_CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 13
"""Beyond this a spreadsheet no longer keeps 分 apart (15 significant digits); no public body comes near."""


def exact(number: float) -> Decimal | Flaw:
    """The decimal number that a binary one stands for: spreadsheets keep 15 digits, the rest is noise
    (0.1+0.2 is stored as 0.30000000000000004)."""
    value = Decimal(format(number, ".15g"))
    if not value.is_finite() or abs(value) >= LARGEST:
        return Flaw(f"数字{number!r}太大，无法精确到分，请核对")
    return value


def read_amount(cell: Cell) -> Decimal | Flaw | None:
    """元 to the 分, ``None`` for a blank, or what is wrong with the cell.

    A number kept as text is read when nothing about it is in doubt: ``1,234.50`` is, ``12万`` and ``—``
    are not.
    """
    if cell is None or isinstance(cell, Flaw):
        return cell
    if isinstance(cell, str):
        printed = as_printed(cell, Unit.YUAN)
        if printed is None or printed.presence is not Presence.NUMBER or printed.unit is not Unit.YUAN:
            return Flaw(f"这里要填数字，写的是“{cell}”")
        value = printed.value
    else:
        value = cell
    if abs(value) >= LARGEST:
        return Flaw(f"数字{cell}太大，无法精确到分，请核对")
    cents = value.quantize(_CENT)
    if cents != value:
        return Flaw(f"金额最多两位小数，写的是{value.normalize():f}")
    return cents
