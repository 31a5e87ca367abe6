"""The four tables of a run: their columns, in order, with the types they have in Parquet.

Amounts are exact: ``DECIMAL``, or the characters as printed; never floating point. ``file`` is the path below the
folder with ``/``, ``sha256`` the digest of the file's content.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from gouji.reading.rows import ROW_COLUMNS

AMOUNT_DIGITS = 38
AMOUNT_DECIMALS = 10
_AMOUNT = f"DECIMAL({AMOUNT_DIGITS},{AMOUNT_DECIMALS})"
_OF_WITNESSES = {"page": "INTEGER", "decimals": "INTEGER", "confidence": "INTEGER", "bbox": "DOUBLE[]"}


class Table(StrEnum):
    """The tables, by the names of their files."""

    WITNESSES = "witnesses"
    FINDINGS = "findings"
    TABLES = "tables"
    SUMMARY = "summary"

    @property
    def mark(self) -> str:
        """The letter that its rows begin with in a shard."""
        return self.value[0].upper()


WITNESSES: Mapping[str, str] = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    **{name: _OF_WITNESSES.get(name, "VARCHAR") for name in ROW_COLUMNS if name != "file"},
    "amount": _AMOUNT,
    "ref": "VARCHAR",
    "table_id": "INTEGER",
    "row": "INTEGER",
    "why": "VARCHAR",
}
"""One row per witness: the columns of ``gouji read``, then ``amount`` (in 元, or in the unit itself where it is no
money; empty for blanks and dashes, and for what does not fit the type), the place in files without pages, the
table of the document and its row (both from 0), and why a figure was not understood, is in doubt or was repaired. ``dimensions`` are
``name=member`` joined by ``;``."""

FINDINGS: Mapping[str, str] = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "rule": "VARCHAR",
    "severity": "VARCHAR",
    "outcome": "VARCHAR",
    "title": "VARCHAR",
    "message": "VARCHAR",
    "stated": "VARCHAR",
    "expected": "VARCHAR",
    "difference": "VARCHAR",
    "unit": "VARCHAR",
    "votes": "INTEGER",
    "undecided": "VARCHAR",
    "page": "INTEGER",
    "ref": "VARCHAR",
    "where": "VARCHAR",
    "quote": "VARCHAR",
    "arithmetic": "VARCHAR[]",
    "evidence": "VARCHAR",
}
"""One row per finding, most important first. ``page`` to ``quote`` are the first place of its evidence; ``evidence``
is all of it as JSON."""

TABLES: Mapping[str, str] = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "state": "VARCHAR",
    "table_id": "INTEGER",
    "kind": "VARCHAR",
    "number": "VARCHAR",
    "title": "VARCHAR",
    "unit": "VARCHAR",
    "unit_stated": "BOOLEAN",
    "pages": "INTEGER[]",
    "ref": "VARCHAR",
    "numeric": "INTEGER",
    "bound": "INTEGER",
    "ambiguous": "INTEGER",
    "unbound": "INTEGER",
    "nil": "INTEGER",
    "repaired": "INTEGER",
    "doubtful": "INTEGER",
    "why": "VARCHAR",
}
"""One row per table. ``state`` is ``recognised``; ``unrecognised`` (a grid of figures that the lexicon does not know;
``title`` holds its first words); ``blank_grid`` (the same without figures); ``missing`` (the contents page lists
it, or a title announces it, but no such table was recognised; ``why`` says more); or ``elsewhere`` (listed in the
contents page of a text without any table)."""

SUMMARY: Mapping[str, str] = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "status": "VARCHAR",
    "reason": "VARCHAR",
    "format": "VARCHAR",
    "kind": "VARCHAR",
    "year": "INTEGER",
    "level": "VARCHAR",
    "body": "VARCHAR",
    "pages": "INTEGER",
    "pages_unread": "INTEGER",
    "announced": "INTEGER",
    "announced_found": "INTEGER",
    "listed": "INTEGER",
    "listed_found": "INTEGER",
    "elsewhere": "INTEGER",
    "recognised": "INTEGER",
    "unrecognised": "INTEGER",
    "numeric": "INTEGER",
    "bound": "INTEGER",
    "ambiguous": "INTEGER",
    "unbound": "INTEGER",
    "nil": "INTEGER",
    "repaired": "INTEGER",
    "doubtful": "INTEGER",
    "checked": "INTEGER",
    "exact": "INTEGER",
    "rounding": "INTEGER",
    "violated": "INTEGER",
    "not_checked": "INTEGER",
    "rules_crashed": "INTEGER",
    "performance_forms": "INTEGER",
    "performance_indicators": "INTEGER",
    "performance_typed": "INTEGER",
    "performance_scored": "INTEGER",
    "performance_agreed": "INTEGER",
    "errors": "INTEGER",
    "warnings": "INTEGER",
    "infos": "INTEGER",
    "digest": "VARCHAR",
    "seconds": "DOUBLE",
    "peak_mb": "DOUBLE",
}
"""One row per file, see :class:`gouji.corpus.summary.Summary`."""

COLUMNS: Mapping[Table, Mapping[str, str]] = {
    Table.WITNESSES: WITNESSES,
    Table.FINDINGS: FINDINGS,
    Table.TABLES: TABLES,
    Table.SUMMARY: SUMMARY,
}
