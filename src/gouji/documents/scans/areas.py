"""Areas of pixels put together: into lines of text, and lines into rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from gouji.documents.scans.engine import Area

_T = TypeVar("_T")


def around(areas: Iterable[Area]) -> Area:
    x0, y0, x1, y1 = zip(*areas, strict=True)
    return Area(min(x0), min(y0), max(x1), max(y1))


def parted(areas: Iterable[Area], gap: float) -> list[Area]:
    """Areas of one line put together, parted where a gap is wide."""
    pieces: list[Area] = []
    for area in sorted(areas):
        if pieces and area.x0 - pieces[-1].x1 <= gap:
            pieces[-1] = around([pieces[-1], area])
        else:
            pieces.append(area)
    return pieces


def nearest(mark: Area, bands: Sequence[Area]) -> int | None:
    """The number of the line that a mark stands in."""
    middle = (mark.y0 + mark.y1) / 2
    distances = [(abs(middle - (band.y0 + band.y1) / 2), number) for number, band in enumerate(bands)]
    inside = [(away, number) for away, number in distances if 2 * away <= bands[number].y1 - bands[number].y0]
    return min(inside)[1] if inside else None


def stacked(areas: Iterable[Area]) -> list[Area]:
    """Areas beside each other put together: one area per line of text, from the top."""
    bands: list[Area] = []
    for area in sorted(areas, key=lambda area: area.y0):
        if bands:
            last = bands[-1]
            shared = min(last.y1, area.y1) - area.y0
            if 2 * shared > min(last.y1 - last.y0, area.y1 - area.y0):
                bands[-1] = around([last, area])
                continue
        bands.append(area)
    return bands


def in_rows(lines: Sequence[tuple[Area, _T]]) -> list[list[tuple[Area, _T]]]:
    """What stands beside each other in one row from the left, rows from the top."""
    rows: list[list[tuple[Area, _T]]] = []
    for area, line in sorted(lines, key=lambda pair: pair[0].y0 + pair[0].y1):
        middle = (area.y0 + area.y1) / 2
        if rows:
            first = rows[-1][0][0]
            if middle - (first.y0 + first.y1) / 2 < 0.35 * min(first.y1 - first.y0, area.y1 - area.y0):
                rows[-1].append((area, line))
                continue
        rows.append([(area, line)])
    for row in rows:
        row.sort(key=lambda pair: pair[0].x0)
    return rows
