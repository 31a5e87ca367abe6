"""What the catalogue holds once loaded: frozen records of codes, labels, table kinds, forms and rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from gouji.facts import Unit


class CatalogError(Exception):
    """A data file of the catalogue is wrong. The message names the file and the entry."""


class CodeName(NamedTuple):
    """One spelling of a classification code and the years it is valid for (``None``: no end known)."""

    code: str
    name: str
    valid_from: int
    valid_to: int | None
    aliases: tuple[str, ...]
    source: str

    def valid(self, year: int | None) -> bool:
        return year is None or (self.valid_from <= year and (self.valid_to is None or year <= self.valid_to))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label contributes to a fact or to the understanding of a table.

    ``role`` is one of label, code, name, line, numbering, amount, rate, side, or empty for labels that carry a concept or
    a dimension member. ``opens`` marks a row whose following rows are its parts (年初结转和结余 and below it the
    funds). ``part_of`` marks an 其中 item that must not be added to its siblings. ``kinds`` and ``where`` (row,
    column, or upper: a head above others) restrict it, and so do ``on`` (a side of a two-sided table) and ``within`` (a member that a row above has opened); ``detail`` names a part that stands outside the trees (政府采购 within 支出); the most restricted meaning that applies wins.
    """

    role: str = ""
    side: str = ""
    concept: str = ""
    dims: Mapping[str, str] | None = None
    total: bool = False
    opens: bool = False
    part_of: Mapping[str, str] | None = None
    kinds: tuple[str, ...] = ()
    where: str = ""
    detail: str = ""
    on: str = ""
    within: str = ""

    def applies(self, kind: str, where: str, side: str = "", within: str = "") -> bool:
        """Whether it is meant in a table of ``kind``, for a ``row``, a ``column`` or an ``upper`` head of one, on a
        ``side`` of the table, below a row that opened the member ``within``."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.where or self.where == where or (self.where == "column" and where == "upper"))
            and (not self.on or self.on == side)
            and (not self.within or self.within == within)
        )

    @property
    def restrictions(self) -> int:
        """How closely it says where it is meant: the closest of several wins."""
        return sum(map(bool, (self.kinds, self.where, self.on, self.within)))


@dataclass(frozen=True, slots=True)
class TableKind:
    """A statutory table, whatever its exact title: what its cells are about before their heads add to it."""

    id: str
    stems: tuple[str, ...]
    layout: str
    concept: str
    sides: Mapping[str, str]
    dims: Mapping[str, str]
    statutory: str
    absence_words: tuple[str, ...]
    open_rows: str = ""
    """The dimension that rows of unknown labels name (projects, bodies); empty where rows are a fixed list."""
    columns_by: str = ""
    """The dimension whose codes the column heads name (按政府预算经济分类)."""
    columns_under: str = ""
    """The code that all of them are inside."""
    by_category: bool = False
    """Whether it is a table of performance targets with a column for each category of indicator, and known by them: its
    title alone may stand above a form of another layout."""
    rows_by: str = ""
    """The dimension whose codes the rows name at any level (办公费 in a table of 机关运行经费)."""
    flows: str = ""
    """The id of the kind that a table under such a title is if its heads tell 结转, 收入 and 支出 beside each other, not as
    two sides."""
    needs: tuple[re.Pattern[str], ...] = ()
    """What its heads, joined, have to hold: such a table is known by title and heads together, because forms of other
    shapes bear the same titles. No contents page is held to it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column head and what stands under it. ``role`` is code, name, label, line or amount (the default). One that is
    ``optional`` is printed only where there is something to print."""

    label: str
    role: str = "amount"
    children: tuple[Column, ...] = ()
    optional: bool = False

    @property
    def leaves(self) -> tuple[Column, ...]:
        return tuple(leaf for child in self.children for leaf in child.leaves) if self.children else (self,)

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


OPTIONAL = "?"
"""What marks a row label of a form that is printed only where there is something to print."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One list of rows in a form that has several side by side. ``rows`` are printed labels, empty where the form
    leaves the line blank; full-width blanks before a label set it in, and one that begins with a question mark is left
    out where it has no figure. ``foot`` are the labels at the bottom, some of them left out in the same way, level with those
    of the other lanes. Line numbers
    (行次) count from ``first_line``. Neighbours with the same ``head`` share it."""

    head: str
    columns: tuple[Column, ...]
    first_line: int
    rows: tuple[str, ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form as it is printed. Its cells' facts follow from its labels through the lexicon.

    ``layout`` is two_sided (``lanes``), coded (rows of the kinds in ``rows`` under ``columns``), blocks (code lists
    side by side) or single_row (``columns`` over one row). Rows, in their order, are total (合计), agencies (the
    department and the body), body (it alone), codes (all that are used, with those above them), leaves (only the finest)
    or projects (by name). ``total_across`` lets ``total_label`` span the key columns; else it stands in the column of
    names. ``numbering`` prints 栏次 under the heads, ``grouping`` thousands with commas. Title and notes may hold ``{year}``; one
    that is not ``numbered`` has a number only for itself.
    """

    kind: TableKind
    number: str
    title: str
    layout: str
    unit: Unit
    unit_head: str
    year_head: bool
    decimals: int
    key: str
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    blocks: tuple[tuple[str, ...], ...]
    block_heads: tuple[tuple[str, int], ...]
    code_label: str
    name_label: str
    amount_label: str
    totals: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    empty_notes: tuple[str, ...]
    empty_value: str
    rows: tuple[str, ...] = ("total", "codes")
    total_across: bool = True
    numbering: bool = True
    total_label: str = "合计"
    grouping: bool = False
    numbered: bool = True

    @property
    def lists_codes(self) -> bool:
        """Whether its rows are of a classification."""
        return "codes" in self.rows or "leaves" in self.rows

    @property
    def leaves(self) -> tuple[Column, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves)

    @property
    def usual(self) -> Form:
        """The form as bodies print it that have nothing for its optional columns."""
        return self.with_columns(frozenset())

    def with_columns(self, kept: frozenset[Column]) -> Form:
        """The form without its optional columns that are not ``kept``."""
        if not any(leaf.optional for leaf in self.leaves):
            return self
        return replace(self, columns=_without(self.columns, kept))

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns on the left that say what a row is."""
        return tuple(takewhile(lambda leaf: leaf.role != "amount", self.leaves))


def _without(columns: tuple[Column, ...], kept: frozenset[Column]) -> tuple[Column, ...]:
    """Columns without the optional ones that are not among ``kept``."""
    found = []
    for column in columns:
        if column.children:
            column = replace(column, children=_without(column.children, kept))  # noqa: PLW2901
            if not column.children:
                continue
        elif column.optional and column not in kept:
            continue
        found.append(column)
    return tuple(found)


YEAR = "{year}"
"""Stands for the fiscal year in the title of a form."""


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one report, place and span of years, in the order they are published.

    ``report`` is final_accounts or budget. ``cover`` is the second line of the cover, with ``{year}`` and
    ``{level}``; ``body_head`` stands before the body's name above each form. A set that is not ``general`` is used
    only where it is named."""

    id: str
    title: str
    valid_from: int
    valid_to: int | None
    source: str
    forms: tuple[Form, ...]
    report: str = "final_accounts"
    cover: str = "{year}年度{level}决算公开表"
    body_head: str = "部门"
    general: bool = True

    def valid(self, year: int | None) -> bool:
        return (
            year is not None and self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)
        )

    def form(self, kind: str) -> Form | None:
        return next((form for form in self.forms if form.kind.id == kind), None)

    @property
    def lists_agencies(self) -> bool:
        """Whether any form has rows for the department and the body."""
        return any({"agencies", "body"} & set(form.rows) for form in self.forms)

    def of_year(self, year: int) -> FormSet:
        """The set with the year in its titles and notes."""

        def dated(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(text.replace(YEAR, str(year)) for text in texts)

        forms = (
            replace(
                form,
                title=dated((form.title,))[0],
                notes=dated(form.notes),
                empty_notes=dated(form.empty_notes),
            )
            for form in self.forms
        )
        return replace(self, forms=tuple(forms))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue: all that ``gouji explain`` prints, and the engine that applies it."""

    id: str
    name: str
    severity: str
    title: str
    basis: str
    source: str
    valid_from: int
    right: str
    wrong: str
    engine: str
    params: Mapping[str, object]
    relations: tuple[str, ...]
    see_also: tuple[str, ...]
