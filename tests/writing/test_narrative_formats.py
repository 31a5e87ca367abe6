"""The narrative in its formats: the same paragraphs in all, every figure linked on the page, every figure as data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import lxml.html
import pytest

from gouji.catalog import Catalog
from gouji.registers import Workspace, read_workspace
from gouji.registers.narrative_facts import NO_MATERIAL
from gouji.writing import (
    Disclosure,
    FontsMissing,
    Narrative,
    Whose,
    compose,
    facts_json,
    statements_csv,
    tell,
    typeset,
    webpage,
    word,
)
from gouji.writing.measure import half_characters

EXAMPLE = Path(__file__).parents[2] / "examples" / "hunan-2024"


@pytest.fixture(scope="module")
def books(catalog: Catalog) -> Workspace:
    return read_workspace(EXAMPLE, catalog)


def document(books: Workspace, catalog: Catalog, *, with_material: bool = True) -> Disclosure:
    settings = books.settings
    disclosure = compose(
        books.book, settings.name, settings.fiscal_year, level=settings.level,
        forms=catalog.form_set(settings.fiscal_year), catalog=catalog,
    )  # fmt: skip
    material = books.material if with_material else NO_MATERIAL
    phrases = catalog.phrase_set(settings.fiscal_year)
    told = tell(
        books.book,
        material,
        phrases,
        Whose(settings.name, settings.fiscal_year, settings.level),
        codes=catalog.codes,
    )
    return replace(disclosure, narrative=told)


@pytest.fixture(scope="module")
def whole(books: Workspace, catalog: Catalog) -> Disclosure:
    return document(books, catalog)


@pytest.fixture(scope="module")
def narrative(whole: Disclosure) -> Narrative:
    assert whole.narrative is not None
    return whole.narrative


def test_word_and_page_hold_every_paragraph(whole: Disclosure, narrative: Narrative) -> None:
    wanted = [paragraph.text for paragraph in narrative.paragraphs]
    in_word = [
        p.text for p in docx.Document(io.BytesIO(word(whole))).paragraphs if p.style.name == "Gouji Text"
    ]
    assert in_word == wanted
    page = lxml.html.fromstring(webpage(whole).decode())
    assert [p.text_content() for p in page.iter("p") if p.getparent().tag == "article"] == wanted


def test_the_contents_of_word_lead_to_bookmarks(whole: Disclosure) -> None:
    body = docx.Document(io.BytesIO(word(whole))).element.body
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = [mark.get(f"{name}name") for mark in body.iter(f"{name}bookmarkStart")]
    led = [link.get(f"{name}anchor") for link in body.iter(f"{name}hyperlink")]
    assert set(led) <= set(marks)
    assert len(led) == len(whole.outline) > 30
    assert len(marks) == len(set(marks))
    ids = [mark.get(f"{name}id") for mark in body.iter(f"{name}bookmarkStart")]
    assert len(ids) == len(set(ids))


def test_the_contents_of_word_stand_on_one_page(whole: Disclosure) -> None:
    document = docx.Document(io.BytesIO(word(whole)))
    section, style = document.sections[0], document.styles["Gouji Contents"]
    lines = [p for p in document.paragraphs if p.style.name == "Gouji Contents"]
    height = sum(style.paragraph_format.line_spacing.pt + p.paragraph_format.space_before.pt for p in lines)
    assert height < section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt - 30
    for entry, line in zip(whole.outline, lines, strict=True):
        room = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
        room -= line.paragraph_format.left_indent.pt
        assert half_characters(entry.text) * style.font.size.pt / 2 < room - 20


def test_every_figure_of_the_page_leads_somewhere(whole: Disclosure, narrative: Narrative) -> None:
    page = lxml.html.fromstring(webpage(whole).decode())
    by_id: dict[str, lxml.html.HtmlElement] = {}
    for element in page.iter():
        if element.get("id"):
            assert element.get("id") not in by_id, element.get("id")
            by_id[element.get("id")] = element
    for statement in narrative.statements:
        figure = by_id[f"figure-{statement.number}"]
        assert figure.text_content() == statement.text
        if figure.tag == "a":
            target = by_id[figure.get("href").removeprefix("#")]
            if statement.measure == "amount" and target.tag == "td":
                assert target.text_content() == ("" if statement.value == 0 else f"{statement.value:.2f}")
        else:
            assert statement.value == 0, statement
    linked = [e for e in by_id.values() if e.tag == "a" and e.get("class") == "figure"]
    assert len(linked) > 100


def test_gaps_are_marked(books: Workspace, catalog: Catalog) -> None:
    whole = document(books, catalog, with_material=False)
    page = lxml.html.fromstring(webpage(whole).decode())
    assert whole.narrative is not None
    marks = [mark.text_content() for mark in page.iter("mark")]
    assert marks
    assert set(marks) == {gap.text for gap in whole.narrative.gaps}
    shown = docx.Document(io.BytesIO(word(whole)))
    highlighted = {
        run.text for p in shown.paragraphs for run in p.runs if run.font.highlight_color is not None
    }
    assert highlighted == set(marks)
    try:
        assert typeset(whole).startswith(b"%PDF")
    except FontsMissing as missing:
        pytest.skip(f"PDF 测试未运行：{missing}")


def test_every_figure_is_data(whole: Disclosure, narrative: Narrative) -> None:
    rows = list(csv.DictReader(io.StringIO(statements_csv(narrative, "部门决算.docx").decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == [statement.text for statement in narrative.statements]
    assert {row["measure"] for row in rows} == {"amount", "share", "rate", "change", "growth"}
    first = rows[0]
    assert (first["section"], first["concept"], first["value"], first["unit"]) == (
        "overall",
        "total_in",
        "524.30",
        "万元",
    )
    data = json.loads(facts_json(whole, "部门决算公开表.xlsx"))
    assert [entry["text"] for entry in data["statements"]] == [row["text"] for row in rows]
    trips = [entry for entry in data["statements"] if entry["concept"] == "trip_groups"]
    assert trips[0]["sources"] == ["出国团组第3行", "出国团组第4行"]


def test_a_line_that_names_an_item_stays_with_what_is_said_of_it(
    whole: Disclosure, narrative: Narrative
) -> None:
    leading = [paragraph.text for paragraph in narrative.paragraphs if paragraph.style == "item"]
    kept = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(word(whole))).paragraphs
        if paragraph.style.name == "Gouji Text" and paragraph.paragraph_format.keep_with_next
    ]
    assert leading
    assert set(leading) <= set(kept)
