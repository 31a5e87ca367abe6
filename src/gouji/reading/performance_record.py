"""One indicator of a flattened form: a run of words between two scores, put back into its cells.

The cells of a row come one after the other, name, target, actual value, each broken into lines as wide as its
column. A line that is shorter than its column ends a cell, a bound (≥) begins one, and target and actual value
resemble each other; the cut that fits these signs best is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from gouji.catalog import ValueWording, fold
from gouji.performance import Shape, read_value


class Word(NamedTuple):
    """A run of characters without blanks. ``joint`` is what separates it from the word before: ``space``, ``line`` or
    ``gap`` (an empty line)."""

    text: str
    joint: str
    ref: str
    page_top: bool = False


def width(text: str) -> float:
    """In widths of a Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


class _Seen(NamedTuple):
    """A run of words taken for a value."""

    shape: Shape
    unit: str
    text: str
    subject: str
    sign: str = ""


_LONGEST_VALUE = 30
_MOST_WORDS = 300
_SHORT_SUBJECT = 4
_BOUNDS = ("≥", "≤", "≧", "≦", ">", "<", "＞", "＜", "=", "＝")
_UNFINISHED = re.compile(r"^[≥≤≧≦><＞＜=＝]?[\d.,]+[万亿]?$")
_CLOSED = ("。", "；", ";")


class Cut(NamedTuple):
    """Where target and actual value begin among the words of a record, and how little speaks for it."""

    target: int
    actual: int
    cost: float

    def cells(self, words: Sequence[Word]) -> list[list[Word]]:
        """Name, target, actual value."""
        return [
            list(words[: self.target]), list(words[self.target : self.actual]), list(words[self.actual :])
        ]  # fmt: skip


def cut(words: Sequence[Word], column: float, values: ValueWording) -> Cut | None:
    """The best cut; ``None`` when there are too few words, or far too many for one row."""
    if not 3 <= len(words) <= _MOST_WORDS:
        return None
    joints = [_joint_cost(words, index, column) for index in range(1, len(words))]
    whole = sum(apart for _, apart in joints)
    best: tuple[float, int, int] | None = None
    shapes: dict[tuple[int, int], _Seen] = {}
    for first in range(1, len(words) - 1):
        for second in range(first + 1, len(words)):
            cost = whole
            for boundary in (first, second):
                together, apart = joints[boundary - 1]
                cost += together - apart
            cost += _value_cost(words, first, second, values, shapes)
            if best is None or cost < best[0] - 1e-9:
                best = cost, first, second
    return Cut(best[1], best[2], best[0]) if best else None


_CLOSERS = "）)”》」』、，。；：,.;:!？！％%"
_OPENERS = "（(“《「『"
_NEXT = re.compile(rf"^[{re.escape(_OPENERS)}]*(?:[0-9A-Za-z.]+|.)[{re.escape(_CLOSERS)}]*")


def is_full(words: Sequence[Word], index: int, column: float) -> bool:
    """Whether the line that ends before a word had no room for the word's first characters: figures and Latin words
    are not broken, and no line begins with a closing mark."""
    line = 0.0
    for position in range(index - 1, -1, -1):
        word = words[position]
        line += width(word.text)
        if word.joint != "space" or not word.text[0].isascii():
            break
        line += 0.5
    match = _NEXT.match(words[index].text)
    follows = width(match[0]) if match else 1.0
    return line + follows >= column + 0.5


def _joint_cost(words: Sequence[Word], index: int, column: float) -> tuple[float, float]:
    """What it costs to cut before a word, and what it costs not to."""
    before, word = words[index - 1], words[index]
    if word.text.startswith(_BOUNDS):
        return 0.0, 4.0
    if word.joint == "space":
        figure_follows = word.text[0].isascii() and not before.text[-1].isascii()
        if _UNFINISHED.match(before.text) and not word.text[0].isdigit():
            return 3.0, 0.0
        return (1.8, 0.3) if figure_follows else (0.3, 1.2)
    gap = word.joint == "gap"
    full = is_full(words, index, column)
    if not full:
        return 0.0, (4.0 if gap else 2.5)
    if before.text.endswith(_CLOSED):
        return 0.0, (1.5 if gap else 0.5)
    return (1.2 if gap else 2.2), (0.4 if gap else 0.0)


def _value_cost(
    words: Sequence[Word],
    first: int,
    second: int,
    values: ValueWording,
    shapes: dict[tuple[int, int], _Seen],
) -> float:
    target = _shape(words, first, second, values, shapes)
    actual = _shape(words, second, len(words), values, shapes)
    cost = 0.0
    if target.shape is Shape.QUANTITY:
        cost += max(0, len(target.subject) - _SHORT_SUBJECT) * 0.15 - 0.8
        cost += 0.6 if target.subject and not target.sign else 0.0
        if actual.shape is Shape.QUANTITY:
            cost -= 3.2 if not actual.subject else 2.2
            if target.unit == actual.unit:
                cost -= 1.5
    cost -= _likeness(target.text, actual.text)
    cost += sum(
        3.0 if not first_word else 1.0
        for first_word, end in ((0, first), (first, second))
        if _is_torn(words[first_word:end])
    )
    cost += sum(3.0 for start in (first, second) if words[start].text[0] in _CLOSERS)
    name = "".join(word.text for word in words[:first])
    if _UNFINISHED.match(fold(name)) or name.startswith(_BOUNDS):
        cost += 5.0
    return cost


_ALIKE = 0.3


def _likeness(target: str, actual: str) -> float:
    """What speaks for two texts answering one another: the same words, most of them, or the same beginning."""
    short, long = sorted((target, actual), key=len)
    if not short:
        return 0.0
    if short == long:
        return 2.5
    if len(short) > 1 and len(short) >= len(long) * _ALIKE and short in long:
        return 1.5
    begins = next((n for n, (a, b) in enumerate(zip(target, actual, strict=False)) if a != b), len(short))
    return 1.5 if begins >= _SHORT_SUBJECT else 0.7 if begins > 1 else 0.0


def _is_torn(cell: Sequence[Word]) -> bool:
    """Whether a cell would end inside brackets or quotes, or at a comma."""
    text = "".join(word.text for word in cell)
    pairs = (("（", "）"), ("“", "”"), ("《", "》"), ("(", ")"))
    return text.endswith(("，", "、", ",")) or any(
        text.count(left) > text.count(right) for left, right in pairs
    )


def _shape(
    words: Sequence[Word],
    first: int,
    last: int,
    values: ValueWording,
    shapes: dict[tuple[int, int], _Seen],
) -> _Seen:
    key = (first, last)
    if key not in shapes:
        text = fold("".join(word.text for word in words[first:last]))
        if len(text) > _LONGEST_VALUE:
            shapes[key] = _Seen(Shape.WORDS, "", text, "")
        else:
            value = read_value(text, values)
            shapes[key] = _Seen(value.shape, value.unit, text, value.subject, value.sign)
    return shapes[key]


def joined(words: Sequence[Word]) -> str:
    """The words of a cell as one text; a blank stays between Latin words only."""
    text = ""
    for word in words:
        latin = (
            text[-1:].isascii()
            and text[-1:].isalpha()
            and word.text[:1].isascii()
            and word.text[:1].isalpha()
        )
        text += (" " if latin and word.joint == "space" else "") + word.text
    return text
