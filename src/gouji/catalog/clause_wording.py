"""How sentences state figures: the wordings of ``clauses.toml``, validated and compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from gouji.catalog.count_wording import CountWording, count_wording
from gouji.catalog.dimensions import Dimension
from gouji.catalog.lexicon import fold
from gouji.catalog.model import CatalogError
from gouji.catalog.toml_data import known_members, one_of

_FILE = "clauses.toml"
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "units": ("money", "count"),
    "comparison": ("up", "down", "after", "flat", "nearly", "heads", "last_year", "of_base", "after_base", "again", "budgets", "up_alone", "down_alone", "gaps",
                   "greater", "smaller", "equal", "actual", "planned", "unplanned", "last_figure"),
    "share": ("heads", "tails"),
    "completion": ("heads", "adjusted", "deviations", "rates", "of_money"),
    "cause": ("heads", "unsure"),
    "list": ("heads", "rest", "closes", "introduces", "regroups", "exclusive", "bracketed", "measured", "sides"),
    "context": ("another_report", "uncompared", "this_year", "fundless", "funds"),
    "economic_lists": ("personnel", "public", "heads", "open", "all"),
    "counts": ("occasions", "people"),
    "tallies": ("trivia",),
    "purposes": ("heads",),
    "paths": ("levels",),
}  # fmt: skip


class Term(NamedTuple):
    """What a word before a figure contributes to what the figure states. ``concepts`` are alternatives, the likeliest
    first; a ``strong`` term outweighs 收入 and 支出 beside it; ``whole`` says that all funds are meant."""

    word: str
    concepts: tuple[str, ...]
    dims: Mapping[str, str]
    stage: str
    strong: bool
    whole: bool


class Tally(NamedTuple):
    """What is counted: a concept with its dimensions. A ``part`` takes the concept of what it is told apart from."""

    concept: str
    dims: Mapping[str, str]
    part: bool


@dataclass(frozen=True, slots=True, eq=False)
class ClauseWording:
    """Compiled wordings. All patterns are for folded characters: no blanks, ASCII brackets and digits, Chinese
    punctuation."""

    figure: re.Pattern[str]
    """A number with its unit: groups ``number`` and ``unit``."""
    money: frozenset[str]
    tallies: Mapping[tuple[str, str], Tally]
    """Unit and words before a count, without what adds nothing -> what is counted."""
    untallied: re.Pattern[str]
    """Words that add nothing to what is counted."""
    uncompared: frozenset[str]
    """Concepts that sentences state of different things under one name: understood, but held against nothing."""
    change: re.Pattern[str]
    """The end of a clause before a figure: groups ``up`` or ``down``."""
    changes_next: re.Pattern[str]
    """By how much a figure changed, right behind it."""
    gap: re.Pattern[str]
    """差额为, at the end of the words before a figure: it only tells two figures from each other."""
    compared: re.Pattern[str]
    """A comparison with another year: groups ``year`` (digits) or ``last``."""
    compare_head: re.Pattern[str]
    """比, 较, 与: the first word of a comparison."""
    compared_after: re.Pattern[str]
    """相比, after what is compared with."""
    budgeted: re.Pattern[str]
    """A comparison with the budget of the year itself: 比年初预算数, 与预算相比."""
    again: re.Pattern[str]
    """同比."""
    flat: re.Pattern[str]
    """持平, with the word that weakens it in group ``nearly``."""
    against_plan: re.Pattern[str]
    """决算数大于预算数: groups ``greater``, ``smaller`` or ``equal``; with ``last``, last year's figure is meant (大于上年数)."""
    unplanned: re.Pattern[str]
    """未安排预算: the budget was nothing."""
    last_figure: re.Pattern[str]
    """收入上年数为, at the end of the words before a figure."""
    share: re.Pattern[str]
    """The end of a clause before a share: group ``whole``."""
    completion: re.Pattern[str]
    deviation: re.Pattern[str]
    """预决算差异率, at the end of the words before a percentage."""
    cause: re.Pattern[str]
    cause_sentence: re.Pattern[str]
    """A sentence that gives nothing but a cause."""
    unsure: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    parts: re.Pattern[str]
    rest: tuple[str, ...]
    closes: re.Pattern[str]
    """What an amount begins with that is no part of the list before it."""
    introduces: re.Pattern[str]
    regroups: tuple[str, ...]
    """Beginnings of a line after which a whole is told apart another way."""
    distance: int
    economic: Mapping[str, re.Pattern[str]]
    """personnel, public -> the head of its list of economic items."""
    listing: re.Pattern[str]
    open_list: tuple[str, ...]
    wholly: re.Pattern[str]
    """均为 at the end of the words before 人员经费: all of the figure before is of that kind."""
    occasions: re.Pattern[str]
    people: re.Pattern[str]
    joined: re.Pattern[str]
    """By which a sentence says that people travelled with a delegation of another body."""
    counts: CountWording
    purpose: re.Pattern[str]
    """``主要用于`` up to the end of its sentence, group ``what``."""
    spent_on: re.Pattern[str]
    """``主要用于`` alone."""
    natures: Mapping[str, str]
    adjusted: tuple[str, ...]
    """Words for a budget with all that was added during the year."""
    exclusive: frozenset[str]
    """Units of things whose parts do not overlap."""
    bracketed: frozenset[str]
    """Units of what happens once each: parts of it told in a bracket are all of it."""
    measured: frozenset[str]
    """Units among them that are measured and rounded, not counted."""
    sides: frozenset[str]
    """Words before the head of a list that make it one side of a sum of both (收入包括…；支出包括…)."""
    fundless: re.Pattern[str]
    """Names of spending that are not told apart by the fund before them (“三公”经费, 财政拨款“三公”经费)."""
    funds: re.Pattern[str]
    """Words for the fund, before such a name."""
    another_report: re.Pattern[str]
    this_year: re.Pattern[str]
    path: re.Pattern[str]
    """One step of a path 类/款/项: groups ``name`` and ``level``."""
    terms: Mapping[str, Term]
    longest: int


def clause_wording(raw: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> ClauseWording:
    """Read the file. Raises CatalogError naming the file and the entry that is wrong."""
    for section, keys in _SECTIONS.items():
        for key in keys:
            words = raw.get(section, {}).get(key)
            if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
                raise CatalogError(f"{_FILE}: [{section}] {key} is not a list of wordings")
    for key in ("source", "valid_from"):
        if not raw.get(key):
            raise CatalogError(f"{_FILE}: lacks “{key}”")
    units, compare = raw["units"], raw["comparison"]
    up, down = _any(compare["up"]), _any(compare["down"])
    after, planned, actual = _any(compare["after"]), _any(compare["planned"]), _any(compare["actual"])
    last, heads = _any(compare["last_year"]), _any(compare["heads"])
    after_base, flat = _any(compare["after_base"]), _any(compare["flat"])
    of_base, last_figure = _any(compare["of_base"]), _any(compare["last_figure"])
    terms = dict(_terms(raw.get("terms", ()), dimensions))
    return ClauseWording(
        figure=re.compile(
            r"(?<![\d.,A-Za-z])(?P<number>(?:(?<![\d年)\]])-)?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
            rf"(?P<unit>%|{_any([*units['money'], *units['count']])})"
        ),
        money=frozenset(units["money"]),
        tallies=_tallies(raw.get("tally", ()), dimensions, re.compile(_any(raw["tallies"]["trivia"]))),
        untallied=re.compile(_any(raw["tallies"]["trivia"])),
        uncompared=frozenset(raw["context"]["uncompared"]),
        change=re.compile(
            rf"(?:(?P<up>{up}|{_alone(compare['up_alone'])})|(?P<down>{down}|{_alone(compare['down_alone'])}))"
            rf"(?:{after})*$"
        ),
        changes_next=re.compile(
            rf"[，]?(?:同比)?(?:{up}|{down})(?:{after})*[\d.,]+(?:{_any(units['money'])})"
        ),
        gap=re.compile(rf"(?:{_any(compare['gaps'])})[为是]?$"),
        compared=re.compile(
            rf"(?:{heads})(?:(?P<year>20\d\d)年?|(?P<last>{last}))(?P<of>(?:{of_base})*)"
            rf"(?:{after_base})?"
        ),
        compare_head=re.compile(heads),
        compared_after=re.compile(after_base),
        budgeted=re.compile(
            rf"(?:{heads})(?:本年度?|当年)?(?:{_any(compare['budgets'])})"
            rf"(?:{after_base}|(?=，?(?:{flat}|{up}|{down})))"
        ),
        again=re.compile(rf"(?:{_any(compare['again'])})(?!{last}|20\d\d)"),
        flat=re.compile(rf"(?P<nearly>{_any(compare['nearly'])})?(?:保持)?(?:{flat})"),
        against_plan=re.compile(
            rf"(?:{actual})(?:(?P<greater>{_any(compare['greater'])})|(?P<smaller>{_any(compare['smaller'])})"
            rf"|(?P<equal>{_any(compare['equal'])}))(?:(?P<last>{last_figure})|(?P<planned>{planned}))"
        ),
        unplanned=re.compile(_any(compare["unplanned"])),
        last_figure=re.compile(rf"(?:{last_figure})[为是]?$"),
        share=re.compile(
            rf"(?:{_any(raw['share']['heads'])})(?P<whole>[^，。；：、]*?)(?:{_any(raw['share']['tails'])})?$"
        ),
        completion=re.compile(
            rf"(?:(?:{_any(raw['completion']['heads'])})(?!率)"
            rf"|(?:^|{_any(raw['completion']['of_money'])})(?:{_any(raw['completion']['rates'])}))(?P<of>[^，。；：]*)$"
        ),
        deviation=re.compile(rf"(?:{_any(raw['completion']['deviations'])})[为是]?$"),
        cause_sentence=re.compile(rf"。(?:{_any(raw['cause']['heads'])})[^。\d]*(?=。)"),
        cause=re.compile(_any(raw["cause"]["heads"])),
        unsure=re.compile(_any(raw["cause"]["unsure"])),
        up=re.compile(up),
        down=re.compile(down),
        parts=re.compile(rf"(?<!不)(?:{_any(raw['list']['heads'])})(?!\))[：:，]?"),
        rest=tuple(raw["list"]["rest"]),
        closes=re.compile(rf"^(?:{_any(raw['list']['closes'])})"),
        regroups=tuple(raw["list"]["regroups"]),
        introduces=re.compile(rf"(?:{_any(raw['list']['introduces'])})$"),
        distance=int(raw["years"]["distance"]),
        economic={
            group: re.compile(rf"(?:{_any(raw['economic_lists'][group])})")
            for group in ("personnel", "public")
        },
        listing=re.compile(rf"(?:{_any(raw['economic_lists']['heads'])})[：:，]?(?P<names>[^。；]*)"),
        open_list=tuple(raw["economic_lists"]["open"]),
        wholly=re.compile(rf"(?:{_any(raw['economic_lists']['all'])})$"),
        occasions=re.compile(_any(raw["counts"]["occasions"])),
        people=re.compile(_any(raw["counts"]["people"])),
        joined=re.compile(raw["counts"]["joined"]),
        counts=count_wording(raw, dimensions),
        purpose=re.compile(rf"(?:{_any(raw['purposes']['heads'])})[：:]?(?P<what>[^。]*)"),
        spent_on=re.compile(_any(raw["purposes"]["heads"])),
        natures={raw["purposes"]["basic"]: "basic", raw["purposes"]["project"]: "project"},
        adjusted=tuple(raw["completion"]["adjusted"]),
        exclusive=frozenset(raw["list"]["exclusive"]),
        bracketed=frozenset(raw["list"]["bracketed"]),
        measured=frozenset(raw["list"]["measured"]),
        sides=frozenset(raw["list"]["sides"]),
        fundless=re.compile(_any(raw["context"]["fundless"])),
        funds=re.compile(_any(raw["context"]["funds"])),
        another_report=re.compile(_any(raw["context"]["another_report"])),
        this_year=re.compile("|".join(raw["context"]["this_year"])),
        path=re.compile(
            rf"(?P<name>(?:[^()。；，：:]|\((?!{_any(raw['paths']['levels'])}){_IN_NAME}\))+)"
            rf"\((?P<level>{_any(raw['paths']['levels'])})\)"
        ),
        terms=terms,
        longest=max(map(len, terms)),
    )


_IN_NAME = r"[^()\d一二三四五六七八九十。；，：:]{1,6}"
"""What stands in brackets within a name (党委办公厅（室）), and is no ordinal or code."""


_any = partial(one_of, _FILE)


def _alone(words: Sequence[str]) -> str:
    """Words of one character, which at the end of other words (新增) mean something else."""
    return rf"(?<![一-龥])(?:{_any(words)})|(?<=[年期数算比])(?:{_any(words)})"


def _tallies(
    raw: Sequence[Mapping[str, Any]], dimensions: Mapping[str, Dimension], trivia: re.Pattern[str]
) -> dict[tuple[str, str], Tally]:
    found: dict[tuple[str, str], Tally] = {}
    for entry in raw:
        if not (entry.get("words") and entry.get("units") and entry.get("concept") and entry.get("source")):
            raise CatalogError(f"{_FILE}: [[tally]] {entry}: lacks “words”, “units”, “concept” or “source”")
        dims = entry.get("dims", {})
        known_members(_FILE, f"[[tally]] {entry['words'][0]}", dims, dimensions)
        for unit in entry["units"]:
            for word in dict.fromkeys(trivia.sub("", fold(word)) for word in entry["words"]):
                if (unit, word) in found:
                    raise CatalogError(f"{_FILE}: [[tally]] “{word}” is defined twice for {unit}")
                found[unit, word] = Tally(entry["concept"], dims, entry.get("part", False))
    return found


def _terms(raw: Sequence[Mapping[str, Any]], dimensions: Mapping[str, Dimension]) -> list[tuple[str, Term]]:
    found: dict[str, Term] = {}
    for entry in raw:
        words = entry.get("words")
        if not words or not entry.get("source"):
            raise CatalogError(f"{_FILE}: [[terms]] {words or entry}: lacks “words” or “source”")
        unknown = entry.keys() - {"words", "source", "concepts", "dims", "stage", "strong", "whole"}
        if unknown:
            raise CatalogError(f"{_FILE}: [[terms]] {words[0]}: unknown keys {sorted(unknown)}")
        known_members(_FILE, f"[[terms]] {words[0]}", entry.get("dims", {}), dimensions)
        for word in map(fold, words):
            if word in found:
                raise CatalogError(f"{_FILE}: [[terms]] “{word}” is defined twice")
            found[word] = Term(
                word, tuple(entry.get("concepts", ())), entry.get("dims", {}), entry.get("stage", ""),
                entry.get("strong", False), entry.get("whole", False),
            )  # fmt: skip
    return list(found.items())
