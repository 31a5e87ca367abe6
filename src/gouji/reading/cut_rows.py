"""Rows that a page break cut in two: the second half of a name, or of heads, stands alone at the top of the next page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from gouji.catalog import fold
from gouji.documents import Cell
from gouji.facts import Unit, as_printed
from gouji.reading.heads import Heads
from gouji.reading.joined import AMOUNT_LIKE, GridCell, JoinedGrid

_ENOUGH_ROWS = 6
"""Rows with figures from which a lone row without any is foreign to its table."""
_BRACKETS = (("(", ")"), ("《", "》"), ("“", "”"))
_CODE = re.compile(r"\d{2,}")


def mend(grid: JoinedGrid, heads: Heads, is_name: Callable[[str, str], bool]) -> None:
    """Put the rows of a grid together again that its page breaks cut. The half without figures is joined to the one
    with them, and its row left blank. ``is_name`` tells whether a text is the whole name of a code (or, without one,
    a known label); both as printed.

    Only what gives itself away is joined: a bracket opened above and closed below, a whole that is a known name or
    stands elsewhere in the column, or a row without figures in a table that has no other.
    """
    keys = [col for col, sense in enumerate(heads.columns) if sense.role not in ("", "amount")]
    codes = {col for col in keys if heads.columns[col].role in ("code", "agency_code")}
    amounts = [col for lane in heads.lanes for col in lane.amounts]
    if not grid.breaks or not keys or not amounts or len(heads.lanes) != 1:
        return
    data = grid.rows[heads.data_start :]
    cut = {index for first in grid.breaks for index in (first - 1, first)}
    listed = {
        col: {fold(_text(row, col)) for index, row in enumerate(grid.rows) if index not in cut}
        for col in keys
    }
    without = sum(1 for row in data if _is_filled(row, keys) and not _has_figures(row, amounts))
    foreign = without <= len(grid.breaks) and len(data) - without >= _ENOUGH_ROWS
    for index in grid.breaks:
        if index <= heads.data_start or index >= len(grid.rows):
            continue
        halves = _Halves(grid.rows[index - 1], grid.rows[index], keys, codes, listed)
        above, below = (_has_figures(row, amounts) for row in (halves.upper, halves.lower))
        if above == below or not halves.fit(without_figures_below=above):
            continue
        if halves.show_it(is_name) or (foreign and above and not halves.has_code_below()):
            whole, rest = (index - 1, index) if above else (index, index - 1)
            grid.rows[whole] = halves.joined(grid.rows[whole])
            grid.rows[rest] = [cell._replace(cell=cell.cell._replace(text="")) for cell in grid.rows[rest]]


def mend_heads(grid: JoinedGrid, first_row: int, is_head: Callable[[str], bool]) -> None:
    """Put together the heads that a page break cut: below it stand only the ends of words (款 below 其中：财政拨). They
    are joined if each of them makes a head (``is_head``) of what stands above it, and their row is taken away."""
    if not grid.breaks or grid.breaks[0] <= first_row or grid.breaks[0] >= len(grid.rows):
        return
    at = grid.breaks[0]
    upper, ends = grid.rows[first_row:at], grid.rows[at]
    if any(AMOUNT_LIKE.fullmatch(fold(grid_cell.cell.text)) for row in (*upper, ends) for grid_cell in row):
        return
    whole: dict[int, Cell] = {}
    for above, below in zip(upper[-1], ends, strict=False):
        if not below.anchor or not below.cell.text:
            continue
        joined = above.cell.text + below.cell.text
        if not above.cell.text or not is_head(joined):
            return
        whole[id(above.cell)] = whole[id(below.cell)] = above.cell._replace(text=joined)
    if not whole:
        return
    for row in grid.rows[first_row:]:
        row[:] = [one._replace(cell=whole.get(id(one.cell), one.cell)) for one in row]
    del grid.rows[at]
    grid.breaks = [at, *(later - 1 for later in grid.breaks[1:])]


class _Halves:
    """The row above a page break and the one below it, if they are one row."""

    def __init__(
        self,
        upper: Sequence[GridCell],
        lower: Sequence[GridCell],
        keys: Sequence[int],
        codes: set[int],
        listed: Mapping[int, set[str]],
    ) -> None:
        self.upper, self.lower = upper, lower
        self.keys, self.codes, self.listed = keys, codes, listed
        self.filled = [col for col in keys if _text(upper, col) and _text(lower, col)]
        """Columns in which both have text."""

    def fit(self, *, without_figures_below: bool) -> bool:
        """Whether the half without figures says nothing where the other is blank, save a code, and no code is cut."""
        rest, whole = (self.lower, self.upper) if without_figures_below else (self.upper, self.lower)
        said = [col for col in self.keys if _text(rest, col)]
        return bool(self.filled) and all(
            bool(_text(whole, col)) is not (col in self.codes and _CODE.search(_text(rest, col)) is not None)
            for col in said
        )

    def has_code_below(self) -> bool:
        return any(_text(self.lower, col) for col in self.codes)

    def show_it(self, is_name: Callable[[str, str], bool]) -> bool:
        """Whether the texts themselves say that they belong together."""
        code = next(
            (text for row in (self.upper, self.lower) for col in self.codes if (text := _text(row, col))), ""
        )
        for col in self.filled:
            first, second = _text(self.upper, col), _text(self.lower, col)
            if is_name(code, second) or fold(second) in self.listed[col]:
                return False
            whole = fold(first + second)
            if _closes(first, second) or whole in self.listed[col] or is_name(code, first + second):
                return True
        return False

    def joined(self, whole: Sequence[GridCell]) -> list[GridCell]:
        """The row with figures, with the texts of both."""
        said = {col for col in self.keys if _text(self.upper, col) or _text(self.lower, col)}
        return [
            grid_cell._replace(
                cell=grid_cell.cell._replace(text=_text(self.upper, col) + _text(self.lower, col))
            )
            if col in said
            else grid_cell
            for col, grid_cell in enumerate(whole)
        ]


def _closes(first: str, second: str) -> bool:
    """Whether a bracket is open at the end of the first half and closed in the second."""
    one, other = fold(first), fold(second)
    return any(
        one.count(opened) > one.count(closed) and other.count(closed) > other.count(opened)
        for opened, closed in _BRACKETS
    )


def _text(row: Sequence[GridCell], col: int) -> str:
    return row[col].cell.text if col < len(row) and row[col].anchor else ""


def _is_filled(row: Sequence[GridCell], columns: Sequence[int]) -> bool:
    return any(_text(row, col) for col in columns)


def _has_figures(row: Sequence[GridCell], amounts: Sequence[int]) -> bool:
    texts = (_text(row, col) for col in amounts)
    return any(text and as_printed(text, Unit.WAN_YUAN) is not None for text in texts)
