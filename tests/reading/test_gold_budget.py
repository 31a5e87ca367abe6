"""Every figure of a provincial budget of twenty-three tables, pasted as lines whose merged cells are lost."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.documents.opening import open_document
from gouji.facts import Presence, Status, fact
from gouji.reading import Reading, read_document

WITH_MONEY = [*(f"{number:02d}" for number in range(1, 15)), "22", "23"]
"""The tables that print money; 15 to 21 are blank."""


@pytest.fixture(scope="module")
def budget(shared: Path) -> Reading:
    (path,) = (shared / "corpus").glob("001_*.txt")
    return read_document(open_document(path), load_catalog())


def test_every_figure_of_every_line_is_read_and_none_else(budget: Reading, shared: Path) -> None:
    gold = json.loads((shared / "gold" / "cells-000-003.json").read_text(encoding="utf-8"))["001"]
    expected: Counter[tuple[str, str]] = Counter()
    for number in WITH_MONEY:
        for row in gold[number]:
            for text in row["cells"].values():
                if text.replace(".", "").isdigit() and "." in text:
                    expected[f"第{row['line']}行", text] += 1
    read = Counter(
        (w.place.ref, w.printed.text.strip())
        for w in budget.witnesses
        if w.printed.presence is Presence.NUMBER
    )
    assert read == expected


def test_all_of_them_are_understood(budget: Reading) -> None:
    """Those of table 08, too, whose last heads are not in the file: a form of the catalogue has them."""
    figures = [w for w in budget.witnesses if w.printed.presence is Presence.NUMBER]
    assert {w.status for w in figures} == {Status.BOUND}


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        # Table 02: the rows lost a cell; the heads alone would put 130.00 one column to the left.
        (1, fact("revenue", fund_type_code="business"), "130.00"),
        (1, fact("carryover_begin", fund_type_code="general"), "56.80"),
        # Table 09: the heads as printed would exchange these two.
        (8, fact("expenditure", fund_type_code="general", nature="basic", dep_bgt_eco_code="30112"), "1.60"),
        (8, fact("expenditure", fund_type_code="general", nature="basic", dep_bgt_eco_code="30113"), "24.45"),
        (6, fact("expenditure", fund_type_code="general", nature="project", exp_func_code="20605"), "8.90"),
        (4, fact("expenditure", nature="project", dep_bgt_eco_code="302"), "222.80"),
    ],
)  # fmt: skip
def test_shifted_columns_are_put_right(budget: Reading, table: int, column: object, value: str) -> None:
    stated = {w.fact: w.printed.text for w in reversed(budget.tables[table].witnesses)}
    assert stated[column] == value  # type: ignore[index]
