"""What the running text of a self-evaluation says of its forms: score, grade, execution of the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import PerformanceWording, Rule, fold
from gouji.checking.performance_evidence import at, form_name, self_evaluations
from gouji.checking.performance_told_marks import told_parts
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome, Printed, Unit, as_printed
from gouji.performance import Amount, PerformanceForm, grade
from gouji.reading import Passage, Sort

_HUNDRED = Decimal(100)
_UNITS = {unit.value: unit for unit in (Unit.YI_YUAN, Unit.WAN_YUAN, Unit.YUAN)}


class _Said(NamedTuple):
    """A match in a sentence of the running text; ``sentence`` is folded."""

    passage: Passage
    match: re.Match[str]
    sentence: str


def _said(subject: Subject, patterns: Sequence[re.Pattern[str]]) -> Iterator[_Said]:
    for passage in subject.reading.passages:
        if passage.sort is not Sort.TEXT:
            continue
        for pattern in patterns:
            for match in pattern.finditer(passage.folded):
                start = passage.folded.rfind("。", 0, match.start()) + 1
                end = passage.folded.find("。", match.end())
                yield _Said(passage, match, passage.folded[start : end if end >= 0 else None])


def narrated_scores(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The score that the running text states, against the forms; a score that any form has is taken to be its own."""
    totals = [form for form in self_evaluations(subject) if form.total_score is not None]
    of_parts = [(id(part.passage), part.match.span()) for part in told_parts(subject)]
    found = [
        (said.passage, said.match)
        for said in _said(subject, subject.catalog.performance.scores)
        if not _is_of_part(said, of_parts)
    ]
    known = {form.total_score.value for form in totals if form.total_score is not None}
    if not totals or not found:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    for passage, match in found:
        stated = Decimal(match[1])
        subject.coverage.count(rule.id, Outcome.EXACT if stated in known else Outcome.VIOLATED)
        if stated not in known:
            printed = "、".join(
                f"{form_name(form)}{form.total_score.text}分" for form in totals if form.total_score
            )
            yield subject.finding(
                rule, f"正文说自评得{stated}分，自评表里没有这个总分",
                f"正文写自评得分{stated}分，自评表的总分是：{printed}。",
                [subject.span(passage, match.start(), match.end()), *(at(f.total_place or f.place, f"{form_name(f)}·总分", f.total_score.text) for f in totals[:3] if f.total_score)],
                stated=str(stated),
            )  # fmt: skip


_OF_PART = re.compile(r"(?:分值|满分|权重)(?:为|共)?\d")
"""Before a score that is one of several within the sentence."""


def _is_of_part(said: _Said, of_parts: Sequence[tuple[int, tuple[int, int]]]) -> bool:
    """Whether a score is that of a part of the evaluation (产出指标：分值30分，自评得分30分)."""
    before = said.sentence[: max(said.sentence.find(said.match[0]), 0)]
    inside = any(
        passage == id(said.passage) and start <= said.match.start() < end
        for passage, (start, end) in of_parts
    )
    return inside or _OF_PART.search(before) is not None


def narrated_grades(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The grade that the running text states, against those that the total scores of the forms come to."""
    method = subject.catalog.scoring[0]
    totals = [
        f for f in self_evaluations(subject) if f.total_score is not None and f.total_score.value is not None
    ]
    found = list(_said(subject, subject.catalog.performance.graded))
    known = {
        grade(form.total_score.value, method)
        for form in totals
        if form.total_score and form.total_score.value is not None
    }
    if not found:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    places: set[tuple[int, int]] = set()
    for said in found:
        stated = said.match[1]
        place = id(said.passage), said.match.start(1)
        if place in places:
            continue
        places.add(place)
        beside = _score_beside(subject, said)
        if beside is not None:
            holds = grade(beside, method) == stated
            subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
            if not holds:
                yield subject.finding(
                    rule, f"正文说得{beside}分，等级却是“{stated}”",
                    f"{beside}分按《{method.title}》为“{grade(beside, method)}”，正文写“{stated}”。",
                    [subject.span(said.passage, said.match.start(), said.match.end())],
                    stated=stated, expected=grade(beside, method),
                )  # fmt: skip
            continue
        if not totals:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        if any(word in said.sentence for word in subject.catalog.performance.other_rates):
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        holds = stated in known
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            printed = "、".join(f"{form_name(f)}{f.total_score.text}分" for f in totals[:3] if f.total_score)
            yield subject.finding(
                rule, f"正文说等级为“{stated}”，自评表的总分不是这一等级",
                f"正文写等级为“{stated}”，自评表的总分是{printed}，按《{method.title}》为“{'、'.join(sorted(known))}”。",
                [subject.span(said.passage, said.match.start(), said.match.end()),
                 *(at(f.total_place or f.place, f"{form_name(f)}·总分", f.total_score.text) for f in totals[:3] if f.total_score)],
                stated=stated, expected="、".join(sorted(known)),
            )  # fmt: skip


def _score_beside(subject: Subject, said: _Said) -> Decimal | None:
    """The score that stands in the sentence of a grade, if both stand there alone and the text sets no bounds of its own."""
    wording = subject.catalog.performance
    patterns = (*wording.scores, *wording.beside_grades)
    scores = {Decimal(match[1]) for pattern in patterns for match in pattern.finditer(said.sentence)}
    grades = {match.start(1) for pattern in wording.graded for match in pattern.finditer(said.sentence)}
    if len(scores) != 1 or len(grades) != 1 or max(scores) > _HUNDRED:
        return None
    if any(wording.own_bounds.search(passage.folded) for passage in subject.reading.passages):
        return None
    return scores.pop()


# ---- Execution. ----


def narrated_execution(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Rates of execution, budgets and amounts spent that the running text states of a form."""
    wording = subject.catalog.performance
    forms = [form for form in self_evaluations(subject) if _spent(form) is not None]
    if not forms:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    for said in _said(subject, wording.rates):
        concerned = _concerned(said, forms, wording.other_rates)
        if not concerned:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        stated = Decimal(said.match[1])
        if any(_is_rate(stated, said.match[1], form) for form in concerned):
            subject.coverage.count(rule.id, Outcome.EXACT)
        else:
            yield _contradicted(rule, subject, said, concerned, f"执行率{said.match[1]}%")
    for what, patterns in (("全年预算数", wording.budgets), ("全年执行数", wording.spents)):
        for said in _said(subject, patterns):
            named = _named(said.sentence, forms) or _whole(said, forms, wording)
            printed = as_printed(said.match[1].replace(",", ""), _UNITS[said.match[2]])
            if len(named) != 1 or printed is None or not _is_one(said.sentence, patterns):
                subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
                continue
            if any(_agree(printed, amount) for row in named[0].money for amount in row.amounts.values()):
                subject.coverage.count(rule.id, Outcome.EXACT)
            else:
                yield _contradicted(rule, subject, said, named, f"{what}{said.match[1]}{said.match[2]}")


def _is_one(sentence: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Whether a sentence states one such amount only: of several it is not known which is the project's."""
    return sum(1 for pattern in patterns for _ in pattern.finditer(sentence)) == 1


def _named(sentence: str, forms: Sequence[PerformanceForm]) -> list[PerformanceForm]:
    """The form of the project that a sentence names; the longest name wins."""
    named = [form for form in forms if form.project and fold(form.project) in sentence]
    longest = max((len(fold(form.project)) for form in named), default=0)
    return [form for form in named if len(fold(form.project)) == longest]


_ASIDE = re.compile(r"\([^()]*\)")
"""What is said in passing: 全年预算数1489.44万元(含上年结余)."""
_LONGEST_NAME = 10


def _whole(
    said: _Said, forms: Sequence[PerformanceForm], wording: PerformanceWording
) -> Sequence[PerformanceForm]:
    """The form of the whole body, where an amount is told of nothing smaller: 2024年度,我单位全年预算数…"""
    before = said.sentence[: max(said.sentence.find(said.match[0]), 0)]
    told = _ASIDE.sub("", before)
    subject = re.split("[,，;；:：、]", told)[-1]
    smaller = any(word in told for word in (*wording.parts_of_whole, *wording.other_rates))
    whole = [form for form in forms if form.scope == "department" and not form.project]
    return whole if len(subject) <= _LONGEST_NAME and not smaller and len(whole) == 1 else []


def _concerned(
    said: _Said, forms: Sequence[PerformanceForm], other: Sequence[str]
) -> Sequence[PerformanceForm]:
    """The forms that a rate may be one of; none when the sentence is about another rate, or about a plan."""
    start = max(said.sentence.find(said.match[0]), 0)
    before = said.sentence[:start] + said.match[0]
    clause = re.split("[;；]", before)[-1]
    if any(word in _ASIDE.sub("", clause) for word in other):
        return []
    named = _named(clause, forms)
    return named or (forms if any(form.scope == "department" for form in forms) else [])


def _spent(form: PerformanceForm) -> tuple[Amount, Amount] | None:
    """Spent and budget of the whole money."""
    row = form.money_row("total")
    if row is None or "budget" not in row.amounts or "spent" not in row.amounts:
        return None
    return (row.amounts["spent"], row.amounts["budget"]) if row.amounts["budget"].printed.base > 0 else None


def _is_rate(stated: Decimal, text: str, form: PerformanceForm) -> bool:
    """Whether a rate is that of some row of money of a form, rounded or cut off at its last place, or the printed one."""
    unit = Decimal(1).scaleb(-len(text.partition(".")[2]))
    rates = [
        row.amounts["spent"].printed.base / row.amounts[column].printed.base * _HUNDRED
        for row in form.money
        for column in ("budget", "initial")
        if "spent" in row.amounts and column in row.amounts and row.amounts[column].printed.base > 0
    ]
    if form.execution_rate is not None and form.execution_rate.value is not None:
        rates.append(form.execution_rate.value)
    return any(abs(rate - stated) < unit for rate in rates)


def _agree(printed: Printed, amount: Amount) -> bool:
    return printed.interval.meets(amount.printed.interval)


def _contradicted(
    rule: Rule, subject: Subject, said: _Said, forms: Sequence[PerformanceForm], stated: str
) -> Finding:
    subject.coverage.count(rule.id, Outcome.VIOLATED)
    evidence: list[Evidence] = [subject.span(said.passage, said.match.start(), said.match.end())]
    shown = []
    for form in forms[:3]:
        pair = _spent(form)
        if pair is not None:
            spent, budget = (amount.printed for amount in pair)
            shown.append(
                f"{form_name(form)}预算{budget.text.strip()}、执行{spent.text.strip()}，"
                f"执行率{spent.base / budget.base * _HUNDRED:.2f}%"
            )
            evidence.append(at(pair[0].place, f"{form_name(form)}·全年执行数", spent.text))
    return subject.finding(
        rule, f"正文的{stated}与自评表不符", f"正文写{stated}，自评表列示：" + "；".join(shown) + "。",
        evidence, stated=said.match[1],
    )  # fmt: skip
