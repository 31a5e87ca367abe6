"""Parts: what a disclosure consists of, as a check-list counts it, and which of them a place belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gouji.catalog import Area, Catalog, Checklist, ChecklistRow, bare, fold
from gouji.checking.result import CheckedDocument, CheckedTable, Evidence
from gouji.facts import Place
from gouji.reading import Passage, Reading, Sort

_LONGEST_HEADING = 60
_LONGEST_COVER_LINE = 40
_LONGEST_NOTE = 80
"""Text on the page of a table that is no longer is its caption or its note."""
_DEEPEST = 3
"""Headings below （一） open no part."""
_LEADERS = re.compile(r"[.…·．\-]{2,}.*$|\d+$")
_ORDINAL = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章|篇)[、.:]?")
_SAME_LINE = 3.0
"""In points: how far above the top of a place the line may begin that it stands in."""


@dataclass(slots=True, eq=False)
class Part:
    """One line of a check-list, as this document has it. ``heading`` is as printed; empty where the document has no
    heading for it. ``table`` is set for a table."""

    row: ChecklistRow
    heading: str = ""
    passages: list[Passage] = field(default_factory=list)
    table: CheckedTable | None = None

    @property
    def is_there(self) -> bool:
        return bool(self.passages) or self.table is not None

    @property
    def pages(self) -> tuple[int, ...]:
        """From where to where it stands; empty in a format without pages."""
        if self.table:
            return self.table.pages
        return tuple(sorted({page for p in self.passages if (page := p.place("").page) is not None}))


class Outline:
    """The parts of one document in the order of its check-list."""

    def __init__(self, reading: Reading, document: CheckedDocument, catalog: Catalog) -> None:
        self.checklist: Checklist = catalog.checklist(document.kind)
        self.parts: list[Part] = []
        self._of_passage: dict[Passage, Part] = {}
        cover, contents, body = _regions(reading, catalog)
        self._whole(Area.COVER, cover)
        self._whole(Area.CONTENTS, contents)
        self._whole(Area.TABLES_WHOLE, ())
        self._whole(Area.REST, ())
        self._tables(document.tables)
        self._sections(body)
        order = list(self.checklist.rows)
        for row in order:
            if row.area is Area.SECTION and not any(part.row is row for part in self.parts):
                self.parts.append(Part(row))
        self.parts.sort(key=lambda part: order.index(part.row))
        self._lines = _Lines(self._of_passage)

    def at(self, evidence: Evidence) -> Part:
        """The part that a place belongs to: its table, the section it stands in, or the rest."""
        title = evidence.where[1:].partition("》")[0] if evidence.where.startswith("《") else ""
        tables = [part for part in self.parts if part.table and fold(part.table.title) == fold(title)]
        if title and tables:
            return next(
                (part for part in tables if part.table and evidence.page in part.table.pages), tables[0]
            )
        if fold(evidence.where) in ("目录", "目次"):
            return self._first(Area.CONTENTS)
        return self.of_place(evidence.page, evidence.box, evidence.ref)

    def of_place(self, page: int | None, box: tuple[float, ...] | None, ref: str) -> Part:
        """The part in whose text a place stands; a place outside all text belongs to the table on its page."""
        passage = self._lines.at(page, box, ref)
        if passage is not None:
            return self._of_passage[passage]
        on_page = [
            part for part in self.parts if part.table and page is not None and page in part.table.pages
        ]
        return on_page[0] if on_page else self._first(Area.REST)

    def owner(self, rule: str) -> Part | None:
        """The part that a rule looks at as a whole."""
        return next((part for part in self.parts if rule in part.row.rules), None)

    def compared(self, places: Iterable[Place]) -> dict[Part, int]:
        """How many of the places that were compared stand in the text of each part."""
        counts: dict[Part, int] = {}
        for place in places:
            passage = self._lines.at(place.page, place.box, place.ref)
            if passage is not None:
                part = self._of_passage[passage]
                counts[part] = counts.get(part, 0) + 1
        return counts

    def _first(self, area: Area) -> Part:
        found = [part for part in self.parts if part.row.area is area]
        return found[0] if found else self.parts[-1]

    def _whole(self, area: Area, passages: Sequence[Passage]) -> None:
        for row in self.checklist.rows:
            if row.area is area:
                part = Part(row, "", list(passages))
                self.parts.append(part)
                self._of_passage.update(dict.fromkeys(passages, part))

    def _tables(self, tables: Sequence[CheckedTable]) -> None:
        row = next((row for row in self.checklist.rows if row.area is Area.TABLES), None)
        if row is not None:
            self.parts.extend(Part(row, table.title, [], table) for table in tables)

    def _sections(self, body: Sequence[Passage]) -> None:
        """Go through the text: each heading that the check-list knows opens a part, all below it belongs to it."""
        top: ChecklistRow | None = None
        part = self._first(Area.REST)
        for passage in body:
            heading = _heading(passage)
            on_table = self._table_on(passage.place("").page)
            if heading and passage.sort is Sort.HEADING and passage.level <= _DEEPEST:
                row = self.checklist.row_of(heading, numbered=True)
                if passage.level == 1:
                    top = row
                    part = self._open(row, passage)
                elif passage.level == 2:
                    if top is not None and (top.closed or row is None or (row.each and row is not top)):
                        row = top
                    part = self._open(row, passage)
                elif row is not None and row.area is Area.SECTION and not (row.each or part.row.each):
                    part = part if part.row.closed else self._open(row, passage)
            elif heading and on_table is None:
                row = self.checklist.row_of(heading, numbered=False)
                inside = top is not None and top.closed
                if row is not None and row.area is Area.SECTION and (row.closed or not inside):
                    top = row
                    part = self._open(row, passage)
            if (
                on_table is not None
                and passage.sort is not Sort.HEADING
                and len(passage.text) <= _LONGEST_NOTE
            ):
                self._of_passage[passage] = on_table
                continue
            self._of_passage[passage] = part
            if part.row.area is Area.SECTION:
                part.passages.append(passage)

    def _table_on(self, page: int | None) -> Part | None:
        """The table of a page; the last of several."""
        found = [part for part in self.parts if part.table and page is not None and page in part.table.pages]
        return found[-1] if found else None

    def _open(self, row: ChecklistRow | None, passage: Passage) -> Part:
        """The part that a heading opens: a new line where each section has its own, else the row's one line."""
        if row is None:
            return self._first(Area.REST)
        if row.area is Area.TABLES:
            named = bare(_ORDINAL.sub("", passage.text))
            same = [part for part in self.parts if part.table and named in fold(part.table.title)]
            return same[0] if same else self._first(Area.TABLES_WHOLE)
        known = [part for part in self.parts if part.row is row]
        if known and not row.each:
            return known[0]
        part = Part(row, passage.text)
        self.parts.append(part)
        return part


class _Lines:
    """Finds the passage at a place: by its reference, or on its page from the top."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._by_ref: dict[str, Passage] = {}
        self._by_page: dict[int, list[tuple[tuple[float, float, float, float], Passage]]] = {}
        for passage in passages:
            for piece in passage.pieces:
                place = piece.line.paragraph.place
                if place.page is None or place.box is None:
                    self._by_ref.setdefault(place.ref, passage)
                else:
                    self._by_page.setdefault(place.page, []).append((place.box, passage))

    def at(self, page: int | None, box: tuple[float, ...] | None, ref: str) -> Passage | None:
        if page is None or box is None:
            return self._by_ref.get(ref)
        middle = (box[1] + box[3]) / 2
        for (_, top, _, bottom), passage in self._by_page.get(page, ()):
            if top - _SAME_LINE <= middle <= bottom + _SAME_LINE:
                return passage
        return None


def _heading(passage: Passage) -> str:
    """The folded words of what may be a heading, without part number and page number; else empty."""
    if passage.sort not in (Sort.HEADING, Sort.SCRAP) or len(passage.text) > _LONGEST_HEADING:
        return ""
    return _key(passage.text)


def _key(text: str) -> str:
    return bare(_ORDINAL.sub("", _LEADERS.sub("", fold(text)))).rstrip("。:")


def _regions(reading: Reading, catalog: Catalog) -> tuple[list[Passage], list[Passage], list[Passage]]:
    """The passages of the cover, of the contents page, and of the rest. The contents end where the first of its
    entries comes again, as the heading of what it announced."""
    passages = list(reading.passages)
    heads = catalog.lexicon.marks.contents_heads
    start = next(
        (
            i
            for i, p in enumerate(passages)
            if len(p.text) <= 12 and fold(p.text).endswith(tuple(map(fold, heads)))
        ),
        None,
    )
    if start is None:
        end = next((i for i, p in enumerate(passages) if not _may_be_cover(p)), len(passages))
        return passages[:end], [], passages[end:]
    seen: set[str] = set()
    end = start + 1
    for position in range(start + 1, len(passages)):
        passage = passages[position]
        key = _key(passage.text)
        prose = passage.sort is Sort.TEXT and len(passage.text) > _LONGEST_HEADING
        if prose or (key in seen and passage.sort is not Sort.CONTENTS):
            break
        end = position + 1
        if passage.sort in (Sort.HEADING, Sort.CONTENTS):
            seen.add(key)
    last_entry = max(
        (i for i in range(start, end) if passages[i].sort in (Sort.HEADING, Sort.CONTENTS)), default=start
    )
    listed = [i for i in range(start, end) if passages[i].sort is Sort.CONTENTS]
    end = (listed[-1] if listed else last_entry) + 1
    return passages[:start], passages[start:end], passages[end:]


def _may_be_cover(passage: Passage) -> bool:
    """A line on the first page, or in a file without pages, that is no heading and no sentence."""
    short = passage.sort is not Sort.HEADING and len(passage.text) <= _LONGEST_COVER_LINE
    return short and passage.place("").page in (1, None)
