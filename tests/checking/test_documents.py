"""Whole documents: what is found in them, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import CheckResult, Severity, check
from gouji.documents.opening import open_document
from gouji.facts import Outcome
from gouji.reading import read_document


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def checked(path: Path, catalog: Catalog) -> CheckResult:
    return check([read_document(open_document(path), catalog)], catalog)


def defects(result: CheckResult) -> list[tuple[str, str]]:
    """Errors and warnings about tables; those about the text have tests of their own."""
    return [
        (f.rule, f.title)
        for f in result.findings
        if f.severity is not Severity.INFO and not f.rule.startswith(TEXT_RULES)
    ]


TEXT_RULES = ("GJ41", "GJ42", "GJ7")


def test_the_misnamed_code_is_the_only_defect_of_the_2024_tables(shared: Path, catalog: Catalog) -> None:
    (path,) = (shared / "corpus").glob("000_*.txt")
    result = checked(path, catalog)
    assert [rule for rule, _ in defects(result)] == ["GJ601"]
    finding = next(f for f in result.findings if f.rule == "GJ601")
    assert (finding.stated, finding.expected) == ("行政事业医疗", "行政事业单位医疗")
    assert finding.evidence[0].ref == "第427行"
    assert sum(1 for f in result.findings if f.outcome is Outcome.ROUNDING) == 7


def test_the_2020_tables_have_no_defect(shared: Path, catalog: Catalog) -> None:
    (path,) = (shared / "corpus").glob("003_*.txt")
    assert defects(checked(path, catalog)) == []


def test_the_published_pdf_has_no_defect_in_its_tables(shared: Path, catalog: Catalog) -> None:
    result = checked(shared / "corpus" / "putuo-js2024-finance.pdf", catalog)
    assert defects(result) == []
    (document,) = result.documents
    assert (document.year, document.level, len(document.tables)) == (2024, "部门", 9)
    assert sum(table.unbound + table.ambiguous for table in document.tables) == 0


def test_the_missing_and_the_emptied_table_are_found_in_the_planted_twin(
    shared: Path, catalog: Catalog
) -> None:
    result = checked(shared / "corpus" / "putuo-js2024-finance-planted.pdf", catalog)
    missing, emptied = defects(result)
    assert (missing[0], emptied[0]) == ("GJ501", "GJ503")
    assert "支出决算表" in missing[1]
    assert "三公" in emptied[1]


# Findings in real budgets, each seen on its page: withheld codes of sensitive bodies (fuzhou-03, yantai-04), a subtotal
# left blank and a side whose items are withheld (beijing-08), digits lost from two columns (xian-06), a table left blank
# (yantai-04), a carry-over that one table has and the other leaves blank (xian-01), a row that adds up to 0.50 more than
# is printed (swu), 4.50 beside 5.50 (yantai-03); in performance forms a cost worded as a floor (fuzhou-03), satisfaction
# of 200 % (xian-01), a total that is not its source (xian-07), and in the self-evaluation of 180 rows bounds for results
# in three forms, two indicators scored twice, one with two results. Those of the putuo budgets are wordings and account names.
SEEN = {
    "001": 5, "002": 7, "beijing-08.pdf": 2, "fuzhou-03.pdf": 2, "putuo-ys2024-wanli-dept.pdf": 2,
    "putuo-ys2024-welfare-unit.pdf": 4, "putuo-ys2025-finance-dept.pdf": 1, "swu-2023-yusuan.pdf": 1, "xian-01.pdf": 2,
    "xian-06.pdf": 1, "xian-07.pdf": 2, "yantai-03.pdf": 1, "yantai-04.pdf": 3, "yantai-05.pdf": 1,
}  # fmt: skip


def test_other_documents_raise_only_known_findings(shared: Path, catalog: Catalog) -> None:
    """Budgets, self-evaluations and templates of all cities: nothing is claimed about what is not understood."""
    found: dict[str, int] = {}
    looked_at = 0
    for path in sorted((shared / "corpus").iterdir()):
        if path.suffix == ".csv" or path.name.startswith(("000", "putuo-js2024-finance-planted")):
            continue
        count = len(defects(checked(path, catalog)))
        if count:
            found[path.name.partition("_")[0]] = count
        looked_at += 1
    assert looked_at > 70
    assert found == SEEN
