"""Self-evaluation forms as a workbook: a sheet for each form, and one with the rows behind the actual values."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from gouji.writing.evaluation_document import EvaluationDocument
from gouji.writing.performance_grid import FormTable, GridCell, Rows

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_EVIDENCE = "完成值的依据"
_LINE = 16
"""The height of a line in points."""
_HIGHEST = 400
"""The height of a row that a spreadsheet still shows, in points (409 is its limit)."""


def performance_sheet(document: EvaluationDocument) -> bytes:
    """The workbook (XLSX)."""
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({
        "title": document.title, "author": document.body, "created": datetime(document.year, 12, 31)
    })  # fmt: skip
    for number, (_, tables) in enumerate(document.annexes, start=1):
        for place, table in enumerate(tables, start=1):
            label = document.annex_label(number)
            _form(book, f"{label}-{place}" if len(tables) > 1 else label, table)
    _evidence(book, document)
    book.close()
    return stream.getvalue()


def _form(book: Workbook, name: str, table: FormTable) -> None:
    sheet = book.add_worksheet(name)
    face = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    title = book.add_format({**face, "font_name": "黑体", "font_size": 16, "align": "center"})
    styles = {
        left: book.add_format({**face, "border": 1, "align": "left" if left else "center"})
        for left in (True, False)
    }
    widths = table.layout.widths
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, len(widths) - 1, table.title, title)
    sheet.set_row(0, 2 * _LINE)
    top = 1
    for heads, rows in table.pieces:
        if heads and len(table.pieces) > 1:
            sheet.repeat_rows(top, top + heads - 1)
        for number, height in enumerate(_heights(rows, widths)):
            sheet.set_row(top + number, height)
        for cell in (cell for row in rows for cell in row):
            first, last = top + cell.row, top + cell.row + cell.row_span - 1
            style = styles[cell.left]
            if cell.row_span * cell.col_span > 1:
                sheet.merge_range(first, cell.col, last, cell.col + cell.col_span - 1, cell.text, style)
            else:
                sheet.write_string(first, cell.col, cell.text, style)
        top += len(rows)
    for number, note in enumerate(table.layout.notes):
        sheet.write_string(top + number, 0, note)
    _page(sheet, landscape=table.layout.landscape)


def _page(sheet: Worksheet, *, landscape: bool) -> None:
    sheet.set_landscape() if landscape else sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _heights(rows: Rows, widths: tuple[int, ...]) -> list[float]:
    """The heights of the rows, in points; a cell over several rows asks the last of them for what it still lacks."""
    heights = [float(_LINE)] * len(rows)
    for row in rows:
        for cell in row:
            wanted = _LINE * lines(cell, widths)
            covered = range(cell.row, cell.row + cell.row_span)
            lacking = wanted - sum(heights[at] for at in covered)
            if lacking > 0:
                heights[covered[-1]] += lacking
    return [min(height, _HIGHEST) for height in heights]


def lines(cell: GridCell, widths: tuple[int, ...]) -> int:
    """How many lines the text of a cell takes."""
    room = max(sum(widths[cell.col : cell.col + cell.col_span]) - 2, 2)
    return sum(
        max(1, -(-sum(1 if char.isascii() else 2 for char in line) // room)) for line in cell.text.split("\n")
    )


def _evidence(book: Workbook, document: EvaluationDocument) -> None:
    sheet = book.add_worksheet(_EVIDENCE)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 8, 24)
    _page(sheet, landscape=True)
    row = 0
    for evaluation in document.evaluations:
        for item in evaluation.rated:
            if item.trace is None or item.indicator.actual is None:
                continue
            sheet.write_string(row, 0, f"{item.indicator.name}：{item.indicator.actual.text}")
            sheet.write_string(row, 1, f"{item.trace.how}（{item.trace.file}）")
            sheet.write_row(row + 1, 0, ["行", *item.trace.columns])
            for entry in item.trace.rows:
                row += 1
                cells = [entry.cells.get(column, "") for column in item.trace.columns]
                sheet.write_row(row + 1, 0, [str(entry.number), *cells])
            row += 3
