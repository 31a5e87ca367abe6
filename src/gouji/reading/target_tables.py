"""The money in tables of performance targets with a column for each category of indicator (其他资金绩效目标表,
部门整体支出绩效目标表).

What they say beside the money is read as performance forms; here the columns of money become a table like any other,
so that its figures take part in the same relations. Such a table is known by its columns of categories and its title.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.catalog import Catalog, TableKind, fold, label_of
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.facts import Place, Unit
from gouji.reading.captions import Caption, find_targets_title
from gouji.reading.grids import read_grid
from gouji.reading.joined import JoinedGrid
from gouji.reading.performance_heads import category_rows
from gouji.reading.result import ReadTable
from gouji.reading.sections import read_separated

_LINES_ABOVE = 8


def read_target_tables(
    document: Document, catalog: Catalog, file: str, before: Sequence[ReadTable]
) -> list[ReadTable]:
    """The tables of money, in the order of the document. ``before`` are the tables read so far: they say which bodies
    there are, and tell apart how a table that lost its merged cells may be read."""
    bodies = {w.fact.member("agency_code") or "" for t in before for w in t.witnesses if w.fact is not None}
    found: list[ReadTable] = []
    above: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block)
            continue
        money = _money(block, catalog)
        if money is not None:
            lines = [line.text for line in above[-_LINES_ABOVE:]]
            caption, titled = _caption([*lines, *money.lines, block.name], catalog)
            if not titled and found and found[-1].place.page != block.place.page:
                _read(money, found[-1], [*before, *found[:-1]], bodies, document.layout, catalog)
            elif caption.kind is not None:
                table = _table(len(before) + len(found), caption.kind, caption, block, file)
                _read(money, table, [*before, *found], bodies, document.layout, catalog)
                found.append(table)
        above = []
    return found


class _Money(NamedTuple):
    """A grid cut off behind its last column of money, the first row of its heads, and the words above them."""

    grid: Table
    first_row: int
    lines: list[str]


def _money(block: Table, catalog: Catalog) -> _Money | None:
    """The money of a grid; ``None`` for a grid without columns of categories or of money."""
    wide = category_rows(block, catalog.performance)
    if not wide:
        return None
    rows = catalog.performance.money_rows
    heads = [cell for cell in block.cells if cell.row <= wide[-1]]
    named = [cell for cell in heads if label_of(cell.text) in rows]
    if not named:
        return None
    end = max(cell.col + cell.col_span for cell in named)
    first = min(cell.row for cell in heads if _is_head(label_of(cell.text), catalog))
    cells = [_cut(cell, end) for cell in block.cells if cell.col < end]
    grid = replace(block, n_cols=end, cells=cells, column_edges=block.column_edges[: end + 1])
    return _Money(grid, first, [cell.text for cell in heads if cell.row < first and cell.text])


def _is_head(label: str, catalog: Catalog) -> bool:
    wording = catalog.performance
    known = (wording.money_rows, wording.texts, wording.categories, wording.levels, wording.money_heads)
    return any(label in words for words in known)


def _cut(cell: Cell, end: int) -> Cell:
    return cell if cell.col + cell.col_span <= end else cell._replace(col_span=end - cell.col)


def _caption(lines: Sequence[str], catalog: Catalog) -> tuple[Caption, bool]:
    """What the lines above say, from the nearest title on; and whether they name any table."""
    caption = Caption()
    for start in range(len(lines) - 1, -1, -1):
        text = lines[start]
        kind, title = find_targets_title(text, catalog.lexicon)
        if kind is not None:
            caption.kind, caption.title = kind, title
            for line in lines[start:]:
                caption.absorb(line, catalog.lexicon)
            return caption, True
        if fold(text).endswith("表") and catalog.lexicon.titles.stems(text):
            return caption, True
    return caption, False


def _table(number: int, kind: TableKind, caption: Caption, block: Table, file: str) -> ReadTable:
    pages = (block.place.page,) if block.place.page is not None else ()
    place = Place(file, block.place.page, block.place.box, block.place.ref)
    return ReadTable(
        number, kind, caption.title, caption.number, caption.unit or Unit.WAN_YUAN, pages, place,
        unit_stated=caption.unit is not None,
    )  # fmt: skip


def _read(  # noqa: PLR0917
    money: _Money,
    table: ReadTable,
    before: list[ReadTable],
    bodies: Collection[str],
    layout: str,
    catalog: Catalog,
) -> None:
    """Add the figures of one piece to its table."""
    page, grid = money.grid.place.page, JoinedGrid(money.grid)
    part = replace(table, witnesses=[], codes=[], pages=table.pages)
    if layout == "separated":
        read_separated(grid, money.first_row, part, before, catalog)
    else:
        read_grid(grid, part, money.first_row, catalog, bodies)
    below = max((witness.row for witness in table.witnesses), default=-1) + 1
    table.witnesses += [replace(witness, row=witness.row + below) for witness in part.witnesses]
    table.one_body, table.why = part.one_body or table.one_body, part.why
    if page is not None and page not in table.pages:
        table.pages = (*table.pages, page)
