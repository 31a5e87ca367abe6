"""Rows of a list of projects that are sums of the rows below them (一级项目 above its 二级项目)."""

from __future__ import annotations

from decimal import Decimal

from gouji.facts import Witness
from gouji.reading import ReadTable

_PROJECT = "pro_code"


def rows_of_groups(table: ReadTable) -> frozenset[int]:
    """The rows that are groups: those without which the projects add up to the total that is printed. None where they
    add up to it anyway, or where no groups explain that they are more."""
    columns: dict[str, list[Witness]] = {}
    totals: dict[str, Decimal] = {}
    for witness in table.witnesses:
        if witness.fact is None or not witness.printed.value:
            continue
        if witness.fact.member(_PROJECT) is not None:
            columns.setdefault(witness.column, []).append(witness)
        elif witness.fact.member("agency_code") is None:
            totals[witness.column] = max(totals.get(witness.column, Decimal(0)), witness.printed.base)
    for column, places in columns.items():
        total = totals.get(column)
        listed = sum((place.printed.base for place in places), Decimal(0))
        slack = sum((place.printed.half_width for place in places), Decimal(0))
        if total is None or listed <= total + slack:
            continue
        groups = _groups([place.printed.base for place in places])
        rest = sum((place.printed.base for n, place in enumerate(places) if n not in groups), Decimal(0))
        if groups and abs(rest - total) <= slack:
            return frozenset(places[n].row for n in groups)
    return frozenset()


def _groups(amounts: list[Decimal]) -> set[int]:
    """The positions of amounts that the ones right below them add up to, groups among these counted once."""
    ends = [0] * len(amounts)
    found: set[int] = set()
    for place in reversed(range(len(amounts))):
        left, at = amounts[place], place + 1
        while at < len(amounts) and left > 0:
            left -= amounts[at]
            at = ends[at]
        if left == 0 and at > place + 1:
            found.add(place)
            ends[place] = at
        else:
            ends[place] = place + 1
    return found
