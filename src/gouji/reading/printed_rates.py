"""Percentages printed in columns of their own beside the amounts of a table: 增减%, 完成预算%, 占比."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.documents import Cell
from gouji.facts import Place, Presence, Printed, Unit, as_printed
from gouji.reading.heads import Heads


class PrintedRate(NamedTuple):
    """One percentage. ``kind`` is what the lexicon calls its column (增减比例, 完成比例, 占比); ``near`` are the columns of
    amounts between it and the percentage of its kind before it, ``left`` all that stand left of it, by their heads. A
    ``printed`` value is in per cent where a sign of per cent stands beside it; else the column has to tell."""

    kind: str
    printed: Printed
    place: Place
    row: int
    row_label: str
    column: str
    lane: int
    near: tuple[str, ...]
    left: tuple[str, ...]


class RateColumn(NamedTuple):
    """A column of percentages: where it is, and the columns of amounts that it may be about."""

    col: int
    kind: str
    near: tuple[int, ...]
    left: tuple[int, ...]


def rate_columns(heads: Heads) -> dict[int, list[RateColumn]]:
    """The columns of percentages of each lane: the one whose amounts they stand behind."""
    found: dict[int, list[RateColumn]] = {}
    for col, sense in enumerate(heads.columns):
        if sense.role != "rate" or sense.meaning is None:
            continue
        behind = [lane for lane in heads.lanes if lane.amounts and lane.amounts[0] < col]
        if not behind:
            continue
        lane = behind[-1]
        own = found.setdefault(lane.position, [])
        left = tuple(amount for amount in lane.amounts if amount < col)
        since = max((one.col for one in own if one.kind == sense.meaning.detail), default=-1)
        near = tuple(amount for amount in left if amount > since)
        own.append(RateColumn(col, sense.meaning.detail, near, left))
    return found


def percentage(cell: Cell) -> Printed | None:
    """The percentage of a cell; ``None`` where it holds none, or was recognised in an image."""
    printed = as_printed(cell.text, Unit.PERCENT) if cell.recognition is None else None
    return printed if printed is not None and printed.presence is Presence.NUMBER else None


def named(columns: Sequence[int], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[col] for col in columns)
