"""The year's tasks in the form of a department (年度主要任务): name, what was done, money, score; and their total."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Place, Unit
from gouji.performance import Amount, MoneyRow, PerformanceForm, TaskRow
from gouji.performance.labels import amount, money_unit, share
from gouji.reading.performance_piece import Head, Piece, span

_BESIDE = frozenset({"content", "result", "budget"})
_WORDS = frozenset({"name", "content", "result", "weight", "score"})


class TaskGrid:
    """The heads of a list of tasks, and the rows under them. Empty where no such heads were seen."""

    def __init__(self, wording: PerformanceWording, file: str) -> None:
        self.wording = wording
        self.file = file
        self.heads: list[Head] = []
        self.unit = Unit.WAN_YUAN
        self.head_rows: tuple[Piece, int] | None = None
        """The piece in which the heads stand, and the first row below them."""

    def read(self, form: PerformanceForm, piece: Piece, row: int, unit: Unit) -> bool:
        """Whether a row belongs to the tasks of a form; then it is taken. ``unit`` is that of the form."""
        if self._begin(piece, row, unit):
            return True
        if not self.heads:
            return False
        if self.head_rows is not None and self.head_rows[0] is piece and row < self.head_rows[1]:
            return True
        cells = {head.id: cell for head in self.heads if (cell := piece.under(row, head)) is not None}
        if self._take_total(form, piece, row, cells):
            return True
        return self._take_task(form, row, cells)

    def end(self) -> None:
        """Another form, or the indicators, begin."""
        self.heads = []

    # ---- Heads. ----

    def _begin(self, piece: Piece, row: int, unit: Unit) -> bool:
        columns = self.wording.task_columns
        found = [
            (id, cell)
            for cell in piece.anchored[row]
            if cell.text and (id := columns.get(label_of(cell.text)))
        ]
        ids = [id for id, _ in found]
        if ids[:1] != ["name"] or not _BESIDE & set(ids) or len(ids) != len(set(ids)):
            return False
        self.unit = next((u for _, cell in found if (u := money_unit(cell.text))), unit)
        self.heads = []
        for id, cell in found:
            own = Head(id, *span(cell), fold(cell.text))
            self.heads += (self._sources(piece, row, own) if id == "budget" else []) or [own]
        self.head_rows = piece, max(cell.row + cell.row_span for _, cell in found)
        return True

    def _sources(self, piece: Piece, row: int, head: Head) -> list[Head]:
        """The columns below a head of money: 总额 | 财政拨款 | 其他资金."""
        below = piece.anchored[row + 1] if row + 1 < piece.n_rows else []
        inside = [c for c in below if c.text and head.left <= span(c)[0] and span(c)[1] <= head.right]
        rows, columns = self.wording.money_rows, self.wording.task_columns
        named = [(rows.get(label_of(c.text)) or columns.get(label_of(c.text), ""), c) for c in inside]
        return [
            Head("budget" if id == "total" else id, *span(cell), fold(cell.text)) for id, cell in named if id
        ]

    # ---- Rows. ----

    def _take_total(self, form: PerformanceForm, piece: Piece, row: int, cells: Mapping[str, Cell]) -> bool:
        """The row that adds up the tasks (金额合计): the money of the whole, if the form states it nowhere else."""
        first = next((cell for cell in piece.anchored[row] if cell.text), None)
        if first is None or label_of(first.text) not in self.wording.task_totals:
            return False
        for id, cell in cells.items():
            if id in _WORDS or id == "spent" or cell.row != row:
                continue
            printed = amount(cell.text, self.unit)
            row_id = "total" if id == "budget" else id
            if printed is not None and form.money_row(row_id) is None:
                place = self._place(cell)
                form.money.append(MoneyRow(row_id, label_of(first.text), {"budget": Amount(printed, place)}))
        self.end()
        return True

    def _take_task(self, form: PerformanceForm, row: int, cells: Mapping[str, Cell]) -> bool:
        name = cells.get("name")
        many = len({(cell.row, cell.col) for cell in cells.values()}) < len(cells)
        if name is None or name.row != row or not name.text or many or self._is_label(name):
            self.end()
            return False
        texts = {id: cell.text for id, cell in cells.items() if cell.row == row}
        money = {
            id: Amount(printed, self._place(cells[id]))
            for id, text in texts.items()
            if id not in _WORDS and (printed := amount(text, self.unit)) is not None
        }
        empty = not money and not any(text for id, text in texts.items() if id != "name")
        if not (empty and any(pattern.search(fold(name.text)) for pattern in self.wording.residue)):
            sources = {id: money[id] for id in money if id not in ("budget", "spent")}
            form.tasks.append(TaskRow(
                name.text, texts.get("content", ""), texts.get("result", ""), money.get("budget"), money.get("spent"),
                share(texts["weight"]) if "weight" in texts else None,
                share(texts["score"]) if "score" in texts else None, self._place(name), sources,
            ))  # fmt: skip
        return True

    def _is_label(self, cell: Cell) -> bool:
        label, wording = label_of(cell.text), self.wording
        known = (wording.heads, wording.columns, wording.money_rows, wording.money_heads)
        return any(label in words for words in known)

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, cell.place.page, cell.place.box, cell.place.ref)
