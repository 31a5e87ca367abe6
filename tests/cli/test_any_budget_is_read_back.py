"""Budgets of made-up bodies, of both kinds, with every fund: built by each set of forms and read back."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from bodies import codes
from test_build_then_read import assert_read_back

from gouji.catalog import CodeRow, FormSet, load_catalog
from gouji.checking import Severity, check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import Book
from gouji.registers.book import Entry, Source
from gouji.registers.budget_rows import BudgetPlaces, completed
from gouji.writing import compose, webpage

CATALOG = load_catalog()
SETS = CATALOG.forms_of("budget")
FUNCTIONS = [code for code in codes(CATALOG) if code[:3] not in ("202", "203", "223", "234")]
FUNDS = ("general", "general", "general", "gov_fund", "state_capital", "special_account", "business", "other")
PROJECTS = ("甲项目", "乙 项目（二期）", "合计项目", "2024年 项目", "项目支出", "其中：专项")
CLASSES = {
    "basic": ("30101", "30102", "30106", "30108", "30113", "30201", "30213", "30216", "30302", "30309"),
    "project": ("30227", "30299", "30399", "31002", "31006"),
}
AGENCIES = (CodeRow("208", "某省民政厅"), CodeRow("208001", "某省福利中心"))
"""A department whose code could be that of a functional 类."""
_SOURCE = Source("x", "x", 1)


def book(seed: int, body_type: str, forms: FormSet) -> Book:
    """A balanced budget of one to forty lines."""
    chance = random.Random(seed)
    places = BudgetPlaces.of(forms, CATALOG, body_type, 2025)
    entries: list[Entry] = []
    money: Counter[tuple[str, str]] = Counter()
    for _ in range(chance.randrange(1, 40)):
        fund, nature = (
            chance.choice([one for one in FUNDS if places.has_place_for(one)]),
            chance.choice(("basic", "project")),
        )
        year = chance.choice(("current", "current", "carried"))
        dims = {
            "exp_func_code": chance.choice(FUNCTIONS), "nature": nature, "fund_type_code": fund, "fund_year": year,
            "dep_bgt_eco_code": chance.choice(CLASSES[nature]),
        }  # fmt: skip
        if nature == "project":
            dims["pro_code"] = chance.choice(PROJECTS)
        amount = Decimal(chance.randrange(1, 10**9)) / 100
        entries.append(Entry("expenditure", dims, amount, _SOURCE))
        money[fund, year] += amount  # type: ignore[assignment]
    for (fund, year), amount in money.items():
        source = {"general": "appropriation"}.get(fund, fund)
        if year == "carried":
            source = (
                "unit_funds" if fund in ("business", "other") and places.has_place_for("unit_funds") else fund
            )
        concept = "revenue" if year == "current" else "carryover_begin"
        entries.append(Entry(concept, {"fund_type_code": source}, Decimal(amount), _SOURCE))
    for item in ("abroad", "vehicle_operation", "reception"):
        if chance.random() < 0.5:
            entries.append(
                Entry("sangong", {"sangong_item": item}, Decimal(chance.randrange(10**8)), _SOURCE)
            )
    return Book((completed(entry, places) for entry in entries), CATALOG.dimensions)


@pytest.mark.parametrize("forms", SETS, ids=lambda forms: forms.id)
@pytest.mark.parametrize(("seed", "body_type"), [(1, "事业单位"), (2, "行政机关"), (3, "事业单位")])
def test_any_budget_is_read_back(seed: int, body_type: str, forms: FormSet, tmp_path: Path) -> None:
    disclosure = compose(
        book(seed, body_type, forms), "某省福利中心", 2025, level="单位", forms=forms, catalog=CATALOG,
        agencies=AGENCIES,
    )  # fmt: skip
    assert_read_back(disclosure, CATALOG, tmp_path)
    (tmp_path / "page.html").write_bytes(webpage(disclosure))
    result = check([read_document(open_document(tmp_path / "page.html"), CATALOG)], CATALOG)
    assert [f.title for f in result.findings if f.severity is not Severity.INFO] == []
