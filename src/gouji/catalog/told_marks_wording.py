"""How running text tells the marks of the parts of a self-evaluation (产出指标50分，得48分), how many indicators it has, and
what was spent of its money. Text is folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ToldMarksWording:
    """Patterns over folded text."""

    part: re.Pattern[str]
    """The marks of a part: groups ``what`` (a level or a category), ``weight`` where it is told, ``score``."""
    run: re.Pattern[str]
    """Parts one after the other with their sum: groups ``items`` and ``total``."""
    item: re.Pattern[str]
    """One of these: group 1 is its score."""
    counts: tuple[re.Pattern[str], ...]
    """How many indicators a form has: group 1."""
    kinds: re.Pattern[str]
    """How many of them are told by kind: groups ``total`` and ``items``."""
    kind: re.Pattern[str]
    """One of these kinds: group 1 is how many."""
    rate: re.Pattern[str]
    """A rate of execution: group 1, in per cent."""
    amount: re.Pattern[str]
    """An amount with the words before it: groups ``words``, ``number``, ``unit``."""
    spent: re.Pattern[str]
    """Words before what was spent."""
    granted: re.Pattern[str]
    """Words before what there was to spend."""
    elsewhere: re.Pattern[str]
    """Words right before a rate that is another one."""
    planned: re.Pattern[str]
    """Words of a sentence whose rate is only planned, or that of another year or body."""
    reached: re.Pattern[str]
    """Target, actual value and rate of completion: groups ``target``, ``actual``, ``rate``."""


def told_marks_wording(raw: Mapping[str, Any], names: Iterable[str]) -> ToldMarksWording:
    """From the section ``told_marks``; ``names`` are those of levels and categories, folded."""
    known = "|".join(sorted(map(re.escape, {*names, *raw["execution"]}), key=len, reverse=True))
    kinds = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return ToldMarksWording(
        part=re.compile(rf"(?P<what>{known}){raw['part']}"),
        run=re.compile(rf"(?P<items>(?:{raw['item']}[,，、;；]){{3,}}){raw['run_total']}"),
        item=re.compile(raw["item"]),
        counts=tuple(map(re.compile, raw["counts"])),
        kinds=re.compile(
            rf"{raw['kinds_total']}(?P<items>\d{{1,3}}[个项条](?:{kinds})(?:[,，、和及]+\d{{1,3}}[个项条](?:{kinds})){{2,}})"
        ),
        kind=re.compile(rf"(\d{{1,3}})[个项条](?:{kinds})"),
        rate=re.compile(raw["rate"]),
        amount=re.compile(raw["amount"]),
        spent=re.compile(raw["spent"]),
        granted=re.compile(raw["granted"]),
        elsewhere=re.compile(raw["elsewhere"]),
        planned=re.compile(raw["planned"]),
        reached=re.compile(raw["reached"]),
    )
