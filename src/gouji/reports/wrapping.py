"""Breaks Chinese text into lines of a terminal: between any two characters, but not inside a number."""

from __future__ import annotations

import re

from rich.cells import cell_len

# A run of Latin letters, digits and what joins them, with the unit of an amount; or one single character.
_PIECE = re.compile(r"[0-9A-Za-z.,%+\-_/\\:#&=@!*]+(?:[千万亿]?元|个百分点)?|.", re.DOTALL)
_NO_START = frozenset("、，。；：？！）》】〉」』”’％…·,.;:?!)]}%")
_NO_END = frozenset("（《【〈「『“‘([{＋－×")


def _pieces(text: str) -> list[str]:
    """The text cut where a line may end: never before a closing mark, never after an opening one."""
    pieces: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if pieces and (piece in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells (a hanzi takes two); one empty line for an empty text.

    A piece that is wider than a line by itself is cut anywhere.
    """
    width = max(width, 2)
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = cell_len(piece)
        if used + size <= width:
            line, used = line + piece, used + size
            continue
        if size <= width:
            lines.append(line.rstrip())
            line, used = piece.lstrip(), cell_len(piece.lstrip())
            continue
        for character in piece:
            wide = cell_len(character)
            if used + wide > width:
                lines.append(line.rstrip())
                line, used = "", 0
            line, used = line + character, used + wide
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def clip(text: str, width: int) -> str:
    """The beginning of a text that would take more than ``width`` cells, with ``……`` for the rest."""
    if cell_len(text) <= width:
        return text
    kept, used = "", 0
    for character in text:
        used += cell_len(character)
        if used > width - 4:
            break
        kept += character
    return f"{kept}……"
