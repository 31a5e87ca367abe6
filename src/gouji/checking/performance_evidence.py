"""How findings about performance forms quote and count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome, Place
from gouji.performance import Indicator, PerformanceForm, Value

_MOST_QUOTED = 6


def plain(amount: Decimal) -> str:
    """A figure without trailing zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def at(place: Place, where: str, quote: str, *, suspect: bool = False) -> Evidence:
    return Evidence(
        place.file, place.page, place.box, place.ref, where, quote.strip() or "（空白）", suspect=suspect
    )


def stated(value: Value) -> str:
    """A value as printed, with the bound that the form prints in a column of its own."""
    beside = value.sign and value.is_quantity and value.sign not in fold(value.text)
    return f"{value.sign}{value.text}" if beside else value.text


def form_name(form: PerformanceForm) -> str:
    """《…绩效目标表》项目, as a reader finds it."""
    title = f"《{form.title}》" if form.title and form.title not in (form.project, form.body) else ""
    return f"{title}{form.project or form.body}" or "绩效表"


def of_indicator(form: PerformanceForm, indicator: Indicator, *, suspect: bool = False) -> Evidence:
    """One row: its target, and what the form states for it."""
    marks_only = not indicator.target.text and indicator.actual is None and indicator.score is not None
    parts = [] if marks_only else [f"指标值{stated(indicator.target) or '（空白）'}"]
    if indicator.actual is not None:
        parts.append(f"完成值{indicator.actual.text or '（空白）'}")
    if indicator.weight is not None and indicator.weight.text:
        parts.append(f"分值{indicator.weight.text}")
    if indicator.score is not None and indicator.score.text:
        parts.append(f"得分{indicator.score.text}")
    where = f"{form_name(form)}·{indicator.name or '（未命名指标）'}"
    return at(indicator.place, where, "，".join(parts), suspect=suspect)


def quoted(form: PerformanceForm, indicators: Sequence[Indicator]) -> list[Evidence]:
    """The first rows of many."""
    return [of_indicator(form, indicator, suspect=True) for indicator in indicators[:_MOST_QUOTED]]


def listed(items: Sequence[str], most: int = _MOST_QUOTED) -> str:
    """A list in running text, cut after the first ones."""
    return "；".join(items[:most]) + (f"；等{len(items)}项" if len(items) > most else "")


def placed_forms(subject: Subject) -> list[PerformanceForm]:
    """Forms whose rows are known to stand under their heads."""
    return [form for form in subject.reading.performance if form.placed]


def scored_forms(subject: Subject) -> list[PerformanceForm]:
    """Forms in which marks are given, after the year or before a project is begun."""
    kinds = ("self_evaluation", "ex_ante")
    return [form for form in placed_forms(subject) if form.kind in kinds]


def self_evaluations(subject: Subject) -> list[PerformanceForm]:
    return [form for form in placed_forms(subject) if form.kind == "self_evaluation"]


def per_form(  # noqa: PLR0917
    rule: Rule,
    subject: Subject,
    forms: Sequence[PerformanceForm],
    is_wrong: Callable[[Indicator], bool | None],
    title: Callable[[PerformanceForm, list[Indicator]], str],
    message: Callable[[list[Indicator]], str],
) -> Iterator[Finding]:
    """One finding for all rows of a form that have the same defect. ``is_wrong`` answers ``None`` for rows it is not
    about."""
    for form in forms:
        found: list[Indicator] = []
        for indicator in form.indicators:
            wrong = is_wrong(indicator)
            outcome = (
                Outcome.NOT_APPLICABLE if wrong is None else Outcome.VIOLATED if wrong else Outcome.EXACT
            )
            subject.coverage.count(rule.id, outcome)
            if wrong:
                found.append(indicator)
        if found:
            yield subject.finding(rule, title(form, found), message(found), quoted(form, found))
