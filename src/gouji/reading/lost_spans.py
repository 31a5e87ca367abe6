"""Heads whose merged cells were lost: a table as lines of cells, where a head stands in the first column of those it
covered and the others are blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Texts = Sequence[Sequence[str]]
"""The head rows, top down, each with one text per column; blank where nothing stands."""


def covered(heads: Texts) -> dict[tuple[int, int], str]:
    """What stood above the blank places of upper head rows: (row, column) -> the head to the left that covers it. A
    place is covered if a head stands below it, and no further than the head above its neighbour reaches."""
    found: dict[tuple[int, int], str] = {}
    for row in range(len(heads) - 1):
        for col, text in enumerate(heads[row]):
            if text or col == 0 or not any(below[col] for below in heads[row + 1 :]):
                continue
            left = heads[row][col - 1] or found.get((row, col - 1), "")
            above = [_head(heads, found, upper, col) for upper in range(row)]
            beside = [_head(heads, found, upper, col - 1) for upper in range(row)]
            if left and above == beside:
                found[row, col] = left
    return found


def _head(heads: Texts, found: Mapping[tuple[int, int], str], row: int, col: int) -> str:
    return heads[row][col] or found.get((row, col), "")


def misplaced(
    heads: Texts,
    found: Mapping[tuple[int, int], str],
    is_total: Callable[[str], bool],
    is_key: Callable[[str], bool],
) -> bool:
    """Whether the heads cannot all stand where they do, so that a cell was lost somewhere: a head covers columns but
    has nothing below itself; a total is not the first below its head; a key column (类, 款, 项) is below a head that has
    none in its first column."""
    for (row, col), head in found.items():
        first = col
        while (row, first) in found:
            first -= 1
        below = [line[first] for line in heads[row + 1 :] if line[first]]
        here = [line[col] for line in heads[row + 1 :] if line[col]]
        if not below or not here:
            return True
        if is_total(here[-1]) and head == _head(heads, found, row, col) and len(here) == 1:
            return True
        if is_key(here[-1]) and not is_key(below[-1]):
            return True
    return False
