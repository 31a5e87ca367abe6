"""Cells of which only sums are known."""

from __future__ import annotations

from itertools import product

import pytest

from gouji.drafting.completing import Margin, complete
from gouji.drafting.fitting import Bound, fit


def crossed(rows: list[int], columns: list[int]) -> tuple[int, list[Margin]]:
    """The margins of a table of rows and columns."""
    width = len(columns)
    margins = [Margin(tuple(range(n * width, (n + 1) * width)), amount) for n, amount in enumerate(rows)]
    margins += [Margin(tuple(range(n, len(rows) * width, width)), amount) for n, amount in enumerate(columns)]
    return len(rows) * width, margins


def test_what_the_sums_determine_is_known() -> None:
    count, margins = crossed([70, 30], [60, 40])
    done = complete(count, [*margins, Margin((0,), 55)], range(count))
    assert done.amounts == (55, 15, 5, 25)
    assert not done.assumed


def test_what_they_leave_open_is_filled_in_order_and_marked() -> None:
    count, margins = crossed([70, 30], [60, 40])
    done = complete(count, margins, range(count))
    assert done.amounts == (60, 10, 0, 30)
    assert done.assumed == {0, 1, 3}
    other = complete(count, margins, [1, 0, 2, 3])
    assert other.amounts == (30, 40, 30, 0)


@pytest.mark.parametrize(
    ("rows", "columns"), [([5, 0, 9, 1], [7, 8]), ([1] * 6, [3, 2, 1]), ([100], [1, 99])]
)
def test_all_margins_of_a_table_hold_with_few_cells(rows: list[int], columns: list[int]) -> None:
    count, margins = crossed(rows, columns)
    done = complete(count, margins, range(count))
    assert all(sum(done.amounts[cell] for cell in margin.cells) == margin.amount for margin in margins)
    assert sum(map(bool, done.amounts)) < len(rows) + len(columns)


def test_a_remainder_within_rounding_is_nothing() -> None:
    margins = [Margin((0, 1, 2), 1001, 5), Margin((0,), 600, 5), Margin((1,), 400, 5)]
    assert complete(3, margins, range(3)).amounts == (600, 400, 0)


def test_a_limit_keeps_cells_from_being_more_and_makes_none_less() -> None:
    margins = [Margin((0, 1), 100), Margin((0,), 30, at_most=True)]
    assert complete(2, margins, [0, 1]).amounts == (30, 70)
    assert complete(2, margins, [1, 0]).amounts == (0, 100)


def test_sums_in_three_directions_are_met_where_the_first_order_cannot() -> None:
    cells = list(product((0, 1), repeat=3))
    filled = {(0, 0, 1): 4, (0, 1, 0): 3, (1, 0, 0): 5, (1, 1, 1): 6}
    margins = []
    for a, b in ((0, 1), (0, 2), (1, 2)):
        for at in product((0, 1), repeat=2):
            inside = tuple(n for n, cell in enumerate(cells) if (cell[a], cell[b]) == at)
            margins.append(Margin(inside, sum(filled.get(cells[n], 0) for n in inside)))
    done = complete(8, margins, range(8))
    assert all(sum(done.amounts[cell] for cell in margin.cells) == margin.amount for margin in margins)


def test_rounded_lines_are_moved_until_parts_and_total_are_printed_as_they_were() -> None:
    # 10.01 + 10.01 = 20.03: both parts are a little more than they look.
    parts = [Bound((n,), 100_050, 100_149) for n in (0, 1)]
    fitted = fit([100_100, 100_100], [*parts, Bound((0, 1), 200_250, 200_349)], [400] * 3)
    assert not fitted.broken
    assert 200_250 <= sum(fitted.amounts) <= 200_349
    assert all(100_050 <= amount <= 100_149 for amount in fitted.amounts)


def test_a_total_that_is_wrong_moves_nothing() -> None:
    fitted = fit([100_100, 100_100], [Bound((0, 1), 300_250, 300_349)], [400])
    assert fitted.amounts == (100_100, 100_100)
    assert fitted.broken == (0,)
