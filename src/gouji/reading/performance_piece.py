"""One drawn piece of a performance form: its rows of cells, and the columns that its heads name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell, Table


class Head(NamedTuple):
    """A column head: what it names, how far it reaches from left to right, and its printed text."""

    id: str
    left: float
    right: float
    text: str


class Piece:
    """A table as rows: ``anchored[r]`` are the cells that begin in row r, ``covering[r]`` all that reach into it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.page = table.place.page
        self.anchored: list[list[Cell]] = [[] for _ in range(table.n_rows)]
        self.covering: list[list[Cell]] = [[] for _ in range(table.n_rows)]
        for cell in table.cells:
            self.anchored[cell.row].append(cell)
            for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
                self.covering[row].append(cell)
        for cells in self.covering:
            cells.sort(key=lambda cell: cell.col)
        self._heads: dict[int, list[Head] | None] = {}

    @property
    def n_rows(self) -> int:
        return self.table.n_rows

    def heads(self, row: int, wording: PerformanceWording) -> list[Head] | None:
        """The heads of a grid of indicators that begin in a row (see :func:`indicator_heads`)."""
        if row not in self._heads:
            self._heads[row] = indicator_heads(self, row, wording)
        return self._heads[row]

    def under(self, row: int, head: Head) -> Cell | None:
        """The cell of a row whose middle stands under a head, or that reaches over the whole head."""
        middle = (head.left + head.right) / 2
        for cell in self.covering[row]:
            left, right = span(cell)
            if head.left <= (left + right) / 2 <= head.right or left <= middle <= right:
                return cell
        return None


def span(cell: Cell) -> tuple[float, float]:
    """From where to where a cell reaches: points, or grid columns where the format has no page."""
    box = cell.place.box
    return (box.x0, box.x1) if box is not None else (cell.col, cell.col + cell.col_span)


_NEEDED = 3


def indicator_heads(piece: Piece, row: int, wording: PerformanceWording) -> list[Head] | None:
    """The column heads that begin in a row, when it heads a grid of indicators."""
    heads = [
        Head(id, *span(cell), fold(cell.text))
        for cell in piece.anchored[row]
        if cell.text and (id := _column(cell, wording))
    ]
    ids = {head.id for head in heads}
    if len(ids) < _NEEDED or "name" not in ids or "target" not in ids:
        return None
    if row + 1 < piece.n_rows:
        above = [head for head in heads if not head.id.startswith("money:")]
        heads.extend(
            Head(id, *span(cell), fold(cell.text))
            for cell in piece.anchored[row + 1]
            if (id := _column(cell, wording)).startswith("money:")
            and len(above) < len(piece.covering[row + 1])
        )
    return heads


def side_by_side(heads: Sequence[Head]) -> tuple[list[Head], list[Head]]:
    """The heads of the year, and those of the whole period where both stand side by side (长期绩效指标 | 年度绩效指标):
    whatever is named twice. What stands once, left of both, belongs to the year's as well."""
    ordered = sorted(heads, key=lambda head: head.left)
    names = [head for head in ordered if head.id == "name"]
    targets = [head for head in ordered if head.id == "target"]
    if len(names) != len(targets) or len(names) != _LANES:
        return list(heads), []
    right = [head for head in ordered if head.left >= targets[0].right]
    twice = {head.id for head in right}
    left = [head for head in ordered if head.left < targets[0].right]
    return [*(head for head in left if head.id not in twice), *right], left


_LANES = 2


def head_end(piece: Piece, row: int, wording: PerformanceWording) -> int:
    """The first row below the heads that begin in a row. What stands beside them (年度绩效指标, as tall as the form) is
    no head."""
    return max(cell.row + cell.row_span for cell in piece.anchored[row] if _column(cell, wording))


def _column(cell: Cell, wording: PerformanceWording) -> str:
    label, folded = label_of(cell.text), fold(cell.text)
    id = wording.columns.get(folded) or wording.columns.get(label, "")
    if id == "amount":
        return "money:total"
    return id or (f"money:{row}" if (row := wording.money_rows.get(label)) else "")


def category_heads(cells: Sequence[Cell], wording: PerformanceWording) -> list[Head] | None:
    """The heads of a form that has a column for each category of indicator (数量指标, 质量指标 … side by side)."""
    heads = [
        Head(category, *span(cell), fold(cell.text))
        for cell in cells
        if cell.text and (category := wording.categories.get(label_of(cell.text)))
    ]
    return heads if len({head.id for head in heads}) > _NEEDED else None
