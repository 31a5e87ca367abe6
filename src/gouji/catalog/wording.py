"""Slips of wording that nobody means, and topics that a disclosure must speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouji.catalog.model import CatalogError

FILE = "wording.toml"


@dataclass(frozen=True, slots=True)
class Slip:
    """Wording that is wrong wherever it stands. ``right`` replaces it, where that is certain (``None``: it is
    not; empty: it is to be deleted); ``unless`` clears a hit when it is found across it; ``anywhere`` looks at
    stray lines, too, not only at sentences and headings; ``may_go_on`` leaves alone what ends its paragraph when the
    next paragraph goes on with it."""

    group: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    says: str
    right: str | None
    anywhere: bool
    may_go_on: bool

    def hits(self, folded: str) -> list[tuple[int, int]]:
        """Where it stands in folded text: (start, end)."""
        cleared = [match.span() for match in self.unless.finditer(folded)] if self.unless else []
        return [
            match.span()
            for match in self.pattern.finditer(folded)
            if not any(low < match.end() and match.start() < high for low, high in cleared)
        ]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a disclosure of some kinds has to speak of."""

    title: str
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    valid_from: int


@dataclass(frozen=True, slots=True)
class Wording:
    """All that ``wording.toml`` holds."""

    slips: tuple[Slip, ...]
    topics: tuple[Topic, ...]
    source: str
    valid_from: int


def read_wording(raw: Mapping[str, Any]) -> Wording:
    """From the data file. Raises CatalogError naming the entry that is wrong."""
    for key in ("source", "valid_from"):
        if not raw.get(key):
            raise CatalogError(f"{FILE}: lacks “{key}”")
    slips = tuple(_slip(entry) for entry in raw.get("slips", ()))
    topics = tuple(
        Topic(
            _text(entry, "title"),
            _texts(entry, "kinds"),
            _texts(entry, "words"),
            entry.get("valid_from", raw["valid_from"]),
        )
        for entry in raw.get("topics", ())
    )
    return Wording(slips, topics, raw["source"], raw["valid_from"])


def _slip(entry: Mapping[str, Any]) -> Slip:
    pattern = _text(entry, "pattern")
    try:
        unless = re.compile(entry["unless"]) if entry.get("unless") else None
        return Slip(
            _text(entry, "group"),
            re.compile(pattern),
            unless,
            _text(entry, "says"),
            entry.get("right"),
            entry.get("anywhere", False),
            entry.get("may_go_on", False),
        )
    except re.error as error:
        raise CatalogError(f"{FILE}: entry “{pattern}”: {error}") from error


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise CatalogError(
            f"{FILE}: entry {entry.get('title') or entry.get('pattern') or entry!r} lacks “{key}”"
        )
    return value


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = entry.get(key)
    if not isinstance(values, list) or not values:
        raise CatalogError(f"{FILE}: entry {entry.get('title')!r} lacks “{key}”")
    return tuple(values)
