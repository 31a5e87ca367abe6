"""A folder that is published: files are put into one beside it as they are made, and take its place together or not at
all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from gouji import __version__

MANIFEST = "gouji-manifest.json"
"""Lists what was written, with checksums; says that a folder may be rebuilt."""


class OutputRefused(Exception):
    """The folder cannot be written. The message says why, in one sentence."""


class Unwritten(Exception):
    """A file could not be written. The message is the system's."""


class Placed(NamedTuple):
    """A file as it was put: its path within the folder, and its checksum."""

    name: str
    checksum: str


def put(folder: Path, name: str, content: bytes) -> Placed:
    """Write one file (by path within ``folder``). Raises Unwritten."""
    try:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    except OSError as error:
        raise Unwritten(error.strerror or str(error)) from error
    return Placed(name, hashlib.sha256(content).hexdigest())


def publish(contents: Mapping[str, bytes], out: Path) -> None:
    """Put files (by path within ``out``) into ``out``, all or none. Raises OutputRefused."""
    with Publishing(out) as folder:
        for name, content in contents.items():
            folder.placed(put(folder.beside, name, content))


class Publishing:
    """The context in which the files of ``out`` are made: :func:`put` into ``beside``, by whichever process, and told to
    :meth:`placed`. Leaving it replaces a folder that an earlier build wrote, in one step, and keeps files of others in
    it; after an error nothing has changed. Raises OutputRefused, at once for a folder that is not ours."""

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        if not self._out.name:
            raise OutputRefused(f"“{out}”不能作为输出文件夹，请另选一个文件夹。")
        self.beside = self._out.with_name(f".{self._out.name}.{os.getpid()}.partial")
        """Where the files wait."""
        self._before = self._out.with_name(f".{self._out.name}.{os.getpid()}.before")
        self._files: dict[str, str] = {}

    def placed(self, *files: Placed) -> None:
        """Remember files that were put."""
        self._files.update(files)

    def __enter__(self) -> Publishing:
        try:
            _foreign(self._out, self._files)
            self._out.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self.beside, ignore_errors=True)
            self.beside.mkdir()
        except OSError as error:
            raise self._refused(error.strerror or str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._replace()
        except OSError as failed:
            raise self._refused(failed.strerror or str(failed)) from failed
        finally:
            shutil.rmtree(self.beside, ignore_errors=True)
        if isinstance(error, Unwritten):
            raise self._refused(str(error)) from error
        if kind is None:
            shutil.rmtree(self._before, ignore_errors=True)

    def _replace(self) -> None:
        document = {"schema": "gouji/manifest/1", "gouji": __version__, "files": self._files}
        manifest = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        (self.beside / MANIFEST).write_bytes(manifest.encode())
        for entry in _foreign(self._out, self._files):
            _copy(entry, self.beside / entry.relative_to(self._out))
        if self._out.exists():
            self._out.rename(self._before)
        try:
            self.beside.rename(self._out)
        except OSError:
            if self._before.exists():
                self._before.rename(self._out)
            raise

    def _refused(self, why: str) -> OutputRefused:
        return OutputRefused(f"无法写入输出文件夹“{self._out}”：{why}。")


def _foreign(out: Path, contents: Mapping[str, str]) -> list[Path]:
    """The entries of an existing folder that no build wrote. Raises OutputRefused if the folder is not
    ours."""
    if not out.exists():
        return []
    if not out.is_dir():
        raise OutputRefused(f"输出位置“{out}”是一个文件，请另选一个文件夹。")
    entries = sorted(out.iterdir())
    if not entries:
        return []
    if not (out / MANIFEST).is_file():
        raise OutputRefused(
            f"输出文件夹“{out}”里已有其他文件（如“{entries[0].name}”），为免覆盖，请另选一个空文件夹。"
        )
    ours = _listed(out / MANIFEST) | set(contents) | {MANIFEST}
    folders = {name.partition("/")[0] for name in ours if "/" in name}
    within = [entry for entry in entries if entry.name in folders and entry.is_dir()]
    return [
        *(entry for entry in entries if entry.name not in ours and entry not in within),
        *(
            entry
            for folder in within
            for entry in sorted(folder.iterdir())
            if f"{folder.name}/{entry.name}" not in ours
        ),
    ]


def _listed(manifest: Path) -> set[str]:
    try:
        return set(json.loads(manifest.read_bytes())["files"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise OutputRefused(f"输出文件夹里的“{manifest}”已损坏，请另选一个空文件夹。") from error


def _copy(entry: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, target, symlinks=True)
    else:
        shutil.copy2(entry, target, follow_symlinks=False)
