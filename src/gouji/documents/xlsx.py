"""An Excel workbook (.xlsx, .xlsm): each visible sheet as one table of what Excel displays.

Read from the XML itself: openpyxl cannot tell a formula without a cached value from an empty cell, empties
the covered cells of merged ranges, and rejects workbooks over a style that no one looks at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from gouji.documents.cell_text import tidy
from gouji.documents.grid import MAX_POSITIONS, Piece, TableTooLarge, build_table
from gouji.documents.model import Document, Paragraph, Place, Table, UnreadableFile
from gouji.documents.number_format import BUILT_IN_FORMATS, shown_number, shown_text
from gouji.documents.package import Package, open_package

MAX_ROWS = 1_048_576
MAX_COLS = 16_384

_ON = frozenset({"1", "true"})
_INDENTABLE = frozenset({"general", "left", "distributed"})
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TOO_LARGE = "工作表“{}”范围过大（有内容的单元格散布太广），请删去无关的单元格或拆分后再试"


def read_xlsx(path: Path) -> Document:
    """Read a workbook. Raises UnreadableFile when it is damaged, protected or not a workbook."""
    with open_package(path) as package:
        main = package.main_part("officeDocument", "xl/workbook.xml")
        if main is None:
            raise UnreadableFile(path, "压缩包里没有工作簿，不是 .xlsx 文件，请检查文件的格式")
        workbook = _Workbook(package, main)
        blocks: list[Paragraph | Table] = []
        notices: list[str] = []
        if workbook.hidden_sheets:
            names = "、".join(f"“{title}”" for title in workbook.hidden_sheets)
            notices.append(f"有{len(workbook.hidden_sheets)}张隐藏的工作表没有读取：{names}。")
        for title, part in workbook.visible_sheets:
            sheet = workbook.read_sheet(part)
            layout = _Layout(title, sheet)
            try:
                blocks.append(layout.table())
            except TableTooLarge:
                raise UnreadableFile(path, _TOO_LARGE.format(title)) from None
            notices.extend(layout.notices())
    return Document(path, "xlsx", [], blocks, notices=notices)


_FRAMED_BLANK_ROWS = 100
"""How many ruled blank rows below the last text still belong to a table."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell style (``cellXfs``) says: the number format, the indent of a cell that is not
    right-aligned, in half-width blanks, and whether a line is drawn around the cell."""

    code: str = "General"
    indent: int = 0
    framed: bool = False


class _Shown(NamedTuple):
    """The text that a cell displays, and the indent that its style adds."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _Range:
    """Rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Sheet:
    """What one sheet holds: the cells that show something, by row and column from 0."""

    cells: dict[tuple[int, int], _Shown] = field(default_factory=dict)
    merges: list[_Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    hides_zeros: bool = False
    framed_rows: set[int] = field(default_factory=set)
    """Rows with blank cells that a line is drawn around: a blank row of a table, not a row outside it."""

    def shows(self, row: int, col: int) -> bool:
        return row not in self.hidden_rows and col not in self.hidden_cols

    def first_shown(self, area: _Range) -> tuple[int, int] | None:
        """The first row and column of a range that are not hidden; None when all of it is hidden."""
        row = next((row for row in range(area.top, area.bottom + 1) if row not in self.hidden_rows), None)
        col = next((col for col in range(area.left, area.right + 1) if col not in self.hidden_cols), None)
        return None if row is None or col is None else (row, col)


class _Workbook:
    """The parts that all sheets share: their names, the strings, the styles, the date system."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        links = package.relations(main)
        self.visible_sheets: list[tuple[str, str]] = []
        self.hidden_sheets: list[str] = []
        self._from_1904 = False
        for element in package.tree(main).iter("{*}sheet", "{*}workbookPr"):
            if _name(element) == "workbookPr":
                self._from_1904 = element.get("date1904", "") in _ON
                continue
            link = links.get(_relation_id(element))
            if link is None or link.kind != "worksheet" or not package.has(link.target):
                continue
            if element.get("state", "visible") == "visible":
                self.visible_sheets.append((element.get("name", ""), link.target))
            else:
                self.hidden_sheets.append(element.get("name", ""))
        shared = {link.kind: link.target for link in links.values() if package.has(link.target)}
        self._strings = self._read_strings(shared.get("sharedStrings"))
        self._styles = self._read_styles(shared.get("styles"))

    def _read_strings(self, part: str | None) -> list[str]:
        return [] if part is None else [_string(item) for item in self._package.elements(part, ("si",))]

    def _read_styles(self, part: str | None) -> list[_Style]:
        if part is None:
            return []
        codes = dict(BUILT_IN_FORMATS)
        root = self._package.tree(part)
        for element in root.iter("{*}numFmt"):
            codes[_integer(element.get("numFmtId"), -1)] = element.get("formatCode", "")
        lined = [
            any(side.get("style", "none") != "none" for side in border)
            for border in root.iterfind("{*}borders/{*}border")
        ]
        styles = []
        for element in root.iterfind("{*}cellXfs/{*}xf"):
            alignment = element.find("{*}alignment")
            indent = 0
            if alignment is not None and alignment.get("horizontal", "general") in _INDENTABLE:
                indent = 2 * _integer(alignment.get("indent"), 0)
            border = _integer(element.get("borderId"), 0)
            framed = border < len(lined) and lined[border]
            styles.append(_Style(codes.get(_integer(element.get("numFmtId"), 0), "General"), indent, framed))
        return styles

    def read_sheet(self, part: str) -> _Sheet:
        sheet = _Sheet()
        row = -1
        names = ("sheetView", "col", "row", "mergeCell")
        for element in self._package.elements(part, names):
            name = _name(element)
            if name == "row":
                row = _integer(element.get("r"), row + 2) - 1
                if row < MAX_ROWS:
                    self._read_row(sheet, row, element)
            elif name == "mergeCell":
                merged = _parse_range(element.get("ref", ""))
                if merged is not None:
                    sheet.merges.append(merged)
            elif name == "col" and (element.get("hidden", "") in _ON or _is_zero(element.get("width"))):
                first, last = _integer(element.get("min"), 1), _integer(element.get("max"), 0)
                sheet.hidden_cols.update(range(first - 1, min(last, MAX_COLS)))
            elif name == "sheetView":
                sheet.hides_zeros = element.get("showZeros", "1") not in _ON
        return sheet

    def _read_row(self, sheet: _Sheet, row: int, element: etree._Element) -> None:
        if element.get("hidden", "") in _ON or _is_zero(element.get("ht")):
            sheet.hidden_rows.add(row)
        col = -1
        for cell in element.iterchildren("{*}c"):
            address = _ADDRESS.fullmatch(cell.get("r", ""))
            col = _column_number(address[1]) if address else col + 1
            if col >= MAX_COLS:
                break
            shown = self._shown(cell, sheet.hides_zeros)
            if shown is None:
                sheet.uncached.append((row, col))
            elif shown.text.strip():
                sheet.cells[row, col] = shown
            elif self._style(cell).framed:
                sheet.framed_rows.add(row)

    def _style(self, cell: etree._Element) -> _Style:
        number = _integer(cell.get("s"), 0)
        return self._styles[number] if number < len(self._styles) else _Style()

    def _shown(self, cell: etree._Element, hides_zeros: bool) -> _Shown | None:
        """What a cell displays; None for a formula whose result was never stored."""
        kind = cell.get("t", "n")
        value = cell.findtext("{*}v") or ""
        style = self._style(cell)
        if not value and kind not in {"str", "inlineStr"}:
            return None if cell.find("{*}f") is not None else _Shown("")
        if kind == "n":
            return _Shown(self._number(value, style.code, hides_zeros))
        if kind in {"e", "d"}:
            return _Shown(value)
        if kind == "b":
            value = "TRUE" if value in _ON else "FALSE"
        elif kind == "s":
            value = self._shared_string(value)
        elif kind == "inlineStr":
            inline = cell.find("{*}is")
            value = "" if inline is None else _string(inline)
        else:
            value = _unescaped(value)
        return _Shown(shown_text(value, style.code), style.indent)

    def _number(self, stored: str, code: str, hides_zeros: bool) -> str:
        try:
            number = Decimal(stored)
        except InvalidOperation:
            return stored
        if not number.is_finite():
            return stored
        if hides_zeros and number == 0:
            return ""
        return shown_number(number, code, from_1904=self._from_1904).strip()

    def _shared_string(self, number: str) -> str:
        index = _integer(number, -1)
        if not 0 <= index < len(self._strings):
            raise UnreadableFile(self._package.path, "工作簿缺少部分文字，文件已损坏；请重新导出")
        return self._strings[index]


class _Layout:
    """One visible sheet laid out as a table: merges resolved, hidden lines out, empty ends trimmed."""

    def __init__(self, title: str, sheet: _Sheet) -> None:
        self._title = title
        self._sheet = sheet
        self._hidden_cells = 0
        self._covered: list[str] = []
        self._uncovered: list[str] = []
        self._pieces = self._lay_out()
        rows = {piece.row for piece in self._pieces if piece.text}
        cols = {piece.col for piece in self._pieces if piece.text}
        last = max(rows, default=-1)
        while rows and last + 1 in sheet.framed_rows and last - max(rows) < _FRAMED_BLANK_ROWS:
            last += 1
        self._rows = [row for row in range(last + 1) if row not in sheet.hidden_rows]
        self._cols = [col for col in range(max(cols, default=-1) + 1) if col not in sheet.hidden_cols]
        positions = len(self._rows) * len(self._cols)
        self._condensed = positions > MAX_POSITIONS or positions > max(100_000, 50 * len(self._pieces))
        if self._condensed:
            self._rows, self._cols = sorted(rows), sorted(cols)

    def table(self) -> Table:
        """The table; positions count shown rows and columns only, places name the cells of the sheet."""
        pieces = [piece for piece in map(self._placed, self._pieces) if piece is not None]
        place = Place(None, None, self._title)
        n_rows, n_cols = len(self._rows), len(self._cols)
        return build_table(pieces, place, self._ref, name=self._title, n_rows=n_rows, n_cols=n_cols)

    def notices(self) -> list[str]:
        found = []
        sheet, title = self._sheet, self._title
        uncached = [at for at in sheet.uncached if sheet.shows(*at)]
        if uncached:
            where = _listed([f"{column_letters(col)}{row + 1}" for row, col in uncached])
            found.append(
                f"{title}!{where}有{len(uncached)}个公式没有缓存值，读成空白；请用 Excel 打开保存一次。"
            )
        if self._hidden_cells:
            found.append(f"工作表“{title}”的隐藏行、隐藏列中有{self._hidden_cells}个非空单元格，没有读取。")
        if self._uncovered:
            found.append(
                f"工作表“{title}”有合并区域的内容写在被遮住的单元格里，已读取：{_listed(self._uncovered)}。"
            )
        if self._covered:
            found.append(f"工作表“{title}”有被合并区域遮住的内容，没有读取：{_listed(self._covered)}。")
        if self._condensed:
            found.append(f"工作表“{title}”的内容散布很广，整行整列的空白没有读取。")
        return found

    def _lay_out(self) -> list[Piece]:
        """The shown cells in sheet coordinates; a merged range is one piece, whatever it covers."""
        cells = dict(self._sheet.cells)
        cols_by_row: defaultdict[int, list[int]] = defaultdict(list)
        for row, col in cells:
            cols_by_row[row].append(col)
        filled_rows = sorted(cols_by_row)
        pieces = []
        for area in self._sheet.merges:
            inside = [
                (row, col)
                for row in _between(filled_rows, area.top, area.bottom + 1)
                for col in cols_by_row[row]
                if area.left <= col <= area.right and (row, col) in cells
            ]
            values = {at: cells.pop(at) for at in sorted(inside)}
            shown = self._shown_in(area, values)
            first = self._sheet.first_shown(area)
            if first is None:
                self._hidden_cells += bool(shown.text)
                continue
            row, col = first
            height, width = area.bottom - row + 1, area.right - col + 1
            pieces.append(Piece(row, col, shown.text, height, width, shown.indent))
        for (row, col), shown in cells.items():
            if self._sheet.shows(row, col):
                pieces.append(Piece(row, col, shown.text, indent=shown.indent))
            else:
                self._hidden_cells += 1
        return pieces

    def _shown_in(self, area: _Range, values: dict[tuple[int, int], _Shown]) -> _Shown:
        """Excel shows the top left value. Programs that write elsewhere leave it empty: then the first value
        is what they meant to show."""
        corner = values.pop((area.top, area.left), None)
        if corner is None and values:
            at = next(iter(values))
            corner = values.pop(at)
            self._uncovered.append(_named(at, corner))
        self._covered.extend(_named(at, shown) for at, shown in values.items())
        return corner or _Shown("")

    def _placed(self, piece: Piece) -> Piece | None:
        """The piece in positions of the table; None for an empty merged range outside it."""
        first_row = bisect_left(self._rows, piece.row)
        first_col = bisect_left(self._cols, piece.col)
        row_span = bisect_left(self._rows, piece.row + piece.row_span) - first_row
        col_span = bisect_left(self._cols, piece.col + piece.col_span) - first_col
        if row_span == 0 or col_span == 0:
            return None
        return Piece(first_row, first_col, piece.text, row_span, col_span, piece.indent)

    def _ref(self, row: int, col: int) -> str:
        return f"{self._title}!{column_letters(self._cols[col])}{self._rows[row] + 1}"


def column_letters(col: int) -> str:
    """The letters of a column that counts from 0: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _parse_range(ref: str) -> _Range | None:
    """``A3:C5`` as a range; None for a single cell or anything else."""
    first, _, last = ref.upper().partition(":")
    start, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if not start or not end:
        return None
    rows = sorted((int(start[2]) - 1, int(end[2]) - 1))
    cols = sorted((_column_number(start[1]), _column_number(end[1])))
    return _Range(rows[0], cols[0], min(rows[1], MAX_ROWS - 1), min(cols[1], MAX_COLS - 1))


def _between(numbers: list[int], start: int, end: int) -> list[int]:
    """The members of a sorted list from ``start`` up to, not including, ``end``."""
    return numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]


def _named(at: tuple[int, int], shown: _Shown) -> str:
    return f"{column_letters(at[1])}{at[0] + 1}“{tidy(shown.text).text}”"


def _listed(names: list[str]) -> str:
    return "、".join(names[:5]) + ("等" if len(names) > 5 else "")


def _string(item: etree._Element) -> str:
    """The text of a shared or inline string; its phonetic runs are not shown."""
    texts = []
    for child in item:
        if _name(child) == "t":
            texts.append(child.text or "")
        elif _name(child) == "r":
            texts.extend(text.text or "" for text in child.iterfind("{*}t"))
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _relation_id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isascii() and value.isdigit() else otherwise


def _is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0+(\.0+)?", size) is not None
