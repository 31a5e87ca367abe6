"""The narrative (概况, 情况说明, 名词解释, 附件) as data: parts, sections and paragraphs of words, figures and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gouji.facts import Fact
from gouji.registers.book import Source


class Statement(NamedTuple):
    """A figure in a sentence: the witness that the narrative is of a fact, or of what follows from two facts.

    ``measure`` is ``amount``, or ``share``, ``rate``, ``change``, ``growth`` of ``fact`` and ``against``. ``value`` is
    in ``unit`` as printed (a change without its sign); ``sources`` are the register rows behind it; ``exact`` is what
    was recorded, in base units, for an amount. ``balanced`` marks a share that was moved by a last digit so that the
    shares add up to 100. ``number`` counts the figures of a document from 1.
    """

    number: int
    section: str
    heading: str
    measure: str
    title: str
    fact: Fact
    against: Fact | None
    text: str
    value: Decimal
    unit: str
    decimals: int
    exact: Decimal | None
    sources: tuple[Source, ...]
    balanced: bool = False


GAP_MARK = "〔待填："
"""How the mark of a gap begins."""


class Gap(NamedTuple):
    """A place that somebody still has to fill: what is wanted, and where it is to be put down."""

    section: str
    heading: str
    wanted: str
    register: str

    @property
    def text(self) -> str:
        return f"{GAP_MARK}{self.wanted}〕"

    def __str__(self) -> str:
        return f"{self.heading}：{self.wanted}（填在登记簿的“{self.register}”）"


Run = str | Statement | Gap


class Paragraph(NamedTuple):
    """``style`` is body, or item for the numbered line that names a 项."""

    style: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run if isinstance(run, str) else run.text for run in self.runs)

    @property
    def leads(self) -> bool:
        """Whether it only says what the next paragraph is about, and must not stand alone at the foot of a page."""
        return self.style == "item" or self.text.endswith("：")


class Section(NamedTuple):
    """``level`` counts from 1; ``heading`` has its ordinal (``一、收入支出决算总体情况说明``)."""

    id: str
    level: int
    heading: str
    paragraphs: tuple[Paragraph, ...]


class Part(NamedTuple):
    """``title`` has its ordinal (``第一部分``) before ``name``; ``tables`` says that the forms stand here."""

    id: str
    title: str
    name: str
    tables: bool
    sections: tuple[Section, ...]

    @property
    def line(self) -> str:
        """The title and the name on one line; where parts are not counted, the name alone."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The parts of the document in order. ``unused`` are the rows of causes that no changed figure asked for."""

    parts: tuple[Part, ...]
    unused: tuple[Source, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (p for part in self.parts for section in part.sections for p in section.paragraphs)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every figure of the narrative in order."""
        return tuple(run for p in self.paragraphs for run in p.runs if isinstance(run, Statement))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every place that is still to be filled, each wanted thing once."""
        return tuple(dict.fromkeys(run for p in self.paragraphs for run in p.runs if isinstance(run, Gap)))
