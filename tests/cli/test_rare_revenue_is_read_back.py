"""Money of a superior treasury, surpluses that are used, and what was kept outside the treasury: every set of forms prints
them where they are, each format says the same, and what is printed adds up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from test_build_then_read import assert_read_back

from gouji.catalog import CodeRow, load_catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.facts import fact
from gouji.reading import read_document
from gouji.registers import WorkspaceError, read_workspace
from gouji.registers.book import Book
from gouji.registers.budget_schema import BUDGET_REGISTERS
from gouji.registers.register_workbook import write_workbook
from gouji.registers.template import settings_text
from gouji.writing import disclose, webpage
from gouji.writing.publication import narrated

CATALOG = load_catalog()
SETS = [listed.id for listed in CATALOG.forms_of("budget")]
REVENUE = [
    ("经费拨款", "本年", 900_000),
    ("一般公共预算补助", "本年", 250_000),
    ("事业收入", "本年", 400_000),
    ("一般公共预算拨款", "上年结转", 50_000),
    ("事业收入", "使用非财政拨款结余", 70_000),
    ("其他收入", "上年实户资金余额", 30_000),
]
EXPENDITURE = [
    ("基本支出", "一般公共预算拨款", "本年", "30101", "", 900_000),
    ("项目支出", "一般公共预算补助", "本年", "30227", "下达项目", 250_000),
    ("项目支出", "事业收入", "本年", "30227", "服务项目", 470_000),
    ("项目支出", "一般公共预算拨款", "上年结转", "30227", "续做项目", 50_000),
    ("项目支出", "其他收入", "本年", "30299", "结余项目", 30_000),
]


def fill(folder: Path, forms: str, revenue: list[Any] = REVENUE, lines: list[Any] = EXPENDITURE) -> Book:
    text = settings_text(
        "某中心", "单位", 2025, CATALOG, report="预算", forms=forms, body_type="事业单位",
        agencies=[CodeRow("104", "某厅"), CodeRow("104001", "某中心")],
    )  # fmt: skip
    (folder / "单位.toml").write_text(text, encoding="utf-8")
    registers = {
        "收入预算": [
            {"收入来源": source, "资金年度": year, "金额（元）": Decimal(amount)}
            for source, year, amount in revenue
        ],
        "支出预算": [
            {"功能科目编码": "2060302", "支出性质": nature, "资金性质": fund, "资金年度": year,
             "部门经济科目编码": economic, "项目名称": project, "金额（元）": Decimal(amount)}
            for nature, fund, year, economic, project, amount in lines
        ],
    }  # fmt: skip
    write_workbook(folder / "登记簿.xlsx", registers, BUDGET_REGISTERS)
    return read_workspace(folder, CATALOG).book


@pytest.mark.parametrize("forms", SETS)
def test_it_is_printed_and_read_back(forms: str, tmp_path: Path) -> None:
    fill(tmp_path, forms)
    disclosure = disclose(read_workspace(tmp_path, CATALOG), CATALOG)
    printed = {
        (table.form.kind.id, cell.spot.path[-1] if table.form.layout == "coded" else label)
        for table in disclosure.tables
        for row in table.rows()
        for label in [next((cell.text for cell in row if cell.spot.role == "label"), "")]
        for cell in row
        if cell.figure is not None
    }
    for kind in ("revenue_expenditure_summary",):
        labels = " ".join(label for printed_kind, label in printed if printed_kind == kind)
        for wanted in ("上级财政补助", "使用非财政拨款结余", "上年实户资金余额"):
            assert wanted in labels
    out = tmp_path / "out"
    out.mkdir()
    assert_read_back(disclosure, CATALOG, out)
    page = out / "page.html"
    page.write_bytes(webpage(disclosure))
    assert check([read_document(open_document(page), CATALOG)], CATALOG).findings == []


def test_the_narrative_tells_it(tmp_path: Path) -> None:
    fill(tmp_path, "national-budget")
    known = read_workspace(tmp_path, CATALOG)
    told = narrated(known, disclose(known, CATALOG), CATALOG).narrative
    assert told is not None
    texts = "".join(paragraph.text for paragraph in told.paragraphs)
    for wanted in ("上级财政补助收入25.00万元", "使用非财政拨款结余7.00万元", "上年实户资金余额3.00万元"):
        assert wanted in texts


def test_both_sides_come_to_the_same(tmp_path: Path) -> None:
    book = fill(tmp_path, "national-budget")
    both = [book.figure(fact(concept)) for concept in ("total_in", "total_out")]
    assert [figure and figure.amount for figure in both] == [Decimal(1_700_000)] * 2
    assert book.figure(fact("carryover_end")) is None


def test_forms_are_as_they_were_without_it(tmp_path: Path) -> None:
    usual = [("一般公共预算拨款", "本年", 1_150_000), ("事业收入", "本年", 500_000), REVENUE[3]]
    lines = [
        (nature, "一般公共预算拨款" if fund == "一般公共预算补助" else fund, *rest)
        for nature, fund, *rest in EXPENDITURE
    ]
    fill(tmp_path, "national-budget", usual, lines)
    table = disclose(read_workspace(tmp_path, CATALOG), CATALOG).tables[0]
    assert not {"使用非财政拨款结余", "上年实户资金余额"} & {cell.text for cell in table.cells}


def test_the_treasury_keeps_no_surplus_of_a_body(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="只能是单位资金"):
        fill(tmp_path, "national-budget", [*REVENUE, ("一般公共预算拨款", "使用非财政拨款结余", 1)])
