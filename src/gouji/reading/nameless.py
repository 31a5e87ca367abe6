"""The total row of a list that does not say that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.facts import Presence, Unit, as_printed
from gouji.reading.heads import Lane
from gouji.reading.joined import GridCell

_FEWEST_ROWS = 2


def nameless_total(rows: Sequence[Sequence[GridCell]], lane: Lane) -> int | None:
    """The number of the row that is a total without a name: the only one of the list without any name, at its top or
    bottom, and in no column less than any other row. ``None`` where there is none."""
    unnamed = [
        index for index, row in enumerate(rows) if row and not any(_text(row, col) for col in lane.keys)
    ]
    if not any(_figures(rows[index], lane) for index in unnamed):
        return None
    filled = {index: figures for index, row in enumerate(rows) if (figures := _figures(row, lane))}
    nameless = [index for index in unnamed if index in filled]
    if len(nameless) != 1 or len(filled) <= _FEWEST_ROWS or nameless[0] not in (min(filled), max(filled)):
        return None
    whole = filled.pop(nameless[0])
    for other in filled.values():
        if any(col not in whole or whole[col] < value for col, value in other.items()):
            return None
    return nameless[0]


def _figures(row: Sequence[GridCell], lane: Lane) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for col in lane.amounts:
        printed = as_printed(_text(row, col), Unit.WAN_YUAN)
        if printed is not None and printed.presence is Presence.NUMBER:
            found[col] = printed.value
    return found


def _text(row: Sequence[GridCell], col: int) -> str:
    return row[col].cell.text if col < len(row) and row[col].anchor else ""
