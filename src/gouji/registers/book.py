"""The book of a body: entries from its registers, and any fact they add up to.

An entry is the finest thing that was recorded: an amount of 元 with all its dimensions and the register row
it comes from. A fact is the sum of the entries that lie inside its dimensions, so a total is never stored
beside its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol

from gouji.catalog import Dimension
from gouji.facts import Fact


class Source(NamedTuple):
    """A register row: file, sheet (or CSV name) and the row number a person sees, counting from 1. ``body`` is the
    folder of the body that keeps it, in the book of a department."""

    file: str
    sheet: str
    row: int
    body: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}第{self.row}行"


class Entry(NamedTuple):
    """One recorded amount, in 元 and exact, or one recorded number of things."""

    concept: str
    dims: Mapping[str, str]
    amount: Decimal
    source: Source
    project: str = ""
    """The name of the project (项目) that an expenditure belongs to."""


class Figure(NamedTuple):
    """What a fact amounts to: exact 元, and the register rows it comes from."""

    amount: Decimal
    sources: tuple[Source, ...]


FLOW_IN = ("revenue", "nonfiscal_surplus_used", "carryover_begin", "account_balance_begin")
"""What 总计 of the revenue side adds up (财政部 部门决算公开01表; 上年实户资金余额 stands in budgets only)."""
FLOW_OUT = ("expenditure", "surplus_distribution", "carryover_end")
"""What 总计 of the expenditure side adds up. 年末结转和结余 is what remains, so both sides agree by
construction."""


RECORDABLE = frozenset({*FLOW_IN, *FLOW_OUT, "sangong", "transfer", "earmarked", "agency_operation"})
"""The concepts that a register can hold."""


View = Callable[[str, Mapping[str, str]], tuple[str, dict[str, str]] | None]
"""What a quantity that is not recorded itself is seen as: concept and dimensions -> those of another, or ``None``."""


class Earlier(Protocol):
    """Answers for another year."""

    def figure(self, wanted: Fact) -> Figure | None: ...

    def codes(self, concept: str, dimension: str, within: Mapping[str, str]) -> set[str]: ...


class Book:
    """Answers what any fact amounts to. ``figure`` gives ``None`` for a fact of which nothing was recorded:
    that is a blank in a form, not a zero.

    A fact without a dimension whose members are kept apart (``stage``: a budget and its accounts) has no entries
    that carry that dimension.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        dimensions: Mapping[str, Dimension],
        stated: Mapping[Fact, Figure] | None = None,
        view: View | None = None,
        earlier: Earlier | None = None,
    ) -> None:
        """``stated`` are facts that were recorded as they stand, without the entries that made them up (last
        year's totals); ``view`` tells what is seen as another quantity; ``earlier`` knows what another year's book says
        and goes first. Raises KeyError for an entry with a dimension that is not among ``dimensions``."""
        self.dimensions = dimensions
        self._stated = stated or {}
        self.view = view
        self._earlier = earlier
        self._apart = frozenset(name for name, dimension in dimensions.items() if dimension.apart)
        self._named_apart: dict[str, set[str]] = {}
        """The dimensions of those that entries of a concept carry."""
        self._of_flows: set[str] = set()
        """The dimensions that what flows in is recorded by."""
        self._entries: dict[str, list[Entry]] = {}
        self._positions: dict[tuple[str, str, str], set[int]] = {}
        self._lines: dict[tuple[str, str], tuple[str, ...]] = {}
        self._known: dict[Fact, Figure | None] = {}
        for entry in entries:
            self._add(entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entries in self._entries.values() for entry in entries)

    def with_stated(self, more: Mapping[Fact, Figure]) -> Book:
        """The same book with more facts stated as they stand."""
        return Book(self.entries, self.dimensions, {**self._stated, **more})

    def figure(self, fact: Fact) -> Figure | None:
        if fact not in self._known:
            seen = self._seen_as(fact.concept, dict(fact.dims)) if fact not in self._stated else None
            known = Fact(seen[0], tuple(sorted(seen[1].items()))) if seen is not None else fact
            self._known[fact] = self._compute(known)
        return self._known[fact]

    def codes(self, concept: str, dimension: str, within: Mapping[str, str]) -> list[str]:
        """The codes of ``dimension`` that the entries of ``concept`` inside ``within`` use, with the codes
        above them, in order."""
        concept, within = self._seen_as(concept, {**within, dimension: ""}) or (concept, within)
        within = {name: member for name, member in within.items() if member}
        tree = self.dimensions[dimension]
        found: set[str] = set()
        if "fiscal_year" in within:
            return sorted(self._codes_before(concept, dimension, within))
        for entry in self._inside(concept, within):
            code: str | None = entry.dims.get(dimension)
            while code and code not in found:
                if code.isdigit():
                    found.add(code)
                code = tree.parent(code)
        return sorted(found)

    def _codes_before(self, concept: str, dimension: str, within: Mapping[str, str]) -> set[str]:
        """The same of another year: what was stated code by code, and what that year's book has."""
        found = set() if self._earlier is None else self._earlier.codes(concept, dimension, within)
        for fact in self._stated:
            code = fact.member(dimension)
            same = all(fact.member(name) == member for name, member in within.items())
            if fact.concept == concept and code and same and fact.member("stage") == within.get("stage"):
                found.add(code)
        return found

    def members(self, concept: str, dimension: str, within: Mapping[str, str]) -> list[str]:
        """The members of ``dimension`` that the entries of ``concept`` inside ``within`` name, in the order they were
        recorded."""
        named = (entry.dims.get(dimension) for entry in self._inside(concept, within))
        return list(dict.fromkeys(member for member in named if member))

    def _add(self, entry: Entry) -> None:
        """Keep an entry, findable by each of its members and every member that contains one."""
        kept = self._entries.setdefault(entry.concept, [])
        if entry.concept in FLOW_IN:
            self._of_flows.update(entry.dims)
        at = len(kept)
        for dimension, own in entry.dims.items():
            if dimension in self._apart:
                self._named_apart.setdefault(entry.concept, set()).add(dimension)
            for member in self._with_those_above(dimension, own):
                self._positions.setdefault((entry.concept, dimension, member), set()).add(at)
        kept.append(entry)

    def _with_those_above(self, dimension: str, own: str) -> tuple[str, ...]:
        """A member and every member that contains one."""
        known = self._lines.get((dimension, own))
        if known is None:
            line, member = [], own
            while member:
                line.append(member)
                member = self.dimensions[dimension].parent(member) or ""
            known = self._lines[dimension, own] = tuple(line)
        return known

    def _inside(self, concept: str, within: Mapping[str, str]) -> list[Entry]:
        """The entries of ``concept`` that lie in all of ``within``, in the order they were recorded."""
        entries = self._entries.get(concept, [])
        found = []
        for dimension, member in within.items():
            positions = self._positions.get((concept, dimension, member))
            if positions is None:
                return []
            found.append(positions)
        # The narrowest first: what it costs grows with that one alone, not with the lines of the whole book.
        found.sort(key=len)
        inside = sorted(found[0].intersection(*found[1:])) if found else range(len(entries))
        unnamed = self._named_apart.get(concept, set()) - within.keys()
        if not unnamed:
            return [entries[at] for at in inside]
        return [entries[at] for at in inside if unnamed.isdisjoint(entries[at].dims)]

    def _compute(self, fact: Fact) -> Figure | None:
        if fact.member("fiscal_year") is not None or fact in self._stated:
            return self._of_another_year(fact)
        # What remains is told only as finely as what came in: 项目支出 of a total has no carry-over. More finely than
        # that, what came in is what went out.
        remains = all(name in self._of_flows for name, _ in fact.dims)
        if fact.concept == "total_in":
            if not remains:
                return self.figure(fact.of("total_out"))
            return self._signed([(1, fact.of(concept)) for concept in FLOW_IN])
        if fact.concept == "total_out":
            parts = FLOW_OUT if remains else [c for c in FLOW_OUT if c != "carryover_end"]
            return self._signed([(1, fact.of(concept)) for concept in parts])
        if fact.concept == "carryover_end":
            return self._remaining(fact) if remains else None
        return self._sum(fact)

    def _sum(self, fact: Fact) -> Figure | None:
        """What was recorded inside a fact."""
        inside = self._inside(fact.concept, dict(fact.dims))
        if not inside:
            return None
        total = sum((entry.amount for entry in inside), Decimal(0))
        return Figure(total, tuple(entry.source for entry in inside))

    def _remaining(self, fact: Fact) -> Figure | None:
        """What is left at the end of the year; nothing is a blank."""
        terms = [(1, fact.of(concept)) for concept in FLOW_IN]
        terms += [(-1, fact.of(concept)) for concept in FLOW_OUT if concept != fact.concept]
        figure = self._signed(terms)
        return figure if figure is not None and figure.amount else None

    def _seen_as(self, concept: str, dims: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
        return self.view(concept, dims) if self.view is not None else None

    def _of_another_year(self, fact: Fact) -> Figure | None:
        """Never a sum of what happens to be known of that year: what nobody stated is not known."""
        figure = self._earlier.figure(fact) if self._earlier is not None else None
        return figure or self._stated.get(fact)

    def _signed(self, terms: list[tuple[int, Fact]]) -> Figure | None:
        figures = [(sign, figure) for sign, fact in terms if (figure := self.figure(fact)) is not None]
        if not figures:
            return None
        amount = sum((sign * figure.amount for sign, figure in figures), Decimal(0))
        return Figure(amount, tuple(source for _, figure in figures for source in figure.sources))
