"""A self-evaluation as data: every indicator with its target, actual value, score and evidence, as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any, NamedTuple

from gouji.performance import Evaluation, Rated, Share, Value
from gouji.writing.evaluation_document import EvaluationDocument


class IndicatorRow(NamedTuple):
    """One indicator. Quantities are in ``unit``, magnitudes multiplied out; ``computed`` is what the method gives, and
    ``reason`` why a person decided otherwise; ``evidence`` names the register and its rows."""

    form: str
    scope: str
    project: str
    level1: str
    level2: str
    name: str
    target: str
    operator: str
    target_low: str
    target_high: str
    unit: str
    actual: str
    actual_value: str
    weight: str
    computed: str
    score: str
    reason: str
    cause: str
    how: str
    evidence: str


def indicators_csv(document: EvaluationDocument) -> bytes:
    """Every indicator of every form, UTF-8 with a byte order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(IndicatorRow._fields)
    for evaluation in document.evaluations:
        writer.writerows(_row(evaluation, item) for item in evaluation.rated)
    return stream.getvalue().encode("utf-8-sig")


def evaluation_json(document: EvaluationDocument) -> bytes:
    """The forms with their money, goals, indicators, totals and evidence."""
    content = {
        "schema": "gouji/self-evaluation/1",
        "body": document.body,
        "year": document.year,
        "forms": [_form(evaluation) for evaluation in document.evaluations],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _row(evaluation: Evaluation, item: Rated) -> IndicatorRow:
    indicator, form, trace = item.indicator, evaluation.form, item.trace
    rows = "、".join(str(row.number) for row in trace.rows) if trace is not None else ""
    return IndicatorRow(
        form.title, form.scope, form.project, indicator.level1, indicator.level2, indicator.name, indicator.target.text,
        indicator.target.operator.value, _number(indicator.target.low), _number(indicator.target.high),
        indicator.target.unit, indicator.actual.text if indicator.actual is not None else "",
        _number(_quantity(indicator.actual)), _printed(indicator.weight),
        _number(item.score.computed if item.score is not None else None), _printed(indicator.score),
        item.score.reason if item.score is not None else "", indicator.cause,
        trace.how if trace is not None else "", f"{trace.file}：{rows}" if trace is not None else "",
    )  # fmt: skip


def _form(evaluation: Evaluation) -> dict[str, Any]:
    form = evaluation.form
    shares = ("execution_weight", "execution_rate", "execution_score", "total_weight", "total_score")
    return {
        "title": form.title, "scope": form.scope, "project": form.project, "department": form.department,
        "body": form.body, "goal": form.goal, "result": form.result, "grade": form.grade,
        **{name: _printed(getattr(form, name)) for name in shares},
        "money": [
            {"source": row.label, **{stage: amount.printed.text for stage, amount in row.amounts.items()}}
            for row in form.money
        ],
        "indicators": [
            {
                **_row(evaluation, item)._asdict(),
                "rows": [{"row": row.number, **row.cells} for row in item.trace.rows] if item.trace is not None else [],
            }
            for item in evaluation.rated
        ],
    }  # fmt: skip


def _quantity(value: Value | None) -> Decimal | None:
    return value.low if value is not None and value.is_quantity else None


def _number(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


def _printed(share: Share | None) -> str:
    return share.text if share is not None else ""
