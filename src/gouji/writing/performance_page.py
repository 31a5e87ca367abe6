"""Self-evaluations as one web page: each actual value that was counted leads to the rows it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gouji.performance import Evaluation, Rated
from gouji.writing.performance_grid import GridCell, form_grid

if TYPE_CHECKING:
    from jinja2 import Template


class _Part(NamedTuple):
    """A form as the template takes it; ``anchors`` names each counted value by its place in the form."""

    evaluation: Evaluation
    grid: list[list[GridCell]]
    anchors: dict[int, str]

    @property
    def changed(self) -> list[Rated]:
        """What a person scored otherwise than the method."""
        return [
            item
            for item in self.evaluation.rated
            if item.score.computed is not None and item.score.computed != item.score.given
        ]


def performance_page(evaluations: Sequence[Evaluation], body: str, year: int) -> bytes:
    """The page (HTML, UTF-8) of all forms of a year."""
    parts = [
        _Part(
            evaluation, form_grid(evaluation),
            {id(item): f"e{number}-{place}" for place, item in enumerate(evaluation.rated, start=1)},
        )
        for number, evaluation in enumerate(evaluations, start=1)
    ]  # fmt: skip
    return _template().render(parts=parts, body=body, year=year, id=id).encode()


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("gouji.writing"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("performance.html")
