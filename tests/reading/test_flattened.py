"""Tables pasted as lines of text: no figure is lost, whether its column can be told or not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.documents.opening import open_document
from gouji.facts import Status, Witness, fact
from gouji.reading import read_document

HEADS = """某市某局2024年度部门决算

一般公共预算财政拨款支出决算表
公开05表
部门：某市某局 金额单位：万元
项目 本年支出
功能分类科目编码 科目名称 小计 基本支出 项目支出
栏次 1 2 3
合计 30.00 10.00 20.00
"""


def witnesses(tmp_path: Path, rows: str) -> list[Witness]:
    path = tmp_path / "pasted.txt"
    path.write_text(
        HEADS + rows + "\n注：本表反映部门本年度一般公共预算财政拨款支出情况。\n", encoding="utf-8"
    )
    reading = read_document(open_document(path), load_catalog())
    assert reading.document.layout == "flat"
    return list(reading.witnesses)


def test_a_row_with_more_figures_than_columns_keeps_all_of_them(tmp_path: Path) -> None:
    """And the rows around it keep their columns."""
    found = witnesses(tmp_path, "205 教育支出 12.00 4.00 8.00 9.99\n206 科学技术支出 18.00 6.00 12.00\n")
    overfull = [w for w in found if w.row_code == "205"]
    assert [w.printed.value for w in overfull] == [Decimal(n) for n in ("12.00", "4.00", "8.00", "9.99")]
    assert {w.status for w in overfull} == {Status.UNBOUND}
    assert all(w.why for w in overfull)
    basic = fact("expenditure", fund_type_code="general", exp_func_code="206", nature="basic")
    assert [w.printed.text for w in found if w.fact == basic and w.status is Status.BOUND] == ["6.00"]


@pytest.mark.parametrize("line", ["科目不明的一行 1.23 4.56", "小计 1.23 注 4.56"])
def test_amounts_of_a_line_that_is_no_row_are_kept(tmp_path: Path, line: str) -> None:
    found = witnesses(tmp_path, f"205 教育支出 30.00 10.00 20.00\n{line}\n")
    assert {w.printed.text for w in found if w.status is Status.UNBOUND} == {"1.23", "4.56"}


def test_words_behind_the_figures_take_none_of_them_away(tmp_path: Path) -> None:
    found = witnesses(tmp_path, "205 教育支出 30.00 10.00 20.00 含结转\n")
    assert [w.printed.text for w in found if w.row_code == "205"] == ["30.00", "10.00", "20.00"]
