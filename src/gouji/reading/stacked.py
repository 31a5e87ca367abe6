"""Several tables below each other on one sheet, each under its title: parted, as if each had a sheet of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.catalog import Catalog, fold
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.reading.captions import find_targets_title, find_title

_CAPTION_ROWS = 4
"""Rows from a title to the first of several cells: number, body and unit stand between."""

_LONGEST_TITLE = 40


def unstacked(document: Document, catalog: Catalog) -> Document:
    """The document with such sheets parted; itself if it has none. Rows of one cell before the first title and after
    the last row of each table become paragraphs. Its other blocks are kept."""
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        blocks.extend(_parted(block, catalog) if isinstance(block, Table) and block.name else [block])
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=blocks)


def _parted(sheet: Table, catalog: Catalog) -> list[Paragraph | Table]:
    rows = _Rows(sheet)
    starts = list(_starts(rows, catalog))
    if len(starts) < 2:
        return [sheet]
    parts: list[Paragraph | Table] = list(rows.paragraphs(0, starts[0]))
    for start, end in zip(starts, [*starts[1:], sheet.n_rows], strict=True):
        last = next(row for row in range(end - 1, start - 1, -1) if row == start or len(rows.filled[row]) > 1)
        parts += [rows.table(start, last + 1), *rows.paragraphs(last + 1, end)]
    return parts


def _starts(rows: _Rows, catalog: Catalog) -> Iterator[int]:
    """The rows where tables begin: a title by itself (or the number right above it) with several cells soon below."""
    titles = {row for row in range(len(rows.filled)) if _is_title(rows.alone(row), catalog)}
    titles |= {
        row for row in range(1, len(rows.filled)) if row - 1 not in titles and _is_unnamed(rows, row, catalog)
    }
    for row in sorted(titles):
        below = range(row + 1, min(row + 1 + _CAPTION_ROWS, len(rows.filled)))
        first = next((at for at in below if at in titles or len(rows.filled[at]) > 1), None)
        if first is None or first in titles:
            continue
        numbered = row > 0 and catalog.lexicon.is_table_number(rows.alone(row - 1))
        yield row - 1 if numbered else row


def _is_title(text: str, catalog: Catalog) -> bool:
    """Whether a line titles a table, of a kind that is known or of another."""
    return bool(text) and (
        find_title(text, catalog.lexicon)[0] is not None
        or find_targets_title(text, catalog.lexicon)[0] is not None
        or (len(text) <= _LONGEST_TITLE and catalog.headings.qualified_title.fullmatch(text) is not None)
    )


def _is_unnamed(rows: _Rows, row: int, catalog: Catalog) -> bool:
    """Whether a line is the title of a table that lacks the word 表: below the number of a table, or right above the unit."""
    text = rows.alone(row)
    if not text or len(text) > _LONGEST_TITLE or any(mark in text for mark in "。：:（("):
        return False
    if catalog.lexicon.is_table_number(text):
        return False
    below = fold(rows.alone(row + 1)) if row + 1 < len(rows.filled) else ""
    numbered = catalog.lexicon.is_table_number(rows.alone(row - 1))
    return numbered or below.startswith(tuple(f"{head}:" for head in catalog.lexicon.marks.unit_heads))


class _Rows:
    """A sheet row by row."""

    def __init__(self, sheet: Table) -> None:
        self.sheet = sheet
        self.cells: list[list[Cell]] = [[] for _ in range(sheet.n_rows)]
        self.filled: list[list[Cell]] = [[] for _ in range(sheet.n_rows)]
        """The cells with text that stand in a row, those that reach down into it included."""
        for cell in sheet.cells:
            self.cells[cell.row].append(cell)
            for row in range(cell.row, cell.row + cell.row_span) if cell.text else ():
                self.filled[row].append(cell)

    def alone(self, row: int) -> str:
        """The text of the only cell of a row; empty if it has several, or none of its own."""
        filled = self.filled[row]
        return filled[0].text if len(filled) == 1 and filled[0].row_span == 1 else ""

    def paragraphs(self, first: int, end: int) -> Iterator[Paragraph]:
        for row in range(first, end):
            texts = [cell for cell in self.filled[row] if cell.row == row]
            if texts:
                yield Paragraph(" ".join(cell.text for cell in texts), texts[0].place)

    def table(self, first: int, end: int) -> Table:
        """The rows from ``first`` up to ``end``, without the columns in which nothing of theirs begins."""
        used = sorted({cell.col for row in range(first, end) for cell in self.cells[row] if cell.text})
        cells = [cell for row in range(first, end) for cell in _narrowed(self.cells[row], used, first, end)]
        place = next((cell.place for cell in cells if cell.text), self.sheet.place)
        return Table(end - first, len(used), cells, place, name=self.sheet.name)


def _narrowed(cells: Sequence[Cell], used: Sequence[int], first: int, end: int) -> Iterator[Cell]:
    for cell in cells:
        col = bisect_left(used, cell.col)
        span = bisect_left(used, cell.col + cell.col_span) - col
        if span:
            rows = min(cell.row_span, end - cell.row)
            yield cell._replace(row=cell.row - first, col=col, col_span=span, row_span=rows)
