"""What the measures of the phrases amount to: as recorded, and as the document prints them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gouji.catalog.phrase_language import Operand
from gouji.catalog.phrases import Measure, PhraseSet
from gouji.facts import Fact, Unit
from gouji.registers.book import Book, Source
from gouji.registers.narrative_facts import Material
from gouji.registers.narrative_schema import INITIAL, PRIOR

_TIMES = {"prior": "上年", "initial": "年初预算的", "budget": "全年预算的", "final": ""}
_SPENT_BEFORE = ("prior", "final")
_STAGES = ("initial", "budget", "final")
MONEY = {unit.value: unit for unit in Unit if unit.is_money}
DECIMALS = 2


class Amount(NamedTuple):
    """A measure at hand. ``exact`` is in base units, ``None`` where nobody recorded it; ``register`` is where it
    would have to be put down."""

    fact: Fact
    title: str
    unit: str
    register: str
    exact: Decimal | None
    sources: tuple[Source, ...] = ()

    @property
    def decimals(self) -> int:
        """Two for money; a number of things has as many as were recorded (a score of 98.8)."""
        if self.unit in MONEY or self.exact is None:
            return DECIMALS if self.unit in MONEY else 0
        exponent = self.exact.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def printed(self) -> Decimal | None:
        """In ``unit``, rounded half up: what a reader sees, and what everything derived is computed from, so that
        whoever checks the document with a calculator gets the same."""
        if self.exact is None:
            return None
        scale = MONEY[self.unit].scale if self.unit in MONEY else Decimal(1)
        return rounded(self.exact / scale, self.decimals)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Half up, as accountants round; never a negative zero."""
    result = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return result if result else abs(result)


class Measuring:
    """Looks measures up in the book of one body and year."""

    def __init__(self, book: Book, kept: Material, year: int, phrases: PhraseSet) -> None:
        self._book, self._kept, self._year, self._phrases = book, kept, year, phrases

    def amount(self, operand: Operand, local: Mapping[str, Amount]) -> Amount:
        """What an operand amounts to. ``local`` are the measures of a loop and the parameters of a phrase."""
        known = local.get(operand.name)
        if known is not None:
            if not operand.suffixes:
                return known
            measure = Measure(known.fact, known.unit, known.register, known.title)
        else:
            measure = self._phrases.measures[operand.name]
        fact, title, register = measure.fact, measure.title, measure.register
        if operand.suffixes == _SPENT_BEFORE:
            title = "实际执行的" + title
        for suffix in operand.suffixes:
            title = _TIMES[suffix] + title
            if suffix in _STAGES:
                fact = fact.slice("stage", suffix)
                register = INITIAL.name if suffix == "initial" else register
            else:
                fact = fact.slice("fiscal_year", str(self._year - 1))
                register = PRIOR.name
        return self.of(fact, title, measure.unit, register)

    def of(self, fact: Fact, title: str, unit: str, register: str) -> Amount:
        """A fact of which nothing was recorded is nothing where the tables leave it blank or its register was kept;
        last year's figures are only known where they were put down."""
        figure = self._book.figure(fact)
        if figure is not None:
            return Amount(fact, title, unit, register, figure.amount, tuple(dict.fromkeys(figure.sources)))
        silent = register == "" or (register != PRIOR.name and self._kept.kept(register))
        return Amount(fact, title, unit, register, Decimal(0) if silent else None)
