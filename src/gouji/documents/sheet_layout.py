"""A sheet of a workbook laid out as a table: merges resolved, hidden lines out, empty ends trimmed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from gouji.documents.cell_text import tidy
from gouji.documents.grid import Piece, build_table
from gouji.documents.model import Place, Table
from gouji.documents.room import MOST_POSITIONS, Room, TooLarge
from gouji.documents.sheet import CellRange, Sheet, Shown

_MOST_LOOKS = 10 * MOST_POSITIONS
"""How often a cell may be looked at because a merged range covers it: once, in a sound workbook."""

_FRAMED_BLANK_ROWS = 100
"""How many ruled blank rows below the last text still belong to a table."""


class SheetLayout:
    """One visible sheet laid out as a table: merges resolved, hidden lines out, empty ends trimmed."""

    def __init__(self, title: str, sheet: Sheet) -> None:
        self._title = title
        self._sheet = sheet
        self._hidden_cells = 0
        self._covered: list[str] = []
        self._uncovered: list[str] = []
        self._pieces = self._lay_out()
        rows = {piece.row for piece in self._pieces if piece.text}
        cols = {piece.col for piece in self._pieces if piece.text}
        last = max(rows, default=-1)
        while rows and last + 1 in sheet.framed_rows and last - max(rows) < _FRAMED_BLANK_ROWS:
            last += 1
        self._rows = [row for row in range(last + 1) if row not in sheet.hidden_rows]
        self._cols = [col for col in range(max(cols, default=-1) + 1) if col not in sheet.hidden_cols]
        positions = len(self._rows) * len(self._cols)
        self._condensed = positions > MOST_POSITIONS or positions > max(100_000, 50 * len(self._pieces))
        if self._condensed:
            self._rows, self._cols = sorted(rows), sorted(cols)

    def table(self, room: Room) -> Table:
        """The table; positions count shown rows and columns only, places name the cells of the sheet."""
        pieces = [piece for piece in map(self._placed, self._pieces) if piece is not None]
        place = Place(None, None, self._title)
        n_rows, n_cols = len(self._rows), len(self._cols)
        return build_table(pieces, place, self._ref, room, name=self._title, n_rows=n_rows, n_cols=n_cols)

    def notices(self) -> list[str]:
        found = []
        sheet, title = self._sheet, self._title
        uncached = [at for at in sheet.uncached if sheet.shows(*at)]
        if uncached:
            where = _listed([f"{column_letters(col)}{row + 1}" for row, col in uncached])
            found.append(
                f"{title}!{where}有{len(uncached)}个公式没有缓存值，读成空白；请用 Excel 打开保存一次。"
            )
        if self._hidden_cells:
            found.append(f"工作表“{title}”的隐藏行、隐藏列中有{self._hidden_cells}个非空单元格，没有读取。")
        if self._uncovered:
            found.append(
                f"工作表“{title}”有合并区域的内容写在被遮住的单元格里，已读取：{_listed(self._uncovered)}。"
            )
        if self._covered:
            found.append(f"工作表“{title}”有被合并区域遮住的内容，没有读取：{_listed(self._covered)}。")
        if self._condensed:
            found.append(f"工作表“{title}”的内容散布很广，整行整列的空白没有读取。")
        return found

    def _lay_out(self) -> list[Piece]:
        """The shown cells in sheet coordinates; a merged range is one piece, whatever it covers."""
        cells = dict(self._sheet.cells)
        cols_by_row: defaultdict[int, list[int]] = defaultdict(list)
        for row, col in cells:
            cols_by_row[row].append(col)
        filled_rows = sorted(cols_by_row)
        pieces = []
        looked_at = 0
        for area in self._sheet.merges:
            rows_inside = _between(filled_rows, area.top, area.bottom + 1)
            looked_at += sum(len(cols_by_row[row]) for row in rows_inside)
            if looked_at > _MOST_LOOKS:
                raise TooLarge
            inside = [
                (row, col)
                for row in rows_inside
                for col in cols_by_row[row]
                if area.left <= col <= area.right and (row, col) in cells
            ]
            values = {at: cells.pop(at) for at in sorted(inside)}
            shown = self._shown_in(area, values)
            first = self._sheet.first_shown(area)
            if first is None:
                self._hidden_cells += bool(shown.text)
                continue
            row, col = first
            height, width = area.bottom - row + 1, area.right - col + 1
            pieces.append(Piece(row, col, shown.text, height, width, shown.indent))
        for (row, col), shown in cells.items():
            if self._sheet.shows(row, col):
                pieces.append(Piece(row, col, shown.text, indent=shown.indent))
            else:
                self._hidden_cells += 1
        return pieces

    def _shown_in(self, area: CellRange, values: dict[tuple[int, int], Shown]) -> Shown:
        """Excel shows the top left value. Programs that write elsewhere leave it empty: then the first value
        is what they meant to show."""
        corner = values.pop((area.top, area.left), None)
        if corner is None and values:
            at = next(iter(values))
            corner = values.pop(at)
            self._uncovered.append(_named(at, corner))
        self._covered.extend(_named(at, shown) for at, shown in values.items())
        return corner or Shown("")

    def _placed(self, piece: Piece) -> Piece | None:
        """The piece in positions of the table; None for an empty merged range outside it."""
        first_row = bisect_left(self._rows, piece.row)
        first_col = bisect_left(self._cols, piece.col)
        row_span = bisect_left(self._rows, piece.row + piece.row_span) - first_row
        col_span = bisect_left(self._cols, piece.col + piece.col_span) - first_col
        if row_span == 0 or col_span == 0:
            return None
        return Piece(first_row, first_col, piece.text, row_span, col_span, piece.indent)

    def _ref(self, row: int, col: int) -> str:
        return f"{self._title}!{column_letters(self._cols[col])}{self._rows[row] + 1}"


def column_letters(col: int) -> str:
    """The letters of a column that counts from 0: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _between(numbers: list[int], start: int, end: int) -> list[int]:
    """The members of a sorted list from ``start`` up to, not including, ``end``."""
    return numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]


def _named(at: tuple[int, int], shown: Shown) -> str:
    return f"{column_letters(at[1])}{at[0] + 1}“{tidy(shown.text).text}”"


def _listed(names: list[str]) -> str:
    return "、".join(names[:5]) + ("等" if len(names) > 5 else "")
