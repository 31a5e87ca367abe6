"""A self-evaluation made from registers: each actual value with the rows that it follows from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouji.catalog import PerformanceLayout
from gouji.performance.form import PerformanceForm
from gouji.performance.indicator import Indicator
from gouji.performance.scoring import Adopted


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of a register: its number in the file and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where an actual value comes from. ``how`` says in Chinese how it was counted; ``file`` is the register;
    ``counted`` tells what follows from the rows from what a person wrote down."""

    how: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Rated:
    """An indicator with its adopted score (``None`` in a form without weights) and the trace of its actual value
    (``None`` where it is blank)."""

    indicator: Indicator
    score: Adopted | None
    trace: Trace | None


@dataclass(frozen=True, slots=True)
class Task:
    """One of the year's tasks (年度主要任务) in the form of a department: texts by column of the layout."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """One form with its indicators rated. ``form`` states what is printed, ``layout`` says where; ``texts`` are what
    the register of projects says of it, by column."""

    form: PerformanceForm
    rated: tuple[Rated, ...]
    layout: PerformanceLayout
    texts: Mapping[str, str]
    tasks: tuple[Task, ...] = ()
