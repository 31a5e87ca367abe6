"""Indicators that stand twice, and what they have to do with the rest of a form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.checking.performance_evidence import (
    at,
    form_name,
    listed,
    of_indicator,
    placed_forms,
    quoted,
    self_evaluations,
)
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.checking.text import spoken
from gouji.facts import Outcome, Unit
from gouji.performance import Indicator, PerformanceForm, Shape, grade

_TELLING = 8
"""Characters of a name that is not just any 群众满意度."""


def scored_twice(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """One indicator with one target, twice in a form, and weighted each time."""
    for form in self_evaluations(subject):
        groups: dict[tuple[str, str], list[Indicator]] = {}
        for indicator in form.indicators:
            if indicator.name and indicator.weight is not None and indicator.weight.value:
                groups.setdefault((fold(indicator.name), fold(indicator.target.text)), []).append(indicator)
        for (name, _), same in groups.items():
            subject.coverage.count(rule.id, Outcome.VIOLATED if len(same) > 1 else Outcome.EXACT)
            if len(same) > 1:
                weights = sum((i.weight.value for i in same if i.weight and i.weight.value), Decimal(0))
                places = "、".join(dict.fromkeys(i.level2 or i.level1 for i in same))
                yield subject.finding(
                    rule, f"{form_name(form)}“{same[0].name}”计了{len(same)}次分",
                    f"“{name}”（指标值{same[0].target.text}）在{places}下列了{len(same)}次，共计{weights}分。同一指标只应计分一次。",
                    quoted(form, same),
                )  # fmt: skip


def repeated_targets(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Targets without weights that a form lists more than once under one category."""
    for form in placed_forms(subject):
        if form.kind != "targets":
            continue
        groups: dict[tuple[str, str, str], list[Indicator]] = {}
        for indicator in form.indicators:
            key = fold(indicator.level2), fold(indicator.name), fold(indicator.target.text)
            if indicator.name:
                groups.setdefault(key, []).append(indicator)
        same = [group for group in groups.values() if len(group) > 1]
        subject.coverage.count(rule.id, Outcome.VIOLATED if same else Outcome.EXACT)
        if same:
            yield subject.finding(
                rule, f"{form_name(form)}有{len(same)}项指标重复列示",
                "名称和指标值都相同的指标列了不止一次："
                + listed([f"“{group[0].name}”{group[0].target.text}（{len(group)}次）" for group in same]) + "。",
                [of_indicator(form, indicator, suspect=True) for group in same[:3] for indicator in group[:2]],
            )  # fmt: skip


def differing_actuals(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """One indicator in the form of the whole body and in that of a project, with two actual values."""
    twins: dict[str, list[tuple[PerformanceForm, Indicator]]] = {}
    forms = self_evaluations(subject)
    for form in forms:
        if form.scope != "department":
            for indicator in form.indicators:
                twins.setdefault(fold(indicator.name), []).append((form, indicator))
    for form in forms:
        for indicator in form.indicators if form.scope == "department" else ():
            for other, twin in twins.get(fold(indicator.name), ()):
                copied = _beside_twins(form, indicator, other, twin)
                if not _are_one(indicator, twin, told=copied) or not indicator.actual or not twin.actual:
                    continue
                differs = indicator.actual.low != twin.actual.low
                subject.coverage.count(rule.id, Outcome.VIOLATED if differs else Outcome.EXACT)
                if differs:
                    yield subject.finding(
                        rule, f"“{indicator.name}”在两张表里的完成值不同",
                        f"“{indicator.name}”（指标值{indicator.target.text}）在{form_name(form)}里完成{indicator.actual.text}，"
                        f"在{form_name(other)}里完成{twin.actual.text}。",
                        [of_indicator(form, indicator, suspect=True), of_indicator(other, twin, suspect=True)],
                    )  # fmt: skip


def _beside_twins(
    form: PerformanceForm, one: Indicator, other_form: PerformanceForm, other: Indicator
) -> bool:
    """Whether the row above or below is the same in both forms, too: then even a short name means one thing."""
    for step in (-1, 1):
        own, twin = _at(form, one, step), _at(other_form, other, step)
        if own is None or twin is None or len(fold(own.name)) < _TELLING:
            continue
        if (fold(own.name), fold(own.target.text)) == (fold(twin.name), fold(twin.target.text)):
            return True
    return False


def _at(form: PerformanceForm, indicator: Indicator, step: int) -> Indicator | None:
    place = next(n for n, one in enumerate(form.indicators) if one is indicator) + step
    return form.indicators[place] if 0 <= place < len(form.indicators) else None


def _are_one(one: Indicator, other: Indicator, *, told: bool = False) -> bool:
    """Whether two rows are about the same thing: the same name and target, both answered with a quantity; a name that tells,
    unless something else does."""
    if (len(fold(one.name)) < _TELLING and not told) or fold(one.name) != fold(other.name):
        return False
    if one.actual is None or other.actual is None or fold(one.target.text) != fold(other.target.text):
        return False
    answered = one.actual.is_quantity and other.actual.is_quantity
    return answered and (one.actual.unit == other.actual.unit or not one.actual.unit or not other.actual.unit)


def whole_costs(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The cost of the whole project as an indicator, against the money of the form."""
    names = subject.catalog.performance.whole_cost
    for form in placed_forms(subject):
        # The money of a whole period may stand beside that of the year.
        rows = [row for row in form.money if row.id == "total"]
        amounts = [row.amounts["budget"] for row in rows if "budget" in row.amounts]
        amount = amounts[-1] if amounts else None
        for indicator in form.indicators:
            target = indicator.target
            whole = fold(indicator.name) in names or (
                bool(form.project) and fold(indicator.name) == fold(form.project)
            )
            ceiling = target.is_quantity and target.unit in ("元", "") and _is_cost(indicator)
            if amount is None or not whole or not ceiling or target.high is None or not amount.printed.value:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            stated = target.high if target.unit else target.high * Unit.WAN_YUAN.scale
            half = Unit.WAN_YUAN.scale * Decimal(5).scaleb(-_decimals(target.text) - 1)
            holds = any(abs(stated - a.printed.base) <= half + a.printed.half_width for a in amounts)
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”与项目资金不一致",
                    f"成本指标“{indicator.name}”的指标值是{target.text}{'' if target.unit in target.text or not target.unit else '万元'}，"
                    f"资金总额是{spoken(amount.printed)}。",
                    [of_indicator(form, indicator, suspect=True),
                     at(amount.place, f"{form_name(form)}·资金总额", amount.printed.text)],
                    stated=target.text, expected=amount.printed.text.strip(),
                )  # fmt: skip


def spent_costs(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """What a self-evaluation says the whole project cost, against the money that it says was spent."""
    names = subject.catalog.performance.whole_cost
    for form in self_evaluations(subject):
        row = form.money_row("total")
        amount = row.amounts.get("spent") if row is not None else None
        for indicator in form.indicators:
            actual = indicator.actual
            whole = fold(indicator.name) in (*names, fold(form.project)) and _is_cost(indicator)
            if (
                amount is None
                or actual is None
                or not whole
                or actual.low is None
                or actual.unit not in ("元", "")
            ):
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            half = Unit.WAN_YUAN.scale * Decimal(5).scaleb(-_decimals(actual.text) - 1)
            stated = {actual.low} if actual.unit else {actual.low, actual.low * Unit.WAN_YUAN.scale}
            width = half + amount.printed.half_width
            holds = any(abs(value - amount.printed.base) <= width for value in stated)
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”的完成值与执行数不一致",
                    f"成本指标“{indicator.name}”的完成值是{actual.text}，项目资金的全年执行数是{spoken(amount.printed)}。",
                    [of_indicator(form, indicator, suspect=True),
                     at(amount.place, f"{form_name(form)}·全年执行数", amount.printed.text)],
                    stated=actual.text, expected=amount.printed.text.strip(),
                )  # fmt: skip


def _is_cost(indicator: Indicator) -> bool:
    """Costs stand on a level of their own, or inside the output."""
    return indicator.level == "cost" or "cost" in indicator.category


def _decimals(text: str) -> int:
    digits = "".join(char for char in fold(text) if char.isdigit() or char == ".")
    return len(digits.partition(".")[2])


def misplaced(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Indicators whose name says another category than the one they stand in."""
    wording = subject.catalog.performance
    for form in placed_forms(subject):
        found: list[tuple[Indicator, str]] = []
        for indicator in form.indicators:
            ending = next((e for e in wording.endings if fold(indicator.name).endswith(e[0])), None)
            if ending is None or not indicator.category or indicator.target.shape is Shape.COMPOUND:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            right = indicator.category == ending[2] or indicator.level != ending[1] == "output"
            subject.coverage.count(rule.id, Outcome.EXACT if right else Outcome.VIOLATED)
            if not right:
                found.append((indicator, wording.name_of[f"{ending[1]}/{ending[2]}"]))
        if found:
            items = [f"“{i.name}”列在{i.level2}，像是{name}" for i, name in found]
            yield subject.finding(
                rule, f"{form_name(form)}有{len(found)}项指标像是放错了类别", listed(items) + "。",
                quoted(form, [i for i, _ in found]),
            )  # fmt: skip


def grades(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The grade against the total score."""
    method = subject.catalog.scoring[0]
    known = {band.name for band in method.grades}
    for form in self_evaluations(subject):
        total = form.total_score.value if form.total_score is not None else None
        stated = next((name for name in known if fold(form.grade).startswith(name)), "")
        if total is None or not stated:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        expected = grade(total, method)
        subject.coverage.count(rule.id, Outcome.EXACT if expected == stated else Outcome.VIOLATED)
        if expected != stated:
            yield subject.finding(
                rule, f"{form_name(form)}总分{total}，等级却是“{form.grade}”",
                f"总分{total}分按《{method.title}》为“{expected}”，表上填“{form.grade}”。",
                [at(form.total_place or form.place, f"{form_name(form)}·等级", form.grade, suspect=True)],
                stated=form.grade, expected=expected,
            )  # fmt: skip
