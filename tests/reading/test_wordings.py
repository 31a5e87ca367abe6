"""What titles and heads of other places are taken for, and what they must not be taken for."""

from __future__ import annotations

import pytest

from gouji.catalog import load_catalog
from gouji.reading.captions import title_kind

LEXICON = load_catalog().lexicon
BINDER = load_catalog().binder

TITLES = {
    "Z01收入支出决算总表": "revenue_expenditure_summary",
    "财决公开01表 收入支出决算总表": "revenue_expenditure_summary",
    "预算公开表1 收支总表": "revenue_expenditure_summary",
    "表一：部门收支总体情况表": "revenue_expenditure_summary",
    "2025年某某县教育局收支总体情况表": "revenue_expenditure_summary",
    "部门（单位）收入总体情况表": "revenue",
    "部门预算支出总表": "expenditure",
    "支出经济分类汇总表": "expenditure",
    "财政拨款收支预算总表": "fiscal_summary",
    "财政拨款支出决算明细表": "fiscal_expenditure",
    "公共财政预算财政拨款支出决算表": "general_expenditure",
    "一般公共预算当年财政拨款支出情况表": "general_expenditure",
    "部门预算一般公共预算安排基本支出分经济科目表": "general_basic",
    "一般公共预算基本支出表—人员经费（工资福利支出）（按部门预算经济分类）": "general_wages_by_department",
    "一般公共预算项目支出预算表": "general_project",
    "部门预算政府基金预算财政拨款支出表": "gov_fund",
    "政府性基金预算收入表": "gov_fund_revenue",
    "政府性基金预算财政拨款“三公”经费支出决算表": "gov_fund_sangong",
    "国有资本经营预算财政拨款收入支出决算表": "state_capital",
    "财政专户管理资金收入支出决算表": "special_account",
    "一般公共预算“三公”经费及机关运行经费预算表": "sangong",
    "一般公共预算机关运行经费明细表": "general_operation",
    "部门政府购买服务预算表": "service_purchase",
    "2022部门综合预算财政拨款上年结转资金支出表": "carryover_expenditure",
    "一、收入支出决算总表（公开01表）": "revenue_expenditure_summary",
    "财政拨款“三公”经费支出决算表(公开07表)": "sangong",
    "一般公共预算财政拨款收入支出决算表": "general_expenditure",
    "财政拨款“三公”经费、行政参公单位机关运行经费情况表": "sangong",
    "表2-1. 财政拨款支出预算表（政府经济分类科目）": "fiscal_expenditure",
    "表4-1. 政府性基金预算“三公”经费支出预算表": "gov_fund_sangong",
    "(三)收入决算表(分单位).........................( 1)": "revenue",
    "一十一、 政府购买服务预算表": "service_purchase",
    "一般公共预算基本支出情况表(按经济分类款级科目)": "general_basic",
}
OTHER_TABLES = (
    "债务支出预算表", "社会保险基金预算支出表", "非税收入预算表", "专项转移支付预算表", "其他资金支出表", "新增资产配置表",
    "上级补助项目支出预算表", "项目支出绩效目标表", "一般公共预算收支决算总表", "国有资产使用情况表",
    "部门项目支出中期规划预算表", "省对下转移支付预算表",
)  # fmt: skip


@pytest.mark.parametrize(("title", "kind"), TITLES.items())
def test_a_title_names_its_table_wherever_it_is_printed(title: str, kind: str) -> None:
    found = title_kind(title, LEXICON)
    assert found is not None
    assert found.id == kind


@pytest.mark.parametrize("title", OTHER_TABLES)
def test_a_title_that_says_more_names_another_table(title: str) -> None:
    assert title_kind(title, LEXICON) is None


@pytest.mark.parametrize(
    ("kind", "head", "dims"),
    [
        ("revenue", "财政专户核拨资金", {"fund_type_code": "special_account"}),
        ("revenue", "事业收入（含教育收费）", {"fund_type_code": "business"}),
        ("revenue", "公共财政预算拨款", {"fund_type_code": "general"}),
        ("expenditure", "对下级单位补助支出", {"nature": "subsidy_down"}),
        ("sangong", "公务车运行费", {"sangong_item": "vehicle_operation"}),
        ("sangong", "公务用车购置及运维费", {"sangong_item": "vehicle"}),
        ("sangong", "决算统计数", {"stage": "final"}),
        ("general_expenditure", "项目支出结转和结余", {"nature": "project"}),
    ],
)
def test_a_head_has_the_meaning_of_its_synonyms(kind: str, head: str, dims: dict[str, str]) -> None:
    meaning = LEXICON.meaning(head, kind, "column")
    assert meaning is not None
    assert meaning.dims == dims


@pytest.mark.parametrize(
    "head",
    [
        "2026年预算数比2025年执行数增减",
        "2026年预算数比2025年执行数",
        "增减率",
        "年初预算数",
        "省级当年财政拨款安排",
    ],
)
def test_a_column_that_compares_is_kept_apart(head: str) -> None:
    meaning = LEXICON.meaning(head, "expenditure", "column")
    assert meaning is not None
    assert meaning.detail


@pytest.mark.parametrize(
    "head", ["增减%", "2026年预算数比2025年执行数增减%", "比上年增减幅度（%）", "增减率"]
)
def test_a_column_of_rates_holds_no_money(head: str) -> None:
    meaning = LEXICON.meaning(head, "general_expenditure", "column")
    assert meaning is not None
    assert meaning.role == "rate"


def test_a_name_without_its_last_word_or_cut_off_is_still_a_class() -> None:
    assert LEXICON.functional_class("1、外交") == "202"
    assert LEXICON.functional_class("八、社会保障和就") == "208"
    assert LEXICON.functional_class("其他") is None
