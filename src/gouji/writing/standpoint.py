"""What a narrative is told from: one body's book and registers, and the phrases it is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gouji.catalog import CodeList
from gouji.catalog.phrase_language import Operand, operand
from gouji.catalog.phrases import PhraseSet
from gouji.registers.book import Book
from gouji.registers.narrative_facts import Material
from gouji.writing.loops import Loops, Turn
from gouji.writing.measuring import Amount, Measuring

NO_TURN = Turn({}, {})
"""Outside any loop."""


class Whose(NamedTuple):
    """Of whom and of which year: the published name, the fiscal year, 部门 or 单位."""

    body: str
    year: int
    level: str


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Everything a template may ask for."""

    kept: Material
    phrases: PhraseSet
    whose: Whose
    measuring: Measuring
    loops: Loops

    @classmethod
    def of(
        cls, book: Book, kept: Material, phrases: PhraseSet, whose: Whose, *, codes: Mapping[str, CodeList]
    ) -> Standpoint:
        measuring = Measuring(book, kept, whose.year, phrases)
        loops = Loops(book, kept, measuring, codes, year=whose.year)
        return cls(kept, phrases, whose, measuring, loops)

    @property
    def variables(self) -> Mapping[str, str]:
        """The words that are known everywhere."""
        body, year, level = self.whose
        return {
            "year": str(year),
            "prior_year": str(year - 1),
            "body": body,
            "level": level,
            "here": f"本{level}",
        }

    def amount(self, wanted: Operand, turn: Turn) -> Amount:
        return self.measuring.amount(wanted, turn.measures)

    def two(self, operands: tuple[Operand, ...], turn: Turn) -> tuple[Amount, Amount]:
        """Two measures, the second being last year's figure of the first if it is not named."""
        first = operands[0]
        second = operands[1] if len(operands) > 1 else first._replace(suffixes=(*first.suffixes, "prior"))
        return self.amount(first, turn), self.amount(second, turn)

    def named(self, word: str, turn: Turn) -> Amount:
        return self.amount(operand(word), turn)
