"""The workbook as a spreadsheet program sees it."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
from sample_book import BODY, composed, entries, table

from gouji.catalog import Catalog
from gouji.writing import Disclosure, spreadsheet


def opened(disclosure: Disclosure, catalog: Catalog, *, values: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(spreadsheet(disclosure, catalog.dimensions)), data_only=values)


def test_one_sheet_per_form_with_its_heading(disclosure: Disclosure, catalog: Catalog) -> None:
    book = opened(disclosure, catalog, values=True)
    assert book.sheetnames == ["封面", *(table.form.number for table in disclosure.tables)]
    assert book["封面"]["A1"].value == "\n".join(disclosure.cover)
    links = [book["封面"].cell(row, 1) for row in range(3, 3 + len(disclosure.tables))]
    assert [cell.value for cell in links] == disclosure.contents
    sheet = book["公开03表"]
    texts = [cell.value for row in sheet.iter_rows(max_row=3) for cell in row if cell.value]
    assert texts == ["支出决算表", "公开03表", f"部门：{BODY}", "单位：万元"]


def test_a_form_of_2020_names_its_year(catalog: Catalog) -> None:
    sheet = opened(composed(entries(), year=2020), catalog, values=True)["公开07表"]
    texts = [cell.value for cell in sheet[3] if cell.value]
    assert texts == [f"部门：{BODY}", "2020年度", "金额单位：万元"]


def test_amounts_are_exact_numbers_shown_with_two_decimals(disclosure: Disclosure, catalog: Catalog) -> None:
    sheet = opened(disclosure, catalog, values=True)["公开01表"]
    assert (sheet["C14"].value, sheet["C14"].number_format) == (0.214999, "0.00")
    assert sheet["B7"].value == 1, "行次 is a number, too"
    assert sheet["C9"].value is None


def test_formulas_carry_their_values(disclosure: Disclosure, catalog: Catalog) -> None:
    formulas = opened(disclosure, catalog, values=False)["公开01表"]
    values = opened(disclosure, catalog, values=True)["公开01表"]
    assert formulas["C33"].value == "=SUM(C7:C14)"
    total = table(disclosure, "revenue_expenditure_summary").rows()[29][2]
    assert total.figure is not None
    assert Decimal(str(values["C33"].value)) == total.figure.amount / 10000
    assert values["C33"].number_format == "0.00"


def test_heads_are_merged_and_repeated_on_paper(disclosure: Disclosure, catalog: Catalog) -> None:
    book = opened(disclosure, catalog, values=False)
    merged = {str(area) for area in book["公开09表"].merged_cells.ranges}
    assert {"A4:F4", "G4:L4", "A5:A6", "C5:E5"} <= merged
    spent = book["公开03表"]
    assert spent.print_title_rows == "$4:$6"
    assert book["公开02表"].page_setup.orientation == "landscape"
    assert spent.page_setup.fitToHeight == 0, "as many pages as it takes"
    assert book["公开01表"].page_setup.fitToHeight in (None, 1)


def test_an_empty_form_holds_zeros_as_printed(disclosure: Disclosure, catalog: Catalog) -> None:
    sheet = opened(disclosure, catalog, values=False)["公开07表"]
    assert [(cell.value, cell.number_format) for cell in sheet[7][2:]] == [(0, "0")] * 6
    assert sheet["A9"].value == f"说明：{BODY}无政府性基金收支，故本表无数据。"


def test_codes_are_text(disclosure: Disclosure, catalog: Catalog) -> None:
    assert opened(disclosure, catalog, values=False)["公开02表"]["A8"].value == "205"


def test_properties_are_fixed_by_the_year(disclosure: Disclosure, catalog: Catalog) -> None:
    properties = opened(disclosure, catalog, values=False).properties
    assert (properties.title, properties.creator) == (disclosure.title, BODY)
    assert (properties.created.year, properties.created.month, properties.created.day) == (2024, 12, 31)
