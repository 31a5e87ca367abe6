"""The cells and lines of a level scanned page: every line of text is cut at the ruling lines before it is read, so that
none has to be divided between cells afterwards. Ink in a cell in which no text was found is looked at a second time, and
what stays unread is said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from gouji.documents.cell_text import tidy
from gouji.documents.model import Box, Cell, Paragraph, Place, Recognition, Table
from gouji.documents.ruling import Grid, Strokes, grids
from gouji.documents.scans.areas import around, in_rows, nearest, parted, stacked
from gouji.documents.scans.engine import Area, Line, find_lines, read_lines
from gouji.documents.scans.figure import tidy_figure
from gouji.documents.scans.level import PAPER, level_page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gouji.documents.scans.engine import Pixels

SURE = 0.9
"""A figure whose least sure character is less sure than this is doubted."""

_WORTHLESS = 0.5
"""Less sure lines are marks, not text."""

_SPECK = 0.5
"""Points; smaller ink is dirt. A decimal point is larger."""

_MARK = 2.0
"""Points; smaller ink is no text by itself."""

_MOST_TILTED = 0.6
"""Share of lines that are higher than wide from which on the page lies on its side."""

_DASHES = ("-", "—")

_LONG_LINE = 30.0
"""Points; shorter lines do not tell which way they run."""


class Sheet(NamedTuple):
    """The image of a page, and the map from its pixels back to those of the page as it was given (2 x 3)."""

    grey: Pixels
    back: NDArray[np.float64]


def chained(first: NDArray[np.float64], then: NDArray[np.float64]) -> NDArray[np.float64]:
    """The map that applies ``then`` and after it ``first`` (both 2 x 3)."""
    last_row = np.array([[0.0, 0.0, 1.0]])
    return np.asarray((np.vstack([first, last_row]) @ np.vstack([then, last_row]))[:2], np.float64)


class _Spot(NamedTuple):
    """A line of text to be read: its area in level pixels, and the cell (grid, number) that it stands in."""

    area: Area
    cell: tuple[int, int] | None


@dataclass(slots=True)
class _Read:
    """The lines of one cell or of the open page, read."""

    lines: list[tuple[Area, Line]] = field(default_factory=list)
    unread: bool = False


class SheetReader:
    """One page on its way to blocks. ``scale`` is its pixels per point. Raises OcrMissing."""

    def __init__(self, sheet: Sheet, number: int, scale: float) -> None:
        self.sheet = sheet
        self.level = level = level_page(sheet.grey, scale)
        self.number = number
        self.scale = scale
        self.back = chained(sheet.back, level.turn)
        self.found = find_lines(level.grey)
        self.height = level.grey.shape[0]
        self.grids = grids(level.strokes, Strokes([], []))
        self.in_cells: dict[tuple[int, int], _Read] = defaultdict(_Read)
        self.outside = _Read()
        self.unread = 0
        self._marks = self._ink_marks()

    def lies_on_its_side(self) -> bool:
        """Whether most lines run down the page."""
        long = [
            area for area in self.found if max(area.x1 - area.x0, area.y1 - area.y0) > _LONG_LINE * self.scale
        ]
        upright = sum(area.y1 - area.y0 > 1.5 * (area.x1 - area.x0) for area in long)
        return upright > _MOST_TILTED * len(long)

    def sureness(self) -> float:
        """How surely the lines of the page were read, on average; one that shows no text is sure of it."""
        lines = [line for read in (self.outside, *self.in_cells.values()) for _, line in read.lines]
        lines = [line for line in lines if len(line.text) > 2]
        return sum(line.sureness for line in lines) / len(lines) if lines else 1.0

    # ---- where text stands

    def read(self) -> None:
        """Find the lines, cut them at the ruling lines, and read them all at once."""
        bands: dict[tuple[int, int], list[Area]] = defaultdict(list)
        spots: list[_Spot] = []
        for area in self.found:
            pieces = self._cut(area)
            if not pieces:
                spots.append(_Spot(area, None))
            for cell, piece in pieces:
                bands[cell].append(piece)
        sizes = sorted(area.y1 - area.y0 for areas in bands.values() for area in areas)
        usual = sizes[len(sizes) // 2] if sizes else round(10 * self.scale)
        for cell in {*bands, *self._marks}:
            spots.extend(_Spot(area, cell) for area in self._lines_in(cell, bands.get(cell, []), usual))
        spots.sort(key=lambda spot: (spot.cell or (-1, -1), spot.area.y0, spot.area.x0))
        images = [self._image(spot, usual) for spot in spots]
        for spot, line in zip(spots, read_lines(images), strict=True):
            self._keep(spot, line, usual)

    def _cut(self, area: Area) -> list[tuple[tuple[int, int], Area]]:
        """The pieces of a line in the cells of the grid in which it stands; nothing outside all grids."""
        middle = (self.height - (area.y0 + area.y1) / 2) / self.scale
        for index in self._by_size():
            grid = self.grids[index]
            left, right = grid.xs[0] * self.scale, grid.xs[-1] * self.scale
            inside = min(area.x1, right) - max(area.x0, left)
            if not (grid.ys[-1] < middle < grid.ys[0]) or 2 * inside < area.x1 - area.x0:
                continue
            row = bisect_right([-y for y in grid.ys], -middle) - 1
            pieces: list[tuple[tuple[int, int], Area]] = []
            for owner in dict.fromkeys(grid.owners[row * grid.n_cols : (row + 1) * grid.n_cols]):
                frame = self._frame(grid, owner)
                piece = Area(
                    max(area.x0, frame.x0),
                    max(area.y0, frame.y0),
                    min(area.x1, frame.x1),
                    min(area.y1, frame.y1),
                )
                if piece.x1 - piece.x0 > _MARK * self.scale and piece.y0 < piece.y1:
                    pieces.append(((index, owner), piece))
            return pieces
        return []

    def _by_size(self) -> list[int]:
        """The grids, those inside others first."""

        def size(index: int) -> float:
            grid = self.grids[index]
            return (grid.xs[-1] - grid.xs[0]) * (grid.ys[0] - grid.ys[-1])

        return sorted(range(len(self.grids)), key=size)

    def _frame(self, grid: Grid, owner: int) -> Area:
        """A cell in pixels, to the middle of its lines."""
        cell = grid.cells[owner]
        return Area(
            round(grid.xs[cell.col] * self.scale),
            round(self.height - grid.ys[cell.row] * self.scale),
            round(grid.xs[cell.col + cell.col_span] * self.scale),
            round(self.height - grid.ys[cell.row + cell.row_span] * self.scale),
        )

    def _ink_marks(self) -> dict[tuple[int, int], list[Area]]:
        """The connected pieces of ink in each cell, without dirt and without what is left of ruling lines."""
        marks: dict[tuple[int, int], list[Area]] = defaultdict(list)
        if not self.grids:
            return marks
        _, _, stats, _ = cv2.connectedComponentsWithStats(self.level.ink, connectivity=8)
        least = max(3.0, (_SPECK * self.scale) ** 2)
        order = self._by_size()
        for x, y, wide, high, area in stats[1:].tolist():
            if area < least:
                continue
            mark = Area(x, y, x + wide, y + high)
            across, upwards = (x + wide / 2) / self.scale, (self.height - y - high / 2) / self.scale
            for index in order:
                grid = self.grids[index]
                if grid.xs[0] < across < grid.xs[-1] and grid.ys[-1] < upwards < grid.ys[0]:
                    row = bisect_right([-y for y in grid.ys], -upwards) - 1
                    owner = grid.owners[row * grid.n_cols + bisect_right(grid.xs, across) - 1]
                    if not self._is_line_rest(mark, self._frame(grid, owner)):
                        marks[index, owner].append(mark)
                    break
        return marks

    def _is_line_rest(self, mark: Area, frame: Area) -> bool:
        near = 2.0 * self.scale
        flat = mark.y1 - mark.y0 <= near and (mark.y0 - frame.y0 < near or frame.y1 - mark.y1 < near)
        thin = mark.x1 - mark.x0 <= near and (mark.x0 - frame.x0 < near or frame.x1 - mark.x1 < near)
        return flat or thin

    def _lines_in(self, cell: tuple[int, int], found: list[Area], usual: int) -> list[Area]:
        """The lines of a cell as high as their ink: what was found in the page, and ink that was overlooked."""
        frame = self._frame(self.grids[cell[0]], cell[1])
        rows = [[area for area, _ in row] for row in in_rows([(area, None) for area in found])]
        bands = [around(row) for row in rows]
        marks: list[list[Area]] = [[] for _ in rows]
        loose: list[Area] = []
        for mark in self._marks.get(cell, []):
            near = nearest(mark, bands)
            (loose if near is None else marks[near]).append(mark)
        least = _MARK * self.scale
        for band in stacked(mark for mark in loose if max(mark.x1 - mark.x0, mark.y1 - mark.y0) >= least):
            bands.append(band)
            rows.append([band])
            marks.append([mark for mark in loose if band.y0 <= (mark.y0 + mark.y1) / 2 <= band.y1])
        lines: list[Area] = []
        for band, row, own in zip(bands, rows, marks, strict=True):
            for piece in parted([*row, *own], 2.5 * max(usual, band.y1 - band.y0)):
                ink = [mark for mark in own if piece.x0 <= mark.x0 and mark.x1 <= piece.x1]
                if ink:
                    high = around(ink)
                    lines.append(Area(piece.x0, max(high.y0, band.y0), piece.x1, min(high.y1, band.y1)))
                elif not own:
                    # White characters on a dark ground.
                    rim = (band.y1 - band.y0) // 6
                    y0, y1 = max(frame.y0, band.y0 + rim), min(frame.y1, band.y1 - rim)
                    lines += [Area(piece.x0, y0, piece.x1, y1)] if y0 < y1 else []
        return lines

    # ---- what it says

    def _image(self, spot: _Spot, usual: int) -> Pixels:
        """The image of one line with paper around it, as lines are found in pages."""
        area = spot.area
        if spot.cell is None:
            return self.level.grey[area.y0 : area.y1, area.x0 : area.x1]
        frame = self._frame(self.grids[spot.cell[0]], spot.cell[1])
        high = max(area.y1 - area.y0, round(0.5 * usual))
        beside, above = round(0.3 * high), round(0.2 * high)
        # A low mark (a dash) stands in the middle of a line of usual height.
        above += max(0, high - (area.y1 - area.y0)) // 2
        x0, x1 = max(frame.x0, area.x0 - beside), min(frame.x1, area.x1 + beside)
        y0, y1 = max(frame.y0, area.y0 - above), min(frame.y1, area.y1 + above)
        x0, x1, y0, y1 = min(x0, area.x0), max(x1, area.x1), min(y0, area.y0), max(y1, area.y1)
        piece = self.level.grey[max(0, y0) : y1, max(0, x0) : x1]
        paper = int(np.percentile(piece, 90)) if piece.size else PAPER
        return np.asarray(
            cv2.copyMakeBorder(
                piece, above - (area.y0 - y0), above - (y1 - area.y1), beside - (area.x0 - x0), beside - (x1 - area.x1),
                cv2.BORDER_CONSTANT, value=paper,
            ),
            np.uint8,
        )  # fmt: skip

    def _keep(self, spot: _Spot, line: Line, usual: int) -> None:
        wide, high = spot.area.x1 - spot.area.x0, spot.area.y1 - spot.area.y0
        if spot.cell is None:
            if line.text.strip() and line.sureness >= _WORTHLESS:
                self.outside.lines.append((spot.area, line))
            return
        read = self.in_cells[spot.cell]
        if wide > 2.5 * high and high < 0.25 * usual and wide < 2 * usual:
            line = Line(_DASHES[wide >= 0.7 * usual], 1.0)
        if line.text.strip() and (line.sureness >= _WORTHLESS or any(char.isdigit() for char in line.text)):
            read.lines.append((spot.area, line))
        elif high > 0.4 * usual and wide > 0.3 * usual:
            read.unread = True

    # ---- blocks

    def blocks(self) -> list[Paragraph | Table]:
        """Tables and paragraphs from the top."""
        blocks: list[tuple[float, Paragraph | Table]] = []
        for index, grid in enumerate(self.grids):
            blocks.append((self.height - grid.ys[0] * self.scale, self._table(index, grid)))
        for line in in_rows([*self.outside.lines]):
            blocks.append((float(min(area.y0 for area, _ in line)), self._paragraph(line)))
        return [block for _, block in sorted(blocks, key=lambda pair: pair[0])]

    def _table(self, index: int, grid: Grid) -> Table:
        cells = []
        ref = f"第{self.number}页"
        for owner, (row, col, row_span, col_span) in enumerate(grid.cells):
            read = self.in_cells.get((index, owner), _Read())
            recognition, text = _cell_text(read)
            self.unread += bool(read.unread and not text)
            box = (grid.xs[col], grid.ys[row], grid.xs[col + col_span], grid.ys[row + row_span])
            place = Place(self.number, self._box(*(edge * self.scale for edge in box), upwards=True), ref)
            cells.append(Cell(text, row, col, row_span, col_span, place, recognition=recognition))
        edges = (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
        place = Place(self.number, self._box(*(edge * self.scale for edge in edges), upwards=True), ref)
        return Table(grid.n_rows, grid.n_cols, cells, place, tuple(grid.xs))

    def _paragraph(self, line: Sequence[tuple[Area, Line]]) -> Paragraph:
        text = ""
        previous: Area | None = None
        for area, read in line:
            if previous is not None and area.x0 - previous.x1 > 0.5 * (area.y1 - area.y0):
                text += " "
            text += read.text.strip()
            previous = area
        box = self._box(*around([area for area, _ in line]))
        return Paragraph(text, Place(self.number, box, f"第{self.number}页"))

    def _box(self, x0: float, y0: float, x1: float, y1: float, *, upwards: bool = False) -> Box:
        """A rectangle of level pixels as a box of the page as it was given."""
        if upwards:
            y0, y1 = self.height - y0, self.height - y1
        corners = self.back @ np.array([[x0, x1, x0, x1], [y0, y0, y1, y1], [1.0, 1.0, 1.0, 1.0]])
        low, high = corners.min(axis=1) / self.scale, corners.max(axis=1) / self.scale
        return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _cell_text(read: _Read) -> tuple[Recognition, str]:
    """How the text of a cell was recognised, and the text."""
    if not read.lines:
        return (Recognition("", 0, "有墨迹，但认不出文字") if read.unread else Recognition("", 100)), ""
    # A dash by itself says that nothing is stated; beside other text it is what is left of a line.
    lines = [pair for pair in read.lines if pair[1].text not in _DASHES]
    rows = in_rows(lines or read.lines[:1])
    text = tidy("\n".join(" ".join(line.text.strip() for _, line in row) for row in rows)).text
    sureness = min(line.sureness for _, line in read.lines)
    figure = tidy_figure(text)
    doubt = ""
    if figure is not None and figure != "".join(text.split()).replace("，", ","):
        doubt = f"识别为“{text}”"
    elif read.unread:
        doubt = "有一部分墨迹认不出"
    elif sureness < SURE and any(char.isdigit() for char in text):
        doubt = f"识别把握只有{int(100 * sureness)}%"
    return Recognition(text, int(100 * sureness), doubt), figure or text
