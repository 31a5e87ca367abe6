"""Tables below each other on one sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.documents import Cell, Document, Place, Table
from gouji.facts import fact
from gouji.reading import Reading, read_document
from printed_tables import stated


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def sheet(*rows: str) -> Table:
    """A sheet six columns wide; a row of one text spans it, as a title does."""
    cells = []
    for number, row in enumerate(rows):
        texts = row.split("|")
        width = 6 // len(texts)
        for at, text in enumerate(texts):
            ref = Place(None, None, f"公开!{'ABCDEF'[at * width]}{number + 1}")
            cells.append(Cell(text, number, at * width, 1, width, ref))
    return Table(len(rows), 6, cells, Place(None, None, "公开!A1"), name="公开")


def read(catalog: Catalog, table: Table) -> Reading:
    return read_document(Document(Path("公开.xlsx"), "xlsx", [], [table]), catalog)


BUDGET = sheet(
    "江州市审计局2026年部门预算", "目录", "一、部门支出总表", "二、一般公共预算支出表", "三、部门人员情况表",
    "部门支出总表", "单位：万元", "科目编码|科目名称|合计", "|合计|90.00", "2010801|行政运行|90.00", "",
    "预算05表", "一般公共预算支出表", "部门：江州市审计局|单位：万元", "科目编码|科目名称|合计|基本支出|项目支出|备注",
    "|合计|80.00|60.00|20.00|", "2010801|行政运行|80.00|60.00|20.00|", "注：本表按功能分类填列。",
    "部门人员情况表", "单位：万元", "编制类别|编制数|实有数", "行政编制|10|6.00",
    "第三部分 情况说明", "2026年一般公共预算支出80.00万元。",
)  # fmt: skip


def test_each_table_of_a_sheet_is_read_by_itself(catalog: Catalog) -> None:
    reading = read(catalog, BUDGET)
    assert [table.title for table in reading.tables] == ["部门支出总表", "一般公共预算支出表"]
    assert stated(reading)[fact("expenditure", exp_func_code="2010801")] == "90.00"
    project = fact("expenditure", exp_func_code="2010801", fund_type_code="general", nature="project")
    assert stated(reading, 1)[project] == "20.00"
    assert [where for where, _words in reading.unrecognised] == ["公开!A19"]


def test_the_text_between_and_below_the_tables_is_read(catalog: Catalog) -> None:
    reading = read(catalog, BUDGET)
    assert reading.scope.body == "江州市审计局"
    (told,) = reading.told
    (amount,) = told.statements
    assert (amount.printed.text, amount.fact) == ("80.00", fact("expenditure", fund_type_code="general"))


def test_a_sheet_of_one_table_is_left_as_it_is(catalog: Catalog) -> None:
    single = sheet(
        "部门支出总表", "单位：万元", "科目编码|科目名称|合计", "|合计|90.00", "2010801|行政运行|90.00"
    )
    reading = read(catalog, single)
    assert reading.document.blocks == [single]
