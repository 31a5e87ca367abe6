"""Figures of a document's own year and stage: they are what all its other tables state without saying so.

A form that is laid out and a table that is read are put into the same terms.
"""

from __future__ import annotations

from collections.abc import Iterable

from gouji.facts import Fact

_YEAR, _STAGE = "fiscal_year", "stage"
_PRIOR = "prior"
_STAGED = "sangong"
"""The concept whose stage the accounts always name: its table has both side by side."""


def usual_stage(kind: str) -> str:
    """The stage of a figure that names none: in a budget it is budgeted, elsewhere it is actual."""
    return "budget" if kind in ("budget", "performance_targets") else "final"


def in_own_terms(facts: Iterable[Fact], kind: str, year: int) -> dict[Fact, Fact]:
    """What the facts of one table are called in a document of this kind and year: without year and stage where they
    are the document's (2026年预算数 in the budget of 2026), and with the year that 上年 is. A year beside a total that
    names none (总计 over 2026年预算 and 上年结转) is a part of it and stays."""
    stated = set(facts)
    usual = usual_stage(kind)
    undated = {fact.concept for fact in stated if _is_whole(fact)}
    return {fact: _renamed(fact, year, usual, fact.concept in undated) for fact in stated}


def _is_whole(fact: Fact) -> bool:
    """Whether a fact is of no year and no mere part (增减变化)."""
    return fact.member(_YEAR) is None and fact.member(_STAGE) is None and fact.member("detail") is None


def _renamed(fact: Fact, year: int, usual: str, beside_undated: bool) -> Fact:
    if fact.member(_YEAR) is None and fact.member(_STAGE) is None:
        return fact
    if fact.member(_YEAR) == _PRIOR:
        fact = fact.slice(_YEAR, str(year - 1))
    elif beside_undated and fact.member(_YEAR) is not None:
        return fact
    elif fact.member(_YEAR) == str(year):
        fact = fact.slice(_YEAR, None)
    if fact.member(_STAGE) == usual and not (fact.concept == _STAGED and usual == "final"):
        fact = fact.slice(_STAGE, None)
    return fact
