"""The grid of a table: pieces with their spans, as a file states them, become cells that tile it exactly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gouji.documents.cell_text import tidy
from gouji.documents.model import Cell, Place, Table
from gouji.documents.room import Room


@dataclass(slots=True)
class Piece:
    """A cell before it is laid on the grid; ``row`` and ``col`` count from 0, ``text`` has its line breaks.

    ``indent`` is what the format itself adds to the leading blanks of the text.
    """

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    indent: int = 0


def drop_unused_columns(pieces: Iterable[Piece]) -> list[Piece]:
    """Leave out the grid columns in which no cell begins: HTML and Word both make such columns."""
    pieces = list(pieces)
    used = sorted({piece.col for piece in pieces})
    for piece in pieces:
        end = bisect_left(used, piece.col + piece.col_span)
        piece.col = bisect_left(used, piece.col)
        piece.col_span = end - piece.col
    return pieces


def build_table(
    pieces: Iterable[Piece],
    place: Place,
    ref: Callable[[int, int], str],
    room: Room,
    *,
    name: str = "",
    n_rows: int = 0,
    n_cols: int = 0,
) -> Table:
    """Lay ``pieces`` on a grid; ``ref(row, col)`` words the place of a cell.

    The grid has at least ``n_rows`` x ``n_cols`` positions. A span stops before the first cell that it would
    cover, so no text is ever hidden; positions that no piece covers get empty cells. Raises TooLarge when
    they do not fit into ``room``.
    """
    anchors = _merge_by_position(pieces)
    n_rows = max([n_rows, *(piece.row + piece.row_span for piece in anchors.values())])
    n_cols = max([n_cols, *(piece.col + piece.col_span for piece in anchors.values())])
    room.take(n_rows * n_cols, sum(len(piece.text) for piece in anchors.values()))
    taken = [bytearray(n_cols) for _ in range(n_rows)]
    for row, col in anchors:
        taken[row][col] = 1
    for piece in anchors.values():
        if piece.row_span > 1 or piece.col_span > 1:
            _claim(piece, taken)
    cells = []
    for row in range(n_rows):
        for col in range(n_cols):
            found = anchors.get((row, col))
            if found is not None:
                text, indent = tidy(found.text)
                where = Place(None, None, ref(row, col))
                indent = indent + found.indent if text else 0
                cells.append(Cell(text, row, col, found.row_span, found.col_span, where, indent))
            elif not taken[row][col]:
                cells.append(Cell("", row, col, 1, 1, Place(None, None, ref(row, col))))
    return Table(n_rows, n_cols, cells, place, name=name)


def _merge_by_position(pieces: Iterable[Piece]) -> dict[tuple[int, int], Piece]:
    """The pieces by their top left corner, in reading order; two on one spot become one with both texts."""
    anchors: dict[tuple[int, int], Piece] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.row, piece.col)):
        first = anchors.setdefault((piece.row, piece.col), piece)
        if first is not piece and piece.text:
            first.text = f"{first.text}\n{piece.text}"
    return anchors


def _claim(piece: Piece, taken: list[bytearray]) -> None:
    """Mark the positions of a spanning piece, cutting its spans where another piece stands."""
    start, wanted = piece.col, piece.col + piece.col_span
    blocked = taken[piece.row].find(1, start + 1, wanted)
    end = wanted if blocked < 0 else blocked
    last = piece.row + 1
    while last < piece.row + piece.row_span and taken[last].find(1, start, end) < 0:
        last += 1
    piece.col_span, piece.row_span = end - start, last - piece.row
    for row in range(piece.row, last):
        taken[row][start:end] = b"\x01" * (end - start)
