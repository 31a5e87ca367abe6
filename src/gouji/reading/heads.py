"""The heads of a table: where they end, what each column is, which columns are read together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from gouji.catalog import CodeList, Lexicon, Meaning, RowLabels, TableKind, bare, fold
from gouji.documents import Cell
from gouji.facts import Unit, as_printed
from gouji.reading.joined import AMOUNT_LIKE, GridCell, JoinedGrid, distinct
from gouji.reading.stairs import Stairs

_SURE_NUMBERING = 4
_MOST_WITH_GAPS = 100
"""Wide tables number more than a hundred columns, but leave none out."""
_EITHER = ("经济分类", "经济科目")
_OTHER = "gov_bgt_eco_code"
_ECONOMIC = "dep_bgt_eco_code"
_SURE_NAMES = 2
_SIDES = ("revenue", "expenditure")
_OPENING = ("code", "name", "label", "agency", "agency_code")
KEY_ROLES = ("code", "name", "label", "line", "agency", "agency_code", "year", "text")
"""Roles of columns that say what a row is (or nothing), not how much."""
CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
"""A whole classification code: 3, 5 or 7 digits."""


class ColumnSense(NamedTuple):
    """What a column is: its header path from the top down, and its role."""

    path: tuple[str, ...]
    role: str
    meaning: Meaning | None


@dataclass(slots=True)
class Lane:
    """Columns that are read together: keys on the left, amounts on the right. ``side`` is revenue, expenditure or
    empty."""

    keys: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    side: str = ""
    dimension: str = ""
    """The code dimension that labels without a code are names of, by the heads (支出功能分类, 部门经济分类)."""
    labels: RowLabels | None = None
    """What the labels of the rows so far say of those below."""
    agency: str = ""
    itemised: bool = False
    """Whether a row above was a known item (公务接待费)."""
    code: str = ""
    """The last whole code."""
    fund: str = ""
    """The fund that the last row named which was no part of another (其中)."""
    stairs: Stairs | None = None
    """What stands above the next row, if its labels stand like stairs."""
    section: Mapping[str, str] = field(default_factory=dict)
    """What the last heading that divides the list (货物, 工程, 服务) says of the rows below it."""
    position: int = 0
    """Its place among the lanes of the table, from 0."""
    codes: dict[int, str] = field(default_factory=dict)
    """The last code piece of each code column: 类 above a row that only prints its 款."""
    total: tuple[int, list[str]] = (-1, [])
    """The row of the last total, and its figures as printed."""


@dataclass(slots=True)
class Heads:
    """The understood heads of a table. Rows from ``data_start`` on are data."""

    columns: list[ColumnSense]
    lanes: list[Lane]
    data_start: int


class HeadReader:
    """Understands the heads of one table of a known kind."""

    def __init__(
        self, grid: JoinedGrid, kind: TableKind, lexicon: Lexicon, codes: Mapping[str, CodeList]
    ) -> None:
        self.codes = codes
        self.grid = grid
        self.kind = kind
        self.lexicon = lexicon
        self.two_sided = kind.layout == "two_sided"

    def read(self, first_row: int) -> Heads:
        """The heads that begin at ``first_row``."""
        self.two_sided = self.two_sided or self._shows_sides(first_row)
        end, data_start = self._extent(first_row)
        columns = self._columns(first_row, end)
        return Heads(columns, self._lanes(columns), data_start)

    def _shows_sides(self, first: int) -> bool:
        """Whether the first head row names both sides (收入 | 支出) and nothing else: a table of one fund may be
        printed that way."""
        texts = [
            g.cell.text for row in self.grid.rows[first : first + 1] for g in distinct(row) if g.cell.text
        ]
        meanings = [self.lexicon.meaning(text, self.kind.id, "column") for text in texts]
        if any(meaning is None or meaning.role not in ("side", "line") for meaning in meanings):
            return False
        sides = [meaning.side for meaning in meanings if meaning is not None and meaning.role == "side"]
        return sorted(sides) == sorted(_SIDES)

    def _extent(self, first: int) -> tuple[int, int]:
        """(row after the last head row, first data row): they differ where a row only numbers the columns."""
        for index in range(first, len(self.grid.rows)):
            row = self.grid.rows[index]
            if self.is_numbering(row):
                return index, index + 1
            if self._is_data(row, index > first) or self._is_lone_total(index, first):
                return index, index
        return len(self.grid.rows), len(self.grid.rows)

    def is_numbering(self, row: Sequence[GridCell]) -> bool:
        """A row of 1, 2, 3 … under the heads (栏次)."""
        numbers: list[int] = []
        marked = False
        for grid_cell in distinct(row):
            text = fold(grid_cell.cell.text)
            if not text.strip("-/"):
                continue
            meaning = self.lexicon.meaning(text)
            if meaning is not None and meaning.role == "numbering":
                marked = True
            elif text.isdigit() and len(text) <= 3:
                numbers.append(int(text))
            elif meaning is None or not meaning.role:
                return False
        if numbers == list(range(1, len(numbers) + 1)):
            return marked or len(numbers) >= 2
        # Some forms leave numbers out: 1, 2, 10, 11.
        rising = all(one < other for one, other in pairwise(numbers))
        few = len(numbers) >= _SURE_NUMBERING and numbers[0] == 1 and numbers[-1] < _MOST_WITH_GAPS
        return few and rising

    def _is_data(self, row: Sequence[GridCell], below_heads: bool) -> bool:
        """Whether a row is data, not head: it holds an amount or a code, is a total, or names a known item."""
        texts = [g.cell.text for g in distinct(row) if g.cell.text]
        if not texts:
            return below_heads
        if any(AMOUNT_LIKE.fullmatch(fold(text)) for text in texts):
            return True
        figures = [as_printed(text, Unit.WAN_YUAN) is not None for text in texts]
        if self.kind.layout == "single_row":
            words = [text for text, figure in zip(texts, figures, strict=True) if not figure]
            return below_heads and any(figures) and not any(self._is_head(text) for text in words)
        if any(CODE.fullmatch(fold(text)) for text in texts) or (below_heads and self._is_total(texts)):
            return True
        if self.two_sided:
            return self._is_item(texts[0])
        return below_heads and any(figures)

    def _is_head(self, text: str) -> bool:
        """Whether a text is a known column head other than a total, which may name a row as well."""
        meaning = self.lexicon.meaning(text, self.kind.id, "column")
        return meaning is not None and not meaning.total

    def _is_lone_total(self, index: int, first: int) -> bool:
        """Whether a row holds nothing but a total below the head of a key column: the only row of a table without
        figures."""
        filled = [(col, g) for col, g in enumerate(self.grid.rows[index]) if g.anchor and g.cell.text]
        if index == first or len(filled) != 1 or not self._is_total([filled[0][1].cell.text]):
            return False
        col, total = filled[0]
        above = self.grid.rows[index - 1][col].cell if col < len(self.grid.rows[index - 1]) else total.cell
        meaning = self.lexicon.meaning(above.text, self.kind.id, "column")
        return above is not total.cell and meaning is not None and meaning.role in KEY_ROLES

    def _is_total(self, texts: Sequence[str]) -> bool:
        """A total label alone, or beside the last code heads (类 款 项 合计)."""
        meanings = [self.lexicon.meaning(text, self.kind.id) for text in texts]
        if any(meaning is None or not (meaning.total or meaning.role == "code") for meaning in meanings):
            return False
        return sum(1 for meaning in meanings if meaning is not None and meaning.total) == 1

    def _is_item(self, text: str) -> bool:
        """A numbered item of a two-sided table: 一、一般公共预算财政拨款收入."""
        known = self.lexicon.functional_class(text) or self.lexicon.meaning(text, self.kind.id, "row")
        return bare(text) != fold(text) and known is not None

    def _columns(self, first: int, end: int) -> list[ColumnSense]:
        senses: list[ColumnSense] = []
        for col in range(self.grid.n_cols):
            path: list[str] = []
            seen: list[Cell] = []
            for index in range(first, end):
                row = self.grid.rows[index]
                if col >= len(row) or not row[col].cell.text or row[col].cell in seen:
                    continue
                seen.append(row[col].cell)
                text = row[col].cell.text
                if not path or fold(path[-1]) != fold(text):
                    path.append(text)
            path = self._mended(path)
            leaf = self.lexicon.meaning(path[-1], self.kind.id, "column") if path else None
            role = leaf.role if leaf is not None else ""
            if role in ("", "side", "wrapper"):
                role = "amount" if path else ""
            headless = not path and bool(senses) and senses[-1].role in ("label", "name")
            if (role == "amount" or headless) and leaf is None and self._holds_words(col, end):
                role = "label"
            senses.append(ColumnSense(tuple(path), role, leaf))
        return senses

    def _mended(self, path: list[str]) -> list[str]:
        """A path in which the lines of one wrapped head, each a row where no lines are drawn, are one label again."""
        for index in range(len(path) - 1):
            whole = path[index] + path[index + 1]
            known = self.lexicon.meaning(path[index + 1], self.kind.id, "column")
            if known is None and self.lexicon.meaning(whole, self.kind.id, "column") is not None:
                return self._mended([*path[:index], whole, *path[index + 2 :]])
        return path

    def _holds_words(self, col: int, start: int) -> bool:
        """Whether a column under an unknown head holds row labels, not figures. A line right across the table is a
        note."""
        texts = [
            row[col].cell.text
            for row in self.grid.rows[start:]
            if col < len(row) and row[col].cell.text and row[col].cell.col_span < self.grid.n_cols
        ]
        words = sum(1 for text in texts if as_printed(text, Unit.WAN_YUAN) is None)
        return words * 2 > len(texts) and bool(words)

    def _lanes(self, columns: Sequence[ColumnSense]) -> list[Lane]:
        lanes: list[Lane] = []
        after_amount = True
        for col, sense in enumerate(columns):
            is_key = sense.role in KEY_ROLES
            if (
                is_key
                and after_amount
                and sense.role in _OPENING
                and (not lanes or self._opens(columns, col))
            ):
                lanes.append(Lane())
                after_amount = False
            if not lanes:
                lanes.append(Lane())
            if is_key:
                lanes[-1].keys.append(col)
            elif sense.role == "amount":
                lanes[-1].amounts.append(col)
                after_amount = True
        for position, lane in enumerate(lanes):
            lane.position = position
            labels = [label for col in [*lane.amounts, *lane.keys] for label in columns[col].path]
            meanings = [self.lexicon.meaning(label, self.kind.id, "column") for label in labels]
            lane.side = next(
                (meaning.side for meaning in meanings if meaning is not None and meaning.side), ""
            )
            if not lane.side and self.kind.sides:
                lane.side = list(self.kind.sides)[min(position, len(self.kind.sides) - 1)]
            keys = "".join(label for col in lane.keys for label in columns[col].path)
            lane.dimension = self._named_dimension(keys, lane.side, lane.keys)
        return lanes

    def _names(self, keys: Sequence[int], dimension: str) -> int:
        """How many labels in some columns are names of top codes of a dimension."""
        labels = {bare(row[col].cell.text) for row in self.grid.rows for col in keys if col < len(row)}
        return sum(1 for label in labels if label and self.codes[dimension].find(label) is not None)

    def _opens(self, columns: Sequence[ColumnSense], col: int) -> bool:
        """Whether a key column right of amounts begins another lane: in tables of several sides, and where keys and
        amounts both repeat (科目 金额 科目 金额). Otherwise it says more about the row (科目 … 数量 经济科目 金额)."""
        if self.two_sided or self.kind.layout == "blocks":
            return True

        def leaves(part: Sequence[ColumnSense], amounts: bool) -> set[str]:
            return {fold(s.path[-1]) for s in part if s.path and (s.role == "amount") is amounts}

        before, after = columns[:col], columns[col:]
        if all(any(s.role == "line" for s in part) for part in (before, after)):
            # Each list has its line numbers.
            return bool(leaves(before, False) & leaves(after[:1], False))
        return all(leaves(before, amounts) & leaves(after, amounts) for amounts in (True, False))

    def _named_dimension(self, heads: str, side: str, keys: Sequence[int]) -> str:
        """Which codes labels stand for: what the heads say, else functions on the expenditure side of a summary. A
        head that does not say which of the two economic classifications is meant (or is cut off before it does)
        leaves that to the labels below."""
        for word, dimension in self.lexicon.marks.code_words:
            if word in heads:
                if word in _EITHER and self._names(keys, _OTHER) > self._names(keys, dimension):
                    return _OTHER
                return dimension
        if self.two_sided and side != "revenue":
            return "exp_func_code"
        # A list of 基本支出, 项目支出 and below them 工资福利支出 …, without a code and without a head that says so.
        listed = self.kind.concept == "expenditure" and self._names(keys, _ECONOMIC) >= _SURE_NAMES
        return _ECONOMIC if listed or self.kind.dims.get("nature") == "basic" else ""
