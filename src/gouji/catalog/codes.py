"""Classification codes with their years: names, order, and what is obsolete."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gouji.catalog.lexicon import fold
from gouji.catalog.model import CodeName


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """The codes of one dimension. One code may have had several names, each with its years."""

    dimension: str
    names: Mapping[str, tuple[CodeName, ...]]
    _names_under: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _in_order: list[tuple[str, str]] = field(default_factory=list)
    """The keys of ``_names_under``: names that begin alike stand together."""

    def name(self, code: str, year: int | None = None) -> CodeName | None:
        """The spelling valid in ``year``, else the newest; ``None`` for a code that is not listed."""
        spellings = self.names.get(code, ())
        for spelling in spellings:
            if spelling.valid(year):
                return spelling
        return spellings[-1] if spellings else None

    def spelled(self, code: str, name: str, year: int | None) -> bool:
        """Whether ``name`` is how the code may be called in ``year`` (its first characters suffice: cells clip)."""
        printed = fold(name)
        for spelling in self.names.get(code, ()):
            if spelling.valid(year) and any(
                same_name(printed, fold(n)) for n in (spelling.name, *spelling.aliases)
            ):
                return True
        return False

    def find(self, name: str, under: str = "") -> str | None:
        """The one code of that name (any year's) inside ``under`` (a code, or empty for the top level only). A name
        that its cell cuts off is found if no other begins the same way."""
        sought = fold(name)
        known = self._by_name()
        if (under, sought) in known or len(sought) < _SHORTEST_CUT:
            return known.get((under, sought))
        codes: set[str | None] = set()
        for index in range(bisect_left(self._in_order, (under, sought)), len(self._in_order)):
            above, listed = self._in_order[index]
            if above != under or not listed.startswith(sought):
                break
            codes.add(known[above, listed])
        return codes.pop() if len(codes) == 1 else None

    def has_name(self, name: str) -> bool:
        """Whether any code has that name, or one that begins so where its cell cuts it off."""
        sought = fold(name)
        return any(
            listed == sought or (len(sought) >= _SHORTEST_CUT and listed.startswith(sought))
            for _, listed in self._by_name()
        )

    def named(self, name: str) -> str | None:
        """The one code of that name at any level; ``None`` where there is none, or several."""
        sought = fold(name)
        codes = {code for (_, listed), code in self._by_name().items() if listed == sought}
        return codes.pop() if len(codes) == 1 else None

    def _by_name(self) -> Mapping[tuple[str, str], str | None]:
        """(the code above, folded name) -> the code, ``None`` where several are called so. Made at the first use."""
        if not self._names_under:
            lengths = sorted({len(code) for code in self.names})
            above = dict(zip(lengths[1:], lengths, strict=False))
            for code, spellings in self.names.items():
                under = code[: above[len(code)]] if len(code) in above else ""
                for name in {fold(n) for spelling in spellings for n in (spelling.name, *spelling.aliases)}:
                    known = self._names_under.get((under, name), code)
                    self._names_under[under, name] = code if known == code else None
            self._in_order.extend(sorted(self._names_under))
        return self._names_under

    @classmethod
    def of(cls, dimension: str, spellings: Iterable[CodeName]) -> CodeList:
        names: dict[str, list[CodeName]] = {}
        for spelling in spellings:
            names.setdefault(spelling.code, []).append(spelling)
        return cls(dimension, {code: tuple(known) for code, known in names.items()})


_SHORTEST_CUT = 4


def same_name(printed: str, listed: str) -> bool:
    """Whether a printed name is the listed one, or its beginning cut off by the width of a cell. Folded text."""
    return bool(printed) and listed.startswith(printed)
