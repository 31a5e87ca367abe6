"""Levels of indicators that a page break cut off before their words: the merged cell is named on the next page."""

from __future__ import annotations

from typing import NamedTuple

from gouji.catalog import label_of
from gouji.performance import PerformanceForm, RowText


class _Waiting(NamedTuple):
    """A row of a form, by number, with its texts."""

    number: int
    texts: dict[str, str]


class UnnamedLevels:
    """The rows of the form at hand whose level has no words yet, by level."""

    def __init__(self, rows: RowText) -> None:
        self.rows = rows
        self.waiting: dict[str, list[_Waiting]] = {}

    def note(self, form: PerformanceForm, texts: dict[str, str], levels: list[str]) -> None:
        """The last row of the form stands under cells without words that reach down to the end of the page."""
        for id in levels:
            self.waiting.setdefault(id, []).append(_Waiting(len(form.indicators) - 1, texts))

    def name(self, form: PerformanceForm, level: str, text: str) -> None:
        """The words at the top of the next page."""
        for row in self.waiting.pop(level, ()):
            if level == "level1" and not self.fits(text, row.texts.get("level2", "")):
                continue
            row.texts[level] = text
            before = form.indicators[row.number]
            form.indicators[row.number] = self.rows.indicator(row.texts, before.place, before.why)

    def fits(self, level1: str, level2: str) -> bool:
        """Whether a category can stand under a level. Costs stand under the output, too."""
        wording = self.rows.wording
        level, category = (
            wording.levels.get(label_of(level1), ""),
            wording.categories.get(label_of(level2), ""),
        )
        belongs = wording.level_of.get(category, "")
        return not level or not belongs or level == belongs or (level, belongs) == ("output", "cost")

    def has(self, level: str) -> bool:
        return level in self.waiting

    def drop(self, level: str) -> None:
        """Another cell of the level begins: the words of the one before are lost."""
        self.waiting.pop(level, None)

    def forget(self) -> None:
        """Another form begins."""
        self.waiting.clear()
