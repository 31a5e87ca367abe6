"""The lines of a document that say what it is: its cover, its headings, the captions of its tables.

Only the beginning of a document is looked at, and the few lines and cells at the head of every table, so that a
thousand pages cost little more than ten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from gouji.catalog import Catalog, ScopeWording, fold
from gouji.documents import Document, Paragraph, Table

_FIRST_LINES = 200
_LINES_ABOVE = 4
_HEAD_CELLS = 14
_LARGEST_COVER_TABLE = 24
_LONGEST_COVER_LINE = 60
_LONGEST_HEADING = 50
_LONGEST_CELL = 90
_LONGEST_TEXT = 2000
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:部分|章|篇)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]+\)|\d{1,2}[、.])"
)
_ITEM = re.compile(r"^\d{1,2}[、.]")
_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章|篇)[、.:]?")
_CITED = re.compile(r"《[^》]*》|〈[^〉]*〉")
_NUMERALS = re.compile("[二2]([〇○零OoО0])([〇○零OoО0一二三1-3])([〇○零OoО0一二三四五六七八九\\d])(?=年)")
_DIGITS = dict(zip("〇○零OoО一二三四五六七八九", "000000123456789", strict=True))
_PAGE_NUMBER = re.compile(r"[-\d/第页共,]*")
_RUNNING = re.compile(r"[。;；,，！!？]")
_LEADERS = re.compile(r"(?:[.…·]{2,}|-{3,})\d*$")


class Stated(NamedTuple):
    """A body that stands behind a head: 部门名称：… . ``level`` is what the head suggests."""

    body: str
    level: str


@dataclass(slots=True)
class Front:
    """Lines, folded (blanks, widths and quotes unified) and with years in digits.

    ``cover`` ends where the contents, the text or the first table begins. ``headings`` are the short lines after it
    that are numbered or name a disclosure. ``captions`` stand above the tables or in their first rows. ``cells``
    are names printed in a cell beside their head. ``running`` are the first lines after the cover as printed."""

    cover: list[str] = field(default_factory=list)
    cover_stated: list[Stated] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    cells: list[Stated] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """Captions that title a statutory table, one for each table."""
    running: list[str] = field(default_factory=list)

    def opening(self, lines: int = _FIRST_LINES) -> str:
        """The first running text in one piece, wrapped lines joined, folded, without the titles of other papers;
        headings are sentences of their own."""
        return plain(_CITED.sub("", "".join(self.running[:lines])))


def plain(text: str) -> str:
    """Folded wording with years in digits: ``二〇二四 年`` -> ``2024年``."""
    return _NUMERALS.sub(
        lambda match: "2" + "".join(_DIGITS.get(sign, sign) for sign in match.groups()), fold(text)
    )


def without_part(line: str) -> str:
    """A folded heading without its ordinal: ``第二部分某局2024年度部门决算表`` -> ``某局2024年度部门决算表``."""
    line = _PART.sub("", _LEADERS.sub("", line))
    return _HEADING.sub("", line)


def read_front(document: Document, catalog: Catalog) -> Front:
    """Gather the telling lines of a document."""
    wording = catalog.scope
    front = Front()
    on_cover = True
    seen = 0
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = block.text[:_LONGEST_TEXT]
            if seen < _FIRST_LINES:
                seen += 1
                line = plain(text)
                if on_cover and not _is_end_of_cover(line, front, catalog):
                    _take_cover(line, front, wording)
                    above.append(text)
                    continue
                on_cover = False
                _take_line(text, line, front, wording)
            elif document.layout == "flat":
                _take_late(text, front, wording)
            above.append(text)
            continue
        cells = [cell for cell in block.cells[:_HEAD_CELLS] if cell.text]
        if on_cover and block.n_rows * block.n_cols <= _LARGEST_COVER_TABLE:
            lines = [plain(cell.text) for cell in cells]
            if not any(_is_end_of_cover(line, front, catalog) for line in lines):
                for line in lines:
                    _take_cover(line, front, wording)
                continue
        on_cover = False
        _take_caption(above[-_LINES_ABOVE:], block, front, wording)
        above = []
    return front


def _is_end_of_cover(line: str, front: Front, catalog: Catalog) -> bool:
    wording = catalog.scope
    if not line:
        return False
    if (
        len(front.cover) >= wording.most_cover_lines
        or len(line) > _LONGEST_COVER_LINE
        or _RUNNING.search(line)
    ):
        return True
    if any(line.endswith(head) for head in catalog.lexicon.marks.contents_heads) or line in (
        "contents",
        "前言",
    ):
        return True
    if _HEADING.match(line):
        return True
    if wording.table_title.search(line) and not wording.book_title.search(line):
        return True
    # 单位：万元 stands above a table.
    stated = _stated(line, wording)
    return stated is not None and not stated.body


def _take_cover(line: str, front: Front, wording: ScopeWording) -> None:
    if not line or any(word in line for word in wording.skip_words) or wording.skipped.match(line):
        return
    stated = _stated(line, wording)
    if stated is not None:
        if stated.body:
            front.cover_stated.append(stated)
        return
    front.cover.append(line)


def _take_line(raw: str, line: str, front: Front, wording: ScopeWording) -> None:
    """A line after the cover: heading, caption or running text."""
    stated = _stated(line, wording)
    if stated is not None:
        if stated.body:
            front.stated.append(stated)
        front.captions.append(line)
        return
    heading = 0 < len(line) <= _LONGEST_HEADING and _RUNNING.search(line) is None
    if heading:
        numbered = _HEADING.match(line) and not _ITEM.match(line)
        if numbered or wording.level_line.search(line) or wording.topic.match(line):
            front.headings.append(line)
        if wording.table_title.search(line):
            front.titles.append(line)
    if not _PAGE_NUMBER.fullmatch(line):
        front.running.append(f"。{raw}。" if heading and _HEADING.match(line) else raw)


def _take_late(raw: str, front: Front, wording: ScopeWording) -> None:
    """A later line of a document whose tables lie flat: only what heads a form or a table."""
    if len(raw) > _LONGEST_HEADING or not any(mark in raw for mark in ("：", ":", "名称")):
        return
    words = raw.split()
    if len(words) == 2 and plain(words[0]) in wording.forms:
        front.cells.append(Stated(plain(words[1]), _suggested(plain(words[0]))))
        return
    stated = _stated(plain(raw), wording)
    if stated is not None and stated.body:
        front.stated.append(stated)


def _take_caption(above: list[str], table: Table, front: Front, wording: ScopeWording) -> None:
    """The lines right above a table and its first cells."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells[:_HEAD_CELLS]:
        if cell.text and len(cell.text) <= _LONGEST_CELL:
            rows.setdefault(cell.row, []).append(plain(cell.text))
    first = [line for row in list(rows.values())[:4] if len(row) <= 2 for line in row]
    titled = False
    for line in [*map(plain, [text for text in above if len(text) <= 2 * _LONGEST_CELL]), *first]:
        if not line or len(line) > 2 * _LONGEST_HEADING:
            continue
        stated = _stated(line, wording)
        if stated is not None and stated.body:
            front.stated.append(stated)
        if _RUNNING.search(line) is None:
            front.captions.append(line)
            if not titled and wording.table_title.search(line):
                front.titles.append(line)
                titled = True
    for row in list(rows.values())[:2]:
        # 部门名称 | 某局, alone or with a second such pair in the row: a form, not the head of a list.
        if len(row) in (2, 4) and row[0] in wording.forms:
            front.cells.append(Stated(row[1], _suggested(row[0])))


def _stated(line: str, wording: ScopeWording) -> Stated | None:
    """What stands behind a head in a line; the body is empty where it is a unit of measure or nothing."""
    coded = wording.coded.match(line)
    if coded is not None:
        return Stated(coded.group("body"), "")
    match = wording.head.match(line)
    if match is None:
        return None
    head = re.sub(r"\((?:盖章|公章|签章|全称)\)$", "", match.group()[:-1])
    rest = line[match.end() :]
    # What follows in the same line: the year, the unit of measure, the number of the table.
    rest = re.split(
        r"(?:金额|计量)?单位(?:\(?[万亿千]?元\)?)?:|20[0-3]\d\(?年|公开\d+表|日期|\d+表|单位代码|预算代码|\(?盖章",
        rest,
    )[0]
    if re.fullmatch(r"\(?(?:人民币)?[万亿千百]?元\)?", rest):
        rest = ""
    return Stated(rest, wording.heads.get(head, ""))


def _suggested(head: str) -> str:
    """The level a form's head suggests: 部门名称, 单位名称, or none for 部门（单位）名称."""
    levels = [level for level in ("部门", "单位") if level in head]
    return levels[0] if len(levels) == 1 else ""
