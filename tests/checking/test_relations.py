"""The relations of the nine tables fall out of the bindings: as many as an auditor counts, with his roundings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking.relations import ENGINES, Ledger
from gouji.documents.opening import open_document
from gouji.facts import Identity, Outcome
from gouji.reading import Reading, read_document

# Relation class -> (rule, kinds of table, pairs in 2024, pairs in 2020), as counted by hand in two real documents.
COUNTED = {
    "F-01": ("GJ102", {"revenue_expenditure_summary"}, 1, 1),
    "F-02": ("GJ101", {"revenue_expenditure_summary"}, 1, 1),
    "F-03": ("GJ301", {"revenue_expenditure_summary"}, 1, 1),
    "F-04a": ("GJ302", {"revenue_expenditure_summary"}, 1, 1),
    "F-04b": ("GJ303", {"revenue_expenditure_summary"}, 1, 1),
    "F-05": ("GJ102", {"revenue"}, 23, 12),
    "F-06": ("GJ101", {"revenue"}, 32, 20),
    "F-07": ("GJ103", {"expenditure"}, 20, 12),
    "F-08": ("GJ101", {"expenditure"}, 25, 17),
    "F-09": ("GJ103", {"general_expenditure"}, 18, 12),
    "F-10": ("GJ101", {"general_expenditure"}, 23, 17),
    "F-12": ("GJ201", {"expenditure", "revenue_expenditure_summary"}, 5, 4),
    "F-15": ("GJ201", {"fiscal_summary", "general_expenditure"}, 5, 4),
    "F-16+17": ("GJ104", {"general_basic"}, 5, 3),
    "F-18": ("GJ202", {"general_basic", "general_expenditure"}, 1, 1),
    "F-24": ("GJ105", {"sangong"}, 2, 2),
}
ROUNDINGS_2024 = {
    ("GJ301", "524.30"), ("GJ103", "304.48"), ("GJ101", "192.94"), ("GJ101", "304.48"), ("GJ104", "160.17"),
}  # fmt: skip


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def relations(reading: Reading, catalog: Catalog) -> list[Identity]:
    ledger = Ledger(reading.tables, catalog.dimensions)
    found: list[Identity] = []
    for rule in catalog.rules.values():
        if rule.engine in ENGINES and not rule.params.get("soft"):
            found.extend(ENGINES[rule.engine](rule, ledger))
    return found


@pytest.mark.parametrize(("document", "column"), [("000", 2), ("003", 3)])
def test_as_many_relations_as_an_auditor_counts(
    shared: Path, catalog: Catalog, document: str, column: int
) -> None:
    (path,) = (shared / "corpus").glob(f"{document}_*.txt")
    reading = read_document(open_document(path), catalog)
    kinds = {table.id: table.kind.id for table in reading.tables}
    counts = Counter(
        (identity.rule, frozenset(kinds[w.table_id] for w in identity.witnesses))
        for identity in relations(reading, catalog)
    )
    for name, row in COUNTED.items():
        assert counts[(row[0], frozenset(row[1]))] == row[column], name
    assert all(i.verdict().outcome is not Outcome.VIOLATED for i in relations(reading, catalog))


def test_each_source_of_revenue_agrees_with_the_summary(shared: Path, catalog: Catalog) -> None:
    """F-11 and F-13: seven and four relations, whatever rule they fall under."""
    (path,) = (shared / "corpus").glob("000_*.txt")
    reading = read_document(open_document(path), catalog)
    text = {
        "《收入决算表》合计·本年收入合计", "《收入决算表》合计·财政拨款收入", "《收入决算表》合计·事业收入",
        "《收入决算表》合计·其他收入",
    }  # fmt: skip
    tied = {
        witness.where
        for identity in relations(reading, catalog)
        if identity.rule in ("GJ201", "GJ202") and identity.verdict().outcome is Outcome.EXACT
        for witness in identity.witnesses
    }
    assert text <= tied


def test_the_roundings_that_experts_found_are_roundings(shared: Path, catalog: Catalog) -> None:
    (path,) = (shared / "corpus").glob("000_*.txt")
    reading = read_document(open_document(path), catalog)
    rounded = {
        (identity.rule, identity.right[0].witness.printed.text)
        for identity in relations(reading, catalog)
        if identity.verdict().outcome is Outcome.ROUNDING
    }
    assert rounded >= ROUNDINGS_2024


@pytest.mark.parametrize("name", ["putuo-js2024-finance.pdf", "swu-2023-juesuan.pdf"])
def test_no_relation_of_a_right_disclosure_is_violated(shared: Path, catalog: Catalog, name: str) -> None:
    reading = read_document(open_document(shared / "corpus" / name), catalog)
    found = relations(reading, catalog)
    assert len(found) > 200
    assert [i.title for i in found if i.verdict().outcome is Outcome.VIOLATED] == []
