"""A monitor as rows of texts, for the page and the workbook alike."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from gouji.facts import Unit, render
from gouji.monitoring import Colour, Execution, Light, Monitor, Progress, Watched

NUMERALS = ("一", "二", "三", "四")


class Mark(NamedTuple):
    """A light as it is shown: colour, rule and reason."""

    colour: Colour
    text: str


def wan(amount: Decimal) -> str:
    """元 as 万元, two decimals."""
    return render(amount, Unit.WAN_YUAN, 2)


def percent(share: Decimal) -> str:
    return f"{share:.2f}%"


def money_heads(monitor: Monitor) -> list[str]:
    return ["项目", "全年预算数", *quarter_heads(monitor), "累计支出", "支出进度", "应有进度", "预计全年支出"]


def quarter_heads(monitor: Monitor) -> list[str]:
    return [f"{NUMERALS[number]}季度" for number in range(monitor.quarter)]


def money_row(watched: Watched, execution: Execution) -> list[str]:
    """What was paid in each quarter, in 万元."""
    due = percent(execution.due) + ("（计划）" if execution.planned else "")
    forecast = wan(execution.forecast) if execution.forecast is not None else "—"
    return [
        watched.name, wan(execution.budget), *(wan(amount) for amount in execution.by_quarter),
        wan(execution.spent), percent(execution.progress), due, forecast,
    ]  # fmt: skip


def indicator_heads(monitor: Monitor) -> list[str]:
    return ["指标", "指标值", *(f"{name}末" for name in quarter_heads(monitor)), "预计全年"]


def indicator_row(progress: Progress) -> list[str]:
    """What it came to by the end of each quarter."""
    indicator = progress.indicator
    return [
        indicator.name, indicator.target.text, *(text or "—" for text in progress.texts), forecast_text(progress)
    ]  # fmt: skip


def forecast_text(progress: Progress) -> str:
    """The forecast in the unit of the target, one decimal; money in 万元."""
    target = progress.indicator.target
    if progress.forecast is None:
        return "—"
    if target.unit == "元":
        return f"{wan(progress.forecast)}万元"
    for word, factor in (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4)):
        if target.unit and f"{word}{target.unit}" in target.text:
            return f"{progress.forecast / factor:.2f}{word}{target.unit}"
    return f"{progress.forecast:.1f}{target.unit}"


def mark(light: Light) -> Mark:
    rule = f"（{light.rule}）" if light.rule else ""
    return Mark(light.colour, f"{light.why}{rule}")
