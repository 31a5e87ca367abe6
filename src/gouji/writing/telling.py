"""From phrases to a narrative: its parts, sections and paragraphs in order.

Nothing of the wording is decided here: which words stand where is in catalog/data/phrases, in the language that
:mod:`gouji.catalog.phrase_language` explains and :mod:`gouji.writing.filling` carries out.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.catalog import CodeList, ordinal
from gouji.catalog.phrases import Clause, PartForm, PhraseSet, SectionForm
from gouji.registers.book import Book
from gouji.registers.narrative_facts import Material
from gouji.writing.conditions import holds
from gouji.writing.filling import Filler
from gouji.writing.loops import Turn
from gouji.writing.narrative import Narrative, Paragraph, Part, Run, Section
from gouji.writing.shares import balanced
from gouji.writing.standpoint import NO_TURN, Standpoint, Whose


def tell(
    book: Book,
    kept: Material,
    phrases: PhraseSet,
    whose: Whose,
    *,
    codes: Mapping[str, CodeList],
    balance_shares: bool = False,
) -> Narrative:
    """The narrative of one body and year. ``codes`` are the lists that names of codes are taken from;
    ``balance_shares`` makes the shares of one whole add up to 100.00."""
    narrative = _Teller(Standpoint.of(book, kept, phrases, whose, codes=codes)).narrative()
    return balanced(narrative) if balance_shares else narrative


class _Teller:
    def __init__(self, at: Standpoint) -> None:
        self.at = at
        self.filler = Filler(at)
        self.said: list[str] = []
        self.path: list[str] = [""]
        self.glossaries: set[str] = set()

    def narrative(self) -> Narrative:
        parts: list[Part] = []
        for form in self.at.phrases.parts:
            if holds(form.when, NO_TURN, self.at):
                parts.append(self.part(form, len(parts) + 1))
        # Terms may stand before the sections they occur in.
        parts = [
            part._replace(sections=(Section("terms", 0, "", self.terms()),))
            if part.id in self.glossaries
            else part
            for part in parts
        ]
        given = (record.source for record in self.at.kept.causes.values())
        unused = tuple(source for source in given if source not in self.filler.causes_told)
        return Narrative(tuple(parts), unused)

    def part(self, form: PartForm, number: int) -> Part:
        title = self.at.phrases.part_title.replace("{n}", ordinal(number))
        name = self.filler.words(form.title)
        if form.holds == "terms":
            self.glossaries.add(form.id)
        sections: list[Section] = []
        counts = [0] * len(_NUMBERED)
        self.path = [title or name]
        for section in form.sections:
            if holds(section.when, NO_TURN, self.at):
                counts[section.level] += 1
                counts[section.level + 1 :] = [0] * (len(counts) - section.level - 1)
                sections.append(self.section(section, counts[section.level]))
        return Part(form.id, title, name, form.holds == "tables", tuple(sections))

    def section(self, form: SectionForm, number: int) -> Section:
        heading = _NUMBERED[form.level](number) + self.filler.words(form.heading)
        self.path[max(form.level, 1) :] = [heading] if heading else []
        self.filler.section, self.filler.heading = form.id, "·".join(self.path)
        paragraphs: list[Paragraph] = []
        for clause in form.clauses:
            if holds(clause.when, NO_TURN, self.at):
                self.clause(clause, paragraphs)
        self.said.extend(paragraph.text for paragraph in paragraphs)
        return Section(form.id, form.level, heading, tuple(paragraphs))

    def terms(self) -> tuple[Paragraph, ...]:
        """The terms that occur in what has been said so far, in the order of the catalogue."""
        said = "\n".join(self.said)
        occurring = [term for term in self.at.phrases.terms if any(word in said for word in term.words)]
        return tuple(
            Paragraph("body", (f"{ordinal(number)}、{term.name}：{term.text}",))
            for number, term in enumerate(occurring, start=1)
        )

    def turns(self, clause: Clause) -> list[Turn]:
        """The turns of a loop that have something to say, counted."""
        told = (
            turn
            for turn in self.at.loops.turns(clause.each)
            if any(holds(alternative.when, turn, self.at) for alternative in clause.alternatives)
        )
        return [turn._replace(words={**turn.words, "n": str(n)}) for n, turn in enumerate(told, start=1)]

    def clause(self, clause: Clause, paragraphs: list[Paragraph]) -> None:
        """Add what a clause says to the paragraphs of its section."""
        turns = self.turns(clause) if clause.each else [NO_TURN]
        told = [(turn, runs) for turn in turns if (runs := self.filler.chosen(clause.alternatives, turn))]
        if not told:
            return
        if clause.join or clause.run_on:
            runs = list(told[0][1])
            for _, more in told[1:]:
                runs += [clause.join, *more]
            told = [(told[0][0], runs)]
        before = paragraphs.pop() if clause.run_on and paragraphs else Paragraph("body", ())
        for turn, runs in told:
            if clause.lead:
                paragraphs.append(Paragraph("item", _joined(self.filler.runs(clause.lead, turn))))
            paragraphs.append(before._replace(runs=_joined([*before.runs, *runs, clause.end])))
            before = Paragraph("body", ())


_NUMBERED = (
    lambda number: "",
    lambda number: f"{ordinal(number)}、",
    lambda number: f"（{ordinal(number)}）",
    lambda number: f"{number}.",
)
"""How a heading of each level is numbered."""


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbouring words drawn together, empty ones left out."""
    joined: list[Run] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        elif run:
            joined.append(run)
    return tuple(joined)
