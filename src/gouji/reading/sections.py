"""Walks a document: which grid is which table, which continues the one before, which notes belong to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.catalog import Catalog, Lexicon, fold
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.facts import Place, Status, Unit
from gouji.reading.captions import Caption, is_note, title_kind
from gouji.reading.grids import caption_rows, read_grid, realign_grid
from gouji.reading.joined import AMOUNT_LIKE, EDGE_SLACK, JoinedGrid, finest
from gouji.reading.result import ReadTable

_LINES_ABOVE = 8
_MOST_NOTES = 6
_TOP_ROWS = 6
_FURNITURE = 60
"""Characters of running titles and page numbers that may stand between two pieces of a table."""
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
    unrecognised: list[tuple[str, str]] = []
    spanless = document.layout == "separated"
    read: list[tuple[Section, ReadTable]] = []
    for section in sections:
        kind = section.caption.kind
        if kind is None:
            unrecognised.append(_describe(section))
            continue
        unit = section.caption.unit or usual or Unit.WAN_YUAN
        table = ReadTable(
            len(tables), kind, section.caption.title, section.caption.number, unit, tuple(section.pages),
            section.place, notes=section.notes, unit_stated=section.caption.unit is not None or usual is not None,
        )  # fmt: skip
        read_grid(section.grid, table, section.first_row, catalog, spanless=spanless)
        tables.append(table)
        read.append((section, table))
    if spanless:
        known = {
            witness.fact: witness.printed.interval
            for table in tables
            for witness in table.witnesses
            if witness.status is Status.BOUND and witness.fact is not None
        }
        for section, table in read:
            if table.why:
                realign_grid(section.grid, table, section.first_row, catalog, known)
    bodies = Counter(
        section.caption.body for section in sections if section.caption.kind and section.caption.body
    )
    return tables, unrecognised, bodies.most_common(1)[0][0] if bodies else ""


def _sections(document: Document, file: str, catalog: Catalog) -> list[Section]:
    lexicon = catalog.lexicon
    sections: list[Section] = []
    above: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if sections and not above and is_note(block.text, lexicon):
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
        if previous is not None and _continues(block, caption, previous, above, catalog):
            previous.grid.extend(block)
            if block.place.page is not None and block.place.page not in previous.pages:
                previous.pages.append(block.place.page)
        else:
            pages = [block.place.page] if block.place.page is not None else []
            place = Place(file, block.place.page, block.place.box, block.place.ref)
            sections.append(Section(grid, caption, first_row, place, pages=pages))
        above = []
    return sections


def contents_cells(table: Table, lexicon: Lexicon) -> list[Cell]:
    """The cells of a grid that is a list of tables, not a table: three different titles or more among its cells."""
    if len(table.cells) > _LARGEST_CONTENTS:
        return []
    titles = [(title_kind(cell.text, lexicon), cell) for cell in table.cells if "表" in cell.text]
    kinds = {kind.id for kind, _ in titles if kind is not None}
    return [cell for kind, cell in titles if kind is not None] if len(kinds) >= 3 else []


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


def _continues(
    block: Table, caption: Caption, previous: Section, above: Sequence[Paragraph], catalog: Catalog
) -> bool:
    """Whether a grid is the rest of the table before it: on the next page (or the same one), as wide, and with no
    title of its own between, or the same title again."""
    last = previous.grid.pieces[-1]
    page, before = block.place.page, last.place.page
    if page is None or before is None or page - before > 1:
        return False
    as_wide = _same_width(block, previous.grid)
    if caption.kind is not None:
        same_title = caption.title == previous.caption.title and block.n_cols == previous.grid.n_cols
        as_wide = as_wide or (same_title and not _has_total(block, catalog.lexicon))
        return caption.kind is previous.caption.kind and page != before and as_wide
    between = any(is_note(paragraph.text, catalog.lexicon) for paragraph in above) or bool(previous.notes)
    return as_wide and not between and sum(len(paragraph.text) for paragraph in above) <= _FURNITURE


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
    where = f"第{section.pages[0]}页" if section.pages else section.place.ref
    words = "、".join(g.cell.text for row in section.grid.rows[:3] for g in row if g.anchor and g.cell.text)
    return where, words[:60]
