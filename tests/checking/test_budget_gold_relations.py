"""Every relation of the published 23 tables that experts listed: which rule says it, and that it holds there and on ours.

B25-01 … B25-18 are the classes of relations of a unit's budget tables (Hunan, 2025). A class is a list of claims: a rule,
and the kinds of the tables whose figures it relates. What is no law, and so no rule, is said in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking.relations import ENGINES, Ledger
from gouji.documents.opening import open_document
from gouji.facts import Outcome
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing import disclose, webpage


class Claim(NamedTuple):
    """Relations that ``rule`` finds among the tables of ``kinds`` (both of them where there are two)."""

    rule: str
    kinds: frozenset[str]


def by(rule: str, *kinds: str) -> Claim:
    return Claim(rule, frozenset(kinds))


SUMMARY, REVENUE, EXPENDITURE = "revenue_expenditure_summary", "revenue", "expenditure"
BY_GOVERNMENT, BY_DEPARTMENT = "expenditure_by_government", "expenditure_by_department"
FISCAL, GENERAL = "fiscal_summary", "general_expenditure"
WAGES_G, WAGES_D = "general_wages_by_government", "general_wages_by_department"
PEOPLE_G, PEOPLE_D = "general_individuals_by_government", "general_individuals_by_department"
GOODS_G, GOODS_D = "general_goods_by_government", "general_goods_by_department"
SANGONG, PROJECTS, BODY = "sangong", "project_targets", "body_targets"

DERIVED: dict[str, list[Claim]] = {
    "B25-01": [by("GJ102", SUMMARY), by("GJ301", SUMMARY)],
    "B25-02": [
        by("GJ101", SUMMARY), by("GJ103", SUMMARY), by("GJ104", SUMMARY), by("GJ112", SUMMARY), by("GJ201", SUMMARY),
        by("GJ302", SUMMARY), by("GJ303", SUMMARY),
    ],
    "B25-03": [by("GJ102", REVENUE), by("GJ301", REVENUE), by("GJ201", REVENUE, SUMMARY), by("GJ108", REVENUE)],
    "B25-04": [
        by("GJ103", EXPENDITURE), by("GJ101", EXPENDITURE), by("GJ201", EXPENDITURE, SUMMARY), by("GJ108", EXPENDITURE),
    ],
    "B25-05": [
        by("GJ112", BY_GOVERNMENT), by("GJ101", BY_GOVERNMENT), by("GJ201", EXPENDITURE, BY_GOVERNMENT),
        by("GJ201", BY_GOVERNMENT, SUMMARY),
    ],
    "B25-06": [
        by("GJ103", BY_DEPARTMENT), by("GJ104", BY_DEPARTMENT), by("GJ101", BY_DEPARTMENT),
        by("GJ201", EXPENDITURE, BY_DEPARTMENT), by("GJ201", BY_DEPARTMENT, SUMMARY),
    ],
    "B25-07": [by("GJ405", SUMMARY), by("GJ201", BY_GOVERNMENT, SUMMARY), by("GJ201", BY_DEPARTMENT, SUMMARY)],
    "B25-08": [
        by("GJ201", FISCAL, SUMMARY), by("GJ201", FISCAL, REVENUE), by("GJ301", FISCAL), by("GJ101", FISCAL),
        by("GJ302", FISCAL), by("GJ303", FISCAL),
    ],
    "B25-09": [
        by("GJ103", GENERAL), by("GJ104", GENERAL), by("GJ101", GENERAL), by("GJ307", FISCAL, GENERAL),
        by("GJ401", EXPENDITURE, GENERAL),
    ],
    "B25-10": [
        by("GJ404", GENERAL, GOODS_G), by("GJ201", GENERAL, WAGES_G), by("GJ201", GENERAL, PEOPLE_G),
        by("GJ201", WAGES_G, WAGES_D), by("GJ201", PEOPLE_G, PEOPLE_D), by("GJ201", GOODS_G, GOODS_D),
    ],
    "B25-11": [by("GJ104", WAGES_D), by("GJ101", WAGES_D)],
    # 养老、医保、公积金 by function and by class; 购房补贴 and 离退休 are sums along their rows.
    "B25-12": [by("GJ402", GENERAL, WAGES_D), by("GJ104", WAGES_D), by("GJ104", PEOPLE_D), by("GJ201", GENERAL, PEOPLE_D)],
    "B25-13": [by("GJ405", PEOPLE_D, PEOPLE_G)],
    "B25-14": [by("GJ104", GOODS_D), by("GJ112", GOODS_G)],
    "B25-15": [by("GJ105", SANGONG), by("GJ406", GOODS_D, SANGONG)],
    "B25-16": [by("GJ109", PROJECTS), by("GJ111", PROJECTS), by("GJ403", EXPENDITURE, PROJECTS)],
    "B25-17": [
        by("GJ102", BODY), by("GJ103", BODY), by("GJ306", BODY, SUMMARY), by("GJ201", BODY, PROJECTS),
        by("GJ403", BODY, EXPENDITURE),
    ],
    "B25-18": [by("GJ305", FISCAL, SUMMARY)],
}  # fmt: skip

NO_LAW = {
    "B25-16": "22[单位] = 03[项目] − 上年结转 holds only where no carry-over pays for 基本支出; a rule says ≤ (GJ403).",
    "B25-17": "基本 of 23 = 基本 of 03 holds only where no carry-over pays for it; a rule says ≤ (GJ403).",
    "B25-18": "Which project a fund pays for stands in no table: 其他事业发展资金 = 03 − 07 is a habit of this unit. The sum "
    "over all of them is a rule (GJ305).",
}
"""Parts of a class that are no law, and what holds instead."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def built(budget_example: Path, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("budget") / "built.html"
    file.write_bytes(webpage(disclose(read_workspace(budget_example, catalog), catalog)))
    return file


def found(file: Path, catalog: Catalog) -> Iterator[tuple[Claim, Outcome]]:
    """Each relation of a document: its rule, the kinds of its tables, what came of it."""
    reading = read_document(open_document(file), catalog)
    ledger = Ledger(reading.tables, catalog.dimensions)
    kinds = {table.id: table.kind.id for table in reading.tables}
    for rule in catalog.rules.values():
        for identity in ENGINES[rule.engine](rule, ledger) if rule.engine in ENGINES else ():
            tables = {kinds[term.witness.table_id] for term in (*identity.left, *identity.right)}
            yield Claim(rule.id, frozenset(tables)), identity.verdict().outcome


def hold(file: Path, catalog: Catalog) -> None:
    counts = Counter(found(file, catalog))
    held = {claim for claim, outcome in counts if outcome is Outcome.EXACT}
    missing = {id: [claim for claim in claims if claim not in held] for id, claims in DERIVED.items()}
    assert not any(missing.values()), missing
    assert {outcome for _, outcome in counts} == {Outcome.EXACT}


def test_every_class_is_derived_or_said_to_be_no_law() -> None:
    assert list(DERIVED) == [f"B25-{number:02d}" for number in range(1, 19)]
    assert NO_LAW.keys() <= DERIVED.keys()


def test_every_relation_holds_in_the_published_tables(shared: Path, catalog: Catalog) -> None:
    (published,) = (shared / "corpus").glob("001_*.txt")
    hold(published, catalog)


def test_every_relation_holds_in_the_built_tables(built: Path, catalog: Catalog) -> None:
    hold(built, catalog)
