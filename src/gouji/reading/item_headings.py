"""Rows without a code in lists of projects that name the 科目 of the rows below them: 审计业务, below it 2010804 and a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from gouji.catalog import Catalog
from gouji.reading.heads import Lane
from gouji.reading.joined import GridCell
from gouji.reading.key_columns import KeyColumns


def item_headings(
    rows: Sequence[Sequence[GridCell]], start: int, columns: KeyColumns, lane: Lane, catalog: Catalog
) -> Mapping[int, str]:
    """The code that each such row states. The row below it prints the code whole, beside a name that is another."""
    printed: list[tuple[int, str, str]] = []
    for index in range(start, len(rows)):
        texts = columns.texts(rows[index], lane)
        code = "".join("".join(text.split()) for col, text in texts if columns.role(col) == "code")
        name = "".join(
            "".join(text.split()) for col, text in texts if columns.role(col) in ("name", "label", "agency")
        )
        printed.append((index, code, name))
    found: dict[int, str] = {}
    for (index, code, name), (_, below, project) in pairwise(printed):
        dimension = catalog.code_dimension(below) if below and not code else None
        codes = catalog.codes[dimension] if dimension is not None else None
        if codes is not None and codes.spelled(below, name, None) and not codes.spelled(below, project, None):
            found[index] = below
    return found
