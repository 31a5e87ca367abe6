"""A small good workspace as rows, and the ways to put it on disk."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from gouji.catalog import load_catalog
from gouji.registers import Workspace, WorkspaceError, read_workspace

Rows = list[list[Any]]
Sheets = dict[str, Rows]

SETTINGS = '"单位名称" = "示例中心"\n"层级" = "单位"\n"年度" = 2024\n'
GENERAL = "一般公共预算财政拨款"
NONFISCAL = "非财政拨款资金"


def good_sheets() -> Sheets:
    """Registers that agree. Row 1 is the head, so ``sheets[name][n]`` stands in row n + 1."""
    return {
        "收入": [
            ["功能科目编码", "收入来源", "金额（元）", "备注"],
            ["2060301", GENERAL, 1000, ""],
            ["2060302", "事业收入", 500.5, "按季到账"],
        ],
        "支出": [
            ["功能科目编码", "支出性质", "资金来源", "经济分类科目编码", "项目", "金额（元）", "备注"],
            ["2060301", "基本支出", GENERAL, "30101", "", 600, ""],
            ["2060301", "项目支出", GENERAL, "", "甲项目", 100.1, ""],
            ["2060302", "项目支出", NONFISCAL, "", "", 300, ""],
        ],
        "结转结余": [
            ["项目", "资金性质", "功能科目编码", "金额（元）", "备注"],
            ["年初结转和结余", GENERAL, "", 50, ""],
            ["结余分配", NONFISCAL, "", 200.5, ""],
        ],
        "三公经费": [
            ["项目", "阶段", "金额（元）", "备注"],
            ["公务接待费", "预算数", 20, ""],
            ["公务接待费", "决算数", 10, ""],
        ],
    }


def write_settings(folder: Path, text: str = SETTINGS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "单位.toml").write_text(text, encoding="utf-8")


def write_xlsx(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write the rows as they are: strings as text, blank strings as no cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if value not in ("", None):
                    sheet.cell(row, column, value)
    book.save(folder / "登记簿.xlsx")
    return folder / "登记簿.xlsx"


def write_csv(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], encoding: str = "utf-8") -> None:
    (folder / "登记簿").mkdir()
    for name, rows in sheets.items():
        with (folder / "登记簿" / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream).writerows(rows)


def read_xlsx(folder: Path, sheets: Sheets) -> Workspace:
    """Put the rows into a workbook beside good settings and read the workspace."""
    write_settings(folder)
    write_xlsx(folder, sheets)
    return read_workspace(folder, load_catalog())


def complaints(folder: Path, sheets: Sheets | None = None) -> list[str]:
    """What is said about a workspace that cannot be used; ``sheets`` are written first when given."""
    try:
        if sheets is not None:
            read_xlsx(folder, sheets)
        else:
            read_workspace(folder, load_catalog())
    except WorkspaceError as error:
        return [str(problem) for problem in error.problems]
    return []
