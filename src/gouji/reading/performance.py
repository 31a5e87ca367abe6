"""The performance forms of a document (绩效目标表、绩效自评表), with a grid or without."""

from __future__ import annotations

from collections.abc import Set

from gouji.catalog import Catalog
from gouji.documents import Document
from gouji.performance import PerformanceForm
from gouji.reading.performance_flat import FlatForms
from gouji.reading.performance_grids import GridForms
from gouji.reading.sections import described


def read_performance(
    document: Document, catalog: Catalog, file: str, left_out: Set[int] = frozenset()
) -> tuple[list[PerformanceForm], frozenset[tuple[str, str]]]:
    """All forms with indicators, in order, and the grids they are made of (where, first words) as the list of
    unrecognised grids would name them. What is not understood in a form is said in its ``why``."""
    if document.layout == "flat":
        return FlatForms(catalog, file).read(document), frozenset()
    reader = GridForms(catalog, file)
    return reader.read(document, left_out), frozenset(map(described, reader.pieces))
