"""Rows and columns of a form that are printed only where there is something to print: the functional classes that a body uses,
carry-over where there is any, rare sources of revenue. Rows that are left are numbered anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gouji.catalog.layout import INDENT, Grid, ordinal
from gouji.catalog.model import OPTIONAL, Form, Lane
from gouji.facts import Fact

_NUMBERED = re.compile(r"^(（?)[一二三四五六七八九十]{1,3}(）|、)")


def pruned(form: Form, grid: Grid, has: Callable[[Fact], bool]) -> Form:
    """``form`` with the optional rows of its lanes that have a fact of which something is known. ``grid`` is the form
    laid out with all of them."""
    filled = {(spot.row, spot.col) for spot in grid.spots if spot.fact is not None and has(spot.fact)}
    lanes = []
    left = 0
    for lane in form.lanes:
        right = left + sum(len(column.leaves) for column in lane.columns)
        rows = []
        for position, label in enumerate(lane.rows, start=grid.head_rows):
            if not label.startswith(OPTIONAL) or any((position, col) in filled for col in range(left, right)):
                rows.append(label.removeprefix(OPTIONAL))
        foot = []
        for position, label in enumerate(lane.foot, start=grid.n_rows - len(lane.foot)):
            if not label.startswith(OPTIONAL) or any((position, col) in filled for col in range(left, right)):
                foot.append(label.removeprefix(OPTIONAL))
        numbered = _numbered(rows) if any(label.startswith(OPTIONAL) for label in lane.rows) else tuple(rows)
        lanes.append(replace(lane, rows=numbered, foot=tuple(foot)))
        left = right
    return replace(form, lanes=_level(lanes))


def _level(lanes: list[Lane]) -> tuple[Lane, ...]:
    """The lanes with feet of one height: 本年收入合计 stays level with 本年支出合计 where more lines follow it."""
    height = max(len(lane.foot) for lane in lanes)
    return tuple(
        replace(lane, foot=(*lane.foot[:1], *("",) * (height - len(lane.foot)), *lane.foot[1:]))
        if len(lane.foot) > 1
        else lane
        for lane in lanes
    )


def used_columns(form: Form, grid: Grid, has: Callable[[Fact], bool]) -> Form:
    """``form`` with the optional columns that have a fact of which something is known. ``grid`` is a row of the whole, laid
    out under all columns."""
    filled = {spot.col for spot in grid.spots if spot.fact is not None and has(spot.fact)}
    return form.with_columns(frozenset(leaf for col, leaf in enumerate(form.leaves) if col in filled))


def has_optional_columns(form: Form) -> bool:
    return any(leaf.optional for leaf in form.leaves)


def has_optional_rows(form: Form) -> bool:
    return any(map(_has_optional, form.lanes))


def _has_optional(lane: Lane) -> bool:
    return any(label.startswith(OPTIONAL) for label in (*lane.rows, *lane.foot))


def _numbered(rows: list[str]) -> tuple[str, ...]:
    """Labels with their ordinals counted anew, each kind of ordinal on each level for itself."""
    counts: dict[tuple[int, str], int] = {}
    found: list[str] = []
    for row in rows:
        label = row.lstrip(INDENT)
        match = _NUMBERED.match(label)
        if match is not None:
            kind = (len(row) - len(label), match[1])
            counts[kind] = counts.get(kind, 0) + 1
            label = f"{match[1]}{ordinal(counts[kind])}{match[2]}{label[match.end() :]}"
        found.append(row[: len(row) - len(row.lstrip(INDENT))] + label)
    return tuple(found)
