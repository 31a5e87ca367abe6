"""Files of one body beside each other: accounts and the budget of their year, one year and the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Finding, Severity, check
from gouji.documents.opening import open_document
from gouji.facts import Outcome
from gouji.reading import Reading, read_document
from papers import Rows, paper

CATALOG = load_catalog()
BODY = "某市科学技术局"


GENERAL = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def balance(begin: str, revenue: str, spent: str, end: str, total: str) -> Rows:
    return [
        ["收入", "", "支出", ""],
        ["项目", "金额", "项目", "金额"],
        ["一、一般公共预算财政拨款收入", revenue, "一、科学技术支出", spent],
        ["本年收入合计", revenue, "本年支出合计", spent],
        ["年初结转和结余", begin, "年末结转和结余", end],
        ["总计", total, "总计", total],
    ]


def accounts(year: int, rows: Rows, *lines: str) -> Reading:
    spent = next(row[3] for row in rows if row[2] == "本年支出合计")
    general = [GENERAL, ["", "合计", spent, spent, "0.00"], ["2060101", "行政运行", spent, spent, "0.00"]]
    tables = [("收入支出决算总表", rows), ("一般公共预算财政拨款支出决算表", general)]
    document = paper(f"{BODY}{year}年度部门决算", tables, "第三部分 决算情况说明", *lines)
    return read_document(document, CATALOG, f"决算{year}.docx")


def budget(year: int, amount: str, *lines: str) -> Reading:
    rows = [
        GENERAL,
        ["", "合计", amount, amount, "0.00"],
        ["2060101", "行政运行", amount, amount, "0.00"],
    ]
    document = paper(f"{BODY}{year}年部门预算", [("一般公共预算支出表", rows)], *lines)
    return read_document(document, CATALOG, f"预算{year}.docx")


def hints(*readings: Reading) -> list[Finding]:
    findings = check(readings, CATALOG).findings
    assert not [f for f in findings if f.rule == "GJ432" and f.severity is not Severity.INFO]
    return [f for f in findings if f.rule == "GJ432"]


THIS = balance("10.00", "100.00", "95.00", "15.00", "110.00")


def test_what_is_left_at_the_end_of_a_year_begins_the_next() -> None:
    assert not hints(
        accounts(2023, THIS), accounts(2024, balance("15.00", "90.00", "95.00", "10.00", "105.00"))
    )
    (hint,) = hints(
        accounts(2023, THIS), accounts(2024, balance("12.00", "90.00", "92.00", "10.00", "102.00"))
    )
    assert "15.00 ≠ 12.00" in hint.message
    assert not hints(
        accounts(2022, THIS), accounts(2024, balance("12.00", "90.00", "92.00", "10.00", "102.00"))
    )


TOLD = (
    "五、一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款支出年初预算为{}万元，支出决算为95.00万元。",
)


def test_the_initial_budget_of_the_accounts_is_the_budget_of_the_year() -> None:
    lines = TOLD[0], TOLD[1].format("88.00")
    result = check([accounts(2024, THIS, *lines), budget(2024, "88.00")], CATALOG)
    assert result.documents[0].coverage.by_rule["GJ432"][Outcome.EXACT] == 1
    assert not hints(accounts(2024, THIS, *lines), budget(2025, "99.00"))
    (hint,) = hints(accounts(2024, THIS, *lines), budget(2024, "98.00"))
    assert {place.quote for place in hint.evidence} >= {"98.00"}


def test_last_years_figures_of_a_budget_are_those_of_last_years_budget() -> None:
    grown = "2025年一般公共预算支出99.00万元，比2024年预算增加{}万元。"
    assert not hints(budget(2024, "88.00"), budget(2025, "99.00", grown.format("11.00")))
    assert hints(budget(2024, "88.00"), budget(2025, "99.00", grown.format("12.00")))


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("putuo-ys2024-wanli-dept.pdf", "putuo-ys2025-wanli-dept.pdf", "GJ432"),
        ("beijing-01.pdf", "beijing-02.pdf", "GJ431"),
        ("beijing-05.pdf", "beijing-06.pdf", "GJ431"),
    ],
)
def test_real_files_of_one_body_are_compared_and_agree(shared: Path, one: str, other: str, rule: str) -> None:
    readings = [read_document(open_document(shared / "corpus" / name), CATALOG) for name in (one, other)]
    result = check(readings, CATALOG)
    counted = result.documents[0].coverage.by_rule[rule]
    assert counted[Outcome.EXACT] + counted[Outcome.ROUNDING] > 5
    assert not [f for f in result.findings if f.rule == rule]


def test_a_unit_publishes_as_a_department_of_its_own(shared: Path) -> None:
    """Its accounts say 部门 and that there is nobody below it; its next budget says 单位. The carry-over changed."""
    names = ("000_652ce4d11ab71185.txt", "001_4d28c29715a1558e.txt")
    (hint,) = hints(*(read_document(open_document(shared / "corpus" / name), CATALOG) for name in names))
    assert "65.09" in hint.message
    assert "56.80" in hint.message
