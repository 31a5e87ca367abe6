"""The cells of a document that hold words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from gouji.documents import Cell, Document
from gouji.reading import fold_characters

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
"""A cell that holds a well-formed figure and nothing else: no wording."""


class WordedCells(NamedTuple):
    """The cells of all tables that are not blank. Of flattened tables there are none, their lines are passages. What was
    recognised in an image proves nothing and is left out."""

    cells: Sequence[Cell]
    folded: Mapping[str, str]
    """What is printed in cells that hold more than a figure, and the same folded: most texts of a table stand in it many
    times."""
    lines: str
    """All folded texts, each a line."""

    @classmethod
    def of(cls, document: Document) -> Self:
        cells = [
            cell
            for table in document.tables
            for cell in table.cells
            if cell.recognition is None and cell.text.strip()
        ]
        texts = {cell.text for cell in cells}
        folded = {text: fold_characters(text) for text in texts if not _FIGURE.fullmatch(text)}
        return cls(cells, folded, "\n".join(folded.values()))
