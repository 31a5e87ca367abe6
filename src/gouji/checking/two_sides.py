"""The two figures of everything that a table states for two years or two stages, and the changes printed beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.facts import Fact, Witness

DETAIL = "detail"
_APART = ("fiscal_year", "stage")
"""What tells the two figures of a change apart."""


def sides(stated: Mapping[Fact, Witness]) -> dict[Fact, tuple[Witness, Witness]]:
    """Before and now of everything that a table states for two years, or for two stages, and for no third."""
    alike: dict[Fact, list[tuple[tuple[str, bool], Witness]]] = {}
    for fact, witness in stated.items():
        if fact.member(DETAIL) is None:
            # A figure without a year is of the document's own, the latest; what was spent comes after what was planned.
            order = fact.member("fiscal_year") or "9999", fact.member("stage") == "final"
            alike.setdefault(bare(fact), []).append((order, witness))
    found: dict[Fact, tuple[Witness, Witness]] = {}
    for fact, placed in alike.items():
        if len(placed) == _PAIR and placed[0][0] != placed[1][0]:
            first, second = sorted(placed, key=lambda one: one[0])
            found[fact] = first[1], second[1]
    return found


_PAIR = 2


def bare(fact: Fact) -> Fact:
    """What a figure is of, whatever its year and stage."""
    for name in _APART:
        fact = fact.slice(name, None)
    return fact


def unsigned_decreases(stated: Mapping[Fact, Witness]) -> Iterator[Witness]:
    """Changes that are printed without a sign though the figure fell: a column of such adds up to nothing."""
    changes = [(fact, change) for fact, change in stated.items() if fact.member(DETAIL) is not None]
    compared = sides(stated) if changes else {}
    for fact, change in changes:
        pair = compared.get(bare(fact.slice(DETAIL, None)))
        if pair is not None and change.printed.value > 0:
            before, now = pair
            if before.printed.base - now.printed.base == change.printed.base:
                yield change
