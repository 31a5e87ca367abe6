"""A scanned page, whichever way it lies, becomes tables and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from gouji.documents.model import Page, Paragraph, Table
from gouji.documents.ruling import Strokes, grids
from gouji.documents.scans.cells import Sheet, SheetReader, chained
from gouji.documents.scans.engine import Area, read_lines
from gouji.documents.scans.level import level_page

if TYPE_CHECKING:
    from gouji.documents.scans.engine import Pixels
    from gouji.documents.scans.images import PageImage

COARSE = 140
"""Dots per inch; of coarser images figures may be read wrongly and yet surely, so all of them are doubted."""

TOO_COARSE = 80
"""Dots per inch; at 72 one figure in twenty comes out wrong, so coarser images are not read."""

_UPRIGHT = 0.75
"""Mean sureness below which a page may stand on its head."""

_COVERED = 0.5
"""Share of a page that a scan covers. Smaller images are pictures, unless they show a table that was pasted in."""

_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 2
"""Of a table in a picture; the frames and axes of charts draw fewer."""

_SAME = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


class ScannedPage(NamedTuple):
    """``unread`` counts the cells with ink that could not be read. A page that is too coarse has no blocks, nor has one
    that shows a picture (a chart, a photo) and was left unread."""

    page: Page
    blocks: list[Paragraph | Table]
    unread: int


def read_page(image: PageImage) -> ScannedPage:
    """Read the image of a page. Places are in points of the image as it was given. Raises OcrMissing."""
    grey, number, scale = image.grey, image.number, image.pixels_per_point
    height, width = grey.shape
    page = Page(number, width / scale, height / scale, scanned=True, doubt=_doubt(image.dots_per_inch))
    if image.covered < _COVERED and not _holds_table(grey, scale):
        return ScannedPage(Page(number, width / scale, height / scale, unread=True), [], 0)
    if image.dots_per_inch < TOO_COARSE:
        return ScannedPage(page, [], 0)
    reader = SheetReader(Sheet(grey, _SAME), number, scale)
    if reader.lies_on_its_side():
        reader = SheetReader(_stood_up(grey, reader.found), number, scale)
    reader.read()
    if reader.sureness() < _UPRIGHT:
        turned = np.asarray(cv2.rotate(reader.sheet.grey, cv2.ROTATE_180), np.uint8)
        high, wide = turned.shape
        flip = np.array([[-1.0, 0.0, wide], [0.0, -1.0, high]])
        other = SheetReader(Sheet(turned, chained(reader.sheet.back, flip)), number, scale)
        other.read()
        reader = max(reader, other, key=SheetReader.sureness)
    return ScannedPage(page, reader.blocks(), reader.unread)


def _holds_table(grey: Pixels, scale: float) -> bool:
    return any(
        grid.n_rows >= _FEWEST_ROWS and grid.n_cols >= _FEWEST_COLUMNS
        for grid in grids(level_page(grey, scale).strokes, Strokes([], []))
    )


def _doubt(dots_per_inch: float) -> str:
    """Why nothing on a page of this resolution is certain, in Chinese; empty where it is fine enough."""
    if dots_per_inch >= COARSE:
        return ""
    result = "数字可能认错" if dots_per_inch >= TOO_COARSE else "认不准，没有读入"
    return f"扫描分辨率只有约{int(dots_per_inch)}dpi，{result}"


def _stood_up(grey: Pixels, areas: Sequence[Area]) -> Sheet:
    """A page that lies on its side, turned the way in which its lines can be read."""
    height, width = grey.shape
    clockwise = np.asarray(cv2.rotate(grey, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    other = np.asarray(cv2.rotate(grey, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    lines = [Area(height - area.y1, area.x0, height - area.y0, area.x1) for area in areas]
    lines_other = [_flipped(area, height, width) for area in lines]
    if _sureness(clockwise, lines) >= _sureness(other, lines_other):
        return Sheet(clockwise, np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, height]]))
    return Sheet(other, np.array([[0.0, -1.0, width], [1.0, 0.0, 0.0]]))


def _flipped(area: Area, width: int, height: int) -> Area:
    return Area(width - area.x1, height - area.y1, width - area.x0, height - area.y0)


def _sureness(grey: Pixels, areas: Sequence[Area]) -> float:
    """How surely the longest lines of a page can be read."""
    longest = sorted(areas, key=lambda area: area.x0 - area.x1)[:8]
    read = read_lines([grey[area.y0 : area.y1, area.x0 : area.x1] for area in longest])
    return sum(line.sureness for line in read) / max(1, len(read))
