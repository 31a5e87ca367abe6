"""Tables in the terms of their document: see :mod:`gouji.catalog.own_year`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.catalog.own_year import in_own_terms
from gouji.reading.result import ReadTable, Scope


def of_own_year(tables: Iterable[ReadTable], scope: Scope) -> None:
    """Take year and stage out of the facts of tables where they are those of the document, and say which year 上年
    is. Does nothing where the year of the document is not known."""
    if scope.year is None:
        return
    for table in tables:
        own = in_own_terms((w.fact for w in table.witnesses if w.fact is not None), scope.kind, scope.year)
        table.witnesses = [
            w if w.fact is None or own[w.fact] == w.fact else replace(w, fact=own[w.fact])
            for w in table.witnesses
        ]
