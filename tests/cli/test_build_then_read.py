"""What is built is read back: the same facts, printed the same, in every format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bodies import books
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.catalog import Catalog, load_catalog
from gouji.documents.opening import open_document
from gouji.facts import Fact
from gouji.reading import Reading, read_document
from gouji.registers import read_workspace
from gouji.registers.book import Book
from gouji.registers.narrative_facts import NO_MATERIAL, Material
from gouji.writing import Disclosure, FontsMissing, Whose, compose, disclose, files, tell
from gouji.writing.publication import STATEMENTS_CSV

CATALOG = load_catalog()

Place = tuple[str, Fact | None, str]


def written(disclosure: Disclosure) -> list[Place]:
    """Every amount place of the forms: (kind, fact, what is printed)."""
    return sorted(
        (table.form.kind.id, cell.spot.fact, cell.text)
        for table in disclosure.tables
        for cell in table.amounts
    )


def read_back(reading: Reading) -> list[Place]:
    kinds = {table.id: table.kind.id for table in reading.tables}
    return sorted((kinds[w.table_id], w.fact, w.printed.text) for w in reading.witnesses)


def assert_read_back(disclosure: Disclosure, catalog: Catalog, folder: Path) -> None:
    try:
        contents = files(disclosure, catalog.dimensions)
    except FontsMissing as missing:
        pytest.skip(f"the typefaces are missing: {missing}")
    expected = written(disclosure)
    formats = set()
    for name, content in contents.items():
        if name == STATEMENTS_CSV:
            continue
        path = folder / name
        path.write_bytes(content)
        reading = read_document(open_document(path), catalog)
        assert read_back(reading) == expected, name
        assert (reading.scope.body, reading.scope.year) == (disclosure.body, disclosure.year), name
        formats.add(reading.document.format)
    assert formats == {"xlsx", "docx", "pdf", "html", "csv", "json"}


def with_narrative(disclosure: Disclosure, book: Book, material: Material = NO_MATERIAL) -> Disclosure:
    """The same tables inside the whole document."""
    phrases = CATALOG.phrase_set(disclosure.year)
    told = tell(
        book,
        material,
        phrases,
        Whose(disclosure.body, disclosure.year, disclosure.level),
        codes=CATALOG.codes,
    )
    return replace(disclosure, narrative=told)


@pytest.mark.parametrize("at", [0, 1])
def test_the_examples_are_read_back_in_every_format(
    examples: tuple[Path, ...], at: int, tmp_path: Path
) -> None:
    workspace = read_workspace(examples[at], CATALOG)
    disclosure = disclose(workspace, CATALOG)
    assert_read_back(with_narrative(disclosure, workspace.book, workspace.material), CATALOG, tmp_path)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(entries=books(CATALOG), year=st.sampled_from((2020, 2024)))
def test_any_body_is_read_back_in_every_format(
    tmp_path_factory: pytest.TempPathFactory, entries: list, year: int
) -> None:
    book = Book(entries, CATALOG.dimensions)
    forms = CATALOG.form_set(year)
    disclosure = compose(book, "示例市规划和自然资源局", year, level="部门", forms=forms, catalog=CATALOG)
    assert_read_back(with_narrative(disclosure, book), CATALOG, tmp_path_factory.mktemp("built"))
