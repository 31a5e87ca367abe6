"""Tables with a grid: header trees, code columns, two-sided lanes, rows. Cells become witnesses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from gouji.catalog import Catalog, Meaning, RowSense, TableKind, bare, fold, row_sense
from gouji.documents import Cell, Table
from gouji.facts import Place, Presence, Printed, Status, Unit, Witness, as_printed
from gouji.reading.captions import Caption
from gouji.reading.result import ReadCode, ReadTable

_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_CODE_PIECE = re.compile(r"\d{2,7}")
_AMOUNT_LIKE = re.compile(r"[+-]?[\d,]+\.\d+|[+-]?\d{1,3}(?:,\d{3})+")


class GridCell(NamedTuple):
    """A cell in its joined table: ``anchor`` when the grid position is its top left corner, ``top`` when it is in
    the cell's first row."""

    cell: Cell
    anchor: bool
    top: bool


class JoinedGrid:
    """One table joined over its pieces: rows of grid positions. Pieces may divide their columns differently (a page
    without three-part codes draws one code column); then all are divided as finely as any."""

    def __init__(self, first: Table) -> None:
        self.n_cols = first.n_cols
        self.edges = first.column_edges
        self.rows: list[list[GridCell]] = _rows_of(first)
        self.pieces = [first]

    def extend(self, piece: Table) -> None:
        """Append a continuation, leaving out head rows that it repeats."""
        rows = _rows_of(piece)
        if piece.n_cols != self.n_cols and self.edges and piece.column_edges:
            edges = finest(self.edges, piece.column_edges)
            self.rows = [_divided(row, self.edges, edges) for row in self.rows]
            rows = [_divided(row, piece.column_edges, edges) for row in rows]
            self.edges, self.n_cols = edges, len(edges) - 1
        repeated = 0
        for own, new in zip(self.rows, rows, strict=False):
            if _row_text(own) != _row_text(new) or any(_AMOUNT_LIKE.fullmatch(g.cell.text) for g in new):
                break
            repeated += 1
        self.pieces.append(piece)
        self.rows.extend(rows[repeated:])


EDGE_SLACK = 4.0
"""How far (points) the same column line may be drawn apart on two pages."""


def finest(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    """The column lines of both, those that are the same counted once."""
    edges = list(one)
    edges.extend(edge for edge in other if all(abs(edge - own) > EDGE_SLACK for own in one))
    return tuple(sorted(edges))


def _divided(row: Sequence[GridCell], own: Sequence[float], edges: Sequence[float]) -> list[GridCell]:
    divided: list[GridCell] = []
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        column = max(0, min(len(row) - 1, bisect_right(own, middle) - 1))
        cell = row[column]
        anchored = cell.anchor and (not divided or divided[-1].cell is not cell.cell)
        divided.append(GridCell(cell.cell, anchored, cell.top))
    return divided


def _rows_of(table: Table) -> list[list[GridCell]]:
    rows: list[list[GridCell | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            for col in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                rows[row][col] = GridCell(cell, row == cell.row and col == cell.col, row == cell.row)
    return [[grid_cell for grid_cell in row if grid_cell is not None] for row in rows]


def _row_text(row: Sequence[GridCell]) -> list[str]:
    return [fold(grid_cell.cell.text) for grid_cell in row]


class ColumnSense(NamedTuple):
    """What a column is: its header path from the top down, and its role."""

    path: tuple[str, ...]
    role: str
    meaning: Meaning | None


@dataclass(slots=True)
class Lane:
    """Columns that are read together: keys on the left, amounts on the right. ``side`` is revenue, expenditure or
    empty. ``opened`` is what the rows so far have opened (see :class:`RowSense`)."""

    keys: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    side: str = ""
    opened: str = ""


class RowKey(NamedTuple):
    """The left part of a row in one lane."""

    code: str
    label: str
    place: Cell | None
    sense: RowSense | None
    """``None`` for a row that says nothing at all."""


class GridReader:
    """Reads joined grids of one document into recognised tables."""

    def __init__(self, catalog: Catalog, file: str) -> None:
        self.catalog = catalog
        self.lexicon = catalog.lexicon
        self.binder = catalog.binder
        self.file = file

    # ---- captions inside the grid

    def caption_rows(self, grid: JoinedGrid, caption: Caption) -> int:
        """How many rows at the top are title, number, unit or body lines; what they say goes into ``caption``."""
        for index, row in enumerate(grid.rows[:8]):
            texts = [g.cell.text for g in _distinct(row) if g.cell.text]
            if not texts:
                continue
            probe = Caption()
            said = [probe.absorb(text, self.lexicon) for text in texts]
            if (
                not any(said)
                or sum(said) < len(texts) - 1
                or any(self._is_head_label(text) for text in texts)
            ):
                return index
            for text in texts:
                caption.absorb(text, self.lexicon)
        return min(8, len(grid.rows))

    def _is_head_label(self, text: str) -> bool:
        meaning = self.lexicon.meaning(text)
        return meaning is not None and (bool(meaning.role) or meaning.total)

    # ---- understanding

    def read(self, grid: JoinedGrid, kind: TableKind, table: ReadTable, first_row: int) -> None:
        """Fill ``table`` with the witnesses of the grid from ``first_row`` on."""
        head_end, data_start = self._heads(grid, kind, first_row)
        columns = self._columns(grid, kind, first_row, head_end)
        lanes = self._lanes(columns, kind)
        if not any(lane.amounts for lane in lanes):
            table.why = "没有找到表头，各列的含义无法确定"
        for index in range(data_start, len(grid.rows)):
            self._read_row(grid.rows[index], index, kind, columns, lanes, table)

    def _heads(self, grid: JoinedGrid, kind: TableKind, first: int) -> tuple[int, int]:
        """(row after the last head row, first data row): they differ where a row only numbers the columns."""
        for index in range(first, len(grid.rows)):
            row = grid.rows[index]
            if self._is_numbering(row):
                return index, index + 1
            if self._is_data(row, kind, index > first):
                return index, index
        return len(grid.rows), len(grid.rows)

    def _is_numbering(self, row: Sequence[GridCell]) -> bool:
        """A row of 1, 2, 3 … under the heads (栏次)."""
        numbers: list[int] = []
        marked = False
        for grid_cell in _distinct(row):
            text = fold(grid_cell.cell.text)
            if not text:
                continue
            meaning = self.lexicon.meaning(text)
            if meaning is not None and meaning.role == "numbering":
                marked = True
            elif text.isdigit() and len(text) <= 2:
                numbers.append(int(text))
            elif meaning is None or not meaning.role:
                return False
        return numbers == list(range(1, len(numbers) + 1)) and (marked or len(numbers) >= 2)

    def _is_data(self, row: Sequence[GridCell], kind: TableKind, below_heads: bool) -> bool:
        cells = [g for g in _distinct(row) if g.cell.text]
        if not cells:
            return below_heads
        texts = [g.cell.text for g in cells]
        if any(_AMOUNT_LIKE.fullmatch(fold(text)) for text in texts):
            return True
        if kind.layout == "single_row":
            return below_heads and all(as_printed(text, Unit.WAN_YUAN) is not None for text in texts)
        if any(_CODE.fullmatch(fold(text)) for text in texts):
            return True
        meanings = [self.lexicon.meaning(text, kind.id) for text in texts]
        totals = sum(1 for meaning in meanings if meaning is not None and meaning.total)
        if below_heads and totals == 1 and all(
            m is not None and (m.total or m.role == "code") for m in meanings
        ):  # fmt: skip
            return True
        if kind.layout == "two_sided":
            first = texts[0]
            return bare(first) != fold(first) and (
                self.lexicon.functional_class(first) is not None
                or self.lexicon.meaning(first, kind.id) is not None
            )
        return below_heads and any(as_printed(text, Unit.WAN_YUAN) for text in texts)

    def _columns(self, grid: JoinedGrid, kind: TableKind, first: int, end: int) -> list[ColumnSense]:
        senses: list[ColumnSense] = []
        for col in range(grid.n_cols):
            path: list[str] = []
            seen: list[Cell] = []
            for index in range(first, end):
                row = grid.rows[index]
                if col >= len(row) or not row[col].cell.text or row[col].cell in seen:
                    continue
                seen.append(row[col].cell)
                text = row[col].cell.text
                if not path or fold(path[-1]) != fold(text):
                    path.append(text)
            leaf = self.lexicon.meaning(path[-1], kind.id, "column") if path else None
            role = leaf.role if leaf is not None else ""
            if role in ("", "side"):
                role = "amount" if path else ""
            if role == "amount" and leaf is None and self._holds_words(grid, col, end):
                role = "label"
            senses.append(ColumnSense(tuple(path), role, leaf))
        return senses

    @staticmethod
    def _holds_words(grid: JoinedGrid, col: int, start: int) -> bool:
        """Whether a column under an unknown head holds row labels, not figures."""
        texts = [row[col].cell.text for row in grid.rows[start:] if col < len(row) and row[col].cell.text]
        words = sum(1 for text in texts if as_printed(text, Unit.WAN_YUAN) is None)
        return words * 2 > len(texts)

    def _lanes(self, columns: Sequence[ColumnSense], kind: TableKind) -> list[Lane]:
        lanes: list[Lane] = []
        after_amount = True
        for col, sense in enumerate(columns):
            is_key = sense.role in ("code", "name", "label", "line")
            if is_key and after_amount and sense.role != "line":
                lanes.append(Lane())
                after_amount = False
            if not lanes:
                lanes.append(Lane())
            if is_key:
                lanes[-1].keys.append(col)
            elif sense.role == "amount":
                lanes[-1].amounts.append(col)
                after_amount = True
        for position, lane in enumerate(lanes):
            for col in [*lane.amounts, *lane.keys]:
                for label in columns[col].path:
                    meaning = self.lexicon.meaning(label, kind.id)
                    if meaning is not None and meaning.side:
                        lane.side = lane.side or meaning.side
            if not lane.side and kind.sides:
                lane.side = list(kind.sides)[min(position, len(kind.sides) - 1)]
        return lanes

    # ---- rows

    def _read_row(
        self, row: Sequence[GridCell], index: int, kind: TableKind, columns: Sequence[ColumnSense],
        lanes: Sequence[Lane], table: ReadTable,
    ) -> None:  # fmt: skip
        if self._is_numbering(row) or not any(g.cell.text for g in row):
            if kind.layout != "single_row" or self._is_numbering(row):
                return
        taken: set[int] = set()
        for lane in lanes:
            key = self._row_key(row, kind, columns, lane)
            if key.sense is None and kind.layout == "single_row":
                key = key._replace(sense=RowSense({}))
            if key.code and key.sense is not None and key.place is not None:
                dimension = next(iter(key.sense.dims), "")
                table.codes.append(ReadCode(dimension, key.code, key.label, self._place(key.place)))
            self._read_lane(row, index, kind, columns, lane, key, table, taken)

    def _row_key(
        self, row: Sequence[GridCell], kind: TableKind, columns: Sequence[ColumnSense], lane: Lane
    ) -> RowKey:
        code, label, place = "", "", None
        for col in lane.keys:
            if col >= len(row) or columns[col].role == "line" or not row[col].anchor:
                continue
            text = row[col].cell.text
            if not text:
                continue
            folded = fold(text)
            meaning = self.lexicon.meaning(text, kind.id)
            if columns[col].role == "code" and _CODE_PIECE.fullmatch(folded):
                code += folded
                place = place or row[col].cell
            elif columns[col].role == "code" and meaning is not None and meaning.role == "code":
                continue
            elif as_printed(text, Unit.WAN_YUAN) is None or columns[col].role != "code":
                label += text
                place = place or row[col].cell
        label = re.sub(r"\s+", "", label)
        if code and not _CODE.fullmatch(code):
            return RowKey(code, label, place, RowSense({}, why=f"科目编码“{code}”不是3、5或7位"))
        if not code:
            # A code and its name in one cell: 2010601 行政运行.
            joined = re.match(r"(\d{3}(?:\d{2}){0,2})(?=[^\d.,])", label)
            if joined is not None:
                code, label = joined.group(1), label[joined.end() :]
        if code:
            dimension = "dep_bgt_eco_code" if kind.layout == "blocks" else "exp_func_code"
            lane.opened = ""
            return RowKey(code, label, place, RowSense({dimension: code}))
        if not label:
            return RowKey("", "", place, None)
        sense, lane.opened = row_sense(self.binder, label, kind.id, lane.opened)
        return RowKey("", label, place, sense)

    def _read_lane(
        self, row: Sequence[GridCell], index: int, kind: TableKind, columns: Sequence[ColumnSense], lane: Lane,
        key: RowKey, table: ReadTable, taken: set[int],
    ) -> None:  # fmt: skip
        for col in lane.amounts:
            if col >= len(row) or not row[col].top or id(row[col].cell) in taken:
                continue
            cell = row[col].cell
            taken.add(id(cell))
            printed = as_printed(cell.text, table.unit)
            if printed is None:
                continue
            if key.sense is None and printed.presence is not Presence.NUMBER:
                continue
            path = columns[col].path
            witness = self._witness(cell, printed, index, kind, path, lane, key, table)
            if witness is not None:
                table.witnesses.append(witness)

    def _witness(
        self, cell: Cell, printed: Printed, index: int, kind: TableKind, path: tuple[str, ...], lane: Lane,
        key: RowKey, table: ReadTable,
    ) -> Witness | None:  # fmt: skip
        sense = key.sense if key.sense is not None else RowSense({}, why="这一行没有行名")
        bound = self.binder.bind(kind, lane.side, path, sense)
        if bound.fact is None and printed.presence is not Presence.NUMBER:
            return None
        return Witness(
            fact=bound.fact,
            printed=printed,
            place=self._place(cell),
            table=table.title,
            table_id=table.id,
            row=index,
            row_code=key.code,
            row_label=key.label,
            column="/".join(re.sub(r"\s+", "", label) for label in path),
            status=Status.BOUND if bound.fact is not None else Status.UNBOUND,
            why=bound.why,
        )

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, cell.place.page, cell.place.box, cell.place.ref)


def _distinct(row: Iterable[GridCell]) -> list[GridCell]:
    """The cells of a row, each once."""
    found: list[GridCell] = []
    for grid_cell in row:
        if not found or found[-1].cell is not grid_cell.cell:
            found.append(grid_cell)
    return found
