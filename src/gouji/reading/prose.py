"""Running text as its writer wrote it: wrapped lines joined into passages, each below its headings.

A PDF or a pasted text gives lines; a sentence goes on over them, over page numbers and over pages. Here they become
:class:`Passage` objects with an offset map back to the lines, so that whatever is found in a passage can be
shown on its page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from gouji.documents import Box, Document
from gouji.facts import Place
from gouji.reading.furniture import furniture
from gouji.reading.headings import heading_level, is_contents_line
from gouji.reading.wrapping import Line, goes_on, is_row, prose_lines


class Sort(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    TEXT = "text"
    """Running text: at least one clause."""
    SCRAP = "scrap"
    """A line that is neither: the caption of a table, a stray cell, a signature."""
    CONTENTS = "contents"
    """An entry of the contents page."""


class Piece(NamedTuple):
    """One line within a passage: its characters begin at ``start`` of the passage's text."""

    start: int
    line: Line


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A paragraph or a heading. ``text`` is printed characters without any blanks; ``folded`` is the same length,
    with widths of digits, letters, brackets and per cent signs unified (Chinese punctuation is kept).

    ``path`` are the headings above it, as printed, the outermost first; a heading's own text is not in its path.
    """

    text: str
    folded: str
    sort: Sort
    level: int
    """Of a heading: 1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1、, 5 for （1）; 0 for text."""
    path: tuple[str, ...]
    pieces: tuple[Piece, ...]
    block: int
    """Index of its first line among the blocks of the document: what stands between which tables."""

    @property
    def section(self) -> str:
        """The headings above it in one line, for a reader."""
        return "·".join(self.path)

    def place(self, file: str, start: int = 0, end: int | None = None) -> Place:
        """Where characters ``start`` to ``end`` stand: the page and, where the format has one, the box of their
        part of the line in which they begin (its width shared out by the widths of the characters)."""
        end = len(self.text) if end is None else end
        piece, stop = self._piece_at(start)
        place = piece.line.paragraph.place
        box = place.box
        if box is not None:
            own = self.text[piece.start : stop]
            box = _part_of(box, own, start - piece.start, min(end, stop) - piece.start)
        return Place(file, place.page, box, place.ref)

    def _piece_at(self, offset: int) -> tuple[Piece, int]:
        """The line in which a character stands, and the offset at which the next line begins."""
        for piece, following in pairwise(self.pieces):
            if offset < following.start:
                return piece, following.start
        return self.pieces[-1], len(self.text)


def read_prose(document: Document, left_out: Set[int] | None = None) -> tuple[Passage, ...]:
    """All that stands outside tables, in order, without page numbers and running heads: those that are left out (by
    identity), if they are known already."""
    left_out = furniture(document) if left_out is None else left_out
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    for lines in _joined(prose_lines(document, left_out)):
        passage = _passage(lines, tuple(text for _, text in path))
        if passage.sort is Sort.HEADING:
            path = [(level, text) for level, text in path if level < passage.level]
            passage = replace(passage, path=tuple(text for _, text in path))
            path.append((passage.level, passage.text))
        passages.append(passage)
    return tuple(passages)


def _joined(lines: Sequence[Line]) -> Iterator[list[Line]]:
    together: list[Line] = []
    for line in lines:
        if together and goes_on(together[-1], line):
            together.append(line)
            continue
        if together:
            yield together
        together = [line]
    if together:
        yield together


_CLAUSE = re.compile(r"[。；，：;！？]|,(?!\d)|(?<!\d),")


_LONGEST = 200_000
"""Characters that a paragraph of running text holds at most."""


def _passage(lines: Sequence[Line], path: tuple[str, ...]) -> Passage:
    pieces: list[Piece] = []
    text = ""
    for line in lines:
        pieces.append(Piece(len(text), line))
        text += line.text
    if len(text) > _LONGEST:
        # No writer's sentence: kept as it stands, and nothing is looked for in it.
        return Passage(text, text, Sort.SCRAP, 0, path, tuple(pieces), lines[0].block)
    folded = fold_characters(text)
    level = heading_level(folded)
    if is_contents_line(lines[0].paragraph.text):
        sort, level = Sort.CONTENTS, 0
    elif is_row(lines[0].paragraph.text):
        sort, level = Sort.SCRAP, 0
    elif level:
        sort = Sort.HEADING
    else:
        sort = Sort.TEXT if _CLAUSE.search(text) and any(_is_hanzi(c) for c in text) else Sort.SCRAP
    return Passage(text, folded, sort, level, path, tuple(pieces), lines[0].block)


_KEPT = "，。；：！？、“”‘’《》…—"
_UNIFIED = str.maketrans("〔〕【】％．－–−", "()()%.---")
_MOST_REMEMBERED = 16_384


class _Widths(dict[int, int]):
    """The code of each character -> that of its compatible form, where this is one character. Learnt as they are met."""

    def __missing__(self, code: int) -> int:
        narrow = unicodedata.normalize("NFKC", chr(code))
        found = ord(narrow) if len(narrow) == 1 else code
        if len(self) < _MOST_REMEMBERED:
            self[code] = found
        return found


_WIDTHS = _Widths({ord(character): ord(character) for character in _KEPT} | _UNIFIED)


def fold_characters(text: str) -> str:
    """Text of the same length with compatible forms unified: full-width digits, letters, brackets and signs.

    >>> fold_characters("（２０２４）年，占３％。")
    '(2024)年，占3%。'
    """
    return text.translate(_WIDTHS)


def _is_hanzi(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _part_of(box: Box, text: str, start: int, end: int) -> Box:
    """The part of a line's box that some of its characters take: a Chinese character is twice as wide as a digit."""
    widths = [1 if character.isascii() else 2 for character in text]
    whole = sum(widths) or 1
    left = box.x0 + (box.x1 - box.x0) * sum(widths[:start]) / whole
    right = box.x0 + (box.x1 - box.x0) * sum(widths[:end]) / whole
    return Box(left, box.y0, max(right, left), box.y1)
