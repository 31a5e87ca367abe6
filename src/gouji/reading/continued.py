"""Which grid goes on with the table before it: on the next page, or in the next piece of a format without pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.catalog import Catalog, Lexicon, fold
from gouji.documents import Paragraph, Table
from gouji.facts import Place
from gouji.reading.captions import Caption, is_note, names_another_table
from gouji.reading.joined import AMOUNT_LIKE, EDGE_SLACK, JoinedGrid, distinct, finest, repeats_heads
from gouji.reading.page_numbers import numbered_alike

_TOP_ROWS = 6
_FURNITURE = 60
"""Characters of running titles and page numbers that may stand between two pieces of a table."""
_CONTINUED = re.compile(
    r"\(?续表?[一二三四五六七八九十\d]*\)?|^附?表[一二三四五六七八九十\d]+(?:-\d+)?[:、.]?"
)


@dataclass(slots=True)
class Section:
    """One grid with what stands around it, before it is understood."""

    grid: JoinedGrid
    caption: Caption
    first_row: int
    place: Place
    notes: list[Paragraph] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    block: int = 0
    close: bool = False
    """Whether nothing but page numbers and running heads stands between it and the grid before it."""


def goes_on(section: Section, previous: Section, above: Sequence[Paragraph], catalog: Catalog) -> bool:
    """Whether a grid is the rest of the table before it: on the next page (or the same one), as wide or under the
    same heads, and with no title of its own between, or the same title again. ``above`` are the lines between."""
    block, last = section.grid.pieces[0], previous.grid.pieces[-1]
    page, before = block.place.page, last.place.page
    if section.caption.kind is None and _titles_another(section.grid, catalog.lexicon):
        return False
    if page is None or before is None:
        return _goes_on_unpaged(section, previous, above, catalog)
    if page - before > 1 or (block.doubt and not last.doubt):
        return False
    as_wide = _same_width(block, previous.grid)
    caption = section.caption
    if caption.kind is not None:
        same_title = _same_title(caption.title, previous.caption.title)
        repeated = same_title and block.n_cols == previous.grid.n_cols
        as_wide = as_wide or (repeated and not _has_total(block, catalog.lexicon))
        return caption.kind is previous.caption.kind and same_title and page != before and as_wide
    if is_ended(previous, above, catalog.lexicon):
        return False
    return as_wide or _repeats_heads(section, previous)


def _goes_on_unpaged(
    section: Section, previous: Section, above: Sequence[Paragraph], catalog: Catalog
) -> bool:
    """Whether a grid of a format without pages is the rest of the one before it, as a converted PDF leaves them: as
    many columns (a sheet may end before those that are blank in it), and its title or its heads again, or its data at
    once with nothing between (page numbers and running heads are left out before)."""
    grid, caption, lexicon = section.grid, section.caption, catalog.lexicon
    block = grid.pieces[0]
    is_sheet = bool(block.name)
    fits = block.n_cols == previous.grid.n_cols or (is_sheet and block.n_cols < previous.grid.n_cols)
    if not fits or _has_total(block, lexicon):
        return False
    if not numbered_alike(block.name, previous.grid.pieces[-1].name):
        # A workbook's sheets may be those of several bodies.
        return False
    if caption.kind is not None:
        same = caption.kind is previous.caption.kind and _same_title(caption.title, previous.caption.title)
        return same and not previous.notes
    if is_ended(previous, above, lexicon):
        return False
    heads = _heads(previous.grid, previous.first_row)
    top = grid.rows[section.first_row : section.first_row + len(heads)]
    if heads and heads == [[fold(g.cell.text) for g in row] for row in top]:
        return True
    kind = previous.caption.kind.id if previous.caption.kind is not None else ""
    return not above and _begins_with_data(grid, kind, lexicon) and _has_figures_where(grid, previous.grid)


def _titles_another(grid: JoinedGrid, lexicon: Lexicon) -> bool:
    """Whether one of the first rows of a grid is the title of a table of no known kind."""
    rows = ([g.cell.text for g in distinct(row) if g.cell.text] for row in grid.rows[:_TOP_ROWS])
    return any(len(texts) == 1 and names_another_table(texts[0], lexicon) for texts in rows)


def _has_figures_where(grid: JoinedGrid, before: JoinedGrid) -> bool:
    """Whether the columns of figures of a grid without heads are columns of figures of the one before it, and its
    columns of words are not."""
    own, words = _columns(grid)
    figures, _ = _columns(before)
    return bool(own) and own <= figures and not words & figures


def _columns(grid: JoinedGrid) -> tuple[set[int], set[int]]:
    """The columns that hold figures, and those that hold words only."""
    figures: set[int] = set()
    filled: set[int] = set()
    for row in grid.rows:
        for column, grid_cell in enumerate(row):
            if grid_cell.anchor and grid_cell.cell.text:
                filled.add(column)
                if AMOUNT_LIKE.fullmatch(fold(grid_cell.cell.text)):
                    figures.add(column)
    return figures, filled - figures


def _begins_with_data(grid: JoinedGrid, kind: str, lexicon: Lexicon) -> bool:
    """Whether the first row of a grid that is not blank can be no heads: it has figures, or words that head no
    column of its kind."""
    texts = ([g.cell.text for g in distinct(row) if g.cell.text] for row in grid.rows[:_TOP_ROWS])
    top = next((row for row in texts if row), [])
    if any(AMOUNT_LIKE.fullmatch(fold(text)) for text in top):
        return len(top) > 1
    return bool(top) and has_amounts(grid) and not any(lexicon.meaning(text, kind, "column") for text in top)


def _heads(grid: JoinedGrid, first_row: int) -> list[list[str]]:
    """The rows above the first figures, if they can be heads: two different texts or more."""
    found: list[list[str]] = []
    for row in grid.rows[first_row : first_row + _TOP_ROWS]:
        texts = [fold(grid_cell.cell.text) for grid_cell in row]
        if any(AMOUNT_LIKE.fullmatch(text) for text in texts):
            return found if len({text for own in found for text in own if text}) > 1 else []
        found.append(texts)
    return []


def has_amounts(grid: JoinedGrid) -> bool:
    """Whether the first rows of a grid hold figures."""
    return any(AMOUNT_LIKE.fullmatch(fold(g.cell.text)) for row in grid.rows[:_TOP_ROWS] for g in row)


def is_ended(previous: Section, above: Sequence[Paragraph], lexicon: Lexicon) -> bool:
    """Whether what stands below a table ends it: a note, a title, or more than page numbers and running heads."""
    between = any(
        is_note(paragraph.text, lexicon) or lexicon.titles.stems(paragraph.text) for paragraph in above
    )
    return between or bool(previous.notes) or sum(len(paragraph.text) for paragraph in above) > _FURNITURE


def _repeats_heads(section: Section, previous: Section) -> bool:
    own = previous.grid.rows[previous.first_row : previous.first_row + 1]
    new = section.grid.rows[section.first_row : section.first_row + 1]
    return section.grid.n_cols == previous.grid.n_cols and any(
        repeats_heads(heads, row) for heads in own for row in new
    )


def _same_title(one: str, other: str) -> bool:
    """Whether two captions name one table. One kind may come in several tables (按功能分类, 按经济分类); a continuation
    may say so (续表)."""
    return _CONTINUED.sub("", fold(one)) == _CONTINUED.sub("", fold(other))


def _has_total(block: Table, lexicon: Lexicon) -> bool:
    """Whether a grid opens with a total row, as a table of its own does."""
    for row in range(min(_TOP_ROWS, block.n_rows)):
        texts = [cell.text for cell in block.cells if cell.row == row and cell.text]
        if any(AMOUNT_LIKE.fullmatch(fold(text)) for text in texts):
            meanings = [lexicon.meaning(text, "", "row") for text in texts]
            return any(meaning is not None and meaning.total for meaning in meanings)
    return False


def _same_width(block: Table, grid: JoinedGrid) -> bool:
    """Whether a piece has the outer lines of the table before it, and its columns are theirs or unions of theirs."""
    if not block.column_edges or not grid.edges:
        return block.n_cols == grid.n_cols
    one, other = block.column_edges, grid.edges
    if abs(one[0] - other[0]) > EDGE_SLACK or abs(one[-1] - other[-1]) > EDGE_SLACK:
        return False
    return len(finest(one, other)) <= max(len(one), len(other))
