"""A disclosure of 25 pages to measure on, made by our own writer: a department with very many 科目."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from gouji.catalog import load_catalog
from gouji.registers.book import Book, Entry, Source
from gouji.writing import compose, typeset

YEAR = 2024
NAMES = ("示例", *"甲乙丙丁戊己庚辛壬癸子丑寅卯辰")
CODES = 117
"""So many 项 fill 25 pages."""


def write(path: Path, body: int = 0) -> Path:
    """Write the PDF and return its path. Each ``body`` (from 0) has a name and amounts of its own."""
    catalog = load_catalog()
    codes = catalog.codes["exp_func_code"]
    items = [code for code in codes.names if len(code) == 7 and codes.names[code][-1].valid(YEAR)]
    entries: list[Entry] = []
    for number, code in enumerate(sorted(items)[:CODES], start=1):
        source = Source("sample", "收入", number)
        fund = {"exp_func_code": code, "fund_type_code": "general"}
        basic, project = Decimal(70_000 + 1_234 * number + 100 * body), Decimal(210_000 + 4_321 * number)
        entries.append(Entry("revenue", fund, basic + project, source))
        entries.append(
            Entry("expenditure", fund | {"nature": "basic", "dep_bgt_eco_code": "30101"}, basic, source)
        )
        entries.append(Entry("expenditure", fund | {"nature": "project"}, project, source))
    forms = catalog.form_set(YEAR)
    book = Book(entries, catalog.dimensions)
    disclosure = compose(
        book, NAMES[body % len(NAMES)] + "部门", YEAR, level="部门", forms=forms, catalog=catalog
    )
    path.write_bytes(typeset(disclosure))
    return path
