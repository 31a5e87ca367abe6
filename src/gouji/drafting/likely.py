"""What is likely where the sums leave a choice: the order in which open cells are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gouji.catalog import Catalog
from gouji.drafting.selection import CARRIED, LINE_FUNDS, NATURES

if TYPE_CHECKING:
    from gouji.drafting.lines import Line


_NOT_PAIRED = 99


class Likely:
    """The pairs of the catalogue first (住房公积金 is paid under 住房公积金), then the order of the codes."""

    def __init__(self, catalog: Catalog) -> None:
        self._pairs = catalog.drafting.pairs

    def functions(self, cells: Sequence[Line]) -> list[int]:
        return sorted(
            range(len(cells)),
            key=lambda n: (
                cells[n].function, NATURES.index(cells[n].nature), LINE_FUNDS.index(cells[n].fund), cells[n].group,
            ),
        )  # fmt: skip

    def classes(self, cells: Sequence[Line]) -> list[int]:
        def key(number: int) -> tuple[int, str, str, int, str]:
            cell = cells[number]
            rank = self._pairs.get((cell.function, cell.economic), _NOT_PAIRED)
            return (rank, cell.economic, cell.government, -cell.amount, cell.function)

        return sorted(range(len(cells)), key=key)

    def projects(
        self, cells: Sequence[Line], lines: Sequence[Line], parents: Sequence[int], named: Mapping[str, int]
    ) -> list[int]:
        """A project that amounts to what a line does is that line; the largest come first."""
        order = list(named)

        def key(number: int) -> tuple[bool, int, int, int]:
            cell, whole = cells[number], named.get(cells[number].project, 0)
            at = order.index(cell.project) if cell.project in named else len(order)
            return (whole != lines[parents[number]].amount, -whole, at, parents[number])

        return sorted(range(len(cells)), key=key)

    def years(self, cells: Sequence[Line]) -> list[int]:
        """Money that was carried over is spent on projects before anything else, the largest first."""

        def key(number: int) -> tuple[bool, bool, int, int]:
            cell = cells[number]
            return (cell.year != CARRIED, cell.nature != "project", -cell.amount, number)

        return sorted(range(len(cells)), key=key)
