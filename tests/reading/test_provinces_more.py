"""Tables as 四川, 宁夏 and the ministry's full set of final accounts (财决) print them, with made-up figures."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check
from gouji.facts import Status, fact
from gouji.reading import Reading
from printed_tables import grid, line, read, stated


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def accused(reading: Reading, catalog: Catalog) -> list[str]:
    return [f"{f.rule} {f.title}" for f in check([reading], catalog).findings if f.severity != "info"]


@pytest.mark.parametrize(("own", "wrong"), [("60.00", False), ("66.00", True)])
def test_bodies_that_print_only_their_names_have_the_codes_of_the_rows_below(
    catalog: Catalog, own: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("部门收入总表", 1), line("单位：万元", 1),
        grid(["单位代码|单位名称（科目）|合计|一般公共预算拨款收入", "|合 计|90.00|90.00",
              "241001|江州市审计局机关|60.00|60.00", "241002|江州市审计信息中心|30.00|30.00"], 1),
        line("部门支出总表", 2), line("单位：万元", 2),
        grid([
            "项目|项目|项目|项目|项目|合计|基本支出|项目支出", "科目编码|科目编码|科目编码|单位代码|单位名称（科目）|合计|基本支出|项目支出",
            "类|款|项|单位代码|单位名称（科目）|合计|基本支出|项目支出", "||||合 计|90.00|70.00|20.00",
            f"||||江州市审计局机关|{own}|50.00|10.00", "201|08|01|241001|行政运行|50.00|50.00|",
            "201|08|02|241001|一般行政管理事务|10.00||10.00", "||||江州市审计信息中心|30.00|20.00|10.00",
            "201|08|50|241002|事业运行|30.00|20.00|10.00",
        ], 2),
    )  # fmt: skip
    table = reading.tables[1]
    assert all(w.status is Status.BOUND for w in table.witnesses if w.printed.text)
    own_fact = fact("expenditure", agency_code="江州市审计局机关", exp_func_code="2010801")
    assert own_fact in {w.fact for w in table.witnesses}
    assert bool(accused(reading, catalog)) is wrong


@pytest.mark.parametrize(("change", "rate", "wrong"), [("20.00", "25.00%", False), ("30.00", "25.00%", True)])
def test_a_comparison_of_two_years_heads_a_change_and_a_rate(
    catalog: Catalog, change: str, rate: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("2021年一般公共预算支出预算表", 1), line("单位：万元", 1),
        grid([
            "功能科目编码|功能科目名称|2020年预算数|2021年预算数|2021年预算数与2020年预算数比较|2021年预算数与2020年预算数比较",
            "功能科目编码|功能科目名称|2020年预算数|2021年预算数|增减额|增减比例",
            f"|合计|80.00|100.00|{change}|{rate}", f"205|教育支出|80.00|100.00|20.00|{rate}",
        ], 1),
    )  # fmt: skip
    assert all(w.status is Status.BOUND for w in reading.tables[0].witnesses)
    assert bool(accused(reading, catalog)) is wrong


FLOWS = [
    "项目|项目|年初结转和结余|年初结转和结余|年初结转和结余|本年收入|本年支出|使用非财政拨款结余|结余分配|年末结转和结余",
    "科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|本年收入|本年支出|使用非财政拨款结余|结余分配|年末结转和结余",
    "科目编码|栏次|1|2|3|4|5|6|7|8",
]  # fmt: skip


@pytest.mark.parametrize(("spent", "wrong"), [("95.00", False), ("59.00", True)])
def test_a_summary_whose_heads_are_flows_has_no_sides(catalog: Catalog, spent: str, wrong: bool) -> None:
    reading = read(
        catalog, line("收入支出决算表", 1), line("单位：万元", 1),
        grid([*FLOWS, f"|合计|10.00||10.00|90.00|{spent}|||5.00", "205|教育支出|10.00||10.00|90.00|95.00|||5.00"], 1),
    )  # fmt: skip
    assert reading.tables[0].kind.id == "flows"
    figures = stated(reading)
    assert figures[fact("carryover_begin", nature="project")] == "10.00"
    assert figures[fact("revenue")] == "90.00"
    assert bool(accused(reading, catalog)) is wrong


def test_a_row_of_more_than_a_hundred_numbers_is_no_row_of_figures(catalog: Catalog) -> None:
    count = 104
    heads = [f"科目编码|科目名称|{'|'.join(['合计'] * count)}"]
    numbered = f"科目编码|栏次|{'|'.join(str(number + 1) for number in range(count))}"
    row = f"|合计|5.00|{'|'.join([''] * (count - 1))}"
    reading = read(
        catalog, line("支出决算明细表", 1), line("单位：万元", 1), grid([*heads, numbered, row], 1)
    )
    assert [w.printed.text for w in reading.tables[0].witnesses if w.printed.text] == ["5.00"]


def test_a_table_of_projects_with_dashes_in_its_row_of_numbers(catalog: Catalog) -> None:
    reading = read(
        catalog, line("项目收入支出决算表", 1), line("单位：万元", 1),
        grid([
            "科目编码|科目名称（项目）|项目代码|年初结转和结余|年初结转和结余|本年收入|本年支出",
            "科目编码|科目名称（项目）|项目代码|合计|其中：财政拨款结转和结余|本年收入|本年支出",
            "科目编码|栏次|—|1|2|3|4", "|合计||2.00|2.00|9.00|11.00", "2050299|其他教育支出||2.00|2.00|9.00|11.00",
            "|校舍维修|2301|2.00|2.00|9.00|11.00",
        ], 1),
    )  # fmt: skip
    assert reading.tables[0].kind.id == "project_flows"
    assert stated(reading)[fact("carryover_begin", fund_type_code="fiscal", nature="project")] == "2.00"
    assert not accused(reading, catalog)


RECEIVED = grid([
    "收入|收入|支出|支出|支出|支出", "项目|预算数|项目|合计|一般公共预算|政府性基金预算",
    "一、本年收入|530.00|一、本年支出|540.00|486.00|54.00", "（一）一般公共预算拨款|480.00|（一）教育支出|486.00|486.00|",
    "（二）政府性基金预算拨款|50.00|（二）城乡社区支出|54.00||54.00", "二、上年结转|10.00|二、结转下年|||",
    "（一）一般公共预算拨款|6.00||||", "（二）政府性基金预算拨款|4.00||||", "收入总计|540.00|支出总计|540.00|486.00|54.00",
], 1)  # fmt: skip


@pytest.mark.parametrize(("carried", "wrong"), [("4.00", False), ("14.00", True)])
def test_what_was_carried_over_is_told_once_for_each_fund(
    catalog: Catalog, carried: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("江州市测绘局2023年部门预算", 1), line("财政拨款收支总表", 1), line("单位：万元", 1), RECEIVED,
        line("一、关于江州市测绘局2023年财政拨款收支预算情况的总体说明", 2),
        line("江州市测绘局2023年财政拨款收支总预算540.00万元。收入总计包括一般公共预算本年收入480.00万元、上年结转6.00万元，"
             f"政府性基金预算本年收入50.00万元、上年结转{carried}万元；支出总计包括教育支出486.00万元、城乡社区支出54.00万元，"
             "结转下年0.00万元。", 2),
    )  # fmt: skip
    assert bool(accused(reading, catalog)) is wrong


@pytest.mark.parametrize(("own", "wrong"), [("18.00", False), ("81.00", True)])
def test_money_of_the_unit_is_not_all_revenue(catalog: Catalog, own: str, wrong: bool) -> None:
    reading = read(
        catalog, line("江州市测绘局2023年部门预算", 1), line("二、关于江州市测绘局2023年收入总表的说明", 1),
        line("江州市测绘局2023年收入预算100.00万元，其中：本年收入90.00万元，上年结转结余10.00万元。", 1),
        line(f"（一）本年收入90.00万元，主要包括：一般公共预算拨款收入72.00万元，占80.00%；单位资金收入{own}万元，占20.00%。", 1),
    )  # fmt: skip
    assert bool(accused(reading, catalog)) is wrong


@pytest.mark.parametrize(("total", "wrong"), [("34.00", False), ("43.00", True)])
def test_a_total_above_rows_of_several_expenses_covers_all_of_them(
    catalog: Catalog, total: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("财政拨款“三公”经费、会议费和培训费支出情况表", 1), line("单位：万元", 1),
        grid([
            "项目|2021年预算数|2022年预算数", f"合计|33.00|{total}", "一、“三公”经费|27.50|28.00", "（一）因公出国（境）费||",
            "（二）公务接待费|2.00|2.00", "（三）公务用车购置及运行费|25.50|26.00", "1.公务用车购置费|18.00|18.00",
            "2.公务用车运行维护费|7.50|8.00", "二、会议费|4.50|4.80", "三、培训费|1.00|1.20",
        ], 1),
    )  # fmt: skip
    assert bool(accused(reading, catalog)) is wrong
    if not wrong:
        assert "34.00" in {w.printed.text for w in reading.tables[0].witnesses
                           if w.fact is not None and w.fact.concept == "sangong_meeting_training"}  # fmt: skip
