"""Counts that contradict each other or what was paid: no delegation, and yet people who travelled; more cars kept than there
are, a car that cost nothing, more people on posts than there are posts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.catalog import ClauseWording, Rule
from gouji.catalog.own_year import usual_stage
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine
from gouji.facts import Fact, Outcome, Witness
from gouji.reading import Measure, Statement, without_brackets

_FAR = 12
"""Characters between two counts of one thing (个，累计10)."""


def contradictory_counts(rule: Rule, text: Text) -> Iterator[Finding]:
    """团组0个，累计10人次: either both are nothing, or neither is."""
    for told in text.reading.told:
        by_depth = sorted(told.statements, key=lambda one: one.depth)
        for occasions, people in pairwise(by_depth):
            if not _belong(occasions, people, text.catalog.clauses):
                continue
            if bool(occasions.printed.value) == bool(people.printed.value) or (
                not occasions.printed.value and text.catalog.clauses.joined.search(told.passage.folded)
            ):
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            said = [f"{one.printed.text}{one.unit}" for one in (occasions, people)]
            yield text.finding(
                rule, f"{said[0]}与{said[1]}不可能同时成立",
                f"同一句里写{said[0]}、{said[1]}，两个数只有一个是零，至少有一个写错。",
                text.quoted(occasions, suspect=True), text.quoted(people, suspect=True),
            )  # fmt: skip


def _belong(occasions: Statement, people: Statement, wording: ClauseWording) -> bool:
    """Whether the second says how many people took part in the first, in the same sentence and of the same year."""
    between = without_brackets(occasions.passage.folded[occasions.end : people.start])
    return (
        occasions.measure is Measure.COUNT
        and occasions.depth == people.depth
        and people.measure is Measure.COUNT
        and occasions.year == people.year
        and not (occasions.in_cause or people.in_cause)
        and wording.occasions.search(f"{occasions.words}{occasions.unit}") is not None
        and wording.people.search(people.unit) is not None
        and occasions.end <= people.start
        and len(between) <= _FAR
        and not set("。()") & set(between)
    )


def vehicles_kept(rule: Rule, text: Text) -> Iterator[Finding]:
    """公务用车保有量3辆, 共有车辆2辆: what the treasury pays for is a part of all there are."""
    kept = _stated("vehicles_kept", text)
    every = _stated("vehicles", text)
    if not kept or not every:
        text.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    most = max(every, key=lambda one: one.printed.value)
    for one in kept:
        if one.printed.value <= most.printed.value:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield text.finding(
            rule, f"公务用车保有量{one.printed.text}辆，多于车辆总数{most.printed.text}辆",
            f"“三公”经费部分写公务用车保有量{one.printed.text}辆，国有资产部分写共有车辆{most.printed.text}辆，保有量不会多于车辆总数。",
            text.quoted(one, candidate=True), text.quoted(most, candidate=True),
            undecided="两处都可能写错，请一并核对。",
        )  # fmt: skip


def prices_of_bought(rule: Rule, text: Text) -> Iterator[Finding]:
    """购置公务用车1辆, 公务用车购置费0.00万元: what was bought was paid for, and what was paid for was bought."""
    scope = text.reading.scope
    for concept, price in text.catalog.clauses.counts.price_of.items():
        told = [
            sought
            for sought in (*text.voices.tables.by_quantity, *text.voices.spoken)
            if sought.fact.concept == price.concept
            and sought.fact.slice("fund_type_code", None) == price
            and (sought.stage, sought.year) == (usual_stage(scope.kind), scope.year)
        ]
        paid = [w for one in told for w in (*text.voices.tables.witnesses(one), *text.voices.of(one))]
        for one in _stated(concept, text):
            if one.witness is None or not _is_told_beside(price, one, text):
                continue
            if (
                not paid
                or any(w in text.doubted for w in paid)
                or len({bool(w.printed.value) for w in paid}) > 1
            ):
                text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            elif bool(one.printed.value) == bool(paid[0].printed.value):
                text.coverage.count(rule.id, Outcome.EXACT)
            else:
                yield _unpaid(rule, text, one, paid[0])


def _unpaid(rule: Rule, text: Text, bought: Statement, paid: Witness) -> Finding:
    count, amount = f"{bought.printed.text}{bought.unit}", f"{paid.printed.text.strip() or '空白'}"
    title = f"写购置{count}，{paid.row_label.strip() or paid.table}却是{amount}"
    return text.finding(
        rule, title, f"文字写购置{count}，而{paid.where}列示{amount}：有购置就有支出，没有购置就没有支出，两处必有一处写错或漏写。",
        text.quoted(bought, candidate=True), Evidence.of(paid, candidate=True), undecided="两处都可能写错，请一并核对。",
    )  # fmt: skip


def _is_told_beside(price: Fact, bought: Statement, text: Text) -> bool:
    """Whether the section speaks of such money: cars bought with other money are told of elsewhere."""
    return any(
        one.fact is not None and one.fact.concept == price.concept and one.passage.path == bought.passage.path
        for one in text.reading.statements
    )


def staff_over_posts(rule: Rule, text: Text) -> Iterator[Finding]:
    """编制8名, 在编人员9人, in one paragraph."""
    wording = text.catalog.clauses.counts
    for told in text.reading.told:
        counts = [one for one in told.statements if one.measure is Measure.COUNT and one.whole is None]
        posts = [one for one in counts if wording.posts.search(one.words)]
        filled = [
            one for one in counts if wording.filled.search(one.words) and not wording.posts.search(one.words)
        ]
        if len(posts) != 1 or len(filled) != 1:
            # Posts of several kinds, or of several bodies.
            continue
        one, other = filled[0], posts[0]
        if one.printed.value <= other.printed.value:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield text.finding(
            rule, f"在编{one.printed.text}{one.unit}，多于编制{other.printed.text}{other.unit}",
            f"同一段里写编制{other.printed.text}{other.unit}、在编{one.printed.text}{one.unit}，在编人数通常不超过编制数，请核对。",
            text.quoted(one, candidate=True), text.quoted(other, candidate=True),
        )  # fmt: skip


def _stated(concept: str, text: Text) -> list[Statement]:
    """The counts of all of one thing, of the document's own year."""
    return [
        one for one in text.reading.statements
        if one.measure is Measure.COUNT and one.fact is not None and one.fact.concept == concept and not one.fact.dims
        and not text.is_doubted(one)
    ]  # fmt: skip


COUNT_ENGINES: dict[str, TextEngine] = {
    "contradictory_counts": contradictory_counts, "vehicles_kept": vehicles_kept, "prices_of_bought": prices_of_bought,
    "staff_over_posts": staff_over_posts,
}  # fmt: skip
