"""Whether an actual value reaches its target, and by how much (目标值与完成值)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gouji.performance.indicator import Indicator
from gouji.performance.value import Operator, Value


class Reached(StrEnum):
    """``unknown`` when the two cannot be compared: ``why`` of the reach says why."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Reach(NamedTuple):
    """``ratio`` is actual to target (``None`` when the target is zero or nothing can be compared); ``why`` is in
    Chinese."""

    reached: Reached
    ratio: Decimal | None
    why: str = ""


def reach(target: Value, actual: Value) -> Reach:
    """Compare. A unit that only one of the two states is taken to be that of both; a bound in place of an actual
    value (≥90% for ≥90%) proves nothing."""
    if not target.is_quantity or not actual.is_quantity:
        return Reach(Reached.UNKNOWN, None, "指标值或完成值不是单一的数量")
    if target.unit and actual.unit and target.unit != actual.unit:
        return Reach(Reached.UNKNOWN, None, f"单位不同：{target.unit}与{actual.unit}")
    assert target.low is not None
    assert target.high is not None
    assert actual.low is not None
    done, low, high = actual.low, target.low, target.high
    if target.unit != actual.unit and _is_scaled(target) != _is_scaled(actual):
        return Reach(Reached.UNKNOWN, None, "一处带量级，一处没有单位")
    if target.unit == "%" and not actual.unit and done <= 1 < low:
        return Reach(Reached.UNKNOWN, None, "完成值没有写%，可能是比例")
    ratio = done / low if low else None
    if target.operator is Operator.BETWEEN and done > high:
        return Reach(Reached.UNKNOWN, ratio, "完成值超出指标值的范围，不能确定多了好还是少了好")
    return Reach(Reached.MET if _satisfies(target.operator, done, low, high) else Reached.MISSED, ratio)


def fulfilment(indicator: Indicator) -> Reach:
    """How an indicator's actual value compares with its target. A bare figure says nothing about its direction where
    less may be better (costs, times, nothing at all): falling short of it there proves nothing."""
    if indicator.actual is None:
        return Reach(Reached.UNKNOWN, None, "没有完成值")
    compared = reach(indicator.target, indicator.actual)
    bare = indicator.target.operator is Operator.EQUAL
    if compared.reached is Reached.MISSED and bare and _may_be_less(indicator):
        return Reach(Reached.UNKNOWN, compared.ratio, "指标值没有写明是不高于还是不低于")
    if compared.reached is Reached.MET and bare and not indicator.target.low and indicator.actual.low:
        return Reach(Reached.UNKNOWN, None, "指标值为零，完成值不为零")
    return compared


_ALL = Decimal(100)
_SHORT_TIMES = frozenset({"分钟", "小时", "秒", "工作日"})
"""Units in which a bare figure is a limit of time, whatever category it stands in."""


def _may_be_less(indicator: Indicator) -> bool:
    """Costs and times, by their category or by their unit; of money spent less may be better, too. Of what is to be done in
    time all (及时率100%) is never a ceiling."""
    of_kind = indicator.level == "cost" or "cost" in indicator.category
    all_of_it = indicator.target.unit == "%" and indicator.target.low == _ALL
    of_kind = of_kind or (indicator.category == "timeliness" and not all_of_it)
    return of_kind or indicator.target.unit in _SHORT_TIMES or indicator.target.unit == "元"


def _satisfies(operator: Operator, done: Decimal, low: Decimal, high: Decimal) -> bool:
    """A bare figure is a plan: delivering more than 3 场 meets it."""
    if operator is Operator.AT_MOST:
        return done <= high
    if operator is Operator.LESS:
        return done < high
    if operator is Operator.MORE:
        return done > low
    if operator is Operator.BETWEEN:
        return low <= done <= high
    return done >= low


def _is_scaled(value: Value) -> bool:
    """Whether the figure was multiplied by a magnitude: without a unit on the other side it is not known whether that
    one means the same."""
    return any(word in value.text for word in ("万", "亿"))
