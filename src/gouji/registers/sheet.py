"""A register as it lies in a file: rows of raw cells, whatever the format. Nothing is judged here but whether
a cell could be read at all, and nothing is ever a float."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from gouji.registers.printable import unprintable


class Flaw(NamedTuple):
    """A cell that holds neither text nor an exact number; ``text`` is the reason, in Chinese."""

    text: str


Cell = str | Decimal | Flaw | None
"""Text (never blank), an exact number, something unreadable, or a blank."""


class Row(NamedTuple):
    """A row and the number a person sees beside it, counting from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return all(cell is None for cell in self.cells)


class Sheet(NamedTuple):
    """One sheet of a workbook or one CSV file. ``file`` is as told to the user, relative to the workspace."""

    file: str
    name: str
    rows: tuple[Row, ...]


def text_cell(text: str) -> Cell:
    """Text as a cell: blank text is a blank, and text that cannot be printed a flaw."""
    stripped = text.strip(" \t\r\n\u3000\u00a0\u200b\ufeff")
    if wrong := unprintable(stripped):
        return Flaw(wrong)
    return stripped or None
