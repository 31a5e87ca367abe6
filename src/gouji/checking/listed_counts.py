"""How many there are, against the names that follow: 内设机构5个：办公室、人事科……"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouji.catalog import OfficeWording, Rule
from gouji.checking.result import Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.facts import Outcome
from gouji.reading import Sort


def listed_offices(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Offices whose number is not that of the names in the same sentence. A name with 和 in it may be two; what is named along
    and not counted (机关党委) may be left out: only a number that no reading of the list gives is wrong."""
    wording = subject.catalog.wording.offices
    for passage in subject.reading.passages:
        if passage.sort is not Sort.TEXT:
            continue
        for match in wording.counted.finditer(passage.folded):
            if wording.inside not in match.group():
                continue
            listed = re.split("[。；]", passage.folded[match.end() :], maxsplit=1)[0]
            names = _names(listed)
            few, many = _numbers(names, wording)
            if not _are_all(listed, names, wording):
                subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
                continue
            said = _number(match.group("number"))
            if few <= said <= many:
                subject.coverage.count(rule.id, Outcome.EXACT)
                continue
            subject.coverage.count(rule.id, Outcome.VIOLATED)
            end = match.end() + len(listed)
            yield subject.finding(
                rule, f"写有{said}个，列出的是{len(names)}个",
                f"“{passage.text[match.start() : match.end()]}”之后列出{len(names)}个：{'、'.join(names)}。个数或名单有一处要改。",
                [subject.span(passage, match.start(), end)], stated=str(said), expected=str(len(names)),
            )  # fmt: skip


def _names(listed: str) -> list[str]:
    """The names of a list; marks inside brackets separate nothing."""
    outside = re.sub(r"\([^()]*\)", lambda found: "〇" * len(found.group()), listed)
    cuts = [
        (-1, 0),
        *((found.start(), found.end()) for found in re.finditer("[、，,]", outside)),
        (len(listed), 0),
    ]
    spans = [(cuts[at][1], cuts[at + 1][0]) for at in range(len(cuts) - 1)]
    return [name for start, end in spans if (name := listed[start:end].strip("：:"))]


def _are_all(listed: str, names: list[str], wording: OfficeWording) -> bool:
    """Whether the list is understood: several names that end as names of offices do, and nothing that says there are more."""
    plain = [re.sub(r"\([^()]*\)", "", name) for name in names]
    return (
        len(names) >= _SEVERAL
        and wording.more.search(re.sub(r"\([^()]*\)", "", listed)) is None
        and all(wording.ends.search(name) and len(name) <= _LONGEST for name in plain)
    )


_SEVERAL, _LONGEST = 2, 24


def _numbers(names: list[str], wording: OfficeWording) -> tuple[int, int]:
    """The fewest and the most offices that the names can be."""
    beside = sum(wording.beside.search(name) is not None for name in names)
    joined = sum(any(join in re.sub(r"\([^()]*\)", "", name) for join in wording.joins) for name in names)
    return len(names) - beside, len(names) + joined


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}


LISTED_COUNT_ENGINES: Mapping[str, ContentEngine] = {"listed_offices": listed_offices}
