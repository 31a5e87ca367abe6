"""Scores (得分): what a method gives for an indicator, for execution and in total, beside what a form states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gouji.catalog import ScoringMethod
from gouji.performance.indicator import Indicator
from gouji.performance.reach import Reached, fulfilment
from gouji.performance.value import Operator

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a method gives: ``computed`` when it follows from the figures, else ``None`` and ``low``..``high`` are what
    a person may decide within. ``band`` is that of a stated score of a qualitative indicator; ``why`` is in Chinese."""

    computed: Decimal | None
    low: Decimal
    high: Decimal
    band: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A score that a person changed: the computed one stays beside it, and the change needs a reason."""

    computed: Decimal | None
    given: Decimal
    reason: str

    def __post_init__(self) -> None:
        if self.computed is not None and self.given != self.computed and not self.reason.strip():
            raise ValueError("改动得分须写明理由")


def score_indicator(indicator: Indicator, method: ScoringMethod) -> Scored | None:
    """What the method gives for an indicator: full marks on reaching the target, in proportion below it, and a
    band for a person to choose from where nothing can be counted. ``None`` without a weight."""
    if indicator.weight is None or indicator.weight.value is None:
        return None
    weight = indicator.weight.value
    compared = fulfilment(indicator)
    if compared.reached is Reached.MET:
        return Scored(weight, weight, weight)
    if compared.reached is Reached.UNKNOWN:
        return Scored(None, Decimal(0), weight, _band(indicator, weight, method), compared.why)
    falls_short = indicator.target.operator in (Operator.AT_LEAST, Operator.MORE, Operator.EQUAL)
    if falls_short and compared.ratio is not None and compared.ratio >= 0:
        proportion = weight * compared.ratio
        return Scored(proportion, proportion, proportion)
    return Scored(None, Decimal(0), weight, why="没有达到目标；反向指标没有统一的折算办法")


def score_agrees(indicator: Indicator, method: ScoringMethod) -> bool | None:
    """Whether the score that a form states is what the method gives, at the decimals it is printed with; what a person
    decides agrees when it lies within what may be decided. ``None`` where the form states no score."""
    scored = score_indicator(indicator, method)
    if scored is None or indicator.score is None or indicator.score.value is None or indicator.actual is None:
        return None
    stated, decimals = indicator.score.value, max(indicator.score.decimals, 1)
    return rounded(scored.low, decimals) <= stated <= rounded(scored.high, decimals)


def _band(indicator: Indicator, weight: Decimal, method: ScoringMethod) -> str:
    if indicator.score is None or indicator.score.value is None or not weight:
        return ""
    share = indicator.score.value / weight * _HUNDRED
    return next((band.name for band in method.bands if band.low <= share <= band.high), "")


def execution_score(budget: Decimal, spent: Decimal, weight: Decimal) -> Decimal | None:
    """Execution rate times its weight, never more than the weight; ``None`` without a budget. Not rounded."""
    return min(weight, weight * spent / budget) if budget > 0 else None


def rounded(score: Decimal, decimals: int) -> Decimal:
    """Rounded half up, as forms print it."""
    return score.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def grade(total: Decimal, method: ScoringMethod) -> str:
    """The grade (优、良、中、差) of a total score."""
    return next(band.name for band in method.grades if total >= band.low)


def level_weights(indicators: Iterable[Indicator]) -> dict[str, Decimal]:
    """Level as printed -> the sum of its weights, in order of appearance."""
    sums: dict[str, Decimal] = {}
    for indicator in indicators:
        if indicator.weight is not None and indicator.weight.value is not None:
            sums[indicator.level1] = sums.get(indicator.level1, Decimal(0)) + indicator.weight.value
    return sums
