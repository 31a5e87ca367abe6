"""What a count is of where its words are known one by one: classes of vehicles, projects with targets, plans to buy. Such a
count is understood and held against nothing; what is compared is told by :mod:`gouji.reading.counted`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.catalog import ClauseWording, fold
from gouji.facts import Fact
from gouji.reading.statement import Statement

_YEARS = re.compile(r"20[0-3]\d年?(?:度)?")


def tally(statement: Statement, wording: ClauseWording, names: Sequence[str]) -> Fact | None:
    """What a count is of, or ``None`` where not all of its words are understood. ``names`` are those of the body."""
    words = fold(statement.words)
    for name in names:
        words = words.replace(name, "")
    words = wording.untallied.sub("", _YEARS.sub("", words))
    unit = fold(statement.unit)
    found = wording.tallies.get((unit, words))
    if found is None:
        return None
    of = Fact(found.concept, tuple(sorted(found.dims.items())))
    whole = statement.whole
    if not found.part:
        return of
    if whole is None or whole.fact is None or whole.unit != statement.unit:
        return of
    return of.of(whole.fact.concept)
