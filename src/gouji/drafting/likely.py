"""What is likely where the sums leave a choice: the order in which open cells are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.catalog import Catalog
from gouji.drafting.line import Line
from gouji.drafting.selection import CARRIED, LINE_FUNDS, NATURES

_NOT_PAIRED = 99
_LATE = ("301", "303")


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
        """What the catalogue pairs first; then what is spent on goods, on the largest lines, and on wages; what is left
        to the other lines is for 个人和家庭 rather than for goods."""

        def key(number: int) -> tuple[int, int, str, str, int, str]:
            cell = cells[number]
            rank = self._pairs.get((cell.function, cell.economic), _NOT_PAIRED)
            late = _LATE.index(cell.economic[:3]) + 1 if cell.economic[:3] in _LATE else 0
            return (rank, late, cell.economic, cell.government, -cell.amount, cell.function)

        return sorted(range(len(cells)), key=key)

    def projects(
        self, lines: Sequence[Line], parts: Sequence[Sequence[Line]], named: Mapping[str, int]
    ) -> list[int]:
        """Money that was carried over is spent on projects before anything else, on the largest lines. A project that
        amounts to what a line does is that line; else the largest come first."""
        places = {name: place for place, name in enumerate(named)}
        keys: list[tuple[bool, bool, bool, int, int, int]] = []
        for number, (parent, of_line) in enumerate(zip(lines, parts, strict=True)):
            for cell in of_line:
                carried = cell.year == CARRIED
                whole = named.get(cell.project, 0)
                size = parent.amount if carried else whole
                keys.append((
                    not carried, carried and cell.nature != "project", whole != parent.amount, -size,
                    places.get(cell.project, len(places)), number,
                ))  # fmt: skip
        return sorted(range(len(keys)), key=keys.__getitem__)
