"""A budget that is built is read back: the same facts, printed the same, by every set of forms, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_build_then_read import assert_read_back

from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import Workspace, read_workspace
from gouji.writing import Disclosure, FontsMissing, compose, typeset

CATALOG = load_catalog()
SETS = [forms.id for forms in CATALOG.forms_of("budget")]


@pytest.fixture(scope="module")
def workspace(budget_example: Path) -> Workspace:
    return read_workspace(budget_example, CATALOG)


def level_of(forms: str) -> str:
    """部门 for the sets of a department, whose titles say so."""
    return "部门" if "department" in forms else "单位"


def composed(workspace: Workspace, forms: str) -> Disclosure:
    settings = workspace.settings
    return compose(
        workspace.book, settings.name, settings.fiscal_year, level=level_of(forms),
        forms=CATALOG.form_set(settings.fiscal_year, forms, "budget"), catalog=CATALOG,
        codes=workspace.codes, agencies=settings.agencies,
    )  # fmt: skip


@pytest.mark.parametrize("forms", SETS)
def test_the_budget_is_read_back_in_every_format(workspace: Workspace, forms: str, tmp_path: Path) -> None:
    assert_read_back(composed(workspace, forms), CATALOG, tmp_path)


@pytest.mark.parametrize("forms", SETS)
def test_a_built_budget_is_without_defect(workspace: Workspace, forms: str, tmp_path: Path) -> None:
    try:
        (tmp_path / "built.pdf").write_bytes(typeset(composed(workspace, forms)))
    except FontsMissing as missing:
        pytest.skip(f"the typefaces are missing: {missing}")
    result = check([read_document(open_document(tmp_path / "built.pdf"), CATALOG)], CATALOG)
    assert result.findings == []
    (document,) = result.documents
    assert (document.kind, document.year, document.level) == ("budget", 2025, level_of(forms))
    assert sum(table.unbound + table.ambiguous for table in document.tables) == 0
