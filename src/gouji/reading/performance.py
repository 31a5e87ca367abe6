"""The performance forms of a document (绩效目标表、绩效自评表), with a grid or without."""

from __future__ import annotations

from gouji.catalog import Catalog
from gouji.documents import Document
from gouji.performance import PerformanceForm
from gouji.reading.performance_flat import FlatForms
from gouji.reading.performance_grids import GridForms


def read_performance(document: Document, catalog: Catalog, file: str) -> list[PerformanceForm]:
    """All forms with indicators, in order. What is not understood in one of them is said in its ``why``."""
    reader = FlatForms(catalog, file) if document.layout == "flat" else GridForms(catalog, file)
    return reader.read(document)
