"""A self-evaluation as its registers give it: the forms, and what its report is told from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.catalog import Catalog, PerformanceLayouts
from gouji.facts import Fact
from gouji.performance import Evaluation
from gouji.registers.book import Entry, Figure, Source
from gouji.registers.evaluation_facts import ACTUAL, EVALUATED, LEVEL, NAME, RATED, FactReading
from gouji.registers.narrative_facts import Material
from gouji.registers.narrative_schema import ITEM, POSITION, WORDS
from gouji.registers.performance_sheets import (
    BASICS,
    INDICATORS,
    MONEY,
    PROJECTS,
    TEXTS,
    PerformanceSheets,
    shown,
)
from gouji.registers.problem import Problem
from gouji.registers.records import Kept
from gouji.registers.records import Record as Row


class SelfEvaluation(NamedTuple):
    """``entries`` and ``stated`` are the facts of the basic data and of the money; ``rows`` are the register rows that
    figures come from, by source; ``reported`` says that words for a report were given."""

    evaluations: tuple[Evaluation, ...]
    layouts: PerformanceLayouts
    entries: tuple[Entry, ...]
    stated: Mapping[Fact, Figure]
    registers: Mapping[str, Kept]
    texts: Mapping[str, tuple[Row, ...]]
    rows: Mapping[Source, Mapping[str, str]]
    reported: bool
    notices: tuple[Problem, ...] = ()

    def material(self, other: Material) -> Material:
        """What a report is told from: that of the accounts, if there are any, and the self-evaluation's own."""
        return Material(
            {**other.registers, **self.registers}, other.causes, {**other.texts, **self.texts}
        )  # fmt: skip


def collected(
    sheets: PerformanceSheets,
    evaluations: Sequence[Evaluation],
    layouts: PerformanceLayouts,
    catalog: Catalog,
    year: int,
) -> tuple[SelfEvaluation | None, list[Problem]]:
    """The forms with everything that the report needs, and what is wrong with it."""
    reading = FactReading(sheets, year, catalog)
    facts = reading.facts(evaluations, catalog.report_words(layouts))
    if reading.problems:
        return None, reading.problems
    texts: dict[str, tuple[Row, ...]] = {}
    for record in sheets[TEXTS]:
        source = Source(shown(TEXTS), TEXTS, record.number)
        told = Row({POSITION: record["位置"], WORDS: record["文字"]}, source)
        texts[record["位置"]] = (*texts.get(record["位置"], ()), told)
    rows = {
        Source(shown(name), name, record.number): record.cells
        for name in (PROJECTS, MONEY, BASICS, INDICATORS)
        for record in sheets[name]
    }
    return (
        SelfEvaluation(
            tuple(evaluations), layouts, facts.entries, facts.stated, _registers(evaluations), texts, rows,
            TEXTS in sheets.kept,
        ),
        [],
    )  # fmt: skip


def _registers(evaluations: Sequence[Evaluation]) -> dict[str, Kept]:
    """The projects and the indicators, for the loops of the report."""
    projects: list[Row] = []
    rated: list[Row] = []
    for evaluation in evaluations:
        form = evaluation.form
        if form.scope == "project":
            projects.append(Row({ITEM: form.project}, Source(shown(PROJECTS), PROJECTS, form.id)))
            continue
        for number, item in enumerate(evaluation.rated, start=1):
            indicator = item.indicator
            values = {
                LEVEL: indicator.level1,
                NAME: indicator.name,
                ACTUAL: indicator.actual.text if indicator.actual else "",
            }
            rated.append(Row(values, Source(shown(INDICATORS), INDICATORS, number)))
    return {EVALUATED: Kept(bool(projects), tuple(projects)), RATED: Kept(bool(rated), tuple(rated))}
