"""Witnesses as rows: the contract of ``gouji read``, for other tools."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from gouji.facts import Presence, Status, Witness, write_dims
from gouji.reading.result import Reading

ROW_COLUMNS = (
    "file", "page", "table", "row_code", "row_label", "column", "concept", "dimensions",
    "value", "unit", "decimals", "bbox", "status", "confidence", "recognised",
)  # fmt: skip
"""One row per witness. ``value`` is as printed; ``dimensions`` are ``name=member`` joined by ``;`` in CSV, an object in
JSON; ``bbox`` is x0,y0,x1,y1 in points from the top left; ``status`` is bound, nil, dash, ambiguous, unbound, and of scans
repaired or doubtful; ``confidence`` is that of the character recognition in percent, ``recognised`` what it read; both
are empty where a figure was read from text."""


def row_of(witness: Witness) -> dict[str, Any]:
    """One witness under the keys of ROW_COLUMNS, with JSON types."""
    printed, place, seen = witness.printed, witness.place, witness.recognition
    return {
        "file": place.file,
        "page": place.page,
        "table": witness.table,
        "row_code": witness.row_code,
        "row_label": witness.row_label,
        "column": witness.column,
        "concept": witness.fact.concept if witness.fact else None,
        "dimensions": dict(witness.fact.dims) if witness.fact else {},
        "value": printed.text.strip(),
        "unit": printed.unit.value,
        "decimals": printed.decimals if printed.presence is Presence.NUMBER else None,
        "bbox": [round(number, 1) for number in place.box] if place.box is not None else None,
        "status": _status(witness),
        "confidence": seen.percent if seen is not None else None,
        "recognised": seen.text if seen is not None else None,
    }


def _status(witness: Witness) -> str:
    if witness.status is not Status.BOUND or witness.printed.presence is Presence.NUMBER:
        return witness.status.value
    return witness.printed.presence.value


def rows_of(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """All witnesses of all documents, table by table, row by row."""
    return (row_of(witness) for reading in readings for witness in reading.witnesses)


def as_json(readings: Iterable[Reading]) -> str:
    """A JSON array, one object to a line."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows_of(readings))
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_csv(readings: Iterable[Reading]) -> str:
    """CSV with a head line."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, ROW_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows_of(readings):
        row["dimensions"] = write_dims(row["dimensions"].items())
        row["bbox"] = ",".join(map(str, row["bbox"])) if row["bbox"] else ""
        writer.writerow(row)
    return stream.getvalue()
