"""Two runs side by side: what is new, gone or different in each file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from gouji.corpus.cells import Cell, CellChange, match_cells
from gouji.corpus.columns import Table
from gouji.corpus.problem import CorpusError
from gouji.corpus.runfolder import RunFolder

if TYPE_CHECKING:
    import duckdb

_SCOPE = ("status", "reason", "format", "kind", "year", "level", "body", "pages")
_BATCH = 16
_MEMORY = "256MB"

_Item = TypeVar("_Item")


class FoundFinding(NamedTuple):
    """A finding as far as two runs can tell it from others: the rule, its title, and the first place it rests on."""

    rule: str
    severity: str
    title: str
    page: int | None
    where: str
    quote: str


class FoundTable(NamedTuple):
    """A table as far as two runs can tell it from others; ``state`` as in :data:`gouji.corpus.columns.TABLES`."""

    state: str
    kind: str
    number: str
    title: str


class ScopeChange(NamedTuple):
    """A column of the summary that says what the file is, or how the work on it ended."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileDifference:
    """What differs in one file. ``presence`` is ``both``, ``new`` or ``gone`` (a file of one run only: then nothing
    else is said). Two findings are the same if rule, title, severity and first evidence are."""

    file: str
    presence: str = "both"
    scope: tuple[ScopeChange, ...] = ()
    new_findings: tuple[FoundFinding, ...] = ()
    dropped_findings: tuple[FoundFinding, ...] = ()
    gained_tables: tuple[FoundTable, ...] = ()
    lost_tables: tuple[FoundTable, ...] = ()
    gained_cells: tuple[Cell, ...] = ()
    lost_cells: tuple[Cell, ...] = ()
    changed_cells: tuple[CellChange, ...] = ()

    def __bool__(self) -> bool:
        return self.presence != "both" or any(
            (
                self.scope, self.new_findings, self.dropped_findings, self.gained_tables, self.lost_tables,
                self.gained_cells, self.lost_cells, self.changed_cells,
            )
        )  # fmt: skip


def compare_runs(before: Path, after: Path) -> Iterator[FileDifference]:
    """The files that differ, by name. Only files whose rows have another digest are looked into, a few at a time.

    Raises CorpusError, before anything is yielded, for a folder that is no complete run.
    """
    folders = [_complete(path) for path in (before, after)]
    return _compare(*folders)


def _complete(path: Path) -> RunFolder:
    folder = RunFolder(path)
    note = folder.note()
    if note is None:
        raise CorpusError(f"“{path}”不是 gouji corpus run 的输出文件夹")
    if note.get("state") != "complete" or not folder.is_complete():
        raise CorpusError(f"“{path}”里的运行没有做完；请再运行一次 gouji corpus run，它会接着做")
    return folder


def _compare(before: RunFolder, after: RunFolder) -> Iterator[FileDifference]:
    import duckdb  # noqa: PLC0415 - workers, which load this package, do without

    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 1}) as database:
        old, new = (_summaries(database, folder) for folder in (before, after))
        names = sorted(old.keys() | new.keys())
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            differing = [
                name
                for name in batch
                if name in old and name in new and old[name]["digest"] != new[name]["digest"]
            ]
            rows = [_Rows.load(database, folder, differing) for folder in (before, after)]
            for name in batch:
                difference = _of_file(name, old.get(name), new.get(name), rows[0], rows[1])
                if difference:
                    yield difference


def _of_file(
    name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, was: _Rows, now: _Rows
) -> FileDifference:
    if old is None or new is None:
        return FileDifference(name, "new" if old is None else "gone")
    scope = tuple(
        ScopeChange(column, _text(old[column]), _text(new[column]))
        for column in _SCOPE
        if old[column] != new[column]
    )
    dropped, found = _differ(was.findings[name], now.findings[name])
    lost, gained = _differ(was.tables[name], now.tables[name])
    cells = match_cells(was.cells[name], now.cells[name])
    return FileDifference(
        name, "both", scope, tuple(found), tuple(dropped), tuple(gained), tuple(lost),
        tuple(cells.gained), tuple(cells.lost), tuple(cells.changed),
    )  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _differ(old: Sequence[_Item], new: Sequence[_Item]) -> tuple[list[_Item], list[_Item]]:
    """What is only in the old and only in the new sequence, each in its order; equal items count one by one."""
    return _beyond(old, new), _beyond(new, old)


def _beyond(these: Sequence[_Item], others: Sequence[_Item]) -> list[_Item]:
    known = Counter(others)
    beyond: list[_Item] = []
    for item in these:
        if known[item]:
            known[item] -= 1
        else:
            beyond.append(item)
    return beyond


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of some files of one run, by file; nothing for other files."""

    findings: defaultdict[str, list[FoundFinding]]
    tables: defaultdict[str, list[FoundTable]]
    cells: defaultdict[str, list[Cell]]

    @classmethod
    def load(cls, database: duckdb.DuckDBPyConnection, folder: RunFolder, names: Sequence[str]) -> _Rows:
        rows = cls(defaultdict(list), defaultdict(list), defaultdict(list))
        for name, *values in _select(database, folder.table(Table.FINDINGS), FoundFinding._fields, names):
            rows.findings[name].append(FoundFinding(*values))
        for name, *values in _select(database, folder.table(Table.TABLES), FoundTable._fields, names):
            rows.tables[name].append(FoundTable(*(value or "" for value in values)))
        for name, *values in _select(database, folder.table(Table.WITNESSES), Cell._fields, names):
            rows.cells[name].append(Cell(*values)._replace(bbox=tuple(values[2] or ())))
        return rows


def _select(
    database: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[str], names: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    if not names:
        return
    wanted = ", ".join(f'"{column}"' for column in ("file", *columns))
    marks = ", ".join("?" * len(names))
    found = database.execute(
        f"SELECT {wanted} FROM read_parquet(?) WHERE file IN ({marks})", [str(path), *names]
    )
    while batch := found.fetchmany(10_000):
        yield from batch


def _summaries(database: duckdb.DuckDBPyConnection, folder: RunFolder) -> dict[str, Mapping[str, Any]]:
    """The columns that are compared, and the digest, by file."""
    import duckdb  # noqa: PLC0415 - workers, which load this package, do without

    columns = ("digest", *_SCOPE)
    wanted = ", ".join(f'"{column}"' for column in ("file", *columns))
    path = folder.table(Table.SUMMARY)
    try:
        found = database.execute(f"SELECT {wanted} FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise CorpusError(f"“{path}”读不出来；请再运行一次 gouji corpus run") from error
    return {name: dict(zip(columns, values, strict=True)) for name, *values in found}
