"""What the tables of a document state, looked up by quantity: stage and year are made explicit, so that 决算数 in a
sentence meets the column that only says 金额."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from gouji.catalog.own_year import usual_stage
from gouji.facts import Fact, Presence, Status, Witness
from gouji.reading.result import ReadTable, Scope


class Quantity(NamedTuple):
    """A fact without its stage and year, and both: budget or final, and the year (``None``: not known)."""

    fact: Fact
    stage: str
    year: int | None


def quantity(fact: Fact, scope: Scope) -> Quantity:
    """A fact of a table or a sentence of a document as a quantity."""
    stage = year = ""
    bare: list[tuple[str, str]] = []
    for pair in fact.dims:
        if pair[0] == "stage":
            stage = pair[1]
        elif pair[0] == "fiscal_year":
            year = pair[1]
        else:
            bare.append(pair)
    lasting = fact if len(bare) == len(fact.dims) else Fact(fact.concept, tuple(bare))
    return Quantity(lasting, stage or usual_stage(scope.kind), int(year) if year.isdigit() else scope.year)


class StatedFacts:
    """The witnesses of the tables by quantity. A fact that one table lists several times is left out, as are tables
    without any figure."""

    def __init__(self, tables: Sequence[ReadTable], scope: Scope) -> None:
        self.scope = scope
        self.by_quantity: dict[Quantity, list[Witness]] = {}
        self.blank: set[Quantity] = set()
        """What tables without any figure would state."""
        for table in tables:
            if not table.has_figures:
                self.blank |= {quantity(w.fact, scope) for w in table.witnesses if w.fact is not None}
                continue
            places: dict[Fact, list[Witness]] = {}
            doubtful = _doubtful_columns(table)
            for witness in table.witnesses:
                if (
                    witness.fact is not None
                    and witness.status is Status.BOUND
                    and witness.column not in doubtful
                ):
                    places.setdefault(witness.fact, []).append(witness)
            with_year = {fact for fact in places if fact.member("fiscal_year") is not None}
            by_year = {w.column for fact in with_year for w in places[fact]}
            own: dict[Quantity, list[Fact]] = {}
            for fact in places:
                own.setdefault(quantity(fact, scope), []).append(fact)
            for sought, facts in own.items():
                # Of rows that say their year and one that does not, the latter is another figure (增减).
                dated = [fact for fact in facts if fact in with_year]
                explicit = dated or [
                    fact
                    for fact in facts
                    if not by_year or not any(w.column in by_year for w in places[fact])
                ]
                same = places[explicit[0]] if len(explicit) == 1 else []
                if len(same) == 1 or (same and len({place.lane for place in same}) == len(same)):
                    # Once, or once in each of several lists side by side.
                    self.by_quantity.setdefault(sought, []).append(same[0])

    @cached_property
    def facts(self) -> frozenset[Fact]:
        """What tables state of any stage and year."""
        return frozenset(one.fact for one in self.by_quantity)

    def witnesses(self, sought: Quantity) -> list[Witness]:
        return self.by_quantity.get(sought, [])

    def has_figure(self, sought: Quantity) -> bool:
        return any(witness.printed.presence is Presence.NUMBER for witness in self.witnesses(sought))


def _doubtful_columns(table: ReadTable) -> set[str]:
    """Heads of a one-row table under which another figure stands that was not understood: of the two, it is not
    known which is this year's."""
    if table.kind.layout != "single_row":
        return set()
    return {w.column for w in table.witnesses if w.fact is None and w.printed.presence is Presence.NUMBER}
