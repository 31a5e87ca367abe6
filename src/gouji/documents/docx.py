"""A Word file (.docx) as paragraphs and tables, in the order of its body.

Read from the XML itself: it is the only way to see merged cells, revisions, hidden text and text boxes as
Word shows them. Revisions are read as accepted. Headers, footers and the numbers that Word itself sets before
a paragraph are not part of the body's text and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from gouji.documents.cell_text import BLANKS, split_lines, tidy_line
from gouji.documents.grid import Piece, build_table, drop_unused_columns
from gouji.documents.model import Document, Paragraph, Place, Table, UnreadableFile
from gouji.documents.package import Package, open_package, whole_number
from gouji.documents.room import Room, TooLarge

_WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OFF = frozenset({"0", "false", "off"})

# Containers that only wrap what stands in them.
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "Choice"})
# Nothing in these is shown: properties, deletions, field codes, the phonetic line of a ruby.
_NOT_SHOWN = frozenset({
    "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "del", "moveFrom", "delText", "instrText",
    "delInstrText", "rt",
})  # fmt: skip
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# The ticks and boxes that forms take from symbol fonts, by font and code.
_SYMBOLS = {
    ("wingdings", "F0FE"): "☑", ("wingdings", "F0FD"): "☒", ("wingdings", "F0FC"): "✓",
    ("wingdings", "F0FB"): "✗",
    ("wingdings", "F0A8"): "□", ("wingdings", "F06F"): "□", ("wingdings", "F071"): "□",
    ("wingdings 2", "F052"): "☑", ("wingdings 2", "F053"): "☒", ("wingdings 2", "F050"): "✓",
    ("wingdings 2", "F04F"): "✗", ("wingdings 2", "F0A3"): "□", ("wingdings 2", "F02A"): "□",
}  # fmt: skip


def read_docx(path: Path) -> Document:
    """Read a .docx. Raises UnreadableFile when it is damaged, protected or not a Word file."""
    with open_package(path) as package:
        main = package.main_part("officeDocument", "word/document.xml")
        if main is None:
            raise UnreadableFile(path, "压缩包里没有 Word 正文，不是 .docx 文件，请检查文件的格式")
        body = _child(package.tree(main), "body")
        reader = _Reader(_hidden_styles(package, main))
        try:
            if body is not None:
                reader.read_blocks(body)
            reader.read_notes(package, main)
        except TooLarge:
            raise UnreadableFile(path, "文件中表格多得、大得不正常，请拆分后再试") from None
    if body is not None and not reader.blocks and any(True for _ in body.iter("{*}drawing", "{*}pict")):
        raise UnreadableFile(
            path, "这个 Word 文件里只有图片，没有文字，不能读取；请提供可复制文字的文件，或另存为 PDF 再试"
        )
    return Document(path, "docx", [], reader.blocks, notices=reader.notices())


@dataclass(slots=True)
class _Runs:
    """The text gathered from one paragraph, and the text boxes anchored in it."""

    text: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """The cells of one table row, and how many grid columns are left free before the first."""

    cells: list[etree._Element]
    before: int


class _Reader:
    """Walks the body; ``blocks`` grows in reading order."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._hidden_styles = hidden_styles
        self._paragraphs = 0
        self._tables = 0
        self._room = Room()
        self._revised = False
        self._hidden = 0
        self._foreign = 0
        # The text of a paragraph whose end was deleted: it runs on into the next one.
        self._run_on = ""

    def notices(self) -> list[str]:
        found = []
        if self._revised:
            found.append("文件中有修订记录，已按“接受全部修订”读取；发布前请在 Word 中接受或拒绝修订。")
        if self._hidden:
            found.append(f"文件中有{self._hidden}处隐藏文字或隐藏的表格行，没有读取。")
        if self._foreign:
            found.append(f"文件中嵌入了{self._foreign}个外来文档，没有读取；请在 Word 中另存一次。")
        return found

    def read_blocks(self, parent: etree._Element) -> None:
        for element in self._unwrap(parent):
            name = _name(element)
            if name == "p":
                self._read_paragraph(element)
            elif name == "tbl":
                self._read_table(element)
            elif name == "altChunk":
                self._foreign += 1

    def read_notes(self, package: Package, main: str) -> None:
        """Footnotes and endnotes, after the body: their remarks belong to the figures above."""
        for kind, label in (("footnotes", "脚注"), ("endnotes", "尾注")):
            part = next((link.target for link in package.relations(main).values() if link.kind == kind), None)
            if part is None or not package.has(part):
                continue
            number = 0
            for note in package.tree(part):
                if _attribute(note, "type") in {"separator", "continuationSeparator", "continuationNotice"}:
                    continue
                number += 1
                lines = self._cell_lines(note, [])
                self._add_lines("\n".join(lines), f"{label}{number}")

    def _read_paragraph(self, element: etree._Element) -> None:
        runs = self._runs(element)
        text = self._run_on + "".join(runs.text)
        self._run_on = ""
        if self._end_is_deleted(element):
            self._run_on = text
        elif text.strip(BLANKS + "\n"):
            self._paragraphs += 1
            self._add_lines(text, f"第{self._paragraphs}段")
        for box in runs.boxes:
            self.read_blocks(box)

    def _add_lines(self, text: str, ref: str) -> None:
        """One Paragraph for each line that is not blank: a manual line break mostly parts two paragraphs."""
        lines = [line for line in map(tidy_line, split_lines(text)) if line]
        for number, line in enumerate(lines, 1):
            where = ref if number == 1 else f"{ref}第{number}行"
            self.blocks.append(Paragraph(line, Place(None, None, where)))

    def _read_table(self, element: etree._Element) -> None:
        self._tables += 1
        number = self._tables
        nested: list[etree._Element] = []
        pieces = drop_unused_columns(self._pieces(element, nested))
        place = Place(None, None, f"表{number}")
        if pieces:
            table = build_table(
                pieces, place, lambda row, col: f"表{number}第{row + 1}行第{col + 1}列", self._room
            )
            self.blocks.append(table)
        for inner in nested:
            self._read_table(inner)

    def _pieces(self, table: etree._Element, nested: list[etree._Element]) -> list[Piece]:
        pieces: list[Piece] = []
        open_merges: dict[int, Piece] = {}
        for row_number, row in enumerate(self._rows(table)):
            still_open: dict[int, Piece] = {}
            col = row.before
            before: Piece | None = None
            for cell in row.cells:
                span = max(1, _count(_property(cell, "tcPr", "gridSpan"), 1))
                if before is not None and _merge(cell, "hMerge") == "continue":
                    before.col_span += span
                    col += span
                    continue
                vertical = _merge(cell, "vMerge")
                above = open_merges.get(col)
                if vertical == "continue" and above is not None and above.col_span == span:
                    # Word shows no text of a continued cell.
                    above.row_span += 1
                    still_open[col] = before = above
                else:
                    lines = self._cell_lines(cell, nested)
                    before = Piece(row_number, col, "\n".join(lines), col_span=span)
                    pieces.append(before)
                    if vertical is not None:
                        still_open[col] = before
                col += span
            open_merges = still_open
        return pieces

    def _rows(self, table: etree._Element) -> Iterator[_Row]:
        for element in self._unwrap(table):
            if _name(element) != "tr":
                continue
            properties = _child(element, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                self._revised = True
                continue
            if _is_on(_property(element, "trPr", "hidden")):
                self._hidden += 1
                continue
            cells = [cell for cell in self._unwrap(element) if _name(cell) == "tc"]
            yield _Row(cells, _count(_property(element, "trPr", "gridBefore"), 0))

    def _cell_lines(self, cell: etree._Element, nested: list[etree._Element]) -> list[str]:
        """The paragraphs of a cell; tables that stand in it are added to ``nested``."""
        lines: list[str] = []
        run_on = ""
        for element in self._unwrap(cell):
            name = _name(element)
            if name == "tbl":
                nested.append(element)
            elif name == "p":
                runs = self._runs(element)
                text = run_on + "".join(runs.text)
                run_on = ""
                if self._end_is_deleted(element):
                    run_on = text
                else:
                    lines.append(text)
                for box in runs.boxes:
                    lines.extend(self._cell_lines(box, nested))
        return [*lines, run_on] if run_on else lines

    def _runs(self, paragraph: etree._Element) -> _Runs:
        style = _property(paragraph, "pPr", "pStyle")
        hidden = style is not None and _attribute(style, "val") in self._hidden_styles
        runs = _Runs()
        self._gather(paragraph, runs, hidden)
        return runs

    def _gather(self, parent: etree._Element, runs: _Runs, hidden: bool) -> None:
        for element in parent:
            name = _name(element)
            if name in {"del", "moveFrom", "ins", "moveTo"}:
                self._revised = True
            if name in _NOT_SHOWN or not name:
                continue
            if name == "t":
                runs.text.append(element.text or "")
            elif name in _CHARACTERS:
                runs.text.append(_CHARACTERS[name])
            elif name == "sym":
                symbol = _attribute(element, "font").casefold(), _attribute(element, "char").upper()
                runs.text.append(_SYMBOLS.get(symbol, ""))
            elif name == "txbxContent":
                runs.boxes.append(element)
            elif name == "AlternateContent":
                # The choice and its fallback are one thing drawn twice.
                chosen = _child(element, "Choice")
                fallback = _child(element, "Fallback")
                if chosen is None:
                    chosen = fallback
                if chosen is not None:
                    self._gather(chosen, runs, hidden)
            elif name == "r" and self._run_is_hidden(element, hidden):
                self._hidden += any(child.text for child in element if _name(child) == "t")
            else:
                self._gather(element, runs, hidden)

    def _run_is_hidden(self, run: etree._Element, hidden_by_paragraph: bool) -> bool:
        vanish = _property(run, "rPr", "vanish")
        if vanish is not None:
            return _is_on(vanish)
        style = _property(run, "rPr", "rStyle")
        return hidden_by_paragraph or (style is not None and _attribute(style, "val") in self._hidden_styles)

    def _end_is_deleted(self, paragraph: etree._Element) -> bool:
        mark = _property(paragraph, "pPr", "rPr")
        if mark is None or (_child(mark, "del") is None and _child(mark, "moveFrom") is None):
            return False
        self._revised = True
        return True

    def _unwrap(self, parent: etree._Element) -> Iterator[etree._Element]:
        """The children of ``parent`` with the containers that only wrap them taken away."""
        for element in parent:
            name = _name(element)
            if name in _WRAPPERS:
                yield from self._unwrap(element)
            elif name == "AlternateContent":
                chosen = _child(element, "Choice")
                if chosen is None:
                    chosen = _child(element, "Fallback")
                if chosen is not None:
                    yield from self._unwrap(chosen)
            elif name and name not in _NOT_SHOWN:
                yield element


def _hidden_styles(package: Package, main: str) -> frozenset[str]:
    """The ids of the styles, own or inherited, that hide their text."""
    part = next((link.target for link in package.relations(main).values() if link.kind == "styles"), None)
    if part is None or not package.has(part):
        return frozenset()
    based_on: dict[str, str] = {}
    vanishes: dict[str, bool] = {}
    for style in package.tree(part):
        if _name(style) != "style":
            continue
        style_id = _attribute(style, "styleId")
        parent = _child(style, "basedOn")
        if parent is not None:
            based_on[style_id] = _attribute(parent, "val")
        vanish = _property(style, "rPr", "vanish")
        if vanish is not None:
            vanishes[style_id] = _is_on(vanish)
    for style_id, parent_id in based_on.items():
        # Up to the first style that says it itself, or whose line is known; a ring hides nothing.
        line = {} if style_id in vanishes else {style_id: None}
        above = parent_id
        while line and above not in vanishes and above in based_on and above not in line:
            line[above] = None
            above = based_on[above]
        vanishes.update(dict.fromkeys(line, vanishes.get(above, False)))
    return frozenset(style_id for style_id, vanish in vanishes.items() if vanish)


def _name(element: etree._Element) -> str:
    """The local name; '' for anything that is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next((element for element in parent if _name(element) == name), None)


def _property(element: etree._Element, holder: str, name: str) -> etree._Element | None:
    properties = _child(element, holder)
    return None if properties is None else _child(properties, name)


def _attribute(element: etree._Element, name: str) -> str:
    for namespace in _WORD_NAMESPACES:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _attribute(element, "val").casefold() not in _OFF


def _count(element: etree._Element | None, otherwise: int) -> int:
    return otherwise if element is None else whole_number(_attribute(element, "val"), otherwise)


def _merge(cell: etree._Element, direction: str) -> str | None:
    """``restart``, ``continue`` (also when unsaid), or None for a cell that is not merged that way."""
    merge = _property(cell, "tcPr", direction)
    return None if merge is None else _attribute(merge, "val") or "continue"
