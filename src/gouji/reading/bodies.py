"""Rows that stand for a body, told by its code: 104 省科学技术厅, below it 104012 its centre."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from gouji.catalog import Catalog, TableKind, fold
from gouji.reading.disclosure_title import is_name

_BODY_CODE = re.compile(r"\d{3}(?:\d{3})*")
"""Departments have three digits, their bodies three more for each level; 科目 have 3, 5 or 7."""


class KeyRow(NamedTuple):
    """What the key columns of a row hold, folded: the whole code of a lone code column, the code in a column of
    bodies, whether any 科目 is coded beside it, and the name."""

    number: int
    code: str
    agency_code: str
    coded: bool
    name: str


class Bodies(NamedTuple):
    """``rows`` names the body of each row that stands for one, ``names`` the body of each code. ``one`` tells that all
    of them lie inside each other: a department, and the one body of it that the table is of. A row that takes
    the money between bodies away again counts as one, and bears a name of its own."""

    rows: Mapping[int, str]
    names: Mapping[str, str]
    one: bool
    codes: Mapping[int, str]
    """The codes of the rows that have one."""


def find_bodies(
    rows: Sequence[KeyRow], kind: TableKind, catalog: Catalog, listed: Collection[str] = ()
) -> Bodies:
    """The rows of a table that stand for bodies. ``listed`` are the names of those that other tables list."""
    found = _named_above(rows, kind, catalog, listed)
    printed = {found[row.number]: row.name for row in rows if row.number in found}
    eliminations: dict[int, str] = {}
    for position, row in enumerate(rows):
        if not row.code and not row.agency_code and (member := _eliminated(row.name, kind, catalog)):
            eliminations[row.number] = member
            continue
        following = rows[position + 1].code if position + 1 < len(rows) else ""
        code = row.agency_code if not row.coded else ""
        code = code or (row.code if _is_body(row.code, following, catalog) else "")
        if code and row.name and not catalog.lexicon.is_total(row.name, kind.id, "row"):
            found[row.number] = code
            printed.setdefault(code, row.name)
    codes = _told_apart(printed)
    # A body may be named by its code beside the 科目 alone, without a line of its own.
    chain = sorted({*codes, *(row.agency_code for row in rows if row.coded and row.agency_code)}, key=len)
    one = all(below.startswith(above) and below != above for above, below in pairwise(chain))
    bodies = {number: codes[code] for number, code in found.items()}
    return Bodies({**bodies, **eliminations}, codes, one and bool(chain), found)


def _named_above(
    rows: Sequence[KeyRow], kind: TableKind, catalog: Catalog, listed: Collection[str]
) -> dict[int, str]:
    """The rows of several bodies that print only their names, with the codes that stand beside the 科目 below each."""
    headings: dict[int, set[str]] = {}
    number: int | None = None
    for row in rows:
        if row.coded or row.agency_code:
            if number is not None:
                headings[number].add(row.agency_code)
        elif row.name in listed or is_name(fold(row.name), catalog.scope):
            number = row.number
            headings[number] = set()
        elif catalog.lexicon.is_total(row.name, kind.id, "row"):
            number = None
    codes = [code for below in headings.values() for code in below]
    told_apart = len(codes) > 1 and len(set(codes)) == len(codes) == len(headings) and all(codes)
    return {number: below.pop() for number, below in headings.items()} if told_apart else {}


def _told_apart(printed: Mapping[str, str]) -> dict[str, str]:
    """A name for every code. A department and its own part (本级) often share one name: then the code tells which is
    meant, and so it does wherever else two bodies are called the same."""
    names: dict[str, str] = {}
    for code in sorted(printed, key=len):
        name = printed[code]
        if name in names.values():
            within = any(code.startswith(other) and names[other] == name for other in names)
            name = f"{name}（本级）" if within else name
            if name in names.values():
                name = f"{printed[code]}（{code}）"
        names[code] = name
    return names


def _eliminated(name: str, kind: TableKind, catalog: Catalog) -> str:
    """The member that a row states by its name alone; empty for all other rows."""
    meaning = catalog.lexicon.meaning(name, kind.id, "row") if name else None
    return (meaning.dims or {}).get("agency_code", "") if meaning is not None else ""


def _is_body(code: str, following: str, catalog: Catalog) -> bool:
    """Whether a code in a column of 科目 is a body's: as no 科目 is coded, or the row below codes a part of it so."""
    if not _BODY_CODE.fullmatch(code):
        return False
    if catalog.code_dimension(code) is None:
        return True
    return (
        following.startswith(code)
        and len(following) == len(code) + 3
        and bool(_BODY_CODE.fullmatch(following))
    )
