"""Performance forms with a column for each category of indicator (数量指标 | 质量指标 | …): a form in every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Place
from gouji.performance import PerformanceForm, RowText, Words, read_value, split_items
from gouji.reading.performance_aligned import aligned
from gouji.reading.performance_heads import category_heads
from gouji.reading.performance_piece import Head, Piece, span

_MISALIGNED = "原文没有合并单元格的信息，指标与表头的对应关系不能确定"
_SHORTEST = 2


class WideForms:
    """``separated`` says that the table was copied without merged cells."""

    def __init__(self, wording: PerformanceWording, file: str, *, separated: bool) -> None:
        self.wording, self.file, self.separated = wording, file, separated
        self.rows = RowText(wording)

    def read(
        self, piece: Piece, row: int, form_at: Callable[[Place], PerformanceForm]
    ) -> Iterator[PerformanceForm]:
        """The forms below the heads in a row; ``form_at`` makes an empty one."""
        heads = category_heads(piece.anchored[row], self.wording) or []
        for data in range(row + 1, piece.n_rows):
            filled = [cell for cell in piece.anchored[data] if cell.text]
            under = [(head, cell) for head in heads if (cell := piece.under(data, head)) is not None]
            # A cell below several heads is a note under the table.
            many = Counter(id(cell) for _, cell in under)
            found = [(head, cell) for head, cell in under if cell.text and many[id(cell)] == 1]
            if not found or not any(len(fold(cell.text)) > _SHORTEST for _, cell in found):
                continue
            form = form_at(self._place(filled[0]))
            if piece.page is not None:
                form.pages.append(piece.page)
            form.project = next((c.text for c in filled if not c.text[0].isdigit()), "")
            self._read_texts(form, piece, row, data)
            self._read_cells(form, found, filled, heads)
            yield form

    def _read_cells(
        self,
        form: PerformanceForm,
        found: list[tuple[Head, Cell]],
        filled: list[Cell],
        heads: list[Head],
    ) -> None:
        if not self.separated:
            for head, cell in found:
                self._read_items(form, cell, head.text)
            return
        form.why.append(_MISALIGNED)
        left = min(span(cell)[0] for _, cell in found)
        cells = [cell for cell in filled if span(cell)[0] >= left]
        places = aligned([(cell.col, cell.text) for cell in cells], heads, self.wording)
        for cell, place in zip(cells, places, strict=True):
            self._read_items(form, cell, place.head.text if place.head else "", place.level)

    def _read_texts(self, form: PerformanceForm, piece: Piece, heads: int, row: int) -> None:
        """Goals and the like, which stand left of the indicators."""
        for above in range(heads + 1):
            for cell in piece.anchored[above]:
                id = self.wording.texts.get(label_of(cell.text))
                found = piece.under(row, Head(id, *span(cell), cell.text)) if id else None
                if id and found is not None and found.text:
                    form.texts.setdefault(id, Words(found.text, self._place(found)))
        form.goal = form.texts["goal"].text if "goal" in form.texts else form.goal

    def _read_items(self, form: PerformanceForm, cell: Cell, category: str, level: str = "") -> None:
        """The indicators of a cell under its category, or under a level only where the category is not sure."""
        form.cells.append(Words(cell.text, self._place(cell)))
        values = self.wording.values
        why = "" if category else _MISALIGNED
        for item in split_items(cell.text):
            value = read_value(item, values)
            name = value.subject if value.is_quantity and value.subject else item
            level1 = self.wording.name_of.get(f"/{level}", "")
            texts = {"level1": level1, "level2": category, "name": name, "target": item}
            form.indicators.append(self.rows.indicator(texts, self._place(cell), why))

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, cell.place.page, cell.place.box, cell.place.ref)
