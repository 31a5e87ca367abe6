"""Every stated amount as data: one row per place, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import NamedTuple

from gouji.facts import write_dims
from gouji.writing.disclosure import Cell, Disclosure, Table
from gouji.writing.narrative import Narrative, Statement
from gouji.writing.spreadsheet import sheet_cell

SCHEMA = "gouji/facts/1"
"""Names the shape of the JSON; a change that breaks readers changes the number."""


class Row(NamedTuple):
    """One amount place, all text. The first thirteen columns are how a read document is tabulated, too.

    ``file`` and ``cell`` say where it stands in the workbook (sheet = ``form``); ``value`` is as printed in
    ``unit``, empty for a blank; ``exact_yuan`` is the amount before rounding; ``sources`` the register rows
    it comes from."""

    file: str
    page: str
    table: str
    row_code: str
    row_label: str
    column: str
    concept: str
    dimensions: str
    value: str
    unit: str
    decimals: str
    bbox: str
    status: str
    exact_yuan: str
    sources: str
    form: str
    cell: str
    body: str
    year: str


def facts_csv(disclosure: Disclosure, file: str) -> bytes:
    """The rows as CSV, UTF-8 with a byte order mark so that a spreadsheet program opens it. ``file`` is the
    name of the workbook that the places are in."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(Row._fields)
    writer.writerows(rows(disclosure, file))
    return stream.getvalue().encode("utf-8-sig")


def facts_json(disclosure: Disclosure, file: str) -> bytes:
    """The same rows as JSON, with dimensions and sources taken apart."""
    document: dict[str, object] = {
        "schema": SCHEMA,
        "body": disclosure.body,
        "year": disclosure.year,
        "level": disclosure.level,
        "facts": [
            _record(disclosure, table, cell, file) for table in disclosure.tables for cell in table.amounts
        ],
    }
    if disclosure.narrative is not None:
        stated = (_stated(statement, "") for statement in disclosure.narrative.statements)
        document["statements"] = [
            {
                **{name: value for name, value in row._asdict().items() if name not in ("file", "sources")},
                "number": int(row.number), "decimals": int(row.decimals), "balanced": bool(row.balanced),
                "sources": row.sources.split(";") if row.sources else [],
            }
            for row in stated
        ]  # fmt: skip
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


class Stated(NamedTuple):
    """One figure of the narrative, all text. ``section`` and ``heading`` say where it stands; ``measure`` is amount,
    share, rate, change or growth; ``dimensions`` and ``against`` are facts written out; ``value`` is as printed in
    ``unit``."""

    file: str
    number: str
    section: str
    heading: str
    measure: str
    title: str
    concept: str
    dimensions: str
    against: str
    text: str
    value: str
    unit: str
    decimals: str
    exact: str
    balanced: str
    sources: str


def statements_csv(narrative: Narrative, file: str) -> bytes:
    """The figures of the narrative as CSV, UTF-8 with a byte order mark. ``file`` is the document they stand in."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(Stated._fields)
    writer.writerows(_stated(statement, file) for statement in narrative.statements)
    return stream.getvalue().encode("utf-8-sig")


def _stated(statement: Statement, file: str) -> Stated:
    exact = "" if statement.exact is None else f"{statement.exact:f}"
    return Stated(
        file, str(statement.number), statement.section, statement.heading, statement.measure, statement.title,
        statement.fact.concept, write_dims(statement.fact.dims),
        str(statement.against) if statement.against else "", statement.text,
        f"{statement.value:.{statement.decimals}f}", statement.unit, str(statement.decimals), exact,
        "yes" if statement.balanced else "", ";".join(map(str, statement.sources)),
    )  # fmt: skip


def rows(disclosure: Disclosure, file: str) -> list[Row]:
    """All amount places in the order of the forms, blanks included."""
    return [_row(disclosure, table, cell, file) for table in disclosure.tables for cell in table.amounts]


def _row(disclosure: Disclosure, table: Table, cell: Cell, file: str) -> Row:
    fact = cell.spot.fact
    code, label = _row_heads(table, cell)
    decimals = len(cell.text.partition(".")[2])
    return Row(
        file=file, page="", table=table.form.title, row_code=code, row_label=label,
        column="/".join(cell.spot.path),
        concept=fact.concept if fact else "",
        dimensions=write_dims(fact.dims) if fact else "",
        value=cell.text, unit=table.form.unit.value, decimals=str(decimals) if cell.text else "", bbox="",
        status="bound" if cell.text else "nil",
        exact_yuan=_exact(cell), sources=";".join(_sources(cell)),
        form=table.form.number, cell=sheet_cell(cell), body=disclosure.body, year=str(disclosure.year),
    )  # fmt: skip


def _record(disclosure: Disclosure, table: Table, cell: Cell, file: str) -> dict[str, object]:
    row = _row(disclosure, table, cell, file)
    fact = cell.spot.fact
    return {
        "form": row.form, "table": row.table, "row_code": row.row_code, "row_label": row.row_label,
        "column": row.column, "concept": row.concept, "dimensions": dict(fact.dims) if fact else {},
        "value": row.value or None, "unit": row.unit, "decimals": int(row.decimals) if row.decimals else None,
        "exact_yuan": row.exact_yuan or None, "status": row.status, "sources": _sources(cell),
        "file": row.file, "cell": row.cell, "body": row.body, "year": row.year,
    }  # fmt: skip


def _row_heads(table: Table, cell: Cell) -> tuple[str, str]:
    """The code and the label that stand before an amount in its row: the nearest to its left."""
    code = label = ""
    for other in table.cells:
        if other.spot.row == cell.spot.row and other.spot.col < cell.spot.col:
            if other.spot.role == "code":
                code, label = other.text, ""
            elif other.spot.role in ("label", "name"):
                label = other.text
                code = code if other.spot.role == "name" else ""
    return code, label


def _exact(cell: Cell) -> str:
    if cell.figure is not None:
        return f"{cell.figure.amount:f}"
    return "0" if cell.text else ""


def _sources(cell: Cell) -> list[str]:
    """The register rows, each once, in order."""
    return list(dict.fromkeys(str(source) for source in cell.figure.sources)) if cell.figure else []
