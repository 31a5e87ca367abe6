"""The web page as a browser parses it."""

from __future__ import annotations

from lxml import html
from sample_book import BODY, composed

from gouji.writing import Disclosure, webpage


def test_tables_are_tables(disclosure: Disclosure) -> None:
    page = html.document_fromstring(webpage(disclosure).decode())
    assert page.get("lang") == "zh-CN"
    tables = page.findall(".//table")
    assert len(tables) == 9
    for table, element in zip(disclosure.tables, tables, strict=True):
        assert len(element.findall("thead/tr")) == table.grid.head_rows
        assert len(element.findall("tbody/tr")) == table.grid.n_rows - table.grid.head_rows
        cells = [cell.text_content() for cell in element.iter("th", "td")]
        assert cells == [cell.text for cell in table.cells]
        area = sum(int(c.get("rowspan", 1)) * int(c.get("colspan", 1)) for c in element.iter("th", "td"))
        assert area == table.grid.n_rows * table.grid.n_cols
        caption = " ".join(element.find("caption").text_content().split())
        assert caption == f"{table.form.title} {table.form.number} 部门：{BODY}单位：万元"


def test_nothing_is_loaded_from_elsewhere(disclosure: Disclosure) -> None:
    text = webpage(disclosure).decode()
    page = html.document_fromstring(text)
    assert not page.xpath("//script | //img | //iframe | //link | //@src")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert "url(" not in text
    assert "@import" not in text


def test_markup_in_a_name_stays_text() -> None:
    name = '<script>alert("1")</script>&amp;'
    page = html.document_fromstring(webpage(composed([], name)).decode())
    assert page.findall(".//script") == []
    assert name in page.findtext(".//h1")
