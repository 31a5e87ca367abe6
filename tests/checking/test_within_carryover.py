"""Budgets of funds that leave out what was carried over: GJ307 asks of them only what then has to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check_document
from gouji.documents import Document, Paragraph, Table
from gouji.reading import read_document
from printed_tables import grid, line

EDGES = (10.0, 50.0, 150.0, 200.0, 250.0, 300.0)
HEADS = "科目编码|科目名称|合计|基本支出|项目支出"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def listed(title: str, page: int, education: str, health: str, total: str) -> list[Paragraph | Table]:
    rows = [
        HEADS,
        f"|合计|{total}||{total}",
        f"205|教育支出|{education}||{education}",
        f"210|卫生健康支出|{health}||{health}",
    ]
    return [line(title, page), line("单位：万元", page), grid(rows, page, EDGES)]


def found(catalog: Catalog, education: str, health: str, total: str, carried: str = "30.00") -> list[str]:
    """What GJ307 says where 130.00 are spent of the treasury's money, 70.00 on 205 and 60.00 on 210."""
    summary = grid(
        [
            "收入|收入|支出|支出",
            "项目|预算数|项目|预算数",
            "一、本年收入|100.00|一、本年支出|130.00",
            f"二、上年结转|{carried}|二、结转下年|",
            "收入总计|130.00|支出总计|130.00",
        ],
        2,
        (10.0, 100.0, 150.0, 250.0, 300.0),
    )
    blocks: list[Paragraph | Table] = [
        line("某市教育局2026年部门预算", 1),
        line("2026年财政拨款收支总表", 2),
        line("单位：万元", 2),
        summary,
        *listed("2026年财政拨款支出预算表", 3, "70.00", "60.00", "130.00"),
        *listed("2026年一般公共预算支出预算表", 4, education, health, total),
    ]
    document = Document(Path("公开.pdf"), "pdf", [], blocks)
    _, findings = check_document(read_document(document, catalog), catalog)
    return [finding.title for finding in findings if finding.rule == "GJ307"]


def test_tables_of_this_years_money_alone_are_right(catalog: Catalog) -> None:
    assert found(catalog, "60.00", "40.00", "100.00") == []


def test_a_part_is_never_more_than_all(catalog: Catalog) -> None:
    assert found(catalog, "75.00", "25.00", "100.00")


def test_what_is_missing_is_never_more_than_was_carried_over(catalog: Catalog) -> None:
    assert found(catalog, "35.00", "60.00", "95.00")


def test_tables_of_all_money_are_held_to_the_figure(catalog: Catalog) -> None:
    assert found(catalog, "65.00", "65.00", "130.00")
