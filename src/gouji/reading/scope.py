"""What a document is about: its kind, year, level and body, and the tables its contents page lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gouji.catalog import Catalog, fold
from gouji.documents import Document, Paragraph, Table
from gouji.facts import Place
from gouji.reading.captions import title_kind
from gouji.reading.result import Listed, ReadTable, Scope

_YEAR = re.compile(r"(20[0-3]\d)年(?:度)?")
_KINDS = (
    ("final_accounts", re.compile(r"决算")),
    ("performance", re.compile(r"绩效(?:自评|评价)")),
    ("budget", re.compile(r"预算")),
)
_COVER_LINES = 30
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
    """Table titles that stand before the first table, after a line that says 目录."""
    heads = catalog.lexicon.marks.contents_heads
    inside = False
    seen: set[str] = set()
    for block in document.blocks:
        if isinstance(block, Table):
            if inside and seen:
                return
            continue
        folded = fold(block.text)
        if folded in heads:
            inside = True
            continue
        if not inside:
            continue
        kind = title_kind(block.text, catalog.lexicon)
        if kind is not None:
            if kind.id in seen:
                return
            seen.add(kind.id)
            title = re.sub(r"[.…·\s\d]+$", "", re.sub(r"\s+", "", block.text))
            yield Listed(kind, title, Place(file, block.place.page, block.place.box, block.place.ref))
