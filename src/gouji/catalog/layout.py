"""A form as a grid of places: what is printed where, and which fact each amount place states.

The writer fills the places, the reader of flattened text expects them. Rows and columns count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gouji.catalog.binding import EMPTY_ROW, Binder, RowSense
from gouji.catalog.lexicon import bare, is_included
from gouji.catalog.model import Column, Form, Lane, Meaning
from gouji.facts import Fact

_ORDINALS = "一二三四五六七八九十"


class Spot(NamedTuple):
    """One place of a form. ``role`` is head, numbering, label, code, name, line, amount or void (a place that the
    form leaves empty for good). ``fact`` is set for amounts that state one. ``indent`` is the level of a 科目."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    role: str
    fact: Fact | None = None
    indent: int = 0
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A form laid out. ``spots`` are ordered by row, then column; ``head_rows`` are repeated on each page."""

    form: Form
    n_rows: int
    n_cols: int
    head_rows: int
    spots: tuple[Spot, ...]


class CodeRow(NamedTuple):
    """A row keyed by a code: the code and the name printed beside it."""

    code: str
    name: str


def ordinal(number: int) -> str:
    """The Chinese ordinal used in forms: 1 -> 一, 10 -> 十, 26 -> 二十六."""
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else _ORDINALS[tens - 1]) + "十" if tens else ""
    return text + (_ORDINALS[ones - 1] if ones else "")


def lay_out(
    form: Form, binder: Binder, rows: Sequence[CodeRow] = (), names: Mapping[str, str] | None = None
) -> Grid:
    """The grid of a form. ``rows`` are the 科目 rows of a coded form, ``names`` the names of the codes of a
    form in blocks. Raises ValueError when a label of the form is not in the lexicon (a defect of the catalogue)."""
    builder = _Builder(form, binder)
    if form.layout == "two_sided":
        builder.two_sided()
    elif form.layout == "coded":
        builder.coded(rows)
    elif form.layout == "blocks":
        builder.in_blocks(names or {})
    else:
        builder.single_row()
    spots = tuple(sorted(builder.spots, key=lambda spot: (spot.row, spot.col)))
    n_rows = max(spot.row + spot.row_span for spot in spots)
    n_cols = max(spot.col + spot.col_span for spot in spots)
    return Grid(form, n_rows, n_cols, builder.head_rows, spots)


class _Builder:
    def __init__(self, form: Form, binder: Binder) -> None:
        self.form = form
        self.binder = binder
        self.spots: list[Spot] = []
        self.head_rows = 0

    def put(
        self, row: int, col: int, text: str, role: str, *, span: tuple[int, int] = (1, 1), **more: object
    ) -> None:
        self.spots.append(Spot(row, col, span[0], span[1], text, role, **more))  # type: ignore[arg-type]

    def head(self, columns: Sequence[Column], top: int, left: int, depth: int) -> int:
        """Put a tree of heads into ``depth`` rows; returns the column after the last."""
        for column in columns:
            width = len(column.leaves)
            height = 1 if column.children else depth
            self.put(top, left, column.label, "head", span=(height, width))
            if column.children:
                self.head(column.children, top + 1, left, depth - 1)
            left += width
        return left

    def amount(self, row: int, col: int, side: str, path: tuple[str, ...], sense: RowSense) -> None:
        bound = self.binder.bind(self.form.kind, side, path, sense)
        if bound.fact is None:
            raise ValueError(f"{self.form.number} {'/'.join(path)}: {bound.why}")
        self.put(row, col, "", "amount", fact=bound.fact, path=path)

    def two_sided(self) -> None:
        left = 0
        number = 0
        for lane in self.form.lanes:
            leaves = [leaf for column in lane.columns for leaf in column.leaves]
            self.put(0, left, lane.head, "head", span=(1, len(leaves)))
            self.head(lane.columns, 1, left, 1)
            for offset, leaf in enumerate(leaves):
                text = "栏次" if leaf.role == "label" else ""
                if leaf.role == "amount":
                    number += 1
                    text = str(number)
                self.put(2, left + offset, text, "numbering")
            self.lane_rows(lane, leaves, left)
            left += len(leaves)
        self.head_rows = 3

    def lane_rows(self, lane: Lane, leaves: Sequence[Column], left: int) -> None:
        lexicon = self.binder.lexicon
        side = next(m.side for m in lexicon.labels[bare(lane.head)] if m.side)
        opened = ""
        for position, label in enumerate(lane.rows):
            row = 3 + position
            sense, opened = row_sense(self.binder, label, self.form.kind.id, opened)
            for offset, leaf in enumerate(leaves):
                if leaf.role == "label":
                    self.put(row, left + offset, label, "label")
                elif leaf.role == "line":
                    self.put(row, left + offset, str(lane.first_line + position), "line")
                elif label:
                    self.amount(row, left + offset, side, (lane.head, leaf.label), sense)
                else:
                    self.put(row, left + offset, "", "void", path=(lane.head, leaf.label))

    def coded(self, rows: Sequence[CodeRow]) -> None:
        form = self.form
        depth = max(column.depth for column in form.columns)
        self.head(form.columns, 0, 0, depth)
        keys = [leaf for leaf in form.leaves if leaf.role in ("code", "name")]
        self.put(depth, 0, "栏次", "numbering", span=(1, len(keys)))
        self.put(depth + 1, 0, "合计", "label", span=(1, len(keys)))
        paths = leaf_paths(form.columns)
        for number, column in enumerate(range(len(keys), len(paths)), start=1):
            self.put(depth, column, str(number), "numbering")
            self.amount(depth + 1, column, "", paths[column], EMPTY_ROW)
        for offset, (code, name) in enumerate(rows):
            row = depth + 2 + offset
            level = {3: 0, 5: 1, 7: 2}.get(len(code), 0)
            self.put(row, 0, code, "code")
            self.put(row, 1, name, "name", indent=level)
            for column in range(len(keys), len(paths)):
                self.amount(row, column, "", paths[column], RowSense({form.key: code}))
        self.head_rows = depth + 1

    def in_blocks(self, names: Mapping[str, str]) -> None:
        form = self.form
        top = 0
        if form.block_heads:
            left = 0
            for label, blocks in form.block_heads:
                self.put(0, left, label, "head", span=(1, 3 * blocks))
                left += 3 * blocks
            top = 1
        for block, codes in enumerate(form.blocks):
            left = 3 * block
            for offset, label in enumerate((form.code_label, form.name_label, form.amount_label)):
                self.put(top, left + offset, label, "head")
            for offset in range(max(map(len, form.blocks))):
                row = top + 1 + offset
                if offset >= len(codes):
                    for column in range(3):
                        self.put(row, left + column, "", "void")
                    continue
                code = codes[offset]
                self.put(row, left, code, "code")
                self.put(row, left + 1, names.get(code, ""), "name", indent=0 if len(code) == 3 else 1)
                self.amount(row, left + 2, "", (form.amount_label,), RowSense({form.key: code}))
        row = top + 1 + max(map(len, form.blocks))
        left = 0
        for label, blocks in form.totals:
            sense, _ = row_sense(self.binder, label, form.kind.id, "")
            self.put(row, left, label, "label", span=(1, 2))
            end = left + 3 * blocks
            self.put(row, left + 2, "", "amount", span=(1, end - left - 2), path=(form.amount_label,),
                     fact=self.binder.bind(form.kind, "", (form.amount_label,), sense).fact)  # fmt: skip
            left = end
        self.head_rows = top + 1

    def single_row(self) -> None:
        form = self.form
        depth = max(column.depth for column in form.columns)
        self.head(form.columns, 0, 0, depth)
        for column, path in enumerate(leaf_paths(form.columns)):
            self.put(depth, column, str(column + 1), "numbering")
            self.amount(depth + 1, column, "", path, EMPTY_ROW)
        self.head_rows = depth + 1


def leaf_paths(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """The header path of every leaf column, left to right."""
    paths: list[tuple[str, ...]] = []
    for column in columns:
        if column.children:
            paths.extend((column.label, *path) for path in leaf_paths(column.children))
        else:
            paths.append((column.label,))
    return paths


_CARRIED = ("carryover_begin", "carryover_end")


def row_sense(binder: Binder, label: str, kind: str, opened: str) -> tuple[RowSense, str]:
    """What a labelled row says, and the concept it opens for the rows below it.

    ``opened`` is the concept that an earlier row opened: rows that only name a fund belong to it, any row with a
    concept of its own ends it.
    """
    if not bare(label):
        return RowSense({}, why="这一行没有行名"), opened
    meaning: Meaning | None = binder.lexicon.meaning(label, kind, "row")
    if meaning is not None and opened and meaning.concept in _CARRIED and meaning.dims and not meaning.opens:
        # 财政拨款结转 below 年末结转和结余: whose part it is, the row above says.
        meaning = replace(meaning, concept="")
    if meaning is not None and not meaning.role:
        if meaning.concept or meaning.total:
            return RowSense({}, meaning), meaning.concept if meaning.opens else ""
        return RowSense({}, meaning, opened=opened, detail=meaning.detail), opened
    code = binder.lexicon.functional_class(label)
    if code is not None:
        return RowSense({"exp_func_code": code}), ""
    if is_included(label):
        return RowSense({}, opened=opened, detail=bare(label)), opened
    return RowSense({}, why=f"行名“{label.strip()}”不在词典中"), opened
