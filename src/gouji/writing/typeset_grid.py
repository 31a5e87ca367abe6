"""The grid of a form as the typesetter takes it. Of most places it is told the text alone: it puts cells one behind the
other, as wide and high as the rest of their column and row, and a department's tables have a hundred thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from gouji.writing.disclosure import Cell, Table
from gouji.writing.measure import half_characters
from gouji.writing.paper import Paper
from gouji.writing.typeset_drawn import drawn_rows, is_drawn

_CELL_SIDES = 7
"""White at the sides of a cell, in points."""
_LEADING = 1.3
_TALLEST = 340
"""The height in points up to which a row surely fits on a page of its own, below the heads."""
_DIGIT, _WIDEST = 0.6, 1.1
"""More than a digit, and more than any character, is wide in the typefaces, as parts of their size."""
_NARROW = frozenset("0123456789.,-")
_LEAST_WHITE = 2.4
"""White above and below the line of a row that has no room for more, in points."""


def grid(table: Table, sheet: Paper) -> dict[str, Any]:
    """What the template's table is made of: ``heads`` with their places; ``rows``, the cells of the body one behind the
    other; ``sides``, where the text of a column stands; ``tracks``, the height of each row, 0 where its text decides. A table
    that is to be ``drawn`` says so, and gives its rows apart."""
    body = [cell for cell in table.cells if cell.spot.row >= table.grid.head_rows]
    # A row of words stays whole unless no page holds it.
    broken = {cell.spot.row for cell in table.cells if _height(cell, sheet) > _TALLEST}
    sides = _sides(body, table.grid.n_cols)
    drawn = is_drawn(table) and not broken
    return {
        "drawn": drawn,
        "heads": [
            _placed(cell, cell.spot.row in broken)
            for cell in table.cells
            if cell.spot.row < table.grid.head_rows
        ],
        "rows": drawn_rows(table, sides, _side, lambda cell: _fits(cell, sheet))
        if drawn
        else [
            0 if cell is None else _cell(cell, sides, cell.spot.row in broken) for cell in _in_order(table)
        ],
        "sides": sides,
        "tracks": _tracks(table, sheet, broken),
    }


def _in_order(table: Table) -> Iterator[Cell | None]:
    """The cells of the body as they follow each other, ``None`` for a place that no cell takes."""
    begins = {(cell.spot.row, cell.spot.col): cell for cell in table.cells}
    taken: set[tuple[int, int]] = set()
    for row in range(table.grid.head_rows, table.grid.n_rows):
        for col in range(table.grid.n_cols):
            if (row, col) in taken:
                continue
            cell = begins.get((row, col))
            if cell is not None and (cell.spot.row_span > 1 or cell.spot.col_span > 1):
                taken.update(
                    (row + below, col + beside)
                    for below in range(cell.spot.row_span)
                    for beside in range(cell.spot.col_span)
                )
            yield cell


def _sides(body: list[Cell], n_cols: int) -> list[str]:
    """Where most texts of each column stand."""
    counted: list[Counter[str]] = [Counter() for _ in range(n_cols)]
    for cell in body:
        counted[cell.spot.col][_side(cell)] += 1
    return [counter.most_common(1)[0][0] if counter else "left" for counter in counted]


def _side(cell: Cell) -> str:
    spot = cell.spot
    if spot.role == "amount":
        return "right"
    whole = spot.role == "label" and spot.col_span > 1
    return "center" if whole or spot.role in ("head", "numbering", "line") else "left"


def _cell(cell: Cell, sides: list[str], broken: bool) -> Any:
    """0 for a blank, a text, a text with its indent, or all there is to say."""
    spot = cell.spot
    if spot.row_span > 1 or spot.col_span > 1 or broken or _side(cell) != sides[spot.col]:
        return _spanning(cell, broken)
    if not cell.text:
        return 0
    return [cell.text, spot.indent] if spot.indent else cell.text


def _spanning(cell: Cell, broken: bool) -> dict[str, Any]:
    spot = cell.spot
    return {
        "colspan": spot.col_span,
        "rowspan": spot.row_span,
        "side": _side(cell),
        "head": spot.role == "head",
        "indent": spot.indent,
        "text": cell.text,
        "breakable": broken,
    }


def _placed(cell: Cell, broken: bool) -> dict[str, Any]:
    return {"x": cell.spot.col, "y": cell.spot.row, **_spanning(cell, broken)}


def _tracks(table: Table, sheet: Paper, broken: set[int]) -> list[float]:
    """The heights of rows whose texts surely stand on one line: to know them saves measuring every cell."""
    row = max(sheet.row, sheet.size + _LEAST_WHITE)
    tracks = [0.0] * table.grid.head_rows + [row] * (table.grid.n_rows - table.grid.head_rows)
    for cell in table.cells:
        spot = cell.spot
        if spot.row_span > 1 or spot.row in broken or not _fits(cell, sheet):
            tracks[spot.row : spot.row + spot.row_span] = [0.0] * spot.row_span
    return tracks


def _fits(cell: Cell, sheet: Paper) -> bool:
    """Whether the text surely stands on one line."""
    return _widest(cell.text) * sheet.size <= _room(cell, sheet) - cell.spot.indent * sheet.size


def _widest(text: str) -> float:
    return sum(_DIGIT if character in _NARROW else _WIDEST for character in text)


def _room(cell: Cell, sheet: Paper) -> float:
    return sum(sheet.columns[cell.spot.col : cell.spot.col + cell.spot.col_span]) - _CELL_SIDES


def _height(cell: Cell, sheet: Paper) -> float:
    """About how many points the text of a cell takes in its column."""
    lines = half_characters(cell.text) * sheet.size / 2 / max(_room(cell, sheet), sheet.size)
    return lines * sheet.size * _LEADING
