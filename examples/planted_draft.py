"""Typesets the example's tables as a draft with three slips in them, to show what checking finds.

Usage: python examples/planted_draft.py WORKSPACE DRAFT.pdf

The slips are of the kind that happens when figures are copied by hand: two digits swapped, a subtotal of last week,
a table that was not filled in.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gouji.catalog import load_catalog
from gouji.registers import read_workspace
from gouji.writing import Disclosure, disclose, typeset

SLIPS: Mapping[tuple[str, str, str], str] = {
    # (kind of table, code, last head): what the draft prints instead.
    ("expenditure", "2060302", "项目支出"): "187.53",
    ("general_basic", "30107", "决算数"): "60.42",
    ("fiscal_summary", "", "金额"): "396.30",
}
EMPTIED = "sangong"


def with_slips(disclosure: Disclosure) -> Disclosure:
    """The same tables with the slips in them."""
    tables = []
    for table in disclosure.tables:
        kind, code, cells = table.form.kind.id, "", []
        for cell in table.cells:
            if cell.spot.role in ("code", "label"):
                code = cell.text if cell.spot.role == "code" else ""
            total = cell.spot.fact is not None and cell.spot.fact.concept == "total_in"
            slip = SLIPS.get((kind, code, cell.spot.path[-1] if cell.spot.path else ""))
            text = slip if slip and (code or total) else cell.text
            if kind == EMPTIED and cell.spot.role == "amount":
                text = ""
            cells.append(cell._replace(text=text))
        tables.append(replace(table, cells=tuple(cells)))
    return replace(disclosure, tables=tuple(tables))


def main(workspace: Path, draft: Path) -> None:
    catalog = load_catalog()
    books = read_workspace(workspace, catalog)
    disclosure = disclose(books, catalog)
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(typeset(with_slips(disclosure)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
