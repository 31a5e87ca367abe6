"""An indicator (绩效指标): its levels, its kind, what it asks for, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gouji.facts import Place
from gouji.performance.value import Operator, Shape, Value


class Kind(StrEnum):
    """What sort of thing an indicator asks for."""

    QUANTITATIVE = "定量"
    QUALITATIVE = "定性"
    DEADLINE = "时限"
    COST_CEILING = "成本上限"


@dataclass(frozen=True, slots=True)
class Share:
    """A weight or a score (分值、得分) as printed; ``value`` is ``None`` when it is blank or no figure. ``joint`` marks the
    lower rows of a merged cell: its marks are given once, for the row above and this one."""

    text: str
    value: Decimal | None
    decimals: int = 0
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a performance form. ``level1`` and ``level2`` are as printed, ``level`` and ``category`` what the
    catalogue calls them (empty when it does not know). ``actual`` is ``None`` in a form of targets.

    ``cause`` is 偏差原因分析及改进措施; ``target`` and ``cycle_target`` differ where a form states both.
    """

    name: str
    level1: str
    level2: str
    level: str
    category: str
    target: Value
    place: Place
    actual: Value | None = None
    cycle_target: Value | None = None
    half_target: Value | None = None
    """What was to be reached by the middle of the year."""
    weight: Share | None = None
    score: Share | None = None
    cause: str = ""
    why: str = ""
    """In Chinese, when the row could not be understood in full."""

    @property
    def kind(self) -> Kind:
        """Derived from category and value; words are qualitative wherever they stand."""
        ceiling = self.target.operator in (Operator.AT_MOST, Operator.LESS)
        if self.target.is_quantity and ceiling and (self.level == "cost" or "cost" in self.category):
            return Kind.COST_CEILING
        if self.target.shape is Shape.DEADLINE:
            return Kind.DEADLINE
        return Kind.QUANTITATIVE if self.target.is_quantity else Kind.QUALITATIVE

    @property
    def is_typed(self) -> bool:
        """Whether its target was understood: everything but blanks and figures that are not one quantity."""
        return self.target.shape not in (Shape.COMPOUND, Shape.BLANK)
