"""Which figure changed, where the words beside the change leave it open: the last part of a list or its whole; a figure
that a passage before told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gouji.catalog import ClauseWording
from gouji.reading.clause_words import core, is_named
from gouji.reading.statement import Comparison, Measure, Statement, Told

_NEAR = 6
"""Passages back in which a figure may have been told."""
_YEAR = re.compile(r"20\d\d(?=年)")
_BOTH_SIDES = "收支"


def settle_unnamed(told: Told) -> None:
    """其中：甲…，乙…，比上年增加…: what changed is the last part, unless its figures do not allow that and those of a whole
    do."""
    for comparison in told.comparisons:
        part = comparison.current
        if not comparison.unnamed or part is None or comparison.base is not None or _fits(comparison, part):
            continue
        whole = part.whole
        while whole is not None and not _fits(comparison, whole):
            whole = whole.whole
        if whole is not None:
            _make_about(comparison, whole)


def settle_named(told: Told, before: Sequence[Told], wording: ClauseWording) -> None:
    """“三公”经费比上年减少…, in a passage of its own: the figure of that name told right before, below the same headings."""
    near = [one for one in before[-_NEAR:] if one.passage.path == told.passage.path]
    for comparison in told.comparisons:
        if comparison.current is None and comparison.against != "plan" and core(comparison.who):
            named = _YEAR.search(comparison.who)
            found = _named(core(comparison.who), near, wording, int(named.group()) if named else None)
            if found is not None:
                _make_about(comparison, found)


def _named(who: str, near: Sequence[Told], wording: ClauseWording, year: int | None) -> Statement | None:
    """The latest amount of a name and of a year, if the words name one, if its passage tells but one."""
    if who == _BOTH_SIDES:
        totals = [s for one in near for s in _amounts(one, year) if _is_total(s)][-2:]
        if len(totals) == 2 and core(totals[0].words)[-2:] != core(totals[1].words)[-2:]:
            return totals[0] if totals[0].printed.base == totals[1].printed.base else None
    for one in reversed(near):
        alike = [
            spent(s, one.pairs)
            for s in _amounts(one, year)
            if core(s.words) == who or is_named(core(s.words), who, wording)
        ]
        if alike:
            return alike[-1] if len({s.printed.base for s in alike}) == 1 else None
    return None


def _amounts(told: Told, year: int | None) -> list[Statement]:
    """The amounts of the document's own year, or of a year that is named."""
    return [
        s
        for s in told.statements
        if s.measure is Measure.AMOUNT and not s.is_base and not s.in_cause and s.year in (None, year)
    ]


def _is_total(amount: Statement) -> bool:
    return core(amount.words).endswith(("收入", "支出")) and "总计" in amount.words


def spent(plan: Statement, pairs: Sequence[tuple[Statement, Statement]]) -> Statement:
    """What was spent of a planned figure, where that is told with it; else the figure itself."""
    return next((actual for planned, actual in pairs if planned is plan), plan)


def _make_about(comparison: Comparison, about: Statement) -> None:
    comparison.current = about
    for figure in (comparison.difference, comparison.growth):
        if figure is not None:
            figure.of = about


def _fits(comparison: Comparison, about: Statement) -> bool:
    """Whether a figure can have changed by as much as is told, and by as many per cent."""
    change, growth = comparison.difference, comparison.growth
    if change is None or about.measure is not Measure.AMOUNT:
        return about.measure is Measure.AMOUNT
    before = about.printed.base - (comparison.says or 1) * abs(change.printed.base)
    if growth is None or before <= 0:
        return before >= 0
    per_cent = abs(change.printed.base) / before * 100
    width = 2 * change.printed.half_width + about.printed.half_width
    room = Decimal(1).scaleb(-growth.printed.decimals) + width / before * 100
    return abs(per_cent - abs(growth.printed.value)) <= room
