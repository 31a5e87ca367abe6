"""Lists whose labels stand like stairs: a class in the first column, below it projects in the second, below them items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gouji.catalog import RowSense, fold

KeyText = tuple[int, str]
"""A key column and what a row prints in it."""


class Stairs:
    """The headings that are open above the next row of such a list. A row that leaves columns blank on its left
    stands below what was last printed there."""

    def __init__(self, says: Callable[[int, str], Mapping[str, str]]) -> None:
        """``says`` tells the members that a text in a column is the name of (a class of purchases, an economic class);
        none for a project or an item."""
        self.says = says
        self._open: dict[int, str] = {}

    @staticmethod
    def stand(rows: Sequence[Sequence[int]], merged: bool) -> bool:
        """Whether rows stand so. Of each row: the label columns that it fills, from the left. A first label must stand
        alone above rows that leave its column blank, unless cells of that column are ``merged`` over several rows."""
        filled = [row for row in rows if row]
        columns = sorted({col for row in filled for col in row})
        if len(columns) < 2 or filled[0][0] != columns[0]:
            return False
        alone = any(tuple(row) == (columns[0],) for row in filled)
        return (alone or merged) and any(row[0] != columns[0] for row in filled)

    def enter(self, texts: Sequence[KeyText]) -> list[KeyText]:
        """The headings above a row that prints ``texts``, from the left, and the row itself, which then is open."""
        first = texts[0][0]
        path = [*((col, text) for col, text in sorted(self._open.items()) if col < first), *texts]
        self._open = dict(path)
        return path

    def sense(self, texts: Sequence[KeyText], dims: Mapping[str, str]) -> RowSense:
        """What a row says by itself and by what stands above it: the first name is a project's, the others are parts of
        it. ``dims`` is what else is known of it."""
        found = dict(dims)
        names: list[str] = []
        for col, text in self.enter(texts):
            said = self.says(col, text)
            found.update(said)
            name = "".join(text.split())
            if not said and fold(name) not in map(fold, names):
                names.append(name)
        if names:
            found["pro_code"] = names[0]
        return RowSense(found, detail="·".join(names[1:]))

    def close(self) -> None:
        """A total ends what was open."""
        self._open = {}
