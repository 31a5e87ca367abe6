"""Levels that a page break cut off before their words."""

from __future__ import annotations

from pathlib import Path

from gouji.catalog import load_catalog
from gouji.documents import Box, Cell, Document, Page, Paragraph, Place, Table
from gouji.performance import PerformanceForm
from gouji.reading.performance import read_performance

CATALOG = load_catalog()
EDGES = (50.0, 100.0, 160.0, 300.0, 400.0)


def piece(page: int, cells: list[tuple[str, int, int, int]], rows: int) -> Table:
    """A piece of a form; cells are (text, row, column, height)."""

    def cell(text: str, row: int, col: int, tall: int) -> Cell:
        box = Box(EDGES[col], 100 + 20 * row, EDGES[col + 1], 100 + 20 * (row + tall))
        return Cell(text, row, col, tall, 1, Place(page, box, ""))

    return Table(rows, 4, [cell(*each) for each in cells], Place(page, None, ""), EDGES)


def read(*blocks: Paragraph | Table) -> PerformanceForm:
    pages = [Page(number, 600, 800) for number in (1, 2, 3)]
    title = Paragraph("项目支出绩效目标表", Place(1, Box(50, 50, 400, 70), ""))
    (form,) = read_performance(Document(Path("表.pdf"), "pdf", pages, [title, *blocks]), CATALOG, "表.pdf")[0]
    return form


HEADS = [("一级指标", 0, 0, 1), ("二级指标", 0, 1, 1), ("三级指标", 0, 2, 1), ("指标值", 0, 3, 1)]


def test_the_next_page_names_them() -> None:
    form = read(
        piece(1, [*HEADS, ("", 1, 0, 2), ("数量指标", 1, 1, 1), ("场次", 1, 2, 1), ("≥3场", 1, 3, 1),
                  ("", 2, 1, 1), ("合格率", 2, 2, 1), ("≥90%", 2, 3, 1)], 3),
        piece(2, [("产出指标", 0, 0, 2), ("质量指标", 0, 1, 1), ("完好率", 0, 2, 1), ("≥95%", 0, 3, 1),
                  ("", 1, 1, 1), ("优秀率", 1, 2, 1), ("≥40%", 1, 3, 1)], 2),
    )  # fmt: skip
    assert [(i.name, i.level1, i.level2) for i in form.indicators] == [
        ("场次", "产出指标", "数量指标"), ("合格率", "产出指标", "质量指标"), ("完好率", "产出指标", "质量指标"),
        ("优秀率", "产出指标", ""),
    ]  # fmt: skip


def test_a_level_that_its_category_contradicts_is_not_taken() -> None:
    form = read(
        piece(1, [*HEADS, ("", 1, 0, 1), ("数量指标", 1, 1, 1), ("场次", 1, 2, 1), ("≥3场", 1, 3, 1)], 2),
        piece(2, [("效益指标", 0, 0, 1), ("社会效益指标", 0, 1, 1), ("受众", 0, 2, 1), ("≥9人", 0, 3, 1)], 1),
        piece(3, [("", 0, 0, 1), ("服务对象满意度指标", 0, 1, 1), ("观众满意度", 0, 2, 1), ("≥90%", 0, 3, 1)], 1),
    )  # fmt: skip
    assert [(i.level1, i.level) for i in form.indicators] == [
        ("", "output"), ("效益指标", "benefit"), ("", "satisfaction"),
    ]  # fmt: skip


def test_a_level_whose_words_are_lost_is_not_made_up() -> None:
    """The cost rows begin on one page and end on the next, and neither prints their category."""
    form = read(
        piece(1, [*HEADS, ("产出指标", 1, 0, 2), ("时效指标", 1, 1, 1), ("工期", 1, 2, 1), ("≤30天", 1, 3, 1),
                  ("", 2, 1, 1), ("场租", 2, 2, 1), ("≤5万元", 2, 3, 1)], 3),
        piece(2, [("", 0, 0, 1), ("", 0, 1, 1), ("印刷费", 0, 2, 1), ("≤2万元", 0, 3, 1),
                  ("效益指标", 1, 0, 1), ("社会效益指标", 1, 1, 1), ("受众", 1, 2, 1), ("≥9人", 1, 3, 1)], 2),
    )  # fmt: skip
    assert [(i.name, i.level1, i.level2) for i in form.indicators][1:3] == [
        ("场租", "产出指标", ""), ("印刷费", "产出指标", ""),
    ]  # fmt: skip
