"""A workbook of tables alone, without the text beside it, is a disclosure as well."""

from __future__ import annotations

from pathlib import Path

from gouji.catalog import load_catalog
from gouji.checking import Severity, check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing import disclose, spreadsheet


def test_nothing_is_said_of_the_tables_alone(examples: tuple[Path, ...], tmp_path: Path) -> None:
    """The notes under tables without a figure stand in cells: they are notes all the same."""
    catalog = load_catalog()
    for example in examples:
        path = tmp_path / f"{example.name}.xlsx"
        path.write_bytes(spreadsheet(disclose(read_workspace(example, catalog), catalog), catalog.dimensions))
        reading = read_document(open_document(path), catalog)
        assert any("本表无数据" in note.text for table in reading.tables for note in table.notes), (
            example.name
        )
        found = check([reading], catalog).findings
        assert [f.title for f in found if f.severity is not Severity.INFO] == [], example.name
