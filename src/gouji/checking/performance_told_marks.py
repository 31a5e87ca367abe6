"""What running text tells of the marks of an evaluation part by part (产出指标50分，得48分), and of how many indicators it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import PerformanceWording, Rule, fold
from gouji.checking.performance_evidence import at, form_name, plain, self_evaluations
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome
from gouji.performance import Indicator, PerformanceForm, Share
from gouji.reading import Passage, Sort


class ToldPart(NamedTuple):
    """The marks of one part: ``kind`` is level, category or execution, ``id`` what the catalogue calls it."""

    kind: str
    id: str
    name: str
    weight: Decimal | None
    score: Decimal
    passage: Passage
    match: re.Match[str]


def told_parts(subject: Subject) -> list[ToldPart]:
    """In the order of the text; headings may tell marks, too (（一）产出指标（自评得分50分）)."""
    wording = subject.catalog.performance
    found: list[ToldPart] = []
    for passage in subject.reading.passages:
        if passage.sort not in (Sort.TEXT, Sort.HEADING):
            continue
        for match in wording.told.part.finditer(passage.folded):
            name = match["what"]
            kind, id = _named(name, wording)
            weight = Decimal(match["weight"]) if match["weight"] else None
            found.append(ToldPart(kind, id, name, weight, Decimal(match["score"]), passage, match))
    return found


def _named(name: str, wording: PerformanceWording) -> tuple[str, str]:
    """What a name is: a level before a category, unless it names a category only."""
    level, category = wording.levels.get(name, ""), wording.categories.get(name, "")
    if level == "execution" or not (level or category):
        return "execution", "execution"
    return ("level", level) if level else ("category", category)


class _Sum(NamedTuple):
    weight: Decimal
    score: Decimal


def part_marks(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The marks that the text tells of a part, against the form. A text that tells another total is about another form."""
    forms = [form for form in self_evaluations(subject) if form.total_score is not None]
    parts = told_parts(subject)
    totals = {form.total_score.value for form in forms if form.total_score is not None}
    told = {
        Decimal(m[1])
        for p in _texts(subject)
        for s in subject.catalog.performance.scores
        for m in s.finditer(p.folded)
    }
    told -= {part.score for part in parts}
    if not forms or not parts or (told and not told & totals):
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    for part in parts:
        sums = [(form, one) for form in forms for one in _sums(form, part)]
        sums = [(form, one) for form, one in sums if part.weight is None or one.weight == part.weight]
        if not sums:
            subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
            continue
        holds = any(one.score == part.score for _, one in sums)
        if not holds and len(forms) > 1:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        subject.coverage.count(rule.id, Outcome.EXACT if holds else Outcome.VIOLATED)
        if not holds:
            form, one = sums[0]
            yield subject.finding(
                rule, f"正文说{part.name}得{plain(part.score)}分，自评表上是{plain(one.score)}分",
                f"{form_name(form)}{part.name}的分值合计{plain(one.weight)}，得分合计{plain(one.score)}；正文写得{plain(part.score)}分。",
                [subject.span(part.passage, part.match.start(), part.match.end()), at(form.total_place or form.place, f"{form_name(form)}·总分", form.total_score.text if form.total_score else "")],
                stated=plain(part.score), expected=plain(one.score),
            )  # fmt: skip


def _texts(subject: Subject) -> list[Passage]:
    return [passage for passage in subject.reading.passages if passage.sort is Sort.TEXT]


_INSIDE = {"output": "cost", "benefit": "satisfaction"}
"""Levels that some forms put inside others."""


def _sums(form: PerformanceForm, part: ToldPart) -> list[_Sum]:
    """Weight and score of a part of a form; of a level alone, and with the one that may stand inside it."""
    if part.kind == "execution":
        return _added([(form.execution_weight, form.execution_score)])
    if part.kind == "category":
        return _of([i for i in form.indicators if i.category == part.id])
    own = [i for i in form.indicators if i.level == part.id]
    wider = [i for i in form.indicators if i.level in (part.id, _INSIDE.get(part.id))]
    same = len(own) == len(wider)
    return _of(own) + ([] if same or not own else _of(wider))


def _of(indicators: Sequence[Indicator]) -> list[_Sum]:
    return _added([(i.weight, i.score) for i in indicators])


def _added(marks: Sequence[tuple[Share | None, Share | None]]) -> list[_Sum]:
    """One sum, or none where anything is missing. Marks of a merged cell count once."""
    given = [(w, s) for w, s in marks if not (w and w.joint) and not (s and s.joint)]
    weights = [w.value for w, _ in given if w is not None and w.value is not None]
    scores = [s.value for _, s in given if s is not None and s.value is not None]
    if not given or len(weights) < len(given) or len(scores) < len(given):
        return []
    return [_Sum(sum(weights, Decimal(0)), sum(scores, Decimal(0)))]


# ---- Sums within the text. ----


def part_sums(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Marks told one after the other against the sum told with them; marks beyond what a part can have; kinds of indicators
    against how many there are."""
    told = subject.catalog.performance.told
    for part in told_parts(subject):
        if part.weight is None:
            continue
        wrong = part.score > part.weight
        subject.coverage.count(rule.id, Outcome.VIOLATED if wrong else Outcome.EXACT)
        if wrong:
            yield subject.finding(
                rule, f"正文说{part.name}分值{plain(part.weight)}分，却得{plain(part.score)}分",
                f"得分不会超过分值：{part.name}分值{plain(part.weight)}分，正文写得{plain(part.score)}分。",
                [subject.span(part.passage, part.match.start(), part.match.end())],
                stated=plain(part.score), expected=plain(part.weight),
            )  # fmt: skip
    yield from _within_levels(rule, subject)
    runs = ((told.run, told.item, "得分", "分"), (told.kinds, told.kind, "指标个数", "个"))
    for passage in _texts(subject):
        for pattern, item, what, unit in runs:
            for match in pattern.finditer(passage.folded):
                parts = [Decimal(one[1]) for one in item.finditer(match["items"])]
                total, added = Decimal(match["total"]), sum(parts, Decimal(0))
                subject.coverage.count(rule.id, Outcome.EXACT if added == total else Outcome.VIOLATED)
                if added != total:
                    figures = "＋".join(plain(one) for one in parts)
                    yield subject.finding(
                        rule, f"正文各项{what}加起来是{plain(added)}{unit}，合计写的是{plain(total)}{unit}",
                        f"{figures}＝{plain(added)}，正文写合计{plain(total)}{unit}。",
                        [subject.span(passage, match.start(), match.end())],
                        stated=plain(total), expected=plain(added), difference=total - added,
                    )  # fmt: skip


def _within_levels(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """The marks of the categories told below a level are no more than those of the level."""
    wording = subject.catalog.performance
    level: ToldPart | None = None
    inside: list[ToldPart] = []
    for part in [*told_parts(subject), None]:
        if part is not None and level is not None and _is_within(part, level, wording):
            inside.append(part)
            continue
        if level is not None and len({one.name for one in inside}) == len(inside) > 1:
            added = sum((one.score for one in inside), Decimal(0))
            subject.coverage.count(rule.id, Outcome.VIOLATED if added > level.score else Outcome.EXACT)
            if added > level.score:
                figures = "＋".join(f"{one.name}{plain(one.score)}" for one in inside)
                yield subject.finding(
                    rule, f"正文说{level.name}得{plain(level.score)}分，其下各类指标得分合计{plain(added)}分",
                    f"{figures}＝{plain(added)}分，超过{level.name}的{plain(level.score)}分。",
                    [subject.span(level.passage, level.match.start(), level.match.end()),
                     *(subject.span(one.passage, one.match.start(), one.match.end()) for one in inside)],
                    stated=plain(level.score), expected=plain(added), difference=level.score - added,
                )  # fmt: skip
        level, inside = (part if part is not None and part.kind == "level" else None), []


def _is_within(part: ToldPart, level: ToldPart, wording: PerformanceWording) -> bool:
    """Whether a part is a category of a level. Costs are a level of their own, or stand under the output."""
    category = wording.categories.get(part.name, "")
    return bool(category) and (
        wording.level_of.get(category) == level.id != part.id or (level.id, category) == ("output", "cost")
    )


# ---- How many indicators. ----


def indicator_counts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """How many indicators the text says there are, against the forms: one of them, or all together."""
    forms = [form for form in self_evaluations(subject) if form.indicators]
    sizes = [len([i for i in form.indicators if fold(i.name)]) for form in forms]
    wording = subject.catalog.performance.told
    found = {
        (id(passage), match.start(1)): (passage, match)
        for passage in _texts(subject)
        for pattern in wording.counts
        for match in pattern.finditer(passage.folded)
    }
    if not forms or not found:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    known = {*sizes, sum(sizes)}
    for passage, match in found.values():
        stated = int(match[1])
        if stated not in known and len(forms) > 1:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        subject.coverage.count(rule.id, Outcome.EXACT if stated in known else Outcome.VIOLATED)
        if stated not in known:
            yield subject.finding(
                rule, f"正文说有{stated}项指标，自评表里有{sizes[0]}项",
                f"{form_name(forms[0])}列有{sizes[0]}项三级指标，正文写{stated}项。",
                [subject.span(passage, match.start(), match.end()), at(forms[0].place, form_name(forms[0]), f"{sizes[0]}项指标")],
                stated=str(stated), expected=str(sizes[0]),
            )  # fmt: skip
