"""Performance targets of a budget: entered once, printed in tables 21 to 23, read back the same from every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import Catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.facts import Presence
from gouji.performance import PerformanceForm
from gouji.reading import Reading, read_document
from gouji.registers import Workspace, WorkspaceError, read_workspace
from gouji.registers.budget_schema import BUDGET_REGISTERS, EXPENDITURE_PLAN, REVENUE_PLAN
from gouji.registers.register_workbook import write_workbook
from gouji.registers.target_schema import EARMARKED, GOALS, INDICATORS, TARGET_REGISTERS
from gouji.writing import Disclosure, disclose, facts_csv, facts_json, spreadsheet, webpage, word

Row = Mapping[str, str | Decimal]
WRITERS: dict[str, Callable[[Disclosure, Catalog], bytes]] = {
    "docx": lambda disclosure, catalog: word(disclosure),
    "html": lambda disclosure, catalog: webpage(disclosure),
    "xlsx": lambda disclosure, catalog: spreadsheet(disclosure, catalog.dimensions),
    "csv": lambda disclosure, catalog: facts_csv(disclosure, "部门预算公开表.xlsx"),
    "json": lambda disclosure, catalog: facts_json(disclosure, "部门预算公开表.xlsx"),
}
TARGET_KINDS = ("earmarked_targets", "project_targets", "body_targets")
SETTINGS = """
"公开内容" = "预算"
"单位名称" = "某市某中心"
"层级" = "单位"
"年度" = 2025
"单位性质" = "事业单位"
"单位编码" = "101001"
"主管部门" = "某市某局"
"主管部门编码" = "101"
"表样" = "hunan-2025-budget"
"""


def money(**amount: int) -> dict[str, str | Decimal]:
    return {"金额（元）": Decimal(amount["yuan"])}


def plan() -> dict[str, list[Row]]:
    """A body with one project (its name holds a semicolon) and one earmarked fund."""
    fund = {
        "项目名称": "技术改造;专项",
        "资金性质": "经费拨款",
        "支出方向": "设备更新",
        "资金管理办法": "专项资金管理办法",
    }
    return {
        REVENUE_PLAN.name: [{"收入来源": "经费拨款", "资金年度": "本年", **money(yuan=500000)}],
        EXPENDITURE_PLAN.name: [
            {
                "功能科目编码": "2060302", "支出性质": "项目支出", "资金性质": "一般公共预算拨款", "资金年度": "本年",
                "部门经济科目编码": "30227", "项目名称": "调研;宣传", **money(yuan=500000),
            }
        ],
        EARMARKED.name: [
            {**fund, "预算编制方式": "编入部门预算", "资金投向": "本级支出", **money(yuan=2000000)},
            {**fund, "预算编制方式": "财政代编", "资金投向": "对下转移支付", **money(yuan=3000000)},
        ],
        GOALS.name: [
            {"项目名称": "调研;宣传", "年度绩效目标": "完成调研和宣传。"},
            {"项目名称": "技术改造;专项", "实施期绩效目标": "更新设备。", "年度绩效目标": "更新一批设备。"},
            {"项目名称": "整体支出", "年度绩效目标": "做好服务。", "职能职责": "承担服务工作。"},
        ],
        INDICATORS.name: [
            indicator("调研;宣传", "数量指标", "调研报告", "≥", "12", "篇"),
            indicator("调研;宣传", "质量指标", "报告合格率", "=", "100", "%"),
            indicator("技术改造;专项", "经济成本指标", "设备单价", "≤", "1.5", "万元"),
            indicator("整体支出", "社会效益指标", "社会知晓度", "", "逐步提高", ""),
            indicator("整体支出", "服务对象满意度指标", "群众满意度", "≥", "90", "%"),
        ],
    }  # fmt: skip


def indicator(*texts: str) -> Row:
    """Project, category, name, sign, value and unit."""
    heads = ("项目名称", "二级指标", "三级指标", "指标性质", "指标值", "计量单位")
    return dict(zip(heads, texts, strict=True))


def read_plan(folder: Path, catalog: Catalog, rows: Mapping[str, list[Row]]) -> Workspace:
    (folder / "单位.toml").write_text(SETTINGS, encoding="utf-8")
    write_workbook(folder / "登记簿.xlsx", rows, (*BUDGET_REGISTERS, *TARGET_REGISTERS))
    return read_workspace(folder, catalog)


@pytest.fixture
def disclosure(tmp_path: Path, catalog: Catalog) -> Disclosure:
    return disclose(read_plan(tmp_path, catalog, plan()), catalog)


def built(disclosure: Disclosure, form: str, catalog: Catalog, folder: Path) -> Reading:
    path = folder / f"built.{form}"
    path.write_bytes(WRITERS[form](disclosure, catalog))
    return read_document(open_document(path), catalog)


def row(disclosure: Disclosure, number: str, name: str) -> dict[str, str]:
    """The filled cells of a row of a form, by the last of their heads."""
    (table,) = [table for table in disclosure.tables if table.form.number == number]
    (at,) = {cell.spot.row for cell in table.cells if cell.text == name}
    return {
        cell.spot.path[-1]: cell.text
        for cell in table.cells
        if cell.spot.row == at and cell.text and cell.spot.path
    }


def test_each_table_prints_the_targets_of_its_rows(disclosure: Disclosure) -> None:
    assert row(disclosure, "预算22表", "调研;宣传") == {
        "资金总额": "50.00", "省级支出": "50.00", "年度绩效目标": "完成调研和宣传。", "数量指标": "调研报告≥12篇",
        "质量指标": "报告合格率=100%",
    }  # fmt: skip
    fund = row(disclosure, "预算21表", "技术改造;专项")
    assert fund == {
        "支出方向": "设备更新", "资金总额": "500.00", "省级支出": "200.00", "对市县专项转移支付": "300.00",
        "实施期绩效目标": "更新设备。", "年度绩效目标": "更新一批设备。", "经济成本指标": "设备单价≤1.5万元",
    }  # fmt: skip
    whole = row(disclosure, "预算23表", "某市某中心")
    assert whole["资金总额"] == whole["项目支出"] == whole["一般公共预算"] == "50.00"
    assert whole["社会效益指标"] == "社会知晓度：逐步提高"
    assert whole["整体绩效目标"] == "做好服务。"
    assert row(disclosure, "预算20表", "技术改造;专项")["资金管理办法"] == "专项资金管理办法"


@pytest.mark.parametrize("form", ["docx", "html", "xlsx", "csv", "json"])
def test_the_money_of_targets_is_read_back(
    disclosure: Disclosure, form: str, catalog: Catalog, tmp_path: Path
) -> None:
    reading = built(disclosure, form, catalog, tmp_path)
    kinds = {table.id: table.kind.id for table in reading.tables}
    found = {
        (kinds[w.table_id], w.row_label, w.column.rpartition("/")[2], w.printed.text)
        for w in reading.witnesses
        if kinds[w.table_id] in TARGET_KINDS and w.printed.presence is Presence.NUMBER
    }
    assert {
        ("project_targets", "调研;宣传", "资金总额", "50.00"),
        ("earmarked_targets", "技术改造;专项", "对市县专项转移支付", "300.00"),
        ("body_targets", "某市某中心", "项目支出", "50.00"),
    } <= found
    (project,) = {
        w.fact
        for w in reading.witnesses
        if w.fact and w.fact.member("pro_code") == "调研;宣传" and w.column == "资金总额"
    }
    assert project.member("nature") == "project"
    result = check([reading], catalog)
    assert result.findings == []


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
def test_the_indicators_are_read_back(
    disclosure: Disclosure, form: str, catalog: Catalog, tmp_path: Path
) -> None:
    reading = built(disclosure, form, catalog, tmp_path)
    entered = {
        one.project or "某市某中心": [
            (t.indicator.category, t.printed, t.indicator.target.low) for t in one.targets
        ]
        for one in disclosure.targets
    }
    assert {form.project: printed(form) for form in reading.performance} == entered
    goals = {form.project: form.goal for form in reading.performance}
    assert goals == {
        "技术改造;专项": "更新一批设备。",
        "调研;宣传": "完成调研和宣传。",
        "某市某中心": "做好服务。",
    }


def printed(form: PerformanceForm) -> list[tuple[str, str, Decimal | None]]:
    return [(i.category, i.target.text.replace(":", "："), i.target.low) for i in form.indicators]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (indicator("没有的项目", "数量指标", "报告", "≥", "1", "篇"), "没有列在“绩效目标”里"),
        (indicator("调研;宣传", "好坏指标", "报告", "≥", "1", "篇"), "不认识“好坏指标”"),
        (indicator("调研;宣传", "数量指标", "报告，简报", "≥", "1", "篇"), "不能有逗号"),
        (indicator("调研;宣传", "数量指标", "报告", "", "国内1篇国外2篇", ""), "一个指标填一个数"),
        (
            {**indicator("调研;宣传", "数量指标", "报告", "≥", "1", "篇"), "一级指标": "效益指标"},
            "属于产出指标",
        ),
    ],
)
def test_what_is_wrong_with_an_indicator_is_said(
    wrong: Row, said: str, tmp_path: Path, catalog: Catalog
) -> None:
    rows = plan()
    rows[INDICATORS.name].append(wrong)
    with pytest.raises(WorkspaceError, match=said):
        read_plan(tmp_path, catalog, rows)


def test_a_project_without_indicators_is_worth_a_look(tmp_path: Path, catalog: Catalog) -> None:
    rows = plan()
    rows[INDICATORS.name] = [r for r in rows[INDICATORS.name] if r["项目名称"] != "调研;宣传"]
    notices = [notice.text for notice in read_plan(tmp_path, catalog, rows).notices]
    assert "项目“调研;宣传”本年安排了预算，还没有绩效指标" in notices


def test_a_project_of_seven_characters_is_set_in_no_further_than_others(
    tmp_path: Path, catalog: Catalog
) -> None:
    named = "数据平台建设费"
    rows = {
        sheet: [
            dict(row) | ({"项目名称": named} if row.get("项目名称") == "调研;宣传" else {}) for row in listed
        ]
        for sheet, listed in plan().items()
    }
    printed = [
        cell
        for table in disclose(read_plan(tmp_path, catalog, rows), catalog).tables
        for cell in table.cells
        if cell.text == named
    ]
    assert {cell.spot.indent for cell in printed} == {0}
