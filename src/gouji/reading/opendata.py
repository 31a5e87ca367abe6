"""Open data read back: records that already say which fact they state become witnesses as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gouji.catalog import Catalog
from gouji.documents import Document, Table
from gouji.facts import Fact, Place, Presence, Status, Unit, Witness, as_printed, read_dims
from gouji.reading.result import ReadCode, ReadTable

_YEAR = re.compile("[0-9]{4}")
_NEEDED = ("table", "row_code", "row_label", "column", "concept", "dimensions", "value", "unit", "status")


def is_open_data(document: Document) -> bool:
    """Whether a document is one table of records with the columns of the reading contract."""
    tables = document.tables
    if len(tables) != 1 or len(document.blocks) != 1:
        return False
    head = {cell.text for cell in tables[0].cells if cell.row == 0}
    return head.issuperset(_NEEDED)


def read_open_data(document: Document, catalog: Catalog, file: str) -> list[ReadTable]:
    """The recognised tables. Records of a table that the lexicon does not know, or that name an unknown concept
    member, stay as unbound witnesses of a table of their own kind where that is known, and are left out else."""
    grid = document.tables[0]
    rows = _records(grid)
    tables: dict[str, ReadTable] = {}
    for number, record in rows:
        title = record["table"]
        kind = catalog.lexicon.table_kind(title) or catalog.lexicon.targets_kind(title)
        unit = next((unit for unit in Unit if unit.value == record["unit"]), None)
        if kind is None or unit is None:
            continue
        where = Place(file, None, None, f"第{number + 1}行")
        if title not in tables:
            tables[title] = ReadTable(len(tables), kind, title, record.get("form", ""), unit, (), where)
        table = tables[title]
        printed = as_printed(record["value"], unit)
        if printed is None:
            continue
        fact = _fact(record, catalog)
        code = record["row_code"]
        if code and not any(known.code == code for known in table.codes[-1:]):
            table.codes.append(ReadCode(_dimension(code, fact, catalog), code, record["row_label"], where))
        if fact is None and printed.presence is not Presence.NUMBER:
            continue
        table.witnesses.append(
            Witness(
                fact, printed, where, title, table.id, number, code, record["row_label"], record["column"],
                Status.BOUND if fact is not None else Status.UNBOUND,
                "" if fact is not None else "这条记录的 concept 或 dimensions 不在目录中",
            )
        )  # fmt: skip
    return list(tables.values())


def _dimension(code: str, fact: Fact | None, catalog: Catalog) -> str:
    """What a code is one of: as the record's own fact has it, and nothing where that has no such member (a body may have
    the digits of a 类); by its shape where the record has no fact."""
    if fact is None:
        return catalog.code_dimension(code) or ""
    return next((name for name, member in fact.dims if member == code), "")


def stated_scope(document: Document) -> tuple[str, int | None]:
    """The body and the year that the records name; empty and ``None`` where they name none."""
    rows = _records(document.tables[0])
    first = rows[0][1] if rows else {}
    year = first.get("year", "")
    return first.get("body", ""), int(year) if _YEAR.fullmatch(year) else None


def _records(grid: Table) -> list[tuple[int, Mapping[str, str]]]:
    head = {cell.col: cell.text for cell in grid.cells if cell.row == 0}
    rows: dict[int, dict[str, str]] = {}
    for cell in grid.cells:
        if cell.row and cell.col in head:
            rows.setdefault(cell.row, {})[head[cell.col]] = cell.text
    return sorted(rows.items())


def _fact(record: Mapping[str, str], catalog: Catalog) -> Fact | None:
    if not record["concept"]:
        return None
    dims: list[tuple[str, str]] = []
    for name, member in read_dims(record["dimensions"]):
        tree = catalog.dimensions.get(name)
        if name != "detail" and (
            tree is None
            or (tree.parents and not tree.named and member not in tree.parents and not member.isdigit())
        ):
            return None
        dims.append((name, member))
    return Fact(record["concept"], tuple(sorted(dims)))
