"""Walks a document: which grid is which table, which continues the one before, which notes belong to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import islice

from gouji.catalog import Catalog, Lexicon
from gouji.documents import Cell, Document, Paragraph, Table
from gouji.facts import Fact, Place, Presence, Status, Unit, Witness
from gouji.reading.agreed import best
from gouji.reading.captions import Caption, is_note, names_another_table, notes_within, title_kind
from gouji.reading.continued import Section, goes_on, has_amounts, is_ended
from gouji.reading.flows import told_by_heads
from gouji.reading.grids import read_grid, realign_grid
from gouji.reading.headed import headed
from gouji.reading.joined import JoinedGrid
from gouji.reading.page_numbers import is_page_number
from gouji.reading.result import ReadTable
from gouji.reading.separated import arrangements
from gouji.reading.settling import DOUBLED
from gouji.reading.title_rows import caption_rows
from gouji.reading.wrapping import is_row

_LINES_ABOVE = 8
_MOST_NOTES = 6
_LINES_BELOW = 2
_PAGES_BETWEEN = 1
"""Pages without a grid between two pages of a table: words that ran over the edge of its sheet."""
_FIGURE_WITHIN = re.compile(r"\d\.\d{2}(?!\d*[.．])")
_LARGEST_CONTENTS = 400


def read_grids(
    document: Document, catalog: Catalog, file: str, left_out: Set[int] = frozenset()
) -> tuple[list[ReadTable], list[tuple[str, str]], str]:
    """The recognised tables of a document with grids, the grids that are none (where, first words), and the body
    that the captions name. Paragraphs that are left out (by identity) part nothing."""
    sections = _sections(document, file, catalog, left_out)
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
        kind = told_by_heads(kind, section.grid, section.first_row, catalog.lexicon)
        unit = section.caption.unit or usual or Unit.WAN_YUAN
        table = ReadTable(
            len(tables), kind, section.caption.title, section.caption.number, unit, tuple(section.pages),
            section.place, notes=[*section.notes, *notes_within(section.grid.pieces, catalog.lexicon)],
            unit_stated=section.caption.unit is not None or usual is not None,
            body=section.caption.body, block=section.block, cut=_is_cut(section, islice(sections, position + 1, None)) or _is_followed(section, document.blocks)
            or any(p.aligned for p in section.grid.pieces),
        )  # fmt: skip
        if document.layout == "separated":
            read_separated(section.grid, section.first_row, table, tables, catalog)
            separated.append((section, table))
        else:
            read_grid(section.grid, table, section.first_row, catalog, listed)
        _doubt(table, section.grid.pieces)
        if not table.why and _blends_figures(table, section.grid):
            table.why = "表格线没有把数字和文字分开，读不出各栏"
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


def _is_cut(section: Section, following: Iterable[Section]) -> bool:
    """Whether a table seems to go on in the grids that follow it and were not joined to it: figures on the next pages,
    without a title or a number, or with the same."""
    own, last = section.caption, section.grid.pieces[-1].place.page
    for other in following:
        page, named = other.place.page, (other.caption.title, other.caption.number)
        untitled = other.close and not any(named)
        if not untitled and (not own.title or named != (own.title, own.number)):
            return False
        if page is None or last is None or page > last + _PAGES_BETWEEN + 1:
            return False
        if page > last and has_amounts(other.grid):
            return True
        last = other.grid.pieces[-1].place.page
    return False


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


def _is_followed(section: Section, blocks: Sequence[Paragraph | Table]) -> bool:
    """Whether rows of figures stand right below a grid that has none: it was drawn around the heads only."""
    if has_amounts(section.grid):
        return False
    below = blocks[section.block + len(section.grid.pieces) :][:_LINES_BELOW]
    page = section.grid.pieces[-1].place.page
    if below and isinstance(below[0], Table) and below[0].aligned and below[0].place.page == page:
        return True
    return any(
        isinstance(line, Paragraph)
        and line.place.page == page
        and not is_page_number(line.text)
        and is_row(line.text)
        for line in below
    )


def _blends_figures(table: ReadTable, grid: JoinedGrid) -> bool:
    """Whether a table that seems to be blank has figures among the words of its cells: its lines do not divide them."""
    if table.has_figures:
        return False
    return any(
        _FIGURE_WITHIN.search(cell.text) and "。" not in cell.text
        for piece in grid.pieces
        for cell in piece.cells
    )


def _doubt(table: ReadTable, pieces: Sequence[Table]) -> None:
    """Nothing is claimed of a table whose columns cannot be told, nor of the blanks of one without lines between its
    columns: what stands in a merged cell leaves blanks beside it."""
    doubt = next((piece.doubt for piece in pieces if piece.doubt), "")
    if not any(piece.aligned for piece in pieces):
        return
    if not doubt and any(w.why == DOUBLED for w in table.witnesses):
        # Two columns under the same heads: a head above them stands elsewhere than was thought.
        doubt = "表格没有竖线，有的表头看不出在哪几栏之上"
    table.why = doubt or table.why
    table.witnesses = [
        replace(w, fact=None, status=Status.UNBOUND, why=doubt or "表格没有竖线，空白格不作数")
        if doubt or w.printed.presence is Presence.NIL
        else w
        for w in table.witnesses
    ]


def _sections(document: Document, file: str, catalog: Catalog, left_out: Set[int]) -> list[Section]:
    lexicon = catalog.lexicon
    sections: list[Section] = []
    above: list[Paragraph] = []
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
        if caption.kind is None:
            first_row = headed(grid, first_row, above, caption, lexicon)
        previous = sections[-1] if sections else None
        pages = [block.place.page] if block.place.page is not None else []
        place = Place(file, block.place.page, block.place.box, block.place.ref)
        section = Section(grid, caption, first_row, place, pages=pages, block=position)
        if previous is not None and goes_on(section, previous, above, catalog):
            previous.grid.extend(grid, previous.first_row, first_row)
            previous.pages.extend(page for page in pages if page not in previous.pages)
        else:
            section.close = previous is not None and not is_ended(previous, above, lexicon)
            sections.append(section)
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
        if names_another_table(nearest[index].text, catalog.lexicon):
            break
    if start is None:
        return
    for paragraph in nearest[start:]:
        caption.absorb(paragraph.text, catalog.lexicon)


def _describe(section: Section) -> tuple[str, str]:
    return described(section.grid.pieces[0])


def described(table: Table) -> tuple[str, str]:
    """How a grid that was not recognised is named: where it stands, and the words of its first rows."""
    where = f"第{table.place.page}页" if table.place.page is not None else table.place.ref
    words = "、".join(cell.text for cell in table.cells if cell.row < 3 and cell.text)
    return where, words[:60]
