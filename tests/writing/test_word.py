"""The Word document as Word reads it."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from sample_book import BODY

from gouji.writing import Disclosure, word


def test_every_form_is_a_real_table_with_its_heading(disclosure: Disclosure) -> None:
    document = docx.Document(io.BytesIO(word(disclosure)))
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert titles == [table.form.title for table in disclosure.tables]
    assert len(document.tables) == 9
    for table, printed in zip(disclosure.tables, document.tables, strict=True):
        assert len(printed.rows) == table.grid.n_rows
        assert len(printed.columns) == table.grid.n_cols
    assert f"部门：{BODY}\t单位：万元" in [p.text for p in document.paragraphs]


def test_cells_stand_where_the_form_has_them(disclosure: Disclosure) -> None:
    document = docx.Document(io.BytesIO(word(disclosure)))
    for table, printed in zip(disclosure.tables, document.tables, strict=True):
        rows = [row.cells for row in printed.rows]
        for cell in table.cells:
            spot = cell.spot
            for row in range(spot.row, spot.row + spot.row_span):
                for column in range(spot.col, spot.col + spot.col_span):
                    assert rows[row][column].text == cell.text


def test_head_rows_repeat_and_rows_stay_whole(disclosure: Disclosure) -> None:
    document = docx.Document(io.BytesIO(word(disclosure)))
    for table, printed in zip(disclosure.tables, document.tables, strict=True):
        repeated = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in printed.rows]
        heads = table.grid.head_rows
        assert repeated == [True] * heads + [False] * (len(repeated) - heads)
        assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in printed.rows)


def test_wide_forms_lie_on_their_side(disclosure: Disclosure) -> None:
    document = docx.Document(io.BytesIO(word(disclosure)))
    landscape = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert landscape == [False, False, True, False, True, False, True, False, False, True]


def test_the_cover_says_whose_and_when_and_lists_the_forms(disclosure: Disclosure) -> None:
    paragraphs = [p.text for p in docx.Document(io.BytesIO(word(disclosure))).paragraphs]
    assert paragraphs[: 3 + len(disclosure.tables)] == [*disclosure.cover, "目录", *disclosure.contents]


def test_the_body_ends_in_a_paragraph_before_its_section(disclosure: Disclosure) -> None:
    body = docx.Document(io.BytesIO(word(disclosure))).element.body
    assert [child.tag for child in body][-2:] == [qn("w:p"), qn("w:sectPr")]


def test_chinese_type_is_named(disclosure: Disclosure) -> None:
    fonts = docx.Document(io.BytesIO(word(disclosure))).styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"


def test_no_member_carries_the_time_of_writing(disclosure: Disclosure) -> None:
    with zipfile.ZipFile(io.BytesIO(word(disclosure))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-12-31T00:00:00Z" in archive.read("docProps/core.xml")


def test_figures_are_no_chinese_text_and_stay_whole(disclosure: Disclosure) -> None:
    """LibreOffice breaks a line of Chinese anywhere, and set 202 and 5年 on two lines."""
    styles = docx.Document(io.BytesIO(word(disclosure))).styles["Normal"].element.xml
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in styles


def test_lines_of_cells_are_as_high_as_their_type_whatever_the_face(disclosure: Disclosure) -> None:
    spacing = docx.Document(io.BytesIO(word(disclosure))).element.body.xpath("//w:tc/w:p/w:pPr/w:spacing")
    assert {element.get(qn("w:lineRule")) for element in spacing} == {"exact"}


def test_a_text_of_several_lines_keeps_off_the_rules(disclosure: Disclosure) -> None:
    document = docx.Document(io.BytesIO(word(disclosure)))
    white: dict[str, set[int]] = {}
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                before = cell._tc.p_lst[0].pPr.find(qn("w:spacing")).get(qn("w:before"))
                white.setdefault(cell.text, set()).add(int(before))
    assert 30 in white["对附属单位补助支出"]
    assert white["合计"] == {0}
