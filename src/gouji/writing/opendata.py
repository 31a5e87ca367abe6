"""Every stated amount as data: one row per place, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gouji.facts import write_dims
from gouji.writing.disclosure import Cell, Disclosure, Table
from gouji.writing.narrative import Narrative, Statement
from gouji.writing.origins import origins
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


class Record(NamedTuple):
    """A row with its dimensions and sources taken apart."""

    row: Row
    dimensions: tuple[tuple[str, str], ...]
    sources: list[str]


def facts_csv(disclosure: Disclosure, file: str) -> bytes:
    """The rows as CSV, UTF-8 with a byte order mark so that a spreadsheet program opens it. ``file`` is the
    name of the workbook that the places are in."""
    return records_csv(stated_records(disclosure, file))


def facts_json(disclosure: Disclosure, file: str) -> bytes:
    """The same rows as JSON, with dimensions and sources taken apart."""
    return records_json(stated_records(disclosure, file), disclosure)


def stated_records(disclosure: Disclosure, file: str) -> list[Record]:
    """All amount places in the order of the forms, blanks included."""
    return [_record(place, disclosure, file) for place in places(disclosure)]


def records_csv(records: Sequence[Record]) -> bytes:
    """See :func:`facts_csv`."""
    return _csv(Row._fields, (record.row for record in records))


def records_json(records: Sequence[Record], disclosure: Disclosure) -> bytes:
    """See :func:`facts_json`."""
    members: dict[str, object] = {
        "schema": SCHEMA,
        "body": disclosure.body,
        "year": disclosure.year,
        "level": disclosure.level,
        "facts": map(_taken_apart, records),
    }
    if disclosure.narrative is not None:
        stated = (_stated(statement, "") for statement in disclosure.narrative.statements)
        members["statements"] = (
            {
                **{name: value for name, value in row._asdict().items() if name not in ("file", "sources")},
                "number": int(row.number), "decimals": int(row.decimals), "balanced": bool(row.balanced),
                "sources": row.sources.split(";") if row.sources else [],
            }
            for row in stated
        )  # fmt: skip
    return _json(members)


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _json(members: Mapping[str, object]) -> bytes:
    """A record on a line of its own: readable, and a fraction of the time that indenting every value takes."""
    stream = io.BytesIO()
    before = "{\n"
    for name, value in members.items():
        stream.write(f"{before}{_ENCODER.encode(name)}: ".encode())
        before = ",\n"
        if isinstance(value, Iterator):
            between = "[\n"
            for record in value:
                stream.write((between + _ENCODER.encode(record)).encode())
                between = ",\n"
            stream.write(b"\n]" if between != "[\n" else b"[\n\n]")
        else:
            stream.write(_ENCODER.encode(value).encode())
    stream.write(b"\n}\n")
    return stream.getvalue()


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
    return _csv(Stated._fields, (_stated(statement, file) for statement in narrative.statements))


def _csv(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    stream = io.BytesIO()
    with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(heads)
        writer.writerows(lines)
        text.flush()
        return stream.getvalue()


def _stated(statement: Statement, file: str) -> Stated:
    exact = "" if statement.exact is None else f"{statement.exact:f}"
    return Stated(
        file, str(statement.number), statement.section, statement.heading, statement.measure, statement.title,
        statement.fact.concept, write_dims(statement.fact.dims),
        str(statement.against) if statement.against else "", statement.text,
        f"{statement.value:.{statement.decimals}f}", statement.unit, str(statement.decimals), exact,
        "yes" if statement.balanced else "", ";".join(origins(statement.sources)),
    )  # fmt: skip


class Place(NamedTuple):
    """A place that states a fact, with the code and the label that stand before it in its row."""

    table: Table
    cell: Cell
    code: str
    label: str


def places(disclosure: Disclosure) -> Iterator[Place]:
    """All places of all tables that state a fact, in the order of the forms."""
    for table in disclosure.tables:
        row, code, label = -1, "", ""
        for cell in table.cells:
            if cell.spot.row != row:
                row, code, label = cell.spot.row, "", ""
            if cell.spot.fact is not None:
                yield Place(table, cell, code, label)
            elif cell.spot.role == "code":
                # A code in pieces (类, 款, 项) is put together.
                goes_on = code.isdigit() and not label and len(cell.text) in (0, _PIECE)
                code, label = code + cell.text if goes_on else cell.text, ""
            elif cell.spot.role in ("label", "name"):
                label = cell.text
                code = code if cell.spot.role == "name" else ""


_PIECE = 2
"""Digits of a 款 or a 项 that stands in a column of its own."""


def _record(place: Place, disclosure: Disclosure, file: str) -> Record:
    table, cell, code, label = place
    fact = cell.spot.fact
    decimals = len(cell.text.partition(".")[2])
    sources = origins(cell.figure.sources) if cell.figure else []
    row = Row(
        file=file, page="", table=table.form.title, row_code=code, row_label=label,
        column="/".join(cell.spot.path),
        concept=fact.concept if fact else "",
        dimensions=write_dims(fact.dims) if fact else "",
        value=cell.text, unit=table.form.unit.value, decimals=str(decimals) if cell.text else "", bbox="",
        status="bound" if cell.text else "nil",
        exact_yuan=_exact(cell), sources=";".join(sources),
        form=table.form.number, cell=sheet_cell(cell), body=disclosure.body, year=str(disclosure.year),
    )  # fmt: skip
    return Record(row, fact.dims if fact else (), sources)


def _taken_apart(record: Record) -> dict[str, object]:
    row = record.row
    return {
        "form": row.form, "table": row.table, "row_code": row.row_code, "row_label": row.row_label,
        "column": row.column, "concept": row.concept, "dimensions": dict(record.dimensions),
        "value": row.value or None, "unit": row.unit, "decimals": int(row.decimals) if row.decimals else None,
        "exact_yuan": row.exact_yuan or None, "status": row.status, "sources": record.sources,
        "file": row.file, "cell": row.cell, "body": row.body, "year": row.year,
    }  # fmt: skip


def _exact(cell: Cell) -> str:
    if cell.figure is not None:
        return f"{cell.figure.amount:f}"
    return "0" if cell.text else ""
