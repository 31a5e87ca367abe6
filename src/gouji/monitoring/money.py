"""Execution of the budget by quarter, from the ledger of payments."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.catalog import MonitoringMethod
from gouji.monitoring.course import Execution
from gouji.monitoring.ledger import Payment
from gouji.monitoring.light import light

_HUNDRED = Decimal(100)
_YEAR = Decimal(4)


def execution(
    budget: Decimal,
    payments: Sequence[Payment],
    quarter: int,
    plan: tuple[Decimal, ...] | None,
    method: MonitoringMethod,
) -> Execution:
    """What was spent up to a quarter, against the time that has passed or the plan. ``budget`` is above zero; ``plan``
    are the shares of it, in per cent, that shall be spent by the end of each quarter."""
    counted = tuple(payment for payment in payments if payment.quarter <= quarter)
    by_quarter = tuple(
        sum((payment.amount for payment in counted if payment.quarter == number), Decimal(0))
        for number in range(1, quarter + 1)
    )
    due = plan[quarter - 1] if plan else _HUNDRED * quarter / _YEAR
    spent = sum(by_quarter, Decimal(0))
    forecast = spent * _HUNDRED / due if due else None
    progress = spent / budget * _HUNDRED
    basis = "计划进度" if plan else "时间进度"
    lights = [
        light(
            method.lights["execution"], progress - due,
            f"支出进度{progress:.2f}%，{basis}{due:.2f}%，相差{progress - due:+.2f}个百分点",
        )
    ]  # fmt: skip
    if forecast is not None:
        rate = forecast / budget * _HUNDRED
        lights.append(light(method.lights["execution_forecast"], rate, f"预计全年执行率{rate:.2f}%"))
    return Execution(budget, by_quarter, due, plan is not None, forecast, tuple(lights), counted)
