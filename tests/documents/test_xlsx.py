"""Reading workbooks: what Excel displays, where it stands, and what it hides."""

import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from tiling import tiles

from gouji.documents import Document, Table, UnreadableFile
from gouji.documents.sheet_layout import column_letters
from gouji.documents.xlsx import read_xlsx

SHARED = Path(os.environ.get("GOUJI_SHARED", Path(__file__).parents[3] / "shared"))
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def written(folder: Path, sheet: str, *, styles: str = "", strings: str = "") -> Path:
    """A workbook with the one sheet ``公开01``, from the XML of its worksheet, styles and shared strings."""
    path = folder / "sample.xlsx"
    parts = {"worksheet": "sheet1", "styles": "styles", "sharedStrings": "sharedStrings"}
    links = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{part}.xml"/>'
        for kind, part in parts.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="公开01" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
        )
        archive.writestr("xl/sheet1.xml", f"<worksheet {MAIN}>{sheet}</worksheet>")
        archive.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
    return path


def read(folder: Path, sheet: str, **parts: str) -> Document:
    return read_xlsx(written(folder, sheet, **parts))


def inline(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def shown(table: Table) -> dict[str, str]:
    """The cells that show something, by their address."""
    return {cell.place.ref.rpartition("!")[2]: cell.text for cell in table.cells if cell.text}


def test_a_workbook_of_xlsxwriter(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("公开01 ")
        money = book.add_format({"num_format": "#,##0.00_ "})
        nil = book.add_format({"num_format": "0.00;-0.00;"})
        sheet.merge_range("A1:D1", "收入支出决算总表")
        sheet.write_row("A2", ["　　一般公共服务", 361.455, 0.1 + 0.2, 2010601])
        sheet.write("A3", "合\n计")
        sheet.write("B3", 1234567.5, money)
        sheet.write("C3", 0, nil)
        sheet.write("D3", 0)
        sheet.write_formula("B4", "=B3*2", money, 2469135)
        sheet.write_datetime("C4", date(2025, 3, 1), book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_blank("H50", None, money)
        sheet.write("A4", "说明", book.add_format({"indent": 1}))

    [table] = read_xlsx(path).tables

    assert (table.name, table.place.ref, table.n_rows, table.n_cols) == ("公开01 ", "公开01 ", 4, 4)
    assert shown(table) == {
        "A1": "收入支出决算总表",
        "A2": "一般公共服务", "B2": "361.455", "C2": "0.3", "D2": "2010601",
        "A3": "合计", "B3": "1,234,567.50", "D3": "0",
        "A4": "说明", "B4": "2,469,135.00", "C4": "2025/3/1",
    }  # fmt: skip
    assert table.cells[0].col_span == 4
    assert {cell.text: cell.indent for cell in table.cells if cell.indent} == {"一般公共服务": 4, "说明": 2}
    assert next(cell for cell in table.cells if cell.text == "2010601").place.ref == "公开01 !D2"
    assert tiles(table)


def test_formulas_without_a_cached_value(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "公开01"
    sheet.append(["合计", "=SUM(B2:B3)", "=1+1"])
    sheet.append(["甲", 1])
    book.save(path)

    document = read_xlsx(path)

    assert shown(document.tables[0]) == {"A1": "合计", "A2": "甲", "B2": "1"}
    [notice] = document.notices
    assert "公开01!B1、C1" in notice
    assert "2个公式没有缓存值" in notice
    assert "请用 Excel 打开保存一次" in notice


def test_a_formula_that_gives_an_empty_text_has_its_value(tmp_path: Path) -> None:
    document = read(
        tmp_path, '<sheetData><row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row></sheetData>'
    )
    assert document.notices == []


def test_hidden_sheets_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("公开01")
        for row in range(4):
            sheet.write_row(row, 0, [f"{letter}{row + 1}" for letter in "ABCD"])
        sheet.merge_range("A5:A8", "并")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        sheet.write("C7", "末")
        book.add_worksheet("底稿").hide()
        book.add_worksheet("公式").very_hidden()

    document = read_xlsx(path)

    [table] = document.tables
    assert shown(table) == {
        "A1": "A1", "C1": "C1", "D1": "D1",
        "A3": "A3", "C3": "C3", "D3": "D3",
        "A4": "A4", "C4": "C4", "D4": "D4",
        "A6": "并", "C7": "末",
    }  # fmt: skip
    assert (table.n_rows, table.n_cols) == (5, 3)
    assert tiles(table)
    assert any("2张隐藏的工作表" in notice and "底稿" in notice for notice in document.notices)
    assert any("7个非空单元格" in notice for notice in document.notices)


def test_values_under_a_merged_range(tmp_path: Path) -> None:
    """Excel shows the corner; only where it is empty was another cell meant to be seen."""
    document = read(
        tmp_path,
        "<sheetData>"
        f'<row r="1"><c r="A1"/>{inline("B1", "部门编码：201")}</row>'
        f'<row r="2">{inline("A2", "看得见")}{inline("B2", "看不见")}</row>'
        f'<row r="3">{inline("C3", "末")}</row>'
        '</sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>',
    )
    [table] = document.tables
    assert shown(table) == {"A1": "部门编码：201", "A2": "看得见", "C3": "末"}
    assert [notice for notice in document.notices if "B1“部门编码：201”" in notice and "已读取" in notice]
    assert [notice for notice in document.notices if "B2“看不见”" in notice and "没有读取" in notice]
    assert tiles(table)


def test_overlapping_merges_still_tile(tmp_path: Path) -> None:
    cells = "".join(
        f'<row r="{row}">' + "".join(inline(f"{col}{row}", f"{col}{row}") for col in "ABCD") + "</row>"
        for row in range(1, 5)
    )
    merges = "".join(
        f'<mergeCell ref="{ref}"/>' for ref in ["A1:C3", "B2:D4", "D1:D1", "bad", "A4:XFD1048576"]
    )
    [table] = read(tmp_path, f"<sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells>").tables
    assert tiles(table)


def test_the_dimension_of_a_sheet_is_not_believed(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols>'
        f"<sheetData><row r='1'>{inline('A1', '甲')}</row>"
        "<row r='1048576'><c r='XFD1048576' s='1'/></row></sheetData>",
    ).tables
    assert (table.n_rows, table.n_cols) == (1, 1)


def test_far_scattered_cells_are_drawn_together(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        f"<sheetData><row r='1'>{inline('A1', '甲')}</row>"
        f"<row r='1048576'>{inline('XFD1048576', '乙')}</row></sheetData>",
    )
    [table] = document.tables
    assert (table.n_rows, table.n_cols) == (2, 2)
    assert shown(table) == {"A1": "甲", "XFD1048576": "乙"}
    assert any("散布很广" in notice for notice in document.notices)


def test_a_sheet_scattered_beyond_measure_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{n}'>{inline(f'{column_letters(n)}{n}', '甲')}</row>" for n in range(1, 2000))
    with pytest.raises(UnreadableFile, match="散布太广"):
        read(tmp_path, f"<sheetData>{rows}</sheetData>")


def test_addresses_may_be_left_out(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row>"
        "<row r='4'><c r='C4'><v>3</v></c><c><v>4</v></c></row>"
        "<row><c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c></row></sheetData>",
    ).tables
    assert shown(table) == {"A1": "1", "B1": "2", "C4": "3", "D4": "4", "A5": "TRUE", "B5": "#DIV/0!"}


def test_strings_with_runs_phonetics_and_escapes(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        "<sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row></sheetData>",
        strings="<si><r><t>三公</t></r><r><t>经费</t></r><rPh><t>サン</t></rPh></si><si><t>行政_x000D_\n运行</t></si>",
    ).tables
    assert shown(table) == {"A1": "三公经费", "B1": "行政运行"}


def test_a_sheet_that_shows_no_zeros(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        "<sheetViews><sheetView showZeros='0'/></sheetViews>"
        "<sheetData><row><c><v>0</v></c><c><v>5</v></c></row></sheetData>",
    ).tables
    assert shown(table) == {"B1": "5"}


def test_styles_that_make_no_sense_do_not_stop_the_reading(tmp_path: Path) -> None:
    [table] = read(
        tmp_path,
        "<sheetData><row><c s='0'><v>1.5</v></c><c s='99'><v>2.5</v></c><c s='x'><v>3.5</v></c></row>"
        "</sheetData>",
        styles="<fonts><font><sz val='-1'/></font></fonts>"
        "<numFmts><numFmt numFmtId='176' formatCode='0.00'/></numFmts>"
        "<cellXfs><xf numFmtId='176' fillId='77'/></cellXfs>",
    ).tables
    assert shown(table) == {"A1": "1.50", "B1": "2.5", "C1": "3.50"}


def test_an_empty_sheet_is_an_empty_table(tmp_path: Path) -> None:
    [table] = read(tmp_path, "<sheetData/>").tables
    assert (table.n_rows, table.n_cols, table.cells) == (0, 0, [])


def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_xlsx(path)
    return caught.value.reason


def test_refusals(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"")
    assert "空" in refused(path)
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"))
    assert ".xlsx" in refused(path)
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    assert "损坏" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "没有工作簿" in refused(path)
    assert "损坏" in refused(written(tmp_path, "<sheetData><row><c t='s'><v>7</v></c></row></sheetData>"))
    assert "损坏" in refused(written(tmp_path, "<sheetData><row>"))


def test_damage_anywhere_is_one_sentence(tmp_path: Path) -> None:
    whole = written(tmp_path, f"<sheetData><row>{inline('A1', '甲')}</row></sheetData>").read_bytes()
    path = tmp_path / "damaged.xlsx"
    for position in range(0, len(whole), 11):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        try:
            read_xlsx(path)
        except UnreadableFile as error:
            assert "\n" not in error.reason  # noqa: PT017


def test_real_workbooks_show_every_stored_text() -> None:
    paths = sorted((SHARED / "corpus").glob("*.xlsx")) if SHARED.is_dir() else []
    if not paths:
        pytest.skip("no real workbooks: set GOUJI_SHARED to the folder that holds corpus/")
    for path in paths:
        document = read_xlsx(path)
        book = openpyxl.load_workbook(path, data_only=True)
        assert [table.name for table in document.tables] == book.sheetnames
        for table in document.tables:
            stored = {
                cell.coordinate: "".join(str(cell.value).split())
                for row in book[table.name].iter_rows()
                for cell in row
                if cell.value is not None and str(cell.value).strip()
            }
            assert {ref: "".join(text.split()) for ref, text in shown(table).items()} == stored
            assert tiles(table)
