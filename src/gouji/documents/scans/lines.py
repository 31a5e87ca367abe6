"""The ruling lines of a scanned page, as strokes: found in its ink, rid of characters, led over faults of the scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from gouji.documents.ruling import Piece, Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gouji.documents.scans.engine import Pixels

    Mask = NDArray[np.uint8]
    """255 where something is, 0 elsewhere."""

_SHORTEST_ACROSS = 16.0
_SHORTEST_DOWN = 10.0
"""Points; shorter straight strokes belong to characters."""

_THICKEST = 5.0
"""Points; thicker bars are shading, not lines."""

_SMALLEST_NETWORK = (48.0, 18.0)
"""Points across and down; crossing lines that reach less far are characters such as 田."""

_LONG = 60.0
"""Points; longer strokes are lines wherever they end, however faint, and through small gaps. Characters stacked over
several rows do not reach so far. Longer gaps in a line are no faults of the scan."""

_TOUCH = 1.8
"""Points between the end of a short line and the line that it ends at. Characters that fill a low cell keep off."""

_NEAR = 2.5
"""Points between the end of a long line and the line that it ends at."""

_ASIDE = 1.5
"""Points to the side of a faint line where there is paper."""

_TRACE = 6
"""Grey values by which the trace of a line is darker than the paper on both sides."""

_SIZE = 14.0
"""Points; no characters that touch a table are higher."""

_LEADS = 0.8
"""Share of a stretch that has to show the trace of a line for the line to go on over a crossing."""

_ENDS = 0.6
"""The same for a line that stops in the middle of a cell, where none ends."""

_GAP = 1.5
"""Points; smaller gaps in a long line are faults of the scan."""

_CRACK = 1.0
"""The same in a short one, so that characters do not grow onto the lines around them."""


def ruling_lines(grey: Pixels, ink: Mask, faint: Mask, pixels_per_point: float) -> tuple[Strokes, Mask]:
    """The ruling lines of a level page: in points, y upwards from the bottom, and the ink that they take up. ``faint``
    is its ink together with what is barely darker than the paper."""
    across, down = (
        _straight(ink, shortest, _CRACK, pixels_per_point, axis)
        | _straight(faint, _LONG, _GAP, pixels_per_point, axis)
        for shortest, axis in ((_SHORTEST_ACROSS, 1), (_SHORTEST_DOWN, 0))
    )
    rows, columns = _of_networks(_Strokes.of(across, 1), _Strokes.of(down, 0), pixels_per_point)
    across, down = rows.mask(), columns.mask()
    across_pieces, down_pieces = rows.pieces(pixels_per_point), columns.pieces(pixels_per_point)
    across_pieces = _mended(across_pieces, down_pieces)
    down_pieces = _mended(down_pieces, across_pieces)
    strokes = Strokes(
        _trimmed(across_pieces, down_pieces, _Trace(grey, pixels_per_point, 1)),
        _trimmed(down_pieces, across_pieces, _Trace(grey, pixels_per_point, 0)),
    )
    return strokes, across | down


def _straight(ink: Mask, shortest: float, gap: float, pixels_per_point: float, axis: int) -> Mask:
    """The straight strokes along one axis (1: across, 0: down), smaller gaps closed. Lengths are in points."""

    def kernel(points: float) -> Mask:
        size = max(1, round(points * pixels_per_point))
        return np.ones((1, size) if axis else (size, 1), np.uint8)

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel(gap)) if gap else ink
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel(shortest)), np.uint8)


class _Strokes(NamedTuple):
    """The straight strokes along one axis (1: across, 0: down): ``labels`` numbers the pixels of each from 1, ``boxes``
    are x, y, width and height by number, ``kept`` tells which are ruling lines."""

    axis: int
    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    kept: NDArray[np.bool_]

    @classmethod
    def of(cls, mask: Mask, axis: int) -> _Strokes:
        count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        kept = np.ones(count, np.bool_)
        kept[0] = False
        return cls(axis, np.asarray(labels, np.int32), np.asarray(stats[:, :4], np.int32), kept)

    def mask(self) -> Mask:
        return np.where(self.kept, 255, 0).astype(np.uint8)[self.labels]

    @property
    def thickness(self) -> NDArray[np.int32]:
        return self.boxes[:, 3 if self.axis else 2]

    @property
    def length(self) -> NDArray[np.int32]:
        return self.boxes[:, 2 if self.axis else 3]

    @property
    def start(self) -> NDArray[np.int32]:
        return self.boxes[:, 0 if self.axis else 1]

    @property
    def at(self) -> NDArray[np.float64]:
        return np.asarray(self.boxes[:, 1 if self.axis else 0] + self.thickness / 2, np.float64)

    def pieces(self, pixels_per_point: float) -> list[Piece]:
        """The kept strokes in points; y count upwards from the bottom."""
        height = self.labels.shape[0]
        found = []
        for number in np.flatnonzero(self.kept).tolist():
            at, start = float(self.at[number]), int(self.start[number])
            end = start + int(self.length[number])
            if self.axis:
                at = height - at
            else:
                start, end = height - end, height - start
            found.append(Piece(at / pixels_per_point, start / pixels_per_point, end / pixels_per_point))
        return found


def _of_networks(across: _Strokes, down: _Strokes, pixels_per_point: float) -> tuple[_Strokes, _Strokes]:
    """Keep the strokes that are thin, belong to a network as large as a table, and do not end in the middle of nothing
    as a stroke of a character does that touches a line."""
    joined = cv2.dilate(across.mask() | down.mask(), np.ones((3, 3), np.uint8))
    _, networks, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    width, height = _SMALLEST_NETWORK
    large = (stats[:, 2] >= width * pixels_per_point) & (stats[:, 3] >= height * pixels_per_point)
    large[0] = False
    for strokes in (across, down):
        members = np.zeros(len(strokes.kept), np.bool_)
        members[np.unique(strokes.labels[large[networks]])] = True
        strokes.kept[:] &= members & (strokes.thickness <= _THICKEST * pixels_per_point)
    # Twice: a stroke that only rested on another stroke of a character falls with it.
    for _ in range(2):
        for strokes, others in ((down, across), (across, down)):
            _drop_loose(strokes, others, pixels_per_point)
    return across, down


def _drop_loose(strokes: _Strokes, others: _Strokes, pixels_per_point: float) -> None:
    near = _TOUCH * pixels_per_point
    at, start = others.at[others.kept], others.start[others.kept]
    end = start + others.length[others.kept]
    short = strokes.kept & (strokes.length < _LONG * pixels_per_point)
    for number in np.flatnonzero(short).tolist():
        beside = (start - near <= strokes.at[number]) & (strokes.at[number] <= end + near)
        first = strokes.start[number]
        last = first + strokes.length[number]
        if not (np.abs(at[beside] - first) <= near).any() or not (np.abs(at[beside] - last) <= near).any():
            strokes.kept[number] = False


def _mended(pieces: list[Piece], crossing: list[Piece]) -> list[Piece]:
    """Lines without the gaps that begin or end in the middle of a cell. One that leads from one crossing line to
    another was left open on purpose: merged cells."""
    mended: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        for index, before in enumerate(mended):
            gap = piece.start - before.end
            if abs(piece.at - before.at) > _NEAR or not 0 < gap < _LONG:
                continue
            if not (_crossed(before.end, piece.at, crossing) and _crossed(piece.start, piece.at, crossing)):
                mended[index] = Piece(before.at, before.start, piece.end)
                break
        else:
            mended.append(piece)
    return mended


def _crossed(tip: float, at: float, crossing: list[Piece]) -> bool:
    return any(
        abs(line.at - tip) <= _NEAR and line.start - _NEAR <= at <= line.end + _NEAR for line in crossing
    )


class _Trace(NamedTuple):
    """The page as evidence of lines along one axis (1: across, 0: down)."""

    grey: Pixels
    pixels_per_point: float
    axis: int

    def share(self, at: float, start: float, end: float) -> float:
        """How much of a stretch is darker than both sides of it, from 0 to 1."""
        scale = self.pixels_per_point
        grey = self.grey if self.axis else self.grey.T
        if self.axis:
            middle = round(self.grey.shape[0] - at * scale)
            first, last = round(start * scale), round(end * scale)
        else:
            middle = round(at * scale)
            first, last = round(self.grey.shape[0] - end * scale), round(self.grey.shape[0] - start * scale)
        aside = max(3, round(_ASIDE * scale))
        first = max(0, first)
        if not aside + 1 <= middle < grey.shape[0] - aside - 1 or last <= first:
            return 0.0
        line = grey[middle - 1 : middle + 2, first:last].min(axis=0).astype(np.int16)
        sides = np.minimum(grey[middle - aside, first:last], grey[middle + aside, first:last])
        return float((sides - line >= _TRACE).mean())


def _trimmed(pieces: list[Piece], crossing: list[Piece], trace: _Trace) -> list[Piece]:
    """Lines from one crossing line to another: led on as far as a trace of them leads, and where a tip ends in the
    middle of a cell, cut back. Lines may stick out of the outermost ones."""
    settled = []
    for at, start, end in pieces:
        ats = sorted(line.at for line in crossing if line.start - _NEAR <= at <= line.end + _NEAR)
        first, last = start, end
        for before in [other for other in reversed(ats) if other < start - _NEAR]:
            if trace.share(at, before, first) < (_LEADS if _crossed(first, at, crossing) else _ENDS):
                break
            first = before
        for behind in [other for other in ats if other > end + _NEAR]:
            if trace.share(at, last, behind) < (_LEADS if _crossed(last, at, crossing) else _ENDS):
                break
            last = behind
        # Characters that stand on the outermost line lengthen the lines below them by their height.
        if ats and ats[0] - first < _SIZE and not _crossed(first, at, crossing):
            first = min((other for other in ats if other > first), default=end)
        if ats and last - ats[-1] < _SIZE and not _crossed(last, at, crossing):
            last = max((other for other in ats if other < last), default=start)
        if last - first > _NEAR:
            settled.append(Piece(at, first, last))
    return settled
