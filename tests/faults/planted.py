"""A document with one fault planted in one place, and whether a finding names that place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from gouji.catalog import Spot
from gouji.checking import Evidence, Finding
from gouji.writing import Disclosure, Narrative, Statement, Table
from gouji.writing.disclosure import Cell
from gouji.writing.narrative import Paragraph, Part, Run, Section


class Planted(NamedTuple):
    """``words`` are what a finding must quote or name for the place to be named: all of ``words`` (a table and a row, a
    heading, a topic), and, if there is one, something out of ``paragraph``. ``told`` says what was done, for those who read
    what was missed. ``listed`` is the clean document where the contents page still lists what was taken out."""

    disclosure: Disclosure
    told: str
    words: tuple[str, ...]
    paragraph: str = ""
    cell: str | None = None
    listed: Disclosure | None = None

    def named_by(self, finding: Finding, *, accused: bool = False) -> bool:
        """Whether the finding is about the place: one of its places (with ``accused``: one that it suspects) is, or, where it
        says that it cannot decide among the terms of a sum, the sum has the figure in it."""
        suspects = [e for e in finding.evidence if e.suspect or e.candidate] if accused else []
        if any(self._is_place(evidence, finding.message) for evidence in suspects or finding.evidence):
            return True
        undecided = bool(finding.undecided) or not suspects
        return undecided and self.cell is not None and self._is_term(finding)

    def _is_term(self, finding: Finding) -> bool:
        """Whether the cell is one of many terms of a sum that does not come out."""
        sums = "".join((finding.message, *finding.arithmetic))
        return self.words[0] in "".join(e.where for e in finding.evidence) and (self.cell or "") in sums

    def _is_place(self, evidence: Evidence, message: str) -> bool:
        quote = squeezed(evidence.quote)
        if self.paragraph:
            return len(quote) > 2 and quote.strip("…") in squeezed(self.paragraph)
        if self.cell is not None:
            return quote == squeezed(self.cell) and self._is_said(evidence.where)
        return self._is_said(f"{evidence.where}{evidence.quote}{message}")

    def _is_said(self, text: str) -> bool:
        return all(squeezed(word) in squeezed(text) for word in self.words)


Kind = Callable[[Disclosure, Random], Planted | None]
"""Plants its fault somewhere, or ``None`` where the document has no place for it."""


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---- tables


class Place(NamedTuple):
    """A cell in its table; ``row`` is the name or code that the row begins with."""

    table: Table
    cell: Cell
    row: str


def cells(disclosure: Disclosure) -> Iterator[Place]:
    """Every cell below the heads, with what its row is called."""
    for table in disclosure.tables:
        for cell in table.cells:
            if cell.spot.row >= table.grid.head_rows:
                yield Place(table, cell, row_name(table, cell.spot))


def row_name(table: Table, spot: Spot) -> str:
    """The nearest code or label to the left in the row; empty in a table of one row."""
    before = [
        cell for cell in table.cells
        if cell.spot.row == spot.row and cell.spot.col < spot.col and cell.spot.role in ("code", "label") and cell.text
    ]  # fmt: skip
    return before[-1].text.split("、")[-1].strip() if before else ""


def with_cells(disclosure: Disclosure, table: Table, texts: dict[Spot, str]) -> Disclosure:
    """The same with other words in some cells of one table: typed, so that no amount stands behind them."""
    changed = tuple(
        cell._replace(text=texts[cell.spot], figure=None) if cell.spot in texts else cell
        for cell in table.cells
    )
    return with_table(disclosure, table, replace(table, cells=changed))


def with_table(disclosure: Disclosure, table: Table, other: Table | None) -> Disclosure:
    tables = (other if own is table else own for own in disclosure.tables)
    return replace(disclosure, tables=tuple(own for own in tables if own is not None))


# ---- text


class Spoken(NamedTuple):
    """A run of a paragraph, by its place in the narrative."""

    part: Part
    section: Section
    paragraph: Paragraph
    at: int

    @property
    def run(self) -> Run:
        return self.paragraph.runs[self.at]


def runs(disclosure: Disclosure) -> Iterator[Spoken]:
    """Every run of the explanation (第三部分), where the figures are."""
    for part in _narrative(disclosure).parts:
        if part.id == "explanation":
            for section in part.sections:
                for paragraph in section.paragraphs:
                    for at in range(len(paragraph.runs)):
                        yield Spoken(part, section, paragraph, at)


def statements(disclosure: Disclosure, *measures: str) -> list[tuple[Spoken, Statement]]:
    """The figures of some measures."""
    found = []
    for spoken in runs(disclosure):
        if isinstance(spoken.run, Statement) and spoken.run.measure in measures:
            found.append((spoken, spoken.run))
    return found


def with_run(disclosure: Disclosure, spoken: Spoken, text: str) -> tuple[Disclosure, str]:
    """The same with one run printed as ``text``, and the paragraph as it reads then."""
    words = spoken.paragraph.runs
    other = spoken.paragraph._replace(runs=(*words[: spoken.at], text, *words[spoken.at + 1 :]))
    return with_paragraph(disclosure, spoken, other), other.text


def with_words(disclosure: Disclosure, spoken: Spoken, text: str) -> tuple[Disclosure, str]:
    """The same with the whole paragraph reading ``text``."""
    other = spoken.paragraph._replace(runs=(text,))
    return with_paragraph(disclosure, spoken, other), other.text


def with_paragraph(disclosure: Disclosure, spoken: Spoken, *others: Paragraph) -> Disclosure:
    """The same with a paragraph replaced by others, or left out."""
    kept: list[Paragraph] = []
    for own in spoken.section.paragraphs:
        kept.extend(others if own is spoken.paragraph else (own,))
    return with_section(disclosure, spoken.section, spoken.section._replace(paragraphs=tuple(kept)))


def with_section(disclosure: Disclosure, section: Section, other: Section | None) -> Disclosure:
    parts = []
    for part in _narrative(disclosure).parts:
        sections = tuple(other if own is section else own for own in part.sections)
        parts.append(part._replace(sections=tuple(own for own in sections if own is not None)))
    return replace(disclosure, narrative=replace(_narrative(disclosure), parts=tuple(parts)))


def with_parts(disclosure: Disclosure, parts: tuple[Part, ...]) -> Disclosure:
    return replace(disclosure, narrative=replace(_narrative(disclosure), parts=parts))


def sections(disclosure: Disclosure) -> Iterator[tuple[Part, Section]]:
    for part in _narrative(disclosure).parts:
        for section in part.sections:
            yield part, section


def _narrative(disclosure: Disclosure) -> Narrative:
    assert disclosure.narrative is not None
    return disclosure.narrative
