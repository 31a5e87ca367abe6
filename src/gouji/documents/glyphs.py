"""The glyphs of a PDF page, gathered into runs: neighbours on one baseline with no gap between them.

Runs keep the work per glyph small: a run that falls into one cell is never taken apart.
Glyphs that put no ink on the visible page (outside the page, or cut away by a clip path) are dropped here.
All coordinates are upright (see :class:`gouji.documents.pdfium.Frame`), in points, y upwards.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pypdfium2 import raw

from gouji.documents.garbled import is_garbled
from gouji.documents.pdfium import (
    Frame,
    Handle,
    PageHandle,
    char_origin,
    clip_count,
    clip_path,
    clip_segment,
    clip_segment_count,
    loose_char_box,
    page_text,
    segment_point,
    text_object,
)

Rect = tuple[float, float, float, float]
"""(x0, y0, x1, y1)."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as in PDF: x' = a x + c y + e, y' = b x + d y + f."""

EVERYWHERE: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))

BLANKS = " \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"

NUMERALS = frozenset("0123456789.,%-")

_INKLESS = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00\x01\x03\x04\x05\x06\x07\x08\x0b\x0c\x1f"), " "
)


class Run(NamedTuple):
    """Consecutive glyphs on one baseline."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    """About the font size: the width of a hanzi, twice the mean width of Latin letters and digits."""
    boxes: list[Rect]
    """The box of each character of ``text``. Their x can be trusted; their height depends on the font's
    promises, and a Latin font next to a hanzi font may claim twice the line."""

    @property
    def middle(self) -> float:
        """The y of the middle of the glyphs, from the baseline: box centres differ by font, this does not."""
        return self.baseline + 0.35 * self.size

    def part(self, start: int, end: int) -> Run:
        """The run of the characters ``start`` to ``end`` (exclusive)."""
        boxes = self.boxes[start:end]
        return Run(self.text[start:end], boxes[0][0], boxes[-1][2], self.baseline, self.size, boxes)


class PageGlyphs(NamedTuple):
    """What a page shows, and how many inked glyphs were dropped because nobody can see them."""

    runs: list[Run]
    off_page: int
    clipped: int
    mended: int
    """Glyphs kept although nobody can see them, because the rest of their number can be seen."""
    unmapped: int
    """Glyphs whose character the file does not tell; they read as U+FFFD."""
    slanted: int = 0
    """Glyphs that run neither level nor upright: a watermark (水印) across the page. They are dropped."""
    garbled: bool = False
    """Whether the characters are not those that the page shows; there are no runs then."""


def page_glyphs(page: PageHandle, form_matrices: Mapping[int, Matrix]) -> PageGlyphs:
    """The visible runs of a page in the order of its content stream.

    ``form_matrices`` gives, by the address of a text object, the matrix of the form it is drawn in: clip
    paths are told in the coordinates of the form, glyph boxes in those of the page.
    """
    text = page_text(page.text)
    if is_garbled(text):
        return PageGlyphs([], 0, 0, 0, 0, garbled=True)
    indexed, slanted = _straight(page, _runs(page, text))
    clip_cut = _Cut()
    page_cut = _Cut()
    shown = _unclipped(page, indexed, form_matrices, clip_cut)
    runs = _on_page(shown, page.frame.upright, page_cut)
    return PageGlyphs(
        runs,
        page_cut.dropped,
        clip_cut.dropped,
        clip_cut.mended + page_cut.mended,
        text.count("\ufffd"),
        slanted,
    )


def _straight(page: PageHandle, indexed: list[tuple[int, Run]]) -> tuple[list[tuple[int, Run]], int]:
    """The runs without those of slanted text, and how many characters these have. Slanted characters make a run each, or
    a few at most."""
    text = ctypes.cast(page.text, raw.FPDF_TEXTPAGE)
    kept: list[tuple[int, Run]] = []
    slanted = 0
    for start, run in indexed:
        if len(run.text) <= _FEW and run.text.strip(BLANKS):
            angle = raw.FPDFText_GetCharAngle(text, start) % _QUARTER
            if _SLANT < angle < _QUARTER - _SLANT:
                slanted += len(run.text)
                continue
        kept.append((start, run))
    return kept, slanted


_QUARTER = math.pi / 2
_SLANT = 0.1
"""Radians by which level text may be askew."""
_FEW = 3


def _boxes(page: PageHandle, count: int) -> list[Rect]:
    """The loose box of every character: its advance wide, and as high as its font claims to be."""
    rect = raw.FS_RECTF()
    result = ctypes.byref(rect)
    box_of = loose_char_box
    text = page.text
    boxes: list[Rect] = []
    add = boxes.append
    for index in range(count):
        box_of(text, index, result)
        add((rect.left, rect.bottom, rect.right, rect.top))
    if page.frame.turns:
        upright_box = page.frame.upright_box
        boxes = [upright_box(*box) for box in boxes]
    return boxes


def _runs(page: PageHandle, text: str) -> list[tuple[int, Run]]:
    """The runs of a page, each with the index of its first character."""
    boxes = _boxes(page, len(text))
    text = text.translate(_INKLESS) if not text.isascii() else text
    runs: list[tuple[int, Run]] = []
    start = -1
    last_x1 = last_y0 = last_y1 = 0.0
    for index, (x0, y0, x1, y1) in enumerate(boxes):
        if x0 < x1 and y0 < y1:
            if start >= 0:
                gap = x0 - last_x1
                slack = 0.2 * (x1 - x0) + 0.5
                if -2 * slack < gap < slack and y0 < last_y1 and y1 > last_y0:
                    last_x1 = x1
                    last_y0 = y0
                    last_y1 = y1
                    continue
                runs.append((start, _run(page, text, boxes, start, index)))
            start = index
            last_x1 = x1
            last_y0 = y0
            last_y1 = y1
        else:
            # PDFium's own line ends and blanks have no size; so have glyphs of a broken font.
            if start >= 0:
                runs.append((start, _run(page, text, boxes, start, index)))
                start = -1
            if text[index] not in " \r\n":
                boxes[index] = (x0, y0, x0 + 1.0, y0 + 1.0)
                runs.append((index, _run(page, text, boxes, index, index + 1)))
    if start >= 0:
        runs.append((start, _run(page, text, boxes, start, len(boxes))))
    return runs


_x = ctypes.c_double()
_y = ctypes.c_double()
_x_result = ctypes.byref(_x)
_y_result = ctypes.byref(_y)


def _run(page: PageHandle, text: str, boxes: list[Rect], start: int, end: int) -> Run:
    own = text[start:end]
    own_boxes = boxes[start:end]
    x0 = own_boxes[0][0]
    x1 = own_boxes[-1][2]
    count = end - start
    # In UTF-8 a hanzi takes three bytes and a Latin letter one; (bytes + count) / 4 counts letters as halves.
    size = 4.0 * (x1 - x0) / (len(own.encode("utf-8", "replace")) + count)
    char_origin(page.text, start, _x_result, _y_result)
    turns = page.frame.turns
    baseline = _y.value if turns == 0 else page.frame.upright_box(_x.value, _y.value, _x.value, _y.value)[1]
    return Run(own, x0, x1, baseline, size, own_boxes)


class _Cut:
    """Cuts what cannot be seen off a run, and counts it."""

    def __init__(self) -> None:
        self.dropped = 0
        self.mended = 0

    def pieces(self, run: Run, seen: list[bool]) -> Iterator[Run]:
        """The pieces of a run that stay when only the characters marked in ``seen`` can be seen.

        A number of which a part can be seen stays whole: cut, it would be read as another number. Its unseen
        digits take the place of the last seen one, so that they fall into the same cell.
        """
        keep = list(seen)
        boxes = run.boxes
        for order in (range(1, len(keep)), range(len(keep) - 2, -1, -1)):
            step = order.step
            for index in order:
                if (
                    not keep[index]
                    and keep[index - step]
                    and {run.text[index], run.text[index - step]} <= NUMERALS
                ):
                    keep[index] = True
                    self.mended += 1
                    boxes = [*boxes[:index], boxes[index - step], *boxes[index + 1 :]]
        if boxes is not run.boxes:
            run = run._replace(boxes=boxes)
        self.dropped += sum(
            not kept and char not in BLANKS for char, kept in zip(run.text, keep, strict=True)
        )
        start = -1
        for index, kept in enumerate([*keep, False]):
            if kept and start < 0:
                start = index
            elif not kept and start >= 0:
                yield run.part(start, index)
                start = -1


def _on_page(runs: Iterable[Run], visible: Rect, cut: _Cut) -> list[Run]:
    """The runs without the glyphs whose middle lies outside ``visible``."""
    left, bottom, right, top = visible
    kept: list[Run] = []
    for run in runs:
        if left <= run.x0 and run.x1 <= right and bottom <= run.baseline + 0.35 * run.size <= top:
            kept.append(run)
        else:
            kept.extend(cut.pieces(run, [_middle_inside(box, run.middle, visible) for box in run.boxes]))
    return kept


def _middle_inside(box: Rect, middle: float, rect: Rect) -> bool:
    return rect[0] <= (box[0] + box[2]) / 2 <= rect[2] and rect[1] <= middle <= rect[3]


class _Clips:
    """The clip rectangle of text objects, upright. Consecutive text objects share one clip path, which is
    known by the address of its first point, so a rectangle is computed once per clip path."""

    def __init__(self, frame: Frame, form_matrices: Mapping[int, Matrix]) -> None:
        self._frame = frame
        self._form_matrices = form_matrices
        self._rects: dict[tuple[int, int, Matrix | None], Rect] = {}
        self._owner = 0
        self._owners = EVERYWHERE
        """The text object that was asked for last, by address, and its rectangle."""

    def rect(self, text: Handle, index: int) -> Rect:
        """Where the glyph ``index`` may leave ink."""
        owner = text_object(text, index)
        if not owner:
            return EVERYWHERE
        if owner.value != self._owner:
            self._owner, self._owners = owner.value or 0, self._clip_of(owner)
        return self._owners

    def _clip_of(self, owner: Handle) -> Rect:
        clip = clip_path(owner)
        count = clip_count(clip)
        if count < 1:
            return EVERYWHERE
        matrix = self._form_matrices.get(owner.value or 0) if self._form_matrices else None
        key = (count, clip_segment(clip, count - 1, 0).value or 0, matrix)
        found = self._rects.get(key)
        if found is None:
            found = self._rects[key] = self._intersection(clip, count, matrix)
        return found

    def _intersection(self, clip: Handle, count: int, matrix: Matrix | None) -> Rect:
        """The common part of the bounding boxes of all paths of a clip (they are rectangles in practice)."""
        x = ctypes.c_float()
        y = ctypes.c_float()
        left, bottom, right, top = EVERYWHERE
        for path in range(count):
            xs: list[float] = []
            ys: list[float] = []
            for segment in range(clip_segment_count(clip, path)):
                segment_point(clip_segment(clip, path, segment), ctypes.byref(x), ctypes.byref(y))
                px, py = x.value, y.value
                if matrix is not None:
                    a, b, c, d, e, f = matrix
                    px, py = a * px + c * py + e, b * px + d * py + f
                xs.append(px)
                ys.append(py)
            if xs:
                x0, y0, x1, y1 = self._frame.upright_box(min(xs), min(ys), max(xs), max(ys))
                left, bottom, right, top = max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)
        return left, bottom, right, top


def _unclipped(
    page: PageHandle, indexed: list[tuple[int, Run]], form_matrices: Mapping[int, Matrix], cut: _Cut
) -> list[Run]:
    """The runs without the glyphs that a clip path hides.

    The clip is asked for the first and the last glyph of a run; only where the run reaches beyond one of them
    are all its glyphs looked at.
    """
    clips = _Clips(page.frame, form_matrices)
    text = page.text
    kept: list[Run] = []
    for start, run in indexed:
        middle = run.baseline + 0.35 * run.size
        count = len(run.text)
        for index in (start, start + count - 1) if count > 1 else (start,):
            left, bottom, right, top = clips.rect(text, index)
            if not (left <= run.x0 and run.x1 <= right and bottom <= middle <= top):
                rects = (clips.rect(text, start + offset) for offset in range(count))
                seen = [_middle_inside(box, middle, rect) for box, rect in zip(run.boxes, rects, strict=True)]
                kept.extend(cut.pieces(run, seen))
                break
        else:
            kept.append(run)
    return kept
