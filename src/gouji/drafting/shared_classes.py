"""Classes that are told by function for all money together, and by fund for all functions: which of them a fund pays.

Such tables leave a choice that the lines of one fund cannot make without those of the others. What one fund pays of a
function's class is at most all of it, so its table of functions by classes is one with limits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.catalog import Dimension
from gouji.drafting.flow import fill_within
from gouji.drafting.line import Line
from gouji.drafting.published import Stated
from gouji.drafting.selection import GROUPS, Money, Selection


def sums_of_largest_fund(
    lines: Sequence[Line], sums: Mapping[Selection, Stated], money: Money, classes: Dimension
) -> dict[Selection, Stated]:
    """What the largest fund pays of each class of each function, where limits, functions and classes allow it to the
    分; nothing where there is but one fund, or no such table."""
    if len(money.funds) == 1 or not lines:
        return {}
    spent = {fund: sum(line.amount for line in lines if line.fund == fund) for fund in money.funds}
    fund = max(money.funds, key=lambda one: spent[one])
    found: dict[Selection, Stated] = {}
    for nature in money.natures:
        of_fund = Selection(
            "", frozenset((nature,)), frozenset((fund,)), frozenset(money.years), "", "", None
        )  # fmt: skip
        own = [line for line in lines if (line.fund, line.nature) == (fund, nature)]
        found |= _of_nature(of_fund, own, sums, frozenset(money.funds), classes)
    return found


def _of_nature(
    of_fund: Selection,
    lines: Sequence[Line],
    sums: Mapping[Selection, Stated],
    funds: frozenset[str],
    classes: Dimension,
) -> dict[Selection, Stated]:
    limits = {
        (s.function, s.economic, s.government): stated.amount
        for s, stated in sums.items()
        if s == of_fund._replace(
            function=s.function, funds=funds, economic=s.economic, government=s.government
        ) and s.function and s.economic.isdigit() and s.government and stated.amount
    }  # fmt: skip
    columns = {
        (s.economic, s.government): stated.amount
        for s, stated in sums.items()
        if s == of_fund._replace(economic=s.economic, government=s.government)
        and s.economic.isdigit() and s.government and stated.amount
    }  # fmt: skip
    rows: dict[tuple[str, str], int] = {}
    for line in lines:
        groups = [sums.get(of_fund._replace(function=line.function, group=group)) for group in GROUPS]
        if all(group is not None for group in groups):
            for name, group in zip(GROUPS, groups, strict=True):
                rows[line.function, name] = group.amount if group is not None else 0
        else:
            rows[line.function, ""] = line.amount
    if not limits or sum(columns.values()) != sum(rows.values()):
        return {}
    row_keys, column_keys = list(rows), list(columns)
    most = {
        (r, c): limits[function, economic, government]
        for r, (function, group) in enumerate(row_keys)
        for c, (economic, government) in enumerate(column_keys)
        if (function, economic, government) in limits and (not group or classes.contains(group, economic))
    }
    table = fill_within(list(rows.values()), list(columns.values()), most)
    if sum(table.values()) != sum(columns.values()):
        return {}
    found: dict[Selection, Stated] = {}
    for r, c in most:
        amount = table.get((r, c), 0)
        cell = of_fund._replace(
            function=row_keys[r][0], economic=column_keys[c][0], government=column_keys[c][1]
        )
        found[cell] = Stated(amount, amount, amount, ())
    return found
