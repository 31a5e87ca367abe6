"""Formats without pages that a converter made from pages: pieces of tables, page numbers, and lines for paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.documents import Cell, Document, Paragraph, Place, Table
from gouji.facts import fact
from gouji.reading import Reading, read_document
from gouji.reading.prose import Sort, read_prose
from gouji.reading.wrapping import prose_lines
from printed_tables import stated

HEADS = "科目编码|科目名称|合计|基本支出|项目支出"
TOTAL = "|合计|30.00|10.00|20.00"
EDUCATION = "205|教育支出|10.00|10.00|"
SCIENCE = "206|科学技术支出|20.00||20.00"
SCIENCE_PROJECTS = fact("expenditure", exp_func_code="206", nature="project")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def line(text: str) -> Paragraph:
    return Paragraph(text, Place(None, None, "第1段"))


def grid(*rows: str, sheet: str = "") -> Table:
    cells = [
        Cell(text, r, c, 1, 1, Place(None, None, f"第{r + 1}行第{c + 1}列"))
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    ]
    return Table(
        len(rows), max(row.count("|") for row in rows) + 1, cells, Place(None, None, sheet), name=sheet
    )


def read(catalog: Catalog, *blocks: Paragraph | Table) -> Reading:
    return read_document(Document(Path("x.docx"), "docx", [], list(blocks)), catalog)


TITLE = (line("2026年部门支出总表"), line("单位：万元"))


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param([grid(HEADS, SCIENCE)], id="under the same heads"),
        pytest.param([line("— 7 —"), grid(SCIENCE)], id="with its data at once"),
        pytest.param([grid("207|文化旅游体育与传媒支出|||", SCIENCE)], id="with a blank row first"),
        pytest.param([*TITLE, grid(HEADS, SCIENCE)], id="under its title again"),
    ],
)
def test_a_piece_goes_on_with_the_table_before_it(catalog: Catalog, rest: list[Paragraph | Table]) -> None:
    reading = read(catalog, *TITLE, grid(HEADS, TOTAL, EDUCATION), *rest)
    assert len(reading.tables) == 1
    assert stated(reading)[SCIENCE_PROJECTS] == "20.00"
    assert reading.unrecognised == []


def test_running_heads_beside_page_numbers_part_no_table(catalog: Catalog) -> None:
    running = line("某市财政局2026年度部门预算公开")
    pieces = [grid(f"20{n}|科目{n}|1.00||1.00") for n in range(6, 9)]
    between = [block for piece in pieces for block in (line("- 1 -"), running, piece)]
    reading = read(catalog, *TITLE, grid(HEADS, TOTAL, EDUCATION), *between)
    assert len(reading.tables) == 1


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param([grid(HEADS, TOTAL, SCIENCE)], id="a total of its own"),
        pytest.param([line("新增资产配置情况"), grid("打印机|台|0.30|0.10|0.20")], id="words between"),
        pytest.param([grid("数量|单价|金额|资产|备注", "1|2.00|2.00|打印机|")], id="other heads"),
        pytest.param([grid("打印机|0.30|0.10|0.20|台")], id="words below figures"),
        pytest.param([grid("206|科学技术支出|20.00|20.00")], id="another width"),
    ],
)
def test_another_table_stays_another(catalog: Catalog, rest: list[Paragraph | Table]) -> None:
    reading = read(catalog, *TITLE, grid(HEADS, TOTAL, EDUCATION), *rest)
    assert len(reading.tables) + len(reading.unrecognised) == 2


def test_a_sheet_goes_on_without_its_blank_columns_and_with_its_page_numbers(catalog: Catalog) -> None:
    first = grid(
        "2026年部门支出总表||||", "单位：万元||||", HEADS, TOTAL, EDUCATION, "12||||", sheet="Sheet1"
    )
    second = grid("206|科学技术支出|20.00|20.00", "- 13 -|||", sheet="Sheet2")
    reading = read(catalog, first, second)
    assert len(reading.tables) == 1
    assert stated(reading)[fact("expenditure", exp_func_code="206", nature="basic")] == "20.00"
    assert all(code.code != "12" for code in reading.tables[0].codes)


def test_words_above_a_title_in_a_sheet_are_passed_over(catalog: Catalog) -> None:
    first = grid("第二部分||||", "2026年部门支出总表||||", "单位：万元||||", HEADS, TOTAL, sheet="Sheet1")
    assert [table.title for table in read(catalog, first).tables] == ["2026年部门支出总表"]


def test_lines_that_stop_within_sentences_are_paragraphs_again() -> None:
    sentence = (
        "本部门二〇二六年收入预算合计三十万元，其中一般公共预算拨款收入三十万元，占全部收入的百分之一百。"
    )
    told = [sentence[start : start + 25] for _ in range(12) for start in range(0, len(sentence), 25)]
    lines = [line(text) for text in told]
    passages = read_prose(Document(Path("x.docx"), "docx", [], [*lines]))
    assert {passage.text for passage in passages if passage.sort is Sort.TEXT} == {sentence}


def test_whole_paragraphs_stay_apart() -> None:
    paragraphs = [
        line(f"第{n}项工作已经按照年初确定的计划全部完成，资金使用符合有关规定。") for n in range(30)
    ]
    assert len(read_prose(Document(Path("x.docx"), "docx", [], [*paragraphs]))) == 30


def test_long_titles_of_tables_are_no_lines_of_a_page() -> None:
    titles = [
        f"一般公共预算基本支出分类表第{n}部分（商品和服务支出）（按政府预算经济分类）" for n in range(10)
    ]
    told = [f"第{n}项工作已经按照年初确定的计划全部完成，资金使用符合有关规定。" for n in range(15)]
    document = Document(Path("x.docx"), "docx", [], [line(text) for text in (*titles, *told)])
    assert not any(one.wrapped for one in prose_lines(document, frozenset()))


def test_the_first_line_of_a_paragraph_is_shorter_by_its_indent() -> None:
    first, rest = (
        "本单位二〇二六年收支总预算三十万元，其中本年收",
        "入预算合计三十万元，全部为一般公共预算拨款收入，与上年一样。",
    )
    lines = [line(text) for _ in range(12) for text in (first, rest[:26], rest[26:])]
    passages = read_prose(Document(Path("x.docx"), "docx", [], [*lines]))
    assert {passage.text for passage in passages} == {first + rest}


def test_spending_of_the_year_is_no_total_below_a_heading_of_both(catalog: Catalog) -> None:
    reading = read(
        catalog, line("某市财政局2026年单位预算"), line("（一）收支预算情况说明"),
        line("本单位收支总预算30.00万元。本年支出预算20.00万元，结转下年10.00万元。"),
    )  # fmt: skip
    told = {s.words: s.fact for t in reading.told for s in t.statements}
    assert told == {
        "本单位收支总预算": fact("total_in"),
        "本年支出预算": fact("expenditure"),
        "结转下年": fact("carryover_end"),
    }


FORM_HEADS = "一级指标|二级指标|三级指标|指标值|分值（90）"


def form(*rows: str, wide: bool = False) -> Table:
    """Rows of a form of five columns; in the wide one the third head spans two of six."""
    table = grid(*rows)
    if not wide:
        return table
    cells = [
        cell._replace(col=cell.col + (cell.col > 2), col_span=2 if cell.col == 2 else 1)
        for cell in table.cells
    ]
    return Table(table.n_rows, 6, cells, table.place)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_form_goes_on_in_the_next_table(catalog: Catalog, wide: bool, repeated: bool) -> None:
    heading = line("教学改革项目绩效目标表")
    name = "项目名称|教学改革项目|||"
    first = form(name, FORM_HEADS, "产出指标|数量指标|建设课程数|≥20门|50", wide=wide)
    rest = ["||新增教材数|≥7个|30", "满意度指标|服务对象满意度指标|学生满意度|≥95%|10"]
    second = grid(*([FORM_HEADS] if repeated else []), *rest)
    reading = read(catalog, line("某大学2026年单位预算"), heading, first, line("— 1 6 —"), second)
    (one,) = reading.performance
    assert [indicator.name for indicator in one.indicators] == ["建设课程数", "新增教材数", "学生满意度"]
    assert [indicator.weight and indicator.weight.value for indicator in one.indicators] == [50, 30, 10]
    assert [indicator.level1 for indicator in one.indicators] == ["产出指标", "产出指标", "满意度指标"]


def test_sheets_of_other_names_are_tables_of_their_own(catalog: Catalog) -> None:
    first = grid("2026年部门支出总表||||", "单位：万元||||", HEADS, TOTAL, EDUCATION, sheet="甲单位")
    second = grid("2026年部门支出总表||||", "单位：万元||||", HEADS, SCIENCE, sheet="乙单位")
    assert len(read(catalog, first, second).tables) == 2


def test_a_title_on_every_page_is_no_running_head(catalog: Catalog) -> None:
    pieces = [grid(HEADS, f"20{n}|科目{n}|1.00||1.00") for n in range(6, 9)]
    blocks = [
        block
        for piece in pieces
        for block in (line("- 1 -"), line("2026年部门支出总表"), line("单位：万元"), piece)
    ]
    assert [table.title for table in read(catalog, *blocks).tables] == ["2026年部门支出总表"]


def test_a_row_that_lacks_columns_says_no_total_again(catalog: Catalog) -> None:
    short = grid(HEADS, TOTAL, "|江州市财政局|30.00|10.00|20.00")
    cells = [cell for cell in short.cells if (cell.row, cell.col) != (2, 4)]
    reading = read(catalog, *TITLE, Table(short.n_rows, short.n_cols, cells, short.place))
    assert stated(reading)[fact("expenditure")] == "30.00"
