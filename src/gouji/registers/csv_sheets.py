"""Sheets from a folder of CSV files, one per register, in UTF-8 (with or without BOM) or GB18030."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from gouji.documents.model import UnreadableFile
from gouji.documents.package import explain_os_error
from gouji.registers.sheet import Row, Sheet, text_cell


def read_csv(path: Path, shown: str) -> Sheet:
    """The one sheet of a CSV file, named after it. Raises UnreadableFile."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, explain_os_error(error)) from error
    text = _decoded(content, path)
    rows = []
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            cells = tuple(text_cell(value) for value in record)
            if any(cell is not None for cell in cells):
                rows.append(Row(number, cells))
    except csv.Error as error:
        reason = "不是规范的 CSV（引号不成对或有多余字符），请用 Excel/WPS 打开后重新另存"
        raise UnreadableFile(path, reason) from error
    return Sheet(shown, path.stem, tuple(rows))


def _decoded(content: bytes, path: Path) -> str:
    """UTF-8 is tried first: text in GB18030 is almost never valid UTF-8, while the reverse often is."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(path, "文字编码认不出来，请另存为“CSV UTF-8”")
