"""Printed lines taken apart at their gaps: what stands wide apart belongs to different cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.documents.glyphs import BLANKS, Run

_WIDE = 1.0
"""A gap wider than this share of the font size sets a figure apart from running text."""
_NARROW = 0.35
"""The same within a table, where any gap may be one between two cells."""
_LETTERS_APART = 2.6
_PIECE = re.compile(f"[^{re.escape(BLANKS)}]+")
_FIGURE = re.compile(
    r"[-+△▲－−(（]?(?:[\d０-９]{1,3}(?:[,，][\d０-９]{3})+|[\d０-９]+)(?:[.．][\d０-９]+)?[)）%％]?"
)
_DASH = re.compile(r"[-—–－]{1,3}")
_DIGIT = re.compile(r"[\d０-９]")
_AMOUNT = re.compile(r"[\d０-９](?:[.．][\d０-９]|[,，][\d０-９]{3}(?![\d０-９]))")
_NAME = re.compile(r"[(（]?[一二三四五六七八九十]+[)）、.]|[\u4e00-\u9fff]{3}")
_GLUED = re.compile(rf"-?[\d,]+\.\d\d(?={_NAME.pattern})")


class Segment(NamedTuple):
    """A piece of a line between two gaps."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    runs: tuple[Run, ...] = ()

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None or self.is_dash

    @property
    def is_dash(self) -> bool:
        return _DASH.fullmatch(self.text) is not None

    @property
    def is_amount(self) -> bool:
        """Whether it is a figure with decimals or with thousands set apart."""
        return _AMOUNT.search(self.text) is not None and self.is_figure

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Line(NamedTuple):
    """What stands on one baseline, from the left."""

    segments: list[Segment]
    baseline: float
    size: float

    @property
    def amounts(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.is_amount]


def may_be_row(line: Sequence[Run]) -> bool:
    """Whether a line may be a row of figures: several pieces, of which one has a figure. Quickly told, of every line."""
    return any(has_digit(run.text) for run in line) and (
        len(line) > 1 or len(_PIECE.findall(line[0].text)) > 1
    )


def has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def taken_apart(lines: Sequence[Sequence[Run]]) -> list[Line]:
    """The lines of a page with their segments; lines of nothing but blanks are left out."""
    read = (_line(line) for line in lines)
    return [line for line in read if line.segments]


def _line(runs: Sequence[Run]) -> Line:
    size = max(run.size for run in runs)
    pieces = [
        Segment(
            "".join(run.text[start:end].split()),
            run.boxes[start][0],
            run.boxes[end - 1][2],
            run.baseline,
            run.size,
            (run if end - start == len(run.text) else run.part(start, end),),
        )
        for run in runs
        for start, end in _pieces(run)
    ]
    return Line(_together(pieces, _WIDE * size), runs[0].baseline, size)


def taken_closer(line: Line) -> Line:
    """A line of a table, divided at every gap."""
    pieces = [
        Segment(run.text, run.x0, run.x1, run.baseline, run.size, (run,))
        for segment in line.segments
        for whole in segment.runs
        for run in _unglued(whole)
    ]
    return line._replace(segments=_together(pieces, _NARROW * line.size))


def _unglued(run: Run) -> list[Run]:
    """A figure and the name that begins right behind it, in the next cell, as two."""
    glued = _GLUED.match(run.text)
    return [run.part(0, glued.end()), run.part(glued.end(), len(run.text))] if glued else [run]


def spaced(segments: Sequence[Segment], columns: Sequence[tuple[float, float]] = ()) -> list[Segment]:
    """Words whose letters are set apart (合　　计) are one, unless each letter stands over a column of its own."""
    if len(segments) % 2 == 0 and segments and all(_is_letter(segment) for segment in segments):
        # 收　　　　入 | 支　　　　出, each over half of a table.
        pairs = [joined(one, other) for one, other in zip(segments[::2], segments[1::2], strict=True)]
        widest = max(pair.x1 - pair.x0 for pair in pairs)
        if len(pairs) > 1 and all(other.x0 - one.x1 > widest for one, other in pairwise(pairs)):
            return pairs
    found: list[Segment] = []
    for segment in segments:
        last = found[-1] if found else None
        if (
            last is not None
            and _is_letter(segment)
            and segment.text not in last.text
            and all(len(run.text) == 1 and run.text.isalpha() and not run.text.isascii() for run in last.runs)
            and segment.x0 - last.x1 <= _LETTERS_APART * segment.size
            and not _over_others(last, segment, columns)
        ):
            found[-1] = joined(last, segment)
        else:
            found.append(segment)
    return found


def _is_letter(segment: Segment) -> bool:
    return len(segment.text) == 1 and segment.text.isalpha() and not segment.text.isascii()


def _over_others(one: Segment, other: Segment, columns: Sequence[tuple[float, float]]) -> bool:
    first, second = (
        {index for index, (x0, x1) in enumerate(columns) if x0 < piece.x1 and x1 > piece.x0}
        for piece in (one, other)
    )
    return bool(first) and bool(second) and not first & second


def _together(pieces: Sequence[Segment], gap: float) -> list[Segment]:
    segments: list[Segment] = []
    for piece in pieces:
        if (
            segments
            and piece.x0 - segments[-1].x1 <= gap
            and not (segments[-1].is_amount and _NAME.match(piece.text))
        ):
            segments[-1] = joined(segments[-1], piece)
        else:
            segments.append(piece)
    return segments


def joined(one: Segment, other: Segment) -> Segment:
    """Two pieces of one line as one."""
    return Segment(
        one.text + other.text,
        min(one.x0, other.x0),
        max(one.x1, other.x1),
        one.baseline,
        one.size,
        one.runs + other.runs,
    )


def _pieces(run: Run) -> list[tuple[int, int]]:
    """The parts of a run between blanks, as start and end, without the blanks around them."""
    return [match.span() for match in _PIECE.finditer(run.text)]
