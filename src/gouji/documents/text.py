"""Plain text: what a document leaves when it is pasted or extracted without its grid.

CSV and JSON records are handed on to :mod:`gouji.documents.records`. Three other kinds are told apart by their own
marks:

- *cells on lines*: every cell is a line that starts with a tab, rows are separated by an empty line. A bare tab is a
  cell merged away from above; a row with fewer cells than the table has columns has cells merged sideways.
- *tab-separated rows*: cells of a row on one line, separated by tabs.
- *flat*: everything else. Tables are lines whose blanks are lost; ``Document.layout`` is ``flat`` and the reader
  has to find the columns again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gouji.documents.cell_lines import CellRow, resolve_spans
from gouji.documents.model import Cell, Document, Paragraph, Place, Table, UnreadableFile
from gouji.documents.records import is_csv, read_csv_records, read_json_records
from gouji.documents.room import Room, TooLarge

_BLANKS = " \t\r\n\u3000\u00a0\ufeff"
_LARGEST = 16 * 1024 * 1024


def read_text(path: Path) -> Document:
    """Read a text file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030. Raises UnreadableFile."""
    raw = path.read_bytes()
    if len(raw) > _LARGEST:
        raise UnreadableFile(path, "文本文件超过16MB，不像一份公开文本；请只放正文后重试。")
    text = _decoded(path, raw)
    if text.lstrip().startswith(("{", "[{")):
        return read_json_records(path, text)
    if is_csv(text):
        return read_csv_records(path, text)
    lines = text.split("\n")
    lines = [line.rstrip("\r") for line in lines]
    if not any(line.strip(_BLANKS) for line in lines):
        raise UnreadableFile(path, "文件里没有文字；请检查是否导出成功后重试。")
    tabbed = sum(1 for line in lines if line.startswith("\t") and line.count("\t") == 1)
    rows = sum(1 for line in lines if line.count("\t") >= 2)
    try:
        if tabbed >= 20 and tabbed > rows:
            return Document(path, "text", [], list(_cells_on_lines(lines)))
        if rows >= 5:
            return Document(path, "text", [], list(_separated_rows(lines)), layout="separated")
    except TooLarge:
        raise UnreadableFile(path, "文本里有一张表大得不正常；请拆分后再试。") from None
    blocks: list[Paragraph | Table] = [
        Paragraph(line.strip(_BLANKS), _line_place(number), len(line) - len(line.lstrip(_BLANKS)))
        for number, line in enumerate(lines, start=1)
        if line.strip(_BLANKS)
    ]
    return Document(path, "text", [], blocks, layout="flat")


def _decoded(path: Path, raw: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(
        path, "既不是可识别的文档，也不是UTF-8或GB18030文本；请换成PDF、DOCX、XLSX、HTML或文本文件。"
    )


def _line_place(number: int) -> Place:
    return Place(None, None, f"第{number}行")


def _cells_on_lines(lines: Sequence[str]) -> Iterator[Paragraph | Table]:
    room = Room()
    rows: list[CellRow] = []
    current: list[tuple[str | None, int]] = []
    gap = 0
    tables = 0
    for number, line in enumerate([*lines, "."], start=1):
        if line.startswith("\t"):
            text = line[1:]
            current.append((text if text.strip("\t ") else None, number))
            gap = 0
            continue
        if current:
            rows.append(current)
            current = []
        if line.strip(_BLANKS):
            if rows:
                tables += 1
                yield _table(rows, tables, room)
                rows = []
            if number <= len(lines):
                yield Paragraph(line.strip(_BLANKS), _line_place(number))
            continue
        gap += 1
        if gap >= 2 and rows:
            tables += 1
            yield _table(rows, tables, room)
            rows = []


def _separated_rows(lines: Sequence[str]) -> Iterator[Paragraph | Table]:
    room = Room()
    rows: list[CellRow] = []
    tables = 0
    for number, line in enumerate([*lines, "."], start=1):
        if "\t" in line:
            rows.append([(text, number) for text in line.split("\t")])
            continue
        if rows:
            tables += 1
            yield _table(rows, tables, room)
            rows = []
        if line.strip(_BLANKS) and number <= len(lines):
            yield Paragraph(line.strip(_BLANKS), _line_place(number))


def _table(rows: Sequence[CellRow], ordinal: int, room: Room) -> Table:
    width = max(map(len, rows))
    room.take(len(rows) * width)
    cells: list[Cell] = []
    for spread in resolve_spans(rows):
        text = spread.text.strip(_BLANKS)
        lead = spread.text[: len(spread.text) - len(spread.text.lstrip(_BLANKS))]
        indent = sum(2 if blank == "\u3000" else 1 for blank in lead) if text else 0
        cells.append(Cell(text, spread.row, spread.col, 1, spread.col_span, _line_place(spread.line), indent))
    return Table(len(rows), width, cells, _line_place(rows[0][0][1]), name=f"表{ordinal}")
