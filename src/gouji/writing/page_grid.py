"""The rows of a form on the web page. A department's tables have a hundred thousand places: each is written here, not by
the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.writing.disclosure import Cell

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"})


def cell_anchor(kind: str, cell: Cell) -> str:
    """The id of a place of a form on the page."""
    return f"cell-{kind}-{cell.spot.row}-{cell.spot.col}"


def head_rows(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows of heads, as HTML."""
    return _rows([_head(cell) for cell in row] for row in rows)


def body_rows(rows: Iterable[Sequence[Cell]], kind: str) -> str:
    """The other rows of a form of a ``kind``, as HTML."""
    return _rows([_place(cell, kind) for cell in row] for row in rows)


def _rows(rows: Iterable[Sequence[str]]) -> str:
    return "".join(f"<tr>\n{''.join(cells)}</tr>\n" for cells in rows)


def _head(cell: Cell) -> str:
    numbering = ' class="numbering"' if cell.spot.role == "numbering" else ""
    return f"<th{_spans(cell)}{numbering}>{_escaped(cell.text)}</th>\n"


def _place(cell: Cell, kind: str) -> str:
    spot = cell.spot
    if spot.role in ("label", "name") and cell.text:
        level = "total" if spot.col_span > 1 else f"level-{spot.indent}"
        return f'<th scope="row"{_spans(cell)} class="{level}">{_escaped(cell.text)}</th>\n'
    anchor = f' id="{cell_anchor(kind, cell)}"' if spot.fact is not None else ""
    return f'<td{_spans(cell)} class="{spot.role}"{anchor}>{_escaped(cell.text)}</td>\n'


def _spans(cell: Cell) -> str:
    spot = cell.spot
    if spot.row_span == 1 and spot.col_span == 1:
        return ""
    down = f' rowspan="{spot.row_span}"' if spot.row_span > 1 else ""
    across = f' colspan="{spot.col_span}"' if spot.col_span > 1 else ""
    return down + across


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if text else ""
