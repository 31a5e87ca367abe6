"""A sum that does not come out proves nothing where a part of the document was found and not understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check_document
from gouji.documents import Document, Paragraph, Table
from gouji.facts import Presence
from gouji.reading import read_document
from printed_tables import grid, line

EDGES = (10.0, 50.0, 150.0, 200.0, 250.0, 300.0)
HEADS = "科目编码|科目名称|合计|基本支出|项目支出"
COVER = line("某市教育局2026年部门预算", 1)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def errors(catalog: Catalog, *blocks: Paragraph | Table) -> list[str]:
    document = Document(Path("公开.pdf"), "pdf", [], [COVER, *blocks])
    checked, findings = check_document(read_document(document, catalog), catalog)
    assert checked.coverage.not_checked or findings
    return sorted({f.rule for f in findings if f.rule in ("GJ101", "GJ307")})


FIRST = [
    line("2026年部门支出总表", 2),
    line("单位：万元", 2),
    grid(
        [
            HEADS,
            "|合计|30.00|10.00|20.00",
            "205|教育支出|20.00|5.00|15.00",
            "20502|普通教育|20.00|5.00|15.00",
        ],
        2,
        EDGES,
    ),
]


@pytest.mark.parametrize(
    ("page", "title", "found"), [(3, "", []), (5, "", ["GJ101"]), (3, "附：说明表", ["GJ101"])]
)
def test_a_table_may_go_on_in_what_follows(catalog: Catalog, page: int, title: str, found: list[str]) -> None:
    """The rest of it has lost a column, so that it was not joined."""
    rest = grid(
        ["208社会保障和就业支出|10.00|5.00", "20805行政事业单位养老支出|10.00|5.00"],
        page,
        (10.0, 150.0, 200.0, 250.0),
    )
    between = [line(title, page)] if title else []
    assert errors(catalog, *FIRST, *between, rest) == found


@pytest.mark.parametrize("title", ["", "2026年部门支出总表"])
def test_a_page_without_figures_may_stand_between(catalog: Catalog, title: str) -> None:
    """A sheet printed over several pages side by side: its columns without figures come before the rest of its rows."""
    blank = grid(["机关资本性支出|备注", "|"], 3, (10.0, 150.0, 200.0))
    rest = grid(["208社会保障和就业支出|10.00|5.00"], 4, (10.0, 150.0, 200.0, 250.0))
    named = [line(title, 4)] if title else []
    assert errors(catalog, *FIRST, blank, *named, rest) == []
    assert errors(catalog, *FIRST, blank, line("2026年部门收入总表", 4), rest) == ["GJ101"]


@pytest.mark.parametrize("read", [False, True])
def test_a_fund_whose_table_was_not_understood_may_be_what_is_missing(catalog: Catalog, read: bool) -> None:
    def table(title: str, page: int, heads: str, amount: str) -> list[Paragraph | Table]:
        rows = [heads, f"|合计|{amount}|{amount}|", f"205|教育支出|{amount}|{amount}|"]
        return [line(title, page), line("单位：万元", page), grid(rows, page, EDGES)]

    blocks = [
        *table("2026年财政拨款支出预算表", 2, HEADS, "30.00"),
        *table("2026年一般公共预算支出预算表", 3, HEADS, "20.00"),
    ]
    funds = grid(["合计|10.00|10.00", "229其他支出|10.00|10.00"], 4, (10.0, 150.0, 200.0, 250.0))
    unread = [line("2026年政府性基金预算支出预算表", 4), line("单位：万元", 4), funds]
    assert errors(catalog, *blocks, *(() if read else unread)) == (["GJ307"] if read else [])


def test_a_fund_whose_table_has_figures_without_a_meaning_may_be_what_is_missing(catalog: Catalog) -> None:
    def table(title: str, page: int, *rows: str) -> list[Paragraph | Table]:
        return [line(title, page), line("单位：万元", page), grid(list(rows), page, EDGES)]

    blocks = [
        *table("2026年财政拨款支出预算表", 2, HEADS, "|合计|30.00|30.00|", "205|教育支出|30.00|30.00|"),
        *table("2026年一般公共预算支出预算表", 3, HEADS, "|合计|20.00|20.00|", "205|教育支出|20.00|20.00|"),
    ]
    unheard = "科目编码|科目名称|甲|乙|丙"
    funds = table(
        "2026年政府性基金预算支出预算表", 4, unheard, "|合计|10.00|10.00|", "229|其他支出|10.00|10.00|"
    )
    assert errors(catalog, *blocks, *funds) == []


@pytest.mark.parametrize("below", ["17", "- 17 -", "17 / 34", "第17页 共34页"])
def test_the_number_of_a_page_is_no_row_below_a_blank_table(catalog: Catalog, below: str) -> None:
    assert rules_of(catalog, *BLANK, line(below, 3)) == {"GJ503"}
    assert rules_of(catalog, *BLANK, line("2.00 1.00 1.00", 3)) == set()


BLANK = [
    line("某市教育局2025年度部门决算", 1),
    line("支出决算表", 2),
    grid([HEADS, "|合计|20.00|5.00|15.00", "205|教育支出|20.00|5.00|15.00"], 2, EDGES),
    line("财政拨款“三公”经费支出决算表", 3),
    grid(["合计|因公出国（境）费|公务接待费", "||"], 3, (10.0, 100.0, 200.0, 300.0)),
]


def rules_of(catalog: Catalog, *blocks: Paragraph | Table) -> set[str]:
    document = Document(Path("公开.pdf"), "pdf", [], list(blocks))
    return {f.rule for f in check_document(read_document(document, catalog), catalog)[1]}


def test_a_figure_too_wide_for_its_cell_is_told_and_nothing_is_summed_with_it(catalog: Catalog) -> None:
    def rows(amount: str) -> list[Paragraph | Table]:
        lines = [HEADS, "|合计|30.00|10.00|20.00", f"205|教育支出|20.00|{amount}|15.00"]
        return [
            line("某市教育局2025年度部门决算", 1),
            line("支出决算表", 2),
            grid([*lines, "208|社会保障和就业支出|10.00|5.00|5.00"], 2, EDGES),
        ]

    assert rules_of(catalog, *rows("4.00")) == {"GJ101"}
    assert rules_of(catalog, *rows("####")) == {"GJ702"}
    document = Document(Path("公开.pdf"), "pdf", [], rows("####"))
    (hidden,) = [w for t in read_document(document, catalog).tables for w in t.witnesses if w.fact is None]
    assert hidden.printed.presence is Presence.HIDDEN
    assert "列宽不够" in hidden.why


def test_an_item_on_top_of_a_page_is_not_taken_for_a_body(catalog: Catalog) -> None:
    """The class of the items stands on the page before, which could not be joined."""
    columns = (50.0, 150.0, 200.0, 250.0, 300.0)
    rows = ["支出项目类别|总计|财政拨款|单位资金", "差旅费|22.00|22.00|0.00", "公务用车运|4.40|4.40|0.00"]
    rest = grid([*rows, "对个人和家庭的补助|3.00|3.00|0.00"], 3, columns)
    blocks = [COVER, line("基本支出总表", 3), line("单位：万元", 3), rest]
    document = Document(Path("公开.pdf"), "pdf", [], blocks)
    read = read_document(document, catalog)
    bodies = {w.fact.member("agency_code") for t in read.tables for w in t.witnesses if w.fact is not None}
    assert "差旅费" not in bodies
    assert "公务用车运" not in bodies
