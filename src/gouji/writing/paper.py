"""A table on A4: which way the page lies, how large the type, how high the rows. One answer for Word and
PDF."""

from __future__ import annotations

from typing import NamedTuple

from gouji.writing.disclosure import Table
from gouji.writing.measure import measure

SHORT, LONG = 595, 842
"""The sides of A4 in points."""
MARGIN = 40
"""White on every side of the page, in points."""
_AROUND = 86
"""Points that title, number, body line and the foot of the page take on the first page of a form."""
_NOTE_LINE = 14
_LARGEST, _SMALLEST = 10.5, 7.0
_ROW_MOST, _ROW_LEAST = 19.0, 11.5


class Paper(NamedTuple):
    """``size`` is the size of type and ``row`` the least height of a row, in points; ``columns`` the widths
    in points, which fill the page from margin to margin."""

    landscape: bool
    size: float
    row: float
    columns: tuple[float, ...]

    @property
    def width(self) -> int:
        """The width between the margins."""
        return (LONG if self.landscape else SHORT) - 2 * MARGIN


def paper(table: Table) -> Paper:
    """The page of a form: upright if nine-point type fits, rows as high as one page allows."""
    wanted = measure(table)
    width = (LONG if wanted.landscape else SHORT) - 2 * MARGIN
    height = (SHORT if wanted.landscape else LONG) - 2 * MARGIN
    size = min(_LARGEST, max(_SMALLEST, _down(2 * width / wanted.total)))
    notes = sum(-(-2 * len(note) * size / 2 // width) for note in table.notes)
    fitting = (height - _AROUND - notes * _NOTE_LINE) / table.grid.n_rows
    row = min(_ROW_MOST, fitting) if fitting >= _ROW_LEAST else _ROW_MOST - 1
    size = min(size, _down(row * 0.72)) if fitting >= _ROW_LEAST else size
    columns = tuple(round(width * column / wanted.total, 2) for column in wanted.widths)
    return Paper(wanted.landscape, size, round(row, 2), columns)


def _down(points: float) -> float:
    """Rounded down to half a point, as type comes."""
    return int(points * 2) / 2
