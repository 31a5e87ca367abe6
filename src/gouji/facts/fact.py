"""A fact: one quantity that a public body answers for."""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """A concept and its dimensions, sorted by name. A total is the same concept with fewer dimensions.

    Concepts and dimensions are those of the catalogue (``catalog/data/dimensions.toml``).
    """

    concept: str
    dims: tuple[tuple[str, str], ...] = ()

    def member(self, dimension: str) -> str | None:
        """The member of one dimension, ``None`` where the fact spans all of them."""
        for name, member in self.dims:
            if name == dimension:
                return member
        return None

    def slice(self, dimension: str, member: str | None) -> Fact:
        """The same quantity with one dimension set to ``member``, or spanning it all when ``None``."""
        dims = self.dims
        place = 0
        for name, _ in dims:
            if name >= dimension:
                break
            place += 1
        rest = dims[place + 1 :] if place < len(dims) and dims[place][0] == dimension else dims[place:]
        if member is not None:
            return Fact(self.concept, (*dims[:place], (dimension, member), *rest))
        return Fact(self.concept, dims[:place] + rest) if len(rest) + place < len(dims) else self

    def of(self, concept: str) -> Fact:
        """Another concept over the same dimensions."""
        return Fact(concept, self.dims)

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={member}" for name, member in self.dims)
        return f"{self.concept}{{{inside}}}" if inside else self.concept


def fact(concept: str, **dims: str) -> Fact:
    """A fact from keyword dimensions.

    >>> str(fact("expenditure", nature="basic", fund_type_code="general"))
    'expenditure{fund_type_code=general, nature=basic}'
    """
    return Fact(concept, tuple(sorted(dims.items())))
