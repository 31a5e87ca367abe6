"""What the report of a self-evaluation is told from, besides the forms: the names of its registers and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Catalog, fold
from gouji.catalog.phrases import PhraseSet
from gouji.facts import Fact, fact
from gouji.performance import Evaluation
from gouji.registers.amount import read_amount
from gouji.registers.book import Entry, Figure, Source
from gouji.registers.evaluation_money import WHOLE
from gouji.registers.performance_sheets import (
    BASIC_COLUMNS,
    BASICS,
    MONEY,
    PRIOR_SPENT,
    PROJECTS,
    STAGES,
    PerformanceSheets,
    Record,
    shown,
)
from gouji.registers.problem import Problem
from gouji.registers.sheet import Flaw

EVALUATED, RATED = "绩效项目", "绩效指标"
"""What the loops of the report run over: the projects, and the indicators."""
LEVEL, NAME, ACTUAL = "一级指标", "三级指标", "完成值"
_APART = ("stage", "fiscal_year")


class Facts(NamedTuple):
    """``stated`` are all facts; ``entries`` those that lie inside no other, so that what was not stated adds up."""

    entries: tuple[Entry, ...]
    stated: Mapping[Fact, Figure]


class FactReading:
    """Takes facts from the registers. What is wrong goes to ``problems``, what was not used to ``notices``."""

    def __init__(self, sheets: PerformanceSheets, year: int, catalog: Catalog) -> None:
        self.sheets, self.year = sheets, year
        self.dimensions, self.wording = catalog.dimensions, catalog.performance
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def facts(self, evaluations: Sequence[Evaluation], phrases: PhraseSet | None) -> Facts:
        basics = dict(self._basics(phrases))
        entries = tuple(
            Entry(of.concept, dict(of.dims), figure.amount, figure.sources[0])
            for of, figure in basics.items()
            if not any(other is not of and self._inside(of, other) for other in basics)
        )
        return Facts(entries, basics | dict(self._evaluated(evaluations)))

    def _basics(self, phrases: PhraseSet | None) -> Iterator[tuple[Fact, Figure]]:
        """The basic data (基础数据): each row names a measure of the report by its title."""
        known = (
            {measure.title: measure for measure in phrases.measures.values()} if phrases is not None else {}
        )
        seen: dict[str, int] = {}
        for record in self.sheets[BASICS]:
            measure = known.get(record["项目"])
            if measure is None:
                text = (
                    f"不认识“{record['项目']}”；可用的有：{'、'.join(known) or '无（这套绩效表样没有报告）'}"
                )
                self._wrong(BASICS, record, "项目", text)
                continue
            if seen.setdefault(measure.title, record.number) != record.number:
                self._wrong(BASICS, record, "项目", f"“{measure.title}”在第{seen[measure.title]}行已经填过")
                continue
            for stage, column in BASIC_COLUMNS:
                if (amount := self._amount(BASICS, record, column)) is not None:
                    yield self._turned(measure.fact, stage), Figure(amount, (_source(BASICS, record),))

    def _turned(self, of: Fact, stage: str) -> Fact:
        if stage == "prior":
            return of.slice("fiscal_year", str(self.year - 1))
        return of.slice("stage", stage) if stage else of

    def _evaluated(self, evaluations: Sequence[Evaluation]) -> Iterator[tuple[Fact, Figure]]:
        """What the forms state of the whole body and of each project."""
        for evaluation in evaluations:
            form = evaluation.form
            whole = form.scope == "department"
            name = form.body if whole else form.project
            dims = {} if whole else {"pro_code": name}
            for stage, column in STAGES:
                figure = self._sum(name, column)
                if figure is None:
                    continue
                if stage == "spent":
                    yield fact("performance_spent", **dims), figure
                else:
                    yield fact("performance_spent", **dims, stage=stage), figure
                if stage == "budget":
                    yield fact("performance_budget", **dims), figure
            record = next(row for row in self.sheets[PROJECTS] if row.number == form.id)
            prior = self._amount(PROJECTS, record, PRIOR_SPENT)
            if prior is not None:
                at = Figure(prior, (_source(PROJECTS, record),))
                yield fact("performance_spent", **dims, fiscal_year=str(self.year - 1)), at
            if whole and form.total_score is not None and form.total_score.value is not None:
                yield fact("performance_score"), Figure(form.total_score.value, (_source(PROJECTS, record),))

    def _sum(self, project: str, column: str) -> Figure | None:
        """The sources of money that make up the whole, as the form adds them: its own first row."""
        sources = (*self.wording.money_parts, WHOLE)
        rows = [
            row
            for row in self.sheets[MONEY]
            if row["项目"] == project and self.wording.money_rows.get(fold(row["资金"])) in sources
        ]
        amounts = [(read_amount(row[column] or None), row) for row in rows]
        known = [(amount, row) for amount, row in amounts if isinstance(amount, Decimal)]
        if not known:
            return None
        return Figure(
            sum((amount for amount, _ in known), Decimal(0)), tuple(_source(MONEY, row) for _, row in known)
        )

    def _amount(self, name: str, record: Record, column: str) -> Decimal | None:
        value = read_amount(record[column] or None)
        if isinstance(value, Flaw):
            self._wrong(name, record, column, value.text)
            return None
        return value

    def _inside(self, part: Fact, whole: Fact) -> bool:
        """Whether one fact is a part of another: same time and stage, narrower in something."""
        if part.concept != whole.concept or any(part.member(d) != whole.member(d) for d in _APART):
            return False
        within = dict(part.dims)
        return all(
            name in within
            and (within[name] == member or self.dimensions[name].contains(member, within[name]))
            for name, member in whole.dims
        )

    def _wrong(self, name: str, record: Record, column: str, text: str) -> None:
        self.problems.append(Problem(shown(name), text, row=record.number, column=column))


def _source(name: str, record: Record) -> Source:
    return Source(shown(name), name, record.number)
