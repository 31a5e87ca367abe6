"""Self-evaluations as one web page: each actual value that was counted leads to the rows it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gouji.performance import Evaluation, Rated

if TYPE_CHECKING:
    from jinja2 import Template

_MONEY = ("initial", "budget", "spent")


class _Row(NamedTuple):
    """An indicator row as the template takes it; a span of 0 says that the cell belongs to the row above."""

    rated: Rated
    anchor: str
    level1: str
    span1: int
    level2: str
    span2: int


class _Part(NamedTuple):
    evaluation: Evaluation
    money: list[tuple[str, list[str]]]
    rows: list[_Row]


def performance_page(evaluations: Sequence[Evaluation], body: str, year: int) -> bytes:
    """The page (HTML, UTF-8) of all forms of a year."""
    parts = [_part(number, evaluation) for number, evaluation in enumerate(evaluations, start=1)]
    return _template().render(parts=parts, body=body, year=year).encode()


def _part(number: int, evaluation: Evaluation) -> _Part:
    money = [
        (row.label, [row.amounts[stage].printed.text if stage in row.amounts else "" for stage in _MONEY])
        for row in evaluation.form.money
    ]
    rows: list[_Row] = []
    for level1, of_level in groupby(evaluation.rated, key=lambda item: item.indicator.level1):
        members = list(of_level)
        span1 = len(members)
        for level2, of_category in groupby(members, key=lambda item: item.indicator.level2):
            same = list(of_category)
            for position, item in enumerate(same):
                anchor = f"e{number}-{len(rows) + 1}"
                rows.append(_Row(item, anchor, level1, span1, level2, len(same) if not position else 0))
                span1 = 0
    return _Part(evaluation, money, rows)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("gouji.writing"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("performance.html")
