"""An Excel workbook (.xlsx, .xlsm): each visible sheet as one table of what Excel displays.

Read from the XML itself: openpyxl cannot tell a formula without a cached value from an empty cell, empties
the covered cells of merged ranges, and rejects workbooks over a style that no one looks at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

from lxml import etree

from gouji.documents.model import Document, UnreadableFile
from gouji.documents.number_format import BUILT_IN_FORMATS, shown_number, shown_text
from gouji.documents.package import Package, open_package, whole_number
from gouji.documents.room import MOST_POSITIONS, TooLarge
from gouji.documents.sheet import CellRange, Sheet, Shown
from gouji.documents.workbook import workbook_document

MAX_ROWS = 1_048_576
MAX_COLS = 16_384

_MOST_NAMED_COLS = 16 * MAX_COLS
"""Each column is named once in a sound sheet."""
_LARGEST_NUMBER = 308
"""The decimal exponent of the largest number that Excel can store."""


_ON = frozenset({"1", "true"})
_INDENTABLE = frozenset({"general", "left", "distributed"})
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_xlsx(path: Path) -> Document:
    """Read a workbook. Raises UnreadableFile when it is damaged, protected or not a workbook."""
    with open_package(path) as package:
        main = package.main_part("officeDocument", "xl/workbook.xml")
        if main is None:
            raise UnreadableFile(path, "压缩包里没有工作簿，不是 .xlsx 文件，请检查文件的格式")
        workbook = _Workbook(package, main)
        sheets = [(title, partial(workbook.read_sheet, part)) for title, part in workbook.visible_sheets]
        return workbook_document(path, "xlsx", workbook.hidden_sheets, sheets)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell style (``cellXfs``) says: the number format, the indent of a cell that is not
    right-aligned, in half-width blanks, and whether a line is drawn around the cell."""

    code: str = "General"
    indent: int = 0
    framed: bool = False


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
            codes[whole_number(element.get("numFmtId"), -1)] = element.get("formatCode", "")
        lined = [
            any(side.get("style", "none") != "none" for side in border)
            for border in root.iterfind("{*}borders/{*}border")
        ]
        styles = []
        for element in root.iterfind("{*}cellXfs/{*}xf"):
            alignment = element.find("{*}alignment")
            indent = 0
            if alignment is not None and alignment.get("horizontal", "general") in _INDENTABLE:
                indent = 2 * whole_number(alignment.get("indent"), 0)
            border = whole_number(element.get("borderId"), 0)
            framed = border < len(lined) and lined[border]
            styles.append(
                _Style(codes.get(whole_number(element.get("numFmtId"), 0), "General"), indent, framed)
            )
        return styles

    def read_sheet(self, part: str) -> Sheet:
        sheet = Sheet()
        row = -1
        named = 0
        names = ("sheetView", "col", "row", "mergeCell")
        for element in self._package.elements(part, names):
            name = _name(element)
            if name == "row":
                row = whole_number(element.get("r"), row + 2) - 1
                if row < MAX_ROWS:
                    self._read_row(sheet, row, element)
            elif name == "mergeCell":
                merged = _parse_range(element.get("ref", ""))
                if merged is not None:
                    sheet.merges.append(merged)
            elif name == "col" and (element.get("hidden", "") in _ON or _is_zero(element.get("width"))):
                first, last = whole_number(element.get("min"), 1), whole_number(element.get("max"), 0)
                named += max(0, min(last, MAX_COLS) - first + 1)
                if named > _MOST_NAMED_COLS:
                    raise UnreadableFile(self._package.path, "工作簿的列设置互相重叠，文件已损坏；请另存一份")
                sheet.hidden_cols.update(range(first - 1, min(last, MAX_COLS)))
            elif name == "sheetView":
                sheet.hides_zeros = element.get("showZeros", "1") not in _ON
        return sheet

    def _read_row(self, sheet: Sheet, row: int, element: etree._Element) -> None:
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
                if len(sheet.cells) > MOST_POSITIONS:
                    raise TooLarge
            elif self._style(cell).framed:
                sheet.framed_rows.add(row)

    def _style(self, cell: etree._Element) -> _Style:
        number = whole_number(cell.get("s"), 0)
        return self._styles[number] if number < len(self._styles) else _Style()

    def _shown(self, cell: etree._Element, hides_zeros: bool) -> Shown | None:
        """What a cell displays; None for a formula whose result was never stored."""
        kind = cell.get("t", "n")
        value = cell.findtext("{*}v") or ""
        style = self._style(cell)
        if not value and kind not in {"str", "inlineStr"}:
            return None if cell.find("{*}f") is not None else Shown("")
        if kind == "n":
            return Shown(self._number(value, style.code, hides_zeros))
        if kind in {"e", "d"}:
            return Shown(value)
        if kind == "b":
            value = "TRUE" if value in _ON else "FALSE"
        elif kind == "s":
            value = self._shared_string(value)
        elif kind == "inlineStr":
            inline = cell.find("{*}is")
            value = "" if inline is None else _string(inline)
        else:
            value = _unescaped(value)
        return Shown(shown_text(value, style.code), style.indent)

    def _number(self, stored: str, code: str, hides_zeros: bool) -> str:
        try:
            number = Decimal(stored)
        except InvalidOperation:
            return stored
        if not number.is_finite() or abs(number.adjusted()) > _LARGEST_NUMBER:
            return stored
        if hides_zeros and number == 0:
            return ""
        return shown_number(number, code, from_1904=self._from_1904).strip()

    def _shared_string(self, number: str) -> str:
        index = whole_number(number, -1)
        if not 0 <= index < len(self._strings):
            raise UnreadableFile(self._package.path, "工作簿缺少部分文字，文件已损坏；请重新导出")
        return self._strings[index]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _parse_range(ref: str) -> CellRange | None:
    """``A3:C5`` as a range; None for a single cell or anything else."""
    first, _, last = ref.upper().partition(":")
    start, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if not start or not end:
        return None
    rows = sorted((int(start[2]) - 1, int(end[2]) - 1))
    cols = sorted((_column_number(start[1]), _column_number(end[1])))
    return CellRange(rows[0], cols[0], min(rows[1], MAX_ROWS - 1), min(cols[1], MAX_COLS - 1))


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


def _is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0+(\.0+)?", size) is not None
