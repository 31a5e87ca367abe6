"""A file becomes pages, paragraphs and tables of cells with their places.

One module per format, one result type (:class:`Document`). Nothing here knows what a table means.
"""

from gouji.documents.model import (
    Box,
    Cell,
    Document,
    Page,
    Paragraph,
    Place,
    Recognition,
    ScannedFile,
    Table,
    UnreadableFile,
)

__all__ = [
    "Box",
    "Cell",
    "Document",
    "Page",
    "Paragraph",
    "Place",
    "Recognition",
    "ScannedFile",
    "Table",
    "UnreadableFile",
]
