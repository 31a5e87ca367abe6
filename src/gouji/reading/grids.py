"""Tables with a grid: their rows become witnesses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from gouji.catalog import Bound, Catalog, RowSense, fold
from gouji.documents import Cell
from gouji.facts import Fact, Interval, Place, Presence, Printed, Status, Unit, Witness
from gouji.reading.cut_rows import mend, mend_heads
from gouji.reading.disclosure_title import is_name
from gouji.reading.heads import HeadReader, Heads, Lane
from gouji.reading.joined import GridCell, JoinedGrid
from gouji.reading.nameless import nameless_total
from gouji.reading.printed_rates import PrintedRate, RateColumn, named, percentage, rate_columns
from gouji.reading.realigned import form_heads, matching_form, realigned
from gouji.reading.recognised import as_recognised, recognition_of
from gouji.reading.result import ReadCode, ReadTable
from gouji.reading.row_keys import RowKey, RowKeys, unbroken
from gouji.reading.settling import HeadWords, settled

_FEWEST_AGAIN = 2
_STAGED = "sangong"
"""The kind of table whose columns always say their stage: what its heads mean, they mean elsewhere as well."""


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
        trial = replace(table, witnesses=[], codes=[], rates=[], why="")
        rows = grid if blank < 0 else grid.with_blank(start, blank)
        _RowReader(rows, trial, first_row, catalog, (), heads).read()
        trials[blank] = trial
        return trial.witnesses

    trials: dict[int, ReadTable] = {}
    witnesses = realigned(form_heads(form, start, catalog), len(grid.rows) - start, read, known, catalog)
    if witnesses is not None:
        read_as = next(trial for trial in trials.values() if trial.witnesses is witnesses)
        table.witnesses, table.codes, table.rates, table.why = witnesses, read_as.codes, read_as.rates, ""
        table.one_body, table.bodies = read_as.one_body, read_as.bodies


def _amounts(row: Sequence[GridCell], lane: Lane) -> list[str]:
    """The figures of a row as printed, column by column."""
    return [fold(row[col].cell.text) for col in lane.amounts if col < len(row)]


def _says_again(own: Sequence[str], total: Sequence[str]) -> bool:
    """Whether a row prints the figures of the total above it, all but one at most and two at least. A row that lacks
    columns does not."""
    if len(own) != len(total):
        return False
    same = sum(1 for one, other in zip(own, total, strict=True) if one and one == other)
    others = sum(1 for one, other in zip(own, total, strict=True) if one != other)
    return same >= _FEWEST_AGAIN and others <= 1


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
        self.catalog = catalog
        self.table = table
        self.grid = grid
        mend_heads(grid, first_row, self._is_head)
        self.head_reader = HeadReader(grid, table.kind, catalog.lexicon, catalog.codes)
        self.heads = heads if heads is not None else self.head_reader.read(first_row)
        mend(grid, self.heads, self._is_whole_name)
        self.names = ["/".join(map(unbroken, column.path)) for column in self.heads.columns]
        """The header paths as witnesses tell them."""
        self.rates = rate_columns(self.heads)
        self.keys = RowKeys(catalog, table.kind, grid.rows, self.heads, bodies)
        self.subject = catalog.binder.subject(table.title)
        lists = self.heads.lanes if len(self.heads.lanes) == 1 else []
        totals = [nameless_total(grid.rows[self.heads.data_start :], lane) for lane in lists]
        self.nameless = totals[0] if totals else None
        """The data row that is a total without saying so."""

    def read(self) -> None:
        self.table.one_body = self.keys.lines.one
        self.table.bodies = self.keys.lines.codes
        if not any(lane.amounts for lane in self.heads.lanes):
            self.table.why = "没有找到表头，各列的含义无法确定"
        for index in range(self.heads.data_start, len(self.grid.rows)):
            row = self.grid.rows[index]
            if not self._says_nothing(row):
                self._read_row(row, index)
        heads = HeadWords(self._is_total_head, self._stage, self.catalog.lexicon.marks.grand_totals)
        self.table.witnesses = settled(self.table.witnesses, heads)

    def _is_head(self, text: str) -> bool:
        return self.catalog.lexicon.meaning(text, self.table.kind.id, "column") is not None

    def _is_whole_name(self, code: str, text: str) -> bool:
        """Whether a text is the whole name of a code, or without one a label that is known."""
        dimension = self.catalog.code_dimension(fold(code)) if code else None
        if dimension is None:
            return not code and self.catalog.lexicon.meaning(text, self.table.kind.id, "row") is not None
        names = self.catalog.codes[dimension].names.get(fold(code), ())
        return fold(text) in {fold(name) for spelling in names for name in (spelling.name, *spelling.aliases)}

    def _says_nothing(self, row: Sequence[GridCell]) -> bool:
        """Blank rows say nothing, unless the table has but one; nor do rows that number the columns."""
        blank = not any(g.cell.text for g in row)
        return (blank and self.table.kind.layout != "single_row") or self.head_reader.is_numbering(row)

    def _read_row(self, row: Sequence[GridCell], index: int) -> None:
        taken: set[int] = set()
        for lane in self.heads.lanes:
            key = self.keys.read(row, index, lane)
            if key.sense is None and (
                self.table.kind.layout == "single_row"
                or not self.keys.columns.tell_rows_apart(lane)
                or index - self.heads.data_start == self.nameless
            ):
                key = key._replace(sense=RowSense({}))
            key = self._as_total(key, row, index, lane)
            if key.code and key.sense is not None and key.place is not None and self.keys.names_its_code(key):
                dimension = next(iter(key.sense.dims), "")
                place, pieces = self._place(key.place), self.keys.columns.code_pieces(row, lane)
                self.table.codes.append(ReadCode(dimension, key.code, key.label, place, pieces))
            for col in lane.amounts:
                if col >= len(row) or not row[col].top or id(row[col].cell) in taken:
                    continue
                cell = row[col].cell
                taken.add(id(cell))
                printed = as_recognised(cell, self.table.unit)
                if printed is not None and (
                    key.sense is not None or printed.presence in (Presence.NUMBER, Presence.HIDDEN)
                ):
                    self._testify(cell, printed, index, col, lane, key)
            for rate in self.rates.get(lane.position, ()):
                self._read_rate(rate, row, index, lane, key)

    def _read_rate(
        self, rate: RateColumn, row: Sequence[GridCell], index: int, lane: Lane, key: RowKey
    ) -> None:
        printed = percentage(row[rate.col].cell) if rate.col < len(row) and row[rate.col].top else None
        if printed is not None:
            near, left = (named(columns, self.names) for columns in (rate.near, rate.left))
            place = self._place(row[rate.col].cell)
            column, label = self.names[rate.col], key.label
            self.table.rates.append(
                PrintedRate(rate.kind, printed, place, index, label, column, lane.position, near, left)
            )

    def _as_total(self, key: RowKey, row: Sequence[GridCell], index: int, lane: Lane) -> RowKey:
        """A body named without a code right below the total, with the same figures but for a slip, is the body that
        the total is about: its row says the total once more."""
        if key.label and self.keys.labels.is_total(key.label):
            lane.total = (index, _amounts(row, lane))
        elif (
            lane.total[0] == index - 1
            and key.sense is not None
            and (key.sense.why or self.keys.names_a_coded_body(key, row, lane))
            and (key.label in self.keys.labels.bodies or is_name(fold(key.label), self.catalog.scope))
            and _says_again(_amounts(row, lane), lane.total[1])
        ):
            return key._replace(sense=RowSense({}), again=True)
        return key

    def _is_total_head(self, text: str) -> bool:
        return self.catalog.lexicon.is_total(text, self.table.kind.id, "column")

    def _stage(self, column: str) -> str:
        """The stage that the heads of a column name, wherever both stand side by side."""
        for label in column.split("/"):
            meaning = self.catalog.lexicon.meaning(label, _STAGED, "column")
            if meaning is not None and "stage" in (meaning.dims or {}):
                return (meaning.dims or {})["stage"]
        return ""

    def _testify(self, cell: Cell, printed: Printed, index: int, col: int, lane: Lane, key: RowKey) -> None:  # noqa: PLR0917
        """Add the witness of one amount cell. Blanks that mean nothing known are left out."""
        table, path = self.table, self.heads.columns[col].path
        sense = key.sense if key.sense is not None else RowSense({}, why="这一行没有行名")
        bound = self.catalog.binder.bind(table.kind, lane.side, path, sense, self.subject)
        if printed.presence is Presence.HIDDEN:
            bound = Bound(None, "列宽不够，数字没有显示出来")
        elif bound.fact is None and printed.presence is not Presence.NUMBER:
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
