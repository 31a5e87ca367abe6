"""Labels in a register: any wording that the lexicon knows for one of the meanings a column allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.catalog import Lexicon, Meaning
from gouji.registers.schema import Field
from gouji.registers.sheet import Cell, Flaw


class Sense(NamedTuple):
    """What a label contributes to the fact of its row: a concept (or nothing) and dimension members."""

    label: str
    concept: str
    dims: tuple[tuple[str, str], ...]


class LabelReader:
    """Reads the cells of a label column. Raises ValueError when the lexicon does not know an allowed
    label."""

    def __init__(self, lexicon: Lexicon, field: Field) -> None:
        self._lexicon = lexicon
        self._field = field
        self._allowed: Mapping[tuple[str, tuple[tuple[str, str], ...]], Sense] = {
            (sense.concept, sense.dims): sense for sense in map(self._own, field.labels)
        }

    def read(self, cell: Cell) -> Sense | Flaw | None:
        """The sense of the label, ``None`` for a blank, or what is wrong with the cell."""
        if cell is None or isinstance(cell, Flaw):
            return cell
        written = cell if isinstance(cell, str) else f"{cell:f}"
        meaning = self._lexicon.meaning(written, self._field.kind)
        if meaning is not None and meaning.total:
            return Flaw(f"登记簿只记明细，“{written}”由程序加出，请删去这一行")
        sense = None if meaning is None else self._allowed.get(_signature(meaning))
        if sense is None:
            return Flaw(f"“{written}”不是可以填的内容；可以填：{'、'.join(self._field.labels)}")
        return sense

    def _own(self, label: str) -> Sense:
        meaning = self._lexicon.meaning(label, self._field.kind)
        if meaning is None:
            raise ValueError(f"the lexicon lacks the register label {label!r}")
        return Sense(label, *_signature(meaning))


def _signature(meaning: Meaning) -> tuple[str, tuple[tuple[str, str], ...]]:
    return meaning.concept, tuple(sorted((meaning.dims or {}).items()))
