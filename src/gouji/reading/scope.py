"""What a document is about: its kind, year, level and body, and the tables its contents page lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gouji import facts
from gouji.catalog import Catalog, Lexicon, fold
from gouji.documents import Document, Paragraph, Place
from gouji.reading.captions import title_kind
from gouji.reading.result import Listed, ReadTable, Scope
from gouji.reading.sections import contents_cells

_YEAR = re.compile(r"(20[0-3]\d)年(?:度)?")
_KINDS = (
    ("final_accounts", re.compile(r"决算")),
    ("performance", re.compile(r"绩效(?:自评|评价)")),
    ("budget", re.compile(r"预算")),
)
_COVER_LINES = 30
_SMALLEST_TABLE = 4
"""Rows from which a grid before the first title counts as a table, not as a frame on the cover."""
_BODY_IN_TITLE = re.compile(r"^(?:第[一二三四五六七八九十]+部分)?(.{2,40}?)20[0-3]\d年")


def find_scope(
    document: Document, file: str, tables: Sequence[ReadTable], captions_body: str, catalog: Catalog
) -> Scope:
    """Read the scope off the cover and the recognised tables; what is not said stays empty."""
    cover = [fold(text) for text in _first_lines(document)]
    scope = Scope(contents=list(_contents(document, file, catalog)))
    scope.kind = "final_accounts" if tables else _kind(cover)
    scope.year = _year(cover)
    scope.level = _level(cover)
    scope.body = captions_body or _body(cover)
    return scope


def _first_lines(document: Document) -> list[str]:
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines.extend(cell.text for cell in block.cells[:12] if cell.text)
        if len(lines) >= _COVER_LINES:
            break
    return lines


def _kind(cover: Sequence[str]) -> str:
    for line in cover:
        for kind, pattern in _KINDS:
            if pattern.search(line):
                return kind
    return "other"


def _year(cover: Sequence[str]) -> int | None:
    years = Counter(int(match.group(1)) for line in cover for match in _YEAR.finditer(line))
    return years.most_common(1)[0][0] if years else None


def _level(cover: Sequence[str]) -> str:
    for line in cover:
        match = re.search(r"(部门|单位)(?:决算|预算|整体支出)", line)
        if match:
            return match.group(1)
    return ""


def _body(cover: Sequence[str]) -> str:
    for line in cover:
        match = _BODY_IN_TITLE.match(line)
        if match:
            return match.group(1)
    return ""


def _contents(document: Document, file: str, catalog: Catalog) -> Iterator[Listed]:
    """Table titles that stand before the first table: below a line that says 目录, or in a grid of titles."""
    lexicon = catalog.lexicon
    inside = False
    seen: set[str] = set()
    for text, place, listing in _lines(document, lexicon):
        inside = inside or listing or fold(text) in lexicon.marks.contents_heads
        kind = title_kind(text, lexicon) if inside else None
        if kind is None:
            continue
        if kind.id in seen:
            return
        seen.add(kind.id)
        title = re.sub(r"[.…·\s\d]+$", "", re.sub(r"\s+", "", text))
        yield Listed(kind, title, facts.Place(file, place.page, place.box, place.ref))


def _lines(document: Document, lexicon: Lexicon) -> Iterator[tuple[str, Place, bool]]:
    """Lines up to the first table that is no list of titles: text, place, whether from such a list."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place, False
            continue
        titles = contents_cells(block, lexicon)
        if titles:
            yield from ((cell.text, cell.place, True) for cell in titles)
        elif block.n_rows >= _SMALLEST_TABLE:
            return
