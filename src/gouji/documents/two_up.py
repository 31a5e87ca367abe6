"""Two pages printed side by side on one sheet (一面两页): where to part them, and whether a file is printed so.

On a sheet of one page something stands across its middle sooner or later: a title, a sentence, a table. On sheets of two
pages nothing does, from the first to the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.documents.glyphs import BLANKS, Rect, Run
from gouji.documents.ruling import Piece, Strokes

_BROAD = 1.2
"""A sheet of two pages is broader than high by this factor at least."""
_ACROSS = 1.0
"""Ink that reaches further (points) than this to both sides of the middle stands across it."""
_FEWEST_LINES = 3
_FEWEST_SHEETS = 2
_MOST_WHOLE = 10
"""One sheet of so many may have something across its middle: a cover, a chart."""


class Half(NamedTuple):
    """One side of a sheet: what stands on it, and its visible rectangle."""

    runs: list[Run]
    strokes: Strokes
    faint: Strokes
    visible: Rect


def halves(runs: Sequence[Run], strokes: Strokes, faint: Strokes, visible: Rect) -> tuple[Half, Half] | None:
    """The two sides of a sheet, or ``None`` if it is no broad one or something stands across its middle."""
    left, bottom, right, top = visible
    middle = (left + right) / 2
    if right - left < _BROAD * (top - bottom):
        return None
    inked = [run for run in runs if run.text.strip(BLANKS)]
    across = any(run.x0 < middle - _ACROSS and run.x1 > middle + _ACROSS for run in inked)
    if across or any(
        line.start < middle - _ACROSS and line.end > middle + _ACROSS
        for line in (*strokes.horizontals, *faint.horizontals)
    ):
        return None
    sides = ((left, bottom, middle, top), (middle, bottom, right, top))
    one, other = (
        Half(
            [run for run in runs if x0 <= (run.x0 + run.x1) / 2 < x1],
            _within(strokes, x0, x1),
            _within(faint, x0, x1),
            (x0, y0, x1, y1),
        )
        for x0, y0, x1, y1 in sides
    )
    return one, other


def _within(strokes: Strokes, x0: float, x1: float) -> Strokes:
    def inside(pieces: Sequence[Piece]) -> list[Piece]:
        return [piece for piece in pieces if x0 <= (piece.start + piece.end) / 2 < x1]

    return Strokes(inside(strokes.horizontals), [piece for piece in strokes.verticals if x0 < piece.at < x1])


def are_pages(one: Half, other: Half) -> bool:
    """Whether both sides of a sheet hold lines of text."""
    return all(
        len({round(run.baseline) for run in half.runs if run.text.strip(BLANKS)}) >= _FEWEST_LINES
        for half in (one, other)
    )


def is_two_up(parted: int, whole: int) -> bool:
    """Whether a file is printed so: ``parted`` of its sheets have text on both sides and nothing between, ``whole`` have
    something across their middle."""
    return parted >= _FEWEST_SHEETS and whole * _MOST_WHOLE <= parted
