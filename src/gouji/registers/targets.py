"""From the registers of targets to what each project is to achieve, or to all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.catalog import Catalog, label_of
from gouji.facts import Place
from gouji.performance import RowText, Shape, Target, Targets
from gouji.performance.targets import CANNOT_STAND_IN_NAMES
from gouji.registers.book import Book
from gouji.registers.problem import Problem
from gouji.registers.records import ABSENT, Kept, Record
from gouji.registers.target_schema import (
    ALLOCATION,
    DIRECTION,
    EARMARKED,
    GOAL_TEXTS,
    GOALS,
    INDICATORS,
    LEVEL1,
    LEVEL2,
    MANAGEMENT,
    NAME,
    OPERATOR,
    TARGET_PROJECT,
    UNIT,
    VALUE,
    WEIGHT,
    WHOLE,
)

_FUND_TEXTS = {"direction": DIRECTION, "management": MANAGEMENT, "allocation": ALLOCATION}
_COLUMNS = {
    "level1": LEVEL1, "level2": LEVEL2, "name": NAME, "operator": OPERATOR, "target": VALUE, "unit": UNIT,
    "weight": WEIGHT,
}  # fmt: skip
"""Column of a performance form -> column of the register."""


def read_targets(kept: Mapping[str, Kept], catalog: Catalog) -> tuple[tuple[Targets, ...], list[Problem]]:
    """The targets of each project in the order of 绩效目标, and what keeps them from being used."""
    goals = kept.get(GOALS.name, ABSENT).records
    indicators = kept.get(INDICATORS.name, ABSENT).records
    funds = kept.get(EARMARKED.name, ABSENT).records
    problems = [*_unlisted(goals, indicators)]
    rows = RowText(catalog.performance)
    found: dict[str, list[Target]] = {}
    for record in indicators:
        flaws = [*_flaws(record, catalog)]
        problems += [_problem(record, column, text) for column, text in flaws]
        if not flaws:
            texts = {id: record.text(column) for id, column in _COLUMNS.items() if record.text(column)}
            place = Place(record.source.file, None, None, f"第{record.source.row}行")
            indicator = rows.indicator({"target": "", **texts}, place)
            if indicator.target.shape is Shape.COMPOUND:
                text = (
                    f"看不出“{record.text(VALUE)}”是一个数，还是一句话：一个指标填一个数，有几个数的分成几行"
                )
                problems.append(_problem(record, VALUE, text))
            found.setdefault(_project(record), []).append(
                Target(indicator, record.text(UNIT), str(record.source))
            )
    of_funds = {
        name: {id: text for id, column in _FUND_TEXTS.items() if (text := _first(funds, name, column))}
        for name in dict.fromkeys(map(_project, funds))
    }
    texts_of = {
        _project(record): {id: text for id, column in GOAL_TEXTS.items() if (text := record.text(column))}
        for record in goals
    }
    names = dict.fromkeys((*texts_of, *of_funds))
    return tuple(
        Targets(name, {**of_funds.get(name, {}), **texts_of.get(name, {})}, tuple(found.get(name, ())))
        for name in names
    ), problems


def target_oddities(targets: Sequence[Targets], book: Book, file: str) -> Iterator[Problem]:
    """Targets of projects without money, and projects without targets: worth a look."""
    if not any(one.targets for one in targets):
        return
    current = {"nature": "project", "fund_year": "current"}
    planned = dict.fromkeys(
        (*book.members("expenditure", "pro_code", current), *book.members("earmarked", "pro_code", {}))
    )
    known = {one.project for one in targets if one.targets}
    for name in planned:
        if name not in known:
            yield Problem(file, f"项目“{name}”本年安排了预算，还没有绩效指标", INDICATORS.name)
    for name in known - planned.keys() - {""}:
        yield Problem(
            file, f"项目“{name}”有绩效指标，本年没有安排预算，不会印在绩效目标表里", INDICATORS.name
        )


def _project(record: Record) -> str:
    """The project that a row is about, without blanks as published names are read; empty for the body as a whole."""
    name = "".join(record.text(TARGET_PROJECT).split())
    return "" if name == WHOLE else name


def _first(records: Sequence[Record], project: str, column: str) -> str:
    texts = (record.text(column) for record in records if _project(record) == project)
    return next(filter(None, texts), "")


def _unlisted(goals: Sequence[Record], indicators: Sequence[Record]) -> Iterator[Problem]:
    listed = set(map(_project, goals))
    for record in indicators:
        if _project(record) not in listed:
            text = f"“{record.text(TARGET_PROJECT)}”没有列在“{GOALS.name}”里"
            yield _problem(record, TARGET_PROJECT, text)


def _flaws(record: Record, catalog: Catalog) -> Iterator[tuple[str, str]]:
    wording = catalog.performance
    category = wording.categories.get(label_of(record.text(LEVEL2)), "")
    if not category:
        known = "、".join(
            dict.fromkeys(wording.name_of[f"{wording.level_of[id]}/{id}"] for id in wording.level_of)
        )
        yield LEVEL2, f"不认识“{record.text(LEVEL2)}”；可以填：{known}"
    level = record.text(LEVEL1)
    if level and category and wording.levels.get(label_of(level)) != wording.level_of[category]:
        known = wording.name_of[f"/{wording.level_of[category]}"]
        yield LEVEL1, f"“{record.text(LEVEL2)}”属于{known}，写的是“{level}”"
    if any(character in CANNOT_STAND_IN_NAMES for character in record.text(NAME)):
        yield NAME, "指标名称里不能有逗号、分号和句号：公开表一格里有几个指标，读的人以它们分开"


def _problem(record: Record, column: str, text: str) -> Problem:
    source = record.source
    return Problem(source.file, text, source.sheet, source.row, column)
