"""The statutory tables that a document announces, in its contents page or by a title, and which of them were read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gouji.catalog import Catalog, TableKind, bare, fold
from gouji.documents import Document, Paragraph, Place, Table
from gouji.reading.captions import Caption, title_kind
from gouji.reading.result import Reading
from gouji.reading.sections import contents_cells

_LEADERS = re.compile(r"[.…·．\-—_\s]*\d*[.…·．\-—_\s]*$")
_YEAR = re.compile(r"20[0-3]\d年?度?")
_NUMBERED = re.compile(
    r"^(?:附?表[一二三四五六七八九十\d]+(?:-\d+)?|(?:单位|部门)?预算\d+表|公开\d+表)[:：、.]?"
)
_ORDINAL = re.compile(r"^(?:\d{1,2}|\(?[一二三四五六七八九十]{1,3}\)?)[.．、]")
_SMALLEST_TABLE = 4
_LINES_ABOVE = 6
_LINES_BELOW = 4
_LONGEST = 70


class Source(StrEnum):
    """Where a table is announced."""

    CONTENTS = "contents"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Announced:
    """One table that a document announces. ``why`` says, in Chinese, why it was not recognised; empty when it was.
    ``elsewhere`` marks tables that only the contents page of a text without any table lists: they are published in
    a file of their own."""

    title: str
    source: Source
    place: Place
    why: str = ""
    elsewhere: bool = False


def announced_tables(reading: Reading, catalog: Catalog) -> list[Announced]:
    """All statutory tables that a document lists in its contents page or prints a title for, each once: the listed
    ones, then what was recognised without being listed, then titles under which nothing was recognised."""
    recognised = Counter(table.kind.id for table in reading.tables)
    found: list[Announced] = []
    titles: set[str] = set()
    has_tables = bool(reading.tables or reading.unrecognised)
    for title, kind, place in _listed(reading.document, catalog):
        titles.add(_bare_title(title))
        if kind is not None and recognised[kind.id]:
            recognised[kind.id] -= 1
            found.append(Announced(title, Source.CONTENTS, place))
        elif not has_tables:
            why = "目录列出，但本文件只有文字，没有任何表格"
            found.append(Announced(title, Source.CONTENTS, place, why, elsewhere=True))
        else:
            why = "目录里有，正文里没有识别出来" if kind is not None else "目录里有，标题不在词典中"
            found.append(Announced(title, Source.CONTENTS, place, why))
    for table in reversed(reading.tables):
        if recognised[table.kind.id]:
            recognised[table.kind.id] -= 1
            place = Place(table.place.page, None, table.place.ref)
            found.append(Announced(table.title, Source.TITLE, place))
    known = {fold(table.title) for table in reading.tables}
    for title, place, why in _untaken(reading.document, catalog):
        if fold(title) not in known and _bare_title(title) not in titles:
            titles.add(_bare_title(title))
            found.append(Announced(title, Source.TITLE, place, why))
    return found


def is_statutory_title(line: str, catalog: Catalog) -> bool:
    """Whether a line titles a statutory table, known or not: it ends in 表 and speaks of money in and out."""
    text = _LEADERS.sub("", fold(line))
    wording = catalog.scope
    if not text or len(text) > _LONGEST or "。" in text:
        return False
    if wording.performance_table.search(text) or wording.book_title.search(text):
        return False
    return wording.table_title.search(text) is not None


def _bare_title(title: str) -> str:
    return _NUMBERED.sub("", _YEAR.sub("", _ORDINAL.sub("", bare(_LEADERS.sub("", fold(title))))))


def _listed(document: Document, catalog: Catalog) -> Iterator[tuple[str, TableKind | None, Place]]:
    """Titles on the contents page: below a line that says 目录, or in a grid of titles; up to the first table, or to
    the first title that comes again."""
    lexicon = catalog.lexicon
    inside = False
    seen: set[str] = set()
    last: int | None = None
    for text, place, listing in _lines(document, catalog):
        if last is not None and place.page is not None and place.page > last + 1:
            return
        inside = inside or listing or fold(text) in lexicon.marks.contents_heads
        if not inside:
            continue
        kind = title_kind(text, lexicon)
        if kind is None and not is_statutory_title(text, catalog):
            continue
        key = _bare_title(text)
        if key in seen:
            return
        seen.add(key)
        last = place.page
        yield _LEADERS.sub("", re.sub(r"\s+", "", text)), kind, place


def _lines(document: Document, catalog: Catalog) -> Iterator[tuple[str, Place, bool]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place, False
            continue
        titles = contents_cells(block, catalog.lexicon)
        if titles:
            yield from ((cell.text, cell.place, True) for cell in titles)
        elif block.n_rows >= _SMALLEST_TABLE:
            return


def _untaken(document: Document, catalog: Catalog) -> Iterator[tuple[str, Place, str]]:
    """Titles of statutory tables with a line of unit, number or body beside them, as no title in running text has:
    above a grid whose title is not known, or above no grid at all."""
    above: list[Paragraph] = []
    titles: set[int] = set()
    """Those of the lines above that read like a title, by identity."""
    waiting: list[tuple[str, Place]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            for title, place in waiting:
                if title_kind(title, catalog.lexicon) is None:
                    yield title, place, "标题不在词典中"
            waiting, above = [], []
            continue
        above.append(block)
        if is_statutory_title(block.text, catalog):
            titles.add(id(block))
        if len(above) > _LINES_ABOVE + _LINES_BELOW:
            yield from ((title, place, "标题下面没有表格（没有框线，或是图片）") for title, place in waiting
                        if place.page is not None and block.place.page != place.page)  # fmt: skip
            waiting = [pair for pair in waiting if pair[1].page is None or block.place.page == pair[1].page]
        window = above[-_LINES_BELOW:]
        for before, line in zip([None, *window], window, strict=False):
            if id(line) not in titles or any(line.place == place for _, place in waiting):
                continue
            if before is not None and title_kind(before.text + line.text, catalog.lexicon) is not None:
                # The second half of a title broken over two lines.
                continue
            if _is_marked(window, line, catalog):
                waiting.append((re.sub(r"\s+", "", line.text), line.place))


def _is_marked(window: list[Paragraph], title: Paragraph, catalog: Catalog) -> bool:
    for line in window:
        if line is title or line.place.page != title.place.page:
            continue
        probe = Caption()
        probe.absorb(line.text, catalog.lexicon)
        if probe.number or probe.unit or _NUMBERED.fullmatch(fold(line.text)):
            return True
    return False
