"""The catalogue: what regulations fix, as data files versioned by year, each entry with its source.

``load_catalog()`` returns a :class:`Catalog` of dimension trees, the lexicon, classification codes, forms and rules.
Adding a year, a wording or a rule is adding data under ``catalog/data``, with no Python.
"""

from gouji.catalog.binding import Binder, Bound, RowSense
from gouji.catalog.checklists import Area, Checklist, ChecklistRow
from gouji.catalog.clause_wording import ClauseWording, Term
from gouji.catalog.codes import CodeList, same_name
from gouji.catalog.count_wording import Counted
from gouji.catalog.dimensions import ALL, Dimension
from gouji.catalog.economic_mapping import BODY_TYPES, EconomicMapping
from gouji.catalog.form_faults import faults
from gouji.catalog.layout import CodeRow, Grid, Part, Spot, lay_out, ordinal
from gouji.catalog.lexicon import Lexicon, bare, fold, is_included
from gouji.catalog.load import Catalog, load_catalog
from gouji.catalog.model import (
    OPTIONAL,
    CatalogError,
    CodeName,
    Column,
    Form,
    FormSet,
    Lane,
    Meaning,
    Rule,
    TableKind,
)
from gouji.catalog.monitoring import LightRule, MonitoringMethod
from gouji.catalog.optional_rows import has_optional_columns, has_optional_rows, pruned, used_columns
from gouji.catalog.performance_faults import performance_faults
from gouji.catalog.performance_layouts import (
    LayoutColumn,
    LayoutRow,
    LayoutSection,
    PerformanceLayout,
    PerformanceLayouts,
    Slot,
)
from gouji.catalog.performance_wording import PerformanceWording, ValueWording, label_of
from gouji.catalog.row_labels import RowLabels, row_dimension
from gouji.catalog.scope_wording import ScopeWording
from gouji.catalog.scoring import Band, ScoringMethod
from gouji.catalog.settling import Stated, settle
from gouji.catalog.wording import AccountWording, OfficeWording, Slip, Topic, Wording

__all__ = [
    "ALL",
    "BODY_TYPES",
    "OPTIONAL",
    "AccountWording",
    "Area",
    "Band",
    "Binder",
    "Bound",
    "Catalog",
    "CatalogError",
    "Checklist",
    "ChecklistRow",
    "ClauseWording",
    "CodeList",
    "CodeName",
    "CodeRow",
    "Column",
    "Counted",
    "Dimension",
    "EconomicMapping",
    "Form",
    "FormSet",
    "Grid",
    "Lane",
    "LayoutColumn",
    "LayoutRow",
    "LayoutSection",
    "Lexicon",
    "LightRule",
    "Meaning",
    "MonitoringMethod",
    "OfficeWording",
    "Part",
    "PerformanceLayout",
    "PerformanceLayouts",
    "PerformanceWording",
    "RowLabels",
    "RowSense",
    "Rule",
    "ScopeWording",
    "ScoringMethod",
    "Slip",
    "Slot",
    "Spot",
    "Stated",
    "TableKind",
    "Term",
    "Topic",
    "ValueWording",
    "Wording",
    "bare",
    "faults",
    "fold",
    "has_optional_columns",
    "has_optional_rows",
    "is_included",
    "label_of",
    "lay_out",
    "load_catalog",
    "ordinal",
    "performance_faults",
    "pruned",
    "row_dimension",
    "same_name",
    "settle",
    "used_columns",
]
