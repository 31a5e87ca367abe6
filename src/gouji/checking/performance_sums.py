"""Arithmetic of performance forms: weights, scores, execution, money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.catalog import Rule
from gouji.checking.performance_evidence import at, form_name, of_indicator, self_evaluations
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import Subject
from gouji.facts import Interval, Outcome, Unit
from gouji.performance import Amount, Indicator, MoneyRow, PerformanceForm, Share, level_weights

_HUNDRED = Decimal(100)


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _weights(form: PerformanceForm) -> list[Decimal] | None:
    """All weights, or ``None`` when one of them is missing or no figure."""
    weights = [
        indicator.weight.value if indicator.weight is not None else None for indicator in form.indicators
    ]
    return [w for w in weights if w is not None] if weights and None not in weights else None


def weight_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Weights against the total that the form prints, else against what the method sets."""
    method = subject.catalog.scoring[0]
    for form in subject.reading.performance:
        weights = _weights(form)
        if weights is None:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        execution = form.execution_weight.value if form.execution_weight is not None else None
        printed = form.total_weight.value if form.total_weight is not None else None
        total = method.total if printed is None else printed
        sums = {sum(weights, Decimal(0)), sum(weights, execution or Decimal(0))}
        # A head such as 分值（90） is the total without execution; 100 covers execution where it has a weight.
        wanted = {total} if printed != method.total or execution is None else {method.total}
        if printed is None and execution is not None:
            wanted = {method.total, method.total - execution}
        holds = bool(sums & wanted)
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            stated, expected = sum(weights, execution or Decimal(0)), max(wanted)
            yield subject.finding(
                rule, f"{form_name(form)}的分值合计为{_plain(stated)}，应为{_plain(expected)}",
                f"{len(weights)}项指标的分值合计{_plain(sum(weights, Decimal(0)))}"
                + (f"，加预算执行率{_plain(execution)}分共{_plain(stated)}" if execution is not None else "")
                + f"，与总分{_plain(expected)}不符。请核对各项分值。",
                [at(form.total_place or form.place, form_name(form), form.total_weight.text if form.total_weight else form.name, suspect=True)],
                stated=_plain(stated), expected=_plain(expected), difference=stated - expected,
            )  # fmt: skip


def level_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Weights of a level against the weight printed with its name (产出指标（50分）)."""
    for form in subject.reading.performance:
        sums = level_weights(form.indicators)
        for level, share in form.level_shares.items():
            if _weights(form) is None or level not in sums:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            # A level of cost inside that of output carries no weight of its own: its rows are part of the output.
            holds = sums[level] == share or sums[level] + _inside(form, level, sums) == share
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                first = next(i for i in form.indicators if i.level1 == level)
                yield subject.finding(
                    rule, f"{form_name(form)}{level}的分值合计{_plain(sums[level])}，标注为{_plain(share)}分",
                    f"{level}下各指标的分值合计{_plain(sums[level])}，表上标注{_plain(share)}分。",
                    [of_indicator(form, first, suspect=True)],
                    stated=_plain(sums[level]), expected=_plain(share), difference=sums[level] - share,
                )  # fmt: skip


def _inside(form: PerformanceForm, level: str, sums: dict[str, Decimal]) -> Decimal:
    others = [name for name in sums if name not in form.level_shares and name != level]
    output = next((i for i in form.indicators if i.level1 == level), None)
    if output is None or output.level != "output":
        return Decimal(0)
    costs = {i.level1 for i in form.indicators if i.level == "cost"}
    return sum((sums[name] for name in others if name in costs), Decimal(0))


def method_shares(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Weights of the levels against those that the method sets as a rule."""
    method = subject.catalog.scoring[0]
    for form in self_evaluations(subject):
        sums: dict[str, Decimal] = {}
        for indicator in form.indicators:
            if indicator.weight is not None and indicator.weight.value is not None:
                sums[indicator.level] = sums.get(indicator.level, Decimal(0)) + indicator.weight.value
        execution = form.execution_weight.value if form.execution_weight is not None else None
        total = sum(sums.values(), execution or Decimal(0))
        if _weights(form) is None or "" in sums or execution is None or total != method.total:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        inside = {level: weight for level, weight in sums.items() if level != "cost"}
        if "cost" in sums:
            inside["output"] = inside.get("output", Decimal(0)) + sums["cost"]
        holds = execution == method.execution_weight and any(
            dict(share) in (sums, inside) for share in method.shares
        )
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            names = subject.catalog.performance.name_of
            own = "、".join(f"{names[f'/{level}']}{_plain(weight)}" for level, weight in sums.items())
            usual = "、".join(
                f"{names[f'/{level}']}{_plain(weight)}" for level, weight in method.shares[0].items()
            )
            yield subject.finding(
                rule, f"{form_name(form)}各级指标的分值与办法的一般设置不同",
                f"表上预算执行率{_plain(execution)}、{own}；办法的一般设置是预算执行率{_plain(method.execution_weight)}、{usual}，"
                "有特殊情况的可以调整，请说明。",
                [at(form.place, form_name(form), own)],
            )  # fmt: skip


def overspent(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """More spent than the budget of the whole year, adjustments included."""
    for form in self_evaluations(subject):
        for row in form.money:
            spent, budget = row.amounts.get("spent"), row.amounts.get("budget")
            if spent is None or budget is None or not budget.printed.value:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            wrong = spent.printed.interval.lo > budget.printed.interval.hi
            subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
            if wrong:
                yield subject.finding(
                    rule, f"{form_name(form)}的全年执行数大于全年预算数",
                    f"“{row.label}”全年预算数{budget.printed.text.strip()}，全年执行数{spent.printed.text.strip()}。全年预算数含结转和调整，执行数不会大于它。",
                    [at(spent.place, f"{form_name(form)}·{row.label}·全年执行数", spent.printed.text, suspect=True),
                     at(budget.place, f"{form_name(form)}·{row.label}·全年预算数", budget.printed.text)],
                    stated=spent.printed.text.strip(),
                )  # fmt: skip


def _is_overscored(indicator: Indicator) -> bool:
    weight = indicator.weight.value if indicator.weight is not None else None
    score = indicator.score.value if indicator.score is not None else None
    return weight is not None and score is not None and score > weight


def score_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The total score against execution and indicators."""
    for form in self_evaluations(subject):
        scores = [i.score.value if i.score is not None else None for i in form.indicators]
        total = form.total_score
        if total is None or total.value is None or None in scores:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        execution = form.execution_score.value if form.execution_score is not None else None
        points = sum((score for score in scores if score is not None), Decimal(0))
        computed = points + (execution or Decimal(0))
        holds = computed == total.value
        if not holds and any(map(_is_overscored, form.indicators)):
            # The score that exceeds its weight is a finding of its own, and the total follows from it.
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            yield subject.finding(
                rule, f"{form_name(form)}的总分{total.text}，各项得分合计{_plain(computed)}",
                f"{len(scores)}项指标得分合计{_plain(points)}"
                + (f"，加预算执行率得分{_plain(execution)}" if execution is not None else "")
                + f"，应为{_plain(computed)}，表上总分为{total.text}。",
                [at(form.total_place or form.place, f"{form_name(form)}·总分", total.text, suspect=True)],
                stated=total.text, expected=_plain(computed), difference=total.value - computed,
            )  # fmt: skip


def scores_over_weights(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for form in self_evaluations(subject):
        for indicator in form.indicators:
            weight = indicator.weight.value if indicator.weight is not None else None
            score = indicator.score.value if indicator.score is not None else None
            if weight is None or score is None:
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            subject.coverage.count(rule.id, Outcome.VIOLATED if score > weight else Outcome.EXACT)
            if score > weight:
                yield subject.finding(
                    rule, f"{form_name(form)}“{indicator.name}”得分{_plain(score)}超过分值{_plain(weight)}",
                    f"“{indicator.name}”的分值是{_plain(weight)}，得分却是{_plain(score)}。",
                    [of_indicator(form, indicator, suspect=True)], stated=_plain(score), expected=_plain(weight),
                )  # fmt: skip


def execution(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The execution rate against the amounts, and its score against the rate."""
    for form in self_evaluations(subject):
        row = form.money_row("total")
        budget, spent = (
            (row.amounts.get(id) for id in ("budget", "spent")) if row is not None else (None, None)
        )
        rate, score, weight = form.execution_rate, form.execution_score, form.execution_weight
        if budget is None or spent is None or not budget.printed.value:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        exact = spent.printed.base / budget.printed.base
        if rate is not None and rate.value is not None:
            holds = _meets(rate, _ratio(spent, budget, _HUNDRED))
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"{form_name(form)}的执行率{rate.text}与执行数、预算数不符",
                    f"{spent.printed.text.strip()}÷{budget.printed.text.strip()}={exact * _HUNDRED:.2f}%，表上执行率为{rate.text}。",
                    [at(spent.place, f"{form_name(form)}·执行率", rate.text, suspect=True)],
                    stated=rate.text, expected=f"{exact * _HUNDRED:.2f}%",
                )  # fmt: skip
        if score is None or score.value is None or weight is None or weight.value is None:
            continue
        points = _ratio(spent, budget, weight.value)
        points = Interval(min(points.lo, weight.value), min(points.hi, weight.value))
        holds = _meets(score, points)
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            expected = min(weight.value, exact * weight.value)
            yield subject.finding(
                rule, f"{form_name(form)}的执行率得分{score.text}，应为{expected:.{max(score.decimals, 1)}f}",
                f"执行率{exact * _HUNDRED:.2f}%×{weight.text}分={expected:.{max(score.decimals, 1) + 1}f}分，表上为{score.text}分。",
                [at(spent.place, f"{form_name(form)}·执行率得分", score.text, suspect=True)],
                stated=score.text, expected=f"{expected:.{max(score.decimals, 1)}f}",
            )  # fmt: skip


def _ratio(spent: Amount, budget: Amount, times: Decimal) -> Interval:
    """What the ratio of two printed amounts can have been."""
    over, under = spent.printed.interval, budget.printed.interval
    return Interval(over.lo / under.hi * times, over.hi / under.lo * times)


def _meets(printed: Share, computed: Interval) -> bool:
    """Whether a printed figure can be the computed one, rounded or cut off at its last place."""
    assert printed.value is not None
    unit = Decimal(1).scaleb(-printed.decimals)
    return computed.lo - unit < printed.value < computed.hi + unit


_WITHIN_FISCAL = frozenset({"general", "gov_fund", "central", "provincial"})
_BY_NATURE = ("basic", "project")


def money_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The whole money against its sources, and against basic and project expenditure."""
    parts = subject.catalog.performance.money_parts
    for form in subject.reading.performance:
        for total in (row for row in form.money if row.id == "total"):
            rows = [row for row in form.money if row.block == total.block]
            sources = [row for row in rows if row.id in parts]
            if any(row.id == "fiscal" for row in sources):
                sources = [row for row in sources if row.id not in _WITHIN_FISCAL]
            by_nature = [row for row in rows if row.id in _BY_NATURE]
            groups = [sources, by_nature if len(by_nature) == len(_BY_NATURE) else []]
            for group in groups:
                if not group or form.why or len({row.id for row in group}) < len(group):
                    subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                    continue
                for column in total.amounts:
                    yield from _money_sum(rule, subject, form, [total, *group], column)


def _money_sum(
    rule: Rule,
    subject: Subject,
    form: PerformanceForm,
    rows: Sequence[MoneyRow],
    column: str,
) -> Iterator[Finding]:
    """The first row against the sum of the others, in one column."""
    total, *sources = rows
    parts = [row.amounts[column] for row in sources if column in row.amounts]
    if not parts:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    whole = total.amounts[column]
    decimals = max(amount.printed.decimals for row in form.money for amount in row.amounts.values())
    intervals = [part.printed.with_precision(decimals).interval for part in parts]
    low, high = sum((i.lo for i in intervals), Decimal(0)), sum((i.hi for i in intervals), Decimal(0))
    interval = whole.printed.with_precision(decimals).interval
    stated, added = whole.printed.base, sum((part.printed.base for part in parts), Decimal(0))
    holds = interval.lo <= high and low <= interval.hi
    outcome = Outcome.EXACT if stated == added else Outcome.ROUNDING if holds else Outcome.VIOLATED
    subject.coverage.count(rule.id, outcome)
    if holds:
        return
    unit = Unit.WAN_YUAN
    figures = "＋".join(part.printed.text.strip() for part in parts)
    evidence: list[Evidence] = [
        at(whole.place, f"{form_name(form)}·{total.label}", whole.printed.text, suspect=True),
        *(at(row.amounts[column].place, f"{form_name(form)}·{row.label}", row.amounts[column].printed.text)
          for row in sources if column in row.amounts),
    ]  # fmt: skip
    yield subject.finding(
        rule, f"{form_name(form)}的资金总额{whole.printed.text.strip()}与各来源合计不符",
        f"{figures}＝{_plain(added / unit.scale)}万元，资金总额列示{whole.printed.text.strip()}，"
        f"相差{_plain((stated - added) / unit.scale)}万元。",
        evidence, stated=_plain(stated / unit.scale), expected=_plain(added / unit.scale),
        difference=(stated - added) / unit.scale, unit=unit,
    )  # fmt: skip
