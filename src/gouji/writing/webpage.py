"""The tables as one web page that loads nothing from elsewhere and reads on a phone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gouji.writing.disclosure import Cell, Disclosure, Table
from gouji.writing.heading import Heading, heading

if TYPE_CHECKING:
    from jinja2 import Template


class _Part(NamedTuple):
    """One form as the template takes it: heads and body rows apart."""

    heading: Heading
    anchor: str
    heads: list[list[Cell]]
    rows: list[list[Cell]]
    notes: tuple[str, ...]


def webpage(disclosure: Disclosure) -> bytes:
    """The page (HTML, UTF-8)."""
    parts = [_part(disclosure, table) for table in disclosure.tables]
    return _template().render(disclosure=disclosure, parts=parts).encode()


def _part(disclosure: Disclosure, table: Table) -> _Part:
    rows = table.rows()
    heads = table.grid.head_rows
    return _Part(heading(disclosure, table), table.form.kind.id, rows[:heads], rows[heads:], table.notes)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("gouji.writing"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("page.html")
