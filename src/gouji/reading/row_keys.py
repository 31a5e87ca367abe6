"""The left part of a row: its codes, its name or label, the body and the year that it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from gouji.catalog import Catalog, RowLabels, RowSense, TableKind, bare, fold
from gouji.documents import Cell
from gouji.reading.bodies import Bodies, KeyRow, find_bodies
from gouji.reading.heads import Heads, Lane
from gouji.reading.item_headings import item_headings
from gouji.reading.joined import GridCell
from gouji.reading.key_columns import KeyColumns
from gouji.reading.recognised import code_doubt
from gouji.reading.row_codes import CodesRead, RowCodes
from gouji.reading.stairs import KeyText, Stairs
from gouji.reading.unnumbered_rows import UnnumberedRows

_YEAR = re.compile(r"(20[0-3]\d)年")


class RowKey(NamedTuple):
    """The left part of a row in one lane."""

    code: str
    label: str
    place: Cell | None
    sense: RowSense | None
    """``None`` for a row that says nothing at all."""
    doubt: str = ""
    """Why the code may be another one, in Chinese: it was recognised in an image and is not sure."""
    again: bool = False
    """Whether the row says the total above it once more."""


def unbroken(text: str) -> str:
    """A text without its blanks and line breaks."""
    return "".join(text.split())


class RowKeys:
    """Reads the keys of one table's rows, from the top; what a row opens for those below it is kept in its lane."""

    def __init__(
        self,
        catalog: Catalog,
        kind: TableKind,
        rows: Sequence[Sequence[GridCell]],
        heads: Heads,
        bodies: Collection[str],
    ) -> None:
        """``rows`` are all rows of the grid; ``bodies`` those that other tables list."""
        self.catalog = catalog
        self.kind = kind
        self.rows = rows
        self.heads = heads
        self.columns = KeyColumns(heads.columns)
        self.labels = UnnumberedRows(catalog, kind, heads, bodies)
        self.codes = RowCodes(catalog, kind, heads.columns, rows[heads.data_start :])
        for lane in heads.lanes:
            lane.labels = RowLabels(catalog.binder, catalog.codes, kind, lane.side, lane.dimension)
        self.lines = self._find_bodies(bodies)
        """The lines of bodies."""
        self.items: dict[int, str] = {}
        """The rows of lists of projects that name the 科目 of those below them."""
        for lane in heads.lanes if kind.open_rows == "pro_code" else ():
            self.items.update(item_headings(rows, heads.data_start, self.columns, lane, catalog))
        for lane in heads.lanes:
            if kind.open_rows == "pro_code" and self._stands_in_stairs(lane):
                lane.stairs = Stairs(self.labels.named_by)

    def read(self, row: Sequence[GridCell], index: int, lane: Lane) -> RowKey:
        """The left part of a row: codes in one cell or three, several codes, the name, the label, the body."""
        texts = self.columns.texts(row, lane)
        place = next((row[col].cell for col, _ in texts), None)
        if index in self.lines.rows:
            body = self.lines.rows[index]
            lane.agency = "" if self.lines.one else body
            named = (text for col, text in texts if self.columns.role(col) in ("name", "agency"))
            return RowKey("", re.sub(r"\s+", "", "".join(named)), place, RowSense({"agency_code": body}))
        codes = self.codes.read(texts, lane)
        dims, label = codes.dims, unbroken(self.columns.deepest(codes.names, texts, self.labels.is_total))
        in_year = "".join(text for col, text in texts if self.columns.role(col) == "year")
        year = match.group(1) if (match := _YEAR.search(in_year)) else ""
        if year:
            dims["fiscal_year"] = year
        agency = self._agency(texts, codes, label)
        if agency:
            lane.agency = "" if self.labels.is_total(agency) else unbroken(agency)
            label = label or agency
        if lane.agency:
            dims["agency_code"] = lane.agency
        code = next((member for name, member in dims.items() if name in self.catalog.codes), "")
        if index in self.items and not code:
            code = self.items[index]
            dims[self.catalog.code_dimension(code) or ""] = code
        if codes.why:
            return RowKey(code, label, place, RowSense({}, why=codes.why))
        if code:
            if lane.labels is not None:
                lane.labels.leave()
            item = unbroken(codes.labels) or (
                label if code in self.items.values() and index not in self.items else ""
            )
            if self.kind.open_rows == "pro_code" and item and item != agency:
                dims["pro_code"] = item
            return RowKey(code, label, place, RowSense(dims), code_doubt(row, lane.keys))
        if agency and self.kind.open_rows == "pro_code" and self._names_a_project(label, agency):
            dims["pro_code"] = label
        # Among rows of years one that is of none says what has changed between them.
        change = "" if year or label else unbroken(in_year)
        if agency or change or (year and not label):
            return RowKey("", label or change, place, RowSense(dims, detail=bare(change)))
        if not label:
            return RowKey("", "", place, None)
        return RowKey("", label, place, self.labels.sense(label, dims, lane, texts))

    def _names_a_project(self, label: str, agency: str) -> bool:
        """Whether the name beside that of a body is a project's."""
        return bool(label) and fold(label) != fold(agency) and not self.labels.is_total(label)

    def _agency(self, texts: Sequence[KeyText], codes: CodesRead, label: str) -> str:
        """The body that a row is about: its name, or its code where no name is printed. A total may stand in the
        cells of both."""
        name = next((text for col, text in texts if self.columns.role(col) == "agency"), "")
        number = (
            next((text for col, text in texts if self.columns.role(col) == "agency_code"), "") or codes.body
        )
        if name or not number or self.labels.is_total(label):
            return self.lines.names.get(fold(number), name) if name else name
        if codes.dims:
            # The label is the name of the code; the body's own line has told its name.
            return "" if self.lines.one else self.lines.names.get(number, number)
        return label or number

    def _find_bodies(self, listed: Collection[str]) -> Bodies:
        """The rows that stand for bodies, by their codes; in tables of one list only. ``listed`` are those that other
        tables list."""
        rows: list[KeyRow] = []
        lanes = self.heads.lanes if len(self.heads.lanes) == 1 else []
        for lane in lanes:
            columns = [col for col in lane.keys if self.columns.role(col) == "code"]
            for index in range(self.heads.data_start, len(self.rows)):
                texts = self.columns.texts(self.rows[index], lane)
                by_role = {
                    role: fold("".join(text for col, text in texts if self.columns.role(col) == role))
                    for role in ("code", "agency_code", "name", "agency")
                }
                code = by_role["code"]
                if any(by_role.values()):
                    lone = code if len(columns) == 1 else ""
                    named = (text for col, text in texts if self.columns.role(col) in ("name", "agency"))
                    name = unbroken("".join(named))
                    rows.append(KeyRow(index, lone, by_role["agency_code"], bool(code), name))
        return find_bodies(rows, self.kind, self.catalog, listed)

    def _stands_in_stairs(self, lane: Lane) -> bool:
        if any(self.columns.role(col) in ("code", "agency", "agency_code") for col in lane.keys):
            return False
        rows: list[list[int]] = []
        merged = False
        for row in self.rows[self.heads.data_start :]:
            texts = self.columns.texts(row, lane)
            if len(texts) == 1 and self.labels.is_total(texts[0][1]):
                continue
            rows.append([col for col, _ in texts])
            merged = merged or any(
                row[col].cell.text and not row[col].top for col in lane.keys[:1] if col < len(row)
            )
        return Stairs.stand(rows, merged)

    def names_a_coded_body(self, key: RowKey, row: Sequence[GridCell], lane: Lane) -> bool:
        """Whether a row names a body without the code that the body's own line prints."""
        coded = (
            col for col in lane.keys if col < len(row) and self.columns.role(col) in ("agency_code", "code")
        )
        only = key.sense is not None and set(key.sense.dims) == {"agency_code"}
        return (
            only and not any(row[col].cell.text for col in coded) and key.label in self.lines.names.values()
        )

    def names_its_code(self, key: RowKey) -> bool:
        """Whether the label beside a code is the name of that code: not in lists of projects and purchases, nor
        where a row has several codes."""
        assert key.sense is not None
        coded = [name for name in key.sense.dims if name in self.catalog.codes]
        return not self.kind.open_rows and len(coded) == 1
