"""A run over a folder: what is new is worked on, what is known is taken from its shards, and all is merged."""

from __future__ import annotations

import gc
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from gouji.catalog import CatalogError, load_catalog
from gouji.corpus.engine import Engine, engine
from gouji.corpus.examination import Examined, examine
from gouji.corpus.folder import Entry, content_digest, gather
from gouji.corpus.limits import Limits
from gouji.corpus.memory import forget_peak, peak
from gouji.corpus.merge import Part, merge
from gouji.corpus.pool import Ended, Pool
from gouji.corpus.problem import CorpusError
from gouji.corpus.runfolder import RunFolder
from gouji.corpus.shard import read_header, shard_path, write_shard
from gouji.corpus.summary import FileStatus, Summary
from gouji.documents.heap import give_back
from gouji.documents.scans.engine import is_installed

_NO_RECOGNITION = '没有安装文字识别，读不了扫描件；请运行 pip install "gouji[ocr]"，或不用 --scans'
_FAILED = (FileStatus.TIMEOUT, FileStatus.MEMORY, FileStatus.CRASHED)


class Progress(NamedTuple):
    """How far a run has come: files done and all files; the name of the one that was just done."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run has done. ``worked`` files were opened in this run, ``known`` ones taken from earlier shards;
    ``skipped`` are names of plain lists of data. All else is in the tables."""

    folder: RunFolder
    engine: Engine
    worked: int
    known: int
    skipped: tuple[str, ...]
    seconds: float


class _Task(NamedTuple):
    """What a worker is told: the file, its digest, where its shard goes, and the limits it works under."""

    entry: Entry
    sha256: str
    shard: Path
    limits: Limits
    scans: bool


def run_corpus(
    folder: Path,
    output: Path,
    *,
    workers: int = 0,
    limits: Limits | None = None,
    retry_failed: bool = False,
    scans: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> RunResult:
    """Read and check every file below ``folder`` and leave the tables in ``output``.

    ``workers`` is the number of processes (0: one per core); ``retry_failed`` does those files again that crashed or
    met a limit before; ``scans`` reads pages that are images only by character recognition, which would otherwise stay
    unread whether it is installed or not: two runs shall not differ by what is installed. May be stopped at any time; the next run goes on from there. Raises CorpusError when the
    run cannot be made.
    """
    started = time.monotonic()
    limits = limits or Limits()
    if scans and not is_installed():
        raise CorpusError(_NO_RECOGNITION)
    entries = gather(folder, output)
    if not entries:
        raise CorpusError(f"“{folder}”里没有文件")
    try:
        load_catalog()
    except CatalogError as error:
        raise CorpusError(f"目录数据有错：{error}") from error
    run = _Run(RunFolder(output), entries, limits, retry_failed, scans, progress)
    before = run.folder.begin()
    note = run.note(folder)
    # A run that is stopped must leave a folder that the next one knows for its own.
    if before.get("state") != "complete":
        run.folder.write_note(note | {"state": "running"})
    run.work(workers or os.cpu_count() or 1)
    parts = run.parts()
    content = _content(parts)
    if not (run.folder.is_complete() and before.get("content") == content):
        run.folder.write_note(note | {"state": "running"})
        merge(parts, run.folder.start_tables())
        run.folder.publish_tables()
    run.folder.keep_only(part.shard for part in parts if part.shard is not None)
    skipped = tuple(part.name for part in parts if part.summary.status is FileStatus.SKIPPED)
    run.folder.write_note(
        note | {"state": "complete", "files": len(parts), "skipped": list(skipped), "content": content}
    )
    known = len(parts) - run.worked
    return RunResult(run.folder, engine(), run.worked, known, skipped, time.monotonic() - started)


class _Run:
    """The files of a run on their way to their shards."""

    def __init__(  # noqa: PLR0917
        self,
        folder: RunFolder,
        entries: Sequence[Entry],
        limits: Limits,
        retry_failed: bool,
        scans: bool,
        progress: Callable[[Progress], None],
    ) -> None:
        self.folder, self.entries, self.limits, self.scans = folder, entries, limits, scans
        self.worked = 0
        self._retry_failed, self._progress = retry_failed, progress
        self._done = 0
        self._shards: dict[str, Path] = {}
        """The shard of each file, by name."""
        self._unreadable: dict[str, str] = {}
        """Why a file could not even be read for its digest, by name."""

    def note(self, source: Path) -> dict[str, Any]:
        return {
            "source": str(source),
            "engine": engine()._asdict(),
            "limits": self.limits._asdict(),
            "scans": self.scans,
        }

    def work(self, workers: int) -> None:
        """See to it that every file has its shard."""
        pool: Pool[_Task, str] = Pool(_examine, _prepare, min(workers, len(self.entries)), self.limits)
        for ended in pool.run(self._tasks()):
            if ended.failure is not None:
                write_shard(ended.task.shard, Examined(_failed(ended)), self.limits)
            self.worked += 1
            self._tell(ended.task.entry.name)

    def _tasks(self) -> Iterator[_Task]:
        """The files that have no shard yet, large ones first: they must not be what all wait for in the end."""
        begun: set[Path] = set()
        for entry in sorted(self.entries, key=lambda entry: -entry.size):
            try:
                sha256 = content_digest(entry.path)
            except OSError as error:
                self._unreadable[entry.name] = f"文件打不开（{error.strerror}）"
                self._tell(entry.name)
                continue
            shard = shard_path(self.folder.shards, sha256, engine().key + ("-scans" if self.scans else ""))
            self._shards[entry.name] = shard
            if shard in begun or self._stands(shard):
                self._tell(entry.name)
                continue
            begun.add(shard)
            yield _Task(entry, sha256, shard, self.limits, self.scans)

    def _stands(self, shard: Path) -> bool:
        header = read_header(shard)
        if header is None or not header.stands(self.limits):
            return False
        return not (self._retry_failed and header.summary.status in _FAILED)

    def _tell(self, name: str) -> None:
        self._done += 1
        self._progress(Progress(self._done, len(self.entries), name))

    def parts(self) -> list[Part]:
        """All files with their shards, by name."""
        parts: list[Part] = []
        for entry in self.entries:
            reason = self._unreadable.get(entry.name)
            if reason is not None:
                parts.append(Part(entry.name, Summary("", FileStatus.UNREADABLE, reason), None))
                continue
            shard = self._shards[entry.name]
            header = read_header(shard)
            if header is None:
                raise CorpusError(f"中间结果“{shard.name}”读不出来；请再运行一次")
            parts.append(Part(entry.name, header.summary, shard))
        return parts


def _content(parts: Sequence[Part]) -> str:
    """A digest of everything that the tables are made from."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part.name}\0{part.summary}\0{part.shard and part.shard.name}\n".encode())
    return digest.hexdigest()


def _prepare() -> None:
    """Load, once per worker, what every file needs, so that the first file does not pay for it.

    Documents and readings are trees: looking for cycles while they grow costs 7 % of the time and finds none. What
    little there is is collected after each file.
    """
    load_catalog()
    for reader in ("pdf", "docx", "xlsx", "html", "text"):
        import_module(f"gouji.documents.{reader}")
    gc.collect()
    gc.freeze()
    gc.disable()


def _examine(task: _Task) -> str:
    """The work of a worker on one file: everything from opening it to its shard. Returns its status."""
    try:
        return _examine_into_shard(task)
    finally:
        gc.collect()
        give_back()


def _examine_into_shard(task: _Task) -> str:
    started = time.perf_counter()
    forget_peak()
    examined = examine(task.entry.path, task.sha256, scans=task.scans)
    seconds, most = time.perf_counter() - started, peak()
    examined.summary = replace(
        examined.summary, seconds=round(seconds, 3), peak_mb=None if most is None else round(most, 1)
    )
    return write_shard(task.shard, examined, task.limits).status.value


def _failed(ended: Ended[_Task, str]) -> Summary:
    assert ended.failure is not None
    kind, reason = ended.failure
    megabytes = None if ended.megabytes is None else round(ended.megabytes, 1)
    status = FileStatus(kind.value)
    return Summary(ended.task.sha256, status, reason, seconds=round(ended.seconds, 3), peak_mb=megabytes)
