"""Finding lost columns: long tables, and what is done when the search costs too much."""

from __future__ import annotations

from gouji.facts import Printed, Unit, as_printed
from gouji.reading.placement import Effort, FlatRow, SumOf, place


def row(*figures: str, width: int) -> FlatRow:
    printed: list[Printed] = []
    for text in figures:
        found = as_printed(text, Unit.YUAN)
        assert found is not None
        printed.append(found)
    nothing = (None,) * width
    return FlatRow(tuple(printed), nothing, nothing, nothing)


def test_a_table_of_thousands_of_rows() -> None:
    solution = place([row("5", "2", "3", width=3) for _ in range(3000)], 3, [SumOf(0, (1, 2))], [])
    assert solution.complete
    assert solution.solutions == 1
    assert set(solution.placings) == {(0, 1, 2)}


def test_blanks_are_found_by_the_sums() -> None:
    rows = [row("5", "5", width=3), row("2", "2", width=3), row("3", "3", width=3)]
    solution = place(rows, 3, [SumOf(0, (1, 2))], [SumOf(0, (1, 2))])
    assert solution.placings in ([(0, 1, None)] * 3, [(0, None, 1)] * 3)
    assert (solution.solutions, solution.complete) == (2, True)
    assert [certain[0] for certain in solution.certain] == [True] * 3
    assert not any(certain[1] for certain in solution.certain)


def test_work_that_is_not_worth_it_leaves_nothing_certain() -> None:
    rows = [row("1", "1", width=12) for _ in range(40)]
    effort = Effort(1000)
    solution = place(rows, 12, [], [SumOf(0, tuple(range(1, 40)))], effort)
    assert effort.is_spent()
    assert not solution.complete
    assert not any(map(any, solution.certain))
    assert all(sum(figure is not None for figure in placing) == 2 for placing in solution.placings)
