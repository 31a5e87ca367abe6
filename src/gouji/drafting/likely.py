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
        """Money that was carried over is spent on projects before anything else, on the largest lines. A project that
        amounts to what a line does is that line; else the largest come first."""
        order = {name: place for place, name in enumerate(named)}

        def key(number: int) -> tuple[bool, bool, bool, int, int, int]:
            cell, parent = cells[number], lines[parents[number]]
            carried = cell.year == CARRIED
            whole = named.get(cell.project, 0)
            size = parent.amount if carried else whole
            return (
                not carried, carried and cell.nature != "project", whole != parent.amount, -size,
                order.get(cell.project, len(order)), parents[number],
            )  # fmt: skip

        return sorted(range(len(cells)), key=key)
