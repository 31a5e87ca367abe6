"""How sentences count things (团组, 人次, 批次, 辆, 台): the ``[counts]`` and ``[[counted]]`` parts of ``clauses.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gouji.catalog.dimensions import Dimension
from gouji.catalog.lexicon import fold
from gouji.catalog.model import CatalogError
from gouji.catalog.toml_data import known_members, one_of
from gouji.facts import Fact

_FILE = "clauses.toml"


class Counted(NamedTuple):
    """A thing that is counted: the words that name it, and the units in which it is."""

    concept: str
    dims: tuple[tuple[str, str], ...]
    pattern: re.Pattern[str]
    units: frozenset[str]
    named: bool
    """Whether the words before the figure have to name the body itself."""
    moved: bool
    """Whether it comes or goes, rather than being there."""


@dataclass(frozen=True, slots=True, eq=False)
class CountWording:
    """Compiled wordings over folded text."""

    things: tuple[Counted, ...]
    threshold: re.Pattern[str]
    """A figure that says which things are counted, with the words around it."""
    fillers: tuple[str, ...]
    own: re.Pattern[str]
    moved: re.Pattern[str]
    elsewhere: re.Pattern[str]
    followed_by: frozenset[str]
    people_of: Mapping[str, str]
    price_of: Mapping[str, Fact]
    """What is paid for a thing that was bought, by its concept."""
    paid: frozenset[str]
    """The words between the thing and its price."""
    posts: re.Pattern[str]
    filled: re.Pattern[str]
    """The posts of a body (编制), and the people who fill them (在编)."""

    @property
    def concepts(self) -> frozenset[str]:
        """What is counted and not paid."""
        return frozenset(thing.concept for thing in self.things)


def count_wording(raw: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> CountWording:
    """Read the parts. Raises CatalogError naming the entry that is wrong."""
    counts = raw.get("counts", {})
    for key in _NEEDED:
        if not counts.get(key):
            raise CatalogError(f"{_FILE}: [counts] lacks “{key}”")
    try:
        things = tuple(_counted(entry, dimensions) for entry in raw.get("counted", ()))
        threshold, posts, filled = (re.compile(counts[key]) for key in ("thresholds", "posts", "filled"))
    except re.error as error:
        raise CatalogError(f"{_FILE}: “{error.pattern!r}” is no pattern: {error}") from error
    return CountWording(
        things, threshold, _longest_first(counts["fillers"]), _any(counts["own"]), _any(counts["moved"]), _any(counts["elsewhere"]),
        frozenset(map(fold, counts["followed_by"])), dict(counts["people_of"]),
        {thing: _price(thing, entry, dimensions) for thing, entry in counts["price_of"].items()},
        frozenset(map(fold, counts["paid"])), posts, filled,
    )  # fmt: skip


_NEEDED = (
    "thresholds", "fillers", "own", "moved", "elsewhere", "followed_by", "people_of", "price_of", "paid", "posts", "filled",
)  # fmt: skip


def _price(thing: str, entry: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> Fact:
    if not entry.get("concept"):
        raise CatalogError(f"{_FILE}: [counts.price_of] {thing}: lacks “concept”")
    dims = entry.get("dims", {})
    known_members(_FILE, f"[counts.price_of] {thing}", dims, dimensions)
    return Fact(entry["concept"], tuple(sorted(dims.items())))


def _counted(entry: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> Counted:
    concept = entry.get("concept", "")
    for key in ("concept", "units", "pattern", "source"):
        if not entry.get(key):
            raise CatalogError(f"{_FILE}: [[counted]] {concept or entry}: lacks “{key}”")
    dims = entry.get("dims", {})
    known_members(_FILE, f"[[counted]] {concept}", dims, dimensions)
    return Counted(
        concept, tuple(sorted(dims.items())), re.compile(entry["pattern"]), frozenset(entry["units"]),
        entry.get("named", False), entry.get("moved", False),
    )  # fmt: skip


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(map(fold, words), key=len, reverse=True))


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(one_of(_FILE, map(fold, words)))
