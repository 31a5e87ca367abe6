"""Indicators of performance forms as rows (绩效指标明细): the contract of ``gouji read --indicators``, for other tools."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from gouji.catalog import ScoringMethod
from gouji.performance import (
    Indicator,
    PerformanceForm,
    Scored,
    Share,
    Value,
    fulfilment,
    rescored,
    score_agrees,
)
from gouji.reading.result import Reading

INDICATOR_COLUMNS = (
    "file", "page", "form", "kind", "scope", "project", "body", "row", "level1", "level2", "level", "category", "name", "type",
    "target", "operator", "low", "high", "unit", "half_target", "cycle_target", "actual", "actual_low", "actual_unit",
    "reached", "weight", "score", "computed", "agrees", "why", "cause",
)  # fmt: skip
"""One row per indicator, in the order of the forms; below those of a form that gives marks one for the execution of the
budget and one for the total (``row``). ``target``, ``actual``, ``weight`` and ``score`` are as printed; ``low`` and
``high`` in ``unit``, magnitudes multiplied out. ``computed`` is what the method gives, empty where a person has to
decide; ``agrees`` says whether the stated score is that, or within what may be decided; ``why`` is in Chinese."""


def indicator_rows(readings: Iterable[Reading], method: ScoringMethod) -> Iterator[dict[str, Any]]:
    """All rows of all forms, under the keys of INDICATOR_COLUMNS, with JSON types."""
    for reading in readings:
        for form in reading.performance:
            yield from _rows_of(form, method)


def _rows_of(form: PerformanceForm, method: ScoringMethod) -> Iterator[dict[str, Any]]:
    again = rescored(form, method)
    for indicator, scored in zip(form.indicators, again.rows, strict=True):
        yield {**_of_form(form), **_of_indicator(indicator, scored, method)}
    if form.execution_score is not None and form.execution_weight is not None:
        yield {
            **_of_form(form),
            "row": "execution",
            "name": "预算执行率",
            "actual": form.execution_rate.text if form.execution_rate is not None else "",
            **_marks(form.execution_weight, form.execution_score, again.execution),
        }
    if form.total_score is not None:
        yield {
            **_of_form(form),
            "row": "total",
            "name": "总分",
            **_marks(form.total_weight, form.total_score, again.total),
        }


def _of_form(form: PerformanceForm) -> dict[str, Any]:
    return {
        **dict.fromkeys(INDICATOR_COLUMNS, ""),
        "file": form.place.file,
        "page": form.pages[0] if form.pages else form.place.page,
        "form": form.title,
        "kind": form.kind,
        "scope": form.scope,
        "project": form.project,
        "body": form.body,
    }


def _of_indicator(indicator: Indicator, scored: Scored | None, method: ScoringMethod) -> dict[str, Any]:
    actual = indicator.actual
    reached = fulfilment(indicator)
    agrees = score_agrees(indicator, method)
    return {
        "page": indicator.place.page,
        "row": "indicator",
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level": indicator.level,
        "category": indicator.category,
        "name": indicator.name,
        "type": indicator.kind.value,
        **_value(indicator.target),
        "half_target": indicator.half_target.text if indicator.half_target is not None else "",
        "cycle_target": indicator.cycle_target.text if indicator.cycle_target is not None else "",
        "actual": actual.text if actual is not None else "",
        "actual_low": _plain(actual.low) if actual is not None else None,
        "actual_unit": actual.unit if actual is not None else "",
        "reached": reached.reached.value if actual is not None else "",
        "weight": _text(indicator.weight),
        "score": _text(indicator.score),
        "computed": _plain(scored.computed) if scored is not None else None,
        "agrees": agrees,
        "why": indicator.why or (scored.why if scored is not None else ""),
        "cause": indicator.cause,
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "target": value.text,
        "operator": value.operator.value,
        "low": _plain(value.low),
        "high": _plain(value.high),
        "unit": value.unit,
    }


def _marks(weight: Share | None, score: Share, computed: Decimal | None) -> dict[str, Any]:
    return {
        "weight": _text(weight),
        "score": score.text,
        "computed": _plain(computed),
        "agrees": None if computed is None or score.value is None else computed == score.value,
    }


def _text(share: Share | None) -> str:
    return share.text if share is not None else ""


def _plain(amount: Decimal | None) -> str | None:
    """A figure in digits, without zeros behind the point."""
    if amount is None:
        return None
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_json(readings: Iterable[Reading], method: ScoringMethod) -> str:
    """A JSON array, one object to a line."""
    lines = (json.dumps(row, ensure_ascii=False) for row in indicator_rows(readings, method))
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_csv(readings: Iterable[Reading], method: ScoringMethod) -> str:
    """CSV with a head line; ``agrees`` is yes, no or empty."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, INDICATOR_COLUMNS, lineterminator="\n")
    writer.writeheader()
    said = {True: "yes", False: "no", None: "", "": ""}
    for row in indicator_rows(readings, method):
        writer.writerow({**row, "agrees": said[row["agrees"]]})
    return stream.getvalue()
