"""Rows of bodies, told by their codes, in a table as lines of cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.documents.opening import open_document
from gouji.facts import fact
from gouji.reading import Reading, read_document


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


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


def test_a_department_and_its_own_part_of_one_name_are_two(tmp_path: Path, catalog: Catalog) -> None:
    """245 is the department with all below it, 245001 its own part; only the code tells."""
    table = """支出总表
单位：万元

单位编码\t单位名称\t合计\t基本支出\t项目支出
\t合计\t30.00\t10.00\t20.00
245\t某市某局\t30.00\t10.00\t20.00
245001\t某市某局\t18.00\t8.00\t10.00
245002\t某市某中心\t12.00\t2.00\t10.00
"""
    reading = read(tmp_path, catalog, table)
    found = {w.fact: w.printed.text for w in reading.witnesses}
    assert found[fact("expenditure", agency_code="某市某局")] == "30.00"
    assert found[fact("expenditure", agency_code="某市某局（本级）")] == "18.00"
    assert {w.row_label for w in reading.witnesses} == {"合计", "某市某局", "某市某中心"}
