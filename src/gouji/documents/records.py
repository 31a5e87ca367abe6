"""Open data: CSV rows, or a JSON file of facts, as one table whose first row names the columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.documents.model import Cell, Document, Place, Table, UnreadableFile
from gouji.documents.room import Room, TooLarge

csv.field_size_limit(4 * 1024 * 1024)

_TOO_LARGE = "数据的行、列或层次多得不正常；请拆分成几个文件，或重新导出后再试。"
_PROSE = re.compile(r"[。；：\t]|\d[千万亿]?元|\d%")
"""What stands in a sentence with Western commas, and in no head of columns."""


def is_csv(text: str) -> bool:
    """Whether the first line looks like the head of comma-separated records, not like prose."""
    first = text.lstrip().partition("\n")[0]
    return first.count(",") >= 4 and not _PROSE.search(first)


def read_csv_records(path: Path, text: str) -> Document:
    """CSV text -> a Document of one table. Raises UnreadableFile when the quoting is broken."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if any(row)]
    except csv.Error as error:
        raise UnreadableFile(path, "CSV的引号或分隔不完整，文件可能不全；请重新导出。") from error
    return _document(path, "csv", rows)


def read_json_records(path: Path, text: str) -> Document:
    """JSON text -> a Document of one table, one row per record. Takes a list of records or an object that holds
    one under ``facts`` or ``witnesses``. Raises UnreadableFile for anything else."""
    try:
        raw = json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, "JSON不完整或格式有误；请重新导出。") from error
    records = (
        next((raw[key] for key in ("facts", "witnesses") if key in raw), None)
        if isinstance(raw, dict)
        else raw
    )
    if (
        not isinstance(records, list)
        or not records
        or not all(isinstance(record, dict) for record in records)
    ):
        raise UnreadableFile(
            path, "这个JSON里没有逐条的数据记录；请给出gouji read或gouji build生成的数据文件。"
        )
    columns = list(records[0])
    try:
        Room().take(len(columns) * (len(records) + 1))
        rows = [columns, *([_text(record.get(column)) for column in columns] for record in records)]
    except (TooLarge, RecursionError):
        raise UnreadableFile(path, _TOO_LARGE) from None
    return _document(path, "json", rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        # As the CSV of the same records has it: a ";" inside a name stands after a backslash.
        return ";".join(f"{key}={_escaped(str(member))}" for key, member in value.items())
    if isinstance(value, list):
        return ";".join(map(_text, value))
    return str(value)


def _escaped(member: str) -> str:
    return member.replace("\\", "\\\\").replace(";", "\\;")


def _document(path: Path, form: str, rows: Sequence[Sequence[str]]) -> Document:
    if not rows:
        raise UnreadableFile(path, "文件里没有数据行；请检查是否导出成功后重试。")
    width = max(map(len, rows))
    try:
        Room().take(len(rows) * width)
    except TooLarge:
        raise UnreadableFile(path, _TOO_LARGE) from None
    cells: list[Cell] = []
    for index, row in enumerate(rows):
        place = Place(None, None, f"第{index + 1}行")
        for column in range(width):
            text = row[column].strip() if column < len(row) else ""
            cells.append(Cell(text, index, column, 1, 1, place))
    table = Table(len(rows), width, cells, Place(None, None, "第1行"), name=path.stem)
    return Document(path, form, [], [table])
