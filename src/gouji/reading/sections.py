"""Walks a document: which grid is which table, which continues the one before, which notes belong to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gouji.catalog import Catalog, Lexicon, fold
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.facts import Fact, Place, Status, Unit, Witness
from gouji.reading.agreed import best
from gouji.reading.captions import Caption, is_note, notes_within, title_kind
from gouji.reading.grids import read_grid, realign_grid
from gouji.reading.joined import AMOUNT_LIKE, EDGE_SLACK, JoinedGrid, distinct, finest, repeats_heads
from gouji.reading.result import ReadTable
from gouji.reading.separated import arrangements
from gouji.reading.title_rows import caption_rows
from gouji.reading.wrapping import furniture

_LINES_ABOVE = 8
_MOST_NOTES = 6
_TOP_ROWS = 6
_FURNITURE = 60
"""Characters of running titles and page numbers that may stand between two pieces of a table."""
_CONTINUED = re.compile(
    r"\(?续表?[一二三四五六七八九十\d]*\)?|^附?表[一二三四五六七八九十\d]+(?:-\d+)?[:、.]?"
)
_LARGEST_CONTENTS = 400


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


def read_grids(
    document: Document, catalog: Catalog, file: str
) -> tuple[list[ReadTable], list[tuple[str, str]], str]:
    """The recognised tables of a document with grids, the grids that are none (where, first words), and the body
    that the captions name."""
    sections = _sections(document, file, catalog)
    units = Counter(
        section.caption.unit for section in sections if section.caption.unit and section.caption.kind
    )
    usual = units.most_common(1)[0][0] if units else None
    tables: list[ReadTable] = []
    listed: set[str] = set()
    separated: list[tuple[Section, ReadTable]] = []
    unrecognised: list[tuple[str, str]] = []
    for position, section in enumerate(sections):
        kind = section.caption.kind
        if kind is None:
            unrecognised.append(_describe(section))
            continue
        unit = section.caption.unit or usual or Unit.WAN_YUAN
        table = ReadTable(
            len(tables), kind, section.caption.title, section.caption.number, unit, tuple(section.pages),
            section.place, notes=[*section.notes, *notes_within(section.grid.pieces, catalog.lexicon)],
            unit_stated=section.caption.unit is not None or usual is not None,
            body=section.caption.body, block=section.block, cut=_is_cut(section, sections[position + 1 : position + 2]),
        )  # fmt: skip
        if document.layout == "separated":
            read_separated(section.grid, section.first_row, table, tables, catalog)
            separated.append((section, table))
        else:
            read_grid(section.grid, table, section.first_row, catalog, listed)
        listed.update(w.fact.member("agency_code") or "" for w in table.witnesses if w.fact is not None)
        tables.append(table)
    known = {
        witness.fact: witness.printed.interval
        for table in tables
        for witness in table.witnesses
        if separated and witness.status is Status.BOUND and witness.fact is not None
    }
    for section, table in separated:
        if any(witness.status is not Status.BOUND for witness in table.witnesses):
            realign_grid(section.grid, table, section.first_row, catalog, known)
    bodies = Counter(
        section.caption.body for section in sections if section.caption.kind and section.caption.body
    )
    return tables, unrecognised, bodies.most_common(1)[0][0] if bodies else ""


def _is_cut(section: Section, following: Sequence[Section]) -> bool:
    """Whether a table seems to go on in the grid that follows it and was not joined to it: figures at the top of the next
    page, without a title or a number."""
    if not following or not following[0].close or following[0].caption.title or following[0].caption.number:
        return False
    page, last = following[0].place.page, section.grid.pieces[-1].place.page
    return page is not None and last is not None and page == last + 1 and _has_amounts(following[0].grid)


def read_separated(
    grid: JoinedGrid, first_row: int, table: ReadTable, before: list[ReadTable], catalog: Catalog
) -> None:
    """Read a table that came without its merged cells: each way to put its heads together again, then what they
    agree on. Where there is none, no column under heads of several levels is certain."""
    piece = grid.pieces[0]
    known: dict[Fact, Witness] = {}
    for witness in (w for other in before for w in other.witnesses):
        if witness.fact is not None and witness.status is Status.BOUND:
            known.setdefault(witness.fact, witness)
    tried = False
    for ways in arrangements(piece, table.kind, catalog.lexicon):
        trials = [replace(table, witnesses=[], codes=[]) for _ in ways]
        for trial, way in zip(trials, ways, strict=True):
            read_grid(JoinedGrid(way), trial, 0, catalog)
        agreed = best([trial.witnesses for trial in trials], known, catalog)
        if agreed is not None:
            table.witnesses, table.codes = agreed, trials[0].codes
            table.one_body = trials[0].one_body
            return
        tried = True
    read_grid(grid, table, first_row, catalog)
    if any("/" in witness.column for witness in table.witnesses) or tried:
        table.why = table.why or "原文没有合并单元格的信息，多级表头与数据列未必对齐"
        table.witnesses = [
            replace(w, status=Status.AMBIGUOUS, why=table.why) if w.status is Status.BOUND else w
            for w in table.witnesses
        ]


def _sections(document: Document, file: str, catalog: Catalog) -> list[Section]:
    lexicon = catalog.lexicon
    sections: list[Section] = []
    above: list[Paragraph] = []
    left_out = furniture(document) if not document.pages else set()
    for position, block in enumerate(document.blocks):
        if id(block) in left_out:
            continue
        if isinstance(block, Paragraph):
            if sections and _are_notes(above, sections[-1]) and is_note(block.text, lexicon):
                sections[-1].notes.append(block)
                continue
            if sections and not above and _goes_on(sections[-1].notes, block, lexicon):
                sections[-1].notes.append(block)
            above.append(block)
            continue
        if contents_cells(block, lexicon):
            continue
        grid = JoinedGrid(block)
        caption = Caption()
        first_row = caption_rows(grid, caption, lexicon)
        if caption.kind is None:
            titled_above(above, caption, catalog)
        if caption.kind is None and block.name:
            caption.absorb(block.name, lexicon)
        previous = sections[-1] if sections else None
        if previous is not None and _continues(block, grid, first_row, caption, previous, above, catalog):
            previous.grid.extend(grid, previous.first_row, first_row)
            if block.place.page is not None and block.place.page not in previous.pages:
                previous.pages.append(block.place.page)
        else:
            pages = [block.place.page] if block.place.page is not None else []
            place = Place(file, block.place.page, block.place.box, block.place.ref)
            close = previous is not None and not _ended(previous, above, lexicon)
            sections.append(
                Section(grid, caption, first_row, place, pages=pages, block=position, close=close)
            )
        above = []
    return sections


def contents_cells(table: Table, lexicon: Lexicon) -> list[Cell]:
    """The cells of a grid that is a list of tables, not a table: three different titles or more among its cells."""
    if len(table.cells) > _LARGEST_CONTENTS:
        return []
    titles = [(title_kind(cell.text, lexicon), cell) for cell in table.cells if "表" in cell.text]
    kinds = {kind.id for kind, _ in titles if kind is not None}
    return [cell for kind, cell in titles if kind is not None] if len(kinds) >= 3 else []


def _are_notes(above: Sequence[Paragraph], section: Section) -> bool:
    """Whether nothing but its notes has stood below a table so far."""
    return all(any(line is note for note in section.notes) for line in above)


def _goes_on(notes: Sequence[Paragraph], line: Paragraph, lexicon: Lexicon) -> bool:
    """Whether a line right below the notes of a table belongs to them: a wrapped note, or another."""
    if not notes or len(notes) >= _MOST_NOTES or line.place.page != notes[-1].place.page:
        return False
    return title_kind(line.text, lexicon) is None


def titled_above(above: Sequence[Paragraph], caption: Caption, catalog: Catalog) -> None:
    """Take the caption from the nearest lines above: the last title and what stands below it."""
    nearest = above[-_LINES_ABOVE:]
    start = None
    for index in range(len(nearest) - 1, -1, -1):
        kind = title_kind(nearest[index].text, catalog.lexicon)
        if kind is None and index + 1 < len(nearest):
            # A title broken over two lines.
            kind = title_kind(nearest[index].text + nearest[index + 1].text, catalog.lexicon)
            if kind is not None and len(nearest[index + 1].text) > 20:
                kind = None
            if kind is not None:
                caption.kind = kind
                caption.title = "".join((nearest[index].text + nearest[index + 1].text).split())
        if kind is not None:
            start = index
            break
    if start is None:
        return
    for paragraph in nearest[start:]:
        caption.absorb(paragraph.text, catalog.lexicon)


def _continues(  # noqa: PLR0917
    block: Table,
    grid: JoinedGrid,
    first_row: int,
    caption: Caption,
    previous: Section,
    above: Sequence[Paragraph],
    catalog: Catalog,
) -> bool:
    """Whether a grid is the rest of the table before it: on the next page (or the same one), as wide or under the
    same heads, and with no title of its own between, or the same title again."""
    last = previous.grid.pieces[-1]
    page, before = block.place.page, last.place.page
    if page is None or before is None:
        return _goes_on_unpaged(block, grid, first_row, caption, previous, above, catalog)
    if page - before > 1:
        return False
    as_wide = _same_width(block, previous.grid)
    if caption.kind is not None:
        same_title = _same_title(caption.title, previous.caption.title)
        repeated = same_title and block.n_cols == previous.grid.n_cols
        as_wide = as_wide or (repeated and not _has_total(block, catalog.lexicon))
        return caption.kind is previous.caption.kind and same_title and page != before and as_wide
    if _ended(previous, above, catalog.lexicon):
        return False
    return as_wide or _repeats_heads(grid, first_row, previous)


def _goes_on_unpaged(  # noqa: PLR0917
    block: Table,
    grid: JoinedGrid,
    first_row: int,
    caption: Caption,
    previous: Section,
    above: Sequence[Paragraph],
    catalog: Catalog,
) -> bool:
    """Whether a grid of a format without pages is the rest of the one before it, as a converted PDF leaves them: as
    many columns (a sheet may end before those that are blank in it), and its title or its heads again, or its data at once with nothing between (page numbers and running heads are left out before)."""
    fits = block.n_cols == previous.grid.n_cols or (bool(block.name) and block.n_cols < previous.grid.n_cols)
    if not fits:
        return False
    if caption.kind is not None:
        same = caption.kind is previous.caption.kind and _same_title(caption.title, previous.caption.title)
        return same and not _has_total(block, catalog.lexicon) and not previous.notes
    if _ended(previous, above, catalog.lexicon):
        return False
    heads = _heads(previous.grid, previous.first_row)
    own = [[fold(g.cell.text) for g in row] for row in grid.rows[first_row : first_row + len(heads)]]
    if heads and heads == own:
        return not _has_total(block, catalog.lexicon)
    kind = previous.caption.kind.id if previous.caption.kind is not None else ""
    return (
        not above
        and _begins_with_data(grid, kind, catalog.lexicon)
        and _has_figures_where(grid, previous.grid)
        and not _has_total(block, catalog.lexicon)
    )


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
    """Whether the first row of a grid that is not blank can be no heads: it has figures, or words that head no column of its kind."""
    texts = ([g.cell.text for g in distinct(row) if g.cell.text] for row in grid.rows[:_TOP_ROWS])
    top = next((row for row in texts if row), [])
    if any(AMOUNT_LIKE.fullmatch(fold(text)) for text in top):
        return len(top) > 1
    return bool(top) and _has_amounts(grid) and not any(lexicon.meaning(text, kind, "column") for text in top)


def _heads(grid: JoinedGrid, first_row: int) -> list[list[str]]:
    """The rows above the first figures, if they can be heads: two different texts or more."""
    found: list[list[str]] = []
    for row in grid.rows[first_row : first_row + _TOP_ROWS]:
        texts = [fold(grid_cell.cell.text) for grid_cell in row]
        if any(AMOUNT_LIKE.fullmatch(text) for text in texts):
            return found if len({text for own in found for text in own if text}) > 1 else []
        found.append(texts)
    return []


def _has_amounts(grid: JoinedGrid) -> bool:
    return any(AMOUNT_LIKE.fullmatch(fold(g.cell.text)) for row in grid.rows[:_TOP_ROWS] for g in row)


def _ended(previous: Section, above: Sequence[Paragraph], lexicon: Lexicon) -> bool:
    """Whether what stands below a table ends it: a note, a title, or more than page numbers and running heads."""
    between = any(
        is_note(paragraph.text, lexicon) or lexicon.titles.stems(paragraph.text) for paragraph in above
    )
    return between or bool(previous.notes) or sum(len(paragraph.text) for paragraph in above) > _FURNITURE


def _repeats_heads(grid: JoinedGrid, first_row: int, previous: Section) -> bool:
    own = previous.grid.rows[previous.first_row : previous.first_row + 1]
    return grid.n_cols == previous.grid.n_cols and any(
        repeats_heads(heads, row) for heads in own for row in grid.rows[first_row : first_row + 1]
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


def _describe(section: Section) -> tuple[str, str]:
    return described(section.grid.pieces[0])


def described(table: Table) -> tuple[str, str]:
    """How a grid that was not recognised is named: where it stands, and the words of its first rows."""
    where = f"第{table.place.page}页" if table.place.page is not None else table.place.ref
    words = "、".join(cell.text for cell in table.cells if cell.row < 3 and cell.text)
    return where, words[:60]
