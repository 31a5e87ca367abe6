"""A document and the catalogue become witnesses: every figure of every recognised table, with what it states.

``read_document(document, catalog)`` returns a :class:`Reading`. Understanding goes through the lexicon (titles,
header trees, code columns, row labels); forms are only consulted for flattened text, which has lost its columns.
"""

from gouji.reading.announced import Announced, Source, announced_tables
from gouji.reading.prose import Passage, Sort
from gouji.reading.read import read_document
from gouji.reading.result import Listed, ReadCode, Reading, ReadTable, Scope
from gouji.reading.scope import belongs_together, same_body

__all__ = [
    "Announced",
    "Listed",
    "Passage",
    "ReadCode",
    "ReadTable",
    "Reading",
    "Scope",
    "Sort",
    "Source",
    "announced_tables",
    "belongs_together",
    "read_document",
    "same_body",
]
