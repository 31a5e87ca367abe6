"""A scanned page turned level: its grey values, its ink, and its ruling lines taken out of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from gouji.documents.ruling import Strokes
from gouji.documents.scans.lines import ruling_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gouji.documents.scans.engine import Pixels
    from gouji.documents.scans.lines import Mask

PAPER = 255

_STEEPEST = 5.0
"""Degrees by which a page may be askew and still be turned level."""

_LEVEL = 0.04
"""Degrees below which a page is level: two pixels over its width."""

_FAINT = 12
"""Grey values of 256 by which a hairline is darker than the paper around it."""

_AROUND = 31
"""Pixels around a spot of which the middle grey is that of the paper."""

_DARK = 25
"""The same for characters: fainter spots are the grain of the paper."""


class LevelPage(NamedTuple):
    """A page turned level: grey values, its ink without ruling lines, and its ruling lines in points, y upwards from
    the bottom. ``turn`` maps level pixels to pixels of the page as it was (2 x 3)."""

    grey: Pixels
    ink: Mask
    strokes: Strokes
    turn: NDArray[np.float64]


def level_page(grey: Pixels, pixels_per_point: float) -> LevelPage:
    """Turn a page level and take its ruling lines off."""
    height, width = grey.shape
    angle = _skew(grey)
    back = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    if abs(angle) > _LEVEL:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        grey = np.asarray(
            cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=PAPER),
            dtype=np.uint8,
        )
        back = np.asarray(cv2.invertAffineTransform(turn))
    darker = _darker_than_paper(grey)
    ink, faint = _at_least(darker, _DARK), _at_least(darker, _FAINT)
    del darker
    strokes, mask = ruling_lines(grey, ink, faint, pixels_per_point)
    del faint
    lines = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    # Characters that touch a line keep their part of it: without it 0 would be read as C.
    touched = cv2.dilate(np.where(lines > 0, 0, ink).astype(np.uint8), np.ones((5, 5), np.uint8))
    alone = (lines > 0) & (touched == 0)
    clean = grey.copy()
    clean[alone] = PAPER
    ink[alone] = 0
    return LevelPage(clean, ink, strokes, back)


def _darker_than_paper(grey: Pixels) -> Pixels:
    """By how many grey values each spot is darker than the paper around it: most of what surrounds a stroke is paper,
    even between characters."""
    return np.asarray(
        cv2.subtract(cv2.medianBlur(grey, _AROUND), cv2.GaussianBlur(grey, (3, 3), 0)), np.uint8
    )


def _at_least(darker: Pixels, difference: int) -> Mask:
    return np.asarray(cv2.threshold(darker, difference - 1, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _skew(grey: Pixels) -> float:
    """Degrees by which the page has to be turned counter-clockwise to stand level: where its rows of ink are sharpest."""
    height, width = grey.shape
    scale = min(1.0, 1000 / max(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = _at_least(_darker_than_paper(np.asarray(small, np.uint8)), _DARK)
    ink[:8], ink[-8:], ink[:, :8], ink[:, -8:] = 0, 0, 0, 0

    def sharpness(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((ink.shape[1] / 2, ink.shape[0] / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (ink.shape[1], ink.shape[0]), flags=cv2.INTER_LINEAR).sum(
            axis=1, dtype=float
        )
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.5), (0.02, 0.1)):
        angles = [best + step * number for number in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (sharpness(angle), -abs(angle)))
    return best
