"""The registers of the narrative: optional, said once when wrong, nothing taken for zero that nobody wrote."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from workspace_files import Sheets, complaints, write_csv, write_settings, write_xlsx

from gouji.catalog import Catalog
from gouji.facts import fact
from gouji.registers import Workspace, read_workspace
from gouji.registers.narrative_facts import CauseKey
from gouji.registers.narrative_schema import NARRATIVE_REGISTERS

Rows = list[list[Any]]
TRIPS = ["目的地", "任务", "团组数", "人次", "金额（元）"]


@pytest.fixture
def read(tmp_path: Path, sheets: Sheets, catalog: Catalog):
    def reading(**more: Rows) -> Workspace:
        write_settings(tmp_path)
        write_xlsx(tmp_path, sheets | more)
        return read_workspace(tmp_path, catalog)

    return reading


@pytest.fixture
def said(tmp_path: Path, sheets: Sheets):
    def saying(**more: Rows) -> list[str]:
        write_settings(tmp_path)
        write_xlsx(tmp_path, sheets | more)
        return complaints(tmp_path)

    return saying


def amount(workspace: Workspace, concept: str, **dims: str) -> Decimal | None:
    figure = workspace.book.figure(fact(concept, **dims))
    return None if figure is None else figure.amount


def test_none_of_them_is_needed(read) -> None:
    workspace = read()
    assert not any(workspace.material.kept(register.name) for register in NARRATIVE_REGISTERS)
    assert workspace.notices == ()


def test_an_empty_one_is_not_kept_and_one_that_says_nothing_is(read) -> None:
    assert not read(出国团组=[TRIPS]).material.kept("出国团组")
    workspace = read(出国团组=[TRIPS, ["无"]])
    assert workspace.material.kept("出国团组")
    assert workspace.material.records("出国团组") == ()


def test_last_years_figures_add_nothing_to_this_years(read) -> None:
    before = amount(read(), "revenue")
    workspace = read(上年数=[["项目", "金额（元）"], ["本年收入合计", 900], ["收入支出总计", 1000]])
    assert amount(workspace, "revenue") == before
    assert amount(workspace, "revenue", fiscal_year="2023") == 900
    assert amount(workspace, "total_in", fiscal_year="2023") == 1000
    assert amount(workspace, "expenditure", fiscal_year="2023") is None


def test_last_years_sangong_adds_up_once_all_of_it_is_there(read) -> None:
    items: Rows = [["因公出国（境）费", 10], ["公务用车购置费", 0], ["公务用车运行费", 5]]
    partly = read(上年数=[["项目", "金额（元）"], *items])
    assert amount(partly, "sangong", stage="final", fiscal_year="2023") is None
    assert amount(partly, "sangong", stage="final", fiscal_year="2023", sangong_item="vehicle") == 5
    wholly = read(上年数=[["项目", "金额（元）"], *items, ["公务接待费", 1]])
    assert amount(wholly, "sangong", stage="final", fiscal_year="2023") == 16


def test_initial_budgets_are_not_expenditure(read) -> None:
    before = amount(read(), "expenditure", fund_type_code="general")
    workspace = read(年初预算=[["功能科目编码", "资金来源", "金额（元）"], ["2060301", "", 700]])
    assert amount(workspace, "expenditure", fund_type_code="general") == before
    assert amount(workspace, "expenditure", fund_type_code="general", stage="initial") == 700
    assert workspace.book.codes("expenditure", "exp_func_code", {"fund_type_code": "gov_fund"}) == []


def test_counts_and_causes(read) -> None:
    workspace = read(
        国有资产=[["项目", "数量"], ["其他用车", 2], ["应急保障用车", 1]],
        变动原因=[
            ["事项", "功能科目编码", "比较", "原因"],
            ["功能科目支出", "2060301", "与预算相比", "推迟。"],
        ],
    )
    assert amount(workspace, "vehicles") == 3
    assert CauseKey("功能科目支出", "2060301", "与预算相比") in workspace.material.causes


@pytest.mark.parametrize(
    ("sheet", "rows", "expected"),
    [
        ("国有资产", [["项目", "数量"], ["其他用车", 1.5]], "第2行“数量”：这里要填不小于0的整数，写的是“1.5”"),
        ("国有资产", [["项目", "数量"], ["卡车", 1]], "第2行“项目”：“卡车”不是可以填的内容；可以填：副部"),
        ("国有资产", [["项目", "数量"], ["其他用车", 1], ["其他用车", 2]], "第3行：与第2行重复"),
        ("国有资产", [["项目", "数量"], ["其他用车", 1], ["无", ""]], "既有一行写“无”，又有别的行"),
        ("国有资产", [["项目", "数量"], ["其他用车", ""]], "第2行“数量”：这里空着"),
        ("上年数", [["项目"], ["本年收入合计"]], "缺少“金额（元）”一列"),
        ("年初预算", [["功能科目编码", "资金来源", "金额（元）"], ["20603", "", 1]], "编码要填7位数字"),
        (
            "变动原因", [["事项", "功能科目编码", "比较", "原因"], ["功能科目支出", "", "与预算相比", "略"]],
            "第2行“功能科目编码”：“功能科目支出”要填项级科目",
        ),
        (
            "变动原因", [["事项", "功能科目编码", "比较", "原因"], ["本年收入", "2060301", "与上年相比", "略"]],
            "第2行“功能科目编码”：只有“功能科目支出”才填科目编码",
        ),
        (
            "政府采购", [["采购类别", "金额（元）", "授予中小企业（元）", "授予小微企业（元）"], ["货物", 10, 5, 6]],
            "授予小微企业的不能大于授予中小企业的",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(said, sheet: str, rows: Rows, expected: str) -> None:
    (sentence,) = said(**{sheet: rows})
    assert f"“{sheet}”" in sentence
    assert expected in sentence


def test_trips_that_do_not_add_up_are_noticed(read) -> None:
    workspace = read(出国团组=[TRIPS, ["某国", "交流", 1, 2, 30]])
    (notice,) = workspace.notices
    assert "各行合计30.00元，“三公经费”里因公出国（境）费的决算数是0.00元" in notice.text


def test_csv_means_the_same(tmp_path: Path, sheets: Sheets, catalog: Catalog) -> None:
    more: Sheets = {"人员": [["项目", "人数"], ["编制人数", 8]]}
    for name, write in (("甲", write_xlsx), ("乙", write_csv)):
        write_settings(tmp_path / name)
        write(tmp_path / name, sheets | more)
    one, other = (read_workspace(tmp_path / name, catalog) for name in "甲乙")
    assert amount(one, "staff", staff_class="posts") == amount(other, "staff", staff_class="posts") == 8
