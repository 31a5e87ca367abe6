"""Clean documents: the disclosure of a clean body, and what checking says of any disclosure in any format."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from clean_bodies import Body
from clean_budgets import BudgetBody
from openpyxl import load_workbook

from gouji.catalog import Catalog
from gouji.checking import CheckResult, check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing import (
    Disclosure,
    Table,
    Whose,
    disclose,
    facts_csv,
    facts_json,
    spreadsheet,
    tell,
    typeset,
    webpage,
    word,
)


@lru_cache(maxsize=64)
def clean_draft(seed: int, catalog: Catalog) -> Disclosure:
    """The final accounts of a body, built from its registers as `gouji build` does."""
    return _built(Body(seed, catalog), catalog)


@lru_cache(maxsize=64)
def clean_budget(seed: int, catalog: Catalog) -> Disclosure:
    """The budget of a body, built likewise."""
    return _built(BudgetBody(seed, catalog), catalog)


def _built(body: Body | BudgetBody, catalog: Catalog) -> Disclosure:
    with tempfile.TemporaryDirectory() as folder:
        _put_down(body, Path(folder))
        workspace = read_workspace(Path(folder), catalog)
    disclosure, settings = disclose(workspace, catalog), workspace.settings
    narrative = tell(
        workspace.book,
        workspace.material,
        catalog.phrase_set(disclosure.year, settings.phrases, settings.report),
        Whose(disclosure.body, disclosure.year, disclosure.level),
        codes=workspace.codes,
    )
    return replace(disclosure, narrative=narrative)


def _put_down(body: Body | BudgetBody, folder: Path) -> None:
    (folder / "单位.toml").write_text(body.settings, encoding="utf-8")
    (folder / "登记簿").mkdir()
    for name, rows in body.sheets.items():
        with (folder / "登记簿" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)


def written(
    disclosure: Disclosure, ending: str, catalog: Catalog, *, listed: Disclosure | None = None
) -> bytes:
    """The file in one format: html, docx, pdf (the whole document), xlsx (its tables), csv or json (its figures as data). The
    contents page of a web page or of a workbook is that of ``listed`` where it is given."""
    if ending in ("csv", "json"):
        return {"csv": facts_csv, "json": facts_json}[ending](disclosure, "tables.xlsx")
    if ending == "xlsx":
        return _typed(disclosure, catalog, listed or disclosure)
    content = {"html": webpage, "docx": word, "pdf": typeset}[ending](disclosure)
    if listed is None:
        return content
    contents = _NAV.search(webpage(listed))
    assert ending == "html", "only the contents of a web page can be kept"
    assert contents is not None
    return _NAV.sub(lambda _: contents[0], content)


def _typed(disclosure: Disclosure, catalog: Catalog, listed: Disclosure) -> bytes:
    """The tables as a workbook in which every figure was typed and no formula mends a total. What ``listed`` has beyond the
    disclosure stands on its first sheet alone."""
    own = {table.form.number: _ungrouped(table) for table in disclosure.tables}
    tables = tuple(own.get(table.form.number, table) for table in listed.tables)
    content = spreadsheet(replace(listed, tables=tables), catalog.dimensions)
    book = load_workbook(io.BytesIO(content), data_only=True)
    for table in listed.tables:
        if table.form.number not in own:
            book.remove(book[table.form.number])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _ungrouped(table: Table) -> Table:
    """With typed figures as a keyboard enters them: without commas."""
    cells = (
        c if c.figure or c.spot.fact is None else c._replace(text=c.text.replace(",", ""))
        for c in table.cells
    )
    return replace(table, cells=tuple(cells))


_NAV = re.compile(rb"<nav.*?</nav>", re.DOTALL)


def examine(
    disclosure: Disclosure, ending: str, catalog: Catalog, *, listed: Disclosure | None = None
) -> CheckResult:
    """Write, read and check."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft.{ending}"
        path.write_bytes(written(disclosure, ending, catalog, listed=listed))
        return check([read_document(open_document(path), catalog)], catalog)
