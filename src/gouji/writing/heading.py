"""The lines around a form: its title, its number, whose it is and in what unit."""

from __future__ import annotations

from typing import NamedTuple

from gouji.writing.disclosure import Disclosure, Table


class Heading(NamedTuple):
    """What stands above the grid: ``title`` and ``number``, then ``body`` on the left, ``year`` (on forms
    that print it, else empty) in the middle, ``unit`` on the right."""

    title: str
    number: str
    body: str
    year: str
    unit: str


def heading(disclosure: Disclosure, table: Table) -> Heading:
    form = table.form
    year = f"{disclosure.year}年度" if form.year_head else ""
    return Heading(
        form.title,
        form.number if form.numbered else "",
        f"{disclosure.forms.body_head}：{disclosure.body}",
        year,
        f"{form.unit_head}：{form.unit.value}",
    )
