"""The wording of performance targets and self-evaluations (绩效目标、绩效自评): bounds, units, levels, heads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gouji.catalog.lexicon import bare, fold
from gouji.catalog.model import CatalogError
from gouji.catalog.told_marks_wording import ToldMarksWording, told_marks_wording
from gouji.catalog.toml_data import compiled


@dataclass(frozen=True, slots=True, eq=False)
class ValueWording:
    """How target and actual values (指标值) are worded. ``before`` and ``after`` are (word, operator), the longest
    word first; ``units`` maps spellings to the unit's name; ``magnitudes`` are (word, factor), the longest first."""

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    within: tuple[tuple[str, str], ...]
    """(word, operator) behind a unit of time only (内), and ``times``, those units."""
    times: frozenset[str]
    ranges: tuple[str, ...]
    magnitudes: tuple[tuple[str, Decimal], ...]
    units: Mapping[str, str]
    deadline: re.Pattern[str]
    nothing: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class PerformanceWording:
    """What the labels of performance forms mean: folded wording -> id of a level, category, column, head or money
    row. ``level_of`` is the level that a category belongs to, ``name_of`` the standard term of a level or category."""

    source: str
    values: ValueWording
    levels: Mapping[str, str]
    categories: Mapping[str, str]
    level_of: Mapping[str, str]
    name_of: Mapping[str, str]
    columns: Mapping[str, str]
    heads: Mapping[str, str]
    head_names: Mapping[str, str]
    """What findings call the texts that a form keeps, by the ids of their heads."""
    texts: Mapping[str, str]
    """Heads of texts beside the indicators, in forms with a column for each category."""
    task_columns: Mapping[str, str]
    """Heads of the year's tasks (年度主要任务)."""
    task_totals: frozenset[str]
    """What the row is called that adds up the tasks."""
    money_heads: frozenset[str]
    money_divisions: frozenset[str]
    """What heads two divisions of the whole money side by side."""
    money_rows: Mapping[str, str]
    money_sources: Mapping[str, str]
    """What columns of sources are called, besides the rows of money."""
    money_parts: frozenset[str]
    """The money rows that are parts of the total."""
    money_columns: Mapping[str, str]
    title_kinds: Mapping[str, tuple[str, ...]]
    title_scopes: Mapping[str, tuple[str, ...]]
    verbs: re.Pattern[str]
    """What a name of something to be done may begin with (组织, 举办)."""
    tells_apart: re.Pattern[str]
    """Characters that tell one of several like matters from another (上, 下)."""
    numbered_goal: re.Pattern[str]
    """A goal of several that have indicators of their own (年度目标1)."""
    numbering: re.Pattern[str]
    """What stands before a name: 指标1：, the stars of a template."""
    hint: re.Pattern[str]
    """What a template says within a name of the value to be filled in: （≥**人）."""
    instruction: re.Pattern[str]
    """What a blank form asks to be written (100字以内)."""
    footer: re.Pattern[str]
    """Lines below the indicators that are none: opinions, signatures."""
    residue: tuple[re.Pattern[str], ...]
    whole_cost: frozenset[str]
    """Names of indicators that state the whole money of a project or body."""
    endings: tuple[tuple[str, str, str], ...]
    """Endings of names that belong to one category: (ending, level, category)."""
    scores: tuple[re.Pattern[str], ...]
    """How running text, blanks removed, states the score of a self-evaluation; group 1 is the score. So do ``graded``
    the grade, ``rates`` the rate of execution, ``budgets`` and ``spents`` an amount (group 1) in a unit (group 2)."""
    grades: tuple[str, ...]
    """The grades, the best one first."""
    beside_grades: tuple[re.Pattern[str], ...]
    """A score in the sentence of a grade; group 1 is it."""
    own_bounds: re.Pattern[str]
    """Bounds of grades that a text sets itself."""
    graded: tuple[re.Pattern[str], ...]
    rates: tuple[re.Pattern[str], ...]
    budgets: tuple[re.Pattern[str], ...]
    spents: tuple[re.Pattern[str], ...]
    other_rates: tuple[str, ...]
    """Words of a sentence that is about another rate than a form's, or about a plan."""
    parts_of_whole: tuple[str, ...]
    """Words of a sentence that is about a part of the money of a body."""
    told: ToldMarksWording
    not_done: tuple[str, ...]
    """What an actual value says when the thing was not done."""
    short_of_target: tuple[str, ...]
    """What a cause says of a result that fell short, and ``beyond_target`` of one that went beyond."""
    beyond_target: tuple[str, ...]
    invested: tuple[str, ...]
    counted: tuple[str, ...]
    """What a name says when it needs no unit: 人数, 率."""
    doubled: re.Pattern[str]
    """Units written twice."""
    goal_units: frozenset[str]
    """Units in which goals count what indicators measure."""
    counting: re.Pattern[str]
    """What names add to the thing that they count: …数量."""

    def head_of(self, label: str) -> str:
        """What a label above the indicators names, by :func:`label_of`; empty when it is none."""
        return self.heads.get(label) or ("goal" if self.numbered_goal.search(label) else "")


_CLOSING = re.compile(r"\([^()]*\)$")
_STARS = "*＊★☆ \n"
"""What marks a label that has to be filled in."""


_LONGEST_LABEL = 60
"""Characters. Labels recur on every page, and what they are reduced to is remembered; longer texts are none."""
_MOST_REMEMBERED = 10_000


def label_of(text: str) -> str:
    """A label without ordinals, stars, colon and a closing bracket: ``其中：财政拨款`` is 财政拨款."""
    return _short_label_of(text) if len(text) <= _LONGEST_LABEL else _label_of(text)


def _label_of(text: str) -> str:
    return _CLOSING.sub("", bare(text.lstrip(_STARS)).rstrip(":")).rstrip(":")


_short_label_of = lru_cache(_MOST_REMEMBERED)(_label_of)


def performance_wording(raw: Mapping[str, Any]) -> PerformanceWording:
    """The wording from ``performance.toml``. Raises CatalogError naming the part that is missing or no pattern."""
    return compiled("performance.toml", raw, _compiled)


def _compiled(raw: Mapping[str, Any]) -> PerformanceWording:
    titles, names = raw["titles"], raw["names"]
    named = [*raw["levels"], *raw["categories"]]
    return PerformanceWording(
        source=raw["source"],
        values=_values(raw),
        levels=_by_word(raw["levels"]),
        categories=_by_word(raw["categories"]),
        level_of={entry["id"]: entry["level"] for entry in raw["categories"]},
        name_of={f"{entry.get('level', '')}/{entry['id']}": entry["name"] for entry in named},
        columns=_by_word(raw["columns"]),
        heads=_by_word(raw["heads"]),
        head_names={entry["id"]: entry["name"] for entry in raw["heads"] if "name" in entry},
        texts=_by_word(raw["texts"]),
        task_columns=_by_word(raw["task_columns"]),
        task_totals=frozenset(map(fold, raw["task_totals"]["words"])),
        money_heads=frozenset(fold(word) for entry in raw["money_heads"] for word in entry["words"]),
        money_divisions=frozenset(map(fold, raw["money_divisions"]["words"])),
        money_rows=_by_word(raw["money_rows"]),
        money_sources=_by_word(raw["money_sources"]),
        money_parts=frozenset(
            entry["id"]
            for kind in ("money_rows", "money_sources")
            for entry in raw[kind]
            if entry.get("part_of")
        ),
        money_columns=_by_word(raw["money_columns"]),
        title_kinds={kind: tuple(map(fold, words)) for kind, words in titles["kinds"].items()},
        title_scopes={scope: tuple(map(fold, words)) for scope, words in titles["scopes"].items()},
        verbs=re.compile(names["verbs"]),
        tells_apart=re.compile(names["tells_apart"]),
        numbered_goal=re.compile(names["numbered_goal"]),
        numbering=re.compile(names["numbering"]),
        hint=re.compile(names["hint"]),
        instruction=re.compile(names["instruction"]),
        footer=re.compile(names["footer"]),
        residue=tuple(map(re.compile, names["residue"])),
        whole_cost=frozenset(map(fold, raw["indicators"]["whole_cost"])),
        scores=tuple(map(re.compile, raw["narrative"]["scores"])),
        grades=tuple(map(fold, raw["narrative"]["grade_words"])),
        beside_grades=tuple(map(re.compile, raw["narrative"]["scores_beside_grades"])),
        own_bounds=re.compile(raw["narrative"]["own_bounds"]),
        graded=tuple(map(re.compile, raw["narrative"]["grades"])),
        rates=tuple(map(re.compile, raw["narrative"]["rates"])),
        budgets=tuple(map(re.compile, raw["narrative"]["budgets"])),
        spents=tuple(map(re.compile, raw["narrative"]["spents"])),
        other_rates=tuple(map(fold, raw["narrative"]["other_rates"])),
        parts_of_whole=tuple(map(fold, raw["narrative"]["parts_of_whole"])),
        told=told_marks_wording(
            raw["told_marks"], {fold(word) for entry in named for word in entry["words"]}
        ),
        not_done=tuple(map(fold, raw["indicators"]["not_done"])),
        short_of_target=tuple(map(fold, raw["indicators"]["short_of_target"])),
        beyond_target=tuple(map(fold, raw["indicators"]["beyond_target"])),
        counted=tuple(map(fold, raw["indicators"]["counted"])),
        invested=tuple(map(fold, raw["indicators"]["invested"])),
        doubled=re.compile(raw["indicators"]["doubled"]),
        goal_units=frozenset(raw["indicators"]["goal_units"]),
        counting=re.compile(raw["indicators"]["counting"]),
        endings=tuple((fold(ending), level, id) for ending, level, id in raw["indicators"]["endings"]),
    )


def _values(raw: Mapping[str, Any]) -> ValueWording:
    values = raw["values"]
    return ValueWording(
        before=_longest_first(
            (word, entry["operator"]) for entry in raw["bounds"] for word in entry["before"]
        ),
        after=_longest_first((word, entry["operator"]) for entry in raw["bounds"] for word in entry["after"]),
        within=tuple((fold(word), values["within"]["operator"]) for word in values["within"]["words"]),
        times=frozenset(map(fold, values["within"]["units"])),
        ranges=tuple(word for word, _ in _longest_first((word, "") for word in values["ranges"])),
        magnitudes=tuple(
            sorted(((word, Decimal(factor)) for word, factor in values["magnitudes"].items()), key=_length)
        ),
        units={fold(word): unit for unit, words in values["units"].items() for word in words},
        deadline=re.compile(values["deadlines"]["pattern"]),
        nothing=frozenset(map(fold, values["nothing"]["words"])),
    )


def _by_word(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Folded word -> id. A word that two entries claim is a mistake in the file."""
    found: dict[str, str] = {}
    for entry in entries:
        for word in map(fold, entry["words"]):
            if found.setdefault(word, entry["id"]) != entry["id"]:
                raise CatalogError(f"performance.toml: “{word}” means {found[word]} and {entry['id']}")
    return found


def _longest_first(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(fold(word), operator) for word, operator in pairs}, key=_length))


def _length(pair: tuple[str, Any]) -> tuple[int, str]:
    return -len(pair[0]), pair[0]
