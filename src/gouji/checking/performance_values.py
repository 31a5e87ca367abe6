"""Targets and actual values of performance forms: reached or not, worded as values, explained."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.catalog import Rule, fold
from gouji.checking.performance_evidence import (
    form_name,
    listed,
    of_indicator,
    per_form,
    placed_forms,
    scored_forms,
    self_evaluations,
    stated,
)
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome
from gouji.performance import (
    Indicator,
    Operator,
    PerformanceForm,
    Reached,
    Shape,
    fulfilment,
    score_indicator,
)


def unmet_full_marks(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Targets that were missed and scored in full all the same."""
    method = subject.catalog.scoring[0]
    for form, indicator in _scored(rule, subject):
        compared = fulfilment(indicator)
        if compared.reached is Reached.UNKNOWN:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        assert indicator.weight is not None
        assert indicator.score is not None
        wrong = compared.reached is Reached.MISSED and indicator.score.value == indicator.weight.value
        subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
        if wrong:
            scored = score_indicator(indicator, method)
            computed = scored.computed if scored is not None else None
            expected = f"{computed:.2f}" if computed is not None else None
            yield subject.finding(
                rule, f"{form_name(form)}“{indicator.name}”没有达到目标，却得满分",
                f"“{indicator.name}”指标值{stated(indicator.target)}，完成值{_actual(indicator)}，没有达到，得分仍是满分{indicator.score.text}"
                + (f"；按完成比例应得{expected}分。" if expected else "。"),
                [of_indicator(form, indicator, suspect=True)], stated=indicator.score.text, expected=expected,
            )  # fmt: skip


def missing_causes(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Marks taken off, or targets missed, without a cause, in forms that have room for it."""
    for form in scored_forms(subject):
        for indicator in form.indicators:
            weight = indicator.weight.value if indicator.weight is not None else None
            score = indicator.score.value if indicator.score is not None else None
            if weight is None or score is None or not form.explains:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            lowered = score < weight
            missed = indicator.actual is not None and fulfilment(indicator).reached is Reached.MISSED
            if not lowered and not missed:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            explained = bool(fold(indicator.cause)) or "causes" in form.texts
            subject.coverage.count(rule.id, Outcome.EXACT if explained else Outcome.VIOLATED)
            if not explained:
                reason = f"扣了{weight - score}分" if lowered else "没有达到目标"
                values = (
                    f"指标值{stated(indicator.target)}，完成值{_actual(indicator)}，"
                    if indicator.actual
                    else ""
                )
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”{reason}，没有说明原因",
                    f"“{indicator.name}”{values}{reason}，原因一栏没有填写。",
                    [of_indicator(form, indicator, suspect=True)],
                )  # fmt: skip


def copied_bounds(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Actual values that are bounds (≥90%) and tell nothing of what was done."""
    yield from per_form(
        rule, subject, self_evaluations(subject), _is_copied,
        lambda form, found: f"{form_name(form)}有{len(found)}项完成值写成了“≥”一类的范围",
        lambda found: "完成值应当是实际完成的数，写成范围就看不出完成了多少："
        + listed([f"“{i.name}”完成值{_actual(i)}" for i in found]) + "。",
    )  # fmt: skip


def _is_copied(indicator: Indicator) -> bool | None:
    if indicator.actual is None or not indicator.actual.is_quantity:
        return None
    bounds = (Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE, Operator.LESS)
    return indicator.actual.operator in bounds and not indicator.actual.spoken


def over_fulfilment(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Actual values far above their targets, without a word on why."""
    bound = subject.catalog.scoring[0].over_fulfilment

    def is_over(indicator: Indicator) -> bool | None:
        compared = fulfilment(indicator)
        floor = indicator.target.operator in (Operator.AT_LEAST, Operator.MORE, Operator.EQUAL)
        if compared.ratio is None or not floor or compared.reached is not Reached.MET:
            return None
        if _is_impossible(indicator):
            # More than everybody is satisfied: that is a finding of its own.
            return None
        return compared.ratio >= bound and not fold(indicator.cause)

    yield from per_form(
        rule, subject, self_evaluations(subject), is_over,
        lambda form, found: f"{form_name(form)}有{len(found)}项完成值达到目标的{bound}倍以上，没有分析原因",
        lambda found: "完成值高于指标值较多的，应当分析原因；目标定得偏低的，还要适度调减得分："
        + listed([f"“{i.name}”目标{stated(i.target)}，完成{_actual(i)}（{_percent(i)}）" for i in found]) + "。",
    )  # fmt: skip


def _percent(indicator: Indicator) -> str:
    ratio = fulfilment(indicator).ratio
    return f"{ratio * 100:.0f}%" if ratio is not None else ""


def empty_actuals(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Scored rows whose actual value is blank, in forms that state others."""

    def is_empty(indicator: Indicator) -> bool | None:
        scored = indicator.score is not None and bool(indicator.score.value)
        if indicator.actual is None or not scored or indicator.why:
            return None
        return indicator.actual.shape is Shape.BLANK

    yield from per_form(
        rule, subject, self_evaluations(subject), is_empty,
        lambda form, found: f"{form_name(form)}有{len(found)}项没有填完成值就得了分",
        lambda found: "没有完成值，得分就没有依据：" + listed([f"“{i.name}”" for i in found]) + "。",
    )  # fmt: skip


def differing_units(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A target and its actual value in different units, or only one of them with a unit."""

    def differs(indicator: Indicator) -> bool | None:
        target, actual = indicator.target, indicator.actual
        if actual is None or not target.is_quantity or not actual.is_quantity:
            return None
        return target.unit != actual.unit

    yield from per_form(
        rule, subject, self_evaluations(subject), differs,
        lambda form, found: f"{form_name(form)}有{len(found)}项" + (
            "完成值没有写计量单位" if all(map(_is_bare, found)) else "指标值与完成值的单位不一致"
        ),
        lambda found: "指标值与完成值应当用同一单位：" + listed([f"“{i.name}”{stated(i.target)}与{_actual(i)}" for i in found]) + "。",
    )  # fmt: skip


def _is_bare(indicator: Indicator) -> bool:
    """Whether an actual value has no unit, and its target has."""
    return indicator.actual is not None and not indicator.actual.unit and bool(indicator.target.unit)


def floors_for_costs(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Costs that must not fall below the target: a ceiling worded as a floor."""
    invested = subject.catalog.performance.invested
    for form in placed_forms(subject):
        for indicator in form.indicators:
            of_cost = indicator.level == "cost" or "cost" in indicator.category
            of_cost = of_cost and not any(word in fold(indicator.name) for word in invested)
            if not of_cost or not indicator.target.is_quantity or indicator.target.unit != "元":
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            wrong = indicator.target.operator in (Operator.AT_LEAST, Operator.MORE)
            subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
            if wrong:
                yield subject.finding(
                    rule, f"{form_name(form)}成本指标“{indicator.name}”定成了下限",
                    f"“{indicator.name}”的指标值是{indicator.target.text}，照此花得越多越算完成。成本指标应当写成上限（≤）。",
                    [of_indicator(form, indicator, suspect=True)],
                )  # fmt: skip


def _is_impossible(indicator: Indicator) -> bool:
    """Whether a satisfaction is more than a hundred per cent."""
    values = [v for v in (indicator.target, indicator.actual) if v is not None and v.unit == "%"]
    return indicator.level == "satisfaction" and any(v.high is not None and v.high > 100 for v in values)


def impossible_satisfaction(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Satisfaction of more than a hundred per cent."""
    for form in placed_forms(subject):
        for indicator in form.indicators:
            values = [
                v for v in (indicator.target, indicator.actual) if v is not None and v.unit == "%" and v.high
            ]
            if indicator.level != "satisfaction" or not values:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            wrong = _is_impossible(indicator)
            subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
            if wrong:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”超过100%",
                    f"满意度不会超过100%，“{indicator.name}”列示为{values[0].text}。",
                    [of_indicator(form, indicator, suspect=True)],
                )  # fmt: skip


def _actual(indicator: Indicator) -> str:
    return indicator.actual.text if indicator.actual is not None and indicator.actual.text else "（空白）"


def _scored(rule: Rule, subject: Subject) -> Iterator[tuple[PerformanceForm, Indicator]]:
    """Rows of self-evaluations with weight and score."""
    for form in self_evaluations(subject):
        for indicator in form.indicators:
            weight = indicator.weight.value if indicator.weight is not None else None
            score = indicator.score.value if indicator.score is not None else None
            if weight is None or score is None or indicator.actual is None:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            yield form, indicator
