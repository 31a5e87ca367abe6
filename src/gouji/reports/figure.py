"""A figure: the parts of a page that one finding is about, with a frame around each place of its evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gouji.checking.result import Evidence
from gouji.reports.album import Album, PageKey, PagePicture
from gouji.reports.wording import mark

MARGIN = 36.0
"""What is shown above and below a frame, in points."""
_PAD = 1.5
_CLASSES = {"疑误": "suspect", "待定": "candidate", "依据": "basis"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the page, in points from its top left corner. ``number`` is the evidence's, from 1."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    number: int


class Band(NamedTuple):
    """A strip of the page over its full width, in points from the top. What is doubted is drawn last."""

    top: float
    height: float
    frames: tuple[Frame, ...]

    @property
    def numbers(self) -> str:
        return "、".join(map(str, sorted(frame.number for frame in self.frames)))


@dataclass(frozen=True, slots=True)
class Figure:
    """One page of one finding: the ``bands`` to show (none where no place is known) and the ``whole``."""

    picture: PagePicture
    bands: tuple[Band, ...]
    whole: Band


def pages_of(evidence: Sequence[Evidence]) -> list[PageKey]:
    """The pages that a finding points at, those of its suspects first, then of its candidates."""
    ordered = sorted(evidence, key=lambda place: (not place.suspect, not place.candidate))
    return list(dict.fromkeys(PageKey(place.file, place.page) for place in ordered if place.page is not None))


def figures(evidence: Sequence[Evidence], album: Album) -> list[Figure]:
    """A figure for every page of a finding that the album has a picture of."""
    found: list[Figure] = []
    for key in pages_of(evidence):
        picture = album.pictures.get(key)
        if picture is None:
            continue
        places = [(number, e) for number, e in enumerate(evidence, 1) if PageKey(e.file, e.page or 0) == key]
        frames = [frame for number, place in places if (frame := _frame(place, number, picture))]
        frames.sort(key=lambda frame: ("basis", "candidate", "suspect").index(frame.kind))
        whole = Band(0.0, picture.height, tuple(frames))
        found.append(Figure(picture, _bands(frames, picture.height), whole))
    return found


def _frame(evidence: Evidence, number: int, picture: PagePicture) -> Frame | None:
    if evidence.box is None or not all(map(math.isfinite, evidence.box)):
        return None
    x0, x1 = sorted((evidence.box[0], evidence.box[2]))
    y0, y1 = sorted((evidence.box[1], evidence.box[3]))
    x0, x1 = max(x0 - _PAD, 0.0), min(x1 + _PAD, picture.width)
    y0, y1 = max(y0 - _PAD, 0.0), min(y1 + _PAD, picture.height)
    if x0 >= x1 or y0 >= y1:
        return None
    return Frame(x0, y0, x1 - x0, y1 - y0, _CLASSES[mark(evidence)], number)


def _bands(frames: Sequence[Frame], height: float) -> tuple[Band, ...]:
    """Strips of the page around the frames; strips that would nearly touch are one."""
    spans: list[tuple[float, float]] = []
    for frame in sorted(frames, key=lambda frame: frame.y):
        top, bottom = max(frame.y - MARGIN, 0.0), min(frame.y + frame.height + MARGIN, height)
        if spans and top <= spans[-1][1] + MARGIN:
            spans[-1] = (spans[-1][0], max(bottom, spans[-1][1]))
        else:
            spans.append((top, bottom))
    return tuple(
        Band(top, bottom - top, tuple(frame for frame in frames if top <= frame.y < bottom))
        for top, bottom in spans
    )
