"""The phrases of one kind of document, place and span of years: its parts, sections, clauses, words and terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gouji.catalog.phrase_language import Condition, Template
from gouji.facts import Fact

LOOPS = (
    "functions", "classes", "items", "fiscal_items", "fund_items", "capital_items", "trips", "receptions", "meetings",
    "trainings", "festivals", "vehicle_classes", "projects", "evaluated",
)  # fmt: skip
"""What a clause may be repeated for. ``evaluated`` are the projects of a self-evaluation."""
NAMED_LOOPS = ("text", "rated")
"""Loops with a word of their own: ``text 位置`` (the paragraphs of a text), ``rated 一级指标`` (indicators of a level)."""
LISTS = ("personnel", "public")
"""What ``names`` may list: the 款 of 人员经费 and of 公用经费 that were spent."""
VARIABLES = ("year", "prior_year", "body", "level", "here")
"""The words known everywhere; ``here`` is 本部门 or 本单位."""
LOOP_VARIABLES = (
    "n",
    "name",
    "class_name",
    "group_name",
    "item_name",
    "place",
    "purpose",
    "content",
    "paragraph",
)
LOOP_MEASURES = ("it", "it_people", "it_bought")
"""The measures of what a loop is at: its amount, how many people took part, how many are to be bought."""
PARAMETERS = ("x", "y")
"""The measures that a phrase is called with."""


class Measure(NamedTuple):
    """A name for a fact. ``unit`` is what its figures are followed by; ``register`` the register that supplies it
    (empty: the tables do, and what they leave blank is nothing); ``title`` what a gap calls it."""

    fact: Fact
    unit: str
    register: str
    title: str


class Alternative(NamedTuple):
    """A text and the condition under which it is the one."""

    when: Condition
    text: Template


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a section. The first of ``alternatives`` whose condition holds is printed, once or for ``each``;
    ``run_on`` continues the paragraph before; ``lead`` is a line that stands before each turn (the number and name of
    a 项)."""

    alternatives: tuple[Alternative, ...]
    each: tuple[str, ...]
    join: str
    end: str
    run_on: bool
    lead: Template
    when: Condition


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A section: its heading and clauses. ``level`` counts from 1 (一、), 2 （一）, 3 (1.)."""

    id: str
    level: int
    heading: Template
    clauses: tuple[Clause, ...]
    when: Condition


class PartForm(NamedTuple):
    """A part of the document (第一部分 …). ``holds`` is sections, tables or terms."""

    id: str
    title: Template
    holds: str
    sections: tuple[SectionForm, ...]
    when: Condition


class Term(NamedTuple):
    """A technical term and its explanation; ``words`` are the wordings by which it occurs in the document."""

    name: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PhraseSet:
    """Everything that the words of a document follow from. ``report`` is final_accounts or budget; ``words`` are triples
    for less, equal, more; ``part_title`` is how a part is counted (第{n}部分), empty where parts are not."""

    id: str
    title: str
    valid_from: int
    valid_to: int | None
    source: str
    place: str
    report: str
    measures: Mapping[str, Measure]
    words: Mapping[str, tuple[str, str, str]]
    phrases: Mapping[str, tuple[Alternative, ...]]
    parts: tuple[PartForm, ...]
    terms: tuple[Term, ...]
    part_title: str

    def valid(self, year: int | None) -> bool:
        return (
            year is not None and self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)
        )
