"""A department's tables that list its bodies: the department is all of them together, less what they paid each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.relations import Engine, Ledger, Witnesses
from gouji.facts import Fact, Identity, Outcome, Presence, Term, Witness
from gouji.reading import ReadTable
from gouji.reading.settling import LISTED

AGENCY = "agency_code"
ELIMINATED = "eliminated"
"""The member of ``agency_code`` under which transfers between bodies are taken away."""


class BodyRows(NamedTuple):
    """The rows of the bodies that a table lists: of the department (-1: it has none), and of those right below it."""

    department: int
    units: tuple[int, ...]


def body_rows(table: ReadTable) -> BodyRows | None:
    """Whose rows a table lists, ``None`` where that is not several bodies of one department, each in one row. Their
    codes tell which lies below which; a table that is made to compare bodies needs none."""
    rows = {code: row for row, code in table.bodies.items()}
    codes = sorted(rows, key=lambda code: (len(code), code))
    if codes:
        root, below = codes[0], codes[1:]
        if len(rows) < len(table.bodies) or not all(code.startswith(root) for code in below):
            return None
        first = [code for code in below if not any(code.startswith(c) for c in below if c != code)]
        found = BodyRows(rows[root], tuple(rows[code] for code in first))
    elif table.kind.id == "consolidation":
        told = (w for w in table.witnesses if w.fact is not None)
        named = (w.row for w in told if w.fact and w.fact.member(AGENCY) not in (None, ELIMINATED))
        found = BodyRows(-1, tuple(dict.fromkeys(named)))
    else:
        return None
    return found if len(found.units) >= _SEVERAL else None


_SEVERAL = 2


def listed_bodies(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """In a table that lists bodies: the total is what all of them state, less the transfers, and so is the row of
    their department; where another table states what the bodies list by code, it agrees; the table of transfers
    states what is taken away."""
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        rows = body_rows(table)
        if rows is not None and table.has_figures:
            yield from _listed(rule, ledger, table, stated, rows)
            yield from _by_code(rule, ledger, table, stated, rows)
    yield from _transfers(rule, ledger)


def _listed(
    rule: Rule, ledger: Ledger, table: ReadTable, stated: Witnesses, rows: BodyRows
) -> Iterator[Identity]:
    """Column by column: the rows of the bodies, of the department, and the total."""
    columns: dict[str, dict[int, Witness]] = {}
    for witness in table.witnesses:
        if witness.fact is not None and witness.row in (rows.department, *rows.units):
            columns.setdefault(witness.column, {})[witness.row] = witness
    for column in columns.values():
        fact = _whole(next(iter(column.values())))
        total, department = stated.get(fact), column.get(rows.department)
        whole = total if total is not None else department
        parts = [column.get(row) for row in rows.units]
        if whole is None or any(part is None or _whole(part) != fact for part in parts):
            continue
        listed = [part for part in (*parts, stated.get(fact.slice(AGENCY, ELIMINATED))) if part is not None]
        taken = "－部门内部转移" if len(listed) > len(parts) else ""
        title = f"{whole.where}＝各单位之和{taken}"
        if ledger.checkable([whole, *listed], title):
            yield Identity(rule.id, "=", tuple(Term(1, part) for part in listed), (Term(1, whole),), title)
        if total is not None and department is not None:
            title = f"{department.where}＝{total.where}"
            if ledger.checkable((department, total), title):
                yield Identity(rule.id, "=", (Term(1, department),), (Term(1, total),), title)


def _whole(witness: Witness) -> Fact:
    """What the row of a body states, said of the whole department."""
    assert witness.fact is not None
    return witness.fact.slice(AGENCY, None).slice(LISTED, None)


def _by_code(
    rule: Rule, ledger: Ledger, table: ReadTable, stated: Witnesses, rows: BodyRows
) -> Iterator[Identity]:
    """What bodies list below their rows, code by code, and another table states for the department: a body without a
    row for a code has nothing of it. Only in columns in which the bodies add up to the total."""
    units = {w.fact.member(AGENCY) for w in table.witnesses if w.fact is not None and w.row in rows.units}
    groups: dict[Fact, list[Witness]] = {}
    for fact, witness in stated.items():
        if fact.member(AGENCY) in (*units, ELIMINATED):
            groups.setdefault(fact.slice(AGENCY, None), []).append(witness)
    for fact, parts in groups.items():
        if fact in stated or not _adds_up(fact, stated, units):
            continue
        for whole in ledger.by_fact.get(fact, ()):
            title = f"{whole.where}＝《{table.title}》各单位之和"
            if whole.table_id != table.id and ledger.checkable([whole, *parts], title):
                yield Identity(rule.id, "=", tuple(Term(1, part) for part in parts), (Term(1, whole),), title)


def _adds_up(fact: Fact, stated: Mapping[Fact, Witness], units: set[str | None]) -> bool:
    """Whether the rows of all bodies above a code add up to the total in its column: then none is missing."""
    above = Fact(fact.concept, tuple((name, member) for name, member in fact.dims if not member.isdigit()))
    whole = stated.get(above)
    parts = [stated.get(above.slice(AGENCY, unit)) for unit in units]
    if whole is None or any(part is None for part in parts):
        return False
    taken = stated.get(above.slice(AGENCY, ELIMINATED))
    left = tuple(Term(1, part) for part in (*parts, taken) if part is not None)
    return Identity("", "=", left, (Term(1, whole),), "").verdict().outcome is not Outcome.VIOLATED


def _transfers(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """What bodies paid each other is what is taken away from revenue, and from expenditure."""
    for transferred in ledger.by_fact.get(Fact("transfer"), ()):
        for concept in ("revenue", "expenditure"):
            for taken in _first(ledger.by_fact.get(Fact(concept, ((AGENCY, ELIMINATED),)), ())):
                title = f"{transferred.where}＝{taken.where}减去的数"
                if ledger.checkable((transferred, taken), title):
                    yield Identity(rule.id, "=", (Term(-1, taken),), (Term(1, transferred),), title)


def _first(places: Sequence[Witness]) -> Sequence[Witness]:
    return [place for place in places if place.printed.presence is Presence.NUMBER][:1]


LISTED_ENGINES: Mapping[str, Engine] = {"listed_bodies": listed_bodies}
