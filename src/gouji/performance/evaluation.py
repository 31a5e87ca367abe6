"""A self-evaluation made from registers: each actual value with the rows that it is counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouji.performance.form import PerformanceForm
from gouji.performance.indicator import Indicator
from gouji.performance.scoring import Adopted


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of an activity register (活动登记): its number in the file and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where an actual value comes from. ``how`` says in Chinese how it was counted; ``file`` is the register."""

    how: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """An indicator with its adopted score and, where its actual value was counted, the trace of it."""

    indicator: Indicator
    score: Adopted
    trace: Trace | None


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """One form with its indicators rated. ``form`` states what is printed."""

    form: PerformanceForm
    rated: tuple[Rated, ...]
