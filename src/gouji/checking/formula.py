"""Declared relations: ``total_in = revenue + nonfiscal_surplus_used? + carryover_begin``; or, with ``<=``, that the left
side is no more than the right one.

A term is a concept, optionally with dimensions in braces that replace those of the slice it is evaluated in (one without
a member is left out, so that the term is of the whole); a question mark says that the term counts as nothing where it is not stated.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gouji.facts import Fact

_TERM = re.compile(r"\s*([+-]?)\s*([a-z_]+)\s*(?:\{([^}]*)\})?(\?)?\s*")


class FormulaError(ValueError):
    """A formula of the catalogue cannot be read."""


class FormulaTerm(NamedTuple):
    """One addend of a declared relation."""

    sign: int
    concept: str
    dims: tuple[tuple[str, str], ...]
    optional: bool

    def fact(self, within: Fact) -> Fact:
        """The fact it means in the slice of ``within``."""
        found = within.of(self.concept)
        for dimension, member in self.dims:
            found = found.slice(dimension, member or None)
        return found


class Formula(NamedTuple):
    """Left and right side of a declared equality, or of what the left side may be at most."""

    left: tuple[FormulaTerm, ...]
    right: tuple[FormulaTerm, ...]
    at_most: bool = False

    @property
    def is_sliced(self) -> bool:
        """Whether it holds in every slice of its dimensions (no term names its own)."""
        return not any(term.dims for term in self.left + self.right)


def parse_formula(text: str) -> Formula:
    """Read a relation. Raises FormulaError with the place that cannot be read.

    >>> [term.concept for term in parse_formula("total_in = revenue + carryover_begin").right]
    ['revenue', 'carryover_begin']
    """
    at_most = "<=" in text
    sides = text.split("<=") if at_most else re.split(r"=(?![^{]*\})", text)
    if len(sides) != 2:
        raise FormulaError(f"not one relation: {text}")
    return Formula(_terms(sides[0]), _terms(sides[1]), at_most)


def _terms(text: str) -> tuple[FormulaTerm, ...]:
    terms: list[FormulaTerm] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or match.end() == position or (terms and not match.group(1)):
            raise FormulaError(f"cannot read “{text[position:]}”")
        dims = tuple(
            sorted((name.strip(), member.strip()) for name, _, member in
                   (pair.partition("=") for pair in (match.group(3) or "").split(",") if pair.strip()))
        )  # fmt: skip
        terms.append(
            FormulaTerm(-1 if match.group(1) == "-" else 1, match.group(2), dims, bool(match.group(4)))
        )
        position = match.end()
    return tuple(terms)
