"""Small disclosures made in a test: a cover, tables in 万元, and lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.documents import Cell, Document, Paragraph, Place, Table

Rows = list[list[str]]


def paper(cover: str, tables: Sequence[tuple[str, Rows]], *lines: str) -> Document:
    """A document of a cover, tables by their titles, and text below them."""
    blocks: list[Paragraph | Table] = [_line(cover, 1)]
    for number, (title, rows) in enumerate(tables, start=1):
        blocks += [_line(title, number * 100), _line("单位：万元", number * 100 + 1), _grid(rows, number)]
    blocks += [_line(text, 1000 + number) for number, text in enumerate(lines)]
    return Document(Path("x.docx"), "docx", [], blocks)


def _line(text: str, number: int) -> Paragraph:
    return Paragraph(text, Place(None, None, f"第{number}段"))


def _grid(rows: Rows, number: int) -> Table:
    cells = [
        Cell(text, row, column, 1, 1, Place(None, None, f"表{number}第{row + 1}行第{column + 1}列"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Table(len(rows), len(rows[0]), cells, Place(None, None, f"表{number}"))
