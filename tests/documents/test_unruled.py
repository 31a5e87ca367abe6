"""Tables without lines between their cells: what stands below each other is a column, running text is none."""

from __future__ import annotations

import pytest

from gouji.documents.glyphs import Run
from gouji.documents.ruling import Grid
from gouji.documents.unruled import Aligned, unruled

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
    return table_of(*printed).grid


def table_of(*printed: tuple[float, list[tuple[float, str]]]) -> Aligned:
    (table,) = unruled(lines(*printed))
    return table


def texts(table: Aligned) -> list[list[str]]:
    """The words of each row, cell by cell."""
    rows: list[list[str]] = [[] for _ in range(table.grid.n_rows)]
    for number, cell in enumerate(table.grid.cells):
        rows[cell.row].append("".join(run.text for run in table.cells.get(number, [])))
    return rows


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


def test_two_figures_are_not_enough() -> None:
    assert unruled(lines((40.0, [(50.0, "教育支出"), (300.0, "30.00"), (400.0, "10.00")]))) == []


def test_a_head_over_several_columns_stands_in_their_middle() -> None:
    heads = [
        (20.0, [(140.0, "项目"), (430.0, "本年支出")]),
        (
            40.0,
            [(50.0, "编码"), (170.0, "科目名称"), (320.0, "合计"), (420.0, "基本支出"), (540.0, "项目支出")],
        ),
    ]
    body = [
        (60.0 + 20 * n, [(50.0, "205"), (110.0, name), (330.0, "30.00"), (430.0, "10.00"), (550.0, "20.00")])
        for n, name in enumerate(["教育支出", "普通教育", "初中教育", "高中教育"])
    ]
    table = table_of(*heads, *body)
    assert table.clear
    spans = {(c.row, c.col): c.col_span for c in table.grid.cells if c.col_span > 1}
    assert spans == {(0, 0): 2, (0, 2): 3}


def test_a_column_of_blanks_is_known_by_its_head() -> None:
    heads = (
        40.0,
        [(50.0, "编码"), (140.0, "科目名称"), (290.0, "合计"), (345.0, "上级补助"), (420.0, "经营收入")],
    )
    body = [
        (60.0 + 20 * n, [(50.0, "205"), (120.0, name), (285.0, "30.00"), (425.0, "10.00")])
        for n, name in enumerate(["教育支出", "普通教育", "初中教育", "高中教育"])
    ]
    table = table_of(heads, *body)
    assert table.clear
    assert texts(table)[1] == ["205", "教育支出", "30.00", "", "10.00"]


def test_heads_that_could_stand_over_several_columns_are_one_cell() -> None:
    heads = [(20.0, [(330.0, "支出")]), (40.0, [(50.0, "编码"), (140.0, "科目名称")])]
    table = table_of(
        *heads, *[(d + 20, pieces) for d, pieces in rows("教育支出", "普通教育", "初中教育", "高中教育")]
    )
    assert not table.clear
    assert len(texts(table)[0]) == 1


def test_a_table_goes_on_in_the_columns_of_the_page_before() -> None:
    """Its last column is blank on the second page."""
    before = table_of(HEADS, *rows("教育支出", "普通教育", "初中教育", "高中教育"))
    body = [(d, pieces[:-1]) for d, pieces in rows("职业教育", "中等职业教育")]
    (table,) = unruled(lines(*body), (), before)
    assert table.edges == before.edges
    assert texts(table)[0] == ["205", "职业教育", "30.00", "10.00", ""]


def test_a_title_between_ends_the_table_of_the_page_before() -> None:
    before = table_of(HEADS, *rows("教育支出", "普通教育", "初中教育", "高中教育"))
    unit = (20.0, [(450.0, "单位：万元")])
    (table,) = unruled(lines(unit, *rows("职业教育", "中等职业教育")), (), before)
    assert table.edges != before.edges


def test_what_begins_with_an_ordinal_is_a_row_of_its_own() -> None:
    """A row without figures is not the second line of the name above it."""
    own = [
        (60.0, [(100.0, "一、财政拨款收入"), (300.0, "30.00")]),
        (76.0, [(100.0, "其中：政府性基金预算"), (300.0, "10.00")]),
        (92.0, [(100.0, "二、上级补助收入")]),
        (108.0, [(100.0, "三、事业收入"), (300.0, "20.00")]),
        (124.0, [(100.0, "四、经营收入"), (300.0, "20.00")]),
    ]
    table = table_of((40.0, [(100.0, "项目收入来源名"), (290.0, "决算数")]), *own)
    assert ["二、上级补助收入", ""] in texts(table)


def test_rows_that_do_not_keep_to_the_columns_make_the_table_above_them_doubtful() -> None:
    """Nothing but a long text stands between: it is one table, of which only the first rows could be read."""
    text = (
        150.0,
        [
            (
                100.0,
                "做好后勤保障工作，确保接待大厅正常运转，为群众以及工作人员提供安全、有序的办公场所和服务。",
            )
        ],
    )
    beside = [
        (
            170.0 + 20 * number,
            [(90.0, "一个项目的名称"), (330.0, "30.00"), (440.0, "10.00"), (560.0, "20.00")],
        )
        for number in range(3)
    ]
    printed = [HEADS, *rows("教育支出", "普通教育", "初中教育", "高中教育"), text, *beside]
    assert [table.clear for table in unruled(lines(*printed))] == [False, False]
    assert unruled(lines(*printed[:5]))[0].clear


def test_the_numbers_of_rows_share_their_head_with_no_other_column() -> None:
    heads = (40.0, [(40.0, "序号"), (130.0, "单位编码"), (230.0, "项目名称"), (400.0, "项目金额")])
    own = [
        (60 + 20.0 * number, [(45.0, str(number + 1)), (70.0, "1"), (230.0, "某项目"), (400.0, "30.00")])
        for number in range(5)
    ]
    assert not any(table.clear for table in unruled(lines(heads, *own)))
