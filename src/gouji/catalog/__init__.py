"""The catalogue: what regulations fix, as data files versioned by year, each entry with its source.

``load_catalog()`` returns a :class:`Catalog` of dimension trees, the lexicon, classification codes, forms and rules.
Adding a year, a wording or a rule is adding data under ``catalog/data``, with no Python.
"""

from gouji.catalog.binding import Binder, Bound, RowSense
from gouji.catalog.checklists import Area, Checklist, ChecklistRow
from gouji.catalog.codes import CodeList, same_name
from gouji.catalog.dimensions import ALL, Dimension
from gouji.catalog.layout import CodeRow, Grid, Spot, lay_out, ordinal, row_sense
from gouji.catalog.lexicon import Lexicon, bare, fold, is_included
from gouji.catalog.load import Catalog, load_catalog
from gouji.catalog.model import CatalogError, CodeName, Column, Form, FormSet, Lane, Meaning, Rule, TableKind
from gouji.catalog.performance_wording import PerformanceWording, ValueWording
from gouji.catalog.scope_wording import ScopeWording
from gouji.catalog.scoring import Band, ScoringMethod
from gouji.catalog.wording import Slip, Topic, Wording

__all__ = [
    "ALL",
    "Area",
    "Band",
    "Binder",
    "Bound",
    "Catalog",
    "CatalogError",
    "Checklist",
    "ChecklistRow",
    "CodeList",
    "CodeName",
    "CodeRow",
    "Column",
    "Dimension",
    "Form",
    "FormSet",
    "Grid",
    "Lane",
    "Lexicon",
    "Meaning",
    "PerformanceWording",
    "RowSense",
    "Rule",
    "ScopeWording",
    "ScoringMethod",
    "Slip",
    "Spot",
    "TableKind",
    "Topic",
    "ValueWording",
    "Wording",
    "bare",
    "fold",
    "is_included",
    "lay_out",
    "load_catalog",
    "ordinal",
    "row_sense",
    "same_name",
]
