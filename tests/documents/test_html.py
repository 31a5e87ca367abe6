"""Reading web pages, also those that Word and Excel save."""

import time
from pathlib import Path

import pytest
from tiling import tiles

from gouji.documents import Document, Paragraph, Table, UnreadableFile
from gouji.documents.html import decode_page, read_html


def read(folder: Path, page: str | bytes) -> Document:
    path = folder / "sample.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return read_html(path)


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.n_rows)]


def spans(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in table.cells]


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<html><head><title>不读</title><style>p{}</style></head><body><h1>概 况</h1>散文<p>　　一、职能"
        "<ul><li>甲<li>乙</ul><table><caption>收入总表</caption><tr><th>项目<td>1.00</table>"
        "<div>尾<b>注</b><script>1</script><p style='color:red; display:none'>藏</p></div><p hidden>藏",
    )
    assert texts(document) == ["概 况", "散文", "一、职能", "甲", "乙", "收入总表", "尾注"]
    assert [block.place.ref for block in document.blocks][-3:] == ["第6段", "表1", "第7段"]
    [table] = document.tables
    assert spans(table) == [(0, 0, 1, 1, "项目"), (0, 1, 1, 1, "1.00")]
    assert table.cells[1].place.ref == "表1第1行第2列"


def test_spans(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        "<table><thead><tr><td rowspan=9>A<td colspan=2>B</tr><tr><td>C<td rowspan='x'>D</tr></thead>"
        "<tbody><tr><td>E<td rowspan=0>F<td>G</tr><tr><td>H</tbody></table>",
    ).tables
    assert spans(table) == [
        (0, 0, 2, 1, "A"), (0, 1, 1, 2, "B"),
        (1, 1, 1, 1, "C"), (1, 2, 1, 1, "D"),
        (2, 0, 1, 1, "E"), (2, 1, 2, 1, "F"), (2, 2, 1, 1, "G"),
        (3, 0, 1, 1, "H"), (3, 2, 1, 1, ""),
    ]  # fmt: skip
    assert tiles(table)


def test_spans_across_the_sections_of_libreoffice(tmp_path: Path) -> None:
    """It starts a section with every row, and its spans go on below where the row below leaves room."""
    [table] = read(
        tmp_path,
        "<table><tbody><tr><td rowspan=2>项目<td colspan=2>支出</tr></tbody>"
        "<tbody><tr><td>基本<td>项目支出</tr></tbody><tbody><tr><td>甲<td>1<td>2</tr></tbody></table>",
    ).tables
    assert spans(table)[:4] == [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "支出"), (1, 1, 1, 1, "基本"), (1, 2, 1, 1, "项目支出"),
    ]  # fmt: skip
    assert rows(table)[2] == ["甲", "1", "2"]


def test_spans_that_collide_or_lie(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        "<table><tr><td colspan=99999>题<tr><td rowspan=3>A<td rowspan=2>B<td>C"
        "<tr><td colspan=5>D<td>E<tr><td>F</table>",
    ).tables
    assert tiles(table)
    assert sorted(cell.text for cell in table.cells if cell.text) == ["A", "B", "C", "D", "E", "F", "题"]
    assert table.n_cols < 10


def test_nested_tables_follow_the_outer_one(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<table><tr><td>外<table><tr><td>内<table><tr><td>最内<td>2</table><td>1</table>后<td>右</table><p>完",
    )
    assert [rows(table) for table in document.tables] == [[["外后", "右"]], [["内", "1"]], [["最内", "2"]]]
    assert [table.place.ref for table in document.tables] == ["表1", "表2", "表3"]
    assert texts(document) == ["完"]


def test_a_table_that_only_frames_the_page_is_no_table(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<table><tr><td><p>一、收入</p><p>二、支出</p><table><tr><td>甲<td>1</table><p>三、结余</p></td></tr></table>",
    )
    assert [block.text if isinstance(block, Paragraph) else rows(block) for block in document.blocks] == [
        "一、收入",
        "二、支出",
        [["甲", "1"]],
        "三、结余",
    ]


@pytest.mark.parametrize(
    ("inside", "text", "indent"),
    [
        ("&nbsp;&nbsp;行政<br>运行&nbsp;", "行政运行", 2),
        ("\n   　一般公共\n   服务", "一般公共服务", 2),
        ("New\n  York", "New York", 0),
        ("<p>12</p><p>34</p>", "12 34", 0),
        ("1,234,<br>567.89", "1,234,567.89", 0),
        ("合<span>  </span> 计", "合 计", 0),
        ("a\nb\nc", "a b c", 0),
        ("<o:p>&nbsp;</o:p>", "", 0),
        ("1<!-- 注 -->2<![if !supportLists]>3<![endif]>", "123", 0),
    ],
)
def test_text_of_cells(tmp_path: Path, inside: str, text: str, indent: int) -> None:
    [table] = read(tmp_path, f"<table><tr><td>{inside}</td><td>x</td></tr></table>").tables
    assert (table.cells[0].text, table.cells[0].indent) == (text, indent)


def test_breaks_part_paragraphs(tmp_path: Path) -> None:
    document = read(tmp_path, "<div>一、收入<br>　　二、支出\n合计</div><pre>甲  1\n乙</pre>")
    assert [(block.text, block.place.ref) for block in document.paragraphs] == [
        ("一、收入", "第1段"),
        ("二、支出合计", "第1段第2行"),
        ("甲  1", "第2段"),
        ("乙", "第2段第2行"),
    ]


def test_rows_that_are_not_shown(tmp_path: Path) -> None:
    """Excel hides rows by style; Word ends a table with a row of no height that only gives widths."""
    [table] = read(
        tmp_path,
        "<table><tr><td colspan=2>甲<td>1<tr style='display:none'><td>藏<td>藏<td>藏"
        "<tr><td colspan=2>乙<td>2<tr height=0><td width=50></td><td width=50></td><td></td></tr></table>",
    ).tables
    assert rows(table) == [["甲", "1"], ["乙", "2"]]
    assert table.n_cols == 2


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("gb2312", "utf-16"),
        ("big5", "big5"),
        ("no-such-thing", "gbk"),
    ],
)
def test_encodings(tmp_path: Path, declared: str, encoding: str) -> None:
    """Also where the page declares another encoding than it has."""
    word = "國庫" if encoding == "big5" else "国库—支出"
    page = f'<?xml version="1.0" encoding="{declared}"?><html><meta charset="{declared}"><p>{word}</p></html>'
    document = read(tmp_path, page.encode(encoding))
    assert texts(document) == [word]
    assert document.notices == []


def test_bytes_of_no_encoding_are_noticed(tmp_path: Path) -> None:
    document = read(tmp_path, b"<p>" + "支出".encode("gbk") + b"\xff\xff1.00")
    assert document.paragraphs[0].text.startswith("支出")
    assert document.paragraphs[0].text.endswith("1.00")
    assert "无法按" in document.notices[0]
    assert decode_page(b"<p>1").lost == 0


def test_deep_nesting_loses_nothing(tmp_path: Path) -> None:
    deep = "<font>" * 900 + "<table><tr><td>深</td><td>1.00</td></tr></table>" + "</font>" * 900
    assert rows(read(tmp_path, deep).tables[0]) == [["深", "1.00"]]
    tables = "<table><tr><td>" * 200 + "底" + "</td><td>旁</td></tr></table>" * 200
    assert len(read(tmp_path, tables).tables) == 200
    with pytest.raises(UnreadableFile, match="嵌套过深"):
        read(tmp_path, "<table><tr><td>底" * 2000)


def test_a_page_of_several_megabytes_takes_seconds(tmp_path: Path) -> None:
    cell = (
        "<td width=73 style='width:55.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt'>"
        "<p class=MsoNormal align=right style='text-align:right;line-height:12.0pt'>"
        "<span lang=EN-US style='font-size:9.0pt;font-family:宋体'>1,234.56<o:p></o:p></span></p></td>"
    )
    page = f"<html><body><table>{('<tr>' + cell * 10 + '</tr>') * 3000}</table></body></html>"
    started = time.perf_counter()
    [table] = read(tmp_path, page).tables
    assert (table.n_rows, table.n_cols) == (3000, 10)
    assert time.perf_counter() - started < 10


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="空"):
        read(tmp_path, "")
    with pytest.raises(UnreadableFile, match="找不到"):
        read_html(tmp_path / "none.html")
    ragged = "<table><tr>" + "<td>1" * 5000 + "<tr><td>1" * 5000 + "</table>"
    with pytest.raises(UnreadableFile, match="大得不正常"):
        read(tmp_path, ragged)
    with pytest.raises(UnreadableFile, match="没有可读"):
        read(tmp_path, "<!-- -->")
