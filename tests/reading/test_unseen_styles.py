"""Tables and sentences in the styles of ministries and of provinces beside those whose documents are at hand."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check
from gouji.facts import fact
from printed_tables import grid, line, read, stated


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_items_of_an_economic_class_stand_below_it_in_the_heads(catalog: Catalog) -> None:
    reading = read(
        catalog, line("一般公共预算财政拨款支出决算明细表", 1), line("单位：万元", 1),
        grid([
            "项目|项目|合计|商品和服务支出|商品和服务支出|商品和服务支出",
            "科目编码|科目名称|合计|小计|办公费|公务接待费",
            "|合计|100.00|100.00|98.00|2.00",
            "2130301|行政运行|100.00|100.00|98.00|2.00",
        ], 1),
    )  # fmt: skip
    assert stated(reading)[
        fact("expenditure", dep_bgt_eco_code="30217", exp_func_code="2130301", fund_type_code="general")
    ] == "2.00"  # fmt: skip


def test_personnel_and_public_below_basic_spending_are_parts_of_it(catalog: Catalog) -> None:
    reading = read(
        catalog, line("2025年部门收支预算总表", 1), line("单位：万元", 1),
        grid([
            "收入|收入|支出|支出", "项目|金额|项目|金额",
            "一、一般公共预算|750.00|二、按支出用途分类|", "||基本支出|500.00", "||人员支出|420.00",
            "||公用支出|80.00", "||项目支出|250.00", "本年收入合计|750.00|本年支出合计|750.00",
        ], 1),
    )  # fmt: skip
    figures = stated(reading)
    assert figures[fact("expenditure", nature="basic", dep_bgt_eco_code="personnel")] == "420.00"
    assert figures[fact("expenditure", nature="project")] == "250.00"
    assert not check([reading], catalog).findings


BY_BODY = [
    "科目编码|科目编码|科目编码|单位代码|单位名称（科目）|合计|基本支出|项目支出",
    "类|款|项|单位代码|单位名称（科目）|合计|基本支出|项目支出",
    "||||合 计|860.00|760.00|100.00",
]


@pytest.mark.parametrize(
    ("figures", "understood", "accused"),
    [("860.00|760.00|100.00", True, False), ("850.00|760.00|100.00", True, True),
     ("430.00|380.00|50.00", False, False)],
)  # fmt: skip
def test_the_body_below_the_total_says_it_once_more(
    catalog: Catalog, figures: str, understood: bool, accused: bool
) -> None:
    own, item = f"||||江州市第一中学|{figures}", "205|02|04|361901|高中教育|860.00|760.00|100.00"
    title = (line("部门支出总表", 1), line("单位：万元", 1))
    reading = read(catalog, *title, grid([*BY_BODY, own, item], 1))
    assert all(witness.fact is not None for witness in reading.tables[0].witnesses) is understood
    findings = check([reading], catalog).findings
    assert any("850.00" in finding.title for finding in findings) is accused


def test_a_total_is_not_held_against_parts_beside_one_of_this_year_only(catalog: Catalog) -> None:
    reading = read(
        catalog, line("2025年部门项目支出预算表", 1), line("单位：万元", 1),
        grid([
            "项目名称|合计|本年拨款|本年拨款|财政专户管理资金|单位资金|上年结转",
            "项目名称|合计|一般公共预算|政府性基金预算|财政专户管理资金|单位资金|上年结转",
            "合计|250.00|200.00|||50.00|", "物业费|80.00|80.00||||", "图书购置|170.00|120.00|||50.00|",
        ], 1),
    )  # fmt: skip
    result = check([reading], catalog)
    assert not [finding for finding in result.findings if finding.severity != "info"]


def test_what_spending_contains_is_no_part_of_the_last_revenue(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市测绘局2024年部门预算", 1), line("四、关于财政拨款收支总表的说明", 1),
        line("江州市测绘局2024年财政拨款收支总预算530.00万元。收入包括：一般公共预算当年拨款收入500.00万元、"
             "上年结转30.00万元；支出包括：外交支出160.00万元、教育支出370.00万元。", 1),
    )  # fmt: skip
    (told,) = [told for told in reading.told if told.statements]
    wholes = {s.words: s.whole.words for s in told.statements if s.whole is not None}
    assert wholes["外交支出"] == wholes["教育支出"] == "江州市测绘局2024年财政拨款收支总预算"
    assert not [f for f in check([reading], catalog).findings if f.rule == "GJ413"]


BASIC = [
    "科目编码|科目名称|2025年基本支出|2025年基本支出|2025年基本支出", "科目编码|科目名称|合计|人员经费|公用经费",
    "|合计|500.00|420.00|80.00", "301|工资福利支出|420.00|420.00|",
]  # fmt: skip


@pytest.mark.parametrize(("personnel", "accused"), [("420.00", False), ("402.00", True)])
def test_personnel_and_public_add_up_to_basic_spending(
    catalog: Catalog, personnel: str, accused: bool
) -> None:
    rows = grid([*BASIC, f"30101|基本工资|420.00|{personnel}|", "302|商品和服务支出|80.00||80.00"], 1)
    reading = read(catalog, line("一般公共预算基本支出表", 1), line("单位：万元", 1), rows)
    findings = check([reading], catalog).findings
    assert any(finding.title.endswith("列示402.00，应为420.00") for finding in findings) is accused


def test_a_head_made_of_a_totals_words_is_the_total(catalog: Catalog) -> None:
    reading = read(
        catalog, line("2024年部门支出总体情况表", 1), line("单位：元", 1),
        grid(["科目编码|科目名称|支出预算总计|基本支出|项目支出", "207|文化旅游体育与传媒支出|30.00|10.00|20.00"], 1),
    )  # fmt: skip
    assert stated(reading)[fact("expenditure", exp_func_code="207")] == "30.00"


def test_an_economic_class_is_told_by_its_name(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市体育局2024年部门预算", 1), line("部门支出总表", 1), line("单位：万元", 1),
        grid(["项目|支出合计|基本支出|基本支出|基本支出|项目支出",
              "项目|支出合计|小计|工资福利支出|商品和服务支出|项目支出", "合计|530.00|400.00|320.00|80.00|130.00"], 1),
        line("二、支出预算情况说明", 2),
        line("2024年支出预算530.00万元，其中：基本支出400.00万元，包括工资福利支出320.00万元、商品和服务支出80.00万元；"
             "项目支出130.00万元。", 2),
    )  # fmt: skip
    told = {s.words: s.fact for t in reading.told for s in t.statements}
    assert told["工资福利支出"] == fact("expenditure", dep_bgt_eco_code="301", nature="basic")
    assert told["项目支出"] == fact("expenditure", nature="project")


def test_below_a_heading_of_the_general_budget_fiscal_money_may_be_short_for_it(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市水务局2023年度部门决算", 1), line("财政拨款收入支出决算总表", 1), line("单位：万元", 1),
        grid(["收入|收入|支出|支出|支出|支出", "项目|金额|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款",
              "本年收入合计|900.00|本年支出合计|900.00|800.00|100.00"], 1),
        line("五、一般公共预算财政拨款支出决算情况说明", 2), line("（一）财政拨款支出决算总体情况", 2),
        line("2023年度财政拨款支出800.00万元。", 2),
    )  # fmt: skip
    (told,) = [s for t in reading.told for s in t.statements]
    assert told.fact == fact("expenditure", fund_type_code="general")
    assert not [f for f in check([reading], catalog).findings if f.rule == "GJ411"]
