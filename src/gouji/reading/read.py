"""From a document to its witnesses."""

from __future__ import annotations

from collections import Counter

from gouji.catalog import Catalog
from gouji.documents import Document
from gouji.facts import Printed, Unit
from gouji.reading.flattened import FlatReader
from gouji.reading.furniture import furniture
from gouji.reading.narrative import read_narrative
from gouji.reading.opendata import is_open_data, read_open_data, stated_scope
from gouji.reading.own_year import of_own_year
from gouji.reading.performance import read_performance
from gouji.reading.prose import read_prose
from gouji.reading.recognised import doubted
from gouji.reading.result import Reading, ReadTable
from gouji.reading.scope import GOVERNMENT, find_scope
from gouji.reading.sections import read_grids
from gouji.reading.stacked import unstacked
from gouji.reading.statement import Told
from gouji.reading.target_tables import read_target_tables
from gouji.reading.volumes import find_volumes, keep_apart


def read_document(document: Document, catalog: Catalog, file: str = "") -> Reading:
    """Understand a document. Never raises for what it does not understand: that is kept, shown and counted.

    ``file`` is what the document is called in witnesses and findings; its file name by default.
    """
    file = file or document.path.name
    document = unstacked(document, catalog)
    body = ""
    left_out = furniture(document)
    unpaged = left_out if not document.pages else frozenset()
    unrecognised: list[tuple[str, str]] = []
    year: int | None = None
    open_data = is_open_data(document)
    if open_data:
        tables = read_open_data(document, catalog, file)
        body, year = stated_scope(document)
    elif document.layout == "flat":
        stated = find_scope(document, file, (), "", catalog)
        report = "budget" if stated.kind == "budget" else "final_accounts"
        tables, body = FlatReader(catalog, file, report, stated.year).read(document)
    else:
        tables, unrecognised, body = read_grids(document, catalog, file, unpaged)
        tables += read_target_tables(document, catalog, file, tables)
    doubted(tables, document)
    _sharpen(tables)
    scope = find_scope(document, file, tables, body, catalog)
    scope.year = year or scope.year
    if scope.why == GOVERNMENT:
        # Its tables have the titles of a body's and mean other things.
        unrecognised.extend((table.place.ref, table.title) for table in tables)
        tables = []
    of_own_year(tables, scope)
    if open_data:
        return Reading(file, document, scope, tables, unrecognised)
    passages = read_prose(document, left_out)
    volumes = find_volumes(document, tables, scope, catalog)
    told: list[Told] = []
    for number, volume in enumerate(volumes):
        following = volumes[number + 1] if number + 1 < len(volumes) else None
        end = following.start if following is not None else len(document.blocks)
        last = following.first_table if following is not None else len(tables)
        own = [passage for passage in passages if volume.start <= passage.block < end]
        told.extend(read_narrative(own, tables[volume.first_table : last], scope, catalog, file))
    keep_apart(volumes, tables, told)
    forms, pieces = read_performance(document, catalog, file, unpaged)
    unread = [entry for entry in unrecognised if entry not in pieces]
    return Reading(file, document, scope, tables, unread, passages, told, forms)


_WIDE = 8


def _digits(printed: Printed) -> int:
    return sum(map(str.isdigit, printed.text))


def _is_cut(printed: Printed, longest: int) -> bool:
    """Whether decimals may have been rounded away by the width of a spreadsheet's column: no figure of the table has
    more digits than this one (47137884.3 beside 3601018.22)."""
    return printed.decimals > 0 and longest >= _WIDE and _digits(printed) == longest


def _sharpen(tables: list[ReadTable]) -> None:
    """Trailing zeros are often dropped: a table that prints two decimals anywhere is known to two decimals
    everywhere, and a table of bare zeros to what the document prints elsewhere in that unit."""
    usual: dict[Unit, Counter[int]] = {}
    for table in tables:
        for witness in table.witnesses:
            if witness.printed.value:
                usual.setdefault(witness.printed.unit, Counter())[witness.printed.decimals] += 1
    for table in tables:
        decimals: dict[Unit, int] = {}
        for witness in table.witnesses:
            printed = witness.printed
            decimals[printed.unit] = max(decimals.get(printed.unit, 0), printed.decimals)
        for unit, most in decimals.items():
            if not any(w.printed.value for w in table.witnesses if w.printed.unit is unit) and unit in usual:
                decimals[unit] = max(most, usual[unit].most_common(1)[0][0])
        longest: dict[Unit, int] = {}
        for witness in table.witnesses:
            unit = witness.printed.unit
            longest[unit] = max(longest.get(unit, 0), _digits(witness.printed))
        for witness in table.witnesses:
            if _is_cut(witness.printed, longest[witness.printed.unit]):
                continue
            sharper = witness.printed.with_precision(decimals[witness.printed.unit])
            if sharper is not witness.printed:
                object.__setattr__(witness, "printed", sharper)
