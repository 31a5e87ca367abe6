"""Any figure of the built budget takes part in a relation, and one changed beyond its precision is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_one_changed_figure import defects, relations_of, with_figure

from gouji.catalog import Catalog, load_catalog
from gouji.documents.opening import open_document
from gouji.facts import Presence
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing import compose, webpage

EVERY = 9
"""One figure in so many is changed; the whole takes minutes."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def page(budget_example: Path, catalog: Catalog) -> str:
    workspace = read_workspace(budget_example, catalog)
    settings = workspace.settings
    disclosure = compose(
        workspace.book, settings.name, settings.fiscal_year, level=settings.level,
        forms=catalog.form_set(settings.fiscal_year, settings.forms, settings.report), catalog=catalog,
        codes=workspace.codes, agencies=settings.agencies,
    )  # fmt: skip
    return webpage(disclosure).decode()


def test_every_figure_is_held_by_a_relation(page: str, catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "公开表.html"
    file.write_text(page, encoding="utf-8")
    reading = read_document(open_document(file), catalog)
    taking_part = relations_of(reading, catalog)
    figures = [w for w in reading.witnesses if w.printed.presence is Presence.NUMBER]
    assert len(figures) == 407
    assert [w.where for w in figures if not taking_part[w]] == []


def test_a_changed_figure_is_noticed(page: str, catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "公开表.html"
    file.write_text(page, encoding="utf-8")
    document = open_document(file)
    reading = read_document(document, catalog)
    figures = [w for w in reading.witnesses if w.printed.presence is Presence.NUMBER]
    missed: list[str] = []
    for witness in figures[::EVERY]:
        changed = f"{witness.printed.value + 1:.2f}"
        found = defects(with_figure(document, witness.place.ref, changed), catalog)
        if not found or len(found) > 2:
            missed.append(f"{witness.where}: {[f.title for f in found]}")
    assert missed == []
