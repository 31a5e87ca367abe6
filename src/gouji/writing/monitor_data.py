"""A monitor as data (JSON): every figure with its quarter, its light and the rows behind it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from gouji.monitoring import Execution, Light, Monitor, Progress

SCHEMA = "gouji/monitor/1"
_CENT = Decimal("0.01")


def monitor_json(monitor: Monitor) -> bytes:
    """Amounts of money are in 元, shares in per cent; both are texts, so that no digit is lost."""
    method = monitor.method
    data = {
        "schema": SCHEMA,
        "body": monitor.body,
        "year": monitor.year,
        "quarter": monitor.quarter,
        "forecast": {"title": method.forecast, "explains": method.forecast_explains},
        "source": method.source,
        "bounds_source": method.bounds_source,
        "rules": [
            {"id": rule.id, "title": rule.title, "measure": rule.measure, "unit": rule.unit, "green": str(rule.green),
             "amber": str(rule.amber), "most": None if rule.most is None else str(rule.most)}
            for rule in method.lights.values()
        ],
        "watched": [
            {
                "name": watched.name,
                "whole": watched.whole,
                "colour": watched.colour.value,
                "execution": _execution(watched.execution) if watched.execution else None,
                "why": watched.why,
                "indicators": [_progress(progress) for progress in watched.indicators],
            }
            for watched in monitor.watched
        ],
        "notices": [str(notice) for notice in monitor.notices],
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _execution(execution: Execution) -> dict[str, Any]:
    return {
        "budget": str(execution.budget),
        "by_quarter": [str(amount) for amount in execution.by_quarter],
        "spent": str(execution.spent),
        "progress": str(execution.progress.quantize(_CENT)),
        "due": str(execution.due.quantize(_CENT)),
        "planned": execution.planned,
        "forecast": _rounded(execution.forecast),
        "lights": [_light(light) for light in execution.lights],
        "payments": [
            {"row": payment.row, "quarter": payment.quarter, "amount": str(payment.amount), **payment.record.cells}
            for payment in execution.payments
        ],
    }  # fmt: skip


def _progress(progress: Progress) -> dict[str, Any]:
    indicator = progress.indicator
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "target": indicator.target.text,
        "unit": indicator.target.unit,
        "by_quarter": [None if amount is None else str(amount) for amount in progress.by_quarter],
        "texts": list(progress.texts),
        "planned": progress.planned,
        "due": None if progress.due is None else str(progress.due),
        "forecast": _rounded(progress.forecast),
        "light": _light(progress.light),
        "how": progress.trace.how if progress.trace else "",
        "rows": [row.number for row in progress.trace.rows] if progress.trace else [],
    }


def _light(light: Light) -> dict[str, str]:
    return {"colour": light.colour.value, "rule": light.rule, "why": light.why}


def _rounded(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount.quantize(_CENT))
