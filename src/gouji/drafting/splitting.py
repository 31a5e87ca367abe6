"""Lines told apart along one more axis, so that printed sums of the parts hold as far as they can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from gouji.catalog import Dimension
from gouji.drafting.among import Among
from gouji.drafting.completing import Margin, complete
from gouji.drafting.line import Line
from gouji.drafting.published import Stated
from gouji.drafting.selection import Selection


class Step(NamedTuple):
    """One more axis: its name, the sums that tell lines apart along it, the order in which what they leave open is
    filled, what a line becomes of which no sum tells the parts, and sums that nothing may go beyond."""

    axis: str
    sums: Mapping[Selection, Stated]
    order: Sequence[int]
    rest: Callable[[Line], Line]
    limits: Mapping[Selection, Stated] = MappingProxyType({})


def completed(cells: Sequence[Line], step: Step, classes: Dimension) -> list[Line]:
    """The cells with the amounts that the sums give them; those without are left out."""
    done = complete(len(cells), _margins(cells, step, classes), step.order)
    return [
        replace(
            cell, amount=amount, assumed=cell.assumed | ({step.axis} if number in done.assumed else set())
        )
        for number, (cell, amount) in enumerate(zip(cells, done.amounts, strict=True))
        if amount
    ]


def split(
    lines: Sequence[Line], parts: Sequence[Sequence[Line]], step: Step, classes: Dimension
) -> list[Line]:
    """What ``lines`` come to, each told apart into some of its ``parts``. The whole of a line is kept in any case."""
    cells = [cell for of_line in parts for cell in of_line]
    ends = [0]
    for of_line in parts:
        ends.append(ends[-1] + len(of_line))
    own = [Margin(tuple(range(*ends[n : n + 2])), line.amount) for n, line in enumerate(lines)]
    done = complete(len(cells), [*own, *_margins(cells, step, classes)], step.order)
    rounding = max((stated.slack for stated in step.sums.values()), default=0)
    found: list[Line] = []
    for number, line in enumerate(lines):
        first, end = ends[number : number + 2]
        amounts = _without_excess(list(done.amounts[first:end]), line.amount)
        left = line.amount - sum(amounts)
        if any(amounts) and abs(left) <= rounding * (end - first + 1):
            amounts[amounts.index(max(amounts))] += left
            left = 0
        for cell, amount in enumerate(amounts, start=first):
            if amount:
                assumed = cells[cell].assumed | ({step.axis} if cell in done.assumed else set())
                found.append(replace(cells[cell], amount=amount, assumed=assumed))
        if left:
            found.append(step.rest(replace(line, amount=left, assumed=line.assumed | {step.axis})))
    return found


def _margins(cells: Sequence[Line], step: Step, classes: Dimension) -> list[Margin]:
    among = Among(cells, classes)
    return [
        Margin(inside, stated.amount, stated.slack, at_most)
        for sums, at_most in ((step.sums, False), (step.limits, True))
        for selection, stated in sums.items()
        if (inside := among.positions(selection))
    ]


def _without_excess(amounts: list[int], whole: int) -> list[int]:
    """Parts that are more than their whole, by sums that contradict each other: the largest give way."""
    over = sum(amounts) - whole
    for place in sorted(range(len(amounts)), key=lambda place: -amounts[place]):
        if over <= 0:
            break
        step = min(over, max(0, amounts[place]))
        amounts[place] -= step
        over -= step
    return amounts
