"""Tables with a grid: their rows become witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.catalog import Catalog, Lexicon, RowLabels, RowSense, fold
from gouji.documents import Cell
from gouji.facts import Fact, Interval, Place, Presence, Printed, Status, Unit, Witness, as_printed
from gouji.reading.bodies import Bodies, KeyRow, find_bodies
from gouji.reading.captions import Caption
from gouji.reading.heads import HeadReader, Heads, Lane
from gouji.reading.joined import GridCell, JoinedGrid, distinct
from gouji.reading.realigned import breaks_a_sum, form_heads, matching_form, realigned
from gouji.reading.recognised import as_recognised, code_doubt, recognition_of
from gouji.reading.result import ReadCode, ReadTable
from gouji.reading.settling import settled

_CODE_PIECE = re.compile(r"\d{2,7}")
_SHORT_PIECE = re.compile(r"\d")
"""A 款 whose leading zero was lost in a spreadsheet."""
_SHORT = 2
_CODE_AND_NAME = re.compile(r"\[?(\d{3}(?:\d{2}){0,2})(?=[^\d.,年%])")
_YEAR = re.compile(r"(20[0-3]\d)年")
_CAPTION_ROWS = 8


class RowKey(NamedTuple):
    """The left part of a row in one lane."""

    code: str
    label: str
    place: Cell | None
    sense: RowSense | None
    """``None`` for a row that says nothing at all."""
    doubt: str = ""
    """Why the code may be another one, in Chinese: it was recognised in an image and is not sure."""


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
    if meaning is None or "fiscal_year" in (meaning.dims or {}):
        return False
    return bool(meaning.role) or meaning.total


def read_grid(
    grid: JoinedGrid, table: ReadTable, first_row: int, catalog: Catalog, *, spanless: bool = False
) -> None:
    """Fill a recognised table with the witnesses of its grid from ``first_row`` on. ``spanless`` tells that merged
    cells were lost on the way: then its columns are certain only if nothing speaks against them."""
    reader = _RowReader(grid, table, first_row, catalog, spanless)
    reader.read()
    if spanless and (reader.head_reader.misplaced or breaks_a_sum(table.witnesses, catalog, _row_of)):
        table.why = table.why or _MISALIGNED
        table.witnesses = [
            replace(w, status=Status.AMBIGUOUS, why=_MISALIGNED) if w.status is Status.BOUND else w
            for w in table.witnesses
        ]


_MISALIGNED = "原文没有合并单元格的信息，表头与数据列没有对齐"


def _row_of(witness: Witness) -> tuple[int, str]:
    return witness.lane, str(witness.row)


def realign_grid(
    grid: JoinedGrid, table: ReadTable, first_row: int, catalog: Catalog, known: Mapping[Fact, Interval]
) -> None:
    """Read a table again whose heads and data were found not to be aligned, by a form that has all its heads.
    ``known`` is what other tables say. Leaves the table as it is where that settles nothing."""
    start = HeadReader(grid, table.kind, catalog.lexicon, spanless=True).read(first_row).data_start
    form = matching_form(table.kind.id, grid, first_row, start, catalog)
    if form is None:
        return

    def read(heads: Heads, blank: int) -> list[Witness]:
        trial = ReadTable(
            table.id, table.kind, table.title, table.number, table.unit, table.pages, table.place
        )
        _RowReader(
            grid if blank < 0 else grid.with_blank(start, blank), trial, first_row, catalog, True, heads
        ).read()
        codes[blank] = trial.codes
        return trial.witnesses

    codes: dict[int, list[ReadCode]] = {}
    heads = form_heads(form, start, catalog)
    witnesses = realigned(heads, len(grid.rows) - start, read, known, catalog)
    if witnesses is not None:
        table.witnesses, table.codes, table.why = witnesses, next(iter(codes.values())), ""


class _RowReader:
    """Reads the rows of one table under its heads."""

    def __init__(  # noqa: PLR0917
        self,
        grid: JoinedGrid,
        table: ReadTable,
        first_row: int,
        catalog: Catalog,
        spanless: bool,
        heads: Heads | None = None,
    ) -> None:
        """``heads`` are those to read under, if not those that are printed."""
        self.catalog = catalog
        self.table = table
        self.grid = grid
        self.head_reader = HeadReader(grid, table.kind, catalog.lexicon, spanless=spanless)
        self.heads = heads if heads is not None else self.head_reader.read(first_row)
        for lane in self.heads.lanes:
            lane.labels = RowLabels(catalog.binder, catalog.codes, table.kind, lane.side, lane.dimension)

    def read(self) -> None:
        self.bodies = self._find_bodies()
        self.table.one_body = self.bodies.one
        if not any(lane.amounts for lane in self.heads.lanes):
            self.table.why = "没有找到表头，各列的含义无法确定"
        for index in range(self.heads.data_start, len(self.grid.rows)):
            row = self.grid.rows[index]
            if not self._says_nothing(row):
                self._read_row(row, index)
        self.table.witnesses = settled(self.table.witnesses, self._is_total_head)

    def _says_nothing(self, row: Sequence[GridCell]) -> bool:
        """Blank rows say nothing, unless the table has but one; nor do rows that number the columns."""
        blank = not any(g.cell.text for g in row)
        return (blank and self.table.kind.layout != "single_row") or self.head_reader.is_numbering(row)

    def _read_row(self, row: Sequence[GridCell], index: int) -> None:
        taken: set[int] = set()
        for lane in self.heads.lanes:
            key = self._key(row, index, lane)
            if key.sense is None and (self.table.kind.layout == "single_row" or not self._has_labels(lane)):
                key = key._replace(sense=RowSense({}))
            if key.code and key.sense is not None and key.place is not None and self._names_its_code(key):
                dimension = next(iter(key.sense.dims), "")
                self.table.codes.append(ReadCode(dimension, key.code, key.label, self._place(key.place)))
            for col in lane.amounts:
                if col >= len(row) or not row[col].top or id(row[col].cell) in taken:
                    continue
                cell = row[col].cell
                taken.add(id(cell))
                printed = as_recognised(cell, self.table.unit)
                if printed is not None and (key.sense is not None or printed.presence is Presence.NUMBER):
                    self._testify(cell, printed, index, col, lane, key)

    def _names_its_code(self, key: RowKey) -> bool:
        """Whether the label beside a code is the name of that code: not in lists of projects and purchases, nor
        where a row has several codes."""
        assert key.sense is not None
        coded = [name for name in key.sense.dims if name in self.catalog.codes]
        return not self.table.kind.open_rows and len(coded) == 1

    def _find_bodies(self) -> Bodies:
        """The rows that stand for bodies, by their codes; in tables of one list only."""
        rows: list[KeyRow] = []
        lanes = self.heads.lanes if len(self.heads.lanes) == 1 else []
        for lane in lanes:
            columns = [col for col in lane.keys if self._role(col) == "code"]
            for index in range(self.heads.data_start, len(self.grid.rows)):
                texts = self._key_texts(self.grid.rows[index], lane)
                by_role = {
                    role: fold("".join(text for col, text in texts if self._role(col) == role))
                    for role in ("code", "agency_code", "name")
                }
                code = by_role["code"]
                if any(by_role.values()):
                    lone = code if len(columns) == 1 else ""
                    name = re.sub(
                        r"\s+",
                        "",
                        "".join(text for col, text in texts if self._role(col) in ("name", "agency")),
                    )
                    rows.append(KeyRow(index, lone, by_role["agency_code"], bool(code), name))
        return find_bodies(rows, self.table.kind, self.catalog)

    def _key(self, row: Sequence[GridCell], index: int, lane: Lane) -> RowKey:
        """The left part of a row: codes in one cell or three, several codes, the name, the label, the body."""
        texts = self._key_texts(row, lane)
        place = next((row[col].cell for col, _ in texts), None)
        if index in self.bodies.rows:
            body = self.bodies.rows[index]
            lane.agency = "" if self.bodies.one else body
            return RowKey("", body, place, RowSense({"agency_code": body}))
        dims, names, why = self._codes(texts, lane)
        label = re.sub(r"\s+", "", names)
        year = next(
            (m.group(1) for col, t in texts if self._role(col) == "year" and (m := _YEAR.search(t))), ""
        )
        if year:
            dims["fiscal_year"] = year
        agency = next((text for col, text in texts if self._role(col) == "agency"), "")
        if agency:
            lane.agency = "" if self._is_total(agency) else re.sub(r"\s+", "", agency)
            label = label or agency
        if lane.agency:
            dims["agency_code"] = lane.agency
        code = next((member for name, member in dims.items() if name in self.catalog.codes), "")
        if why:
            return RowKey(code, label, place, RowSense({}, why=why))
        if code:
            if lane.labels is not None:
                lane.labels.leave()
            return RowKey(code, label, place, RowSense(dims), code_doubt(row, lane.keys))
        if agency or (year and not label):
            return RowKey("", label, place, RowSense(dims))
        if not label:
            return RowKey("", "", place, None)
        return RowKey("", label, place, self._labelled(label, dims, lane))

    def _has_labels(self, lane: Lane) -> bool:
        """Whether the rows of a lane are told apart by anything; a table of one row has no labels."""
        return any(self._role(col) not in ("line", "text", "year") for col in lane.keys)

    def _key_texts(self, row: Sequence[GridCell], lane: Lane) -> list[tuple[int, str]]:
        """The texts of a row's key columns; lines and remarks left out."""
        return [
            (col, row[col].cell.text)
            for col in lane.keys
            if col < len(row)
            and row[col].anchor
            and row[col].cell.text
            and self._role(col) not in ("line", "text")
        ]

    def _role(self, col: int) -> str:
        return self.heads.columns[col].role

    def _is_total(self, text: str) -> bool:
        return self.catalog.lexicon.is_total(text, self.table.kind.id, "row")

    def _is_total_head(self, text: str) -> bool:
        return self.catalog.lexicon.is_total(text, self.table.kind.id, "column")

    def _codes(self, texts: Sequence[tuple[int, str]], lane: Lane) -> tuple[dict[str, str], str, str]:
        """The codes of a row by dimension, the names beside them, and why a code is not understood. Pieces of one
        code (类 款 项) stand in neighbouring columns; leading pieces may be left out below the row that prints them."""
        lexicon, kind = self.catalog.lexicon, self.table.kind
        pieces: dict[int, str] = {}
        names = ""
        dims: dict[str, str] = {}
        for col, text in texts:
            role = self._role(col)
            folded = fold(text)
            if role in ("agency", "agency_code", "year"):
                continue
            joined = _CODE_AND_NAME.match(folded)
            if role == "code" and (
                _CODE_PIECE.fullmatch(folded) or (pieces and _SHORT_PIECE.fullmatch(folded))
            ):
                pieces[col] = folded.zfill(2)
            elif joined is not None and not (role == "code" and _is_figure(text)):
                why = self._add_code(joined.group(1), dims)
                if why:
                    return dims, names, why
                names = names or folded[joined.end() :].lstrip("]-—_ ")
            elif role == "code":
                meaning = lexicon.meaning(text, kind.id)
                if (meaning is None or meaning.role != "code") and not _is_figure(text):
                    names += text
            elif not names or role == "label":
                names += text
        for code in self._joined(pieces, lane):
            why = self._add_code(code, dims)
            if why:
                return dims, names, why
        return dims, names, ""

    def _joined(self, pieces: Mapping[int, str], lane: Lane) -> Iterator[str]:
        """Whole codes from the pieces of neighbouring code columns."""
        columns = [col for col in lane.keys if self._role(col) == "code"]
        groups: list[list[int]] = []
        for col in columns:
            if groups and groups[-1][-1] == col - 1 and self._head(col) == self._head(col - 1):
                groups[-1].append(col)
            else:
                groups.append([col])
        for group in groups:
            found = [col for col in group if col in pieces]
            if not found:
                continue
            parts: list[str] = []
            if len(group) == 1 and len(pieces[group[0]]) == _SHORT and lane.codes.get(group[0]):
                # A 款 printed without its 类, in a column of whole codes.
                lane.codes[group[0]] = lane.codes[group[0]][:3] + pieces[group[0]]
                yield lane.codes[group[0]]
                continue
            for col in group[: group.index(found[-1]) + 1]:
                piece = pieces.get(col, "") or (
                    lane.codes.get(col, "") if len(group) > 1 and len(pieces[found[0]]) == 2 else ""
                )
                parts.append(piece)
                lane.codes[col] = piece
            yield "".join(parts)

    def _head(self, col: int) -> tuple[str, ...]:
        """The heads above the last one: pieces of one code share them."""
        return self.heads.columns[col].path[:-1]

    def _add_code(self, code: str, dims: dict[str, str]) -> str:
        dimension = self.catalog.code_dimension(code)
        if dimension is None:
            return f"“{code}”不是已知分类的科目编码"
        if dims.get(dimension, code) != code:
            return f"一行里有两个{self.catalog.dimensions[dimension].title}编码"
        dims[dimension] = code
        return ""

    def _labelled(self, label: str, dims: dict[str, str], lane: Lane) -> RowSense:
        """What a row says that has a label and no code: a known item, the name of a code, or a project or body."""
        kind = self.table.kind
        labels = lane.labels
        assert labels is not None
        sense = labels.item(label)
        is_total = sense.meaning is not None and sense.meaning.total
        if is_total:
            lane.agency = ""
            dims.pop("agency_code", None)
        else:
            code = labels.named(label, sense)
            if code is not None:
                return RowSense({**labels.inherited, **dims, labels.dimension: code})
        if kind.open_rows == "pro_code" and not is_total:
            return RowSense({**dims, kind.open_rows: label})
        if not sense.why:
            labels.enter(sense)
            return sense._replace(dims={**sense.dims, **dims})
        if kind.open_rows and not labels.under:
            lane.agency = label
            return RowSense({**dims, kind.open_rows: label})
        return sense

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
                recognition=recognition_of(cell, key.doubt),
                lane=lane.position,
            )
        )

    def _place(self, cell: Cell) -> Place:
        return Place(self.table.place.file, cell.place.page, cell.place.box, cell.place.ref)


def _is_figure(text: str) -> bool:
    return as_printed(text, Unit.WAN_YUAN) is not None
