"""Self-evaluations as a workbook: a sheet for each form, and one with the rows behind the counted values."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from gouji.performance import Evaluation
from gouji.writing.performance_grid import WIDTH, WIDTHS, GridCell, form_grid

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_EVIDENCE = "完成值的依据"
_LINE = 16
"""The height of a line in points."""


def performance_sheet(evaluations: Sequence[Evaluation], body: str, year: int) -> bytes:
    """The workbook (XLSX)."""
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = f"{body}{year}年度绩效自评表"
    book.set_properties({"title": title, "author": body, "created": datetime(year, 12, 31)})
    for number, evaluation in enumerate(evaluations, start=1):
        _form(book, f"自评表{number}", evaluation)
    _evidence(book, evaluations)
    book.close()
    return stream.getvalue()


def _form(book: Workbook, name: str, evaluation: Evaluation) -> None:
    sheet = book.add_worksheet(name)
    face = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    title = book.add_format({**face, "font_name": "黑体", "font_size": 16, "align": "center"})
    styles = {
        left: book.add_format({**face, "border": 1, "align": "left" if left else "center"})
        for left in (True, False)
    }
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, WIDTH - 1, evaluation.form.title, title)
    sheet.set_row(0, 2 * _LINE)
    rows = form_grid(evaluation)
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _LINE * max(map(_lines, row), default=1))
    for cell in (cell for row in rows for cell in row):
        first, last = cell.row + 1, cell.row + cell.row_span
        style = styles[cell.left]
        if cell.row_span * cell.col_span > 1:
            sheet.merge_range(first, cell.col, last, cell.col + cell.col_span - 1, cell.text, style)
        else:
            sheet.write_string(first, cell.col, cell.text, style)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _lines(cell: GridCell) -> int:
    """How many lines the text of a cell takes; a cell over several rows has room enough."""
    room = sum(WIDTHS[cell.col : cell.col + cell.col_span]) - 1
    characters = sum(1 if char.isascii() else 2 for char in cell.text)
    return 1 if cell.row_span > 1 else max(1, -(-characters // room))


def _evidence(book: Workbook, evaluations: Sequence[Evaluation]) -> None:
    sheet = book.add_worksheet(_EVIDENCE)
    row = 0
    for evaluation in evaluations:
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
