"""A table on A4: which way the page lies, how large the type, how high the rows. One answer for Word and
PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.writing.disclosure import Table
from gouji.writing.measure import half_characters, measure

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


_TITLE_LARGEST, _TITLE_SMALLEST = 16.0, 11.0
TEXT_WIDTH = 442
"""Points across a page of running text."""
_PART_SMALLEST = 16.0
_CONTENTS_LARGEST, _CONTENTS_SMALLEST = 12.0, 9.0
_CONTENTS_WIDTH = 400
"""Points that a line of the contents has, page number and leaders left out."""


def title_size(title: str, sheet: Paper) -> float:
    """The size of a form's title in points: as large as one line allows."""
    return _fitting(title, sheet.width, _TITLE_LARGEST, _TITLE_SMALLEST)


def part_size(title: str, largest: float) -> float:
    """The size of the title of a part on a page of running text: as large as one line allows."""
    return _fitting(title, TEXT_WIDTH, largest, _PART_SMALLEST)


def contents_size(lines: Sequence[str], width: float = _CONTENTS_WIDTH) -> float:
    """The size of the contents in points: as large as lets every line stand on one of ``width`` points."""
    sizes = (_fitting(line, width, _CONTENTS_LARGEST, _CONTENTS_SMALLEST) for line in lines)
    return min(sizes, default=_CONTENTS_LARGEST)


def _fitting(text: str, width: float, largest: float, smallest: float) -> float:
    return min(largest, max(smallest, _down(2 * width / max(1, half_characters(text)))))


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
