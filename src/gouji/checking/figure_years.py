"""Figures that a sentence gives to another year than the disclosure's, without any comparison: last year's text, left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.catalog import Rule
from gouji.catalog.own_year import usual_stage
from gouji.checking.result import Finding
from gouji.checking.text import Text, TextEngine, spoken
from gouji.facts import Outcome
from gouji.reading import Measure, Statement, Told


def figure_years(rule: Rule, text: Text) -> Iterator[Finding]:
    """2023年本单位开支会议费3.71万元, in the accounts of 2024, which say nothing else of 会议费."""
    scope = text.reading.scope
    concepts = str(rule.params["concepts"]).split()
    own = {
        (one.passage.path, one.fact.concept)
        for one in text.reading.statements
        if one.fact is not None and one.year is None and not one.is_base
    }
    for told in text.reading.told:
        first = _first_amount(told)
        if first is None or first.fact is None or first.fact.concept not in concepts or scope.year is None:
            continue
        if first.year != scope.year - 1:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        year = re.search(f"{first.year}年", told.passage.folded[: first.start])
        spoken_of = any(
            str(scope.year) in words or str(first.year) in words for words in told.passage.path[-1:]
        )
        if (
            year is None
            or spoken_of
            or str(scope.year) in told.passage.folded
            or first.stage not in ("", usual_stage(scope.kind))
            or (told.passage.path, first.fact.concept) in own
        ):
            text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        yield text.finding(
            rule, f"写的是{first.year}年的{spoken(first.printed)}，本文是{scope.year}年的",
            f"“{first.quote}”说的是{first.year}年，而同一节没有{scope.year}年的这一数据，像是沿用了上年的文字。",
            text.quoted(first, suspect=True), stated=str(first.year), expected=str(scope.year),
        )  # fmt: skip


def _first_amount(told: Told) -> Statement | None:
    """The amount that a passage opens with, if nothing before it is compared."""
    amounts = [one for one in told.statements if one.measure is Measure.AMOUNT and not one.in_cause]
    first = amounts[0] if amounts else None
    return first if first is not None and not first.is_base and first.whole is None else None


FIGURE_YEAR_ENGINES: dict[str, TextEngine] = {"figure_years": figure_years}
