"""The titles of performance forms: what kind of form they name, and where a table's title stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.catalog import Catalog, fold
from gouji.documents import Cell, Paragraph
from gouji.facts import Place
from gouji.performance import PerformanceForm
from gouji.reading.captions import find_targets_title

_LINES_ABOVE = 8
_LONGEST = 60
_PIECE = 12
"""Characters of a line that may be the rest of the title above it."""


class FormTitles:
    """What the catalogue says of the titles of performance forms."""

    def __init__(self, catalog: Catalog) -> None:
        self.wording = catalog.performance
        self.lexicon = catalog.lexicon

    def above(self, lines: Sequence[Paragraph]) -> tuple[str, bool]:
        """The title of a performance form among the lines right above a table; and whether they name another table."""
        nearest = [fold(line.text) for line in lines[-_LINES_ABOVE:]]
        for index in range(len(nearest) - 1, -1, -1):
            text = nearest[index]
            if self.kind(text) and _is_name(text):
                return text, False
            if index and _is_name(text) and len(text) < _PIECE and self.kind(nearest[index - 1] + text):
                return nearest[index - 1] + text, False
            if _is_name(text) and len(text) > len("绩效表"):
                return "", True
        return "", False

    def of_targets(self, lines: Sequence[Paragraph]) -> str:
        """The nearest title of a table of targets, whatever else its line says (number, body, unit)."""
        titles = (find_targets_title(line.text, self.lexicon)[1] for line in reversed(lines[-_LINES_ABOVE:]))
        return fold(next(filter(None, titles), ""))

    def is_title(self, cells: Sequence[Cell]) -> bool:
        """Whether a row of cells is nothing but a title."""
        filled = [cell for cell in cells if cell.text]
        return len(filled) == 1 and bool(self.kind(fold(filled[0].text))) and _is_name(fold(filled[0].text))

    def kind(self, text: str) -> str:
        kinds = self.wording.title_kinds.items()
        return next((kind for kind, words in kinds if any(word in text for word in words)), "")

    def scope(self, text: str) -> str:
        scopes = self.wording.title_scopes.items()
        return next((scope for scope, words in scopes if any(word in text for word in words)), "")

    def form(self, number: int, title: str, place: Place) -> PerformanceForm:
        """An empty form under a title."""
        return PerformanceForm(number, self.kind(title) or "targets", self.scope(title), title, place)


def _is_name(text: str) -> bool:
    """Whether a line is the name of a table: it ends in 表, whatever brackets or year follow."""
    stem = re.sub(r"(?:\([^()]*\))+$", "", text)
    return stem.endswith("表") and len(stem) < _LONGEST and "。" not in stem
