"""The straight pieces of ink on a PDF page, from which ruled tables are made.

Generators draw a table's rules as stroked lines, as thin filled rectangles, as stroked rectangles, as chains
of tiny segments or as stretched images, directly on the page or inside form XObjects. All of them come out as
pieces along one axis.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pypdfium2 import raw

from gouji.documents.glyphs import Matrix, Rect
from gouji.documents.pdfium import (
    FORM_OBJECT,
    IMAGE_OBJECT,
    PATH_OBJECT,
    TEXT_OBJECT,
    Frame,
    Handle,
    PageHandle,
    draw_mode,
    fill_color,
    form_child,
    object_bounds,
    object_type,
    page_object,
    path_segment,
    segment_closes,
    segment_count,
    segment_point,
    segment_type,
    stroke_color,
)
from gouji.documents.ruling import Piece, Strokes, are_crowded

THIN = 3.0
"""Ink no thicker than this (points) is a line, not an area."""

STRAIGHT = 0.5
"""How far (points) the two ends of a line along an axis may differ on the other axis."""

RECTANGLE = 5
"""A path of at most so many points has a single outline; filled and not thin it rules nothing."""

DEEPEST_FORM = 12
"""Forms inside forms are followed so far; a file that nests deeper is playing tricks."""

MOST_PIECES = 200_000
MOST_LOOKS = 5_000_000
"""Bounds for one page. The most that was met in real documents: 1,328 pieces, 1,121 looks."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


WHITE = 250
"""Red, green and blue at least this strong (of 255) leave nothing to see on paper."""


class PageInk(NamedTuple):
    """The lines of a page, and what else its objects tell."""

    strokes: Strokes
    faint: Strokes
    """White lines on white paper: the grid of a spreadsheet beyond, and sometimes within, its borders."""
    has_image: bool
    crowded: bool
    """Whether there are more pieces than any page of tables has: a drawing, or an attack."""
    form_matrices: dict[int, Matrix]
    """For text objects inside a moved or scaled form, by address: the matrix from the form to the page."""


def page_ink(page: PageHandle) -> PageInk:
    """The ink of one page, upright (see :class:`gouji.documents.pdfium.Frame`), cut to the visible page."""
    collector = _Collector(page.frame)
    count = raw.FPDFPage_CountObjects(ctypes.cast(page.page, raw.FPDF_PAGE))
    collector.walk(page_object, page.page, count, None, 0)
    left, bottom, right, top = page.frame.upright
    if collector.is_crowded():
        nothing = Strokes([], [])
        return PageInk(nothing, nothing, collector.has_image, True, collector.form_matrices)
    collector.sort_faint()
    strokes, faint = (
        Strokes(
            _visible(found.horizontals, bottom, top, left, right),
            _visible(found.verticals, left, right, bottom, top),
        )
        for found in (collector.strokes, collector.faint)
    )
    return PageInk(
        strokes,
        faint,
        collector.has_image,
        are_crowded(strokes, faint),
        collector.form_matrices,
    )


def _visible(pieces: list[Piece], lowest: float, highest: float, first: float, last: float) -> list[Piece]:
    """The pieces on the page, cut at its edges. (One that is not a number compares false.)"""
    return [
        piece
        if first <= piece[1] and piece[2] <= last
        else Piece(piece[0], max(piece[1], first), min(piece[2], last))
        for piece in pieces
        if lowest <= piece[0] <= highest and piece[1] <= last and piece[2] >= first
    ]


class _Collector:
    """Walks page objects and keeps their straight pieces. PDFium writes into buffers made once per page."""

    def __init__(self, frame: Frame) -> None:
        self.strokes = Strokes([], [])
        self.faint = Strokes([], [])
        self._shaded: list[Rect] = []
        self.has_image = False
        self.form_matrices: dict[int, Matrix] = {}
        self._frame = frame
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._float_results = [ctypes.byref(value) for value in self._floats]
        self._fill_mode, self._strokes = ctypes.c_int(), ctypes.c_int()
        self._mode_results = [ctypes.byref(value) for value in (self._fill_mode, self._strokes)]
        self._color = [ctypes.c_uint() for _ in range(4)]
        self._color_results = [ctypes.byref(value) for value in self._color]

    def walk(
        self,
        child: Callable[[Handle, int], Handle],
        parent: Handle,
        count: int,
        matrix: Matrix | None,
        depth: int,
    ) -> None:
        """Take in the objects of ``parent``; ``matrix`` leads from their coordinates to those of the page."""
        type_of = object_type
        bounds_of = object_bounds
        left, bottom, right, top = self._floats
        to_left, to_bottom, to_right, to_top = self._float_results
        as_it_is = matrix is None and not self._frame.turns
        for index in range(count):
            item = child(parent, index)
            kind = type_of(item)
            if kind == TEXT_OBJECT:
                if matrix is not None and item.value is not None:
                    self.form_matrices[item.value] = matrix
                continue
            if kind == FORM_OBJECT:
                self._walk_form(item, matrix, depth)
                continue
            if kind not in (PATH_OBJECT, IMAGE_OBJECT):
                continue
            self.has_image |= kind == IMAGE_OBJECT
            if not bounds_of(item, to_left, to_bottom, to_right, to_top):
                continue
            if as_it_is:
                x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
            else:
                x0, y0, x1, y1 = self._upright((left.value, bottom.value, right.value, top.value), matrix)
            width = x1 - x0
            height = y1 - y0
            if width > THIN and height > THIN:
                if kind == PATH_OBJECT:
                    self._outline(item, matrix, (x0, y0, x1, y1))
                continue
            ink = self.strokes if kind == IMAGE_OBJECT or self._is_seen(item) else self.faint
            # A dot is taken for both: it may belong to a dotted line in either direction.
            if height <= THIN:
                ink.horizontals.append(Piece((y0 + y1) / 2, x0, x1))
            if width <= THIN:
                ink.verticals.append(Piece((x0 + x1) / 2, y0, y1))

    def is_crowded(self) -> bool:
        """Whether there are too many pieces to go through one by one, or to look up each on every shaded area."""
        faint = len(self.faint.horizontals) + len(self.faint.verticals)
        pieces = faint + len(self.strokes.horizontals) + len(self.strokes.verticals)
        return pieces > MOST_PIECES or faint * len(self._shaded) > MOST_LOOKS

    def sort_faint(self) -> None:
        """White on a shaded area is to be seen: such pieces move from ``faint`` to ``strokes``."""
        if not self._shaded:
            return
        for faint, seen, lying in (
            (self.faint.horizontals, self.strokes.horizontals, True),
            (self.faint.verticals, self.strokes.verticals, False),
        ):
            kept: list[Piece] = []
            for piece in faint:
                middle = (piece.start + piece.end) / 2
                x, y = (middle, piece.at) if lying else (piece.at, middle)
                on_shade = any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in self._shaded)
                (seen if on_shade else kept).append(piece)
            faint[:] = kept

    def _is_seen(self, path: Handle) -> bool:
        """Whether a path is drawn in another colour than white."""
        draw_mode(path, *self._mode_results)
        (stroke_color if self._strokes.value else fill_color)(path, *self._color_results)
        red, green, blue, alpha = self._color
        return alpha.value > 0 and not (red.value >= WHITE and green.value >= WHITE and blue.value >= WHITE)

    def _walk_form(self, form: Handle, matrix: Matrix | None, depth: int) -> None:
        if depth >= DEEPEST_FORM:
            return
        handle = ctypes.cast(form, raw.FPDF_PAGEOBJECT)
        own = _object_matrix(form)
        combined = own if matrix is None else _product(own, matrix)
        count = raw.FPDFFormObj_CountObjects(handle)
        self.walk(form_child, form, count, None if combined == _IDENTITY else combined, depth + 1)

    def _upright(self, box: Rect, matrix: Matrix | None) -> Rect:
        if matrix is not None:
            corners = [_moved(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
            xs = [x for x, _ in corners]
            ys = [y for _, y in corners]
            box = (min(xs), min(ys), max(xs), max(ys))
        return self._frame.upright_box(*box)

    def _outline(self, path: Handle, matrix: Matrix | None, bounds: Rect) -> None:
        """The straight edges of a path that is wide and high: a frame, or many rectangles drawn at once."""
        count = segment_count(path)
        seen = self._is_seen(path)
        stroked = bool(self._strokes.value)
        if not stroked and count <= RECTANGLE:
            if seen:
                self._shaded.append(bounds)
            return
        ink = self.strokes if seen else self.faint
        own = _object_matrix(path)
        combined = own if matrix is None else _product(own, matrix)
        for points in self._outlines(path, count, combined):
            xs = [x for x, _ in points]
            ys = [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
                _add(ink, box)
            elif stroked:
                for (ax, ay), (bx, by) in pairwise(points):
                    if abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT:
                        _add(ink, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))

    def _outlines(self, path: Handle, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The runs of straight edges of a path, upright. A curve ends a run and the next begins behind it."""
        x, y = self._floats[:2]
        to_x, to_y = self._float_results[:2]
        points: list[tuple[float, float]] = []
        for index in range(count):
            segment = path_segment(path, index)
            segment_point(segment, to_x, to_y)
            px, py = _moved(x.value, y.value, matrix)
            px, py = self._frame.upright_box(px, py, px, py)[:2]
            if segment_type(segment) != raw.FPDF_SEGMENT_LINETO:
                if len(points) > 1:
                    yield points
                points = [(px, py)]
                continue
            points.append((px, py))
            if segment_closes(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _add(ink: Strokes, box: Rect) -> None:
    x0, y0, x1, y1 = box
    if y1 - y0 <= THIN:
        ink.horizontals.append(Piece((y0 + y1) / 2, x0, x1))
    if x1 - x0 <= THIN:
        ink.verticals.append(Piece((x0 + x1) / 2, y0, y1))


def _object_matrix(item: Handle) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(ctypes.cast(item, raw.FPDF_PAGEOBJECT), matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
