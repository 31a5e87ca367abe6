"""From phrases to a narrative: templates are filled with what the book and the registers say.

Nothing of the wording is decided here: which words stand where is in catalog/data/phrases, and this module only
carries out the commands of the phrase language (:mod:`gouji.catalog.phrase_language`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Catalog, CodeList, ordinal
from gouji.catalog.phrase_language import DERIVED, Atom, Condition, Operand, Place, Template, operand
from gouji.catalog.phrases import Alternative, Clause, PartForm, PhraseSet, SectionForm
from gouji.registers.book import Book
from gouji.registers.narrative_facts import CauseKey, Material
from gouji.registers.narrative_schema import CAUSE, CAUSES, PER_CODE, PRIOR, TEXTS, WITH_BUDGET, WITH_LAST_YEAR, WORDS
from gouji.writing.loops import Loops, Turn
from gouji.writing.measuring import DECIMALS, Amount, Measuring, rounded
from gouji.writing.narrative import Gap, Narrative, Paragraph, Part, Run, Section, Statement
from gouji.writing.shares import balanced

_COMPARED = {"prior": WITH_LAST_YEAR, "budget": WITH_BUDGET}
_NOWHERE = Turn({}, {})


class _Where(NamedTuple):
    section: str
    heading: str


def tell(
    book: Book,
    kept: Material,
    phrases: PhraseSet,
    body: str,
    year: int,
    level: str,
    catalog: Catalog,
    codes: Mapping[str, CodeList] | None = None,
    *,
    balance_shares: bool = False,
) -> Narrative:
    """The narrative of one body and year. ``body`` is the published name, ``level`` 部门 or 单位."""
    teller = _Teller(book, kept, phrases, body, year, level, codes if codes is not None else catalog.codes)
    narrative = teller.narrative()
    return balanced(narrative) if balance_shares else narrative


class _Teller:
    def __init__(
        self, book: Book, kept: Material, phrases: PhraseSet, body: str, year: int, level: str, codes: Mapping[str, CodeList]
    ) -> None:
        self.kept, self.phrases, self.level = kept, phrases, level
        self.measuring = Measuring(book, kept, year, phrases)
        self.loops = Loops(book, kept, self.measuring, codes, year)
        self.variables = {
            "year": str(year), "prior_year": str(year - 1), "body": body, "level": level, "here": f"本{level}",
        }  # fmt: skip
        self.where = _Where("", "")
        self.path: list[str] = [""]
        self.figures = 0
        self.said: list[str] = []

    def narrative(self) -> Narrative:
        parts: list[Part] = []
        for form in self.phrases.parts:
            if self.holds(form.when, _NOWHERE):
                parts.append(self.part(form, len(parts) + 1))
        return Narrative(tuple(parts))

    def part(self, form: PartForm, number: int) -> Part:
        title, name = f"第{ordinal(number)}部分", "".join(map(self.word, form.title))
        if form.holds == "terms":
            return Part(form.id, title, name, False, (Section("terms", 0, "", self.terms()),))
        sections: list[Section] = []
        counts = [0, 0, 0, 0]
        for section in form.sections:
            if self.holds(section.when, _NOWHERE):
                counts[section.level] += 1
                counts[section.level + 1 :] = [0] * (3 - section.level)
                sections.append(self.section(section, f"{title}", counts[section.level]))
        return Part(form.id, title, name, form.holds == "tables", tuple(sections))

    def section(self, form: SectionForm, part: str, number: int) -> Section:
        heading = _NUMBERED[form.level](number) + "".join(map(self.word, form.heading))
        self.path[form.level :] = [heading]
        self.where = _Where(form.id, part + "".join(f"·{above}" for above in self.path[1:]))
        paragraphs: list[Paragraph] = []
        for clause in form.clauses:
            if self.holds(clause.when, _NOWHERE):
                self.clause(clause, paragraphs)
        self.said.extend(paragraph.text for paragraph in paragraphs)
        return Section(form.id, form.level, heading, tuple(paragraphs))

    def terms(self) -> tuple[Paragraph, ...]:
        """The terms that occur in what has been said so far, in the order of the catalogue."""
        said = "\n".join(self.said)
        occurring = [term for term in self.phrases.terms if any(word in said for word in term.words)]
        return tuple(
            Paragraph("body", (f"{ordinal(number)}、{term.name}：{term.text}",))
            for number, term in enumerate(occurring, start=1)
        )

    def clause(self, clause: Clause, paragraphs: list[Paragraph]) -> None:
        """Add what a clause says to the paragraphs of its section."""
        turns = self.loops.turns(clause.each) if clause.each else [_NOWHERE]
        chosen = [(turn, runs) for turn in turns if (runs := self.chosen(clause.alternatives, turn))]
        if not chosen:
            return
        turns, told = [turn for turn, _ in chosen], [runs for _, runs in chosen]
        if clause.join or clause.run_on:
            runs = list(told[0])
            for more in told[1:]:
                runs += [clause.join, *more]
            told = [[*runs, clause.end] if clause.end else runs]
        elif clause.end:
            told = [[*runs, clause.end] for runs in told]
        if clause.run_on and paragraphs:
            last = paragraphs.pop()
            told[0] = [*last.runs, *told[0]]
            paragraphs.extend(Paragraph(last.style, _joined(runs)) for runs in told)
        elif clause.lead:
            for turn, runs in zip(turns, told, strict=True):
                paragraphs.append(Paragraph("item", _joined(self.runs(clause.lead, turn))))
                paragraphs.append(Paragraph("body", _joined(runs)))
        else:
            paragraphs.extend(Paragraph("body", _joined(runs)) for runs in told)

    def chosen(self, alternatives: tuple[Alternative, ...], turn: Turn) -> list[Run]:
        """The first alternative whose condition holds; nothing if none does."""
        for alternative in alternatives:
            if self.holds(alternative.when, turn):
                return self.runs(alternative.text, turn)
        return []

    def runs(self, template: Template, turn: Turn) -> list[Run]:
        runs: list[Run] = []
        for piece in template:
            runs.extend([piece] if isinstance(piece, str) else self.place(piece, turn))
        return runs

    def place(self, place: Place, turn: Turn) -> list[Run]:
        command, words = place
        if command == "print":
            word = turn.words.get(words[0], self.variables.get(words[0]))
            return [word if word is not None else self.figure(self.amount(operand(words[0]), turn))]
        if command == ">":
            parameters = dict(zip(("x", "y"), (self.amount(operand(word), turn) for word in words[1:]), strict=False))
            return self.chosen(self.phrases.phrases[words[0]], turn._replace(measures={**turn.measures, **parameters}))
        if command in DERIVED:
            return [self.derived(command, *self.two(place.operands(), turn))]
        if command in self.phrases.words:
            return [self.directed(command, *self.two(place.operands(), turn))]
        if command == "names":
            return ["、".join(self.loops.names(words[0]))]
        if command == "cause":
            return [self.cause(words[0], words[1], turn)]
        if command == "text":
            given = self.kept.texts.get(words[0], ())
            return ["".join(r.text(WORDS) for r in given) if given else self.gap(words[0], TEXTS.name)]
        return [self.gap(words[0], words[1] if len(words) > 1 else TEXTS.name)]

    def word(self, piece: str | Place) -> str:
        """A piece of a heading: words only."""
        return piece if isinstance(piece, str) else self.variables[piece.words[0]]

    def amount(self, wanted: Operand, turn: Turn) -> Amount:
        return self.measuring.amount(wanted, turn.measures)

    def two(self, operands: tuple[Operand, ...], turn: Turn) -> tuple[Amount, Amount]:
        """Two measures, the second being last year's figure of the first if it is not named."""
        first = operands[0]
        second = operands[1] if len(operands) > 1 else first._replace(suffixes=(*first.suffixes, "prior"))
        return self.amount(first, turn), self.amount(second, turn)

    def figure(self, amount: Amount) -> Run:
        value = amount.printed
        if value is None:
            return self.gap(amount.title, amount.register)
        return self.statement("amount", amount, None, value, amount.unit, amount.decimals)

    def derived(self, command: str, one: Amount, other: Amount) -> Run:
        value, base = one.printed, other.printed
        for amount in (one, other):
            if amount.printed is None:
                return self.gap(amount.title, amount.register)
        assert value is not None
        assert base is not None
        if command == "change":
            return self.statement(command, one, other, abs(value - base), one.unit, one.decimals)
        whole = value if command in ("share", "rate") else abs(value - base)
        if not base:
            # Part of nothing: there is no rate to state but 0 %.
            return self.statement(command, one, other, Decimal(0), "%", DECIMALS)
        return self.statement(command, one, other, rounded(100 * whole / abs(base), DECIMALS), "%", DECIMALS)

    def directed(self, name: str, one: Amount, other: Amount) -> Run:
        value, base = one.printed, other.printed
        if value is None or base is None:
            missing = one if value is None else other
            return self.gap(missing.title, missing.register)
        less, equal, more = self.phrases.words[name]
        return less if value < base else more if value > base else equal

    def cause(self, subject: str, against: str, turn: Turn) -> Run:
        code = turn.code if subject == PER_CODE else ""
        compared = _COMPARED[against]
        record = self.kept.causes.get(CauseKey(subject, code, compared))
        if record is not None:
            return record.text(CAUSE).rstrip("。；;. ")
        return self.gap(f"{code or subject}{compared}变动的原因", CAUSES.name)

    def gap(self, wanted: str, register: str) -> Gap:
        return Gap(*self.where, wanted, register or PRIOR.name)

    def statement(
        self, measure: str, one: Amount, other: Amount | None, value: Decimal, unit: str, decimals: int
    ) -> Statement:
        self.figures += 1
        sources = one.sources + (other.sources if other else ())
        return Statement(
            self.figures, self.where.section, self.where.heading, measure, one.title, one.fact,
            other.fact if other else None, f"{value:.{decimals}f}{unit}", value, unit, decimals,
            one.exact if other is None else None, tuple(dict.fromkeys(sources)),
        )  # fmt: skip

    def holds(self, condition: Condition, turn: Turn) -> bool:
        return all(self.atom(atom, turn) != atom.negated for atom in condition)

    def atom(self, atom: Atom, turn: Turn) -> bool:
        command, words = atom.command, atom.words
        if command == "kept":
            return self.kept.kept(words[0])
        if command == "given":
            return bool(self.kept.texts.get(words[0]))
        if command == "any":
            return bool(self.loops.turns((words[0],)))
        if command == "level":
            return self.level == words[0]
        if command == "filled":
            return bool(turn.words.get(words[0]))
        values = [self.amount(operand(word), turn).printed for word in words]
        if command == "known":
            return values[0] is not None
        if command == "zero":
            return values[0] == 0
        one, other = values
        if one is None or other is None:
            return False
        return one == other if command == "=" else one < other if command == "<" else one > other


_NUMBERED = {1: lambda n: f"{ordinal(n)}、", 2: lambda n: f"（{ordinal(n)}）", 3: lambda n: f"{n}."}


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbouring words drawn together, empty ones left out."""
    joined: list[Run] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        elif run:
            joined.append(run)
    return tuple(joined)
