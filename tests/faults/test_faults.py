"""Faults planted into built documents are found, and clean documents are left alone: a sample of ``make faults``."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import evaluation_kinds
import measure_evaluations as evaluations
import pytest
from clean_drafts import clean_budget, clean_draft, examine
from kinds import KINDS
from measure import CATALOG, false_findings, formats_of, measured, table

from gouji.catalog import Catalog
from gouji.checking import Severity
from gouji.writing import Disclosure, FontsMissing

FIRST_SEED = 1000
"""Apart from the documents of the whole measurement."""


def test_nothing_is_said_of_clean_documents() -> None:
    found = list(false_findings(range(FIRST_SEED, FIRST_SEED + 16), ("html", "xlsx", "docx", "json")))
    assert [(seed, finding.rule, finding.message) for seed, finding in found] == []


@pytest.mark.parametrize("clean", [clean_draft, clean_budget])
@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "csv"])
def test_nothing_is_said_of_a_clean_document_in_any_format(
    ending: str, clean: Callable[[int, Catalog], Disclosure]
) -> None:
    try:
        result = examine(clean(FIRST_SEED, CATALOG), ending, CATALOG)
    except FontsMissing as missing:
        pytest.skip(f"the typefaces are missing: {missing}")
    assert [f.message for f in result.findings if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_faults_are_found_in_workbooks_and_data(ending: str) -> None:
    kinds = [kind for kind in KINDS if ending in formats_of(kind)]
    outcomes = list(measured(kinds, 1, (ending,), start=FIRST_SEED))
    lines, shares = table(outcomes)
    print(lines)
    assert len(outcomes) == len(kinds) >= 7
    assert shares["found"] >= 0.9


def test_figures_of_one_table_that_are_all_ten_times_too_large_are_one_defect() -> None:
    plant = KINDS["table: points of three figures moved"]
    drafts = (plant(clean_draft(seed, CATALOG), Random(seed)) for seed in range(FIRST_SEED, FIRST_SEED + 40))
    planted = next(fault for fault in drafts if fault is not None)
    result = examine(planted.disclosure, "html", CATALOG)
    (finding,) = [f for f in result.findings if f.severity is not Severity.INFO]
    assert "有3个数字都大了10倍" in finding.title


def test_a_workbook_of_an_empty_table_has_its_note_and_data_have_none() -> None:
    drafts = (clean_draft(seed, CATALOG) for seed in range(9))
    draft = next(d for d in drafts if any(not any(c.figure for c in t.amounts) for t in d.tables))
    for ending in ("xlsx", "csv", "json"):
        result = examine(draft, ending, CATALOG)
        assert "GJ503" not in {finding.rule for finding in result.findings}


def test_planted_faults_are_found() -> None:
    outcomes = list(measured(KINDS, 1, ("html",), start=FIRST_SEED))
    lines, shares = table(outcomes)
    print(lines)
    assert len({one.kind for one in outcomes}) == len(KINDS) >= 25
    assert shares["found"] >= 0.97
    assert shares["first"] >= 0.90


def test_the_same_seed_makes_the_same_document() -> None:
    one = clean_draft(FIRST_SEED, CATALOG)
    clean_draft.cache_clear()
    assert clean_draft(FIRST_SEED, CATALOG) == one


def test_nothing_is_said_of_clean_self_evaluations_in_any_format() -> None:
    try:
        found = list(evaluations.said_of_clean(range(FIRST_SEED, FIRST_SEED + 8)))
    except FontsMissing as missing:
        pytest.skip(f"the typefaces are missing: {missing}")
    assert [(seed, finding.rule, finding.message) for seed, finding in found] == []


def test_planted_faults_of_self_evaluations_are_found() -> None:
    kinds = evaluation_kinds.KINDS
    outcomes = list(evaluations.measured(kinds, 1, (".html",), start=FIRST_SEED))
    lines, shares = table(outcomes)
    print(lines)
    assert len({one.kind for one in outcomes}) == len(kinds) >= 25
    assert shares["found"] >= 0.97
    assert shares["first"] >= 0.90
