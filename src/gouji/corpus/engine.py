"""Which program read a file: a digest that changes whenever what it would read can change."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from gouji import __version__

_ROOMS = ("facts", "catalog", "documents", "reading", "checking", "corpus")
_CATALOGUE = ("catalog", "data")
_DIGITS = 16


class Engine(NamedTuple):
    """The version of Gouji, a digest of its code (the rooms up to this one) with the libraries it reads with, and
    a digest of the catalogue's data files. The version alone would not do: code changes between versions."""

    version: str
    code: str
    catalogue: str

    @property
    def key(self) -> str:
        """All three in 16 hexadecimal digits."""
        return hashlib.sha256("|".join(self).encode()).hexdigest()[:_DIGITS]


@cache
def engine() -> Engine:
    """The program as it is installed, looked at once per process."""
    root = resources.files("gouji")
    code, catalogue = hashlib.sha256(), hashlib.sha256()
    for room in _ROOMS:
        for name, file in _files(root / room, room):
            digest = catalogue if name.startswith("/".join(_CATALOGUE)) else code
            digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    for library in _libraries():
        code.update(f"{library}\0".encode())
    return Engine(__version__, code.hexdigest()[:_DIGITS], catalogue.hexdigest()[:_DIGITS])


def _files(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        inside = f"{name}/{entry.name}"
        if entry.name.startswith(("__pycache__", ".")):
            continue
        if entry.is_dir():
            found.extend(_files(entry, inside))
        else:
            found.append((inside, entry))
    return found


def _libraries() -> list[str]:
    """The libraries that Gouji asks for and their installed versions, ``pypdfium2 5.15.2``."""
    try:
        wanted = metadata.requires("gouji") or []
    except metadata.PackageNotFoundError:
        return []
    found: list[str] = []
    for name in sorted({re.split(r"[^\w.-]", requirement)[0] for requirement in wanted}):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{name} -")
    return found
