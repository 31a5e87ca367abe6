"""Columns and rows of changes (增减额) against the two figures that they are the difference of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouji.catalog import Rule
from gouji.checking.relations import Engine, Ledger
from gouji.checking.two_sides import DETAIL, bare, sides
from gouji.facts import Identity, Presence, Term, Witness
from gouji.reading import ReadTable


def changes_of_columns(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """What was, and the change, make what is: 2025年预算 ＋ 增减额 ＝ 2026年预算. A column of changes without any sign in which
    something decreased prints all of them unsigned: then the difference may be taken either way."""
    is_change = re.compile(str(rule.params["detail"]))
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        changes = {fact: w for fact, w in stated.items() if is_change.search(fact.member(DETAIL) or "")}
        if not changes:
            continue
        compared = sides(stated)
        unsigned = {w.column for w in changes.values()} - {
            w.column for w in changes.values() if w.printed.value < 0
        }
        for fact, change in changes.items():
            pair = compared.get(bare(fact.slice(DETAIL, None)))
            if pair is None or change.printed.presence is not Presence.NUMBER:
                continue
            before, now = pair
            title = f"{change.where}＝{_named(now, change)}－{_named(before, change)}"
            if ledger.checkable((before, change, now), title):
                fell = change.column in unsigned and now.printed.base < before.printed.base
                left = (Term(1, before), Term(-1 if fell else 1, change))
                identity = Identity(rule.id, "=", left, (Term(1, now),), title)
                if not _is_unread(identity, ledger, table, title):
                    yield identity


def _named(witness: Witness, beside: Witness) -> str:
    """A figure as its column, where it stands in the row of another one, or else as its row."""
    return witness.column if witness.row == beside.row else witness.row_label or witness.where


def _is_unread(identity: Identity, ledger: Ledger, table: ReadTable, title: str) -> bool:
    """Whether the rows of a difference that does not come out hold figures that were not understood."""
    rows = {(table.id, "row", str(w.row)) for w in identity.witnesses}
    if not rows & ledger.gaps or identity.verdict().outcome != "violated":
        return False
    ledger.not_checked.append((title, "同一行里有没读懂的数字，增减额对不上"))
    return True


CHANGE_COLUMN_ENGINES: Mapping[str, Engine] = {"changes_of_columns": changes_of_columns}
