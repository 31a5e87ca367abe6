"""A disclosure: every place of every form, filled once, before any format is chosen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from gouji.catalog import (
    Catalog,
    CodeList,
    CodeRow,
    Form,
    FormSet,
    Grid,
    Part,
    Spot,
    has_optional_columns,
    has_optional_rows,
    lay_out,
    ordinal,
    pruned,
    used_columns,
)
from gouji.catalog.own_year import in_own_terms
from gouji.facts import Fact, render
from gouji.performance import Targets, find_targets
from gouji.registers import Workspace
from gouji.registers.book import FLOW_IN, RECORDABLE, Book, Figure
from gouji.writing.narrative import Narrative

_COMPUTED_FROM = {
    "carryover_end": (*FLOW_IN, "expenditure", "surplus_distribution"),
    "total_in": FLOW_IN,
    "total_out": (*FLOW_IN, "expenditure", "surplus_distribution"),
}
"""The concepts whose entries decide a fact that is never recorded itself."""


_WHOLE = {"final_accounts": "{year}年度{level}决算", "budget": "{year}年{level}预算"}
"""What the whole document of a report is called."""

NOTHING_LISTED: Mapping[str, CodeRow] = MappingProxyType({})
"""No row told by its name says more than its name."""


class Cell(NamedTuple):
    """One place with what is printed in it. ``figure`` is set for an amount of which something was recorded;
    ``text`` is the figure in the form's unit, the label, or empty for a blank."""

    spot: Spot
    text: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One statutory form, filled. ``cells`` are ordered by row, then column; ``notes`` stand below the grid. ``parts``
    are the bodies that make up the whole, as facts call them, what is eliminated between them among them."""

    form: Form
    grid: Grid
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def amounts(self) -> Iterator[Cell]:
        """The places that state a fact."""
        return (cell for cell in self.cells if cell.spot.fact is not None)

    def rows(self) -> list[list[Cell]]:
        """The cells by the row they begin in; a row that only continues spans from above is empty."""
        rows: list[list[Cell]] = [[] for _ in range(self.grid.n_rows)]
        for cell in self.cells:
            rows[cell.spot.row].append(cell)
        return rows


class Entry(NamedTuple):
    """A line of the contents page: ``level`` 0 for a part; ``anchor`` names the place it leads to."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The tables of one body and year by one set of ``forms``, and the narrative where it was told. ``unnamed`` are the
    codes that the catalogue has no name for: their rows stand without a name, and whoever publishes has to be told."""

    body: str
    year: int
    level: str
    forms: FormSet
    tables: tuple[Table, ...]
    unnamed: tuple[str, ...]
    narrative: Narrative | None = None
    targets: tuple[Targets, ...] = ()
    """What the tables of performance targets print beside the money."""

    @property
    def title(self) -> str:
        return "".join(self.cover)

    @property
    def cover(self) -> tuple[str, str]:
        """The two lines of the cover: whose, and of which year."""
        return self.body, self.forms.cover.format(year=self.year, level=self.level)

    @property
    def unrecorded(self) -> list[str]:
        """The titles of tables that no register can fill: they stand empty whatever the body has."""
        kinds = [(table.form.kind, table.form.title) for table in self.tables]
        return [title for kind, title in kinds if kind.concept and kind.concept not in RECORDABLE]

    @property
    def document_cover(self) -> tuple[str, str]:
        """The cover of the whole document, which is more than tables once it has a narrative."""
        return (
            (self.body, _WHOLE[self.forms.report].format(year=self.year, level=self.level))
            if self.narrative
            else self.cover
        )

    @property
    def document_title(self) -> str:
        return "".join(self.document_cover)

    @property
    def outline(self) -> list[Entry]:
        """The lines of the contents page of the whole document; without a narrative, the tables alone."""
        forms = [Entry(1, line, f"form-{number}") for number, line in enumerate(self.contents, start=1)]
        if self.narrative is None:
            return forms
        lines: list[Entry] = []
        for part in self.narrative.parts:
            lines.append(Entry(0, part.line, part.id))
            if part.tables:
                lines.extend(forms)
            lines.extend(Entry(1, s.heading, f"{part.id}-{s.id}") for s in part.sections if s.level == 1)
        return lines

    @property
    def contents(self) -> list[str]:
        """The lines of the contents page: ``一、收入支出决算总表``."""
        return [f"{ordinal(number)}、{table.form.title}" for number, table in enumerate(self.tables, start=1)]


def compose(
    book: Book,
    body: str,
    year: int,
    *,
    level: str,
    forms: FormSet,
    catalog: Catalog,
    codes: Mapping[str, CodeList] | None = None,
    agencies: Sequence[CodeRow] = (),
    targets: Sequence[Targets] = (),
    parts: Sequence[Part] = (),
    listed: Mapping[str, CodeRow] = NOTHING_LISTED,
) -> Disclosure:
    """Fill every form from the book. The same fact is the same figure wherever it is printed.

    ``agencies`` are the bodies with rows of their own, the department first: they are what the book is of. ``targets``
    are the performance targets of its projects, in the order in which projects are listed. ``parts`` are the several
    bodies whose entries the book tells apart (their rows follow from it). ``listed`` says what stands in the text
    columns of a row that is told by its name.

    ``body`` is the published name, ``year`` the fiscal year, ``level`` 部门 or 单位, ``codes`` the code lists
    to take names from if not those of the catalogue (a body may have added its own). Raises ValueError when a
    label of a form is not in the lexicon (a defect of the catalogue)."""
    body = _one_line(body)
    lists = codes if codes is not None else catalog.codes
    unnamed: set[str] = set()
    agencies = [agency._replace(name=_one_line(agency.name)) for agency in agencies]
    parts = [part._replace(body=part.body._replace(name=_one_line(part.body.name))) for part in parts]
    filler = _Filler(book, body, catalog, agencies=agencies, targets=targets, parts=parts, listed=listed)
    forms = forms.of_year(year)
    tables = tuple(
        _in_own_terms(filler.table(form, _Names(lists.get(form.key), year, unnamed)), forms.report, year)
        for form in forms.forms
    )
    return Disclosure(body, year, level, forms, tables, tuple(sorted(unnamed)), targets=tuple(targets))


def _in_own_terms(table: Table, report: str, year: int) -> Table:
    """A table whose facts are named as readers of the document name them: without its own year and stage."""
    facts = [spot.fact for spot in table.grid.spots if spot.fact is not None]
    own = in_own_terms(facts, report, year)
    if all(own[fact] == fact for fact in facts):
        return table

    def named(spot: Spot) -> Spot:
        return spot if spot.fact is None else spot._replace(fact=own[spot.fact])

    grid = replace(table.grid, spots=tuple(named(spot) for spot in table.grid.spots))
    return replace(
        table, grid=grid, cells=tuple(cell._replace(spot=named(cell.spot)) for cell in table.cells)
    )


def disclose(workspace: Workspace, catalog: Catalog) -> Disclosure:
    """Fill the forms that a workspace asks for, with its own names of codes; see :func:`compose`."""
    settings = workspace.settings
    return compose(
        workspace.book,
        settings.name,
        settings.fiscal_year,
        level=settings.level,
        forms=catalog.form_set(settings.fiscal_year, settings.forms, settings.report),
        catalog=catalog,
        codes=workspace.codes,
        agencies=settings.agencies,
        targets=workspace.targets,
    )


class _Filler:
    """Fills forms from one book."""

    def __init__(
        self,
        book: Book,
        body: str,
        catalog: Catalog,
        *,
        agencies: Sequence[CodeRow],
        targets: Sequence[Targets],
        parts: Sequence[Part],
        listed: Mapping[str, CodeRow],
    ) -> None:
        self.book = book
        self.body = body
        self.catalog = catalog
        self.agencies = agencies
        self.targets = targets
        self.parts = parts
        self.members = frozenset(part.member for part in parts)
        self.listed = listed
        self._used: dict[int, Form] = {}
        """By the form as the set has it; kept, because what is asked is remembered by the form itself."""
        self._asked: dict[int, list[tuple[str, dict[str, str]]]] = {}

    def table(self, form: Form, names: _Names) -> Table:
        grid = self.grid(form, names)
        figures = [self.figure(spot.fact) if spot.fact is not None else None for spot in grid.spots]
        empty = all(figure is None for figure in figures)
        if empty and self.agencies:
            # Without a figure there is nothing to tell by body.
            grid = lay_out(form.usual, self.catalog.binder)
            figures = [None] * len(grid.spots)
        cells: list[Cell] = []
        for spot, figure in zip(grid.spots, figures, strict=True):
            text = spot.text
            if figure is not None:
                text = render(figure.amount, form.unit, form.decimals, grouping=form.grouping)
            elif spot.project is not None:
                text = self.text(spot) or spot.text
            elif spot.fact is not None and empty and spot.row == grid.head_rows:
                # The first row below the heads is 合计, or the only row there is.
                text = form.empty_value
            cells.append(Cell(spot, text, figure))
        notes = form.notes + (form.empty_notes if empty else ())
        told = tuple(note.replace("{body}", self.body) for note in notes)
        return Table(form, grid, tuple(cells), told, tuple(part.member for part in self.parts))

    def text(self, spot: Spot) -> str:
        """What stands in a column of words: a goal, or the indicators of a category."""
        found = find_targets(self.targets, spot.project or "")
        return found.cell(spot.path[-1], self.catalog.performance) if found is not None else ""

    def grid(self, form: Form, names: _Names) -> Grid:
        binder = self.catalog.binder
        form = self.used(form)
        if form.layout == "coded":
            agencies, parts = self.agencies, self.active(form)
            if len(parts) == 1 and not form.kind.open_rows:
                # One body has it all: its rows are the department's.
                agencies, parts = [*agencies, parts[0].body], []
            if parts:
                filled = [part._replace(rows=self.rows(form, names, part.member)) for part in parts]
                return lay_out(form, binder, (), agencies=agencies, parts=filled)
            return lay_out(form, binder, self.rows(form, names), agencies=agencies)
        if form.layout == "blocks":
            return lay_out(form, binder, names={code: names[code] for block in form.blocks for code in block})
        return lay_out(form, binder)

    def used(self, form: Form) -> Form:
        """A form with those of its optional rows and columns that something is known of."""
        if id(form) not in self._used:
            binder, used = self.catalog.binder, form
            if has_optional_rows(form):
                used = pruned(form, lay_out(form, binder), self._known)
            if has_optional_columns(form):
                used = used_columns(form, lay_out(replace(form, rows=("total",)), binder), self._known)
            self._used[id(form)] = used
        return self._used[id(form)]

    def _known(self, fact: Fact) -> bool:
        return self.figure(fact) is not None

    def figure(self, fact: Fact) -> Figure | None:
        """What a fact amounts to. What is said of the body or of its department is said of the book."""
        if fact.member("agency_code") in self.members:
            return self.book.figure(fact)
        return self.book.figure(fact.slice("agency_code", None))

    def active(self, form: Form) -> list[Part]:
        """The several bodies that a form with rows for bodies has something to say about, in their order."""
        if "agencies" not in form.rows or not self.parts:
            return []
        asked = [Fact(concept, tuple(sorted(dims.items()))) for concept, dims in self.asked(form)]
        return [
            part
            for part in self.parts
            if any(self.book.figure(fact.slice("agency_code", part.member)) is not None for fact in asked)
        ]

    def rows(self, form: Form, names: _Names, member: str = "") -> list[CodeRow]:
        """The rows below 合计, of one of several bodies if a ``member`` is given."""
        if "projects" in form.rows:
            return [self.listed.get(name, CodeRow(name, name)) for name in self.projects(form)]
        return [CodeRow(code, names[code]) for code in self.codes(form, member)]

    def codes(self, form: Form, member: str = "") -> list[str]:
        """The codes that the columns of a form have something to say about, in the order of the code list."""
        if not form.key or not form.lists_codes:
            return []
        within = {"agency_code": member} if member else {}
        found: set[str] = set()
        for concept, dims in self.asked(form):
            found.update(self.book.codes(concept, form.key, within | dims))
        finest = self.book.dimensions[form.key].code_lengths[-1:]
        return sorted(code for code in found if "codes" in form.rows or len(code) in finest)

    def projects(self, form: Form) -> list[str]:
        """The names that the columns of a form have something to say about, in the order of their targets, else as they
        were recorded."""
        found: dict[str, None] = {}
        for concept, dims in self.asked(form):
            found.update(dict.fromkeys(self.book.members(concept, form.key, dims)))
        listed = [one.project for one in self.targets if one.project in found]
        return list(dict.fromkeys((*listed, *found)))

    def asked(self, form: Form) -> list[tuple[str, dict[str, str]]]:
        """The concepts and dimensions of the entries that decide the columns of a form."""
        if id(form) not in self._asked:
            self._asked[id(form)] = [
                (concept, dict(spot.fact.dims))
                for spot in lay_out(replace(form, rows=("total",)), self.catalog.binder).spots
                if spot.fact is not None
                for concept in _COMPUTED_FROM.get(spot.fact.concept, (spot.fact.concept,))
            ]
        return self._asked[id(form)]


class _Names(Mapping[str, str]):
    """The names of codes as spelled in the year; remembers those that have none."""

    def __init__(self, listed: CodeList | None, year: int, unnamed: set[str]) -> None:
        self._list = listed
        self._year = year
        self._unnamed = unnamed

    def __getitem__(self, code: str) -> str:
        spelling = self._list.name(code, self._year) if self._list else None
        if spelling is None:
            self._unnamed.add(code)
            return ""
        return spelling.name

    def __iter__(self) -> Iterator[str]:
        return iter(self._list.names if self._list else ())

    def __len__(self) -> int:
        return len(self._list.names) if self._list else 0


def _one_line(text: str) -> str:
    """Text without control characters, on one line: what every format can carry."""
    visible = (" " if character.isspace() else character for character in text)
    kept = (c for c in visible if unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    return " ".join("".join(kept).split())


def in_unit(cell: Cell, form: Form) -> Decimal:
    """The exact amount of a filled place in the form's unit (元 / 10000 for 万元); zero where nothing was
    recorded."""
    return cell.figure.amount / form.unit.scale if cell.figure is not None else Decimal(0)
