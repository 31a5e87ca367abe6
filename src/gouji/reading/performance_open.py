"""Columns of levels that a page leaves open: a merged cell goes on over the whole page, no line begins or ends it, and
its words stand beside the drawn table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.catalog import PerformanceWording, label_of
from gouji.documents import Box, Cell, Paragraph, Table
from gouji.documents import Place as DocumentPlace
from gouji.reading.performance_piece import Head

_SLACK = 4.0
"""Points by which words may stand out of their column."""


def with_open_columns(
    table: Table, lines: Sequence[Paragraph], heads: Sequence[Head], wording: PerformanceWording
) -> Table:
    """The table with a cell over all of its rows for each level of ``heads`` that it lacks and that the ``lines`` of
    its page name. ``heads`` are those of the page before."""
    known = {"level1": wording.levels, "level2": wording.categories}
    box = table.place.box
    if box is None:
        return table
    added: list[Cell] = []
    for head in heads:
        if head.id not in known or head.right > box.x0 + _SLACK:
            continue
        inside = [line for line in lines if line.place.box is not None and _is_in(line.place.box, head, box)]
        inside.sort(key=lambda line: line.place.box.y0 if line.place.box is not None else 0)
        text = "".join(line.text for line in inside)
        if label_of(text) in known[head.id]:
            place = DocumentPlace(
                table.place.page, Box(head.left, box.y0, head.right, box.y1), table.place.ref
            )
            added.append(Cell(text, 0, -1, table.n_rows, 1, place, 0))
    return replace(table, cells=[*table.cells, *added]) if added else table


def _is_in(line: Box, head: Head, table: Box) -> bool:
    return (
        head.left - _SLACK <= line.x0
        and line.x1 <= head.right + _SLACK
        and table.y0 - _SLACK <= line.y0
        and line.y1 <= table.y1 + _SLACK
    )
