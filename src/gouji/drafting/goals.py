"""The performance targets that a budget prints with its projects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.drafting.note import Matter, Note
from gouji.drafting.rows import Row
from gouji.performance import Indicator, Operator, PerformanceForm, Shape
from gouji.performance.targets import CANNOT_STAND_IN_NAMES
from gouji.registers.target_schema import (
    GOAL,
    GOAL_TEXTS,
    GOALS,
    INDICATORS,
    LEVEL2,
    NAME,
    OPERATOR,
    TARGET_PROJECT,
    UNIT,
    VALUE,
    WEIGHT,
    WHOLE,
)

_SIGNS = {Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUAL, Operator.MORE, Operator.LESS}
_IN_NAMES = str.maketrans(dict.fromkeys(CANNOT_STAND_IN_NAMES, "、"))


def targets_of(
    forms: Iterable[PerformanceForm], wording: PerformanceWording
) -> tuple[list[Row], list[Row], list[Note]]:
    """Rows of 绩效目标 and of 绩效指标, and what could not be kept."""
    goals: dict[str, Row] = {}
    indicators: list[Row] = []
    notes: list[Note] = []
    seen: set[tuple[str, str, str]] = set()
    for form in forms:
        if form.kind != "targets":
            continue
        project = WHOLE if form.scope == "department" else "".join(form.project.split())
        if not project:
            notes.append(
                Note(
                    Matter.LEFT_OUT,
                    f"绩效目标表（{form.title or form.name}）没有项目名称，没有收入",
                    GOALS.name,
                )
            )
            continue
        texts = {
            column: _one_line(form.texts[id].text) for id, column in GOAL_TEXTS.items() if id in form.texts
        }
        goal = {GOAL: _one_line(form.goal)} if form.goal else {}
        goals[project] = {TARGET_PROJECT: project, **texts, **goal, **goals.get(project, {})}
        for indicator in form.indicators:
            row = _row(project, indicator, wording)
            if row is None:
                text = f"“{project}”的指标“{indicator.name}”不知道属于哪一类，没有收入"
                notes.append(Note(Matter.LEFT_OUT, text, INDICATORS.name))
                continue
            key = (project, str(row[LEVEL2]), str(row[NAME]))
            if key in seen:
                text = f"“{project}”的指标“{indicator.name}”列了不止一次，只收第一次"
                notes.append(Note(Matter.LEFT_OUT, text, INDICATORS.name))
                continue
            seen.add(key)
            indicators.append(row)
    return list(goals.values()), indicators, notes


def _row(project: str, indicator: Indicator, wording: PerformanceWording) -> Row | None:
    level2 = _category(indicator, wording)
    name = _one_line(indicator.name).translate(_IN_NAMES).strip("、")
    if not level2 or not name:
        return None
    value = indicator.target
    weight = (
        {WEIGHT: indicator.weight.text.strip()} if indicator.weight and indicator.weight.text.strip() else {}
    )
    head = {TARGET_PROJECT: project, LEVEL2: level2, NAME: name, **weight}
    if value.shape is Shape.QUANTITY and value.operator in _SIGNS and value.low is not None:
        return {**head, OPERATOR: value.operator.value, VALUE: f"{value.low.normalize():f}", UNIT: value.unit}
    text = _one_line(value.text)
    return {**head, OPERATOR: Operator.QUALITATIVE.value, VALUE: text} if text else head


def _category(indicator: Indicator, wording: PerformanceWording) -> str:
    """What a register calls the category, empty where it is not known."""
    if label_of(indicator.level2) in wording.categories:
        return indicator.level2.strip()
    known = wording.name_of.get(f"{indicator.level}/{indicator.category}", "")
    return known if label_of(known) in wording.categories else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def named(rows: Sequence[Row], projects: Iterable[str]) -> list[Row]:
    """The rows with the names of the projects of the lines, where only blanks, brackets or quotes differ."""
    known = {fold(project): project for project in projects}
    return [
        {**row, TARGET_PROJECT: known.get(fold(str(row[TARGET_PROJECT])), row[TARGET_PROJECT])}
        for row in rows
    ]
