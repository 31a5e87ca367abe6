"""How a department says which bodies its disclosure covers: the ``[composition]`` part of ``scope.toml``, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gouji.catalog.lexicon import fold
from gouji.catalog.toml_data import one_of


@dataclass(frozen=True, slots=True, eq=False)
class CompositionWording:
    """Patterns over folded text."""

    opening: re.Pattern[str]
    """A sentence that opens a list of bodies, up to and with the words that open it."""
    leads: re.Pattern[str]
    """The words that open a list, at the beginning of an entry."""
    counted: re.Pattern[str]
    """How many bodies there are: group ``count``."""
    own: re.Pattern[str]
    """The end of an entry for the department's own office."""
    merged: re.Pattern[str]
    alone: re.Pattern[str]
    tails: tuple[str, ...]
    goes_on: re.Pattern[str]
    """The end of a list that names only some."""


def composition_wording(raw: Mapping[str, Any]) -> CompositionWording:
    """From the section of the data file; ``KeyError`` names what it lacks."""
    subjects, opens = _any(raw["subjects"]), _any(raw["opens"])
    return CompositionWording(
        opening=re.compile(rf"{subjects}[^。;]{{0,30}}?{opens}(?:\([^()]*\))?:?"),
        leads=re.compile(rf"^{opens}:?"),
        counted=re.compile(
            rf"{subjects}(?:共计|共有|共|有|合计)?(?P<count>\d+)(?:家|个)|(?P<before>\d+)(?:家|个)[^。;,、\d]{{0,6}}?{subjects}"
        ),
        own=re.compile(rf"{_any(raw['own'])}$"),
        merged=re.compile(_any(raw["merged"])),
        alone=re.compile(_any(raw["alone"])),
        tails=tuple(sorted(map(fold, raw["tails"]), key=len, reverse=True)),
        goes_on=re.compile(rf"{_any(raw['open'])}(?:\d+(?:家|个)[^。;]*)?$"),
    )


def _any(words: Iterable[str]) -> str:
    return one_of("scope.toml", map(fold, words))
