"""A department's publication: the consolidated disclosure, and one folder for each of its bodies."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from gouji.catalog import Catalog, CodeRow, Part
from gouji.registers import Department, Workspace
from gouji.registers.transfer_schema import PAYEE, PAYER
from gouji.registers.transfers import ELIMINATED
from gouji.writing.disclosure import Disclosure, compose, disclose
from gouji.writing.file_format import ALL_FORMATS, FileFormat, format_of
from gouji.writing.publication import contents_of, narrated, portable
from gouji.writing.publishing import Placed, Publishing, put
from gouji.writing.side_by_side import SideBySide
from gouji.writing.undisturbed import undisturbed
from gouji.writing.working_paper import working_paper

WORKING_PAPER = "汇总底稿.xlsx"

Asked = Callable[[Path, Collection[str]], Any]
"""What is asked of the files of a body once they are written, in the process that wrote them: it is given the folder
that is published and their paths within. It and its answer travel pickled."""


TABLES, READ_BACK = "tables", "asked"
STEPS = (TABLES, *ALL_FORMATS, READ_BACK)
"""What takes time: filling the tables and telling the narrative, writing each format, and what is asked of the files."""


class Built(NamedTuple):
    """What was built of one body: the tables and figures in it, the gaps in its words, codes that have no name, tables that no
    register can fill, what its PDF is called, how many seconds of the clock each of the ``STEPS`` took, and the answer to
    what was asked of its files."""

    body: str
    year: int
    tables: int
    figures: int
    gaps: int
    unnamed: tuple[str, ...]
    unrecorded: tuple[str, ...]
    portable: str
    seconds: Mapping[str, float]
    answer: Any


class Consolidated(NamedTuple):
    """What was built of the department, and of its bodies by folder. Their disclosures were let go as soon as they were
    written: there may be hundreds."""

    whole: Built
    units: Mapping[str, Built]


def _summary(disclosure: Disclosure, seconds: Mapping[str, float], answer: Any) -> Built:
    """What there is to say of a disclosure once it was written."""
    figures = sum(1 for table in disclosure.tables for cell in table.amounts if cell.text)
    gaps = len(disclosure.narrative.gaps) if disclosure.narrative else 0
    return Built(
        disclosure.body, disclosure.year, len(disclosure.tables), figures, gaps, disclosure.unnamed,
        tuple(disclosure.unrecorded), portable(disclosure), seconds, answer,
    )  # fmt: skip


def disclose_department(department: Department, catalog: Catalog) -> Disclosure:
    """Fill the forms of the department, and the tables that it adds: its bodies side by side, and what they paid
    each other."""
    settings, book = department.whole.settings, department.whole.book
    parts = _parts(department, catalog)
    listed = {
        transfer.item: CodeRow(
            transfer.item, transfer.item, ((PAYER, transfer.payer), (PAYEE, transfer.payee))
        )
        for transfer in department.transfers
    }
    own, added = (
        compose(
            book, settings.name, settings.fiscal_year, level=settings.level, forms=forms, catalog=catalog,
            codes=department.whole.codes, agencies=settings.agencies, parts=parts, listed=listed,
            targets=department.whole.targets,
        )
        for forms in (
            catalog.form_set(settings.fiscal_year, settings.forms, settings.report),
            catalog.form_set(settings.fiscal_year, "", f"department_{settings.report}"),
        )
    )  # fmt: skip
    numbers = _following(own.forms.forms[-1].number, len(added.tables))
    tables = [
        replace(table, form=replace(table.form, number=number))
        for table, number in zip(added.tables, numbers, strict=True)
    ]
    return replace(
        own,
        forms=replace(own.forms, forms=own.forms.forms + tuple(table.form for table in tables)),
        tables=(*own.tables, *tables),
    )


def _parts(department: Department, catalog: Catalog) -> list[Part]:
    """The bodies, and what is eliminated between them."""
    parts = [Part(body, body.name, ()) for body in department.parts]
    if department.transfers:
        title = catalog.dimensions["agency_code"].titles[ELIMINATED]
        parts.append(Part(CodeRow("", title), ELIMINATED, ()))
    return parts


def _following(last: str, count: int) -> list[str]:
    """The table numbers after the last one of a set: 预算23表, 预算24表. A set without numbers has none to follow."""
    number = re.fullmatch(r"(\D*)(\d+)(\D*)", last)
    if number is None:
        return [""] * count
    before, digits, behind = number.groups()
    return [f"{before}{int(digits) + step:0{len(digits)}}{behind}" for step in range(1, count + 1)]


def build_department(
    department: Department,
    out: Path,
    catalog: Catalog,
    *,
    balance_shares: bool = False,
    formats: Collection[FileFormat] = ALL_FORMATS,
    processes: int = 0,
    asked: Asked | None = None,
) -> Consolidated:
    """Write the department's files into ``out`` and those of each body into the folder of its name there, all or none.
    ``processes`` are started for the bodies; with none, all is done in this one. Raises as :func:`gouji.writing.build`
    does, and ProcessLost."""
    with Publishing(out) as folder:
        orders = _Orders(folder.beside, catalog, balance_shares, formats, asked)
        with SideBySide(partial(_unit, orders=orders), department.units.items(), processes) as bodies:
            whole, files = _whole(department, orders)
            folder.placed(*files)
            units: dict[str, Built] = {}
            for name, (unit, files) in zip(department.units, bodies.results(), strict=True):
                units[name] = unit
                folder.placed(*files)
    return Consolidated(whole, units)


class _Orders(NamedTuple):
    """What is to be made of every body, and the ``folder`` that it goes into."""

    folder: Path
    catalog: Catalog
    balance_shares: bool
    formats: Collection[FileFormat]
    asked: Asked | None


def _whole(department: Department, orders: _Orders) -> tuple[Built, list[Placed]]:
    """Write the department's own files, and its working paper."""
    catalog, workspace = orders.catalog, department.whole
    parts = [(part.member, part.body.name) for part in _parts(department, catalog)]

    def paper(disclosure: Disclosure) -> Iterator[tuple[str, bytes]]:
        if "xlsx" in orders.formats:
            yield WORKING_PAPER, working_paper(disclosure, workspace.book, parts)

    with undisturbed():
        return _made(workspace, lambda: disclose_department(department, catalog), "", orders, paper)


def _unit(unit: tuple[str, Workspace], *, orders: _Orders) -> tuple[Built, list[Placed]]:
    """Write the files of one body into its folder."""
    name, workspace = unit
    with undisturbed():
        return _made(workspace, lambda: disclose(workspace, orders.catalog), f"{name}/", orders)


def _made(
    workspace: Workspace,
    disclosed: Callable[[], Disclosure],
    within: str,
    orders: _Orders,
    beside: Callable[[Disclosure], Iterator[tuple[str, bytes]]] = lambda _: iter(()),
) -> tuple[Built, list[Placed]]:
    """Write the files of a body, and those that belong ``beside`` them, each as soon as it is made."""
    catalog, clock = orders.catalog, _Clock()
    disclosure = narrated(workspace, disclosed(), catalog, balance_shares=orders.balance_shares)
    clock.stop(TABLES)
    placed: list[Placed] = []
    for contents in (contents_of(workspace, disclosure, catalog, orders.formats), beside(disclosure)):
        for name, content in contents:
            placed.append(put(orders.folder, within + name, content))
            clock.stop(format_of(name))
    names = [one.name for one in placed]
    answer = orders.asked(orders.folder, names) if orders.asked is not None else None
    clock.stop(READ_BACK)
    return _summary(disclosure, clock.seconds, answer), placed


class _Clock:
    """Counts seconds by what they were spent on."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._last = time.perf_counter()

    def stop(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] += now - self._last
        self._last = now
