"""Tables beside the statutory ones, known by title and heads together, with made-up figures."""

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


ASSETS = [
    "项目|行次|资产总额|流动资产|固定资产|固定资产|固定资产|固定资产|固定资产|对外投资/有价证券|在建工程|无形资产|其他资产",
    "项目|行次|资产总额|流动资产|小计|房屋构筑物|车辆|单价200万以上大型设备|其他固定资产|对外投资/有价证券|在建工程|无形资产|其他资产",
    "栏次||1|2|3|4|5|6|7|8|9|10|11",
]


@pytest.mark.parametrize(("total", "fixed", "wrong"), [("500.00", "350.00", False), ("550.00", "350.00", True),
                                                      ("500.00", "530.00", True)])  # fmt: skip
def test_assets_add_up_to_their_total(catalog: Catalog, total: str, fixed: str, wrong: bool) -> None:
    reading = read(
        catalog, line("国有资产使用情况表", 1), line("部门：江州市审计局　金额单位：万元", 1),
        grid([*ASSETS, f"合计|1|{total}|120.00|{fixed}|300.00|30.00||20.00|||30.00|"], 1),
    )  # fmt: skip
    assert stated(reading)[fact("assets", asset_kind="buildings")] == "300.00"
    assert any(told.startswith("GJ122") or "列示" in told for told in accused(reading, catalog)) is wrong


def test_a_table_of_another_shape_under_the_same_title_is_left_alone(catalog: Catalog) -> None:
    """Neither is the contents page held to it."""
    reading = read(
        catalog, line("江州市审计局2023年度部门决算", 1), line("目录", 1), line("一、收入决算表", 1), line("二、支出决算表", 1),
        line("三、国有资产使用情况表", 1), line("国有资产使用情况表", 2),
        grid(["项目|数量|价值", "房屋（平方米）|1200|350.00", "车辆（辆）|3|45.00"], 2),
    )  # fmt: skip
    assert not reading.tables
    assert len(reading.unrecognised) == 1
    assert not any("国有资产" in told for told in accused(reading, catalog))


@pytest.mark.parametrize(("second", "wrong"), [("38700.00", False), ("37800.00", True)])
def test_new_assets_are_listed_with_their_total(catalog: Catalog, second: str, wrong: bool) -> None:
    reading = read(
        catalog, line("部门新增资产配置预算表", 1), line("单位：元", 1),
        grid([
            "单位名称|资产类别|资产名称|计量单位|财政部门批复数（元）|财政部门批复数（元）|财政部门批复数（元）",
            "单位名称|资产类别|资产名称|计量单位|数量|单价|金额", "江州市审计局|设备|计算机|台|10|6000.00|60000.00",
            f"江州市审计局|设备|复印机|台|2|19350.00|{second}", "合计||||12||98700.00",
        ], 1),
    )  # fmt: skip
    assert any(told.startswith("GJ121") for told in accused(reading, catalog)) is wrong


@pytest.mark.parametrize(("next_year", "wrong"), [("210000.00", False), ("201000.00", True)])
def test_what_is_planned_for_three_years_is_no_budget_of_this_one(
    catalog: Catalog, next_year: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("江州市审计局2025年部门预算", 1), line("部门项目支出中期规划预算表", 1), line("单位：元", 1),
        grid([
            "单位名称|项目类别|项目名称|项目级次|资金来源|资金来源|资金来源", "单位名称|项目类别|项目名称|项目级次|2025年|2026年|2027年",
            "江州市审计局|311 专项业务类|热线运行|本级|200000.00|210000.00|220000.00",
            "江州市审计局|311 专项业务类|设备更新|本级|100000.00|5000.00|",
            f"合计||||300000.00|{'215000.00' if not wrong else next_year}|220000.00",
        ], 1),
    )  # fmt: skip
    assert stated(reading)[fact("medium_term")] == "300000.00"
    assert bool(accused(reading, catalog)) is wrong


def test_money_for_lower_governments_is_told_by_fund_and_by_place(catalog: Catalog) -> None:
    reading = read(
        catalog, line("市对下转移支付预算表", 1), line("单位：元", 1),
        grid([
            "单位名称（项目）|资金来源|资金来源|资金来源|地区|地区", "单位名称（项目）|合计|一般公共预算|政府性基金|江川区|澄江市",
            "合计|300.00|300.00||180.00|120.00", "能力提升补助|200.00|200.00||100.00|100.00",
            "信息化补助|100.00|100.00||80.00|20.00",
        ], 1),
    )  # fmt: skip
    assert all(w.status is Status.BOUND for w in reading.tables[0].witnesses if w.printed.text)
    assert stated(reading)[fact("transfer_down", fund_type_code="general")] == "300.00"
    assert not accused(reading, catalog)


@pytest.mark.parametrize(("first", "wrong"), [("50.00", False), ("55.00", True)])
def test_a_class_of_projects_with_a_number_is_no_economic_class(
    catalog: Catalog, first: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("上级补助项目支出预算表", 1), line("单位：元", 1),
        grid([
            "项目分类|项目名称|单位名称|经济科目编码|经济科目名称|上级补助|上级补助|上级补助",
            "项目分类|项目名称|单位名称|经济科目编码|经济科目名称|合计|一般公共预算|政府性基金",
            f"311 专项业务类|能力提升|江州市审计局|30227|委托业务费|{first}|50.00|",
            "311 专项业务类|基层培训|江州市审计局|30216|培训费|12.00|12.00|", "合计|||||62.00|62.00|",
        ], 1),
    )  # fmt: skip
    assert all(w.status is Status.BOUND for w in reading.tables[0].witnesses if w.printed.text)
    assert bool(accused(reading, catalog)) is wrong


RUNNING = [
    "项目|行次|全年预算数|决算数|项目|行次|统计数", "栏次||1|2|栏次||3", "一、“三公”经费支出|1|—|—|二、机关运行经费|8|—",
    "（一）支出合计|2|28.00|28.00|（一）行政单位|9|59.00", "1．因公出国（境）费|3|||三、国有资产占用情况|10|—",
    "2．公务用车购置及运行维护费|4|26.00|26.00|（一）车辆数合计（辆）|11|{cars}", "（1）公务用车购置费|5|18.00|18.00|1．机要通信用车|12|1",
    "（2）公务用车运行维护费|6|8.00|8.00|2．执法执勤用车|13|2", "3．公务接待费|7|2.00|2.00|3．其他用车|14|1",
    "（二）相关统计数|15|—|—|四、政府采购支出信息|16|—", "1．公务用车保有量（辆）|17|—|4|（一）政府采购支出合计|18|{bought}",
    "2．国内公务接待批次（个）|19|—|30|1．政府采购货物支出|20|27.85", "3．国内公务接待人次（人）|21|—|210|2．政府采购服务支出|22|28.00",
]  # fmt: skip


@pytest.mark.parametrize(
    ("cars", "bought", "wrong"), [("4", "55.85", ""), ("5", "55.85", "GJ124"), ("4", "58.55", "GJ123")]
)
def test_how_a_body_runs_is_told_in_two_lists(catalog: Catalog, cars: str, bought: str, wrong: str) -> None:
    rows = [row.format(cars=cars, bought=bought) for row in RUNNING]
    title = line("江州市审计局2023年度部门决算", 1)
    reading = read(catalog, title, line("机构运行信息表", 1), line("金额单位：万元", 1), grid(rows, 1))
    figures = stated(reading)
    assert figures[fact("vehicles", vehicle_class="law_enforcement")] == "2"
    assert figures[fact("vehicles_kept")] == "4"
    assert figures[fact("procurement", procurement_kind="goods")] == "27.85"
    told = accused(reading, catalog)
    assert [one[:5] for one in told] == ([wrong] if wrong else [])
