"""The tables that a document lists in its own contents page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji import facts
from gouji.catalog import Catalog, Lexicon, fold
from gouji.documents import Document, Paragraph, Place
from gouji.reading.captions import title_kind
from gouji.reading.result import Listed
from gouji.reading.sections import contents_cells

_SMALLEST_TABLE = 4
"""Rows from which a grid before the first title counts as a table, not as a frame on the cover."""


def listed_tables(document: Document, file: str, catalog: Catalog) -> Iterator[Listed]:
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
