"""The folder that a run leaves: its tables, its shards, and a note of what they were made from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gouji.corpus.columns import Table
from gouji.corpus.problem import CorpusError

NOTE = "run.json"
SCHEMA = "gouji-corpus-run/1"
_OUTPUTS = (*(f"{table}.parquet" for table in Table), f"{Table.SUMMARY}.csv")


class RunFolder:
    """``RUN/``: ``run.json``, ``shards/``, the four tables and ``summary.csv``; ``unfinished/`` while they are made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shards = path / "shards"
        self.unfinished = path / "unfinished"

    def table(self, table: Table) -> Path:
        return self.path / f"{table}.parquet"

    def begin(self) -> Mapping[str, Any]:
        """Make the folder, or take up one that an earlier run has left; returns that run's note, or nothing.

        Raises CorpusError for a folder that holds something else: nothing there shall be overwritten.
        """
        if self.path.exists() and not self.path.is_dir():
            raise CorpusError(f"“{self.path}”是文件，不是文件夹；请换一个输出文件夹")
        note = self.note()
        try:
            if note is None and self.path.is_dir() and any(self.path.iterdir()):
                raise CorpusError(f"“{self.path}”里已有别的内容；请换一个空的或新的输出文件夹")
            self.shards.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CorpusError(f"“{self.path}”写不了：{error.strerror}") from error
        return note or {}

    def note(self) -> Mapping[str, Any] | None:
        """The note of the last run; ``None`` if this is no folder of a run."""
        try:
            note = json.loads((self.path / NOTE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return note if isinstance(note, dict) and note.get("schema") == SCHEMA else None

    def write_note(self, note: Mapping[str, Any]) -> None:
        target = self.path / NOTE
        unfinished = target.with_suffix(".tmp")
        unfinished.write_text(
            json.dumps({"schema": SCHEMA, **note}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        unfinished.replace(target)

    def is_complete(self) -> bool:
        return all((self.path / name).is_file() for name in _OUTPUTS)

    def start_tables(self) -> Path:
        """An empty folder to make the tables in."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self.unfinished.mkdir()
        return self.unfinished

    def publish_tables(self) -> None:
        """Put the finished tables in their places."""
        for name in _OUTPUTS:
            (self.unfinished / name).replace(self.path / name)
        shutil.rmtree(self.unfinished, ignore_errors=True)

    def keep_only(self, shards: Iterable[Path]) -> None:
        """Remove the shards of files that are gone and of programs that have changed."""
        kept = set(shards)
        for path in self.shards.glob("*/*"):
            if path not in kept:
                path.unlink(missing_ok=True)
