"""Arithmetic of performance forms: weights and scores of indicators, of the year's tasks and of execution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from gouji.catalog import Rule
from gouji.checking.performance_evidence import (
    at,
    form_name,
    of_indicator,
    placed_forms,
    plain,
    scored_forms,
    self_evaluations,
)
from gouji.checking.performance_money import execution_slipped
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome
from gouji.performance import Indicator, PerformanceForm, Share, TaskRow, level_weights


class _Part(NamedTuple):
    """What a form gives marks for: its indicators, its tasks, its execution. ``None`` is what it does not state, or not
    in full."""

    name: str
    rows: int
    weight: Decimal | None
    score: Decimal | None


def _added(shares: Sequence[Share | None]) -> Decimal | None:
    given = [share for share in shares if share is None or not share.joint]
    values = [share.value if share is not None else None for share in given]
    return sum((v for v in values if v is not None), Decimal(0)) if values and None not in values else None


def _parts(form: PerformanceForm) -> list[_Part]:
    """The indicators first; the others only where they have a weight or a score."""
    items, tasks = form.indicators, form.tasks
    more = [
        _Part("年度任务", len(tasks), _added([t.weight for t in tasks]), _added([t.score for t in tasks])),
        _Part("预算执行率", 1, _added([form.execution_weight]), _added([form.execution_score])),
    ]
    own = _Part("指标", len(items), _added([i.weight for i in items]), _added([i.score for i in items]))
    return [own, *(part for part in more if part.weight is not None or part.score is not None)]


def _unions(parts: Sequence[_Part]) -> list[list[_Part]]:
    """All the parts together first, then the indicators with some of the others, or alone."""
    own, *more = parts
    found = [[own]]
    for part in more:
        found += [[*union, part] for union in found]
    return sorted(found, key=len, reverse=True)


def _weights(form: PerformanceForm) -> Decimal | None:
    """All weights of the indicators, or ``None`` when one of them is missing or no figure."""
    return _added([indicator.weight for indicator in form.indicators])


def weight_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Weights against the total that the form prints, else against what the method sets."""
    method = subject.catalog.scoring[0]
    for form in placed_forms(subject):
        if _weights(form) is None:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        parts = _parts(form)
        known = [union for union in _unions(parts) if all(part.weight is not None for part in union)]
        sums = [
            sum((part.weight for part in union if part.weight is not None), Decimal(0)) for union in known
        ]
        printed = form.total_weight.value if form.total_weight is not None else None
        wanted = {method.total if printed is None else printed}
        if printed is None:
            # Indicators alone may leave room for the execution of the budget, whether or not the form states it.
            wanted.add(
                method.total
                - ((form.execution_weight and form.execution_weight.value) or method.execution_weight)
            )
        holds = bool(wanted & set(sums))
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            stated, expected = sums[0], max(wanted)
            yield subject.finding(
                rule, f"{form_name(form)}的分值合计为{plain(stated)}，应为{plain(expected)}",
                f"{_told(known[0], 'weight', '分值')}，与总分{plain(expected)}不符。请核对各项分值。",
                [at(form.total_place or form.place, form_name(form), form.total_weight.text if form.total_weight else form.name, suspect=True)],
                stated=plain(stated), expected=plain(expected), difference=stated - expected,
            )  # fmt: skip


def _told(parts: Sequence[_Part], kind: str, what: str) -> str:
    """8项指标的分值合计90，加预算执行率10，共100."""
    own, *more = parts
    amounts = [getattr(part, kind) or Decimal(0) for part in parts]
    text = f"{own.rows}项指标的{what}合计{plain(amounts[0])}"
    text += "".join(f"，加{part.name}{plain(amount)}" for part, amount in zip(more, amounts[1:], strict=True))
    return text + (f"，共{plain(sum(amounts, Decimal(0)))}" if more else "")


def level_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Weights of a level against the weight printed with its name (产出指标（50分）)."""
    for form in placed_forms(subject):
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
                    rule, f"{form_name(form)}{level}的分值合计{plain(sums[level])}，标注为{plain(share)}分",
                    f"{level}下各指标的分值合计{plain(sums[level])}，表上标注{plain(share)}分。",
                    [of_indicator(form, first, suspect=True)],
                    stated=plain(sums[level]), expected=plain(share), difference=sums[level] - share,
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
        known = {level for shares in method.shares for level in shares}
        # A form without one of the levels has their weight elsewhere of necessity.
        whole = any(sums.keys() | {"cost"} >= {*shares} for shares in method.shares)
        if (
            _weights(form) is None
            or not sums.keys() <= known
            or not whole
            or execution is None
            or total != method.total
        ):
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
            own = "、".join(f"{names[f'/{level}']}{plain(weight)}" for level, weight in sums.items())
            usual = "、".join(
                f"{names[f'/{level}']}{plain(weight)}" for level, weight in method.shares[0].items()
            )
            yield subject.finding(
                rule, f"{form_name(form)}各级指标的分值与办法的一般设置不同",
                f"表上预算执行率{plain(execution)}、{own}；办法的一般设置是预算执行率{plain(method.execution_weight)}、{usual}，"
                "有特殊情况的可以调整，请说明。",
                [at(form.place, form_name(form), own)],
            )  # fmt: skip


def _is_overscored(indicator: Indicator) -> bool:
    weight = indicator.weight.value if indicator.weight is not None else None
    score = indicator.score.value if indicator.score is not None else None
    return weight is not None and score is not None and score > weight


def score_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The total score against indicators, tasks and execution: those that the total of the weights covers."""
    for form in scored_forms(subject):
        total = form.total_score
        parts = _parts(form)
        if total is None or total.value is None or parts[0].score is None:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        covered = _covered(form, parts, subject.catalog.scoring[0].total)
        computed = sum((part.score for part in covered if part.score is not None), Decimal(0))
        holds = computed == total.value
        if not holds and _is_open(covered, total.value - computed):
            # What execution was given is blank, and may be what is missing.
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        if not holds and execution_slipped(form, total.value - computed):
            # The score of execution that is wrong is a finding of its own.
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        if not holds and any(map(_is_overscored, form.indicators)):
            # The score that exceeds its weight is a finding of its own, and the total follows from it.
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            yield subject.finding(
                rule, f"{form_name(form)}的总分{total.text}，各项得分合计{plain(computed)}",
                f"{_told(covered, 'score', '得分')}，表上总分为{total.text}。",
                [at(form.total_place or form.place, f"{form_name(form)}·总分", total.text, suspect=True)],
                stated=total.text, expected=plain(computed), difference=total.value - computed,
            )  # fmt: skip


def _is_open(covered: Sequence[_Part], missing: Decimal) -> bool:
    """Whether parts without a score can have what the total has more than the others."""
    blank = [part.weight for part in covered if part.score is None and part.weight is not None]
    return bool(blank) and 0 <= missing <= sum(blank, Decimal(0))


def _covered(form: PerformanceForm, parts: Sequence[_Part], whole: Decimal) -> list[_Part]:
    """The parts that the total is of, by their weights; all of them where the weights do not tell."""
    printed = form.total_weight.value if form.total_weight is not None else None
    for union in _unions(parts):
        weights = [part.weight for part in union]
        if None not in weights and sum((w for w in weights if w), Decimal(0)) == (printed or whole):
            return union
    return list(parts)


_Marked = TypeVar("_Marked", Indicator, TaskRow)


def overscored(
    rule: Rule, subject: Subject, marked: Iterable[_Marked]
) -> Iterator[tuple[_Marked, Decimal, Decimal]]:
    """The indicators or tasks that have more marks than they can have, with their weight and score; all are counted."""
    for one in marked:
        weight = one.weight.value if one.weight is not None else None
        score = one.score.value if one.score is not None else None
        if weight is None or score is None:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        subject.coverage.count(rule.id, Outcome.VIOLATED if score > weight else Outcome.EXACT)
        if score > weight:
            yield one, weight, score


def scores_over_weights(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for form in scored_forms(subject):
        for indicator, weight, score in overscored(rule, subject, form.indicators):
            yield subject.finding(
                rule, f"{form_name(form)}“{indicator.name}”得分{plain(score)}超过分值{plain(weight)}",
                f"“{indicator.name}”的分值是{plain(weight)}，得分却是{plain(score)}。",
                [of_indicator(form, indicator, suspect=True)], stated=plain(score), expected=plain(weight),
            )  # fmt: skip
