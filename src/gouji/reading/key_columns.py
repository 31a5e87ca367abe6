"""The key columns of a table: what a row prints on the left of its amounts, and in which capacity."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gouji.catalog import fold
from gouji.reading.heads import ColumnSense, Lane
from gouji.reading.joined import GridCell
from gouji.reading.stairs import KeyText


class KeyColumns:
    """The columns of a table, asked for the texts that say what a row is."""

    def __init__(self, columns: Sequence[ColumnSense]) -> None:
        self.columns = columns

    def role(self, col: int) -> str:
        return self.columns[col].role

    def texts(self, row: Sequence[GridCell], lane: Lane) -> list[KeyText]:
        """The texts of a row's key columns; lines and remarks left out."""
        texts = [
            (col, row[col].cell.text)
            for col in lane.keys
            if col < len(row)
            and row[col].anchor
            and row[col].cell.text
            and self.role(col) not in ("line", "text")
        ]
        if not texts:
            # A label that was merged over the columns before (支出小计 over two lanes) is this lane's as well.
            texts = [
                (col, row[col].cell.text)
                for col in lane.keys[:1]
                if col < len(row) and row[col].top and row[col].cell.col < col and row[col].cell.text
            ]
        return texts

    def code_pieces(self, row: Sequence[GridCell], lane: Lane) -> tuple[str, ...]:
        """What the code columns of a row hold; blank where a cell goes on from the row or the column before."""
        columns = [col for col in lane.keys if col < len(row) and self.role(col) == "code"]
        return tuple(fold(row[col].cell.text) if row[col].anchor else "" for col in columns)

    def tell_rows_apart(self, lane: Lane) -> bool:
        """Whether the rows of a lane are told apart by anything; a table of one row has no labels."""
        return any(self.role(col) not in ("line", "text", "year") for col in lane.keys)

    def deepest(self, names: str, texts: Sequence[KeyText], is_total: Callable[[str], bool]) -> str:
        """The label of a row whose labels stand in several columns, the wider left of the narrower: the last one, or
        the one before a mere 小计."""
        labels = [text for col, text in texts if self.role(col) == "label"]
        if len(labels) < 2 or names != "".join(labels) or not self._is_nested(texts):
            return names
        return labels[-2] if is_total(labels[-1]) else labels[-1]

    def _is_nested(self, texts: Sequence[KeyText]) -> bool:
        """Whether the label columns of a row stand under one head (a head-less column goes with the one before it)."""
        heads = {self.columns[col].path for col, _ in texts if self.role(col) == "label"}
        return len(heads - {()}) <= 1
