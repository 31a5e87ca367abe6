"""Goals and indicators of one document: indicators that only repeat a goal, and one matter under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gouji.catalog import PerformanceWording, Rule, fold
from gouji.checking.performance_evidence import (
    at,
    form_name,
    placed_forms,
)
from gouji.checking.result import Finding
from gouji.checking.subject import Subject
from gouji.facts import Outcome, Place
from gouji.performance import PerformanceForm, Words

_LONG = 30
"""Characters beyond which nobody writes the same sentence twice by chance."""
_SHORTEST, _LONGEST = 8, 30
_MOST_DIFFERING = 2
_PIECES = re.compile(r"[;；。,，、]|(?<=[;；。,，、])\d{1,2}[、.．]")
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(\D{1,4})$")
_GOALS = ("goal", "cycle_goal")


def copied_goals(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """A cell of indicators that is the goal, or its beginning, word for word: it was not taken apart into what can be
    measured."""
    for form in placed_forms(subject):
        goals = [words for id in _GOALS if (words := form.texts.get(id)) is not None]
        for cell in form.cells if goals else ():
            text = _plain(cell.text)
            same = len(text) >= _LONG and any(_plain(goal.text).startswith(text) for goal in goals)
            subject.coverage.count(rule.id, Outcome.VIOLATED if same else Outcome.EXACT)
            if same:
                yield subject.finding(
                    rule, f"{form_name(form)}的指标照抄了绩效目标",
                    "这一格指标与绩效目标的文字相同，没有分解成可以衡量的指标：每个指标写明名称、指标值和计量单位。",
                    [
                        at(cell.place, f"{form_name(form)}·指标", cell.text[:_LONG] + "…", suspect=True),
                        at(goals[0].place, f"{form_name(form)}·绩效目标", goals[0].text[:_LONG] + "…"),
                    ],
                )  # fmt: skip


class _Named(NamedTuple):
    """A matter with its quantity: 志愿服务活动, 1场; and where it stands."""

    name: str
    quantity: str
    where: str
    place: Place


def differing_names(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """One matter with one quantity whose name differs in a word: between the goal and the indicators of a form, and
    between the body as a whole and its projects."""
    wording = subject.catalog.performance
    forms = [form for form in placed_forms(subject) if form.cells]
    goals = {id(form): _named(form, goal=True, wording=wording) for form in forms}
    cells = {id(form): _named(form, goal=False, wording=wording) for form in forms}
    pairs = [(goals[id(form)], cells[id(form)]) for form in forms]
    whole = [form for form in forms if form.scope == "department"]
    projects = [form for form in forms if form.scope != "department"]
    if whole and projects:
        pairs.append((_all(whole, goals, cells), _all(projects, goals, cells)))
    told: set[tuple[str, str]] = set()
    for one, other in pairs:
        subject.coverage.count(rule.id, Outcome.EXACT if one and other else Outcome.NOT_APPLICABLE)
        for name, named in one.items():
            like = (
                [item for item in other.values() if _alike(named, item, wording)] if name not in other else []
            )
            if len(like) != 1 or like[0].name in one or (name, like[0].name) in told:
                continue
            told.add((name, like[0].name))
            subject.coverage.count(rule.id, Outcome.VIOLATED)
            yield subject.finding(
                rule, f"“{name}”与“{like[0].name}”像是同一件事的两种写法",
                f"两处数量都是{named.quantity}，名称只差一个词，请核对哪一处写错了。",
                [
                    at(named.place, named.where, f"{name}{named.quantity}", suspect=True),
                    at(like[0].place, like[0].where, f"{like[0].name}{like[0].quantity}", suspect=True),
                ],
            )  # fmt: skip


def _all(forms: list[PerformanceForm], *named: Mapping[int, Mapping[str, _Named]]) -> dict[str, _Named]:
    return {name: item for known in named for form in forms for name, item in known[id(form)].items()}


def _named(form: PerformanceForm, *, goal: bool, wording: PerformanceWording) -> dict[str, _Named]:
    """The matters that the goals of a form, or its cells of indicators, name with a quantity."""
    what = "绩效目标" if goal else "指标"
    texts: list[Words] = [form.texts[key] for key in _GOALS if key in form.texts] if goal else form.cells
    found: dict[str, _Named] = {}
    for words in texts:
        for piece in _PIECES.split(fold(words.text)):
            match = _QUANTITY.search(_without_after(piece, wording))
            if match is None:
                continue
            name = _without_before(piece[: match.start()], wording)
            if _SHORTEST <= len(name) <= _LONGEST:
                where = f"{form_name(form)}·{what}"
                found.setdefault(name, _Named(name, match[1] + match[2], where, words.place))
    return found


def _without_after(piece: str, wording: PerformanceWording) -> str:
    return next((piece.removesuffix(word) for word, _ in wording.values.after if piece.endswith(word)), piece)


def _without_before(name: str, wording: PerformanceWording) -> str:
    """A name without the bound behind it and the verbs before it (组织, 举办)."""
    for word, _ in wording.values.before:
        if name.endswith(word):
            name = name.removesuffix(word)
            break
    return wording.verbs.sub("", name)


def _alike(one: _Named, other: _Named, wording: PerformanceWording) -> bool:
    if one.quantity != other.quantity or len(one.name) != len(other.name):
        return False
    differing = [i for i, (a, b) in enumerate(zip(one.name, other.name, strict=True)) if a != b]
    near = differing and differing[-1] - differing[0] < _MOST_DIFFERING
    return bool(near) and not any(
        wording.tells_apart.search(item.name[i]) for item in (one, other) for i in differing
    )


def _plain(text: str) -> str:
    return fold(text).rstrip("。;,")
