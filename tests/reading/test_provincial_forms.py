"""Forms and sentences of provinces whose documents are not at hand (河南, 新疆, 云南), with made-up figures."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check
from gouji.facts import fact
from gouji.reading import Reading
from printed_tables import grid, line, read, stated


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def accused(reading: Reading, catalog: Catalog) -> list[str]:
    return [f"{f.rule} {f.title}" for f in check([reading], catalog).findings if f.severity != "info"]


def test_a_part_named_like_the_whole_is_not_the_whole(catalog: Catalog) -> None:
    """其中：财政拨款 below 一般公共预算 is a part of it: not all fiscal money, of which the funds below are parts."""
    reading = read(
        catalog, line("2024年部门收支总体情况表", 1), line("单位：万元", 1),
        grid([
            "收入|收入|支出|支出", "项目|金额|项目|金额",
            "一、一般公共预算拨款收入|330.0|一、一般公共服务支出|270.0", "　其中：财政拨款|310.0|二、农林水支出|90.0",
            "二、政府性基金预算拨款收入|30.0||", "本年收入合计|360.0|本年支出合计|360.0", "收入总计|360.0|支出总计|360.0",
        ], 1),
    )  # fmt: skip
    figures = stated(reading)
    assert figures[fact("revenue", fund_type_code="general", detail="财政拨款")] == "310.0"
    assert fact("revenue", fund_type_code="fiscal") not in figures
    assert not accused(reading, catalog)


CARRIED = [
    "项目名称|合计|一般公共预算|一般公共预算|政府性基金|单位资金|上年结转结余",
    "项目名称|合计|小计|其中：财政拨款|政府性基金|单位资金|上年结转结余",
]


@pytest.mark.parametrize(("total", "wrong"), [("69.0", False), ("96.0", True)])
def test_a_column_of_carry_over_stands_beside_the_funds(catalog: Catalog, total: str, wrong: bool) -> None:
    reading = read(
        catalog, line("2024年项目支出情况表", 1), line("单位：万元", 1),
        grid([*CARRIED, f"合计|{total}|30.0|30.0|30.0|4.0|5.0", "热线运行|39.0|30.0|30.0||4.0|5.0",
              "道路整治|30.0|||30.0||"], 1),
    )  # fmt: skip
    assert stated(reading)[fact("current_spent", fund_type_code="general", nature="project")] == "30.0"
    found = accused(reading, catalog)
    assert any(f.startswith("GJ120") or "96.0" in f for f in found) if wrong else not found


def test_funds_beside_an_empty_column_of_carry_over_are_all_that_is_spent(catalog: Catalog) -> None:
    reading = read(
        catalog, line("2024年项目支出情况表", 1), line("单位：万元", 1),
        grid([*CARRIED, "合计|64.0|30.0|30.0|30.0|4.0|0.0", "热线运行|34.0|30.0|30.0||4.0|", "道路整治|30.0|||30.0||"],
             1),
    )  # fmt: skip
    assert stated(reading)[fact("expenditure", fund_type_code="general", nature="project")] == "30.0"
    assert not accused(reading, catalog)


def test_rows_of_running_expenses_are_economic_classes(catalog: Catalog) -> None:
    reading = read(
        catalog,
        line("2024年机关运行经费情况表", 1),
        line("单位：万元", 1),
        grid(["科目名称|金额", "合计|32.1", "办公费|24.1", "公务接待费|2.0", "公务用车运行维护费|6.0"], 1),
    )
    by_class = fact("agency_operation", dep_bgt_eco_code="30217", fund_type_code="general")
    assert stated(reading)[by_class] == "2.0"
    assert not accused(reading, catalog)


FISCAL = grid([
    "财政拨款收入|财政拨款收入|财政拨款支出|财政拨款支出|财政拨款支出|财政拨款支出",
    "项目|预算数|功能分类|合计|一般公共预算|政府性基金预算",
    "财政拨款|330.00|201 一般公共服务支出|240.00|240.00|", "　一般公共预算|330.00|208 社会保障和就业支出|95.00|95.00|",
    "小计|330.00|小计|335.00|335.00|", "上年结转结余|5.00|年末结转结余|||", "　一般公共预算|5.00||||",
    "收 入 总 计|335.00|支 出 总 计|335.00|335.00|",
], 1)  # fmt: skip


@pytest.mark.parametrize(("told", "wrong"), [("235.00", False), ("240.00", False), ("204.00", True)])
def test_this_year_s_money_is_told_without_what_was_carried_over(
    catalog: Catalog, told: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("江州市审计局2025年部门预算", 1), line("财政拨款收支总体情况表", 1), line("单位：万元", 1), FISCAL,
        line("五、一般公共预算当年拨款情况说明", 2), line("（二）一般公共预算当年拨款结构情况", 2),
        line(f"1.一般公共服务支出（201）{told}万元。", 2),
    )  # fmt: skip
    assert any(f.startswith("GJ411") for f in accused(reading, catalog)) is wrong


def test_shares_short_of_the_whole_say_that_the_list_is_not_all(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市审计局2025年部门预算", 1), line("二、收入预算情况说明", 1),
        line("江州市审计局收入预算400.00万元，其中：财政拨款收入350.00万元，占87.50%；其他收入30.00万元，占7.50%。", 1),
    )  # fmt: skip
    assert not accused(reading, catalog)


@pytest.mark.parametrize(("wages", "wrong"), [("320.00", False), ("302.00", True)])
def test_economic_items_told_are_held_against_the_table(catalog: Catalog, wages: str, wrong: bool) -> None:
    reading = read(
        catalog, line("江州市水务局2023年度部门决算", 1), line("一般公共预算财政拨款基本支出决算表", 1),
        line("单位：万元", 1),
        grid(["科目编码|科目名称|决算数", "|合计|600.00", "301|工资福利支出|500.00", "30101|基本工资|320.00",
              "30102|津贴补贴|180.00", "302|商品和服务支出|100.00", "30201|办公费|100.00"], 1),
        line("六、一般公共预算财政拨款基本支出决算情况说明", 2),
        line("2023年度一般公共预算财政拨款基本支出600.00万元，其中：人员经费500.00万元，主要包括：基本工资"
             f"{wages}万元、津贴补贴180.00万元；公用经费100.00万元，主要包括：办公费100.00万元。", 2),
    )  # fmt: skip
    assert any(f"{wages}" in f for f in accused(reading, catalog)) is wrong


@pytest.mark.parametrize(("planned", "wrong"), [("8.50", False), ("8.00", True)])
def test_the_budget_first_approved_is_not_that_of_the_whole_year(
    catalog: Catalog, planned: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("江州市审计局2024年度部门决算", 1), line("一般公共预算财政拨款“三公”经费情况表", 1),
        line("单位：万元", 1),
        grid(["项目|行次|年初预算数|全年预算数|决算统计数", "“三公”经费支出|1|8.50|8.00|8.00", "1.因公出国（境）费|2|||",
              "2.公务用车购置及运行维护费|3|6.00|6.00|6.00", "（1）公务用车购置费|4|||", "（2）公务用车运行维护费|5|6.00|6.00|6.00",
              "3.公务接待费|6|2.50|2.00|2.00"], 1),
        line("七、“三公”经费支出决算情况说明", 2),
        line(f"江州市审计局2024年度“三公”经费支出年初预算为{planned}万元，决算为8.00万元。", 2),
    )  # fmt: skip
    assert any(f.startswith("GJ411") for f in accused(reading, catalog)) is wrong


def test_a_nested_list_tells_the_part_above_it_apart(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市审计局2024年度部门决算", 1), line("七、“三公”经费支出决算情况说明", 1),
        line("2024年度“三公”经费支出决算为8.00万元。其中：公务用车购置及运行费支出决算为6.00万元；公务接待费支出决算为2.00万元，"
             "具体是国内接待费支出决算2.00万元，国（境）外接待费支出决算0.00万元。", 1),
    )  # fmt: skip
    assert not accused(reading, catalog)


def test_heads_that_a_page_break_cuts_are_put_together(catalog: Catalog) -> None:
    reading = read(
        catalog, line("2024年项目支出情况表", 1), line("单位：万元", 1),
        grid(["项目名称|合计|一般公共预算|政府性基|国有资本经营预"], 1),
        grid(["|||金|算", "合计|60.0|30.0|30.0|", "热线运行|30.0|30.0||", "道路整治|30.0||30.0|"], 2),
    )  # fmt: skip
    figures = stated(reading)
    assert figures[fact("expenditure", fund_type_code="gov_fund", nature="project")] == "30.0"
    assert not accused(reading, catalog)


def test_a_head_that_ends_with_the_word_of_a_total_is_the_whole(catalog: Catalog) -> None:
    reading = read(
        catalog, line("一般公共预算“三公”经费支出预算表", 1), line("单位：万元", 1),
        grid(["合计|因公出国（境）费|公务用车购置及运行维护费小计|公务用车购置费|公务用车运行维护费|公务接待费",
              "8.00||6.00||6.00|2.00"], 1),
    )  # fmt: skip
    whole = [w for w in reading.tables[0].witnesses if w.fact and w.fact.member("sangong_item") == "vehicle"]
    assert [w.printed.text for w in whole] == ["6.00"]


def test_of_several_codes_the_innermost_is_meant(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市审计局2026年部门预算", 1), line("一般公共预算支出预算表", 1), line("单位：万元", 1),
        grid(["科目编码|科目名称|合计|基本支出|项目支出", "|合计|90.00|90.00|", "201|一般公共服务支出|90.00|90.00|",
              "20108|审计事务|90.00|90.00|", "2010801|行政运行|80.00|80.00|", "2010850|事业运行|10.00|10.00|"], 1),
        line("五、一般公共预算支出预算情况说明", 2),
        line("1.一般公共服务支出（201）审计事务（20108）行政运行（2010801）88.00万元。", 2),
    )  # fmt: skip
    assert any("88.00" in f and "80.00" in f for f in accused(reading, catalog))


@pytest.mark.parametrize("heading", ["（四）财政拨款收入支出决算总体情况说明", "（四）总体情况说明"])
def test_both_totals_told_in_one_breath_are_of_one_fund(catalog: Catalog, heading: str) -> None:
    reading = read(
        catalog, line("江州市审计局2023年度部门决算", 1), line("收入支出决算总表", 1), line("单位：万元", 1),
        grid(["收入|收入|支出|支出", "项目|金额|项目|金额", "一、财政拨款收入|366.00|一、一般公共服务支出|370.00", "二、其他收入|4.00||",
              "本年收入合计|370.00|本年支出合计|370.00", "总计|370.00|总计|370.00"], 1),
        line("三、2023年度决算情况说明", 2), line(heading, 2),
        line("2023年度财政拨款收入总计366.00万元，支出总计366.00万元，与2022年相比，各增加10.00万元，增长2.81%。", 2),
    )  # fmt: skip
    assert not accused(reading, catalog)


def test_a_dash_where_a_form_does_not_ask_is_no_figure(catalog: Catalog) -> None:
    reading = read(
        catalog, line("江州市审计局2023年度部门决算", 1), line("财政拨款“三公”经费、行政参公单位机关运行经费情况表", 1),
        line("单位：万元", 1),
        grid(["项目|行次|预算数|决算统计数", "（一）支出合计|1|8.50|8.00", "1.因公出国（境）费|2||", "2.公务用车购置及运行维护费|3|6.00|6.00",
              "（1）公务用车购置费|4||", "（2）公务用车运行维护费|5|6.00|6.00", "3.公务接待费|6|2.50|2.00", "二、机关运行经费|7|—|32.00"], 1),
        line("（十）机关运行经费支出说明", 2),
        line("2023年度机关运行经费年初预算数为31.00万元，支出决算数为32.00万元，完成年初预算的103.23%。", 2),
    )  # fmt: skip
    assert not [f for f in accused(reading, catalog) if f.startswith("GJ411") or "31.00" in f]


@pytest.mark.parametrize(("second", "wrong"), [("按支出功能科目划分：", False), ("其他：", True)])
def test_a_whole_told_apart_another_way_is_another_list(catalog: Catalog, second: str, wrong: bool) -> None:
    reading = read(
        catalog, line("江州市审计局2026年单位预算", 1), line("（二）支出预算情况", 1),
        line("2026年本单位支出预算总额为370.00万元，较上年增加12.00万元，增长3.35%。其中：", 1),
        line("按支出项目类别划分：", 1), line("基本支出301.00万元。", 1),
        line(second, 1), line("一般公共服务支出275.95万元。", 1),
    )  # fmt: skip
    assert any(f.startswith("GJ413") for f in accused(reading, catalog)) is wrong
