"""Shards become the tables of a run, one document at a time; DuckDB does the typing and the writing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from gouji.corpus.columns import COLUMNS, Table
from gouji.corpus.problem import CorpusError
from gouji.corpus.shard import read_rows
from gouji.corpus.summary import FileStatus, Summary

if TYPE_CHECKING:
    import duckdb

_MOST_PENDING = 64 << 20
_MEMORY = "256MB"
_BATCH = 64
"""Rows. One may have megabytes."""
_MARKS = {table.mark: table for table in Table}


class Part(NamedTuple):
    """One file of a run: its name, its summary, and its shard (``None`` if there is nothing but the summary)."""

    name: str
    summary: Summary
    shard: Path | None


def merge(parts: Iterable[Part], folder: Path) -> None:
    """Write ``witnesses``, ``findings``, ``tables`` and ``summary`` as Parquet, and ``summary.csv``, into ``folder``.

    Rows stand in the order of ``parts``, then in that of the documents. At no time is more than one batch of some
    64 MB in memory. Raises CorpusError for a damaged shard, or when the tables cannot be written.
    """
    import duckdb  # noqa: PLC0415 - workers, which load this package, do without

    try:
        _merge(parts, folder)
    except duckdb.Error as error:
        raise CorpusError(f"结果表写不成（{str(error).splitlines()[0]}）") from error


def _merge(parts: Iterable[Part], folder: Path) -> None:
    with _database(folder) as database:
        pending = _Pending(folder, database)
        for part in parts:
            if part.summary.status is FileStatus.SKIPPED:
                continue
            names = json.dumps({"file": part.name, "sha256": part.summary.sha256}).encode()
            # Takes the place of a row's opening brace: it says which file the row comes from.
            start = names[:-1] + b", "
            pending.add(Table.SUMMARY, start + _summary_row(part.summary)[1:])
            if part.shard is not None:
                for mark, rows in groupby(read_rows(part.shard), key=itemgetter(0)):
                    for batch in _batches(start + row[1:] for _, row in rows):
                        pending.add(_MARKS[mark], batch)
        pending.close()
        for table in Table:
            target = folder / f"{table}.parquet"
            database.execute(f"COPY {table} TO {_quoted(target)} (FORMAT parquet, COMPRESSION zstd)")
        _write_csv(database, folder / f"{Table.SUMMARY}.csv")


def _batches(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Rows put together, so many at a time."""
    waiting = iter(rows)
    while batch := b"".join(islice(waiting, _BATCH)):
        yield batch


def _summary_row(summary: Summary) -> bytes:
    row = asdict(summary)
    del row["sha256"]
    return json.dumps(row).encode() + b"\n"


@contextmanager
def _database(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database on disk with the four tables; removed afterwards."""
    import duckdb  # noqa: PLC0415 - workers, which load this package, do without

    file = folder / "rows.duckdb"
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY, "threads": 1, "preserve_insertion_order": True,
        "temp_directory": str(folder / "spill"), "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }  # fmt: skip
    with duckdb.connect(str(file), config=settings) as database:
        for table in Table:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS[table].items())
            database.execute(f"CREATE TABLE {table} ({columns})")
        yield database
    file.unlink(missing_ok=True)


class _Pending:
    """Rows on their way into the database: one file of JSON lines per table, loaded when it has become large."""

    def __init__(self, folder: Path, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._paths = {table: folder / f"{table}.jsonl" for table in Table}
        self._streams: dict[Table, BinaryIO] = {table: path.open("wb") for table, path in self._paths.items()}
        self._size = dict.fromkeys(Table, 0)

    def add(self, table: Table, rows: bytes) -> None:
        """Take in rows: JSON objects, each in a line of its own."""
        self._size[table] += self._streams[table].write(rows)
        if self._size[table] >= _MOST_PENDING:
            self._load(table)
            self._streams[table].seek(0)
            self._streams[table].truncate()

    def close(self) -> None:
        for table in Table:
            self._load(table)
            self._streams[table].close()
            self._paths[table].unlink()

    def _load(self, table: Table) -> None:
        self._streams[table].flush()
        if not self._size[table]:
            return
        columns = COLUMNS[table]
        # Amounts travel as characters: a JSON number would pass through floating point.
        raw = {name: "VARCHAR" if kind.startswith("DECIMAL") else kind for name, kind in columns.items()}
        chosen = ", ".join(f'CAST("{name}" AS {kind})' for name, kind in columns.items())
        self._database.execute(
            f"INSERT INTO {table} SELECT {chosen} FROM read_json({_quoted(self._paths[table])}, "
            f"format='newline_delimited', columns={raw})"
        )
        self._size[table] = 0


def _write_csv(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The summary for spreadsheets: with the mark that makes them read UTF-8."""
    rows = database.execute(f"SELECT * FROM {Table.SUMMARY}")
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS[Table.SUMMARY])
        while batch := rows.fetchmany(1000):
            writer.writerows(map(_plain, batch))


def _plain(row: tuple[Any, ...]) -> list[str]:
    return ["" if value is None else str(value) for value in row]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
