"""The cells of one document in two runs: which is which, and what has become of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """A row of the witnesses table as far as it is compared; ``bbox`` is empty where there is none."""

    page: int | None
    ref: str
    bbox: tuple[float, ...]
    table: str
    row_code: str
    row_label: str
    column: str
    value: str
    unit: str
    concept: str | None
    dimensions: str
    status: str

    @property
    def label(self) -> tuple[str, str, str, str]:
        """How a person finds it."""
        return self.table, self.row_code, self.row_label, self.column

    @property
    def place(self) -> tuple[int | None, str, tuple[float, ...]]:
        """Where it stands in the file."""
        return self.page, self.ref, self.bbox

    @property
    def statement(self) -> tuple[str, str, str | None, str, str]:
        """What it states: value, unit, concept, dimensions, status."""
        return self.value, self.unit, self.concept, self.dimensions, self.status


class CellChange(NamedTuple):
    """One cell that states something else than before."""

    before: Cell
    after: Cell


@dataclass(slots=True)
class CellMatch:
    """What has become of the cells of a document."""

    gained: list[Cell] = field(default_factory=list)
    lost: list[Cell] = field(default_factory=list)
    changed: list[CellChange] = field(default_factory=list)


_SAMENESS: tuple[Callable[[Cell], Hashable], ...] = (
    lambda cell: cell,
    lambda cell: (cell.place, cell.label),
    lambda cell: (cell.label, cell.statement),
    lambda cell: cell.place,
    lambda cell: cell.label,
)
"""When two cells are taken for one, strictest first. A change of the reader can move a cell's box by a hair, or give
its column another name; neither makes it another cell."""


def match_cells(before: Sequence[Cell], after: Sequence[Cell]) -> CellMatch:
    """Pair the cells of two runs; what finds no partner is lost or gained. Equal keys pair in their order."""
    old, new = dict(enumerate(before)), dict(enumerate(after))
    pairs: list[tuple[int, int]] = []
    for key in _SAMENESS:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, cell in new.items():
            waiting[key(cell)].append(index)
        for candidates in waiting.values():
            candidates.reverse()
        for index, cell in list(old.items()):
            candidates = waiting.get(key(cell), [])
            if candidates:
                partner = candidates.pop()
                del old[index], new[partner]
                pairs.append((index, partner))
    match = CellMatch(gained=list(new.values()), lost=list(old.values()))
    for index, partner in sorted(pairs):
        if before[index].statement != after[partner].statement:
            match.changed.append(CellChange(before[index], after[partner]))
    return match
