"""Tables whose rows came without their merged cells: the heads are put together again from the order of their labels.

A label of the upper head row that is followed by blanks has the labels below it, from one 合计 to the next. That gives
the columns in their order. Are there as many as the rows have, the table is what it says. Is one cell lost, every
column from there on is off by one: then the place is sought where the sums of every row come out and where other
tables of the document say the same, and figures whose column stays open are marked so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from gouji.catalog import Lexicon, TableKind, fold
from gouji.documents import Cell, Table
from gouji.reading.heads import KEY_ROLES
from gouji.reading.joined import AMOUNT_LIKE

_LOST = -1
_LEVELS = 2
_MOST_LOST = 1
Path = tuple[str, ...]


def arrangements(table: Table, kind: TableKind, lexicon: Lexicon) -> Iterator[list[Table]]:
    """The ways in which the heads of a table may stand above its columns, each as a table with merged heads: the
    likelier ones first, alternatives of each other together; none when the labels cannot be put in order."""
    rows = _rows(table)
    start = next(
        (i for i, row in enumerate(rows) if any(AMOUNT_LIKE.fullmatch(fold(text)) for text in row)), None
    )
    if start is None or start < _LEVELS or kind.layout == "two_sided":
        return
    data = [cell for cell in table.cells if cell.row >= start]
    printed = max(cell.col for cell in data if cell.text) + 1
    width = max(len(row) for row in rows[start:])
    first = min(cell.col for cell in data if AMOUNT_LIKE.fullmatch(fold(cell.text)) and cell.row == start)
    heads = [row[first:] if i == 0 else row for i, row in enumerate(rows[:start])]
    leaves = _leaves(heads, kind, lexicon)
    keys = _key_heads(rows, first, start, table, kind, lexicon)
    # A row that lost a cell may have been filled up with a blank one at its end.
    for columns in range(width - first, max(printed, width - _MOST_LOST) - first - 1, -1):
        lost = len(leaves) - columns
        if leaves and 0 <= lost <= _MOST_LOST:
            yield [
                _with_heads(table, keys, start, first, first + columns, _without(leaves, missing))
                for missing in combinations(range(len(leaves)), lost)
            ]


def _without(leaves: Sequence[Path], missing: Sequence[int]) -> list[Path]:
    return [leaf for i, leaf in enumerate(leaves) if i not in missing]


def _key_heads(  # noqa: PLR0917
    rows: Sequence[Sequence[str]], first: int, start: int, table: Table, kind: TableKind, lexicon: Lexicon
) -> list[Cell]:
    """The heads left of the amounts; 类 款 项 stand below the head that spans several columns."""
    place = table.cells[0].place
    pieces = [
        text
        for row in rows[1:start]
        for text in row
        if (meaning := lexicon.meaning(text, kind.id, "column")) is not None and meaning.role in KEY_ROLES
    ]
    cells: list[Cell] = []
    col = 0
    for label, span in _spans(rows[0][:first]):
        col = rows[0].index(label, col)
        parted = span > 1 and len(pieces) >= span
        cells.append(Cell(label, 0, col, 1 if parted else start, span, place, 0))
        if parted:
            cells.extend(
                Cell(piece, 1, col + i, start - 1, 1, place, 0) for i, piece in enumerate(pieces[:span])
            )
            pieces = pieces[span:]
    return cells


def _rows(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        row = rows[cell.row]
        row.extend([""] * (cell.col - len(row)))
        row.append(cell.text)
        row.extend([""] * (cell.col_span - 1))
    return rows


def _leaves(heads: Sequence[Sequence[str]], kind: TableKind, lexicon: Lexicon) -> list[Path]:
    """The paths of the amount columns in their order; empty where the labels below do not fit the ones above."""
    below = [_amounts(row, kind, lexicon) for row in heads[1:]]
    tops = _spans(heads[0])
    parents = [position for position, (_, span) in enumerate(tops) if span > 1]
    groups = _groups(below[0], kind, lexicon) if below else []
    if len(groups) < len(parents) == _most_parents(groups, kind, lexicon):
        # The last heads below are lost; how many columns they had, the head above them says.
        groups.extend(_unnamed(tops[position][1], groups[0][0][1]) for position in parents[len(groups) :])
    if len(parents) != len(groups):
        return []
    deeper = _spans_of_labels(heads[1], kind, lexicon) if len(below) > 1 else {}
    third = list(below[1]) if len(below) > 1 else []
    leaves: list[Path] = []
    for position, (top, _) in enumerate(tops):
        if position not in parents:
            leaves.append((top,))
            continue
        for ordinal, label in groups[parents.index(position)]:
            children = deeper.get(ordinal, 1)
            if children > 1 and third:
                taken, third = third[:children], third[children:]
                leaves.extend((top, label, child) for child in taken)
            else:
                leaves.append((top, label))
    return leaves if not third else []


def _amounts(row: Sequence[str], kind: TableKind, lexicon: Lexicon) -> list[str]:
    """The labels of a lower head row that head amounts: 类 款 项 and the like left out."""
    labels = [text for text in row if text]
    meanings = [lexicon.meaning(label, kind.id, "column") for label in labels]
    return [
        label
        for label, meaning in zip(labels, meanings, strict=True)
        if meaning is None or meaning.role not in KEY_ROLES
    ]


def _spans(row: Sequence[str]) -> list[tuple[str, int]]:
    """Each label with the number of cells up to the next; a last label reaches to the end of its row."""
    starts = [index for index, text in enumerate(row) if text]
    ends = [*starts[1:], len(row)]
    return [(row[start], end - start) for start, end in zip(starts, ends, strict=True)]


def _spans_of_labels(row: Sequence[str], kind: TableKind, lexicon: Lexicon) -> dict[int, int]:
    """How many cells each amount label of a middle head row spans, by its ordinal."""
    kept = set(_amounts(row, kind, lexicon))
    spans = [span for label, span in _spans(row) if label in kept]
    return dict(enumerate(spans))


def _groups(labels: Sequence[str], kind: TableKind, lexicon: Lexicon) -> list[list[tuple[int, str]]]:
    """Labels with their ordinals, divided before each total."""
    groups: list[list[tuple[int, str]]] = []
    for ordinal, label in enumerate(labels):
        meaning = lexicon.meaning(label, kind.id, "column")
        if not groups or (meaning is not None and meaning.total):
            groups.append([])
        groups[-1].append((ordinal, label))
    return groups


def _most_parents(groups: Sequence[Sequence[tuple[int, str]]], kind: TableKind, lexicon: Lexicon) -> int:
    """How many heads above may have parts, if those of the last are lost: one more than begin with a total."""
    firsts = [lexicon.meaning(group[0][1], kind.id, "column") for group in groups]
    totals = sum(1 for meaning in firsts if meaning is not None and meaning.total)
    return totals + 1 if totals == len(groups) and groups else 0


def _unnamed(columns: int, total: str) -> list[tuple[int, str]]:
    """A group whose heads are lost: a total first, as in the group before it, then columns without a name."""
    return [(_LOST, total), *((_LOST, f"（第{n}列缺列名）") for n in range(2, columns + 1))]


def _with_heads(  # noqa: PLR0917
    table: Table, keys: Sequence[Cell], start: int, first: int, width: int, leaves: Sequence[Path]
) -> Table:
    """The table with heads of merged cells above its columns."""
    place = table.cells[0].place
    cells = list(keys)
    for level in range(start):
        col = 0
        while col < len(leaves):
            leaf = leaves[col]
            end = col + 1
            while (
                end < len(leaves) and len(leaf) > level + 1 and leaves[end][: level + 1] == leaf[: level + 1]
            ):
                end += 1
            if len(leaf) > level:
                down = start - level if len(leaf) == level + 1 else 1
                cells.append(Cell(leaf[level], level, first + col, down, end - col, place, 0))
            col = end
    cells.extend(cell for cell in table.cells if cell.row >= start and cell.col < width)
    return replace(table, cells=cells, n_cols=width)
