"""Tables without lines between their cells: what stands below each other is a column, running text is none."""

from __future__ import annotations

import pytest

from gouji.documents.glyphs import Run
from gouji.documents.ruling import Grid
from gouji.documents.unruled import unruled

SIZE = 10.0


def run(text: str, x0: float, baseline: float) -> Run:
    """A piece of text, a full-width sign as wide as the font size, others half as wide."""
    boxes: list[tuple[float, float, float, float]] = []
    x = x0
    for char in text:
        wide = SIZE / 2 if char.isascii() else SIZE
        boxes.append((x, baseline, x + wide, baseline + SIZE))
        x += wide
    return Run(text, x0, x, baseline, SIZE, boxes)


def lines(*printed: tuple[float, list[tuple[float, str]]]) -> list[list[Run]]:
    return [[run(text, x, 800 - depth) for x, text in pieces] for depth, pieces in printed]


def grid_of(*printed: tuple[float, list[tuple[float, str]]]) -> Grid:
    (grid,) = unruled(lines(*printed))
    return grid


def rows(*names: str) -> list[tuple[float, list[tuple[float, str]]]]:
    return [
        (60 + 20 * number, [(50, "205"), (100, name), (300, "30.00"), (400, "10.00"), (500, "20.00")])
        for number, name in enumerate(names)
    ]


HEADS = (40.0, [(50.0, "编码"), (100.0, "科目名称"), (300.0, "合计"), (400.0, "基本"), (500.0, "项目")])


def test_figures_below_each_other_make_columns_and_the_line_above_is_their_head() -> None:
    grid = grid_of(HEADS, *rows("教育支出", "普通教育", "初中教育", "高中教育"))
    assert (grid.n_rows, grid.n_cols) == (5, 5)
    assert grid.xs[2] < 300 < grid.xs[3]


def test_a_wrapped_name_stays_with_its_figures() -> None:
    """Its lines stand above and below the line of the figures."""
    wrapped = [
        (136.0, [(100.0, "机关事业单位基本养老")]),
        (141.0, [(50.0, "205"), (300.0, "30.00"), (400.0, "10.00"), (500.0, "20.00")]),
        (146.0, [(100.0, "保险缴费支出")]),
    ]
    grid = grid_of(HEADS, *rows("教育支出", "普通教育", "初中教育", "高中教育"), *wrapped)
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_a_title_and_a_line_with_the_unit_are_no_heads() -> None:
    above = [(5.0, [(200.0, "支出决算表")]), (20.0, [(50.0, "部门：某局"), (450.0, "单位：万元")])]
    grid = grid_of(*above, HEADS, *rows("教育支出", "普通教育", "初中教育", "高中教育"))
    assert grid.n_rows == 5


@pytest.mark.parametrize(
    "pieces",
    [
        [(50.0, "2024年收入30.00万元，比上年增加10.00万元")],
        [(50.0, "收入30.00万元"), (300.0, "支出20.00万元")],
        [(50.0, "30.00"), (80.0, "10.00")],
    ],
)
def test_running_text_is_no_table(pieces: list[tuple[float, str]]) -> None:
    assert unruled(lines(*[(20.0 * number, pieces) for number in range(8)])) == []


def test_three_lines_are_not_enough() -> None:
    assert unruled(lines(HEADS, *rows("教育支出", "普通教育", "初中教育"))) == []
