"""A self-evaluation scored anew (重新评分): what the method gives, row by row, for the execution and in total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gouji.catalog import ScoringMethod
from gouji.performance.form import PerformanceForm
from gouji.performance.scoring import Scored, execution_score, rounded, score_indicator


@dataclass(frozen=True, slots=True)
class Rescored:
    """``rows`` are the marks of the indicators in their order (``None`` without a weight). ``execution`` is rounded as the
    form prints it, ``None`` where the form gives no marks for it or no money to compute them from. ``total`` takes a
    score that a person decides within the bounds of the method as it is stated; ``None`` where one is missing."""

    rows: tuple[Scored | None, ...]
    execution: Decimal | None
    total: Decimal | None


def rescored(form: PerformanceForm, method: ScoringMethod) -> Rescored:
    """Score a form by a method, whatever scores it states."""
    rows = tuple(score_indicator(indicator, method) for indicator in form.indicators)
    execution = _execution(form)
    points: list[Decimal | None] = []
    for indicator, scored in zip(form.indicators, rows, strict=True):
        if indicator.score is not None and indicator.score.joint:
            continue
        stated = indicator.score.value if indicator.score is not None else None
        computed = scored.computed if scored is not None else None
        points.append(stated if computed is None else computed)
    if not points or None in points or (execution is None and form.execution_score is not None):
        return Rescored(rows, execution, None)
    return Rescored(rows, execution, sum((p for p in points if p is not None), execution or Decimal(0)))


def _execution(form: PerformanceForm) -> Decimal | None:
    row, weight = form.money_row("total"), form.execution_weight
    amounts = row.amounts if row is not None else {}
    if weight is None or weight.value is None or not {"budget", "spent"} <= set(amounts):
        return None
    exact = execution_score(amounts["budget"].printed.base, amounts["spent"].printed.base, weight.value)
    stated = form.execution_score
    return rounded(exact, max(stated.decimals, 1) if stated is not None else 1) if exact is not None else None
