"""Every entry of the catalogue says where it comes from and since when."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from gouji.catalog import Area, Catalog, Checklist, Rule, load_catalog
from gouji.checking.engines import (
    FILE_ENGINES,
    GROUP_ENGINES,
    PERFORMANCE_ENGINES,
    RATE_COLUMN_ENGINES,
    RELATION_ENGINES,
    RETOLD_FILE_ENGINES,
    SENTENCE_ENGINES,
    TABLE_ENGINES,
    TEXT_ENGINES,
    VOICE_ENGINES,
)
from gouji.registers.settings import REPORTS

CATALOG = load_catalog()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return CATALOG


def test_every_code_has_source_and_years(catalog: Catalog) -> None:
    for codes in catalog.codes.values():
        for code, spellings in codes.names.items():
            for spelling in spellings:
                assert spelling.source, code
                assert 2000 < spelling.valid_from < 2100, code
                assert spelling.valid_to is None or spelling.valid_from <= spelling.valid_to, code


def test_no_code_has_two_names_in_one_year(catalog: Catalog) -> None:
    for codes in catalog.codes.values():
        for code, spellings in codes.names.items():
            for earlier, later in pairwise(spellings):
                assert earlier.valid_to is not None, code
                assert earlier.valid_to < later.valid_from, code


def test_every_set_of_forms_has_source_and_years(catalog: Catalog) -> None:
    for forms in catalog.form_sets:
        assert forms.source, forms.id
        assert forms.valid_from, forms.id
        # A department adds tables to the forms of its report.
        assert forms.report.removeprefix("department_") in REPORTS.values(), forms.id
        if forms.report == "final_accounts":
            assert len(forms.forms) == 9, forms.id


@pytest.mark.parametrize("rule", CATALOG.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule: Rule, catalog: Catalog) -> None:
    assert re.fullmatch(r"GJ\d{3}", rule.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.severity in ("error", "warning", "info")
    for text in (rule.title, rule.basis, rule.source, rule.right, rule.wrong):
        assert text.strip()
    assert rule.right != rule.wrong
    assert rule.valid_from
    assert rule.engine in {
        **RELATION_ENGINES,
        **TABLE_ENGINES,
        **TEXT_ENGINES,
        **VOICE_ENGINES,
        **SENTENCE_ENGINES,
        **PERFORMANCE_ENGINES,
        **FILE_ENGINES,
        **GROUP_ENGINES,
        **RETOLD_FILE_ENGINES,
        **RATE_COLUMN_ENGINES,
    }
    assert set(rule.see_also) <= set(catalog.rules)
    assert rule.id not in rule.see_also


def test_no_two_rules_share_a_name(catalog: Catalog) -> None:
    names = [rule.name for rule in catalog.rules.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("checklist", CATALOG.checklists, ids=lambda checklist: checklist.id)
def test_every_checklist_has_its_source_and_its_parts(checklist: Checklist) -> None:
    assert checklist.source
    areas = [row.area for row in checklist.rows]
    for area in (Area.COVER, Area.CONTENTS, Area.TABLES, Area.REST):
        assert areas.count(area) == 1, area
    for row in checklist.rows:
        assert bool(row.words) == (row.area in (Area.SECTION, Area.TABLES)), row.title


def test_every_kind_of_disclosure_has_its_checklist(catalog: Catalog) -> None:
    kinds = [kind for checklist in catalog.checklists for kind in checklist.kinds]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == {"final_accounts", "budget", "performance", "performance_targets", "other"}
