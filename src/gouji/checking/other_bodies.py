"""Names of other bodies in the titles of a disclosure's parts: a text that was taken over from somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.catalog import Rule, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject
from gouji.facts import Outcome
from gouji.reading import Sort, composition, is_name, parse_title, same_body


def other_bodies(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Titles of parts (第二部分 某局2024年度部门决算表) that name a body which is neither this one, nor a short form of its
    name, nor one of those below it."""
    scope, wording = subject.reading.scope, subject.catalog.scope
    if not is_name(fold(scope.body), wording):
        subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
        return
    below = composition(subject.reading, subject.catalog)
    wrong: dict[str, list[Evidence]] = {}
    for passage in subject.reading.passages:
        if passage.sort is not Sort.HEADING or passage.level != 1:
            continue
        line = subject.catalog.wording.part.sub("", fold(passage.text))
        title = parse_title(line, wording)
        name = title.body if title is not None and title.year is not None else ""
        if (
            not name
            or wording.placeholder.search(name)
            or not is_name(fold(name), wording)
            or _is_meant(fold(name), fold(scope.body))
        ):
            continue
        if not below.has(name) and not same_body(name, scope.body):
            wrong.setdefault(name, []).append(subject.span(passage))
    subject.count(rule, sum(map(len, wrong.values())))
    for name, places in wrong.items():
        yield subject.finding(
            rule, f"标题写的是“{name}”，本文是“{scope.body}”", f"标题“{places[0].quote}”写的是另一个单位，多半是从别的文本照抄来的。",
            places[:_MOST_PLACES], stated=name, expected=scope.body,
        )  # fmt: skip


_MOST_PLACES = 8


def _is_meant(name: str, body: str) -> bool:
    """Whether one of two names is the other without some of its characters: 市科技局 for 某市科学技术局."""
    short, long = sorted((name, body), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


BODY_ENGINES: Mapping[str, ContentEngine] = {"other_bodies": other_bodies}
