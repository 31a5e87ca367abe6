"""How indicators are worded: results copied from their targets, results that say nothing was done, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.checking.performance_evidence import (
    at,
    form_name,
    listed,
    of_indicator,
    per_form,
    placed_forms,
    self_evaluations,
)
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome
from gouji.performance import Indicator, Operator, Reached, fulfilment

_DATE = re.compile(r"\d[\d./年月日至到~—-]*(?:底|末|之?前)?(?:完成)?")
"""A day by which something is done may be the day on which it was."""
_SENTENCE = 10
"""Characters from which on a result is a sentence, and not just 有所提升."""


def copied_words(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Results that repeat the sentence of their target word for word."""

    def is_copied(indicator: Indicator) -> bool | None:
        actual, target = indicator.actual, indicator.target
        if actual is None or target.is_quantity or len(_DATE.sub("", fold(target.text))) < _SENTENCE:
            return None
        return fold(actual.text) == fold(target.text)

    yield from per_form(
        rule, subject, self_evaluations(subject), is_copied,
        lambda form, found: f"{form_name(form)}有{len(found)}项完成值照抄了指标值",
        lambda found: "完成值与指标值一字不差，看不出做了什么：" + listed([f"“{i.name}”" for i in found]) + "。",
    )  # fmt: skip


def not_done(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Results that say the thing was not done, with full marks."""
    words = subject.catalog.performance.not_done
    for form in self_evaluations(subject):
        for indicator in form.indicators:
            weight = indicator.weight.value if indicator.weight is not None else None
            score = indicator.score.value if indicator.score is not None else None
            actual = indicator.actual
            if actual is None or not weight or score is None or actual.is_quantity:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            said = next(
                (
                    w
                    for w in words
                    if w in fold(actual.text) and w not in fold(indicator.target.text + indicator.name)
                ),
                "",
            )
            wrong = bool(said) and score == weight
            subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
            if wrong:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”说“{said}”，却得满分",
                    f"“{indicator.name}”指标值{indicator.target.text}，完成值写的是“{actual.text}”，得分仍是满分{score}。",
                    [of_indicator(form, indicator, suspect=True)], stated=str(score),
                )  # fmt: skip


def contrary_causes(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Causes of a shortfall beside a result beyond its target, and the other way round. Where marks were taken off, a
    cause may be about something else."""
    wording = subject.catalog.performance
    floors = (Operator.AT_LEAST, Operator.MORE, Operator.EQUAL)
    for form in self_evaluations(subject):
        for indicator in form.indicators:
            cause, compared = fold(indicator.cause), fulfilment(indicator)
            if not cause or indicator.target.operator not in floors or compared.ratio is None:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            short = next((word for word in wording.short_of_target if word in cause), "")
            beyond = next((word for word in wording.beyond_target if word in cause), "")
            above = compared.reached is Reached.MET and compared.ratio > 1 and not _is_lowered(indicator)
            below = compared.reached is Reached.MISSED
            said = short if above and not beyond else beyond if below and not short else ""
            subject.coverage.count(rule.id, Outcome.VIOLATED if said else Outcome.EXACT)
            if said:
                actual = indicator.actual.text if indicator.actual is not None else ""
                happened = "超过了指标值" if above else "没有达到指标值"
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”{happened}，原因却说“{said}”",
                    f"“{indicator.name}”指标值{indicator.target.text}，完成值{actual}，{happened}；原因一栏写的是“{indicator.cause.strip()}”。",
                    [of_indicator(form, indicator, suspect=True)], stated=actual,
                )  # fmt: skip


def _is_lowered(indicator: Indicator) -> bool:
    weight = indicator.weight.value if indicator.weight is not None else None
    score = indicator.score.value if indicator.score is not None else None
    return weight is not None and score is not None and score < weight


def instructions_left(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Goals, results and opinions that are still what the blank form asks for."""
    wording = subject.catalog.performance
    asks, names = wording.instruction, wording.head_names
    for form in placed_forms(subject):
        said = [("年度目标", form.goal, form.place), ("完成情况", form.result, form.place)]
        said += [(names.get(id, "说明"), words.text, words.place) for id, words in form.texts.items()]
        left = [(name, text, place) for name, text, place in said if asks.search(fold(text).rstrip("。;"))]
        subject.coverage.count(rule.id, Outcome.VIOLATED if left else Outcome.EXACT)
        if left:
            quoted = "；".join(f"{name}“{text.strip()}”" for name, text, _ in left)
            yield subject.finding(
                rule, f"{form_name(form)}有{len(left)}处还是填写要求，没有填内容",
                f"应当换成实际内容：{quoted}。",
                [at(place, f"{form_name(form)}·{name}", text, suspect=True) for name, text, place in left],
            )  # fmt: skip


def missing_units(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Targets that are a bare number, of which neither name nor column says what is counted."""
    counted = subject.catalog.performance.counted

    def lacks_unit(indicator: Indicator) -> bool | None:
        target = indicator.target
        if not target.is_quantity or target.spoken or not indicator.name:
            return None
        bare = not target.unit and bool(target.low) and str(target.low) in fold(target.text)
        told = fold(f"{indicator.name}{target.subject}")
        named = told.endswith("数") or any(word in told for word in counted)
        return bare and not named and not _counts(told, target.low)

    yield from per_form(
        rule, subject, placed_forms(subject), lacks_unit,
        lambda form, found: f"{form_name(form)}有{len(found)}项指标值没有计量单位",
        lambda found: "只有数字，看不出是场、是人还是万元：" + listed([f"“{i.name}”{i.target.text}" for i in found]) + "。",
    )  # fmt: skip


def _counts(name: str, amount: Decimal | None) -> bool:
    """Whether the name says the amount with its unit: 购买1台打印机."""
    return bool(re.search(rf"(?<![\d.]){amount}[\u4e00-\u9fff]", name))


def doubled_units(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Units written twice (万万元, %%)."""
    slip = subject.catalog.performance.doubled
    for form in placed_forms(subject):
        for indicator in form.indicators:
            values = [v for v in (indicator.target, indicator.actual) if v is not None and v.text]
            wrong = next((v for v in values if slip.search(fold(v.text))), None)
            subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
            if wrong is not None:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”的单位写重了",
                    f"“{indicator.name}”写的是“{wrong.text}”，单位重复。", [of_indicator(form, indicator, suspect=True)],
                    stated=wrong.text,
                )  # fmt: skip
