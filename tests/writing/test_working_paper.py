"""The working paper of a consolidation: each figure of the department beside those of its bodies that make it up."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from gouji.catalog import load_catalog
from gouji.registers import Department, read_department
from gouji.writing import disclose_department
from gouji.writing.working_paper import working_paper

CATALOG = load_catalog()
ELIMINATED = ("eliminated", "部门内部转移（抵消）")


def paper(department: Department) -> openpyxl.Workbook:
    parts = [(body.name, body.name) for body in department.parts]
    content = working_paper(
        disclose_department(department, CATALOG), department.whole.book, [*parts, ELIMINATED]
    )
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def accounts(department_example: Path) -> Department:
    return read_department(department_example.parent / "department-2024-accounts", CATALOG)


def test_a_figure_is_the_sum_of_its_bodies_and_of_what_is_eliminated(accounts: Department) -> None:
    sheet = paper(accounts)["公开02表"]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert heads == [
        "编码", "行", "栏", "部门", "示例市科学技术局本级", "示例市科技情报中心", "示例市科技服务站",
        "部门内部转移（抵消）",
    ]  # fmt: skip
    assert ["", "合计", "事业收入", "=SUM(E7:H7)", None, 23.15, None, -8.4] in [
        [value if value is not None or at > 2 else "" for at, value in enumerate(row)] for row in rows
    ]


def test_every_figure_is_there_but_those_that_bodies_do_not_have(accounts: Department) -> None:
    tables = disclose_department(accounts, CATALOG).tables
    listed = {
        table.form.number: sum(cell.figure is not None for cell in table.amounts)
        for table in tables
        if table.form.title not in ("所属单位收支汇总表", "部门内部转移表")
    }
    book = paper(accounts)
    assert {sheet.title: sheet.max_row - 3 for sheet in book} == {
        number: count for number, count in listed.items() if count
    }


def test_tables_with_rows_for_bodies_need_none(department_example: Path) -> None:
    sheets = paper(read_department(department_example, CATALOG)).sheetnames
    assert "预算06表" in sheets
    assert "预算03表" not in sheets
