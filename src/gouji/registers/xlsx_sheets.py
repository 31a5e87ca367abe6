"""Sheets from a workbook, read with openpyxl after the package was found to be sound."""

from __future__ import annotations

import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from gouji.documents.model import UnreadableFile
from gouji.documents.package import open_package
from gouji.registers.amount import exact
from gouji.registers.sheet import Cell, Flaw, Row, Sheet, text_cell

_MOST_COLUMNS = 64
_NO_RESULT = "这里的公式没有存下结果，请用 Excel/WPS 打开、重新计算并保存"
_OTHER = "这里是日期、时间或逻辑值，不是文字或数字；请把单元格格式改为常规后重填"


def read_workbook(path: Path, shown: str) -> tuple[Sheet, ...]:
    """The sheets of ``path``; ``shown`` is what the file is called in messages. Raises UnreadableFile."""
    with open_package(path) as package:
        if package.main_part("officeDocument", "xl/workbook.xml") is None:
            raise UnreadableFile(path, "这不是 Excel 工作簿（.xlsx），请用 Excel/WPS 另存为 .xlsx")
    try:
        # What openpyxl warns about (extensions of WPS, printing names) is nothing a register holds.
        with warnings.catch_warnings(action="ignore"):
            return _sheets(path, shown)
    except OSError as error:
        raise UnreadableFile(path, "没有读取权限，请检查文件权限或关闭正在占用它的程序") from error
    except Exception as error:  # openpyxl raises almost anything on a damaged part
        raise UnreadableFile(path, "工作簿内部已损坏，请用 Excel/WPS 打开后另存一份") from error


def _sheets(path: Path, shown: str) -> tuple[Sheet, ...]:
    stored = load_workbook(path, read_only=True, data_only=True)
    written = load_workbook(path, read_only=True, data_only=False)
    try:
        sheets = []
        for values, formulas in zip(stored.worksheets, written.worksheets, strict=True):
            values.reset_dimensions()
            formulas.reset_dimensions()
            rows = []
            both = (tab.iter_rows(max_col=_MOST_COLUMNS) for tab in (values, formulas))
            for number, pair in enumerate(zip(*both, strict=True), start=1):
                row = Row(number, tuple(_cell(value, formula) for value, formula in zip(*pair, strict=True)))
                if not row.is_blank:
                    rows.append(row)
            sheets.append(Sheet(shown, values.title, tuple(rows)))
        return tuple(sheets)
    finally:
        stored.close()
        written.close()


def _cell(stored: Any, written: Any) -> Cell:
    """One cell from its stored value and what was written into it (a formula, or the value again)."""
    value = stored.value
    if value is None:
        return Flaw(_NO_RESULT) if written.data_type == "f" else None
    if stored.data_type == "e":
        return Flaw(f"这里的公式出错（{value}），请改正")
    if isinstance(value, float):
        return exact(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        # Characters that XML cannot hold are stored by their numbers.
        return text_cell(unescape(value) if "_x" in value else value)
    return Flaw(_OTHER)
