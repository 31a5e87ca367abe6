"""A legacy Excel workbook (.xls): each visible sheet as one table of what Excel displays.

Read with xlrd, which unlike other readers tells the number format of every cell, hidden rows, columns and sheets,
and borders: a sum stored as 236.63000000000002 is displayed, and read, as 236.63.
"""

from __future__ import annotations

import os
from decimal import Decimal
from functools import partial
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Cell, Sheet

from gouji.documents.model import Document, UnreadableFile
from gouji.documents.number_format import BUILT_IN_FORMATS, shown_number, shown_text
from gouji.documents.package import explain_os_error
from gouji.documents.sheet import CellRange, Shown
from gouji.documents.sheet import Sheet as ShownSheet
from gouji.documents.workbook import workbook_document

_GENERAL, _LEFT, _DISTRIBUTED = 0, 1, 7
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Formats whose look depends on the country of the program, which the file does not tell."""

_PASSWORD = "文件有密码，请用 Excel/WPS 打开、去掉密码后另存"
_DAMAGED = "文件已损坏或没有下载完整，请重新下载，或用 Excel/WPS 打开后另存为 .xlsx"


def read_xls(path: Path) -> Document:
    """Read a workbook of Excel 5 to 2003. Raises UnreadableFile when it is damaged, protected or not a workbook."""
    book = _opened(path)
    hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
    shown = [(sheet.name, partial(_sheet, book, sheet)) for sheet in book.sheets() if not sheet.visibility]
    return workbook_document(path, "xls", hidden, shown)


def _opened(path: Path) -> Book:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, explain_os_error(error)) from error
    if not content:
        raise UnreadableFile(path, "文件是空的（0 字节），请重新获取")
    try:
        with open(os.devnull, "w", encoding="utf-8") as silent:
            return xlrd.open_workbook(
                file_contents=content, formatting_info=True, ragged_rows=True, logfile=silent,
                # Programs other than Excel leave containers that Excel opens and a strict reader refuses.
                ignore_workbook_corruption=True,
            )  # fmt: skip
    except Exception as error:  # on damaged bytes xlrd raises whatever Python does
        raise UnreadableFile(path, _PASSWORD if "encrypted" in str(error) else _DAMAGED) from error


def _sheet(book: Book, source: Sheet) -> ShownSheet:
    sheet = ShownSheet(hides_zeros=not getattr(source, "show_zero_values", 1))
    # xlrd gives both ends of a range; the last row and column are not in it.
    sheet.merges = [CellRange(top, left, end - 1, right - 1) for top, end, left, right in source.merged_cells]
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_cols = {col for col, info in source.colinfo_map.items() if info.hidden or info.width == 0}
    for row in range(source.nrows):
        for col, cell in enumerate(source.row(row)):
            style = _style(book, cell)
            shown = _shown(book, cell, style, sheet.hides_zeros)
            if shown.text.strip():
                sheet.cells[row, col] = shown
            elif style is not None and _is_framed(style):
                sheet.framed_rows.add(row)
    return sheet


def _style(book: Book, cell: Cell) -> XF | None:
    number = cell.xf_index
    return book.xf_list[number] if number is not None and 0 <= number < len(book.xf_list) else None


def _is_framed(style: XF) -> bool:
    border = style.border
    return border is not None and any(
        (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    )


def _format_code(book: Book, style: XF | None) -> str:
    if style is None:
        return "General"
    key = style.format_key
    if key in _DATE_FORMATS or key not in book.format_map:
        return BUILT_IN_FORMATS.get(key, "General")
    return str(book.format_map[key].format_str)


def _shown(book: Book, cell: Cell, style: XF | None, hides_zeros: bool) -> Shown:
    """What a cell displays, and its indent."""
    kind, value = cell.ctype, cell.value
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return Shown("")
    code = _format_code(book, style)
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        number = Decimal(repr(value))
        if hides_zeros and number == 0:
            return Shown("")
        if not number.is_finite():
            return Shown(str(value))
        return Shown(shown_number(number, code, from_1904=bool(book.datemode)).strip())
    if kind == xlrd.XL_CELL_ERROR:
        return Shown(xlrd.error_text_from_code.get(int(value), "#ERROR!"))
    text = str(value) if kind == xlrd.XL_CELL_TEXT else "TRUE" if value else "FALSE"
    alignment = style.alignment if style is not None else None
    indent = 0
    if alignment is not None and alignment.hor_align in {_GENERAL, _LEFT, _DISTRIBUTED}:
        indent = 2 * alignment.indent_level
    return Shown(shown_text(text, code), indent)
