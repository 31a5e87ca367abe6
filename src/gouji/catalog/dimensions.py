"""Dimension trees: which member contains which, and which children are all there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALL = ""
"""The member that stands for a whole dimension: a fact without that dimension."""


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """One dimension of a fact. Members are either listed with their parents, or codes whose parents are their
    prefixes of the given lengths (类 3, 款 5, 项 7), or both (人员经费 contains 301 and 303)."""

    id: str
    title: str
    additive: bool
    titles: Mapping[str, str]
    parents: Mapping[str, str]
    code_lengths: tuple[int, ...]
    closed: Mapping[str, tuple[str, ...]]
    code_lead: str = ""
    """The first digit that all codes of the dimension share."""
    apart: bool = False
    """Whether amounts of different members never make one amount (a budget and its accounts), even in the books."""
    whole_only: bool = False
    """Whether a sum is only formed where all required members of a closed list are stated."""
    named: bool = False
    """Whether members are names, beside the few that are listed (bodies)."""

    def parent(self, member: str) -> str | None:
        """The member one step up; :data:`ALL` at the top, ``None`` for :data:`ALL` itself."""
        if member == ALL:
            return None
        listed = self.parents.get(member)
        if listed is not None:
            return listed
        shorter = [length for length in self.code_lengths if length < len(member)]
        return member[: shorter[-1]] if shorter and member.isdigit() else ALL

    def contains(self, whole: str, part: str) -> bool:
        """Whether ``part`` lies strictly inside ``whole``."""
        above = self.parent(part)
        while above is not None:
            if above == whole:
                return True
            above = self.parent(above)
        return False

    def finer(self, one: str, other: str) -> str | None:
        """The more specific of two members of which one contains the other; ``None`` if neither does."""
        if one == other or self.contains(other, one):
            return one
        return other if self.contains(one, other) else None

    def partition(self, members: Iterable[str]) -> dict[str, list[str]]:
        """For the members that are stated, what adds up to what.

        Each member's parent is its nearest stated ancestor (a table that lists 类 and 项 only adds 项 to 类).
        Returns parent -> children, both among ``members``, in their order.
        """
        stated = list(dict.fromkeys(members))
        present = set(stated)
        children: dict[str, list[str]] = {}
        if not self.additive:
            return children
        for member in stated:
            above = self.parent(member)
            while above is not None and above not in present:
                above = self.parent(above)
            if above is not None:
                children.setdefault(above, []).append(member)
        if self.whole_only:
            return {whole: parts for whole, parts in children.items() if self._is_whole(whole, parts)}
        return children

    def _is_whole(self, whole: str, parts: list[str]) -> bool:
        needed = (part for part in self.closed.get(whole, ()) if not part.endswith("?"))
        return all(part in parts for part in needed)
