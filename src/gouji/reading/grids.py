"""Tables with a grid: their rows become witnesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gouji.catalog import Catalog, Lexicon, RowSense, fold, row_sense
from gouji.documents import Cell
from gouji.facts import Place, Presence, Printed, Status, Unit, Witness, as_printed
from gouji.reading.captions import Caption
from gouji.reading.heads import CODE, HeadReader, Lane
from gouji.reading.joined import GridCell, JoinedGrid, distinct
from gouji.reading.result import ReadCode, ReadTable

_CODE_PIECE = re.compile(r"\d{2,7}")
_CODE_AND_NAME = re.compile(r"(\d{3}(?:\d{2}){0,2})(?=[^\d.,])")
_CAPTION_ROWS = 8


class RowKey(NamedTuple):
    """The left part of a row in one lane."""

    code: str
    label: str
    place: Cell | None
    sense: RowSense | None
    """``None`` for a row that says nothing at all."""


def caption_rows(grid: JoinedGrid, caption: Caption, lexicon: Lexicon) -> int:
    """How many rows at the top of a grid are title, number, unit or body lines; what they say goes into
    ``caption``."""
    for index, row in enumerate(grid.rows[:_CAPTION_ROWS]):
        texts = [g.cell.text for g in distinct(row) if g.cell.text]
        if not texts:
            continue
        probe = Caption()
        said = sum(probe.absorb(text, lexicon) for text in texts)
        if not said or said < len(texts) - 1 or any(_is_head_label(text, lexicon) for text in texts):
            return index
        for text in texts:
            caption.absorb(text, lexicon)
    return min(_CAPTION_ROWS, len(grid.rows))


def _is_head_label(text: str, lexicon: Lexicon) -> bool:
    meaning = lexicon.meaning(text)
    return meaning is not None and (bool(meaning.role) or meaning.total)


def read_grid(grid: JoinedGrid, table: ReadTable, first_row: int, catalog: Catalog) -> None:
    """Fill a recognised table with the witnesses of its grid from ``first_row`` on."""
    _RowReader(grid, table, first_row, catalog).read()


class _RowReader:
    """Reads the rows of one table under its heads."""

    def __init__(self, grid: JoinedGrid, table: ReadTable, first_row: int, catalog: Catalog) -> None:
        self.catalog = catalog
        self.table = table
        self.grid = grid
        self.head_reader = HeadReader(grid, table.kind, catalog.lexicon)
        self.heads = self.head_reader.read(first_row)

    def read(self) -> None:
        if not any(lane.amounts for lane in self.heads.lanes):
            self.table.why = "没有找到表头，各列的含义无法确定"
        for index in range(self.heads.data_start, len(self.grid.rows)):
            row = self.grid.rows[index]
            if not self._says_nothing(row):
                self._read_row(row, index)

    def _says_nothing(self, row: Sequence[GridCell]) -> bool:
        """Blank rows say nothing, unless the table has but one; nor do rows that number the columns."""
        blank = not any(g.cell.text for g in row)
        return (blank and self.table.kind.layout != "single_row") or self.head_reader.is_numbering(row)

    def _read_row(self, row: Sequence[GridCell], index: int) -> None:
        taken: set[int] = set()
        for lane in self.heads.lanes:
            key = self._key(row, lane)
            if key.sense is None and self.table.kind.layout == "single_row":
                key = key._replace(sense=RowSense({}))
            if key.code and key.sense is not None and key.place is not None:
                dimension = next(iter(key.sense.dims), "")
                self.table.codes.append(ReadCode(dimension, key.code, key.label, self._place(key.place)))
            for col in lane.amounts:
                if col >= len(row) or not row[col].top or id(row[col].cell) in taken:
                    continue
                cell = row[col].cell
                taken.add(id(cell))
                printed = as_printed(cell.text, self.table.unit)
                if printed is not None and (key.sense is not None or printed.presence is Presence.NUMBER):
                    self._testify(cell, printed, index, col, lane, key)

    def _key(self, row: Sequence[GridCell], lane: Lane) -> RowKey:
        """The left part of a row: codes in one cell or three, the name, or the label."""
        kind, lexicon = self.table.kind, self.catalog.lexicon
        code, label, place = "", "", None
        for col in lane.keys:
            role = self.heads.columns[col].role
            if col >= len(row) or role == "line" or not row[col].anchor or not row[col].cell.text:
                continue
            text = row[col].cell.text
            meaning = lexicon.meaning(text, kind.id)
            if role == "code" and _CODE_PIECE.fullmatch(fold(text)):
                code += fold(text)
            elif role == "code" and ((meaning is not None and meaning.role == "code") or _is_figure(text)):
                continue
            else:
                label += text
            place = place or row[col].cell
        label = re.sub(r"\s+", "", label)
        joined = _CODE_AND_NAME.match(label) if not code else None
        if joined is not None:
            code, label = joined.group(1), label[joined.end() :]
        if code:
            lane.opened = ""
            return RowKey(code, label, place, self._code_sense(code))
        if not label:
            return RowKey("", "", place, None)
        sense, lane.opened = row_sense(self.catalog.binder, label, kind.id, lane.opened)
        return RowKey("", label, place, sense)

    def _code_sense(self, code: str) -> RowSense:
        dimension = self.catalog.code_dimension(code)
        if dimension is None or not CODE.fullmatch(code):
            return RowSense({}, why=f"科目编码“{code}”不是3、5或7位的分类科目编码")
        return RowSense({dimension: code})

    def _testify(self, cell: Cell, printed: Printed, index: int, col: int, lane: Lane, key: RowKey) -> None:  # noqa: PLR0917
        """Add the witness of one amount cell. Blanks that mean nothing known are left out."""
        table, path = self.table, self.heads.columns[col].path
        sense = key.sense if key.sense is not None else RowSense({}, why="这一行没有行名")
        bound = self.catalog.binder.bind(table.kind, lane.side, path, sense)
        if bound.fact is None and printed.presence is not Presence.NUMBER:
            return
        table.witnesses.append(
            Witness(
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
        )

    def _place(self, cell: Cell) -> Place:
        return Place(self.table.place.file, cell.place.page, cell.place.box, cell.place.ref)


def _is_figure(text: str) -> bool:
    return as_printed(text, Unit.WAN_YUAN) is not None
