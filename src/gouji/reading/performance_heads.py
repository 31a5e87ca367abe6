"""The heads of a grid of indicators: which columns a form has, in one row, in two, or with a weight beside each level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell, Table
from gouji.performance.labels import share_in
from gouji.reading.performance_piece import Head, Piece, span

_NEEDED = 3
_YEAR = re.compile(r"20\d\d年度?")
"""A year within a head: 预期2022年实现值."""
_SCORED = {"weight", "score"}
"""What a form has in place of targets where experts give marks (评分表)."""
_LEVELS = ("level1", "level2")


def indicator_heads(piece: Piece, row: int, wording: PerformanceWording) -> list[Head] | None:
    """The column heads that begin in a row, when it heads a grid of indicators; with those above it that reach down to
    the same line (评分标准 beside 一级指标 | 权重 | 二级指标 | 权重)."""
    own = [cell for cell in piece.anchored[row] if cell.text and _column(cell, wording)]
    if not own:
        return None
    beside = _beside(piece, row, own, wording)
    heads = [Head(_column(cell, wording), *span(cell), fold(cell.text)) for cell in (*own, *beside)]
    if row + 1 < piece.n_rows:
        heads = [part for head in heads for part in _divided(head, piece.anchored[row + 1], wording)]
    heads = _classes(heads)
    graded = _graded(piece, row, heads, wording)
    begun, heads = graded is not heads, graded
    ids = {head.id for head in heads}
    if not {"name", "target"} <= ids:
        heads = _marks(heads)
        ids = {head.id for head in heads}
    named = {_column(cell, wording) for cell in own} & {"name", "level2"}
    begun = begun or bool(named)
    names = sum(head.id == "name" for head in heads)
    if len(ids) + names - 1 < _NEEDED or "name" not in ids or not begun:
        return None
    if not (
        "target" in ids or ids >= _SCORED or (ids >= {*_LEVELS, "score"} and _carries(piece, row, heads))
    ):
        return None
    if row + 1 < piece.n_rows:
        above = [head for head in heads if not head.id.startswith("money:")]
        heads.extend(
            Head(id, *span(cell), fold(cell.text))
            for cell in piece.anchored[row + 1]
            if (id := _column(cell, wording)).startswith("money:")
            and len(above) < len(piece.covering[row + 1])
        )
    return _level_weights(_one_name(heads))


def _carries(piece: Piece, row: int, heads: Sequence[Head]) -> bool:
    """Whether the names below carry their weights: 相关性（5分）."""
    name = next(head for head in heads if head.id == "name")
    below = piece.under(row + 1, name) if row + 1 < piece.n_rows else None
    return below is not None and share_in(below.text) is not None


def _classes(heads: list[Head]) -> list[Head]:
    """A class of indicators (指标类型) is the first level where it stands left of the names and the form has no other."""
    names = [head.left for head in heads if head.id == "name"]
    levelled = any(head.id in _LEVELS for head in heads)
    return [
        head._replace(id="level1")
        if head.id == "class" and names and head.left < min(names) and not levelled
        else head
        for head in heads
        if head.id != "class" or (names and not levelled and head.left < min(names))
    ]


def _graded(piece: Piece, row: int, heads: list[Head], wording: PerformanceWording) -> list[Head]:
    """Heads of a form that says for each grade (优 | 良 | 中 | 差) what it takes: the best one is the target, and 绩效指标
    the name of what is measured."""
    below = piece.anchored[row + 1] if row + 1 < piece.n_rows else []
    grades = [cell for cell in below if fold(cell.text) in wording.grades]
    if len(grades) != len(wording.grades) or any(head.id == "target" for head in heads):
        return heads
    best = next(cell for cell in grades if fold(cell.text) == wording.grades[0])
    named = [cell for cell in piece.anchored[row] if wording.head_of(label_of(cell.text)) == "indicators"]
    left = span(best)[0]
    kept = [head for head in heads if not head.left <= left <= head.right]
    return [
        *kept,
        *(Head("name", *span(cell), fold(cell.text)) for cell in named),
        Head("target", *span(best), fold(best.text)),
    ]


def _one_name(heads: Sequence[Head]) -> list[Head]:
    """Of several heads that may name an indicator (评估内容 | 评估要点) the last does, where there is one value; those before
    it are its levels, as far as the form names none."""
    ordered = sorted(heads, key=lambda head: head.left)
    names = [head for head in ordered if head.id == "name"]
    values = [
        head
        for head in ordered
        if head.id == ("target" if any(h.id == "target" for h in heads) else "weight")
    ]
    missing = [id for id in _LEVELS if all(head.id != id for head in heads)]
    if len(names) < _PAIR or len(values) > 1:
        return list(heads)
    as_level = dict(zip(names[:-1], missing, strict=False))
    return [head._replace(id=as_level[head]) if head in as_level else head for head in heads]


def _beside(piece: Piece, row: int, own: Sequence[Cell], wording: PerformanceWording) -> list[Cell]:
    """Heads that begin above a row of heads and end with it."""
    bottom = max(cell.row + cell.row_span for cell in own)
    return [
        cell
        for cell in piece.covering[row]
        if cell.row < row and cell.row + cell.row_span == bottom and cell.text and _column(cell, wording)
    ]


def head_top(piece: Piece, row: int, wording: PerformanceWording) -> int:
    """The first row of the heads that begin in a row or end with it."""
    own = [cell for cell in piece.anchored[row] if cell.text and _column(cell, wording)]
    return min((cell.row for cell in _beside(piece, row, own, wording)), default=row)


def _marks(heads: Sequence[Head]) -> list[Head]:
    """Heads of a form that has no third level: the second is the name, where marks or values are beside it."""
    ids = {head.id for head in heads}
    if "name" in ids or not (ids >= {"level2", *_SCORED} or ids >= {*_LEVELS, "target"}):
        return list(heads)
    return [head._replace(id="name") if head.id == "level2" else head for head in heads]


def _divided(head: Head, below: Sequence[Cell], wording: PerformanceWording) -> list[Head]:
    """A head above two of its own: the name of its level and its weight (一级指标: 名称 | 权重), a value and its unit."""
    parts = [
        cell for cell in below if cell.text and head.left <= span(cell)[0] and span(cell)[1] <= head.right
    ]
    ids = [_column(cell, wording) for cell in parts]
    rest = (
        [cell for cell, id in zip(parts, ids, strict=True) if id not in _BESIDE]
        if len(parts) == _PAIR
        else []
    )
    rest = [cell for cell, id in zip(parts, ids, strict=True) if id == head.id] or rest
    if len(parts) < _PAIR or len(rest) != 1 or not _BESIDE & set(ids):
        return [head]
    own = Head(head.id, *span(rest[0]), fold(rest[0].text))
    # The unit of the actual value is not that of the target.
    dropped = {"unit", "operator"} if head.id != "target" else set()
    return [
        own,
        *(
            Head(id, *span(cell), fold(cell.text))
            for cell, id in zip(parts, ids, strict=True)
            if cell is not rest[0] and id in _BESIDE - dropped
        ),
    ]


_PAIR = 2
_BESIDE = frozenset({"weight", "unit", "operator", "previous"})
"""What stands beside a name or a value under one head."""


def _level_weights(heads: Sequence[Head]) -> list[Head]:
    """Of several weights the ones right of a level are that level's (level1_weight), the last is the indicator's."""
    ordered = sorted(heads, key=lambda head: head.left)
    weights = [head for head in ordered if head.id == "weight"]
    if len(weights) < _PAIR:
        return list(heads)
    named: list[Head] = []
    for number, head in enumerate(ordered):
        before = ordered[number - 1].id if number else ""
        is_level = head.id == "weight" and before in _LEVELS and head is not weights[-1]
        named.append(head._replace(id=f"{before}_weight") if is_level else head)
    return named


def side_by_side(heads: Sequence[Head]) -> tuple[list[Head], list[Head]]:
    """The heads of the year, and those of the whole period where both stand side by side (长期绩效指标 | 年度绩效指标):
    whatever is named twice. What stands once, left of both, belongs to the year's as well."""
    ordered = sorted(heads, key=lambda head: head.left)
    names = [head for head in ordered if head.id == "name"]
    targets = [head for head in ordered if head.id == "target"]
    if len(names) != len(targets) or len(names) != _PAIR:
        return list(heads), []
    right = [head for head in ordered if head.left >= targets[0].right]
    twice = {head.id for head in right}
    left = [head for head in ordered if head.left < targets[0].right]
    return [*(head for head in left if head.id not in twice), *right], left


def head_end(piece: Piece, row: int, wording: PerformanceWording) -> int:
    """The first row below the heads that begin in a row. What stands beside them (年度绩效指标, as tall as the form) is
    no head."""
    return max(cell.row + cell.row_span for cell in piece.anchored[row] if _column(cell, wording))


def _column(cell: Cell, wording: PerformanceWording) -> str:
    """The column that a head names, empty where a cell names none. All heads are Chinese."""
    text = cell.text
    if text.isascii():
        return ""
    return _column_of_head(text, wording) if len(text) <= _LONGEST_HEAD else _column_of(text, wording)


def _column_of(text: str, wording: PerformanceWording) -> str:
    label, folded = label_of(text), fold(text)
    id = wording.columns.get(folded) or wording.columns.get(label, "")
    id = id or wording.columns.get(_YEAR.sub("", folded), "")
    if id == "amount":
        return "money:total"
    return id or (f"money:{row}" if (row := wording.money_rows.get(label)) else "")


_LONGEST_HEAD = 60
"""Characters. Heads recur on every page, and what they name is remembered; longer texts are sentences."""
_column_of_head = lru_cache(10_000)(_column_of)


def category_heads(cells: Sequence[Cell], wording: PerformanceWording) -> list[Head] | None:
    """The heads of a form that has a column for each category of indicator (数量指标, 质量指标 … side by side), in the cells of
    a row."""
    heads = [
        Head(category, *span(cell), fold(cell.text))
        for cell in cells
        if cell.text and (category := wording.categories.get(label_of(cell.text)))
    ]
    return heads if len({head.id for head in heads}) > _NEEDED else None


def category_rows(table: Table, wording: PerformanceWording) -> list[int]:
    """The rows of a table that hold such heads."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if not cell.text.isascii() and label_of(cell.text) in wording.categories:
            rows.setdefault(cell.row, []).append(cell)
    return sorted(row for row, cells in rows.items() if category_heads(cells, wording))
