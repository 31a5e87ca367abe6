"""Tables with a grid as other places print them: what their cells come to state."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.documents import Cell, Place
from gouji.documents.opening import open_document
from gouji.facts import Status, fact
from gouji.reading import Reading, announced_tables, read_document
from printed_tables import grid, line, read, stated

YEAR = "2026年"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_a_table_goes_on_under_repeated_heads_of_other_widths(catalog: Catalog) -> None:
    heads = "科目编码|科目名称|合计|基本支出|项目支出"
    reading = read(
        catalog, line(f"{YEAR}部门支出总表", 1), line("单位：万元", 1),
        grid([heads, "|合计|30.00|10.00|20.00", "205|教育支出|10.00|10.00|"], 1, (10, 50, 150, 200, 250, 300)),
        line("- 1 -", 1),
        grid([heads, "206|科学技术支出|20.00||20.00"], 2, (10, 60, 170, 210, 255, 300)),
    )  # fmt: skip
    assert [table.pages for table in reading.tables] == [(1, 2)]
    assert stated(reading)[fact("expenditure", exp_func_code="206", nature="project")] == "20.00"
    assert reading.unrecognised == []


def test_two_tables_of_one_kind_stay_two(catalog: Catalog) -> None:
    heads = "科目编码|科目名称|支出总计|基本支出|项目支出"
    edges = (10.0, 50.0, 150.0, 200.0, 250.0, 300.0)
    reading = read(
        catalog, line("一般公共预算支出表（按功能分类）", 1), line("单位：万元", 1),
        grid([heads, "205|教育支出|10.00|10.00|0.00"], 1, edges),
        line("一般公共预算支出表（按经济分类）", 2), line("单位：万元", 2),
        grid([heads, "301|工资福利支出|10.00|10.00|0.00"], 2, edges),
    )  # fmt: skip
    assert [table.pages for table in reading.tables] == [(1,), (2,)]


def test_a_title_that_is_not_known_ends_the_table_before_it(catalog: Catalog) -> None:
    edges = (10.0, 50.0, 150.0, 200.0)
    reading = read(
        catalog, line(f"{YEAR}部门支出总表", 1), line("单位：万元", 1),
        grid(["科目编码|科目名称|合计", "205|教育支出|10.00"], 1, edges),
        line("新增资产配置表", 2), grid(["资产名称|规格|金额", "打印机|台|0.30"], 2, edges),
    )  # fmt: skip
    assert len(reading.unrecognised) == 1
    assert len(stated(reading)) == 1


def test_a_section_is_printed_without_its_class(catalog: Catalog) -> None:
    rows = ["功能科目编码|功能科目名称|合计", "|合计|9.00", "208|社会保障和就业支出|9.00", "05|行政事业单位养老支出|9.00",
            "2080505|机关事业单位基本养老保险缴费支出|9.00"]  # fmt: skip
    reading = read(catalog, line("一般公共预算支出表", 1), line("单位：万元", 1), grid(rows, 1))
    assert fact("expenditure", exp_func_code="20805", fund_type_code="general") in stated(reading)


def test_codes_of_bodies_are_no_classification_codes(catalog: Catalog) -> None:
    rows = [
        "科目编码|科目名称|合计",
        "|合计|9.00",
        "245|某局|9.00",
        "245001|某局机关|9.00",
        "208|社会保障和就业支出|9.00",
    ]
    reading = read(catalog, line("部门支出总表", 1), line("单位：万元", 1), grid(rows, 1))
    assert [w.status for w in reading.witnesses] == [Status.BOUND] * 4
    assert {code.code for code in reading.tables[0].codes} == {"208"}
    assert fact("expenditure", exp_func_code="208") in stated(reading)


def test_what_a_head_says_to_be_part_is_not_added_again(catalog: Catalog) -> None:
    rows = ["科目编码|科目名称|合计|事业收入|事业收入|其他收入", "科目编码|科目名称|合计|金额|其中：教育收费|其他收入",
            "|合计|30.00|20.00|15.00|10.00"]  # fmt: skip
    place = Place(1, None, "第1页")
    table = grid(rows, 1)
    cells = [cell for cell in table.cells if cell.row == 2 or (cell.row == 1 and cell.col in (3, 4))]
    cells += [Cell(text, 0, col, 2, 1, place, 0) for col, text in ((0, "科目编码"), (1, "科目名称"), (2, "合计"),
                                                                    (5, "其他收入"))]  # fmt: skip
    cells.append(Cell("事业收入", 0, 3, 1, 2, place, 0))
    table.cells = sorted(cells, key=lambda cell: (cell.row, cell.col))
    reading = read(catalog, line("收入总表", 1), line("单位：万元", 1), table)
    part = next(w for w in reading.witnesses if w.printed.text == "15.00")
    assert part.fact is not None
    assert part.fact.member("fund_type_code") == "business"
    assert part.fact.member("detail") == "教育收费"


def test_three_sides_that_end_in_one_total_all_state_it(catalog: Catalog) -> None:
    rows = [
        "项目|预算数|支出功能分类科目（按大类）|预算数|部门预算支出经济科目（按大类）|预算数",
        "一、财政拨款|9.00|5、教育|9.00|（1）工资福利支出|9.00",
        "本年收入合计|9.00|本年支出合计|9.00|本年支出合计|9.00",
    ]
    reading = read(catalog, line("部门收支总表", 1), line("单位：万元", 1), grid(rows, 1))
    assert {w.status for w in reading.witnesses} == {Status.BOUND}
    assert sum(w.fact == fact("expenditure") for w in reading.witnesses) == 2


HEADS_APART = """收入总表
单位：万元
单位代码\t单位名称\t合计\t本年收入\t\t\t上年结转\t
\t\t\t小计\t一般公共预算\t事业收入\t小计\t一般公共预算
\t合计\t30.00\t25.00\t20.00\t5.00\t5.00\t5.00
104\t某局\t30.00\t25.00\t20.00\t5.00\t5.00\t5.00
104001\t某局机关\t30.00\t25.00\t20.00\t5.00\t5.00\t5.00
"""


def separated(text: str, folder: Path, catalog: Catalog) -> Reading:
    path = folder / "公开表.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(open_document(path), catalog)


def test_heads_without_merged_cells_are_put_together_by_their_order(tmp_path: Path, catalog: Catalog) -> None:
    reading = separated(HEADS_APART, tmp_path, catalog)
    assert {w.status for w in reading.witnesses} == {Status.BOUND}
    assert stated(reading)[fact("carryover_begin", fund_type_code="general")] == "5.00"
    assert stated(reading)[fact("revenue", fund_type_code="business")] == "5.00"


def test_sums_that_do_not_come_out_leave_such_a_table_in_doubt(tmp_path: Path, catalog: Catalog) -> None:
    reading = separated(HEADS_APART.replace("25.00\t20.00", "25.00\t18.00"), tmp_path, catalog)
    assert Status.BOUND not in {w.status for w in reading.witnesses if w.printed.value}


def test_what_a_document_announces_is_counted_with_the_reason(catalog: Catalog) -> None:
    reading = read(
        catalog, line("目录", 1), line("一、部门收支总表", 1), line("二、部门支出总表", 1),
        line("部门支出总表", 3), line("单位：万元", 3),
        grid(["科目编码|科目名称|合计", "205|教育支出|10.00", "206|科学技术支出|1.00", "|合计|11.00"], 3),
    )  # fmt: skip
    announced = announced_tables(reading, catalog)
    assert [(table.title, bool(table.why)) for table in announced] == [
        ("一、部门收支总表", True),
        ("二、部门支出总表", False),
    ]


def test_a_list_of_projects_names_bodies_that_other_tables_list(catalog: Catalog) -> None:
    reading = read(
        catalog, line("部门收入总表", 1), line("单位：万元", 1),
        grid(["单位名称|合计|财政拨款|其他收入", "合计|9.00|9.00|", "某市图书馆|9.00|9.00|"], 1),
        line("部门项目支出预算表", 2), line("单位：万元", 2),
        grid(["支出项目|总计", "合计|9.00", "某市图书馆|9.00", "物业管理费|9.00"], 2),
    )  # fmt: skip
    facts = stated(reading, 1)
    assert fact("expenditure", nature="project", agency_code="某市图书馆") in facts
    assert fact("expenditure", nature="project", agency_code="某市图书馆", pro_code="物业管理费") in facts


def test_decimals_that_a_narrow_column_cut_are_not_taken_for_zeros(catalog: Catalog) -> None:
    rows = ["科目编码|科目名称|合计|基本支出|项目支出", "|合计|47137884.3|43536866.1|3601018.22"]
    reading = read(catalog, line("部门支出总表", 1), line("单位：元", 1), grid(rows, 1))
    total = next(w for w in reading.witnesses if w.printed.text == "47137884.3")
    assert total.printed.precision == 1


SANGONG = "一般公共预算“三公”经费支出表"


@pytest.mark.parametrize(
    ("before", "own"),
    [("2025年预算数", "2026年预算数"), ("上年预算数", "本年预算数"), ("2025年执行数", "2026年预算数")],
)
def test_two_years_side_by_side_are_both_bound(catalog: Catalog, before: str, own: str) -> None:
    """The document's own year is what its other tables state without saying so."""
    reading = read(
        catalog, line("某市某局2026年部门预算", 1), line(f"{YEAR}{SANGONG}", 1), line("单位：万元", 1),
        grid(
            [f"{before}|{before}|{own}|{own}", "合计|公务接待费|合计|公务接待费", "9.00|9.00|7.00|7.00"],
            1, (10, 50, 150, 200, 250),
        ),
    )  # fmt: skip
    stage = {"stage": "final"} if "执行" in before else {}
    assert stated(reading) == {
        fact("sangong", fiscal_year="2025", **stage): "9.00",
        fact("sangong", fiscal_year="2025", sangong_item="reception", **stage): "9.00",
        fact("sangong"): "7.00",
        fact("sangong", sangong_item="reception"): "7.00",
    }


def test_budget_and_accounts_side_by_side_are_two_stages(catalog: Catalog) -> None:
    reading = read(
        catalog, line("某市某局2024年度部门决算", 1), line("财政拨款“三公”经费支出决算表", 1), line("单位：万元", 1),
        grid(
            ["2024年预算数|2024年预算数|2024年决算数|2024年决算数", "合计|公务接待费|合计|公务接待费", "9.00|9.00|7.00|7.00"],
            1, (10, 50, 150, 200, 250),
        ),
    )  # fmt: skip
    assert stated(reading) == {
        fact("sangong", stage="budget"): "9.00",
        fact("sangong", stage="budget", sangong_item="reception"): "9.00",
        fact("sangong", stage="final"): "7.00",
        fact("sangong", stage="final", sangong_item="reception"): "7.00",
    }


def test_projects_by_their_kind_are_columns_of_project_expenditure(catalog: Catalog) -> None:
    reading = read(
        catalog, line(f"{YEAR}支出总体情况表", 1), line("单位：万元", 1),
        grid(
            [
                "功能分类科目编码|功能分类科目名称|合计|基本支出|项目支出|项目支出|项目支出",
                "功能分类科目编码|功能分类科目名称|合计|基本支出|小计|日常运转类项目|政策性项目",
                "|合计|30.00|10.00|20.00|15.00|5.00",
                "205|教育支出|30.00|10.00|20.00|15.00|5.00",
            ],
            1,
        ),
    )  # fmt: skip
    found = stated(reading)
    assert found[fact("expenditure", nature="project")] == "20.00"
    assert found[fact("expenditure", nature="project", detail="日常运转类")] == "15.00"
    assert all(w.status is Status.BOUND for w in reading.witnesses)


@pytest.mark.parametrize(
    ("cover", "own", "other", "stage"),
    [("2024年度部门决算", "决算数", "预算数", "budget"), ("2026年部门预算", "预算数", "执行数", "final")],
)
def test_budgeted_and_actual_columns_are_told_apart(
    catalog: Catalog, cover: str, own: str, other: str, stage: str
) -> None:
    """Of the two, the document's own stage is what its other tables state."""
    reading = read(
        catalog, line(f"某市某局{cover}", 1), line("支出总表", 1), line("单位：万元", 1),
        grid(
            [f"科目编码|科目名称|{other}|{own}", "|合计|31.00|30.00", "205|教育支出|31.00|30.00"], 1, (10, 50, 150, 200, 250)
        ),
    )  # fmt: skip
    assert stated(reading) == {
        fact("expenditure"): "30.00",
        fact("expenditure", exp_func_code="205"): "30.00",
        fact("expenditure", stage=stage): "31.00",
        fact("expenditure", exp_func_code="205", stage=stage): "31.00",
    }


@pytest.mark.parametrize(("total", "bound"), [("30.00|10.00|20.00", True), ("9.00|4.00|5.00", False)])
def test_a_total_may_lack_its_name(catalog: Catalog, total: str, bound: bool) -> None:
    """The last row has none and is no less than the others: nothing else can be meant."""
    reading = read(
        catalog, line(f"{YEAR}部门支出总表", 1), line("单位：万元", 1),
        grid(
            ["单位编码|合计|基本支出|项目支出", "015001|18.00|6.00|12.00", "015002|12.00|4.00|8.00", f"|{total}"], 1
        ),
    )  # fmt: skip
    nameless = [w for w in reading.tables[0].witnesses if not w.row_label]
    assert [w.fact is not None for w in nameless] == [bound] * 3
    assert (fact("expenditure", nature="basic") in stated(reading)) is bound


@pytest.mark.parametrize(
    ("head", "known"),
    [("务用车购置及运行维护", True), ("同级财政拨款收入", False), ("教育支出收入预算", False)],
)
def test_a_head_that_its_cell_cuts_off_is_known_by_what_is_left(
    catalog: Catalog, head: str, known: bool
) -> None:
    meaning = catalog.lexicon.meaning(head, "sangong", "upper")
    assert (meaning is not None) is known


def test_among_rows_of_years_the_one_without_a_year_is_what_has_changed(catalog: Catalog) -> None:
    reading = read(
        catalog, line(f"{YEAR}某局部门预算公开", 1), line("财政拨款“三公”经费支出表", 1), line("单位：万元", 1),
        grid([
            "预算单位|年度|总计|因公出国（境）费|公务接待费",
            "某局|2025年|20.00|12.00|8.00",
            "|2026年|15.00|10.00|5.00",
            "|增减变化金额|-5.00|-2.00|-3.00",
        ], 1),
    )  # fmt: skip
    facts = stated(reading)
    assert [text for of, text in facts.items() if of and of.member("sangong_item") == "reception"] == [
        "8.00", "5.00", "-3.00",
    ]  # fmt: skip
    changed = next(of for of, text in facts.items() if of and text == "-3.00")
    assert changed.member("detail")
    assert next(of for of, text in facts.items() if of and text == "5.00").member("fiscal_year") is None
