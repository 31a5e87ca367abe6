"""The shipped example rounds to every published figure of the body's nine forms, blanks included."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.catalog import Catalog, CodeRow, Form, Grid, Spot, lay_out
from gouji.facts import render
from gouji.registers import Book, read_workspace

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "hunan-2024"
SHARED = Path(os.environ.get("GOUJI_SHARED", ROOT.parent / "shared"))
CELLS = SHARED / "gold" / "cells-000-003.json"

Key = tuple[str, str]


def published(number: str) -> dict[Key, str]:
    """The published cells of a form: (row, column) -> text; the column is empty where the row says it all."""
    forms = json.loads(CELLS.read_text(encoding="utf-8"))["000"]
    if number in ("02", "03", "05"):
        rows = forms[number].items()
        return {(code, column): text for code, cells in rows for column, text in cells.items()}
    lines = forms[number] | (forms["06_totals"] if number == "06" else {})
    return {(line, ""): text for line, text in lines.items()}


def filled(form: Form, book: Book, catalog: Catalog) -> dict[Key, str]:
    """The cells of a form that the book fills, keyed like the published ones."""
    codes = book.codes(form.kind.concept, form.key, form.kind.dims) if form.layout == "coded" else []
    grid = lay_out(form, catalog.binder, [CodeRow(code, code) for code in codes])
    cells: dict[Key, str] = {}
    for spot, key in amounts(form, grid):
        assert spot.fact is not None
        figure = book.figure(spot.fact)
        if figure is not None:
            cells[key] = render(figure.amount, form.unit, form.decimals)
    return cells


def amounts(form: Form, grid: Grid) -> Iterator[tuple[Spot, Key]]:
    """The amount places of a form, keyed by 行次, by code and column, or by 栏次. The columns of 公开04表
    beside its 合计 are left out: the published cells are those of 合计."""
    at = {(spot.row, spot.col): spot for spot in grid.spots}
    for spot in grid.spots:
        if spot.role != "amount":
            continue
        left = [at[spot.row, col] for col in range(spot.col, -1, -1) if (spot.row, col) in at]
        if form.layout == "two_sided":
            if spot.path[-1] in ("金额", "合计"):
                yield spot, (next(found.text for found in left if found.role == "line"), "")
        elif form.layout == "coded":
            row = left[-1].text
            yield spot, ("T" if row == "合计" else row, spot.path[-1])
        elif form.layout == "blocks":
            yield spot, (next(found.text for found in left if found.role in ("code", "label")), "")
        else:
            yield spot, (str(spot.col + 1), "")


def test_example_is_read_without_notices(catalog: Catalog) -> None:
    workspace = read_workspace(EXAMPLE, catalog)
    assert workspace.settings.name == "湖南省对外科技交流中心"
    assert (workspace.settings.level, workspace.settings.fiscal_year) == ("单位", 2024)
    assert workspace.notices == ()


@pytest.mark.skipif(not CELLS.exists(), reason=f"published cells are not at hand: {CELLS}")
@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "06", "07", "08", "09"])
def test_example_rounds_to_every_published_cell(number: str, catalog: Catalog) -> None:
    workspace = read_workspace(EXAMPLE, catalog)
    forms = catalog.form_set(workspace.settings.fiscal_year, workspace.settings.forms)
    form = next(form for form in forms.forms if form.number == f"公开{number}表")
    assert filled(form, workspace.book, catalog) == published(number)
