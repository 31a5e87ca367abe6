"""Years that belong to another disclosure: in titles and headings, and in dates of stock-taking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouji.catalog import Rule
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject, at
from gouji.facts import Outcome
from gouji.reading import Passage, Sort

_TITLE_YEAR = r"(?P<year>20[0-3]\d)年度?(?:[部单][门位])?(?:[^。，；]{{0,12}}?)(?P<what>[决预]算|{})"
_HEADING_ENDS = re.compile(r"(?:说明|情况|表|公开|报告|情况说明|[决预]算)[。：:]?$")
_MOST_PLACES = 12


def heading_years(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Headings and titles of tables that name the disclosure, or a report that is part of it (the rule says which), by
    another year than its own."""
    scope = subject.reading.scope
    if scope.year is None or scope.kind not in _NAMED:
        subject.coverage.count(
            rule.id, Outcome.NOT_CHECKED if scope.kind in _NAMED else Outcome.NOT_APPLICABLE
        )
        return
    wrong: dict[str, list[Evidence]] = {}
    named = [_NAMED[scope.kind], *str(rule.params.get(scope.kind, "")).split()]
    title_year = re.compile(_TITLE_YEAR.format("|".join(map(re.escape, named))))
    for passage in subject.reading.passages:
        match = title_year.search(passage.folded)
        if (
            match is not None
            and (_heads_a_part(passage) or _heads_tables(passage))
            and match.group("what") in named
            and _HEADING_ENDS.search(passage.folded)
            and match.group("year") != str(scope.year)
        ):
            place = subject.span(passage, *match.span("year"))
            wrong.setdefault(match.group("year"), []).append(place)
    for table in subject.reading.tables:
        match = title_year.search(table.title)
        if (
            match is not None
            and match.group("what") == _NAMED[scope.kind]
            and match.group("year") != str(scope.year)
        ):
            place = at(subject.file, table.place, f"《{table.title}》", table.title, suspect=True)
            wrong.setdefault(match.group("year"), []).append(place)
    subject.count(rule, len(wrong))
    for year, places in wrong.items():
        yield subject.finding(
            rule, f"标题写作{year}年，本文是{scope.year}年{_NAMED[scope.kind]}",
            f"标题“{places[0].quote}”的年度与封面和其他标题不同。", places[:_MOST_PLACES],
            stated=year, expected=str(scope.year),
        )  # fmt: skip


_NAMED = {"final_accounts": "决算", "budget": "预算"}
_HIGH = 2
_OVER_TABLES = re.compile(r"20[0-3]\d年度?(?:[部单][门位])?[决预]算(?:公开)?(?:报?表|表格)")


def _heads_a_part(passage: Passage) -> bool:
    return passage.sort is Sort.HEADING and passage.level <= _HIGH


def _heads_tables(passage: Passage) -> bool:
    """Whether a line above tables is the name of all of them: 2024年部门预算表."""
    return passage.sort is Sort.SCRAP and _OVER_TABLES.fullmatch(passage.folded) is not None


def dates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Dates up to which assets and staff are counted: the end of the year in accounts, the year before in a budget."""
    scope = subject.reading.scope
    if scope.year is None or scope.kind not in _NAMED:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    found = 0
    for passage in subject.reading.passages:
        for match in _UNTIL.finditer(passage.folded):
            year = int(match.group("year"))
            right = _stock_year(scope.kind, scope.year, year, match.group())
            if right is None:
                continue
            found += 1
            yield subject.finding(
                rule, f"截至日期写作{year}年，应为{right}年",
                f"{scope.year}年{_NAMED[scope.kind]}里的资产、车辆、人员应当是截至{right}年的数，这里写的是{year}年。",
                [subject.span(passage, *match.span())], stated=str(year), expected=str(right),
            )  # fmt: skip
    subject.count(rule, found)


_UNTIL = re.compile(
    r"截[至止]到?(?P<year>20[0-3]\d)年(?:底|末|年底|年末|度?末|\d{1,2}月(?:\d{1,2}日|底|末)?)"
    r"(?=[^。；]{0,40}(?:车辆|用车|保有量|资产|设备|编制|实有|在职|人员))"
)


def _stock_year(kind: str, year: int, stated: int, wording: str) -> int | None:
    """The year that a date of stock-taking should name; ``None`` when the stated one is possible."""
    if kind == "final_accounts":
        at_year_end = re.search(r"12月|底|末", wording) is not None
        return year if stated < year or (stated != year and at_year_end) else None
    return year - 1 if stated < year - 1 or stated > year else None


YEAR_ENGINES: Mapping[str, ContentEngine] = {"heading_years": heading_years, "dates": dates}
