"""The files of a folder that a run looks at."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gouji.corpus.problem import CorpusError

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_CHUNK = 1 << 20


class Entry(NamedTuple):
    """One file: where it is, what it is called in every table (its path below the folder, with ``/``), its bytes."""

    path: Path
    name: str
    size: int


def gather(folder: Path, leave_out: Path) -> list[Entry]:
    """All regular files below ``folder``, sorted by name; not those below ``leave_out`` (the output).

    Hidden files and folders, and the droppings of operating systems and office programs, are left out; links to
    folders are not followed, links to files only where they stay inside. Raises CorpusError for what is no folder
    or cannot be listed.
    """
    if not folder.is_dir():
        raise CorpusError(f"“{folder}”不是文件夹；请给出放着公开文本的文件夹")
    root = folder.resolve()
    try:
        found = list(_walk(root, leave_out.resolve()))
    except OSError as error:
        raise CorpusError(f"“{error.filename}”打不开：{error.strerror}") from error
    return sorted(found, key=lambda entry: entry.name)


def _walk(root: Path, leave_out: Path) -> Iterator[Entry]:
    def refuse(error: OSError) -> None:
        raise error

    for where, folders, files in os.walk(root, onerror=refuse):
        here = Path(where)
        folders[:] = sorted(name for name in folders if not _is_hidden(name) and here / name != leave_out)
        for name in files:
            path = here / name
            if _is_hidden(name) or not path.is_file():
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            yield Entry(path, _readable(path.relative_to(root)), path.stat().st_size)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES


def _readable(path: Path) -> str:
    """A name that can be written as UTF-8, whatever bytes the file system holds."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def content_digest(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
