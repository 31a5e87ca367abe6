"""Lines of a budget whose economic class is open, or whose 经费类别 is not that of its class."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gouji.catalog import Catalog, CodeRow, load_catalog
from gouji.facts import fact
from gouji.registers import Book, WorkspaceError, read_workspace
from gouji.registers.template import settings_text

BODIES = (CodeRow("101", "某部门"), CodeRow("101001", "某局"))
HEADS = (
    "功能科目编码",
    "支出性质",
    "资金性质",
    "资金年度",
    "部门经济科目编码",
    "经费类别",
    "项目名称",
    "金额（元）",
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def workspace(
    folder: Path, catalog: Catalog, lines: list[tuple[str, ...]], forms: str = "", agency: str = ""
) -> Book:
    settings = settings_text(
        "某局", "单位", 2026, catalog, report="预算", forms=forms, body_type="行政机关", agencies=BODIES
    )
    (folder / "单位.toml").write_text(settings, encoding="utf-8")
    sheets: dict[str, list[tuple[str, ...]]] = {
        "收入预算": [("收入来源", "资金年度", "金额（元）"), ("一般公共预算拨款", "本年", "300")],
        "支出预算": [HEADS, *lines],
        "三公经费预算": [("项目", "金额（元）")],
    }
    if agency:
        sheets["机关运行经费"] = [("项目", "金额（元）"), ("合计", agency)]
    (folder / "登记簿").mkdir()
    for name, rows in sheets.items():
        with (folder / "登记簿" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return read_workspace(folder, catalog).book


def line(nature: str, economic: str, group: str, amount: str) -> tuple[str, ...]:
    project = "某项目" if nature == "项目支出" else ""
    return ("2010301", nature, "一般公共预算拨款", "本年", economic, group, project, amount)


def test_a_project_without_a_class_is_kept_where_no_table_lists_it(tmp_path: Path, catalog: Catalog) -> None:
    book = workspace(tmp_path, catalog, [line("项目支出", "", "", "300")])
    figure = book.figure(fact("expenditure", nature="project"))
    assert figure is not None
    assert figure.amount == 300


@pytest.mark.parametrize(("nature", "forms"), [("基本支出", ""), ("项目支出", "hunan-2025-budget")])
def test_a_class_that_the_forms_list_is_asked_for(
    nature: str, forms: str, tmp_path: Path, catalog: Catalog
) -> None:
    with pytest.raises(WorkspaceError, match="按经济分类列示"):
        workspace(tmp_path, catalog, [line(nature, "", "", "300")], forms)


def test_a_line_may_be_of_another_group_than_its_class(tmp_path: Path, catalog: Catalog) -> None:
    book = workspace(
        tmp_path,
        catalog,
        [line("基本支出", "30101", "", "200"), line("基本支出", "30239", "人员经费", "100")],
    )
    for dims in ({"dep_bgt_eco_code": "personnel"}, {"expense_group": "personnel"}):
        figure = book.figure(fact("expenditure", nature="basic", fund_type_code="general", **dims))
        assert figure is not None
        assert figure.amount == 300
    assert book.figure(fact("expenditure", nature="basic", expense_group="public")) is None


def test_only_basic_expenditure_has_a_group(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(WorkspaceError, match="只有基本支出分"):
        workspace(tmp_path, catalog, [line("项目支出", "30201", "公用经费", "300")])


def test_recorded_running_costs_go_before_the_lines(tmp_path: Path, catalog: Catalog) -> None:
    lines = [line("基本支出", "30201", "", "300")]
    (tmp_path / "一").mkdir()
    (tmp_path / "二").mkdir()
    for folder, agency, amount in (("一", "", 300), ("二", "120", 120)):
        figure = workspace(tmp_path / folder, catalog, lines, agency=agency).figure(fact("agency_operation"))
        assert figure is not None
        assert figure.amount == amount
