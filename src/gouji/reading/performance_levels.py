"""Levels of indicators: printed in a merged cell, on every row, or once; and those that a page break cut off before
their words, because the merged cell is named on the next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.catalog import fold, label_of
from gouji.documents import Cell
from gouji.performance import PerformanceForm, RowText
from gouji.performance.labels import share, share_in
from gouji.reading.performance_piece import Head, Piece


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


_LEVELS = ("level1", "level2")


class PrintedLevels:
    """The levels of the form at hand as they were last printed, by level."""

    def __init__(self, rows: RowText) -> None:
        self.printed: dict[str, str] = {}
        self.unnamed = UnnamedLevels(rows)

    def forget(self) -> None:
        """Another form begins."""
        self.printed = {}
        self.unnamed.forget()

    def wait(self, form: PerformanceForm, texts: dict[str, str], levels: list[str]) -> None:
        """The last row of the form waits for the words of these levels."""
        self.unnamed.note(form, texts, levels)

    def carry(
        self,
        form: PerformanceForm,
        piece: Piece,
        rows: tuple[int, int],
        under: Mapping[Head, Cell | None],
        texts: dict[str, str],
    ) -> list[str]:
        """Put the levels of a row into its ``texts``. A level without words at the top of a piece is that of the piece
        before; one that a page break cut off before its words is named on the next page: the ids of such levels.
        ``rows`` are the row and the first one below the heads, ``under`` what stands under each head."""
        row, first_row = rows
        by_id = {head.id: cell for head, cell in under.items() if cell is not None}
        self._note_weight(form, by_id)
        still_open: list[str] = []
        heads = [head for head in under if head.id in _LEVELS]
        for id in [head.id for head in heads]:
            cell = by_id.get(id)
            top = cell is None or cell.row <= first_row
            to_the_end = cell is None or cell.row + cell.row_span >= piece.n_rows
            if cell is not None and fold(cell.text):
                self._name(form, id, cell, top=top)
            elif (top and self._goes_on(id, texts)) or (
                row > first_row
                and self._goes_on(id, texts)
                and _is_printed_once(piece, first_row, id, by_id, heads)
            ):
                texts[id] = self.printed[id]
            elif to_the_end:
                if cell is not None and not top and row == cell.row:
                    self.unnamed.drop(id)
                still_open.append(id)
        return still_open

    def note(self, form: PerformanceForm, by_id: Mapping[str, Cell], row: int) -> None:
        """Remember the levels that a row prints which has no indicator."""
        for id in _LEVELS:
            cell = by_id.get(id)
            if cell is not None and cell.row == row and fold(cell.text):
                self._name(form, id, cell, top=False)

    def _name(self, form: PerformanceForm, id: str, cell: Cell, *, top: bool) -> None:
        if top:
            self.unnamed.name(form, id, cell.text)
        self.unnamed.drop(id)
        self.printed[id] = cell.text
        if id == "level1" and (weight := share_in(cell.text)) is not None:
            form.level_shares.setdefault(cell.text, weight)

    def _note_weight(self, form: PerformanceForm, by_id: Mapping[str, Cell]) -> None:
        """The weight of a first level that has a column of its own."""
        level, weight = by_id.get("level1"), by_id.get("level1_weight")
        if level is None or weight is None or level.row != weight.row or not level.text:
            return
        if (value := share(weight.text).value) is not None:
            form.level_shares.setdefault(level.text, value)

    def _goes_on(self, id: str, texts: dict[str, str]) -> bool:
        """Whether a level without words may be the last one that was named."""
        if id not in self.printed or self.unnamed.has(id):
            return False
        return id == "level2" or self.unnamed.fits(self.printed[id], texts.get("level2", ""))


def _is_printed_once(
    piece: Piece, first_row: int, id: str, by_id: Mapping[str, Cell], heads: Sequence[Head]
) -> bool:
    """Whether a blank level is that of the row above: the form has no merged cells under its levels."""
    first = by_id.get("level1")
    if id not in by_id or (id == "level2" and first is not None and fold(first.text)):
        return False
    return not any(
        under.row_span > 1 and under.row >= first_row
        for head in heads
        for row in range(first_row, piece.n_rows)
        if (under := piece.under(row, head)) is not None
    )
