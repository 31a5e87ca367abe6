"""All formats carry the same printed figures, whatever the body is called and however large the amounts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from sample_book import composed, entries

from gouji.catalog import Catalog, load_catalog
from gouji.writing import Disclosure, FontsMissing, facts_csv, spreadsheet, typeset, webpage, word

NAMES = [
    "“引号”单位",
    "A\"B'C",
    "#标题 *粗* _斜_ $x^2$",
    "<b>&amp;</b>",
    "反\\斜\\\\杠\\n",
    "=SUM(A1:A9)",
    "@ref[x]{y}`z`~//注释",
    "{{ body }}{% raw %}{body}",
    "𬱖源㙍县林业局",
    "很长的单位名称" * 8,
]


@pytest.mark.parametrize("name", ["disclosure", "crowded"])
def test_every_format_prints_the_same_figures(
    name: str, request: pytest.FixtureRequest, catalog: Catalog
) -> None:
    found: Disclosure = request.getfixturevalue(name)
    printed = [[cell.text for cell in table.amounts] for table in found.tables]
    assert in_workbook(found, catalog) == printed
    assert in_document(found) == printed
    assert in_page(found) == printed
    rows = list(csv.DictReader(io.StringIO(facts_csv(found, "x").decode("utf-8-sig"))))
    assert [row["value"] for row in rows] == [text for form in printed for text in form]


@pytest.mark.parametrize("name", ["disclosure", "crowded"])
def test_the_pdf_prints_the_same_figures(name: str, request: pytest.FixtureRequest) -> None:
    found: Disclosure = request.getfixturevalue(name)
    try:
        document = pypdfium2.PdfDocument(typeset(found))
    except FontsMissing as missing:
        pytest.skip(f"PDF 测试未运行：{missing}")
    words = Counter(word for page in document for word in page.get_textpage().get_text_range().split())
    wanted = Counter(cell.text for table in found.tables for cell in table.amounts if "." in cell.text)
    assert {word: words[word] for word in wanted} == dict(wanted)


def in_workbook(disclosure: Disclosure, catalog: Catalog) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet(disclosure, catalog.dimensions)), data_only=True)
    forms = []
    for table in disclosure.tables:
        sheet = book[table.form.number]
        cells = [sheet.cell(cell.spot.row + 4, cell.spot.col + 1) for cell in table.amounts]
        forms.append([shown(cell.value, cell.number_format) for cell in cells])
    return forms


def shown(value: object, pattern: str) -> str:
    """What a spreadsheet program displays."""
    if value is None:
        return ""
    return str(Decimal(str(value)).quantize(Decimal(pattern), rounding=ROUND_HALF_UP))


def in_document(disclosure: Disclosure) -> list[list[str]]:
    document = docx.Document(io.BytesIO(word(disclosure)))
    forms = []
    for table, printed in zip(disclosure.tables, document.tables, strict=True):
        rows = [row.cells for row in printed.rows]
        forms.append([rows[cell.spot.row][cell.spot.col].text for cell in table.amounts])
    return forms


def in_page(disclosure: Disclosure) -> list[list[str]]:
    page = html.document_fromstring(webpage(disclosure).decode())
    return [
        [cell.text_content() for cell in table.iter("td") if cell.get("class") == "amount"]
        for table in page.findall(".//table")
    ]


def assert_named(disclosure: Disclosure, catalog: Catalog) -> None:
    line = f"部门：{disclosure.body}"
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet(disclosure, catalog.dimensions)))
    cover, *sheets = book.worksheets
    assert cover["A1"].value.startswith(disclosure.body)
    assert all(sheet["A3"].value == line for sheet in sheets)
    document = docx.Document(io.BytesIO(word(disclosure)))
    assert sum(p.text.startswith(f"{line}\t") for p in document.paragraphs) == 9
    page = html.document_fromstring(webpage(disclosure).decode())
    assert page.xpath("count(//caption/span/span[1][. = $line])", line=line) == 9
    assert any(disclosure.body in note for table in disclosure.tables for note in table.notes)


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_survive(name: str, catalog: Catalog) -> None:
    found = composed(entries(), name)
    assert found.body == name
    assert_named(found, catalog)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=40))
def test_any_name_survives(name: str) -> None:
    assert_named(composed([], f"单位{name}"), load_catalog())


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_survive_typesetting(name: str) -> None:
    try:
        document = pypdfium2.PdfDocument(typeset(composed([], name)))
    except FontsMissing as missing:
        pytest.skip(f"PDF 测试未运行：{missing}")
    cover = "".join(document[0].get_textpage().get_text_range().split()).replace("\ufffe", "")
    assert cover.startswith("".join(name.split()))
    text = "".join(document[1].get_textpage().get_text_range().split())
    assert f"部门：{''.join(name.split())}" in text.replace("\ufffe", "")
