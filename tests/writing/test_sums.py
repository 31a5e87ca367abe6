"""Formulas: each reproduces its value, none depends on itself, and blanks have none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sample_book import composed, entries, entry, table

from gouji.catalog import Catalog, Spot
from gouji.writing import Disclosure, Table
from gouji.writing.spreadsheet import formula, sheet_cell
from gouji.writing.sums import Addend, sums


def formulas(table: Table, catalog: Catalog) -> dict[str, str]:
    known = sums(table, catalog.dimensions)
    return {sheet_cell(cell): formula(known[cell.spot]) for cell in table.cells if cell.spot in known}


def labelled(table: Table, label: str, column: int) -> str:
    """Where the place stands that is ``column`` after the row label."""
    for row in table.rows():
        for position, cell in enumerate(row):
            if cell.text == label and cell.spot.role in ("label", "code"):
                return sheet_cell(row[position + column])
    raise AssertionError(label)


def test_the_summary_adds_up_along_the_flows(disclosure: Disclosure, catalog: Catalog) -> None:
    summary = table(disclosure, "revenue_expenditure_summary")
    found = formulas(summary, catalog)
    assert found[labelled(summary, "本年收入合计", 2)] == "=SUM(C7:C14)"
    assert found[labelled(summary, "本年支出合计", 2)] == "=SUM(F7:F32)"
    assert found["C37"] == "=SUM(C33:C35)"
    assert found["F37"] == "=SUM(F33:F35)"
    assert found[labelled(summary, "年末结转和结余", 2)] == "=C33+C34+C35-F33-F34"


def test_the_fiscal_summary_adds_funds_across_and_classes_down(
    disclosure: Disclosure, catalog: Catalog
) -> None:
    summary = table(disclosure, "fiscal_summary")
    found = formulas(summary, catalog)
    assert found[labelled(summary, "六、科学技术支出", 2)] == "=SUM(G12:I12)"
    assert found[labelled(summary, "本年支出合计", 3)] == "=SUM(G7:G32)"
    assert found[labelled(summary, "年初财政拨款结转和结余", 2)] == "=SUM(C35:C37)"


def test_codes_add_up_by_tree_and_details_across(disclosure: Disclosure, catalog: Catalog) -> None:
    spent = table(disclosure, "expenditure")
    found = formulas(spent, catalog)
    total, line = labelled(spent, "合计", 1), labelled(spent, "2060302", 2)
    assert found[total].count(",") == 3, "four 类"
    assert found[line] == f"=SUM(D{line[1:]}:H{line[1:]})"


def test_basic_expenditure_adds_personnel_and_public(disclosure: Disclosure, catalog: Catalog) -> None:
    basic = table(disclosure, "general_basic")
    found = formulas(basic, catalog)
    assert found[labelled(basic, "301", 2)] == "=SUM(C6:C18)"
    assert found[labelled(basic, "人员经费合计", 1)] == "=SUM(C5,C19)"
    assert found[labelled(basic, "公用经费合计", 1)] == "=SUM(F5,I5,I8,I25)"


def test_sangong_adds_its_items(disclosure: Disclosure, catalog: Catalog) -> None:
    found = formulas(table(disclosure, "sangong"), catalog)
    assert found == {"A8": "=SUM(B8:C8,F8)", "G8": "=SUM(H8:I8,L8)"}


def test_a_total_of_something_without_a_row_keeps_its_value(catalog: Catalog) -> None:
    # 31204 has no row in the form: its 类 and the rest of 公用经费 cannot be added up from the sheet.
    found = composed(
        [
            *entries(),
            entry("expenditure", "70000", 99, exp_func_code="2060301", dep_bgt_eco_code="31204",
                  fund_type_code="general", nature="basic"),
        ]
    )  # fmt: skip
    basic = table(found, "general_basic")
    assert labelled(basic, "公用经费合计", 1) not in formulas(basic, catalog)
    assert labelled(basic, "人员经费合计", 1) in formulas(basic, catalog)


@pytest.mark.parametrize("name", ["disclosure", "crowded"])
def test_every_formula_gives_the_exact_amount_and_ends(
    name: str, request: pytest.FixtureRequest, catalog: Catalog
) -> None:
    found: Disclosure = request.getfixturevalue(name)
    total = 0
    for form in found.tables:
        known = sums(form, catalog.dimensions)
        total += len(known)
        for cell in form.cells:
            if cell.spot in known:
                assert cell.figure is not None
                assert worth(cell.spot, known, ()) == cell.figure.amount
    assert total > 70


def worth(spot: Spot, known: dict[Spot, tuple[Addend, ...]], above: tuple[Spot, ...]) -> Decimal:
    """What a formula comes to when every cell is calculated from its own."""
    assert spot not in above, "a cell depends on itself"
    amount = Decimal(0)
    for sign, cell in known[spot]:
        if cell.spot in known:
            amount += sign * worth(cell.spot, known, (*above, spot))
        elif cell.figure is not None:
            amount += sign * cell.figure.amount
    return amount
