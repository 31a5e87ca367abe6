"""Slips of wording that nobody means, and topics that a disclosure must speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouji.catalog.model import CatalogError
from gouji.catalog.toml_data import compiled

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
    cells: bool
    """Whether the cells of tables are looked at, too."""
    together: bool
    """Whether all places are one defect, whatever their wording: gaps of an unfinished draft."""
    on_lines: re.Pattern[str]
    """The same pattern for many texts at once, each a line."""

    def may_stand_in(self, lines: str) -> bool:
        """Whether any of many folded texts, each a line, can hold it: mostly none does, and none has to be looked at."""
        return self.on_lines.search(lines) is not None

    def hits(self, folded: str) -> list[tuple[int, int]]:
        """Where it stands in folded text: (start, end)."""
        found = [match.span() for match in self.pattern.finditer(folded)]
        if not found or self.unless is None:
            return found
        cleared = [match.span() for match in self.unless.finditer(folded)]
        return [
            (start, end)
            for start, end in found
            if not any(low < end and start < high for low, high in cleared)
        ]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a disclosure of some kinds has to speak of."""

    title: str
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    valid_from: int


@dataclass(frozen=True, slots=True)
class AccountWording:
    """How paragraphs on an account tell its cause and purpose: ``cause`` has groups ``said`` and ``change``, ``purpose`` has
    ``words``, ``item`` has ``name``."""

    cause: re.Pattern[str]
    cause_tails: tuple[str, ...]
    purpose: re.Pattern[str]
    item: re.Pattern[str]
    above_item: str


@dataclass(frozen=True, slots=True)
class GlossaryWording:
    """``heading`` is in the heading of the glossary; ``term`` has a group ``term``, ``cover_tier`` and ``tier`` have ``tier``."""

    heading: str
    term: re.Pattern[str]
    cover_tier: re.Pattern[str]
    tier: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Denial:
    """What stands below a heading and denies what another section tells."""

    heading: re.Pattern[str]
    denied: re.Pattern[str]
    told: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class AmountSection:
    """A section that has to name an amount: its heading, where it ends, and what excuses it."""

    title: str
    says: str
    heading: re.Pattern[str]
    ends: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class OfficeWording:
    """How a text counts its offices and names them: ``counted`` has a group ``number`` and ends where the names begin, and
    holds ``inside``; ``ends`` ends each name; ``beside`` is named along and not counted; ``more`` says that not all are
    named; ``joins`` may join two names, or stand inside one."""

    counted: re.Pattern[str]
    inside: str
    ends: re.Pattern[str]
    beside: re.Pattern[str]
    more: re.Pattern[str]
    joins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All that ``wording.toml`` holds."""

    slips: tuple[Slip, ...]
    topics: tuple[Topic, ...]
    accounts: AccountWording
    glossary: GlossaryWording
    part: re.Pattern[str]
    selves: Mapping[str, tuple[str, ...]]
    denials: tuple[Denial, ...]
    amounts: tuple[AmountSection, ...]
    offices: OfficeWording
    duties: re.Pattern[str]
    """In the heading above the duties of a body."""
    measures: re.Pattern[str]
    """Before what is to be done next."""
    source: str
    valid_from: int


def read_wording(raw: Mapping[str, Any]) -> Wording:
    """From the data file. Raises CatalogError naming the entry that is wrong."""
    for key in ("source", "valid_from"):
        if not raw.get(key):
            raise CatalogError(f"{FILE}: lacks “{key}”")
    return compiled(FILE, raw, _wording)


def _wording(raw: Mapping[str, Any]) -> Wording:
    accounts, glossary = raw["accounts"], raw["glossary"]
    return Wording(
        slips=(
            *(_slip(entry) for entry in raw.get("slips", ())),
            *(
                _slip({"group": "term", "says": "错别字", "cells": True, "pattern": re.escape(wrong), "right": right})
                for wrong, right in raw.get("misspelled", {}).items()
            ),
        ),
        topics=tuple(
            Topic(
                _text(entry, "title"),
                _texts(entry, "kinds"),
                _texts(entry, "words"),
                entry.get("valid_from", raw["valid_from"]),
            )
            for entry in raw.get("topics", ())
        ),
        accounts=AccountWording(
            re.compile(accounts["cause"]), tuple(accounts["cause_tails"]), re.compile(accounts["purpose"]),
            re.compile(accounts["item"]), accounts["above_item"],
        ),
        glossary=GlossaryWording(
            glossary["heading"], re.compile(glossary["term"]), re.compile(glossary["cover_tier"]),
            re.compile(glossary["tier"]),
        ),
        part=re.compile(raw["parts"]["pattern"]),
        selves={level: tuple(words) for level, words in raw["selves"].items()},
        denials=tuple(
            Denial(*(re.compile(_text(entry, key)) for key in ("heading", "denied", "told")))
            for entry in raw.get("denials", ())
        ),
        amounts=tuple(
            AmountSection(
                _text(entry, "title"), _text(entry, "says"),
                *(re.compile(_text(entry, key)) for key in ("heading", "ends", "unless")),
            )
            for entry in raw.get("amounts", ())
        ),
        offices=_offices(raw["offices"]),
        duties=re.compile(raw["retold"]["duties"]),
        measures=re.compile(raw["retold"]["measures"]),
        source=raw["source"],
        valid_from=raw["valid_from"],
    )  # fmt: skip


def _offices(raw: Mapping[str, Any]) -> OfficeWording:
    counted, ends, beside, more = (
        re.compile(_text(raw, key)) for key in ("counted", "ends", "beside", "more")
    )
    return OfficeWording(counted, _text(raw, "inside"), ends, beside, more, _texts(raw, "joins"))


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
            entry.get("cells", False),
            entry.get("together", False),
            re.compile(pattern, re.MULTILINE),
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
