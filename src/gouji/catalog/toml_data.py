"""Data files in TOML: parsed, and held to the keys that every entry must have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from gouji.catalog.dimensions import Dimension
from gouji.catalog.model import CatalogError

_Wording = TypeVar("_Wording")


def compiled(file: str, raw: Mapping[str, Any], build: Callable[[Mapping[str, Any]], _Wording]) -> _Wording:
    """What ``build`` makes of a file of patterns. Raises CatalogError naming the part that is missing or no pattern."""
    try:
        return build(raw)
    except KeyError as error:
        raise CatalogError(f"{file}: {error.args[0]} is missing") from error
    except re.error as error:
        raise CatalogError(f"{file}: “{error.pattern!r}” is no pattern: {error}") from error


def one_of(file: str, words: Iterable[str]) -> str:
    """One of the words as a pattern, the longest first. Raises CatalogError when there are none."""
    known = sorted(set(words), key=lambda word: (-len(word), word))
    if not known:
        raise CatalogError(f"{file}: a list of words is empty, and would match everything")
    return f"(?:{'|'.join(map(re.escape, known))})"


def known_members(
    file: str, where: str, dims: Mapping[str, str], dimensions: Mapping[str, Dimension]
) -> None:
    """Raises CatalogError when an entry names a dimension or a member that there is not."""
    for dimension, member in dims.items():
        if dimension not in dimensions or member not in dimensions[dimension].parents:
            raise CatalogError(f"{file}: {where}: unknown dimension member {dimension}={member}")


def parsed(name: str, text: str) -> dict[str, Any]:
    """The content of a file. Raises CatalogError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{name}：不合 TOML 的写法（{error}）") from error


def required(entry: Mapping[str, Any], file: str, *keys: str) -> None:
    """Raises CatalogError when an entry lacks one of the keys, or has nothing under it."""
    for key in keys:
        if not entry.get(key):
            called = entry.get("id") or entry.get("title") or entry.get("kind") or f"{entry!r:.60}"
            raise CatalogError(f"{file}：“{called}”缺少 {key}")
