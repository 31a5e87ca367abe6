"""Every hand-checked cell of four real documents is read right, and nothing else is read."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from gouji.catalog import Catalog, lay_out, load_catalog
from gouji.documents.opening import open_document
from gouji.facts import Presence, Status
from gouji.reading import Reading, ReadTable, read_document

FORMS = {
    "01": "revenue_expenditure_summary", "02": "revenue", "03": "expenditure", "04": "fiscal_summary",
    "05": "general_expenditure", "06": "general_basic", "06_totals": "general_basic", "07": "gov_fund",
    "08": "state_capital", "09": "sangong", "07三公": "sangong",
}  # fmt: skip
ZEROS_NOT_IN_GOLD = {"04": 9, "07": 6, "08": 3, "06": 2}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(path: Path, catalog: Catalog) -> Reading:
    return read_document(open_document(path), catalog)


def printed_cells(table: ReadTable, catalog: Catalog, year: int) -> dict[tuple[str, str], str]:
    """The figures of a table by (行次 or code, column or empty), as the gold file keys them."""
    form = catalog.form_set(year).form(table.kind.id)
    assert form is not None
    figures = [w for w in table.witnesses if w.printed.presence is Presence.NUMBER]
    assert all(w.status is Status.BOUND for w in figures)
    if form.layout in ("coded", "blocks"):
        return {
            (
                w.row_code or ("T" if w.row_label == "合计" else w.row_label),
                w.column.split("/")[-1],
            ): w.printed.text
            for w in figures
        }
    spots = lay_out(form, catalog.binder).spots
    keys: dict[object, str] = {}
    column = 0
    line = ""
    for spot in spots:
        if spot.role == "line":
            line = spot.text
        elif spot.role == "amount" and form.layout == "single_row":
            column += 1
            keys[spot.fact] = str(column)
        elif spot.role == "amount":
            keys[spot.fact] = keys.get(spot.fact, line)
    cells: dict[tuple[str, str], str] = {}
    for w in figures:
        cells.setdefault((keys[w.fact], ""), w.printed.text)
    return cells


@pytest.mark.parametrize(("document", "year"), [("000", 2024), ("003", 2020)])
def test_flattened_and_cell_by_line_text(shared: Path, catalog: Catalog, document: str, year: int) -> None:
    gold = json.loads((shared / "gold" / "cells-000-003.json").read_text(encoding="utf-8"))[document]
    (path,) = (shared / "corpus").glob(f"{document}_*.txt")
    reading = read(path, catalog)
    assert (reading.scope.kind, reading.scope.year) == ("final_accounts", year)
    compared = 0
    for form, rows in gold.items():
        (table,) = [table for table in reading.tables if table.kind.id == FORMS[form]]
        cells = printed_cells(table, catalog, year)
        for row, columns in rows.items():
            for column, value in (columns if isinstance(columns, dict) else {"": columns}).items():
                found = {cells[key] for key in cells if key[0] == row and column in ("", key[1])}
                assert found == {value}, f"{form} {row} {column}"
                compared += 1
    print(f"{document}: {compared} cells compared, all right")
    assert compared > 120


@pytest.mark.parametrize("name", ["finance", "finance-planted"])
def test_ruled_pdf(shared: Path, catalog: Catalog, name: str) -> None:
    with (shared / "gold" / f"cells-putuo-js2024-{name}.csv").open(encoding="utf-8-sig") as stream:
        gold = [row for row in csv.DictReader(stream) if row["column_path"] != "NOTE"]
    reading = read(shared / "corpus" / f"putuo-js2024-{name}.pdf", catalog)
    ours = Counter(
        (w.place.page, w.table, w.row_code, w.row_label, w.column, w.printed.text, w.printed.unit.value)
        for w in reading.witnesses
    )
    theirs = Counter(
        (
            int(row["page"]), row["table"].partition(":")[2], row["row_code"],
            row["row_label"].split(">")[-1].replace("（数据行）", ""),
            re.sub("^[左右]栏/", "", row["column_path"]), row["value_text"], row["unit"],
        )
        for row in gold
    )  # fmt: skip
    assert ours == theirs
    print(f"{name}: {len(gold)} cells compared, all right")
