"""What a published disclosure states: every fact once, with what its figure can have been."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gouji.catalog import fold
from gouji.drafting.project_groups import rows_of_groups
from gouji.facts import Fact, Presence, Printed, Status, Witness
from gouji.reading import Reading, ReadTable, Scope

_YEAR = "fiscal_year"
_ALONE = ("agency_code", "listed", "detail")
"""Dimensions of rows that stand beside the body's own lines: of single bodies, of one name in several rows, 其中."""
_OF_ROWS = ("agency_code", "listed")
"""Those of them that every row has where a table lists body by body, or without saying whose its rows are."""
_LENGTHS = {"exp_func_code": 7, "dep_bgt_eco_code": 5, "gov_bgt_eco_code": 5}
"""The digits of the codes that have no others below them in a register."""
BELIEVED = (Status.BOUND, Status.REPAIRED)
"""What is known to state its fact."""


class Stated(NamedTuple):
    """A fact with its amount and the least and most that it can have been, in 分 (or in hundredths of a thing that is
    counted), and the places that state it, the first one first."""

    amount: int
    least: int
    most: int
    witnesses: tuple[Witness, ...]

    @property
    def slack(self) -> int:
        """How far rounding may have moved the amount."""
        return max(self.most - self.amount, self.amount - self.least)


def stated_facts(readings: Sequence[Reading], doubted: Collection[Witness]) -> dict[Fact, Stated]:
    """The facts of the tables of one disclosure, in the order in which they are first stated.

    Figures that are ``doubted`` (they contradict others and are the likely cause) stand back where another place says
    the same fact, and are left out elsewhere. A fact of the document's own year carries no year.
    """
    found: dict[Fact, list[Witness]] = {}
    rows: dict[Fact, dict[Fact, list[Witness]]] = {}
    tables = [(table, reading.scope) for reading in readings for table in reading.tables]
    for table, scope in tables:
        alone = _of_one_body(table, scope)
        groups = rows_of_groups(table)
        for witness in table.witnesses:
            fact = _own_terms(witness, scope, alone)
            if fact is None or witness in doubted or witness.row in groups:
                continue
            if not stands_alone(fact):
                found.setdefault(fact, []).append(witness)
            elif fact.member("detail") is None:
                whole = fact
                for name in _OF_ROWS:
                    whole = whole.slice(name, None)
                rows.setdefault(whole, {}).setdefault(fact, []).append(witness)
    stated = {fact: _one(witnesses) for fact, witnesses in found.items()}
    stated.update(_of_rows({whole: _sum(map(_one, of.values())) for whole, of in rows.items()}, stated))
    return stated


def _of_rows(sums: Mapping[Fact, Stated], stated: Mapping[Fact, Stated]) -> dict[Fact, Stated]:
    """What only the rows of bodies tell, or rows without a body: their sum, if all sums of a kind make the total that is
    printed. Rows of a department stand above those of its bodies, and would be counted twice."""
    kinds: dict[tuple[Fact, tuple[str, ...]], list[Fact]] = {}
    for whole in sums:
        if (kind := _kind(whole)) is not None:
            kinds.setdefault(kind, []).append(whole)
    told: dict[tuple[Fact, tuple[str, ...]], list[Fact]] = {}
    for fact in stated:
        if (kind := _kind(fact)) in kinds and kind is not None:
            told.setdefault(kind, []).append(fact)
    found: dict[Fact, Stated] = {}
    for kind, wholes in kinds.items():
        total, coded = kind
        printed = stated.get(total)
        lacking = [whole for whole in wholes if whole not in stated or not stated[whole].amount]
        ways = (
            [sums[whole] for whole in wholes],
            [*(sums[whole] for whole in lacking), *(stated[fact] for fact in told.get(kind, ()))],
        )
        together = printed is not None and any(
            summed.least <= printed.most and printed.least <= summed.most for summed in map(_sum, ways)
        )
        if together or coded == ("pro_code",):
            found.update((whole, sums[whole]) for whole in lacking)
    return found


def _kind(whole: Fact) -> tuple[Fact, tuple[str, ...]] | None:
    """The total that a fact of the finest codes is a part of, and the dimensions that tell it apart; ``None`` for
    others."""
    coded = tuple(
        name for name, member in whole.dims if name == "pro_code" or (member.isdigit() and name in _LENGTHS)
    )
    if not coded or any(len(whole.member(name) or "") < _LENGTHS.get(name, 0) for name in coded):
        return None
    total = whole
    for name in coded:
        total = total.slice(name, None)
    return total, coded


def _sum(parts: Iterable[Stated]) -> Stated:
    rows = list(parts)
    return Stated(
        sum(row.amount for row in rows), sum(row.least for row in rows), sum(row.most for row in rows),
        tuple(witness for row in rows for witness in row.witnesses),
    )  # fmt: skip


def stands_alone(fact: Fact) -> bool:
    """Whether a fact is of a row that is told beside the lines of the body and is no part of them."""
    return any(fact.member(name) is not None for name in _ALONE)


def _of_one_body(table: ReadTable, scope: Scope) -> bool:
    """Whether the only body that has rows of its own in a table is the one that the document is of."""
    bodies = {body for w in table.witnesses if w.fact is not None and (body := w.fact.member("agency_code"))}
    return len(bodies) == 1 and bool(scope.body) and {fold(body) for body in bodies} == {fold(scope.body)}


def _own_terms(witness: Witness, scope: Scope, alone: bool) -> Fact | None:
    fact = witness.fact
    if fact is None or witness.status not in BELIEVED:
        return None
    if alone:
        fact = fact.slice("agency_code", None)
    project = fact.member("pro_code")
    if project is not None and scope.body and fold(project) == fold(scope.body):
        # The row of the body above its projects is their sum.
        fact = fact.slice("pro_code", None)
    if scope.year is not None and fact.member(_YEAR) == str(scope.year):
        # Beside a total that names no year it is what this year's money pays for.
        return fact.slice(_YEAR, None).slice("fund_year", "current")
    return fact


def of_printed(printed: Printed) -> Stated:
    """A figure that no table states."""
    least, most = _bounds(printed)
    return Stated(min(max(_hundredths(printed.base, ROUND_HALF_UP), least), most), least, most, ())


def _one(witnesses: Sequence[Witness]) -> Stated:
    """What most places say, the most precise of them first; a blank says nothing where another place has a figure."""
    figures = [w for w in witnesses if w.printed.presence is Presence.NUMBER] or list(witnesses)
    agreeing = max(
        (
            [other for other in figures if other.printed.interval.meets(one.printed.interval)]
            for one in figures
        ),
        key=len,
    )
    finest = min(agreeing, key=lambda witness: witness.printed.half_width).printed
    least, most = _bounds(finest)
    for witness in agreeing:
        lower, upper = _bounds(witness.printed)
        if max(least, lower) <= min(most, upper):
            least, most = max(least, lower), min(most, upper)
    amount = min(max(_hundredths(finest.base, ROUND_HALF_UP), least), most)
    return Stated(amount, least, most, tuple(witnesses))


def _bounds(printed: Printed) -> tuple[int, int]:
    """The least and the most in 分 that is printed so, half up."""
    low, high = printed.interval
    least, most = _hundredths(low, ROUND_CEILING), _hundredths(high, ROUND_FLOOR)
    if least > most:
        least = most = _hundredths(printed.base, ROUND_HALF_UP)
    if most > least:
        # What lies right on the upper bound is rounded up to the next figure (a negative one away from nothing).
        most, least = (most - 1, least) if printed.base >= 0 else (most, least + 1)
    return least, most


def _hundredths(amount: Decimal, rounding: str) -> int:
    return int((amount * 100).to_integral_value(rounding=rounding))


def amounts_of(facts: Mapping[Fact, Stated], concepts: Iterable[str]) -> Iterator[tuple[Fact, Stated]]:
    """The facts of some concepts that are of this year."""
    wanted = frozenset(concepts)
    for fact, stated in facts.items():
        if fact.concept in wanted and fact.member(_YEAR) is None and fact.member("stage") is None:
            yield fact, stated
