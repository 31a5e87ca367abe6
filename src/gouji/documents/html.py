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
from gouji.documents.grid import Piece, TableTooLarge, build_table, drop_unused_columns
from gouji.documents.model import Document, Paragraph, Place, Table, UnreadableFile
from gouji.documents.package import explain_os_error

_MAX_BYTES = 200 * 1024 * 1024
# The limits of the HTML standard for colspan and rowspan.
_MAX_COL_SPAN = 1000
_MAX_ROW_SPAN = 65534

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
_BLANK_RUN = re.compile(r"[ \t\r\n\f]+")
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
    except TableTooLarge:
        raise UnreadableFile(path, "网页中有一张表大得不正常，请拆分后再试") from None
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
    except LookupError:
        return "gb18030"
    if name in {"gb2312", "gbk"} or name.startswith("utf-16"):
        # A declaration that can be read as ASCII is not in UTF-16.
        return "gb18030"
    return {"big5": "big5hkscs", "iso8859-1": "cp1252"}.get(name, name)


@dataclass(slots=True)
class _HtmlCell:
    """A cell with what stands in it: lines, and the tables nested in it, in order."""

    piece: Piece
    content: list[str | _HtmlTable] = field(default_factory=list)


@dataclass(slots=True)
class _HtmlTable:
    """A table while it is read; ``open_spans`` gives how many rows below a column is still covered."""

    cells: list[_HtmlCell] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    row: int = -1
    col: int = 0
    section_start: int = 0
    open_spans: dict[int, int] = field(default_factory=dict)
    cell: _HtmlCell | None = None

    def start_row(self) -> None:
        self.cell = None
        self.open_spans = {col: rows - 1 for col, rows in self.open_spans.items() if rows > 1}
        if self.row < self.section_start:
            self.open_spans = {}
        self.row += 1
        self.col = 0

    def start_cell(self, col_span: int, row_span: int) -> None:
        if self.row < self.section_start:
            self.start_row()
        while self.open_spans.get(self.col):
            self.col += 1
        self.cell = _HtmlCell(Piece(self.row, self.col, "", row_span, col_span))
        self.cells.append(self.cell)
        if row_span > 1:
            # A span stays with the columns that are still free in this row.
            for col in range(self.col, self.col + col_span):
                self.open_spans.setdefault(col, row_span)
        self.col += col_span

    def end_section(self) -> None:
        """No span reaches beyond the rows of its section."""
        self.cell = None
        end = self.row + 1
        for cell in self.cells:
            cell.piece.row_span = min(cell.piece.row_span, end - cell.piece.row)
        self.section_start = end

    def is_frame(self) -> bool:
        """Is this a frame that lays out a page: one cell, or one column, around lines and other tables?"""
        if len(self.cells) == 1:
            return len(self.cells[0].content) > 1 or bool(self.nested())
        return bool(self.nested()) and all(cell.piece.col == 0 for cell in self.cells)

    def flow(self) -> list[str | _HtmlTable]:
        """The content of a frame in order."""
        return [item for cell in self.cells for item in cell.content]

    def nested(self) -> list[str | _HtmlTable]:
        return [item for item in self.flow() if not isinstance(item, str)]

    def pieces(self) -> list[Piece]:
        for cell in self.cells:
            cell.piece.text = "\n".join(item for item in cell.content if isinstance(item, str))
        return drop_unused_columns(cell.piece for cell in self.cells)


class _Reader:
    """Walks the page once, without recursion: pages of Word nest hundreds of elements deep."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._tables: list[_HtmlTable] = []  # the open ones, outermost first
        self._line: list[str] = []
        self._paragraphs = 0
        self._table_count = 0
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
            row_span = min(_number(element.get("rowspan")), _MAX_ROW_SPAN) or _MAX_ROW_SPAN
            table.start_cell(col_span, row_span)
        elif table is not None and tag in _SECTIONS:
            self._end_line()
            table.end_section()
        elif tag in _BLOCKS or tag in {"td", "th", "tr"}:
            self._end_line()
            self._preformatted += tag == "pre"

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        table = self._tables[-1] if self._tables else None
        if table is not None and tag == "table":
            self._end_line()
            table.end_section()
            self._tables.pop()
            outer = self._tables[-1].cell if self._tables else None
            if outer is not None:
                outer.content.append(table)
            else:
                self._emit(table)
        elif table is not None and tag in {"td", "th", "tr"}:
            self._end_line()
            table.cell = None
            if tag == "tr" and _is_ruler(element, table):
                table.row -= 1
        elif table is not None and tag in _SECTIONS:
            self._end_line()
            table.end_section()
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
            build_table(pieces, place, lambda row, col: f"表{number}第{row + 1}行第{col + 1}列")
        )


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def _is_ruler(row: etree._Element, table: _HtmlTable) -> bool:
    """Word ends a table with a row of no height that only states column widths; it is taken out."""
    if row.get("height") != "0":
        return False
    cells = [cell for cell in table.cells if cell.piece.row == table.row]
    if any(cell.content for cell in cells):
        return False
    del table.cells[len(table.cells) - len(cells) :]
    return True


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
