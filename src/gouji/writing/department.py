"""A department's publication: the consolidated disclosure, and one folder for each of its bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gouji.catalog import Catalog, CodeRow, Part
from gouji.registers import Department, Workspace
from gouji.registers.transfer_schema import PAYEE, PAYER
from gouji.registers.transfers import ELIMINATED
from gouji.writing.disclosure import Disclosure, compose, disclose
from gouji.writing.publication import contents_of, narrated, portable
from gouji.writing.publishing import Placed, Publishing, put
from gouji.writing.side_by_side import SideBySide
from gouji.writing.undisturbed import undisturbed
from gouji.writing.working_paper import working_paper

WORKING_PAPER = "汇总底稿.xlsx"


class Built(NamedTuple):
    """What was built of one body: the tables and figures in it, the gaps in its words, codes that have no name, tables that no
    register can fill, and what its PDF is called."""

    body: str
    year: int
    tables: int
    figures: int
    gaps: int
    unnamed: tuple[str, ...]
    unrecorded: tuple[str, ...]
    portable: str


class Consolidated(NamedTuple):
    """What was built of the department, and of its bodies by folder. Their disclosures were let go as soon as they were
    written: there may be hundreds."""

    whole: Built
    units: Mapping[str, Built]


def summary(disclosure: Disclosure) -> Built:
    """What there is to say of a disclosure once it was written."""
    figures = sum(1 for table in disclosure.tables for cell in table.amounts if cell.text)
    gaps = len(disclosure.narrative.gaps) if disclosure.narrative else 0
    return Built(
        disclosure.body, disclosure.year, len(disclosure.tables), figures, gaps, disclosure.unnamed,
        tuple(disclosure.unrecorded), portable(disclosure),
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
    department: Department, out: Path, catalog: Catalog, *, balance_shares: bool = False, processes: int = 0
) -> Consolidated:
    """Write the department's files into ``out`` and those of each body into the folder of its name there, all or none.
    ``processes`` are started for the bodies; with none, all is done in this one. Raises as :func:`gouji.writing.build`
    does, and ProcessLost."""
    with Publishing(out) as folder:
        job = partial(_unit, folder=folder.beside, catalog=catalog, balance_shares=balance_shares)
        with SideBySide(job, department.units.items(), processes) as bodies:
            whole, files = _whole(department, folder.beside, catalog, balance_shares=balance_shares)
            folder.placed(*files)
            units: dict[str, Built] = {}
            for name, (unit, files) in zip(department.units, bodies.results(), strict=True):
                units[name] = unit
                folder.placed(*files)
    return Consolidated(whole, units)


def _whole(
    department: Department, folder: Path, catalog: Catalog, *, balance_shares: bool
) -> tuple[Built, list[Placed]]:
    """Write the department's own files, and its working paper, into ``folder``."""
    workspace = department.whole
    with undisturbed():
        disclosure = narrated(
            workspace, disclose_department(department, catalog), catalog, balance_shares=balance_shares
        )
        files = [put(folder, name, content) for name, content in contents_of(workspace, disclosure, catalog)]
        parts = [(part.member, part.body.name) for part in _parts(department, catalog)]
        files.append(put(folder, WORKING_PAPER, working_paper(disclosure, workspace.book, parts)))
    return summary(disclosure), files


def _unit(
    unit: tuple[str, Workspace], *, folder: Path, catalog: Catalog, balance_shares: bool
) -> tuple[Built, list[Placed]]:
    """Write the files of one body into its folder within ``folder``."""
    name, workspace = unit
    with undisturbed():
        disclosure = narrated(workspace, disclose(workspace, catalog), catalog, balance_shares=balance_shares)
        files = [
            put(folder, f"{name}/{file}", content)
            for file, content in contents_of(workspace, disclosure, catalog)
        ]
    return summary(disclosure), files
