"""The money of a form by source in columns (中央 | 省级 | 本级 | 合计 | 执行数), with the amounts below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gouji.catalog import PerformanceWording, label_of
from gouji.documents import Cell
from gouji.facts import Place, Unit
from gouji.performance import Amount, MoneyRow, PerformanceForm
from gouji.performance.labels import amount, share
from gouji.reading.performance_piece import Piece, span

_LEAST = 2
"""Columns of known sources that make a head."""


class SourceColumns:
    """The heads of sources of the form at hand; the first row of amounts below them is its money."""

    def __init__(self, wording: PerformanceWording, place: Callable[[Cell], Place]) -> None:
        self.wording = wording
        self.place = place
        self.heads: list[Cell] = []
        self.below: tuple[Piece, int] | None = None
        """The row right below these heads."""

    def read(self, form: PerformanceForm, piece: Piece, row: int, unit: Unit) -> bool:
        """Whether a row heads sources of money, or holds the amounts of those above it."""
        own = [cell for cell in piece.anchored[row] if cell.text]
        goes_on = bool(self.heads) and self.below == (piece, row)
        if self._is_head(piece, row, own, again=goes_on):
            self.heads = [*(self.heads if goes_on else []), *own]
            self.below = piece, row + 1
            return True
        if not goes_on:
            return False
        heads, self.heads = self.heads, []
        return self._take(form, piece, row, heads, unit)

    def _is_head(self, piece: Piece, row: int, own: Sequence[Cell], *, again: bool) -> bool:
        """Whether a row has nothing but words, the most of them sources, right of a label of money or from the left."""
        left = piece.covering[row][0] if piece.covering[row] else None
        if left is None or any(amount(cell.text, Unit.WAN_YUAN) is not None for cell in own):
            return False
        beside = label_of(left.text) in self.wording.money_heads
        known = [cell for cell in own if self._source(cell)]
        return len(known) >= _LEAST and (again or beside or (own[0] is left and left is known[0]))

    def _source(self, cell: Cell) -> str:
        label = label_of(cell.text)
        return self.wording.money_sources.get(label) or self.wording.money_rows.get(label, "")

    def _take(self, form: PerformanceForm, piece: Piece, row: int, heads: Sequence[Cell], unit: Unit) -> bool:
        found: dict[str, Amount] = {}
        rows: list[MoneyRow] = []
        for cell in piece.anchored[row]:
            above = [head for head in heads if _covers(head, cell)]
            printed = amount(cell.text, unit)
            if not above or not cell.text:
                continue
            column = self.wording.money_columns.get(label_of(above[-1].text), "")
            if column == "rate" and share(cell.text).value is not None:
                form.execution_rate = form.execution_rate or share(cell.text)
            if printed is None:
                continue
            here = Amount(printed, self.place(cell))
            id = self._named(above)
            if column == "spent":
                found["spent"] = here
            elif id == "total":
                found.setdefault("budget", here)
            elif id:
                rows.append(MoneyRow(id, label_of(above[-1].text), {"budget": here}))
        if found:
            form.money.append(MoneyRow("total", label_of(heads[0].text), found))
        form.money.extend(rows)
        return bool(found or rows)

    def _named(self, above: Sequence[Cell]) -> str:
        """What an amount is of: its source, or where that is all of something (基本支出 above 合计) the something. A source
        within something is nothing that is kept."""
        ids = [self._source(head) for head in above]
        if len(ids) == 1:
            return ids[0]
        return ids[-2] if ids[-1] == "total" else ""


def _covers(head: Cell, cell: Cell) -> bool:
    left, right = span(head)
    own = span(cell)
    return left <= (own[0] + own[1]) / 2 <= right
