"""The wording by which a document says what it is: kind, year, level and body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gouji.catalog.composition_wording import CompositionWording, composition_wording
from gouji.catalog.lexicon import fold
from gouji.catalog.toml_data import compiled, one_of

_YEAR = r"20[0-3]\d"


@dataclass(frozen=True, slots=True, eq=False)
class ScopeWording:
    """Patterns and word lists over folded text. ``kinds`` are in order: the first that a title names is its kind."""

    kinds: Mapping[str, re.Pattern[str]]
    core: re.Pattern[str]
    """部门预算, 单位决算, 部门整体支出绩效自评: group ``level`` is set."""
    bare_core: re.Pattern[str]
    """预算, 决算, 绩效自评 without a level."""
    level_line: re.Pattern[str]
    """部门概况, 2026年部门收支总表, 预算单位: group ``level`` or ``unit``."""
    dated: re.Pattern[str]
    """A year shortly before what a disclosure is about: group 1 is the year."""
    funds: re.Pattern[str]
    tiers: tuple[str, ...]
    leads: tuple[str, ...]
    trails: tuple[str, ...]
    joins: re.Pattern[str]
    no_disclosure: tuple[str, ...]
    skipped: re.Pattern[str]
    skip_words: tuple[str, ...]
    most_cover_lines: int
    heads: Mapping[str, str]
    """Head before a colon -> the level it suggests."""
    head: re.Pattern[str]
    coded: re.Pattern[str]
    """A body's code and name at the beginning of a line: group ``body``."""
    forms: frozenset[str]
    endings: tuple[str, ...]
    places: tuple[str, ...]
    never: frozenset[str]
    subjects: tuple[re.Pattern[str], ...]
    short_starts: tuple[str, ...]
    topic: re.Pattern[str]
    short_forms: tuple[tuple[str, str], ...]
    placeholder: re.Pattern[str]
    placeholder_in_name: re.Pattern[str]
    table_title: re.Pattern[str]
    book_title: re.Pattern[str]
    performance_table: re.Pattern[str]
    composition: CompositionWording
    government_title: re.Pattern[str]
    """What a title says that is of a whole government."""
    government_table: re.Pattern[str]
    government_places: tuple[str, ...]
    government_names: tuple[str, ...]


def scope_wording(raw: Mapping[str, Any]) -> ScopeWording:
    """The wording from ``scope.toml``. Raises CatalogError naming the part that is missing or no pattern."""
    return compiled("scope.toml", raw, _compiled)


def _compiled(raw: Mapping[str, Any]) -> ScopeWording:
    title, cover, body, names = raw["title"], raw["cover"], raw["body"], raw["names"]
    kinds = {entry["id"]: re.compile(_any(entry["words"])) for entry in raw["kinds"]}
    kind = _any([word for entry in raw["kinds"] for word in entry["words"]])
    level = "(?P<level>部门|单位)"
    core = f"{level}(?:{_any(title['between'])})*{kind}"
    heads = {fold(word): entry["level"] for entry in body["heads"] for word in entry["words"]}
    topics = _any(names["topics"])
    return ScopeWording(
        kinds=kinds,
        core=re.compile(core),
        bare_core=re.compile(kind),
        level_line=re.compile(
            f"(?P<unit>{_any(title['unit_words'])})(?=(?:财务)?{_any(title['table_topics'])})|"
            f"{core}(?!{_any(title['not_before'])})|"
            f"(?<!各)(?P<topic>部门|单位)(?:{_any(title['level_topics'])}|(?:财务)?{_any(title['table_topics'])})"
        ),
        dated=re.compile(
            rf"({_YEAR})\(?年?度?\)?(?!\d{{0,2}}月)[^。,;]{{0,10}}?(?:部门|单位)(?:{_any(title['between'])})*{kind}"
        ),
        funds=re.compile(_any(title["funds"])),
        tiers=tuple(title["tiers"]),
        leads=tuple(title["leads"]),
        trails=tuple(title["trails"]),
        joins=re.compile(_any(title["joins"])),
        no_disclosure=tuple(title["no_disclosure"]),
        skipped=re.compile(cover["skip_pattern"]),
        skip_words=tuple(map(fold, cover["skip_words"])),
        most_cover_lines=cover["most_lines"],
        heads=heads,
        head=re.compile(rf"^(?:{_any(heads)})(?:\((?:盖章|公章|签章|全称)\))?:"),
        coded=re.compile(body["coded"]["pattern"]),
        forms=frozenset(fold(word) for entry in body["forms"] for word in entry["words"]),
        endings=tuple(names["endings"]),
        places=tuple(names["places"]),
        never=frozenset(names["never"]),
        subjects=tuple(map(re.compile, names["subject_patterns"])),
        short_starts=tuple(names["short_starts"]),
        topic=re.compile(rf"^(?P<body>.{{3,40}}?)(?:\((?:部门|单位)\))?(?:部门|单位)?{topics}$"),
        short_forms=tuple((long, short) for long, short in names["short_forms"]),
        placeholder=re.compile(raw["templates"]["placeholder_pattern"]),
        placeholder_in_name=re.compile(raw["templates"]["name_pattern"]),
        table_title=re.compile(raw["tables"]["title_pattern"]),
        book_title=re.compile(raw["tables"]["book_pattern"]),
        performance_table=re.compile(raw["tables"]["performance_pattern"]),
        composition=composition_wording(raw["composition"]),
        government_title=re.compile(raw["government"]["title_pattern"]),
        government_table=re.compile(raw["government"]["table_pattern"]),
        government_places=tuple(raw["government"]["places"]),
        government_names=tuple(raw["government"]["names"]),
    )


def _any(words: Iterable[str]) -> str:
    return one_of("scope.toml", map(fold, words))
