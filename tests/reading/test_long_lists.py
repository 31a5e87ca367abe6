"""Long lists, as purchases are printed: rows cut by a page break, headings that hold for the rows below them."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.facts import Fact, Presence, fact
from gouji.reading import Reading
from printed_tables import grid, line, read, stated

YEAR = "2026年"

EDGES = (10.0, 50.0, 150.0, 200.0, 250.0, 300.0)
HEADS = "采购品目大类|专项名称|经济科目|采购物品名称|总计"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def labels(reading: Reading) -> list[str]:
    return [w.row_label for w in reading.tables[0].witnesses if w.printed.presence is Presence.NUMBER]


def over_pages(catalog: Catalog, heads: str, above: list[str], below: list[str]) -> Reading:
    return read(
        catalog, line(f"{YEAR}部门支出总表", 1), line("单位：万元", 1),
        grid([heads, *above], 1, EDGES[: heads.count("|") + 2]), line("- 1 -", 1),
        grid(below, 2, EDGES[: heads.count("|") + 2]),
    )  # fmt: skip


CODED = "科目编码|科目名称|合计|基本支出|项目支出"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["21011|行政事业单|9.00|9.00|"], ["|位医疗|||"]),
        (["|行政事业单|||"], ["21011|位医疗|9.00|9.00|"]),
        (["21011|行政事业单|||"], ["|位医疗|9.00|9.00|"]),
    ],
)
def test_a_name_cut_by_the_page_break_is_whole_again(
    catalog: Catalog, above: list[str], below: list[str]
) -> None:
    reading = over_pages(
        catalog, CODED, ["210|卫生健康支出|9.00|9.00|", *above], [*below, "2101101|行政单位医疗|9.00|9.00|"]
    )
    assert "行政事业单位医疗" in labels(reading)
    assert [code.name for code in reading.tables[0].codes] == [
        "卫生健康支出",
        "行政事业单位医疗",
        "行政单位医疗",
    ]


def test_a_heading_at_the_top_of_a_page_is_no_half_of_a_row(catalog: Catalog) -> None:
    """The row above is whole; what follows heads another list."""
    reading = over_pages(
        catalog, CODED, ["210|卫生健康支出|9.00|9.00|"], ["|其他|||", "221|住房保障支出|5.00|5.00|"]
    )
    assert labels(reading)[0] == "卫生健康支出"


def test_a_bracket_that_closes_on_the_next_page_joins_two_halves(catalog: Catalog) -> None:
    reading = read(
        catalog, line(f"{YEAR}政府采购预算表", 1), line("单位：万元", 1),
        grid(["项目名称|采购品目|预算金额", "合计||30.00", "校舍维修(一期|修缮工程|10.00"], 1, EDGES[:4]), line("1", 1),
        grid(["工程)||", "食堂设备|设备|20.00"], 2, EDGES[:4]),
    )  # fmt: skip
    assert any("校舍维修(一期工程)" in label for label in labels(reading))
    assert len(labels(reading)) == 3


def test_the_class_over_the_items_is_theirs(catalog: Catalog) -> None:
    """Which class, project and economic class an item belongs to, the rows above it say."""
    reading = read(
        catalog, line(f"{YEAR}政府采购预算表", 1), line("单位：万元", 1),
        grid(
            [
                HEADS,
                "合计||||30.00",
                "一、货物A||||10.00",
                "|办公费用|办公费||10.00",
                "|||复印纸|4.00",
                "|||硒鼓|6.00",
                "三、服务C||||20.00",
                "|车辆费用|公务用车运行维护费||20.00",
                "|||复印纸|20.00",
            ],
            1, EDGES,
        ),
    )  # fmt: skip
    goods = {"procurement_kind": "goods"}
    assert stated(reading)[fact("procurement", **goods)] == "10.00"
    assert (
        stated(reading)[fact("procurement", **goods, pro_code="办公费用", dep_bgt_eco_code="30201")]
        == "10.00"
    )
    paper = {w.fact: w.printed.text for w in reading.tables[0].witnesses if w.row_label == "复印纸"}
    assert paper == {
        fact("procurement", **goods, pro_code="办公费用", dep_bgt_eco_code="30201", detail="复印纸"): "4.00",
        fact(
            "procurement",
            procurement_kind="services",
            pro_code="车辆费用",
            dep_bgt_eco_code="30231",
            detail="复印纸",
        ): "20.00",
    }


def test_a_body_below_a_class_does_not_outlive_it(catalog: Catalog) -> None:
    reading = read(
        catalog, line(f"{YEAR}政府采购预算表", 1), line("单位：万元", 1),
        grid(
            [
                HEADS,
                "货物||||10.00",
                "某市第一中学||||10.00",
                "|教学|办公费|黑板|10.00",
                "工程||||20.00",
                "某市第二中学||||20.00",
                "|校舍|办公费|修缮|20.00",
            ],
            1, EDGES,
        ),
    )  # fmt: skip
    found: dict[Fact | None, str] = stated(reading)
    assert found[fact("procurement", procurement_kind="works")] == "20.00"
    assert found[fact("procurement", procurement_kind="works", agency_code="某市第二中学")] == "20.00"


def test_projects_below_a_numbered_class_of_one_column_belong_to_it(catalog: Catalog) -> None:
    reading = read(
        catalog, line(f"{YEAR}政府采购预算表", 1), line("单位：万元", 1),
        grid(["采购项目|预算金额", "合计|10.00", "一、货物类|10.00", "电脑|4.00", "打印机|6.00"], 1, EDGES[:3]),
    )  # fmt: skip
    assert stated(reading)[fact("procurement", procurement_kind="goods", pro_code="电脑")] == "4.00"
