"""How wide the columns of a table want to be, and whether that asks for a page on its side.

Widths are counted in half characters: a hanzi is 2, a digit 1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.writing.disclosure import Table

_MARGIN = 2
"""Half characters of white on the two sides of a cell together."""
_LEAST_AMOUNT, _LEAST_WHEN_TIGHT = 8, 6
_PORTRAIT, _LANDSCAPE = 114, 169
"""Half characters of 9-point type that fit across A4, upright and on its side."""
_SMALL_LANDSCAPE = 217
"""Half characters of 7-point type that fit across A4 on its side."""


class _Trial(NamedTuple):
    """One way to set a table: into how many lines heads and names may wrap, how narrow an amount may be, on which
    page, and how many half characters that page holds."""

    heads: int
    names: int
    amount: int
    landscape: bool
    room: int


_TRIALS = (
    _Trial(1, 1, _LEAST_AMOUNT, False, _PORTRAIT),
    _Trial(2, 1, _LEAST_AMOUNT, False, _PORTRAIT),
    _Trial(1, 1, _LEAST_AMOUNT, True, _LANDSCAPE),
    _Trial(2, 1, _LEAST_AMOUNT, True, _LANDSCAPE),
    _Trial(3, 1, _LEAST_AMOUNT, True, _SMALL_LANDSCAPE),
    _Trial(3, 1, _LEAST_WHEN_TIGHT, True, _SMALL_LANDSCAPE),
    _Trial(3, 2, _LEAST_WHEN_TIGHT, True, _SMALL_LANDSCAPE),
    _Trial(4, 3, _LEAST_WHEN_TIGHT, True, _SMALL_LANDSCAPE),
)
"""The best first; the last is taken if none has room."""
_LONG_WORDS = 24
"""Half characters beyond which a text is set in several lines."""
_LEAST_WORDS = 8
INDENT = 2
"""How far one level of a 科目 is set in."""


class _Shape(NamedTuple):
    """What of a place decides widths. Most places of a long table have one of a few shapes."""

    col: int
    col_span: int
    role: str
    width: int
    indent: int


class Measure(NamedTuple):
    """``widths`` by column in half characters, and whether the table needs the long side of the page."""

    widths: tuple[int, ...]
    landscape: bool

    @property
    def total(self) -> int:
        return sum(self.widths)


def half_characters(text: str) -> int:
    """The printed width of a text."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def measure(table: Table) -> Measure:
    """The width of every column: its longest entry, with heads wrapped as little as the page allows. Where there are
    columns of words (goals, indicators), these share what the others leave of a page on its side."""
    shapes = _shapes(table)
    words = _words(shapes)
    for trial in _TRIALS[-1:] if words else _TRIALS:
        widths = _widths(table.grid.n_cols, shapes, trial)
        if sum(widths) <= trial.room:
            break
    if words:
        widths = _without_orphans(shapes, _shared(widths, words, trial.room), words)
    return Measure(widths, trial.landscape)


def _shapes(table: Table) -> tuple[_Shape, ...]:
    """The shapes that a table has, in the order of its cells."""
    return tuple(
        dict.fromkeys(
            _Shape(spot.col, spot.col_span, spot.role, half_characters(text), spot.indent)
            for spot, text, _ in table.cells
        )
    )


def _words(shapes: Sequence[_Shape]) -> dict[int, int]:
    """The columns of words, and the longest text in each."""
    longest: dict[int, int] = {}
    for shape in shapes:
        if shape.role == "text" and shape.width:
            longest[shape.col] = max(longest.get(shape.col, 0), shape.width)
    return longest if max(longest.values(), default=0) > _LONG_WORDS else {}


def _shared(widths: tuple[int, ...], words: Mapping[int, int], room: int) -> tuple[int, ...]:
    """Widths that fill the page: what is left goes to the columns of words, twice as wide for four times the text, so
    that their heights come near each other."""
    left = room - sum(widths)
    weights = {column: length**0.5 for column, length in words.items()}
    if left <= 0:
        return widths
    whole = sum(weights.values())
    return tuple(
        width + int(left * weights[column] / whole) if column in weights else width
        for column, width in enumerate(widths)
    )


def _widths(n_cols: int, shapes: Sequence[_Shape], trial: _Trial) -> tuple[int, ...]:
    widths = [0] * n_cols
    for shape in shapes:
        if shape.col_span == 1:
            widths[shape.col] = max(widths[shape.col], _wanted(shape, trial))
    for shape in shapes:
        if shape.col_span == 1 and shape.role == "head":
            widths[shape.col] = _without_orphan(shape.width, widths[shape.col])
    for shape in shapes:
        columns = range(shape.col, shape.col + shape.col_span)
        lacking = _wanted(shape, trial) - sum(widths[column] for column in columns)
        if len(columns) > 1 and lacking > 0:
            for column in columns:
                widths[column] += -(-lacking // len(columns))
    return tuple(widths)


def _without_orphans(
    shapes: Sequence[_Shape], widths: tuple[int, ...], words: Mapping[int, int]
) -> tuple[int, ...]:
    """Columns of words widened, at the expense of the widest, where a head would leave a single hanzi on a line."""
    found = list(widths)
    for shape in shapes:
        column = shape.col
        if shape.role == "head" and shape.col_span == 1 and column in words:
            more = _without_orphan(shape.width, found[column]) - found[column]
            widest = max(range(len(found)), key=lambda at: found[at])
            if more and widest != column:
                found[column] += more
                found[widest] -= more
    return tuple(found)


def _without_orphan(text: int, column: int) -> int:
    """The width of a column, widened until its head does not leave a single hanzi on the last line."""
    while (column - _MARGIN) // 2 * 2 < text and text % ((column - _MARGIN) // 2 * 2) in (1, 2):
        column += 1
    return column


def _wanted(shape: _Shape, trial: _Trial) -> int:
    width = shape.width
    if shape.role == "head":
        return _wrapped(width, trial.heads) + _MARGIN
    if shape.role == "amount":
        return max(width, trial.amount) + _MARGIN
    if shape.role == "text" and width > _LEAST_WORDS:
        # Where there is room a name in such a column (who pays whom) stands on one line, as names do.
        lines = -(-width // _LEAST_WORDS) if trial is _TRIALS[-1] else trial.names
        return _wrapped(width, lines) + _MARGIN
    if shape.role in ("name", "label") and shape.col_span == 1:
        return _wrapped(width, trial.names) + INDENT * shape.indent + _MARGIN
    return width + INDENT * shape.indent + _MARGIN


def _wrapped(width: int, lines: int) -> int:
    """The width of a text on so many lines: two hanzi in a line at least, and none alone in the last."""
    return min(width, max(-(-width // (lines * 2)) * 2, 4))
