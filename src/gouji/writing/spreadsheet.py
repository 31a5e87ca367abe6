"""The tables as a workbook: one sheet per form, real numbers, real sums with their values beside them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from gouji.catalog import Dimension
from gouji.writing.disclosure import Cell, Disclosure, Table, in_unit
from gouji.writing.heading import heading
from gouji.writing.measure import half_characters
from gouji.writing.paper import MARGIN, Paper, paper, title_size
from gouji.writing.sums import Addend, sums

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TOP = 3
"""Rows above the grid of every sheet: title, number, body and unit."""
_FONT = "宋体"
_SIZE = 10.5
"""The size of type on screen. Everything keeps the proportions of the printed page, which the sheet is fitted
to."""
_A4 = 9
_BOLD = 1.1
"""How much wider than others bold type runs where the typeface is replaced."""
_LEADING = 1.4


def sheet_cell(cell: Cell) -> str:
    """Where a place stands on its sheet, ``C12``."""
    return f"{_column(cell.spot.col)}{TOP + cell.spot.row + 1}"


@cache
def _column(number: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415

    return str(xl_col_to_name(number))


def spreadsheet(disclosure: Disclosure, dimensions: Mapping[str, Dimension]) -> bytes:
    """The workbook (XLSX). Amounts are exact in the form's unit and shown with its decimals."""
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": disclosure.title, "author": disclosure.body, "created": datetime(disclosure.year, 12, 31)}
    )
    styles = _Styles(book)
    _cover(book, disclosure)
    for table in disclosure.tables:
        _Sheet(book.add_worksheet(table.form.number), styles, table, paper(table)).write(
            disclosure, dimensions
        )
    book.close()
    return stream.getvalue()


def _cover(book: Workbook, disclosure: Disclosure) -> None:
    """The first sheet: whose accounts of which year, and the contents with links to the sheets."""
    sheet = book.add_worksheet("封面")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 90)
    centred = {"align": "center", "font_name": "黑体"}
    sheet.set_row(0, 120)
    sheet.write_string(
        0,
        0,
        "\n".join(disclosure.cover),
        book.add_format(centred | {"font_size": 22, "valign": "vcenter", "text_wrap": True}),
    )
    sheet.write_string(1, 0, "目录", book.add_format(centred | {"font_size": 15}))
    line = book.add_format({"font_name": "宋体", "font_size": 12, "indent": 8})
    for row, (text, table) in enumerate(zip(disclosure.contents, disclosure.tables, strict=True), start=2):
        sheet.set_row(row, 22)
        sheet.write_url(row, 0, f"internal:'{table.form.number}'!A1", line, text)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 1)


class _Styles:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._placed: dict[tuple[str, bool, int, int, bool], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        properties = {"font_name": _FONT, "font_size": _SIZE, "valign": "vcenter"} | properties
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(properties))
        return self._made[key]

    def of(self, cell: Cell, decimals: int, grouping: bool = False) -> Any:
        """The format of one place of a grid."""
        spot = cell.spot
        amount = spot.role == "amount"
        printed = cell.figure is None and bool(cell.text)
        places = (len(cell.text.partition(".")[2]) if printed else decimals) if amount else 0
        key = (spot.role, spot.col_span > 1, spot.indent, places, grouping)
        if key not in self._placed:
            self._placed[key] = self._of(*key)
        return self._placed[key]

    def _of(self, role: str, wide: bool, indent: int, places: int, grouping: bool) -> Any:
        if role == "amount":
            whole = "#,##0" if grouping else "0"
            pattern = f"{whole}.{'0' * places}" if places else whole
            return self(border=1, align="right", num_format=pattern)
        if role in ("head", "numbering"):
            return self(border=1, align="center", text_wrap=True, bold=role == "head")
        if role == "line" or (role == "label" and wide):
            return self(border=1, align="center")
        return self(border=1, align="left", indent=indent, text_wrap=True)


class _Sheet:
    """One form on one sheet."""

    def __init__(self, sheet: Worksheet, styles: _Styles, table: Table, page: Paper) -> None:
        self.sheet = sheet
        self.styles = styles
        self.table = table
        self.page = page
        self.zoom = _SIZE / page.size
        self.last = table.grid.n_cols - 1

    def write(self, disclosure: Disclosure, dimensions: Mapping[str, Dimension]) -> None:
        self.heading(disclosure)
        formulas = sums(self.table, dimensions)
        for cell in self.table.cells:
            self.place(cell, formulas.get(cell.spot, ()))
        self.notes()
        self.print_setup()

    def heading(self, disclosure: Disclosure) -> None:
        lines = heading(disclosure, self.table)
        styles = self.styles
        size = min(16, title_size(lines.title, self.page) * self.zoom)
        self.across(0, 0, self.last, lines.title, styles(font_name="黑体", font_size=size, align="center"))
        self.across(1, 0, self.last, lines.number, styles(align="right"))
        right = self.tail(lines.unit)
        if lines.year:
            middle = max(1, right - max(1, right // 3))
            self.across(2, 0, middle - 1, lines.body, styles(align="left"))
            self.across(2, middle, right - 1, lines.year, styles(align="left"))
        else:
            self.across(2, 0, right - 1, lines.body, styles(align="left"))
        self.across(2, right, self.last, lines.unit, styles(align="right"))
        self.sheet.set_row(0, 27)

    def tail(self, text: str) -> int:
        """The column from which on ``text`` fits, so that it stands at the right edge."""
        column, wanted = self.last, half_characters(text) * self.page.size / 2 + 4
        while column > 1 and sum(self.page.columns[column:]) < wanted:
            column -= 1
        return column

    def across(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, text, style)

    def place(self, cell: Cell, addends: Sequence[Addend]) -> None:
        spot = cell.spot
        row, column = TOP + spot.row, spot.col
        form = self.table.form
        style = self.styles.of(cell, form.decimals, form.grouping)
        if spot.row_span > 1 or spot.col_span > 1:
            self.sheet.merge_range(
                row, column, row + spot.row_span - 1, column + spot.col_span - 1, "", style
            )
        if cell.figure is not None:
            # A float only here: the format has no other number. 15 digits hold 99 亿元 to the 分.
            amount = float(in_unit(cell, self.table.form))
            if amount < 0 and not cell.text.startswith("-"):
                # A spreadsheet shows a negative below half a last place as -0.00, no other format does.
                self.sheet.write_number(row, column, 0, style)
            elif addends:
                self.sheet.write_formula(row, column, formula(addends), style, amount)
            else:
                self.sheet.write_number(row, column, amount, style)
        elif not cell.text:
            self.sheet.write_blank(row, column, None, style)
        elif spot.role in ("amount", "line") or (spot.role == "numbering" and cell.text.isdigit()):
            self.sheet.write_number(row, column, float(cell.text), style)
        else:
            self.sheet.write_string(row, column, cell.text, style)

    def notes(self) -> None:
        style = self.styles(text_wrap=True, align="left")
        for offset, note in enumerate(self.table.notes):
            row = TOP + self.table.grid.n_rows + offset
            self.across(row, 0, self.last, note, style)
            lines = -(-half_characters(note) * self.page.size // (2 * self.page.width - 8))
            self.sheet.set_row(row, 1.4 * _SIZE * lines)

    def print_setup(self) -> None:
        sheet, grid = self.sheet, self.table.grid
        for column, points in enumerate(self.page.columns):
            sheet.set_column_pixels(column, column, round(points * self.zoom * 96 / 72))
        for row, lines in enumerate(self.lines_in_rows()):
            sheet.set_row(TOP + row, round(max(self.page.row * self.zoom, _LEADING * _SIZE * lines), 2))
        head_end = TOP + grid.head_rows
        sheet.freeze_panes(head_end, 0)
        sheet.repeat_rows(TOP, head_end - 1)
        sheet.set_paper(_A4)
        if self.page.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0 if self.table.form.layout == "coded" else 1)
        sheet.center_horizontally()
        inches = MARGIN / 72
        sheet.set_margins(left=inches, right=inches, top=inches, bottom=inches)
        sheet.set_footer("&C&P / &N", {"margin": inches / 2})
        sheet.hide_gridlines(1)
        last_row = TOP + grid.n_rows + len(self.table.notes) - 1
        sheet.print_area(0, 0, last_row, self.last)
        if any(cell.spot.role == "code" for cell in self.table.cells):
            sheet.ignore_errors({"number_stored_as_text": f"A{head_end + 1}:Z{last_row + 1}"})

    def lines_in_rows(self) -> list[int]:
        """How many lines the texts that stand in each row need."""
        lines = [1] * self.table.grid.n_rows
        for cell in self.table.cells:
            spot = cell.spot
            if spot.role == "amount":
                continue
            room = (
                sum(self.page.columns[spot.col : spot.col + spot.col_span]) - 6 - spot.indent * self.page.size
            )
            width = half_characters(cell.text) * (_BOLD if spot.role == "head" else 1)
            needed = -int(-width * self.page.size / 2 // room)
            for row in range(spot.row, spot.row + spot.row_span):
                lines[row] = max(lines[row], -(-needed // spot.row_span))
        return lines


def formula(addends: Sequence[Addend]) -> str:
    """``=SUM(C8:C10,C14)``, or ``=C4+C5-F4`` where something is taken away."""
    if any(addend.sign < 0 for addend in addends):
        terms = "".join(f"{'+' if a.sign > 0 else '-'}{sheet_cell(a.cell)}" for a in addends)
        return "=" + terms.removeprefix("+")
    return f"=SUM({','.join(_ranges([addend.cell for addend in addends]))})"


def _ranges(cells: Sequence[Cell]) -> list[str]:
    """Cells in order, neighbours in a row or a column drawn together."""
    runs: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.spot.col, cell.spot.row)):
        run = runs[-1] if runs else []
        if run and run[0].spot.col == cell.spot.col and run[-1].spot.row + 1 == cell.spot.row:
            run.append(cell)
        else:
            runs.append([cell])
    joined: list[list[Cell]] = []
    for run in runs:
        before = joined[-1] if joined else []
        if before and len(run) == 1 and _follows(before, run[0]):
            before.append(run[0])
        else:
            joined.append(run)
    return [
        sheet_cell(run[0]) if len(run) == 1 else f"{sheet_cell(run[0])}:{sheet_cell(run[-1])}"
        for run in joined
    ]


def _follows(run: Sequence[Cell], cell: Cell) -> bool:
    """Whether a cell goes on a run along its row."""
    one_row = all(other.spot.row == cell.spot.row for other in run)
    return one_row and run[-1].spot.col + run[-1].spot.col_span == cell.spot.col
