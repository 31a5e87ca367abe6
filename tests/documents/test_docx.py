"""Reading Word files: every trap is written as the XML that Word writes."""

import zipfile
from pathlib import Path

import docx
import pytest
from tiling import tiles

from gouji.documents import Document, Paragraph, Table, UnreadableFile
from gouji.documents.docx import read_docx

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def written(folder: Path, body: str, **parts: str) -> Path:
    """A .docx with this body; further parts (``styles``, ``footnotes``) are given by their name."""
    path = folder / "sample.docx"
    links = "".join(
        f'<Relationship Id="r{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in parts
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{content}</w:{name}>")
    return path


def read(folder: Path, body: str, **parts: str) -> Document:
    return read_docx(written(folder, body, **parts))


def p(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def spans(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in table.cells]


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    source = docx.Document()
    source.add_heading("第一部分 概况")
    source.add_paragraph("一、主要职能")
    table = source.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "支出"
    table.cell(2, 2).text = "361.46"
    source.add_paragraph("注：本表以万元为单位。")
    path = tmp_path / "made.docx"
    source.save(str(path))

    document = read_docx(path)

    kinds = [type(block) for block in document.blocks]
    assert kinds == [Paragraph, Paragraph, Table, Paragraph]
    assert document.blocks[1] == Paragraph("一、主要职能", document.blocks[1].place)
    assert document.blocks[1].place.ref == "第2段"
    [found] = document.tables
    assert found.place.ref == "表1"
    assert spans(found) == [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "支出"),
        (1, 1, 1, 1, ""), (1, 2, 1, 1, ""),
        (2, 0, 1, 1, ""), (2, 1, 1, 1, ""), (2, 2, 1, 1, "361.46"),
    ]  # fmt: skip
    assert found.cells[-1].place.ref == "表1第3行第3列"
    assert tiles(found)
    assert document.notices == []


def test_merges_and_free_columns(tmp_path: Path) -> None:
    """A merge continues only where both edges fit; gridBefore and ragged rows leave empty cells."""
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    before = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    [table] = read(
        tmp_path,
        tbl(
            tr(tc("A", restart), tc("B"), tc("C")),
            tr(tc("藏", go_on), tc("D", '<w:gridSpan w:val="2"/>')),
            tr(tc("E", go_on + '<w:gridSpan w:val="2"/>')),
            tr(tc("F"), properties=before),
        ),
    ).tables
    assert spans(table) == [
        (0, 0, 2, 1, "A"), (0, 1, 1, 1, "B"), (0, 2, 1, 1, "C"),
        (1, 1, 1, 2, "D"),
        (2, 0, 1, 2, "E"), (2, 2, 1, 1, ""),
        (3, 0, 1, 1, ""), (3, 1, 1, 1, "F"), (3, 2, 1, 1, ""),
    ]  # fmt: skip
    assert tiles(table)


def test_grid_columns_in_which_nothing_begins_are_left_out(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="99999999"/>'
    [table] = read(
        tmp_path, tbl(tr(tc("合计", wide), tc("1.00", wide)), tr(tc("甲", wide), tc("2.00", wide)))
    ).tables
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_cells_of_content_controls_and_legacy_merges(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(control, tc('1'), tc('2'))}</w:sdtContent></w:sdt>"
    merged = tr(tc("乙", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("3"))
    [table] = read(tmp_path, f"<w:sdt><w:sdtContent>{tbl(row, merged)}</w:sdtContent></w:sdt>").tables
    assert spans(table) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (0, 2, 1, 1, "2"), (1, 0, 1, 2, "乙"), (1, 2, 1, 1, "3"),
    ]  # fmt: skip


def test_nested_tables_follow_the_outer_one(tmp_path: Path) -> None:
    inner = tbl(tr(tc("内")))
    outer = tbl(tr(f"<w:tc>{p('外前')}{inner}{p('外后')}</w:tc>", tc("右")))
    document = read(tmp_path, outer + p("完") + tbl(tr(tc("后"))))
    assert [[cell.text for cell in table.cells] for table in document.tables] == [
        ["外前外后", "右"],
        ["内"],
        ["后"],
    ]
    assert [table.place.ref for table in document.tables] == ["表1", "表2", "表3"]
    assert isinstance(document.blocks[2], Paragraph)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["一般公共预算", "财政拨款"], "一般公共预算财政拨款"),
        (["GDP", "growth"], "GDP growth"),
        (["1,234,", "567.89"], "1,234,567.89"),
        (["12", "34"], "12 34"),
        (["支出", "", " 100 "], "支出100"),
    ],
)
def test_wrapped_lines_of_a_cell(tmp_path: Path, lines: list[str], text: str) -> None:
    broken = "</w:t><w:br/><w:t xml:space='preserve'>".join(lines)
    as_breaks, as_paragraphs = (
        read(tmp_path, tbl(tr(cell))).tables[0].cells[0].text
        for cell in (tc(broken), f"<w:tc>{''.join(map(p, lines))}</w:tc>")
    )
    assert as_breaks == as_paragraphs == text


@pytest.mark.parametrize(
    ("raw", "text", "indent"),
    [
        ("　　一般行政", "一般行政", 4),
        ("\u00a0 款", "款", 2),
        ("类", "类", 0),
        ("　", "", 0),
        ("合　计　", "合　计", 0),
    ],
)
def test_leading_blanks_become_the_indent(tmp_path: Path, raw: str, text: str, indent: int) -> None:
    [cell] = read(tmp_path, tbl(tr(tc(raw)))).tables[0].cells
    assert (cell.text, cell.indent) == (text, indent)


def test_revisions_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>万元</w:t></w:r></w:moveTo></w:p>"
        + p("前半", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>")
        + p("后半")
        + tbl(tr(tc("留")), tr(tc("删"), properties="<w:trPr><w:del/></w:trPr>"))
    )
    document = read(tmp_path, body)
    assert texts(document) == ["收入200万元", "前半后半"]
    assert spans(document.tables[0]) == [(0, 0, 1, 1, "留")]
    assert "修订" in document.notices[0]


def test_hidden_text_is_dropped(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Derived"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = (
        "<w:p><w:r><w:t>可见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>直接</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="Derived"/></w:rPr><w:t>样式</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Derived"/><w:vanish w:val="0"/></w:rPr><w:t>又见</w:t></w:r></w:p>'
        + p("整段", '<w:pPr><w:pStyle w:val="Base"/></w:pPr>')
        + tbl(tr(tc("见")), tr(tc("隐"), properties="<w:trPr><w:hidden/></w:trPr>"))
    )
    document = read(tmp_path, body, styles=styles)
    assert texts(document) == ["可见又见"]
    assert spans(document.tables[0]) == [(0, 0, 1, 1, "见")]
    assert "4处隐藏" in document.notices[0]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框内')}{tbl(tr(tc('格')))}</w:txbxContent>"
    drawn_twice = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(tmp_path, f"<w:p><w:r><w:t>框外</w:t>{drawn_twice}</w:r></w:p>")
    assert texts(document) == ["框外", "框内"]
    assert [cell.text for cell in document.tables[0].cells] == ["格"]


def test_only_what_is_shown_is_text(tmp_path: Path) -> None:
    """Tabs part columns, a field shows its result, a ruby its base, a tick of a symbol font is a tick."""
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>合计</w:t><w:tab/><w:t>1.00</w:t>"
        "<w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:noBreakHyphen/></w:r></w:hyperlink>"
        "<w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
    )
    assert texts(read(tmp_path, body)) == ["合计\t1.00-音☑"]


def test_manual_line_breaks_part_paragraphs_outside_tables(tmp_path: Path) -> None:
    document = read(tmp_path, p("一、收入</w:t><w:br/><w:t>　　二、支出") + p("") + p("三"))
    assert [(block.text, block.place.ref) for block in document.paragraphs] == [
        ("一、收入", "第1段"),
        ("二、支出", "第1段第2行"),
        ("三", "第2段"),
    ]


def test_footnotes_come_last(tmp_path: Path) -> None:
    notes = f'<w:footnote w:type="separator">{p("线")}</w:footnote><w:footnote>{p("含结转")}</w:footnote>'
    document = read(tmp_path, p("正文"), footnotes=notes)
    assert [(block.text, block.place.ref) for block in document.paragraphs] == [
        ("正文", "第1段"),
        ("含结转", "脚注1"),
    ]


def test_a_table_without_cells_is_no_table(tmp_path: Path) -> None:
    assert read(tmp_path, tbl() + p("完")).tables == []


def test_another_name_of_the_main_part(tmp_path: Path) -> None:
    path = tmp_path / "renamed.docx"
    link = f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="/word/document2.xml"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>')
        archive.writestr(
            "word\\document2.xml", f"<w:document {NAMESPACES}><w:body>{p('好')}</w:body></w:document>"
        )
    assert texts(read_docx(path)) == ["好"]


def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(path)
    return caught.value.reason


def test_refusals(tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    assert "找不到" in refused(path)
    path.write_bytes(b"")
    assert "空" in refused(path)
    path.write_bytes(b"plain text")
    assert "不是 Office 文件" in refused(path)
    whole = written(tmp_path, p("正文" * 1000)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "损坏" in refused(path)
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"))
    assert "密码" in refused(path)
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"))
    assert ".docx" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "没有 Word 正文" in refused(path)


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert "大得不正常" in refused(path)
    entities = '<!DOCTYPE d [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f"{entities}<w:document {NAMESPACES}><w:body>&b;</w:body></w:document>"
        )
    assert "实体" in refused(path)


def test_damage_anywhere_is_one_sentence(tmp_path: Path) -> None:
    whole = bytearray(written(tmp_path, tbl(tr(tc("甲"), tc("1.00")))).read_bytes())
    path = tmp_path / "damaged.docx"
    for position in range(0, len(whole), 7):
        damaged = bytes(whole[:position]) + bytes([whole[position] ^ 0xFF]) + bytes(whole[position + 1 :])
        path.write_bytes(damaged)
        try:
            read_docx(path)
        except UnreadableFile as error:
            assert "\n" not in error.reason  # noqa: PT017


def test_a_file_of_images_only_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path, "<w:p><w:r><w:drawing/></w:r></w:p>")
    assert "只有图片，没有文字" in caught.value.reason
