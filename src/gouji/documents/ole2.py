"""The OLE2 container that holds a legacy Office file (.doc, .xls): which streams stand at its root.

The names of the streams tell the program that wrote the file; nothing else in the container does. Layout after
[MS-CFB], the published description of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gouji.documents.model import UnreadableFile
from gouji.documents.package import OLE2_MAGIC, explain_ole2, explain_os_error

_HEADER = 512
_ENTRY = 128
_FREE = 0xFFFFFFFA
"""Sector numbers from here on name no sector: end of chain, free, table sectors."""

_NO_ENTRY = 0xFFFFFFFF
_STREAM = 2
_PASSWORD = "文件有密码，请用 Office/WPS 打开、去掉密码后另存"
_DAMAGED = "文件已损坏或没有下载完整，请重新下载，或用 Office/WPS 打开后另存为 .docx 或 .xlsx"


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int


def find_ole2_format(path: Path) -> str:
    """``doc`` or ``xls``; raises UnreadableFile for protected files, other programs' files and damaged ones."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, explain_os_error(error)) from error
    names = root_streams(content)
    if not names:
        raise UnreadableFile(path, _DAMAGED if _names_program(content) else explain_ole2(path))
    if "EncryptedPackage" in names:
        raise UnreadableFile(path, _PASSWORD)
    if "WordDocument" in names:
        return "doc"
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    raise UnreadableFile(path, explain_ole2(path))


def root_streams(content: bytes) -> set[str]:
    """The names of the streams at the root of a container, not of those embedded in it; empty when damaged."""
    try:
        return set(_root_names(content))
    except (struct.error, IndexError):
        return set()


def _names_program(content: bytes) -> bool:
    return any(name.encode("utf-16-le") in content for name in ("WordDocument", "Workbook"))


def _root_names(content: bytes) -> Iterator[str]:
    entries = list(_entries(content))
    if not entries:
        return
    seen: set[int] = set()
    waiting = [entries[0].child]
    while waiting:
        number = waiting.pop()
        if number == _NO_ENTRY or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        if entry.kind == _STREAM:
            yield entry.name
        waiting += [entry.left, entry.right]


def _entries(content: bytes) -> Iterator[_Entry]:
    if content[:8] != OLE2_MAGIC:
        return
    (power,) = struct.unpack_from("<H", content, 30)
    if power not in (9, 12):
        return
    size = 1 << power
    table = _sector_table(content, size)
    (sector,) = struct.unpack_from("<I", content, 48)
    seen: set[int] = set()
    while sector < _FREE and sector not in seen:
        seen.add(sector)
        start = (sector + 1) * size
        for at in range(start, start + size, _ENTRY):
            raw_name, length, kind, left, right, child = struct.unpack_from("<64sHBxIII", content, at)
            name = raw_name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, left, right, child)
        sector = table[sector]


def _sector_table(content: bytes, size: int) -> list[int]:
    """For each sector the next one of its chain. Long tables (over 7 MB of file) go on in sectors of their own."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    (more,) = struct.unpack_from("<I", content, 68)
    per_sector = size // 4
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        numbers = struct.unpack_from(f"<{per_sector}I", content, (more + 1) * size)
        sectors.extend(numbers[:-1])
        more = numbers[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE:
            table.extend(struct.unpack_from(f"<{per_sector}I", content, (sector + 1) * size))
    return table
