"""What sentences say of two figures against what the figures are: 大于, 持平, 增加, the year compared with, the cause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine, spoken
from gouji.facts import Fact, Interval, Outcome
from gouji.reading import Comparison, Sort, Statement, quantity

_SIGNS = {1: "大于", -1: "小于", 0: "等于"}


def directions(rule: Rule, text: Text) -> Iterator[Finding]:
    """决算数大于预算数, 比上年增加: the figures told with it have to be that way round."""
    for one in text.reading.told:
        for comparison in one.comparisons:
            clash = _direction_clash(comparison, one.pairs, text)
            if clash is None:
                text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            elif not clash:
                text.coverage.count(rule.id, Outcome.EXACT)
            else:
                title, message = clash
                yield text.finding(rule, title, message, *_evidence(comparison, text))


def _direction_clash(
    comparison: Comparison, pairs: list[tuple[Statement, Statement]], text: Text
) -> tuple[str, str] | tuple[()] | None:
    """Title and message where figures and words disagree; nothing where they agree; ``None`` where nothing is told."""
    says, change, growth = comparison.says, comparison.difference, comparison.growth
    if change is not None and growth is not None and _are_opposed(change, growth):
        return (
            f"金额{_verb(change.direction)}{spoken(change.printed)}，百分比却写{_verb(growth.direction)}",
            "同一句里，金额与百分比的增减方向相反。",
        )
    if says is None or comparison.nearly:
        return None
    if comparison.same_as is not None:
        return _against_itself(says, comparison.same_as)
    return (
        _against_plan(comparison, pairs, text)
        if comparison.against == "plan"
        else _against_year(says, comparison, text)
    )


def _are_opposed(change: Statement, growth: Statement) -> bool:
    """Whether an amount goes up and its percentage down."""
    return bool(change.direction != growth.direction and change.printed.value and growth.printed.value)


def _against_year(says: int, comparison: Comparison, text: Text) -> tuple[str, str] | tuple[()] | None:
    """比上年增加: by the figure of last year where it is told, else an increase is no more than there is."""
    current = comparison.current
    if current is None or text.is_doubted(current) or text.is_doubted(comparison.base):
        return None
    now = current.printed.interval
    if comparison.base is not None:
        return _sign_clash(says, current, comparison.base, "增加" if says > 0 else "减少" if says else "持平")
    change_told = comparison.difference
    grows = says > 0 and current.printed.base >= 0
    if change_told is not None and grows and now.hi < change_told.printed.interval.lo:
        return (
            f"增加{spoken(change_told.printed)}，比本年的{spoken(current.printed)}还多",
            "增加额大于本年数，上年数就成了负数：方向或金额有一处写错。",
        )
    return () if change_told is not None else None


def _against_itself(says: int, before: Comparison) -> tuple[str, str] | tuple[()] | None:
    """与上年相比增加…。决算数小于上年数的主要原因是: what was told before with figures, told the other way round."""
    change = before.difference
    if change is None or not change.printed.value:
        return None
    if says == change.direction:
        return ()
    words = f"{_SIGNS[says]}上年数"
    return (
        f"前面写比上年{_verb(change.direction)}{spoken(change.printed)}，后面却写“{words}”",
        f"同一段里，前面说比上年{_verb(change.direction)}，后面说{words}，方向相反。",
    )


def _against_plan(
    comparison: Comparison, pairs: list[tuple[Statement, Statement]], text: Text
) -> tuple[str, str] | tuple[()] | None:
    """决算数大于预算数: wrong only if no budgeted and actual figure of the passage is that way round."""
    says = comparison.says or 0
    if comparison.unplanned and comparison.current is not None:
        return _against_nothing(says, comparison.current, text)
    if not pairs or any(text.is_doubted(side) for pair in pairs for side in pair):
        return None
    clashes = [_sign_clash(says, actual, plan, f"{_SIGNS[says]}预算数") for plan, actual in pairs]
    return () if any(not clash for clash in clashes) else clashes[-1]


def _against_nothing(says: int, now: Statement, text: Text) -> tuple[str, str] | tuple[()] | None:
    """年初未安排预算，支出决算为…，决算数小于预算数: more than nothing was spent."""
    if text.is_doubted(now):
        return None
    sign = (now.printed.base > 0) - (now.printed.base < 0)
    if sign == says:
        return ()
    return (
        f"未安排预算，支出{spoken(now.printed)}，却写“{_SIGNS[says]}预算数”",
        f"年初没有安排预算，决算{spoken(now.printed)}{_SIGNS[sign]}预算数，与“{_SIGNS[says]}预算数”不符。",
    )


def completion_directions(rule: Rule, text: Text) -> Iterator[Finding]:
    """完成年初预算的105%，决算数小于年初预算数: one of the two is wrong, whatever the amounts are."""
    for one in text.reading.told:
        for comparison in one.comparisons:
            rate, says = comparison.rate, comparison.says
            if rate is None or says is None or comparison.nearly or comparison.base is not None:
                continue
            off = rate.printed.value - 100
            room = Decimal(0) if says else Decimal(1).scaleb(-rate.printed.decimals)
            sign = (off > room) - (off < -room)
            if sign in (0, says):
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            words = f"{_SIGNS[says]}预算数"
            yield text.finding(
                rule, f"完成率{rate.printed.text}%，却写“{words}”",
                f"完成预算的{rate.printed.text}%，决算数就{_SIGNS[sign]}预算数，与“{words}”不符。",
                text.quoted(rate, candidate=True), text.quoted(comparison, suspect=True),
                undecided="也可能是完成率写错，请一并核对。",
            )  # fmt: skip


def _sign_clash(says: int, now: Statement, before: Statement, words: str) -> tuple[str, str] | tuple[()]:
    difference = now.printed.base - before.printed.base
    sign = (difference > 0) - (difference < 0)
    if sign == says:
        return ()
    if sign == 0 or says == 0:
        # Figures of which one is printed coarsely may well differ, or be the same.
        ranges: tuple[Interval, Interval] = (now.printed.interval, before.printed.interval)
        if (sign == 0 and now.printed.decimals < _FINE) or (says == 0 and ranges[0].meets(ranges[1])):
            return ()
    return (
        f"{spoken(before.printed)}→{spoken(now.printed)}，却写“{words}”",
        f"{spoken(now.printed)}{_SIGNS[sign]}{spoken(before.printed)}，与“{words}”不符。",
    )


_FINE = 2
"""Decimals from which two equal figures are the same."""


def _verb(direction: int) -> str:
    return "增加" if direction > 0 else "减少"


def base_years(rule: Rule, text: Text) -> Iterator[Finding]:
    """与2023年度相比: the year compared with is the one before that of the document."""
    year = text.reading.scope.year
    if year is None:
        return
    expected = year - text.catalog.clauses.distance
    for one in text.reading.told:
        for comparison in one.comparisons:
            current = comparison.current
            if comparison.against != "year" or comparison.base_year is None or current is None:
                continue
            if current.fact is None or quantity(current.fact, text.reading.scope).year != year:
                continue
            if comparison.base_year == expected:
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            yield text.finding(
                rule, f"与{comparison.base_year}年相比，{year}年度的文本应与{expected}年相比",
                f"这是{year}年度的公开文本，增减应与上年（{expected}年）相比，文中写的是{comparison.base_year}年。",
                *_evidence(comparison, text), stated=str(comparison.base_year), expected=str(expected),
            )  # fmt: skip


def causes(rule: Rule, text: Text) -> Iterator[Finding]:
    """减少…主要原因是经费增加: a cause that speaks of nothing but the opposite direction."""
    wording = text.catalog.clauses
    for one in text.reading.told:
        for comparison in one.comparisons:
            if comparison.says is None or comparison.nearly or not comparison.cause:
                continue
            clash = _direction_clash(comparison, one.pairs, text)
            if comparison.cause_of_all and _are_mixed(one.comparisons, comparison):
                text.coverage.count(rule.id, Outcome.NOT_CHECKED)
                continue
            if clash or (text.is_doubted(comparison.current) and comparison.against == "plan"):
                continue
            cause = re.split(r"[；]", comparison.cause)[0]
            up, down = wording.up.search(cause), wording.down.search(cause)
            if wording.unsure.search(cause) or bool(up) == bool(down):
                text.coverage.count(rule.id, Outcome.NOT_CHECKED)
                continue
            spoken_of = 1 if up else -1
            if spoken_of == comparison.says:
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            said = {1: "增加", -1: "减少", 0: "持平"}[comparison.says]
            yield text.finding(
                rule, f"数字{said}，原因却说{_verb(spoken_of)}",
                f"前面说的是{said}，原因写的是“{cause}”，方向不一致。", *_evidence(comparison, text),
            )  # fmt: skip


def _are_mixed(comparisons: list[Comparison], last: Comparison) -> bool:
    """Whether something was said to go up and something to go down since the cause before."""
    said = set()
    for one in comparisons:
        said.add(one.says)
        if one is last:
            break
        if one.cause:
            said.clear()
    return {1, -1} <= said


def causes_missing(rule: Rule, text: Text) -> Iterator[Finding]:
    """Changes without a word on why, in a text that gives the cause of nearly all of them."""
    wording = text.catalog.clauses
    told: list[Comparison] = []
    untold: list[Comparison] = []
    # A cause in a paragraph of its own is one for all that its section tells.
    compared = {id(one.passage) for one in text.reading.told if one.comparisons}
    explained = {
        passage.path
        for passage in text.reading.passages
        if passage.sort is Sort.TEXT and id(passage) not in compared and wording.cause.search(passage.folded)
    }
    parts = {
        (one.passage.path, c.current.fact)
        for one in text.reading.told
        for c in one.comparisons
        if c.cause and c.current is not None and c.current.fact is not None
    }
    for one in text.reading.told:
        changed = [
            c for c in one.comparisons
            if c.against == "year" and c.says and c.current is not None
            and not (c.difference is not None and c.difference.printed.value == 0)
        ]  # fmt: skip
        if changed:
            why = one.passage.path in explained or any(c.cause for c in one.comparisons)
            why = why or any(_is_explained_by_parts(c, one.passage.path, parts) for c in changed)
            # What only introduces a list is explained by its parts.
            why = why or any(p.search(one.passage.folded) for p in (wording.cause, wording.introduces))
            (told if why else untold).append(changed[0])
    if not untold or len(told) < _FEWEST or len(untold) * _MANY > len(told):
        text.coverage.count(rule.id, Outcome.NOT_CHECKED if untold else Outcome.EXACT)
        return
    yield text.finding(
        rule, f"{len(untold)}处增减没有说明原因", f"全文有{len(told)}处增减说明了原因，这{len(untold)}处没有：{untold[0].quote}。",
        *(text.quoted(comparison, suspect=True) for comparison in untold[:_MOST_PLACES]),
    )  # fmt: skip


def _is_explained_by_parts(
    comparison: Comparison, path: tuple[str, ...], parts: Iterable[tuple[tuple[str, ...], Fact]]
) -> bool:
    """Whether the same section gives the cause of a part of what has changed (“三公”经费, then 公务接待费)."""
    whole = comparison.current.fact if comparison.current is not None else None
    return whole is not None and any(
        section == path and part.concept == whole.concept and set(part.dims) > set(whole.dims)
        for section, part in parts
    )


_FEWEST, _MANY, _MOST_PLACES = 4, 3, 12


def _evidence(comparison: Comparison, text: Text) -> tuple[Evidence]:
    return (text.quoted(comparison, suspect=True),)


COMPARISON_ENGINES: dict[str, TextEngine] = {
    "directions": directions, "completion_directions": completion_directions, "base_years": base_years, "causes": causes,
    "causes_missing": causes_missing,
}  # fmt: skip
