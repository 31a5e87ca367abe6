"""Which bodies a department's disclosure covers (部门预算单位构成), as its text says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gouji.catalog import Catalog, ScopeWording, fold
from gouji.reading.disclosure_title import clean_name, is_name
from gouji.reading.prose import Passage, Sort
from gouji.reading.result import Reading
from gouji.reading.scope import same_body

_ENTRY = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.．])(?P<name>.+)$"
)
_APART = re.compile(r"[、,，;；]|以及")
_KIND = re.compile(r"^.*?单位(?:\d+家[,，]?[为是]?)?:?(?=[\u4e00-\u9fff]{4})")


class Composition(NamedTuple):
    """The bodies below a department, by the names that its text prints, and whether its own office (本级) is a body of its
    own beside them. ``closed`` tells that all of the list was understood and that nothing says there are more."""

    names: tuple[str, ...] = ()
    own: bool = False
    closed: bool = False

    def has(self, body: str) -> bool:
        """Whether a body is one of those below the department."""
        return any(same_body(name, body) for name in self.names)


def composition(reading: Reading, catalog: Catalog) -> Composition:
    """What the text says; nothing where it says nothing, or says it in words that are not known."""
    wording, department = catalog.scope, reading.scope.body
    passages = [p for p in reading.passages if p.sort is not Sort.CONTENTS]
    found = Composition()
    for position, passage in enumerate(passages):
        if passage.sort is not Sort.TEXT:
            continue
        folded = fold(passage.text)
        if wording.composition.alone.search(folded):
            return Composition((), True, True)
        for opening in wording.composition.opening.finditer(folded):
            entries, whole = _entries(folded[opening.end() :], passages[position + 1 :], wording)
            listed = _listed(entries, whole, department, folded, wording)
            found = max(found, listed, key=lambda one: (one.closed, len(one.names) + one.own))
    return found


def _entries(rest: str, following: Sequence[Passage], wording: ScopeWording) -> tuple[list[str], bool]:
    """The entries of a list, in the sentence or one by one below it, and whether the list ends there."""
    sentence = rest.split("。", maxsplit=1)[0]
    if sentence.strip(":"):
        named = wording.composition.goes_on.sub("", sentence)
        return _split(named), named == sentence
    below: list[str] = []
    for passage in following:
        match = _ENTRY.match(fold(passage.text))
        if match is None or (passage.sort is Sort.HEADING and passage.level <= _SECTION):
            break
        below.append(match.group("name").rstrip("。;,"))
    return below, bool(below)


_SECTION = 2


def _split(sentence: str) -> list[str]:
    """The entries of a sentence; marks inside brackets separate nothing."""
    outside = re.sub(r"\([^()]*\)", lambda match: "〇" * len(match.group()), sentence)
    cuts = [match.span() for match in _APART.finditer(outside)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(sentence)]
    return [sentence[start:end] for start, end in zip(starts, ends, strict=True) if start < end]


def _listed(
    entries: Sequence[str], whole: bool, department: str, told: str, wording: ScopeWording
) -> Composition:
    """The names among entries; ``told`` is the passage, which may say how many there are."""
    bodies = [body for entry in entries for body in _bodies(entry, wording)]
    names: list[str] = []
    own, understood = False, bool(entries)
    for body in bodies:
        stem = wording.composition.own.sub("", body)
        if (stem != body and (len(stem) <= _SHORT or same_body(stem, department))) or same_body(
            body, department
        ):
            own = True
            continue
        name = clean_name(body, wording)
        understood = understood and is_name(name, wording)
        if len(name) >= _SHORTEST and not _NO_NAME.search(name):
            names.append(name)
    unique = tuple(dict.fromkeys(names))
    counts = [int(m.group("count") or m.group("before")) for m in wording.composition.counted.finditer(told)]
    counted = len(unique) in counts or len(unique) + own in (*counts, sum(counts))
    if not counted:
        unique = tuple(name for name in unique if is_name(name, wording))
    closed = whole and (understood or counted) and (counted or not counts)
    return Composition(unique, own, closed and bool(unique or own))


_SHORTEST = 4
_NO_NAME = re.compile(r"[的了]|\d")
_SHORT = 2
"""How the department calls itself before 本级: 局本级, 委本级."""


def _bodies(entry: str, wording: ScopeWording) -> list[str]:
    """The bodies of an entry: without what kind they are, what follows their name, or those that publish nothing of
    their own; two where 和 joins two names."""
    if wording.composition.merged.search(entry):
        return []
    leads = wording.composition.leads
    name = leads.sub("", _KIND.sub("", leads.sub("", entry)))
    tail = next((tail for tail in wording.composition.tails if name.endswith(tail)), "")
    name = name.removesuffix(tail) or name
    for match in re.finditer("和", name):
        parts = [name[: match.start()], name[match.end() :]]
        if all(is_name(part, wording) for part in parts):
            return parts
    return [name]
