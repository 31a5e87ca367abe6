"""The header row of a register sheet: which column holds which field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.catalog import fold
from gouji.registers.problem import Problem
from gouji.registers.schema import HINT_MARK, Register
from gouji.registers.sheet import Row, Sheet


class Header(NamedTuple):
    """Field name -> its column (from 0), and the rows below the header, blank ones left out."""

    columns: Mapping[str, int]
    body: tuple[Row, ...]


def find_header(sheet: Sheet, register: Register) -> tuple[Header | None, list[Problem], list[Problem]]:
    """The header (``None`` when there is none to go by), the problems, and what was left unused."""
    rows = [row for row in sheet.rows if not row.is_blank]
    while rows and _is_hint(rows[0]):
        rows.pop(0)
    wanted = "、".join(field.name for field in register.fields if field.needed)
    if not rows:
        return None, [Problem(sheet.file, f"没有表头；表头要有：{wanted}", sheet.name)], []
    top, body = rows[0], tuple(rows[1:])
    labels = [cell if isinstance(cell, str) else "" for cell in top.cells]
    problems: list[Problem] = []
    columns: dict[str, int] = {}
    known = {fold(field.name): field.name for field in register.fields}
    unused: list[Problem] = []
    for column, label in enumerate(labels):
        name = known.get(fold(label))
        if name is None:
            if label:
                text = "表头里没有规定这一列，没有用到"
                unused.append(Problem(sheet.file, text, sheet.name, top.number, label))
        elif name in columns:
            problems.append(Problem(sheet.file, "表头里这一列出现了两次", sheet.name, top.number, name))
        else:
            columns[name] = column
    for column in sorted(_filled(body) - {at for at, label in enumerate(labels) if label}):
        text = f"第{column + 1}列有内容但没有表头，没有用到"
        unused.append(Problem(sheet.file, text, sheet.name, top.number))
    seen = "、".join(filter(None, labels)) or "空的"
    for field in register.fields:
        if field.needed and field.name not in columns:
            text = f"缺少“{field.name}”一列；现在的表头是：{seen}"
            problems.append(Problem(sheet.file, text, sheet.name, top.number))
    return (None if problems else Header(columns, body)), problems, unused


def _filled(body: tuple[Row, ...]) -> set[int]:
    """The columns in which any row holds something."""
    return {column for row in body for column, cell in enumerate(row.cells) if cell is not None}


def _is_hint(row: Row) -> bool:
    first = next(cell for cell in row.cells if cell is not None)
    return isinstance(first, str) and fold(first).startswith(HINT_MARK)
