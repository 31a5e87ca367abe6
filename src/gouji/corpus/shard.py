"""A shard: what came of one file, in one file of its own, complete or absent.

Gzipped lines. The first is the summary with the limits it was made under; each of the others is the letter of its
table and one row as JSON. Rows do not say which file they come from: that is added when shards are merged, so files
of equal content share a shard, and equal rows have equal digests whatever the file.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

from gouji.corpus.columns import Table
from gouji.corpus.examination import Examined, Row
from gouji.corpus.limits import Limits
from gouji.corpus.problem import CorpusError
from gouji.corpus.summary import FileStatus, Summary

_LEVEL = 1
_DIGITS = 16
_LONGEST_ROW = 4 << 20
_LONGEST_TEXT = 10_000
_MOST_ITEMS = 10
_as_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_DAMAGED = (EOFError, OSError, ValueError, KeyError, TypeError, zlib.error)


class Header(NamedTuple):
    """The first line of a shard."""

    summary: Summary
    limits: Limits

    def stands(self, limits: Limits) -> bool:
        """Whether a run under ``limits`` would come to the same: not if a failure had tighter ones."""
        status = self.summary.status
        if status is FileStatus.TIMEOUT:
            return limits.seconds <= self.limits.seconds
        if status is FileStatus.MEMORY:
            return limits.megabytes <= self.limits.megabytes
        return True


def shard_path(folder: Path, sha256: str, engine_key: str) -> Path:
    """Where the shard of a content belongs that a certain program has read."""
    return folder / sha256[:2] / f"{sha256}-{engine_key}.jsonl.gz"


def write_shard(path: Path, examined: Examined, limits: Limits) -> Summary:
    """Write a shard so that it is there completely or not at all. Returns its summary, with the digest of its rows."""
    lines: list[bytes] = []
    for table, rows in (
        (Table.TABLES, examined.tables),
        (Table.FINDINGS, examined.findings),
        (Table.WITNESSES, examined.witnesses),
    ):
        lines.extend(_encode(table, rows))
    digest = hashlib.sha256(b"".join(lines)).hexdigest()[:_DIGITS]
    summary = replace(examined.summary, digest=digest)
    lines.insert(0, _line("", {"limits": limits._asdict(), "summary": asdict(summary)}))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_bytes(gzip.compress(b"".join(lines), _LEVEL, mtime=0))
    unfinished.replace(path)
    return summary


def _encode(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    return (_line(table.mark, row) for row in rows)


def _line(mark: str, row: Row) -> bytes:
    # Text out of a file can hold halves of surrogate pairs, which are no UTF-8.
    line = f"{mark}{_as_json(row)}\n".encode("utf-8", "replace")
    return line if len(line) <= _LONGEST_ROW else _line(mark, _clip(row))


def _clip(row: Row) -> Row:
    """A row without the megabytes that a hostile file can put into one cell."""
    clipped: Row = {}
    for name, value in row.items():
        if isinstance(value, str):
            clipped[name] = value[:_LONGEST_TEXT]
        elif isinstance(value, list):
            clipped[name] = [str(item)[:_LONGEST_TEXT] for item in value[:_MOST_ITEMS]]
        else:
            clipped[name] = value
    return clipped


def read_header(path: Path) -> Header | None:
    """The header of a shard; ``None`` if there is none that can be read."""
    try:
        with gzip.open(path, "rb") as stream:
            raw = json.loads(stream.readline())
        summary = raw["summary"]
        summary["status"] = FileStatus(summary["status"])
        return Header(Summary(**summary), Limits(**raw["limits"]))
    except _DAMAGED:
        return None


def read_rows(path: Path) -> Iterator[tuple[str, bytes]]:
    """The mark of the table and the row as JSON (with its line end), line by line.

    Raises CorpusError for a damaged shard, which is removed so that the next run makes it anew.
    """
    try:
        with io.BufferedReader(gzip.GzipFile(path)) as stream:
            stream.readline()
            for line in stream:
                yield chr(line[0]), line[1:]
    except (EOFError, OSError, zlib.error) as error:
        path.unlink(missing_ok=True)
        raise CorpusError(f"中间结果“{path.name}”已损坏，已删除；请再运行一次") from error
