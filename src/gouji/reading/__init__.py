"""A document and the catalogue become witnesses: every figure of every recognised table, with what it states.

``read_document(document, catalog)`` returns a :class:`Reading`. Understanding goes through the lexicon (titles,
header trees, code columns, row labels); forms are only consulted for flattened text, which has lost its columns.
Running text becomes passages (``prose.py``), their clauses statements (``clauses.py``), and those whose words are all
understood become witnesses as well (``narrative.py``).
"""

from gouji.reading.announced import Announced, Source, announced_tables
from gouji.reading.captions import title_kind
from gouji.reading.code_paths import CodePaths
from gouji.reading.composition import Composition, composition
from gouji.reading.disclosure_title import is_name, parse_title
from gouji.reading.narrative import read_narrative, reasons_not_understood, understood
from gouji.reading.opendata import is_open_data
from gouji.reading.printed_rates import PrintedRate
from gouji.reading.prose import Passage, Sort, fold_characters
from gouji.reading.read import read_document
from gouji.reading.result import Listed, ReadCode, Reading, ReadTable, Scope
from gouji.reading.scope import belongs_together, is_own_office, of_one_body, same_body
from gouji.reading.stated import Quantity, StatedFacts, quantity
from gouji.reading.statement import Comparison, Measure, Statement, Told, clause_around, without_brackets

__all__ = [
    "Announced",
    "CodePaths",
    "Comparison",
    "Composition",
    "Listed",
    "Measure",
    "Passage",
    "PrintedRate",
    "Quantity",
    "ReadCode",
    "ReadTable",
    "Reading",
    "Scope",
    "Sort",
    "Source",
    "StatedFacts",
    "Statement",
    "Told",
    "announced_tables",
    "belongs_together",
    "clause_around",
    "composition",
    "fold_characters",
    "is_name",
    "is_open_data",
    "is_own_office",
    "of_one_body",
    "parse_title",
    "quantity",
    "read_document",
    "read_narrative",
    "reasons_not_understood",
    "same_body",
    "title_kind",
    "understood",
    "without_brackets",
]
