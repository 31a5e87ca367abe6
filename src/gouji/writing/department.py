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
from gouji.writing.publication import contents_of, publish
from gouji.writing.side_by_side import SideBySide
from gouji.writing.working_paper import working_paper

WORKING_PAPER = "汇总底稿.xlsx"


class Consolidated(NamedTuple):
    """What was built: the department's own disclosure, and those of its bodies by folder."""

    whole: Disclosure
    units: Mapping[str, Disclosure]


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
    job = partial(_unit_contents, catalog=catalog, balance_shares=balance_shares)
    with SideBySide(job, department.units.values(), processes) as bodies:
        whole, contents = contents_of(
            department.whole, disclose_department(department, catalog), catalog, balance_shares=balance_shares
        )
        parts = [(part.member, part.body.name) for part in _parts(department, catalog)]
        contents[WORKING_PAPER] = working_paper(whole, department.whole.book, parts)
        units: dict[str, Disclosure] = {}
        for name, (disclosure, files) in zip(department.units, bodies.results(), strict=True):
            units[name] = disclosure
            contents |= {f"{name}/{file}": content for file, content in files.items()}
    publish(contents, out)
    return Consolidated(whole, units)


def _unit_contents(
    unit: Workspace, *, catalog: Catalog, balance_shares: bool
) -> tuple[Disclosure, dict[str, bytes]]:
    return contents_of(unit, disclose(unit, catalog), catalog, balance_shares=balance_shares)
