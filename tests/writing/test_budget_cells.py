"""The budget example prints every cell of the tables that the body published, and says what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from gouji.catalog import Catalog
from gouji.documents.opening import open_document
from gouji.facts import Presence
from gouji.reading import Reading, read_document
from gouji.registers import read_workspace
from gouji.writing import Disclosure, Table, disclose, webpage

LOST_CELL = {"预算02表": 10}
"""A table whose rows were published with one cell lost, and the column where it was."""
SHORT_CODES = "预算07表"
"""The table that was published with 款 codes of two digits (03 for 20603)."""
NO_TOTAL = "预算13表"
"""The table that was published without its 合计 row."""
MONEY = {"预算21表": 6, "预算22表": 5, "预算23表": 8}
"""The tables of targets, and how many of their columns hold names and money: their words are the body's own."""


@pytest.fixture(scope="module")
def budget(budget_example: Path, catalog: Catalog) -> Disclosure:
    workspace = read_workspace(budget_example, catalog)
    # Last year's accounts of the same body left more than this budget carries over: a hint, no fault of the registers.
    assert ["年末" in notice.text and "上年结转" in notice.text for notice in workspace.notices] == [True]
    return disclose(workspace, catalog)


@pytest.fixture(scope="module")
def published(shared: Path) -> Path:
    (path,) = (shared / "corpus").glob("001_*.txt")
    return path


def plain(text: str) -> str:
    compact = re.sub(r"\s+", "", text)
    return compact.replace("（", "(").replace("）", ")").replace("—", "-")


def published_rows(lines: Sequence[str], title: str) -> list[list[str]]:
    """The rows below the last line that is the title."""
    start = max(index for index, line in enumerate(lines) if plain(line) == plain(title))
    rows: list[list[str]] = []
    for line in lines[start + 1 :]:
        if "\t" in line:
            rows.append([plain(text) for text in line.split("\t")])
        elif rows:
            break
    return rows


def built_rows(table: Table) -> list[list[str]]:
    rows = [[""] * table.grid.n_cols for _ in range(table.grid.n_rows)]
    for cell in table.cells:
        rows[cell.spot.row][cell.spot.col] = plain(cell.text)
    return rows[table.grid.head_rows :]


def test_every_published_cell_is_built(budget: Disclosure, published: Path) -> None:
    lines = published.read_text(encoding="utf-8").splitlines()
    compared = 0
    for table in budget.tables:
        width = table.grid.n_cols
        found = published_rows(lines, table.form.title)[table.grid.head_rows :]
        if table.form.number in LOST_CELL:
            at = LOST_CELL[table.form.number]
            found = [[*row[:at], "", *row[at:]] for row in found]
        built = built_rows(table)
        if table.form.number == SHORT_CODES:
            built = [[row[0][3:] if len(row[0]) == 5 else row[0], *row[1:]] for row in built]
        if table.form.number == NO_TOTAL:
            assert built[0][4] == "合计"
            built = built[1:]
        if table.form.number in MONEY:
            width = MONEY[table.form.number]
            built = [row[:width] for row in built]
        else:
            assert not any(any(row[width:]) for row in found)
        assert [row[:width] for row in found] == built, table.form.title
        compared += sum(map(len, built))
    assert len(budget.tables) == 23
    assert budget.unrecorded == []
    assert compared == 1807


def stated(reading: Reading) -> Counter[tuple[str, str, str]]:
    kinds = {table.id: table.kind.id for table in reading.tables}
    figures = (w for w in reading.witnesses if w.printed.presence is Presence.NUMBER)
    return Counter((kinds[w.table_id], str(w.fact), w.printed.text.strip()) for w in figures)


def test_the_published_text_says_what_the_built_tables_say(
    budget: Disclosure, published: Path, catalog: Catalog, tmp_path: Path
) -> None:
    (tmp_path / "built.html").write_bytes(webpage(budget))
    built = read_document(open_document(tmp_path / "built.html"), catalog)
    read = read_document(open_document(published), catalog)
    ours = stated(built)
    (total,) = [table.id for table in built.tables if table.kind.id == "general_goods_by_department"]
    # What the published table lacks: its 合计 row.
    ours -= Counter(
        ("general_goods_by_department", str(w.fact), w.printed.text.strip())
        for w in built.witnesses
        if w.table_id == total and w.row_label == "合计" and w.printed.presence is Presence.NUMBER
    )
    assert stated(read) == ours
    assert all(witness.status == "bound" for witness in read.witnesses)
    assert (read.scope.kind, read.scope.year, read.scope.level) == ("budget", 2025, "单位")
