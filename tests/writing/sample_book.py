"""A small book of a made-up body, with every kind of row the nine forms have."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gouji.catalog import Catalog, load_catalog
from gouji.registers.book import Book, Entry, Source
from gouji.writing import Disclosure, Table, compose

BODY = "示例市科技交流中心"

REVENUE = """
2050803 general 2500.00
2060301 general 1131600.00
2060301 other 2149.99
2060302 general 1700000.00
2060302 business 1402050.05
2060599 general 200000.00
2060801 business 20000.00
2080502 general 69100.00
2080505 general 160000.00
2101102 general 100000.00
2210201 general 150000.00
2210203 general 101400.00
"""

EXPENDITURE = """
2060301 30101 general basic 339000.00
2060301 30102 general basic 123500.00
2060301 30107 general basic 568649.37
2060301 30199 general basic 56300.00
2060301 30201 general basic 1000.00
2060301 30228 general basic 16004.99
2060301 30229 general basic 20000.00
2060301 30299 general basic 3500.00
2060301 30107 business basic 127800.00
2060302 30214 general project 1186200.12
2060302 30227 business project 599100.00
2060599 30299 general project 143800.00
2060801 30201 business project 200.00
2080502 30302 general basic 69100.00
2080505 30108 general basic 160000.00
2101102 30110 general basic 100000.00
2210201 30113 general basic 150000.00
2210203 30103 general basic 101400.00
"""

OTHERS = [
    ("nonfiscal_surplus_used", {}, "125700.00"),
    ("surplus_distribution", {}, "822800.00"),
    ("carryover_begin", {"exp_func_code": "2060599", "fund_type_code": "general"}, "78400.00"),
    ("sangong", {"stage": "budget", "sangong_item": "abroad"}, "70000.00"),
    ("sangong", {"stage": "budget", "sangong_item": "reception"}, "2900.00"),
    ("sangong", {"stage": "final", "sangong_item": "abroad"}, "37100.00"),
    ("sangong", {"stage": "final", "sangong_item": "reception"}, "1000.00"),
]


def entry(concept: str, amount: str, row: int, **dims: str) -> Entry:
    sheet = {"revenue": "收入", "expenditure": "支出"}.get(concept, "其他")
    return Entry(concept, dims, Decimal(amount), Source("账簿.xlsx", sheet, row))


def entries() -> list[Entry]:
    found: list[Entry] = []
    for row, line in enumerate(REVENUE.strip().splitlines(), start=2):
        code, fund, amount = line.split()
        found.append(entry("revenue", amount, row, exp_func_code=code, fund_type_code=fund))
    for row, line in enumerate(EXPENDITURE.strip().splitlines(), start=2):
        code, economic, fund, nature, amount = line.split()
        found.append(
            entry("expenditure", amount, row, exp_func_code=code, dep_bgt_eco_code=economic,
                  fund_type_code=fund, nature=nature)
        )  # fmt: skip
    for row, (concept, dims, amount) in enumerate(OTHERS, start=2):
        found.append(entry(concept, amount, row, **dims))
    return found


def many(catalog: Catalog) -> list[Entry]:
    """Expenditure under some 60 项, up to 99 亿元, in all three fiscal funds."""
    codes = [code for code in sorted(catalog.codes["exp_func_code"].names) if len(code) == 7][:60]
    found: list[Entry] = []
    for row, code in enumerate(codes, start=2):
        for fund in ("general", "gov_fund", "state_capital"):
            amount = str(Decimal("9899999999.99") if row == 2 else Decimal(row) * Decimal("12345.67"))
            spent = str(Decimal(amount) - 10)
            nature = "basic" if row % 2 else "project"
            found.append(entry("revenue", amount, row, exp_func_code=code, fund_type_code=fund))
            found.append(
                entry("expenditure", spent, row, exp_func_code=code, dep_bgt_eco_code="30201",
                      fund_type_code=fund, nature=nature)
            )  # fmt: skip
    return found


def composed(records: Iterable[Entry], body: str = BODY, year: int = 2024) -> Disclosure:
    catalog = load_catalog()
    forms = catalog.form_set(year)
    return compose(Book(records, catalog.dimensions), body, year, level="单位", forms=forms, catalog=catalog)


def table(disclosure: Disclosure, kind: str) -> Table:
    """The form of one kind."""
    return next(table for table in disclosure.tables if table.form.kind.id == kind)
