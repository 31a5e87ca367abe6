"""Tables between known rows and columns whose cells are limited."""

from __future__ import annotations

from itertools import product

from gouji.drafting.flow import fill_within


def test_a_table_is_found_where_the_greedy_one_fails() -> None:
    # The largest cell of the first row would leave the second row nowhere to go.
    most = {(0, 0): 10, (0, 1): 10, (1, 0): 10, (1, 1): 0}
    assert fill_within([10, 10], [10, 10], most) == {(0, 1): 10, (1, 0): 10}


def test_no_cell_is_more_than_its_limit_and_all_that_fits_is_placed() -> None:
    rows, columns = [7, 5, 3], [6, 9]
    most = {cell: 4 + cell[0] for cell in product(range(3), range(2))}
    table = fill_within(rows, columns, most)
    assert all(amount <= most[cell] for cell, amount in table.items())
    assert [sum(a for (r, _), a in table.items() if r == row) for row in range(3)] == rows
    assert [sum(a for (_, c), a in table.items() if c == column) for column in range(2)] == columns


def test_what_does_not_fit_is_left() -> None:
    assert fill_within([9], [9], {(0, 0): 4}) == {(0, 0): 4}
