"""A web page (.html, also what Word and Excel save as a page) as paragraphs and tables, in order.

Styles are honoured only where they stand on the element itself; rules of a style sheet are not applied.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from gouji.documents.cell_text import BLANKS, split_lines, tidy_line
from gouji.documents.grid import Piece, build_table, drop_unused_columns
from gouji.documents.model import Document, Paragraph, Place, Table, UnreadableFile
from gouji.documents.package import explain_os_error
from gouji.documents.room import MOST_POSITIONS, Room, TooLarge

_MAX_BYTES = 200 * 1024 * 1024
# The limits of the HTML standard for colspan and rowspan.
_MAX_COL_SPAN = 1000
_MAX_ROW_SPAN = 65534
# Pages of programs span columns that no cell begins in, so the spans come to more than the positions that remain.
_MOST_SPANNED = 4 * MOST_POSITIONS

_DROPPED = frozenset({
    "script", "style", "head", "template", "noscript", "iframe", "object", "embed", "applet", "svg",
    "math", "select", "textarea", "audio", "video",
})  # fmt: skip
_BLOCKS = frozenset({
    "html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd",
    "section", "article", "header", "footer", "main", "nav", "aside", "blockquote", "pre", "form",
    "fieldset", "legend", "figure", "figcaption", "address", "center", "hr", "caption", "details",
    "summary",
})  # fmt: skip
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([-\w.:]+)""", re.IGNORECASE)
_SUPERSETS = {"big5": "big5hkscs", "iso8859-1": "cp1252"}
_OF_PAGES = re.compile(
    r"utf-8|big5hkscs|gb18030|euc_jp|shift_jis|iso2022_jp|euc_kr|cp125\d|iso8859-\d+|koi8-[ru]|cp866"
)
_BLANK_RUN = re.compile(r"[ \t\r\n\f]+")
# The parser compares each attribute of an element with all before it.
_ENDLESS_TAG = re.compile(
    r"""<[A-Za-z][^\s<>"'=/]*+(?:[\s/]*+[^\s=<>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]*+))?+){3000}"""
)
# A line end of the source inside a sentence: a blank between Latin words, nothing between Chinese characters.
_SOFT = "\x1e"
_JOINTS = re.compile(f"[ {_SOFT}]+")
_NARROW = re.compile(r"[\x21-\x7e\u00c0-\u024f]")


def read_html(path: Path) -> Document:
    """Read a page. Raises UnreadableFile when it is empty, too large, or shows nothing at all."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableFile(path, "网页超过 200 MB，无法读取；请拆分后再试")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, explain_os_error(error)) from error
    if not content:
        raise UnreadableFile(path, "文件是空的（0 字节），请重新获取")
    page = decode_page(content)
    if _ENDLESS_TAG.search(page.text):
        raise UnreadableFile(path, "网页里有多得不正常的属性，不像一份公开文本；请用浏览器打开后另存为 PDF")
    # The parser stops at a NUL; the text is handed over as UTF-8, whatever the page declares.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(page.text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(path, "网页里没有可读的内容，请检查文件是否完整") from error
    if any(
        entry.level_name == "FATAL" and entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log
    ):
        raise UnreadableFile(path, "网页嵌套过深，无法完整读取；请用浏览器打开后另存为 PDF")
    if root is None:
        raise UnreadableFile(path, "网页里没有可读的内容，请检查文件是否完整")
    reader = _Reader()
    try:
        reader.read(root)
    except TooLarge:
        raise UnreadableFile(path, "网页中表格多得、大得不正常，请拆分后再试") from None
    notices = [f"有{page.lost}处字符无法按 {page.encoding} 解码，显示为“\ufffd”。"] if page.lost else []
    return Document(path, "html", [], reader.blocks, notices=notices)


class DecodedPage(NamedTuple):
    """``lost`` counts the places where bytes stood that the encoding does not know."""

    text: str
    encoding: str
    lost: int = 0


def decode_page(content: bytes) -> DecodedPage:
    """The text of a page: by its byte order mark, else as UTF-8 when that fits, else as declared or GB18030.

    What decodes as UTF-8 is UTF-8: pages are often copied into another encoding than they still declare.
    gb2312 and gbk are read as their superset GB18030, as browsers do.
    """
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    for mark, encoding in marks:
        if content.startswith(mark):
            text = content.decode(encoding, "replace")
            return DecodedPage(text, encoding, text.count("\ufffd"))
    declared = _declared_encoding(content)
    for encoding in ("utf-8", declared, "gb18030"):
        try:
            return DecodedPage(content.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    text = content.decode(declared, "replace")
    return DecodedPage(text, declared, text.count("\ufffd"))


def _declared_encoding(content: bytes) -> str:
    match = _CHARSET.search(content[:4096])
    name = match[1].decode("ascii").casefold() if match else ""
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return "gb18030"
    # Others are no encodings of pages (Python also knows base64 and punycode), or are read as their superset; what
    # declares in ASCII to be in UTF-16 is not.
    known = _SUPERSETS.get(name, name)
    return known if _OF_PAGES.fullmatch(known) else "gb18030"


@dataclass(slots=True)
class _HtmlCell:
    """A cell with what stands in it: lines, and the tables nested in it, in order."""

    col_span: int
    row_span: int
    content: list[str | _HtmlTable] = field(default_factory=list)


@dataclass(slots=True)
class _HtmlRow:
    """A row; ``section`` tells the thead and the bodies of a table apart."""

    section: int
    cells: list[_HtmlCell] = field(default_factory=list)


@dataclass(slots=True)
class _HtmlTable:
    """A table while it is read; ``cell`` is the open one."""

    rows: list[_HtmlRow] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    section: int = 0
    cell: _HtmlCell | None = None
    in_row: bool = False

    def start_section(self) -> None:
        self.section += 1
        self.end_row()

    def start_row(self) -> None:
        self.cell = None
        self.in_row = True
        self.rows.append(_HtmlRow(self.section))

    def end_row(self) -> None:
        self.cell = None
        self.in_row = False

    def start_cell(self, col_span: int, row_span: int) -> None:
        if not self.in_row:
            self.start_row()
        self.cell = _HtmlCell(col_span, row_span)
        self.rows[-1].cells.append(self.cell)

    def is_frame(self) -> bool:
        """Is this a frame that lays out a page: one cell, or one column, around lines and other tables?"""
        if sum(len(row.cells) for row in self.rows) == 1:
            return len(self.flow()) > 1 or bool(self.nested())
        return bool(self.nested()) and all(len(row.cells) <= 1 for row in self.rows)

    def flow(self) -> list[str | _HtmlTable]:
        """All that stands in the cells, in order."""
        return [item for row in self.rows for cell in row.cells for item in cell.content]

    def nested(self) -> list[str | _HtmlTable]:
        return [item for item in self.flow() if not isinstance(item, str)]

    def pieces(self) -> list[Piece]:
        """The cells in their columns: each takes the first that no cell above it still covers."""
        pieces: list[Piece] = []
        covered: dict[int, Piece] = {}
        section_ends = {row.section: number for number, row in enumerate(self.rows, 1)}
        width_above = 0
        held = 0
        for number, row in enumerate(self.rows):
            covered = {col: piece for col, piece in covered.items() if piece.row + piece.row_span > number}
            width = sum(cell.col_span for cell in row.cells) + len(covered)
            held += width
            if held > _MOST_SPANNED:
                raise TooLarge
            if number and row.section != self.rows[number - 1].section and width > width_above:
                # The standard ends a span with its section. LibreOffice starts a section with every row and
                # counts on its spans going on: then, and only then, the row below leaves room for them.
                for piece in covered.values():
                    piece.row_span = number - piece.row
                width -= len(covered)
                covered = {}
            width_above = width
            pieces.extend(self._place(number, row, covered, section_ends))
        for piece in pieces:
            piece.row_span = min(piece.row_span, len(self.rows) - piece.row)
        return drop_unused_columns(pieces)

    def _place(
        self, number: int, row: _HtmlRow, covered: dict[int, Piece], section_ends: dict[int, int]
    ) -> list[Piece]:
        """The pieces of one row; those that reach below it are added to ``covered``. rowspan=0 asks for all rows to
        the end of the section."""
        pieces = []
        col = 0
        for cell in row.cells:
            while col in covered:
                col += 1
            text = "\n".join(item for item in cell.content if isinstance(item, str))
            row_span = cell.row_span or section_ends[row.section] - number
            piece = Piece(number, col, text, row_span, cell.col_span)
            pieces.append(piece)
            end = col + cell.col_span
            if row_span > 1:
                for below in range(col, end):
                    covered.setdefault(below, piece)
            col = end
        return pieces


class _Reader:
    """Walks the page once, without recursion: pages of Word nest hundreds of elements deep."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._tables: list[_HtmlTable] = []  # the open ones, outermost first
        self._line: list[str] = []
        self._paragraphs = 0
        self._table_count = 0
        self._room = Room()
        self._preformatted = 0

    def read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if element.tag in _DROPPED or _is_hidden(element):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._start(element)
                    self._add(element.text)
                continue
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
            if element is not root:
                self._add(element.tail)
        self._end_line()

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        table = self._tables[-1] if self._tables else None
        if tag == "br":
            self._line.append("\n")
        elif tag == "table":
            self._end_line()
            self._tables.append(_HtmlTable())
        elif table is not None and tag == "tr":
            self._end_line()
            table.start_row()
        elif table is not None and tag in {"td", "th"}:
            self._end_line()
            col_span = min(max(_number(element.get("colspan")), 1), _MAX_COL_SPAN)
            row_span = min(_number(element.get("rowspan")), _MAX_ROW_SPAN)
            table.start_cell(col_span, row_span)
        elif table is not None and tag in _SECTIONS:
            self._end_line()
            table.start_section()
        elif tag in _BLOCKS or tag in {"td", "th", "tr"}:
            self._end_line()
            self._preformatted += tag == "pre"
            if tag == "nav" and (name := element.get("aria-label")):
                # What the list of links is (目录), said to those who listen to the page.
                self._add(name)
                self._end_line()

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        table = self._tables[-1] if self._tables else None
        if table is not None and tag == "table":
            self._end_line()
            self._tables.pop()
            outer = self._tables[-1].cell if self._tables else None
            if outer is not None:
                outer.content.append(table)
            else:
                self._emit(table)
        elif table is not None and tag in {"td", "th"}:
            self._end_line()
            table.cell = None
        elif table is not None and tag == "tr":
            self._end_line()
            table.end_row()
            if element.get("height") == "0" and not any(cell.content for cell in table.rows[-1].cells):
                # Word ends a table with a row of no height that only states the widths of the columns.
                table.rows.pop()
        elif table is not None and tag in _SECTIONS:
            self._end_line()
            table.start_section()
        elif tag in _BLOCKS or tag in {"td", "th", "tr"}:
            self._end_line()
            self._preformatted -= tag == "pre"

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            self._line.append(text.replace("\r", "").replace(" ", "\u00a0"))
        else:
            self._line.append(_BLANK_RUN.sub(_collapsed, text))

    def _end_line(self) -> None:
        """Hand the gathered text to the open cell, or make paragraphs of it."""
        if not self._line:
            return
        raw = _JOINTS.sub(_joined, "".join(self._line))
        self._line.clear()
        lines = [line.strip(" ") for line in split_lines(raw)]
        if not any(line.strip(BLANKS) for line in lines):
            return
        table = self._tables[-1] if self._tables else None
        if table is None:
            self._add_paragraph("\n".join(lines))
        elif table.cell is not None:
            table.cell.content.append("\n".join(lines))
        else:
            # A caption, or text that stands between the cells: browsers show it above the table.
            table.captions.append("\n".join(lines))

    def _add_paragraph(self, raw: str) -> None:
        """One Paragraph for each line that is not blank: pages often part their paragraphs with <br> only."""
        lines = [line for line in map(tidy_line, split_lines(raw)) if line]
        if lines:
            self._paragraphs += 1
        for number, line in enumerate(lines, 1):
            where = f"第{self._paragraphs}段" + (f"第{number}行" if number > 1 else "")
            self.blocks.append(Paragraph(line, Place(None, None, where)))

    def _emit(self, outermost: _HtmlTable) -> None:
        """Add a table, and after it the tables nested in it; a frame gives its content in order instead."""
        waiting: list[str | _HtmlTable] = [outermost]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                self._add_paragraph(item)
                continue
            for caption in item.captions:
                self._add_paragraph(caption)
            if item.is_frame():
                waiting.extend(reversed(item.flow()))
            else:
                self._add_table(item)
                waiting.extend(reversed(item.nested()))

    def _add_table(self, table: _HtmlTable) -> None:
        pieces = table.pieces()
        if not pieces:
            return
        self._table_count += 1
        number = self._table_count
        place = Place(None, None, f"表{number}")
        self.blocks.append(
            build_table(pieces, place, lambda row, col: f"表{number}第{row + 1}行第{col + 1}列", self._room)
        )


_SOURCES = "doc-bibliography"
"""The role of a list of where figures come from: it lies behind the page and is no part of its text."""


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("role") == _SOURCES:
        return True
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def _number(value: str | None) -> int:
    """The whole number that an attribute starts with, as browsers read it; 1 when there is none."""
    match = re.match(r"\s*\+?([0-9]{1,6})", value or "")
    return int(match[1]) if match else 1


def _collapsed(match: re.Match[str]) -> str:
    return _SOFT if "\n" in match[0] else " "


def _joined(match: re.Match[str]) -> str:
    if _SOFT not in match[0]:
        return " "
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    return " " if _NARROW.fullmatch(before) and _NARROW.fullmatch(after) else ""
