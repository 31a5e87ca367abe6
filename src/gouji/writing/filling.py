"""Fills templates: every command of the phrase language in its place, every figure counted and traced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog.phrase_language import DERIVED, OF, Place, Template, operand
from gouji.catalog.phrases import Alternative
from gouji.registers.book import Source
from gouji.registers.budget_narrative_schema import USE
from gouji.registers.narrative_facts import USES, CauseKey
from gouji.registers.narrative_schema import (
    CAUSE,
    CAUSES,
    PER_CODE,
    PRIOR,
    TEXTS,
    WITH_BUDGET,
    WITH_LAST_YEAR,
    WITH_SPENT,
    WORDS,
)
from gouji.writing.conditions import holds
from gouji.writing.loops import Turn
from gouji.writing.measuring import DECIMALS, Amount, rounded
from gouji.writing.narrative import Gap, Run, Statement
from gouji.writing.standpoint import Standpoint

_COMPARED = {"prior": WITH_LAST_YEAR, "budget": WITH_BUDGET, "executed": WITH_SPENT}


class _Figure(NamedTuple):
    """What is printed of a figure before it has its place."""

    measure: str
    value: Decimal
    unit: str
    decimals: int


class Filler:
    """Fills the templates of one narrative, section after section. ``section`` and ``heading`` say where it is."""

    def __init__(self, at: Standpoint) -> None:
        self.at = at
        self.section = self.heading = ""
        self.causes_told: set[Source] = set()
        self._figures = 0
        self._commands: Mapping[str, Callable[[Place, Turn], list[Run]]] = {
            "print": self._print,
            ">": self._phrase,
            "names": lambda place, turn: ["、".join(at.loops.names(place.words[0]))],
            "cause": lambda place, turn: [self._cause(place.words[0], place.words[1], turn)],
            "use": lambda place, turn: [self._use(turn)],
            "text": lambda place, turn: [self._text(place.words[0])],
            "gap": lambda place, turn: [self._gap(place.words[0], (*place.words, TEXTS.name)[1])],
        }

    def chosen(self, alternatives: tuple[Alternative, ...], turn: Turn) -> list[Run]:
        """The first alternative whose condition holds; nothing if none does."""
        for alternative in alternatives:
            if holds(alternative.when, turn, self.at):
                return self.runs(alternative.text, turn)
        return []

    def runs(self, template: Template, turn: Turn) -> list[Run]:
        runs: list[Run] = []
        for piece in template:
            runs.extend([piece] if isinstance(piece, str) else self._place(piece, turn))
        return runs

    def words(self, template: Template) -> str:
        """A heading: words only."""
        return "".join(p if isinstance(p, str) else self.at.variables[p.words[0]] for p in template)

    def _place(self, place: Place, turn: Turn) -> list[Run]:
        command = self._commands.get(place.command)
        if command is not None:
            return command(place, turn)
        one, other = self.at.two(place.operands(), turn)
        if place.command in DERIVED:
            return [self._derived(place.command, one, other)]
        return [self._directed(place.command, one, other)]

    def _print(self, place: Place, turn: Turn) -> list[Run]:
        (name,) = place.words
        word = turn.words.get(name, self.at.variables.get(name))
        if word is not None:
            return [word]
        amount = self.at.named(name, turn)
        value = amount.printed
        if value is None:
            return [self._missing(amount)]
        return [self._statement(_Figure("amount", value, amount.unit, amount.decimals), amount)]

    def _phrase(self, place: Place, turn: Turn) -> list[Run]:
        """Another phrase, with measures in place of its x and y."""
        name, *given = place.words
        subject = next((word[len(OF) :] for word in given if word.startswith(OF)), turn.subject)
        measures = [word for word in given if not word.startswith(OF)]
        parameters = {x: self.at.amount(operand(word), turn) for x, word in zip("xy", measures, strict=False)}
        return self.chosen(
            self.at.phrases.phrases[name],
            turn._replace(measures={**turn.measures, **parameters}, subject=subject),
        )

    def _derived(self, command: str, one: Amount, other: Amount) -> Run:
        """A share, rate, change or growth. Part of nothing is 0 %: there is no other rate to state."""
        value, base = one.printed, other.printed
        if value is None or base is None:
            return self._missing(one if value is None else other)
        if command == "change":
            return self._statement(_Figure(command, abs(value - base), one.unit, one.decimals), one, other)
        part = value if command in ("share", "rate") else abs(value - base)
        rate = rounded(100 * part / abs(base), DECIMALS) if base else Decimal(0)
        return self._statement(_Figure(command, rate, "%", DECIMALS), one, other)

    def _directed(self, name: str, one: Amount, other: Amount) -> Run:
        """The word for less, equal or more."""
        value, base = one.printed, other.printed
        if value is None or base is None:
            return self._missing(one if value is None else other)
        less, equal, more = self.at.phrases.words[name]
        return less if value < base else more if value > base else equal

    def _cause(self, subject: str, against: str, turn: Turn) -> Run:
        subject = turn.subject if subject == OF else subject
        code = turn.code if subject == PER_CODE else ""
        record = self.at.kept.causes.get(CauseKey(subject, code, _COMPARED[against]))
        if record is None:
            told = f"{code}{turn.words.get('name', '')}" if code else subject
            return self._gap(f"{told}{_COMPARED[against]}变动的原因", CAUSES.name)
        self.causes_told.add(record.source)
        return record.text(CAUSE).rstrip("。；;. ")

    def _use(self, turn: Turn) -> Run:
        """What the money of a code or a project is for."""
        about = turn.code or turn.project
        record = self.at.kept.uses.get(about)
        if record is None:
            name = turn.words.get("name", "") if turn.code else ""
            return self._gap(f"{about}{name}的用途", USES)
        return record.text(USE).rstrip("。；;. ")

    def _text(self, position: str) -> Run:
        given = self.at.kept.texts.get(position, ())
        return "".join(record.text(WORDS) for record in given) if given else self._gap(position, TEXTS.name)

    def _missing(self, amount: Amount) -> Gap:
        return self._gap(amount.title, amount.register or PRIOR.name)

    def _gap(self, wanted: str, register: str) -> Gap:
        return Gap(self.section, self.heading, wanted, register)

    def _statement(self, figure: _Figure, one: Amount, other: Amount | None = None) -> Statement:
        self._figures += 1
        measure, value, unit, decimals = figure
        return Statement(
            number=self._figures,
            section=self.section,
            heading=self.heading,
            measure=measure,
            title=one.title,
            fact=one.fact,
            against=other.fact if other else None,
            text=f"{value:.{decimals}f}{unit}",
            value=value,
            unit=unit,
            decimals=decimals,
            exact=None if other else one.exact,
            sources=tuple(dict.fromkeys(one.sources + (other.sources if other else ()))),
        )
