"""Tables with a grid: their rows become witnesses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.catalog import Catalog, Lexicon, RowLabels, RowSense, bare, fold, is_included
from gouji.documents import Cell
from gouji.facts import Fact, Interval, Place, Presence, Printed, Status, Unit, Witness
from gouji.reading.bodies import Bodies, KeyRow, find_bodies
from gouji.reading.captions import Caption, find_title
from gouji.reading.cut_rows import mend
from gouji.reading.disclosure_title import is_name
from gouji.reading.heads import HeadReader, Heads, Lane
from gouji.reading.joined import GridCell, JoinedGrid, distinct
from gouji.reading.nameless import nameless_total
from gouji.reading.realigned import form_heads, matching_form, realigned
from gouji.reading.recognised import as_recognised, code_doubt, recognition_of
from gouji.reading.result import ReadCode, ReadTable
from gouji.reading.row_codes import CodesRead, RowCodes
from gouji.reading.settling import HeadWords, settled
from gouji.reading.stairs import Stairs

_YEAR = re.compile(r"(20[0-3]\d)年")
_CAPTION_ROWS = 8
_FEWEST_AGAIN = 2
_STAGED = "sangong"
"""The kind of table whose columns always say their stage: what its heads mean, they mean elsewhere as well."""


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


def caption_rows(grid: JoinedGrid, caption: Caption, lexicon: Lexicon) -> int:
    """How many rows at the top of a grid are title, number, unit or body lines; what they say goes into
    ``caption``."""
    for index, row in enumerate(grid.rows[:_CAPTION_ROWS]):
        texts = [g.cell.text for g in distinct(row) if g.cell.text]
        if not texts:
            continue
        if len(texts) == 1 and _heads_title(grid, index, lexicon):
            continue
        probe = Caption()
        said = sum(probe.absorb(text, lexicon) or lexicon.is_table_number(text) for text in texts)
        years = sum(1 for text in texts if _is_year_head(text, lexicon))
        if not said or said < len(texts) - 1 or years > 1 or any(_is_head_label(t, lexicon) for t in texts):
            return index
        for text in texts:
            caption.absorb(text, lexicon)
    return min(_CAPTION_ROWS, len(grid.rows))


def _heads_title(grid: JoinedGrid, index: int, lexicon: Lexicon) -> bool:
    """Whether a row stands above the title of its table and says nothing of it: a sheet may hold the heading of a
    part, and the words of a page, in its cells."""
    own, *below = (
        [g.cell.text for g in distinct(row) if g.cell.text] for row in grid.rows[index:_CAPTION_ROWS]
    )
    if Caption().absorb(own[0], lexicon) or lexicon.is_table_number(own[0]):
        return False
    return any(len(texts) == 1 and find_title(texts[0], lexicon)[0] is not None for texts in below)


def _is_head_label(text: str, lexicon: Lexicon) -> bool:
    meaning = lexicon.meaning(text)
    if meaning is None or _is_year_head(text, lexicon):
        return False
    return bool(meaning.role) or meaning.total


def _is_year_head(text: str, lexicon: Lexicon) -> bool:
    """Whether a text may head columns of one year; alone it is the year of the table, several are heads."""
    meaning = lexicon.meaning(text)
    return meaning is not None and (meaning.dims or {}).get("fiscal_year", "").isdigit()


def read_grid(
    grid: JoinedGrid,
    table: ReadTable,
    first_row: int,
    catalog: Catalog,
    bodies: Collection[str] = (),
) -> None:
    """Fill a recognised table with the witnesses of its grid from ``first_row`` on. ``bodies`` are those that other
    tables list: a list of projects may name them above their projects."""
    _RowReader(grid, table, first_row, catalog, bodies).read()


def realign_grid(
    grid: JoinedGrid, table: ReadTable, first_row: int, catalog: Catalog, known: Mapping[Fact, Interval]
) -> None:
    """Read a table again whose heads were lost or do not stand above its data, by a form that has its heads. ``known``
    is what other tables say. Leaves the table as it is where that settles nothing."""
    start = HeadReader(grid, table.kind, catalog.lexicon, catalog.codes).read(first_row).data_start
    form = matching_form(table.kind.id, grid, first_row, start, catalog)
    if form is None:
        return

    def read(heads: Heads, blank: int) -> list[Witness]:
        trial = replace(table, witnesses=[], codes=[], why="")
        rows = grid if blank < 0 else grid.with_blank(start, blank)
        _RowReader(rows, trial, first_row, catalog, (), heads).read()
        trials[blank] = trial
        return trial.witnesses

    trials: dict[int, ReadTable] = {}
    witnesses = realigned(form_heads(form, start, catalog), len(grid.rows) - start, read, known, catalog)
    if witnesses is not None:
        read_as = next(trial for trial in trials.values() if trial.witnesses is witnesses)
        table.witnesses, table.codes, table.why = witnesses, read_as.codes, ""
        table.one_body, table.bodies = read_as.one_body, read_as.bodies


def _says_again(own: Sequence[str], total: Sequence[str]) -> bool:
    """Whether a row prints the figures of the total above it, all but one at most and two at least."""
    same = sum(1 for one, other in zip(own, total, strict=True) if one and one == other)
    others = sum(1 for one, other in zip(own, total, strict=True) if one != other)
    return same >= _FEWEST_AGAIN and others <= 1


def _unbroken(text: str) -> str:
    return "".join(text.split())


class _RowReader:
    """Reads the rows of one table under its heads."""

    def __init__(  # noqa: PLR0917
        self,
        grid: JoinedGrid,
        table: ReadTable,
        first_row: int,
        catalog: Catalog,
        bodies: Collection[str],
        heads: Heads | None = None,
    ) -> None:
        """``heads`` are those to read under, if not those that are printed."""
        self.bodies = bodies
        self.catalog = catalog
        self.table = table
        self.grid = grid
        self.head_reader = HeadReader(grid, table.kind, catalog.lexicon, catalog.codes)
        self.heads = heads if heads is not None else self.head_reader.read(first_row)
        mend(grid, self.heads, self._is_whole_name)
        self.names = ["/".join(map(_unbroken, column.path)) for column in self.heads.columns]
        """The header paths as witnesses tell them."""
        for lane in self.heads.lanes:
            lane.labels = RowLabels(catalog.binder, catalog.codes, table.kind, lane.side, lane.dimension)
        self.codes = RowCodes(catalog, table.kind, self.heads.columns, grid.rows[self.heads.data_start :])
        self.subject = catalog.binder.subject(table.title)
        self.lines = self._find_bodies()
        """The lines of bodies."""
        lists = self.heads.lanes if len(self.heads.lanes) == 1 else []
        totals = [nameless_total(grid.rows[self.heads.data_start :], lane) for lane in lists]
        self.nameless = totals[0] if totals else None
        """The data row that is a total without saying so."""
        for lane in self.heads.lanes:
            if table.kind.open_rows == "pro_code" and self._stands_in_stairs(lane):
                lane.stairs = Stairs(self._named_by)

    def read(self) -> None:
        self.table.one_body = self.lines.one
        self.table.bodies = self.lines.codes
        if not any(lane.amounts for lane in self.heads.lanes):
            self.table.why = "没有找到表头，各列的含义无法确定"
        for index in range(self.heads.data_start, len(self.grid.rows)):
            row = self.grid.rows[index]
            if not self._says_nothing(row):
                self._read_row(row, index)
        heads = HeadWords(self._is_total_head, self._stage, self.catalog.lexicon.marks.grand_totals)
        self.table.witnesses = settled(self.table.witnesses, heads)

    def _is_whole_name(self, code: str, text: str) -> bool:
        """Whether a text is the whole name of a code, or without one a label that is known."""
        dimension = self.catalog.code_dimension(fold(code)) if code else None
        if dimension is None:
            return not code and self.catalog.lexicon.meaning(text, self.table.kind.id, "row") is not None
        names = self.catalog.codes[dimension].names.get(fold(code), ())
        return fold(text) in {fold(name) for spelling in names for name in (spelling.name, *spelling.aliases)}

    def _stands_in_stairs(self, lane: Lane) -> bool:
        if any(self._role(col) in ("code", "agency", "agency_code") for col in lane.keys):
            return False
        rows: list[list[int]] = []
        merged = False
        for row in self.grid.rows[self.heads.data_start :]:
            texts = self._key_texts(row, lane)
            if len(texts) == 1 and self._is_total(texts[0][1]):
                continue
            rows.append([col for col, _ in texts])
            merged = merged or any(
                row[col].cell.text and not row[col].top for col in lane.keys[:1] if col < len(row)
            )
        return Stairs.stand(rows, merged)

    def _says_nothing(self, row: Sequence[GridCell]) -> bool:
        """Blank rows say nothing, unless the table has but one; nor do rows that number the columns."""
        blank = not any(g.cell.text for g in row)
        return (blank and self.table.kind.layout != "single_row") or self.head_reader.is_numbering(row)

    def _read_row(self, row: Sequence[GridCell], index: int) -> None:
        taken: set[int] = set()
        for lane in self.heads.lanes:
            key = self._key(row, index, lane)
            if key.sense is None and (
                self.table.kind.layout == "single_row"
                or not self._has_labels(lane)
                or index - self.heads.data_start == self.nameless
            ):
                key = key._replace(sense=RowSense({}))
            key = self._as_total(key, row, index, lane)
            if key.code and key.sense is not None and key.place is not None and self._names_its_code(key):
                dimension = next(iter(key.sense.dims), "")
                place, pieces = self._place(key.place), self._code_pieces(row, lane)
                self.table.codes.append(ReadCode(dimension, key.code, key.label, place, pieces))
            for col in lane.amounts:
                if col >= len(row) or not row[col].top or id(row[col].cell) in taken:
                    continue
                cell = row[col].cell
                taken.add(id(cell))
                printed = as_recognised(cell, self.table.unit)
                if printed is not None and (key.sense is not None or printed.presence is Presence.NUMBER):
                    self._testify(cell, printed, index, col, lane, key)

    def _as_total(self, key: RowKey, row: Sequence[GridCell], index: int, lane: Lane) -> RowKey:
        """A body named without a code right below the total, with the same figures but for a slip, is the body that
        the total is about: its row says the total once more."""
        amounts = [fold(row[col].cell.text) for col in lane.amounts if col < len(row)]
        if key.label and self._is_total(key.label):
            lane.total = (index, amounts)
        elif (
            lane.total[0] == index - 1
            and _says_again(amounts, lane.total[1])
            and key.sense is not None
            and (key.sense.why or self._is_told_by_code(key, row, lane))
            and is_name(fold(key.label), self.catalog.scope)
        ):
            return key._replace(sense=RowSense({}), again=True)
        return key

    def _is_told_by_code(self, key: RowKey, row: Sequence[GridCell], lane: Lane) -> bool:
        """Whether a row names a body without the code that the body's own line prints."""
        numbered = any(row[c].cell.text for c in lane.keys if c < len(row) and self._role(c) == "agency_code")
        only = key.sense is not None and set(key.sense.dims) == {"agency_code"}
        return only and not numbered and key.label in self.lines.names.values()

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
                    for role in ("code", "agency_code", "name", "agency")
                }
                code = by_role["code"]
                if any(by_role.values()):
                    lone = code if len(columns) == 1 else ""
                    named = (text for col, text in texts if self._role(col) in ("name", "agency"))
                    name = _unbroken("".join(named))
                    rows.append(KeyRow(index, lone, by_role["agency_code"], bool(code), name))
        return find_bodies(rows, self.table.kind, self.catalog)

    def _key(self, row: Sequence[GridCell], index: int, lane: Lane) -> RowKey:
        """The left part of a row: codes in one cell or three, several codes, the name, the label, the body."""
        texts = self._key_texts(row, lane)
        place = next((row[col].cell for col, _ in texts), None)
        if index in self.lines.rows:
            body = self.lines.rows[index]
            lane.agency = "" if self.lines.one else body
            named = (text for col, text in texts if self._role(col) in ("name", "agency"))
            return RowKey("", re.sub(r"\s+", "", "".join(named)), place, RowSense({"agency_code": body}))
        codes = self.codes.read(texts, lane)
        dims, label = codes.dims, _unbroken(self._deepest(codes.names, texts))
        in_year = "".join(text for col, text in texts if self._role(col) == "year")
        year = match.group(1) if (match := _YEAR.search(in_year)) else ""
        if year:
            dims["fiscal_year"] = year
        agency = self._agency(texts, codes, label)
        if agency:
            lane.agency = "" if self._is_total(agency) else _unbroken(agency)
            label = label or agency
        if lane.agency:
            dims["agency_code"] = lane.agency
        code = next((member for name, member in dims.items() if name in self.catalog.codes), "")
        if codes.why:
            return RowKey(code, label, place, RowSense({}, why=codes.why))
        if code:
            if lane.labels is not None:
                lane.labels.leave()
            item = _unbroken(codes.labels)
            if self.table.kind.open_rows == "pro_code" and item and item != agency:
                dims["pro_code"] = item
            return RowKey(code, label, place, RowSense(dims), code_doubt(row, lane.keys))
        if agency and self.table.kind.open_rows == "pro_code" and self._names_a_project(label, agency):
            dims["pro_code"] = label
        # Among rows of years one that is of none says what has changed between them.
        change = "" if year or label else _unbroken(in_year)
        if agency or change or (year and not label):
            return RowKey("", label or change, place, RowSense(dims, detail=bare(change)))
        if not label:
            return RowKey("", "", place, None)
        return RowKey("", label, place, self._labelled(label, dims, lane, texts))

    def _names_a_project(self, label: str, agency: str) -> bool:
        """Whether the name beside that of a body is a project's."""
        return bool(label) and fold(label) != fold(agency) and not self._is_total(label)

    def _agency(self, texts: Sequence[tuple[int, str]], codes: CodesRead, label: str) -> str:
        """The body that a row is about: its name, or its code where no name is printed. A total may stand in the
        cells of both."""
        name = next((text for col, text in texts if self._role(col) == "agency"), "")
        number = next((text for col, text in texts if self._role(col) == "agency_code"), "") or codes.body
        if name or not number or self._is_total(label):
            return self.lines.names.get(fold(number), name) if name else name
        if codes.dims:
            # The label is the name of the code; the body's own line has told its name.
            return "" if self.lines.one else self.lines.names.get(number, number)
        return label or number

    def _deepest(self, names: str, texts: Sequence[tuple[int, str]]) -> str:
        """The label of a row whose labels stand in several columns, the wider left of the narrower: the last one, or
        the one before a mere 小计."""
        labels = [text for col, text in texts if self._role(col) == "label"]
        if len(labels) < 2 or names != "".join(labels) or not self._is_nested(texts):
            return names
        return labels[-2] if self._is_total(labels[-1]) else labels[-1]

    def _is_nested(self, texts: Sequence[tuple[int, str]]) -> bool:
        """Whether the label columns of a row stand under one head (a head-less column goes with the one before it)."""
        heads = {self.heads.columns[col].path for col, _ in texts if self._role(col) == "label"}
        return len(heads - {()}) <= 1

    def _has_labels(self, lane: Lane) -> bool:
        """Whether the rows of a lane are told apart by anything; a table of one row has no labels."""
        return any(self._role(col) not in ("line", "text", "year") for col in lane.keys)

    def _key_texts(self, row: Sequence[GridCell], lane: Lane) -> list[tuple[int, str]]:
        """The texts of a row's key columns; lines and remarks left out."""
        texts = [
            (col, row[col].cell.text)
            for col in lane.keys
            if col < len(row)
            and row[col].anchor
            and row[col].cell.text
            and self._role(col) not in ("line", "text")
        ]
        if not texts:
            # A label that was merged over the columns before (支出小计 over two lanes) is this lane's as well.
            texts = [
                (col, row[col].cell.text)
                for col in lane.keys[:1]
                if col < len(row) and row[col].top and row[col].cell.col < col and row[col].cell.text
            ]
        return texts

    def _code_pieces(self, row: Sequence[GridCell], lane: Lane) -> tuple[str, ...]:
        """What the code columns of a row hold; blank where a cell goes on from the row or the column before."""
        columns = [col for col in lane.keys if col < len(row) and self._role(col) == "code"]
        return tuple(fold(row[col].cell.text) if row[col].anchor else "" for col in columns)

    def _role(self, col: int) -> str:
        return self.heads.columns[col].role

    def _is_total(self, text: str) -> bool:
        return self.catalog.lexicon.is_total(text, self.table.kind.id, "row")

    def _is_total_head(self, text: str) -> bool:
        return self.catalog.lexicon.is_total(text, self.table.kind.id, "column")

    def _dividing(self, label: str) -> Mapping[str, str]:
        """What a heading that divides a list of this kind (一、货物类) says; nothing if it is none."""
        kind = self.table.kind.id
        meaning = self.catalog.lexicon.meaning(label, kind, "row")
        return (meaning.dims or {}) if meaning is not None and kind in meaning.kinds else {}

    def _named_by(self, col: int, text: str) -> Mapping[str, str]:
        """What a text in a column of stairs is the name of: a class, an economic class under heads that say so, a body
        in the first column."""
        heading = self._dividing(text)
        if heading:
            return heading
        heads = fold("".join(self.heads.columns[col].path))
        dimension = next((d for word, d in self.catalog.lexicon.marks.code_words if word in heads), "")
        code = self.catalog.codes[dimension].named(bare(text)) if dimension else None
        if code is not None:
            return {dimension: code}
        name = re.sub(r"\s+", "", text)
        first = all(col not in lane.keys or col == lane.keys[0] for lane in self.heads.lanes)
        if first and (name in self.bodies or is_name(fold(name), self.catalog.scope)):
            return {"agency_code": name}
        return {}

    def _stage(self, column: str) -> str:
        """The stage that the heads of a column name, wherever both stand side by side."""
        for label in column.split("/"):
            meaning = self.catalog.lexicon.meaning(label, _STAGED, "column")
            if meaning is not None and "stage" in (meaning.dims or {}):
                return (meaning.dims or {})["stage"]
        return ""

    def _labelled(
        self, label: str, dims: dict[str, str], lane: Lane, texts: Sequence[tuple[int, str]]
    ) -> RowSense:
        """What a row says that has a label and no code: a known item, the name of a code, or a project or body."""
        kind = self.table.kind
        labels = lane.labels
        assert labels is not None
        sense = labels.item(label)
        is_total = sense.meaning is not None and sense.meaning.total
        if is_total:
            lane.agency, lane.section = "", {}
            dims.pop("agency_code", None)
            if lane.stairs is not None:
                lane.stairs.close()
        elif lane.stairs is None and (code := labels.named(label, sense)) is not None:
            return RowSense({**labels.inherited, **dims, labels.dimension: code})
        if kind.open_rows == "pro_code" and not is_total:
            return self._project(label, dims, lane, texts)
        sense = self._within_above(sense, label, lane)
        if not sense.why:
            labels.enter(sense)
            lane.itemised = lane.itemised or bool(sense.meaning and sense.meaning.dims)
            return sense._replace(dims={**sense.dims, **dims})
        # Among items a label that is not known is one more item, unless it ends as the names of bodies do.
        listed = labels.under or lane.itemised
        if kind.open_rows and (not listed or is_name(fold(label), self.catalog.scope)):
            lane.agency, labels.under = label, ""
            return RowSense({**dims, kind.open_rows: label})
        return sense

    def _project(
        self, label: str, dims: dict[str, str], lane: Lane, texts: Sequence[tuple[int, str]]
    ) -> RowSense:
        """A row of a list of projects: a heading that divides the list, a body, or a project."""
        heading = self._dividing(label)
        if heading:
            lane.agency, lane.section = "", heading
            dims.pop("agency_code", None)
            if lane.stairs is not None:
                lane.stairs.close()
            return RowSense({**dims, **heading})
        if lane.stairs is not None:
            return lane.stairs.sense(texts, {**lane.section, **dims})
        if label in self.bodies:
            lane.agency = label
            return RowSense({**dims, "agency_code": label})
        return RowSense({**lane.section, **dims, "pro_code": label})

    def _within_above(self, sense: RowSense, label: str, lane: Lane) -> RowSense:
        """A row that says 其中 is part of the row above it. If its fund, by its name, lies elsewhere in the tree
        (其中：教育收费 below 事业收入), it is kept apart as a part, lest it be added twice."""
        fund = (sense.meaning.dims or {}).get("fund_type_code") if sense.meaning is not None else None
        if not is_included(label):
            lane.fund = fund or ""
        elif fund and lane.fund and self.catalog.dimensions["fund_type_code"].finer(lane.fund, fund) is None:
            return RowSense({"fund_type_code": lane.fund}, opened=sense.opened, detail=bare(label))
        return sense

    def _testify(self, cell: Cell, printed: Printed, index: int, col: int, lane: Lane, key: RowKey) -> None:  # noqa: PLR0917
        """Add the witness of one amount cell. Blanks that mean nothing known are left out."""
        table, path = self.table, self.heads.columns[col].path
        sense = key.sense if key.sense is not None else RowSense({}, why="这一行没有行名")
        bound = self.catalog.binder.bind(table.kind, lane.side, path, sense, self.subject)
        if bound.fact is None and printed.presence is not Presence.NUMBER:
            return
        if bound.fact is not None and bound.fact.concept in self.catalog.clauses.counts.concepts:
            printed = printed._replace(unit=Unit.COUNT)
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
                column=self.names[col],
                status=Status.BOUND if bound.fact is not None else Status.UNBOUND,
                why=bound.why,
                recognition=recognition_of(cell, key.doubt),
                lane=lane.position + (len(self.heads.lanes) if key.again else 0),
            )
        )

    def _place(self, cell: Cell) -> Place:
        return Place(self.table.place.file, cell.place.page, cell.place.box, cell.place.ref)
