"""A performance form (绩效目标表、绩效自评表): head, money, goals, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from gouji.facts import Place, Printed
from gouji.performance.indicator import Indicator, Share


class Words(NamedTuple):
    """A text of a form, where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of the grid of money, where it stands."""

    printed: Printed
    place: Place


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One row of the grid of money (项目资金). ``id`` is what the catalogue calls it (empty: an unknown source), ``amounts`` by column
    (initial, budget, spent); a form of targets has ``budget`` only. ``block`` counts grids that stand side by side
    (实施期 and 年度)."""

    id: str
    label: str
    amounts: Mapping[str, Amount]
    block: int = 0


TEXTS_KEPT = frozenset(
    {
        "opinion",
        "reviewer",
        "conclusion",
        "achievements",
        "problems",
        "suggestions",
        "causes",
        "cycle_goal",
        "adjusted_goal",
        "initial_goal",
    }
)
"""What the catalogue calls the labels whose words a form keeps as its texts."""


class TaskRow(NamedTuple):
    """One of the year's tasks in the form of a department (年度主要任务), with the score it got. ``sources`` are the parts
    of its budget by what the catalogue calls the rows of money."""

    name: str
    content: str
    result: str
    budget: Amount | None
    spent: Amount | None
    weight: Share | None
    score: Share | None
    place: Place
    sources: Mapping[str, Amount] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class PerformanceForm:
    """One form as read, or as built.

    ``kind`` is targets, monitoring (what was reached during the year), self_evaluation (after it, by the body or by
    somebody it asked) or ex_ante (事前绩效评估: whether a project should be begun); ``scope`` is project, department or
    transfer, empty when the title does not say. ``execution_*`` are those of the row of the whole money; ``total_*`` those of the last row.
    """

    id: int
    kind: str
    scope: str
    title: str
    place: Place
    pages: list[int] = field(default_factory=list)
    project: str = ""
    programme: str = ""
    """What the project is a part of (一级项目名称)."""
    department: str = ""
    body: str = ""
    goal: str = ""
    result: str = ""
    money: list[MoneyRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    execution_weight: Share | None = None
    execution_rate: Share | None = None
    execution_score: Share | None = None
    total_weight: Share | None = None
    total_score: Share | None = None
    total_place: Place | None = None
    grade: str = ""
    level_shares: dict[str, Decimal] = field(default_factory=dict)
    """Level as printed -> the weight printed with it: 产出指标（50分）."""
    texts: dict[str, Words] = field(default_factory=dict)
    """Goals of the whole period, opinions, problems and the like by what the catalogue calls them."""
    cells: list[Words] = field(default_factory=list)
    """In a form with a column for each category, the cells that list indicators, as printed."""
    explains: bool = True
    """Whether the form has room for causes: a column, or a text below the indicators."""
    placed: bool = True
    """Whether its rows are known to stand under their heads; nothing is checked in it otherwise."""
    why: list[str] = field(default_factory=list)
    """In Chinese: what was not understood."""

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.project or self.programme or self.title or self.body

    def money_row(self, id: str, block: int = 0) -> MoneyRow | None:
        return next((row for row in self.money if row.id == id and row.block == block), None)
