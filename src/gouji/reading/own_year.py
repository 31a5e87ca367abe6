"""Figures of the document's own year and stage: they are what all its other tables state without saying so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from gouji.facts import Fact
from gouji.reading.result import ReadTable, Scope
from gouji.reading.stated import usual_stage

_YEAR, _STAGE = "fiscal_year", "stage"
_PRIOR = "prior"
_STAGED = "sangong"
"""The concept whose stage the accounts always name: its table has both side by side."""


def of_own_year(tables: Iterable[ReadTable], scope: Scope) -> None:
    """Take year and stage out of the facts of tables where they are those of the document (2026年预算数 in the budget of
    2026), and say which year 上年 is. A year beside a total that names none (总计 over 2026年预算 and 上年结转) is a part of
    it and stays."""
    if scope.year is None:
        return
    usual = usual_stage(scope.kind)
    for table in tables:
        undated = {w.fact.concept for w in table.witnesses if w.fact is not None and _is_whole(w.fact)}
        table.witnesses = [
            w if w.fact is None else replace(w, fact=_in_own_terms(w.fact, scope.year, usual, undated))
            for w in table.witnesses
        ]


def _is_whole(fact: Fact) -> bool:
    """Whether a fact is of no year and no mere part (增减变化)."""
    return fact.member(_YEAR) is None and fact.member(_STAGE) is None and fact.member("detail") is None


def _in_own_terms(fact: Fact, year: int, usual: str, undated: Collection[str]) -> Fact:
    if fact.member(_YEAR) is None and fact.member(_STAGE) is None:
        return fact
    if fact.member(_YEAR) == _PRIOR:
        fact = fact.slice(_YEAR, str(year - 1))
    elif fact.concept in undated and fact.member(_YEAR) is not None:
        return fact
    elif fact.member(_YEAR) == str(year):
        fact = fact.slice(_YEAR, None)
    if fact.member(_STAGE) == usual and not (fact.concept == _STAGED and usual == "final"):
        fact = fact.slice(_STAGE, None)
    return fact
