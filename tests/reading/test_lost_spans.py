"""Tables as lines of cells: which blank place a head covered, and where a cell must have been lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.documents.opening import open_document
from gouji.facts import Status, fact
from gouji.reading import Reading, read_document
from gouji.reading.lost_spans import covered, misplaced

HEADS = [["科目", "", "总计", "基本", "", "项目"], ["类", "款", "", "合计", "工资", ""]]


def is_total(text: str) -> bool:
    return text == "合计"


def is_key(text: str) -> bool:
    return text in ("类", "款")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_a_head_covers_the_blank_places_above_other_heads() -> None:
    found = covered(HEADS)
    assert found == {(0, 1): "科目", (0, 4): "基本"}
    assert not misplaced(HEADS, found, is_total, is_key)


def test_a_head_does_not_reach_beyond_the_head_above_it() -> None:
    heads = [["收入", "", "支出", ""], ["本年", "", "", "本年"], ["a", "b", "c", "d"]]
    assert covered(heads) == {(0, 1): "收入", (0, 3): "支出", (1, 1): "本年"}


@pytest.mark.parametrize(
    "heads",
    [
        # The head covers others and has nothing below itself.
        [["基金", "", "项目"], ["", "合计", ""]],
        # The total of the next group is below this one.
        [["收入", "", "", "结转"], ["小", "其他", "合计", "一般"]],
        # Key columns below a head of amounts.
        [["科目", "基本", "", ""], ["", "工资", "类", "款"]],
    ],
)
def test_heads_that_cannot_stand_there(heads: list[list[str]]) -> None:
    assert misplaced(heads, covered(heads), is_total, is_key)


def read(tmp_path: Path, catalog: Catalog, body: str) -> Reading:
    path = tmp_path / "budget.txt"
    path.write_text(f"2025年单位预算公开表\n\n{body}", encoding="utf-8")
    return read_document(open_document(path), catalog)


EXPENDITURE = """支出总表
单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出\t事业单位经营支出\t上缴上级支出\t对附属单位补助支出
\t合计\t30.00\t10.00\t20.00\t\t\t
104\t某省某厅\t30.00\t10.00\t20.00\t\t\t
104012\t某省某中心\t30.00\t10.00\t20.00\t\t\t
206\t科学技术支出\t30.00\t10.00\t20.00\t\t\t
03\t应用研究\t30.00\t10.00\t20.00\t\t\t
2060301\t机构运行\t30.00\t10.00\t20.00\t\t\t
"""


def test_bodies_are_told_by_their_code_and_a_short_code_by_the_one_above(
    tmp_path: Path, catalog: Catalog
) -> None:
    (table,) = read(tmp_path, catalog, EXPENDITURE).tables
    totals = [witness.fact for witness in table.witnesses if witness.column == "合计"]
    assert totals == [
        fact("expenditure"),
        fact("expenditure", agency_code="某省某厅"),
        fact("expenditure", agency_code="某省某中心"),
        fact("expenditure", exp_func_code="206"),
        fact("expenditure", exp_func_code="20603"),
        fact("expenditure", exp_func_code="2060301"),
    ]


def test_a_row_that_contradicts_its_sums_makes_the_columns_uncertain(
    tmp_path: Path, catalog: Catalog
) -> None:
    row = "2060301\t机构运行\t30.00\t10.00\t20.00\t\t\t"
    assert row in EXPENDITURE
    shifted = EXPENDITURE.replace(row, "2060301\t机构运行\t30.00\t\t10.00\t25.00\t\t")
    (table,) = read(tmp_path, catalog, shifted).tables
    assert {witness.status for witness in table.witnesses} == {Status.AMBIGUOUS}
    assert "没有对齐" in table.why
