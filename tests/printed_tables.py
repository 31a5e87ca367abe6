"""Documents of a few lines and tables, as a PDF gives them, written down in a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.catalog import Catalog
from gouji.documents import Cell, Document, Paragraph, Place, Table
from gouji.facts import Fact, Presence
from gouji.reading import Reading, read_document


def line(text: str, page: int) -> Paragraph:
    return Paragraph(text, Place(page, None, f"第{page}页"))


def grid(rows: Sequence[str], page: int, edges: tuple[float, ...] = ()) -> Table:
    """A table of one page; cells are divided by ``|``."""
    place = Place(page, None, f"第{page}页")
    cells = [
        Cell(text.strip(), r, c, 1, 1, place, 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    ]
    return Table(len(rows), rows[0].count("|") + 1, cells, place, edges)


def read(catalog: Catalog, *blocks: Paragraph | Table) -> Reading:
    return read_document(Document(Path("公开.pdf"), "pdf", [], list(blocks)), catalog)


def stated(reading: Reading, table: int = 0) -> dict[Fact | None, str]:
    return {
        w.fact: w.printed.text
        for w in reading.tables[table].witnesses
        if w.printed.presence is Presence.NUMBER
    }
