"""The year's tasks in the form of a department (年度主要任务): name, what was done, money, score."""

from __future__ import annotations

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Place, Unit
from gouji.performance import Amount, TaskRow
from gouji.performance.labels import amount, money_unit, share
from gouji.reading.performance_piece import Head, Piece, span

_BESIDE = frozenset({"content", "result", "budget"})


class TaskGrid:
    """The heads of a list of tasks, and the rows under them. Empty where no such heads were seen."""

    def __init__(self, wording: PerformanceWording) -> None:
        self.wording = wording
        self.heads: list[Head] = []
        self.units: dict[str, Unit] = {}

    def begin(self, piece: Piece, row: int, unit: Unit) -> bool:
        """Whether a row heads a list of tasks; then its heads are remembered. ``unit`` is that of the form."""
        columns = self.wording.task_columns
        found = [
            Head(id, *span(cell), fold(cell.text))
            for cell in piece.anchored[row]
            if cell.text and (id := columns.get(label_of(cell.text)))
        ]
        ids = [head.id for head in found]
        if ids[:1] != ["name"] or not _BESIDE & set(ids) or len(ids) != len(set(ids)):
            return False
        self.heads = found
        self.units = {head.id: money_unit(head.text) or unit for head in found}
        return True

    def read(self, piece: Piece, row: int, file: str) -> TaskRow | None:
        """The task of a row; ``None`` where the list has ended (or none is going on)."""
        cells = {head.id: cell for head in self.heads if (cell := piece.under(row, head)) is not None}
        name = cells.get("name")
        many = len({(cell.row, cell.col) for cell in cells.values()}) < len(cells)
        if name is None or name.row != row or not name.text or many or self._is_label(name):
            self.heads = []
            return None
        texts = {id: cell.text for id, cell in cells.items() if cell.row == row}
        place = Place(file, name.place.page, name.place.box, name.place.ref)
        money = {
            id: Amount(printed, place)
            for id in ("budget", "spent")
            if (printed := amount(texts.get(id, ""), self.units.get(id, Unit.WAN_YUAN))) is not None
        }
        return TaskRow(
            name.text, texts.get("content", ""), texts.get("result", ""), money.get("budget"), money.get("spent"),
            share(texts["weight"]) if "weight" in texts else None,
            share(texts["score"]) if "score" in texts else None, place,
        )  # fmt: skip

    def _is_label(self, cell: Cell) -> bool:
        label, wording = label_of(cell.text), self.wording
        known = (wording.heads, wording.columns, wording.money_rows, wording.money_heads)
        return any(label in words for words in known)

    def end(self) -> None:
        """Another form, or the indicators, begin."""
        self.heads = []
