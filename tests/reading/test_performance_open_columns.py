"""A level whose merged cell goes on over a whole page, with no line around it: its words stand beside the table."""

from __future__ import annotations

from pathlib import Path

from gouji.catalog import load_catalog
from gouji.documents import Box, Cell, Document, Paragraph, Place, Table
from gouji.reading import read_document

CATALOG = load_catalog()
EDGES = (50.0, 100.0, 200.0, 400.0, 500.0)


def cell(page: int, row: int, col: int, text: str, high: int = 1) -> Cell:
    box = Box(EDGES[col], row * 20.0, EDGES[col + 1], (row + high) * 20.0)
    return Cell(text, row, col, high, 1, Place(page, box, f"第{page}页"), 0)


def table(page: int, cells: list[Cell], rows: int) -> Table:
    left = min(c.place.box.x0 for c in cells if c.place.box is not None)
    place = Place(page, Box(left, 0.0, EDGES[-1], rows * 20.0), f"第{page}页")
    return Table(rows, 4, cells, place, EDGES)


def words(page: int, text: str, x0: float, y0: float) -> Paragraph:
    return Paragraph(text, Place(page, Box(x0, y0, x0 + 9.0 * len(text), y0 + 9.0), f"第{page}页"))


def read(*beside: Paragraph) -> list[tuple[str, str, str]]:
    """A first page with heads whose level is blank to the end, and a second one without its first column."""
    heads = [cell(1, 0, col, text) for col, text in enumerate(["一级指标", "二级指标", "三级指标", "指标值"])]
    first = [cell(1, 1, 0, "", 2), cell(1, 1, 1, "数量指标", 2)]
    first += [cell(1, 1, 2, "讲座"), cell(1, 1, 3, "≥5场"), cell(1, 2, 2, "展览"), cell(1, 2, 3, "≥2场")]
    second = [cell(2, 0, 1, "质量指标", 2), cell(2, 0, 2, "准确率"), cell(2, 0, 3, "≥95%")]
    second += [cell(2, 1, 2, "合格率"), cell(2, 1, 3, "≥98%")]
    title = Paragraph("项目支出绩效目标表", Place(1, Box(50.0, -40.0, 200.0, -30.0), "第1页"))
    blocks = [title, table(1, [*heads, *first], 3), table(2, second, 2), *beside]
    (form,) = read_document(Document(Path("预算.pdf"), "pdf", [], blocks), CATALOG).performance
    return [(i.level1, i.level2, i.name) for i in form.indicators]


def test_words_beside_the_table_name_the_level_of_both_pages() -> None:
    assert read(words(2, "产出指标", 55.0, 15.0)) == [
        ("产出指标", "数量指标", "讲座"), ("产出指标", "数量指标", "展览"), ("产出指标", "质量指标", "准确率"), ("产出指标", "质量指标", "合格率"),
    ]  # fmt: skip


def test_words_on_several_lines_are_one_level() -> None:
    assert {level for level, _, _ in read(words(2, "产出", 60.0, 10.0), words(2, "指标", 60.0, 20.0))} == {
        "产出指标"
    }


def test_other_words_name_nothing() -> None:
    assert {level for level, _, _ in read(words(2, "第2页", 55.0, 15.0))} == {""}
    assert {level for level, _, _ in read(words(2, "产出指标", 55.0, 300.0))} == {""}


def test_a_total_that_a_page_break_left_alone_is_that_of_the_form() -> None:
    heads = [cell(1, 0, col, text) for col, text in enumerate(["三级指标", "指标值", "分值", "得分"])]
    row = [cell(1, 1, 0, "讲座"), cell(1, 1, 1, "≥5场"), cell(1, 1, 2, "100"), cell(1, 1, 3, "90")]
    box = Box(EDGES[0], 0.0, EDGES[2], 20.0)
    total = Cell("总分", 0, 0, 1, 2, Place(2, box, "第2页"), 0)
    alone = [total, cell(2, 0, 2, "100"), cell(2, 0, 3, "90")]
    title = Paragraph("项目支出绩效自评表", Place(1, Box(50.0, -40.0, 200.0, -30.0), "第1页"))
    blocks = [title, table(1, [*heads, *row], 2), table(2, alone, 1)]
    (form,) = read_document(Document(Path("自评.pdf"), "pdf", [], blocks), CATALOG).performance
    assert form.total_score is not None
    assert form.total_score.text == "90"
