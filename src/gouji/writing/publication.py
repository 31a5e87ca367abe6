"""The publication: all formats of one disclosure, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gouji.catalog import Catalog, Dimension, load_catalog
from gouji.registers import Workspace
from gouji.writing.disclosure import Disclosure, disclose
from gouji.writing.evaluation_document import EvaluationDocument, evaluation_document
from gouji.writing.file_format import ALL_FORMATS, FileFormat, is_wanted
from gouji.writing.opendata import records_csv, records_json, stated_records, statements_csv
from gouji.writing.performance_data import evaluation_json, indicators_csv
from gouji.writing.performance_page import performance_page
from gouji.writing.performance_sheet import performance_sheet
from gouji.writing.performance_typeset import performance_typeset
from gouji.writing.performance_word import performance_word
from gouji.writing.publishing import Publishing, publish, put
from gouji.writing.spreadsheet import spreadsheet
from gouji.writing.standpoint import Whose
from gouji.writing.telling import tell
from gouji.writing.typeset import typeset
from gouji.writing.webpage import webpage
from gouji.writing.word import word

STEM = "部门决算"
WORKBOOK = f"{STEM}公开表.xlsx"
"""The tables alone; the other three are the whole document."""
DOCUMENT, PORTABLE, PAGE = f"{STEM}.docx", f"{STEM}.pdf", f"{STEM}.html"


class Names(NamedTuple):
    """What the files of a report are called."""

    workbook: str
    document: str
    portable: str
    page: str


_BUDGET = "部门预算"
NAMES: Mapping[str, Names] = {
    "final_accounts": Names(WORKBOOK, DOCUMENT, PORTABLE, PAGE),
    "budget": Names(f"{_BUDGET}公开表.xlsx", f"{_BUDGET}.docx", f"{_BUDGET}.pdf", f"{_BUDGET}.html"),
}
"""Report -> its files."""
EVALUATION_PORTABLE, EVALUATION_WORKBOOK = "绩效自评.pdf", "绩效自评表.xlsx"
EVALUATION: Mapping[str, Callable[[EvaluationDocument], bytes]] = {
    "绩效自评.docx": performance_word,
    EVALUATION_PORTABLE: performance_typeset,
    "绩效自评.html": performance_page,
    EVALUATION_WORKBOOK: performance_sheet,
    "performance.csv": indicators_csv,
    "performance.json": evaluation_json,
}
"""The files of a self-evaluation and who writes them; there are none without the registers for it."""
FACTS_CSV, FACTS_JSON = "facts.csv", "facts.json"
STATEMENTS_CSV, EVALUATION_STATEMENTS = "statements.csv", "performance-statements.csv"


def build(
    workspace: Workspace,
    out: Path,
    catalog: Catalog | None = None,
    *,
    balance_shares: bool = False,
    formats: Collection[FileFormat] = ALL_FORMATS,
) -> Disclosure:
    """Write all ``formats`` into the folder ``out`` and return what they say. ``balance_shares`` makes the shares of one
    whole add up to 100.00.

    A folder that an earlier build wrote is replaced in one step; files of others in it are kept. Raises
    OutputRefused for a folder that is not ours, FontsMissing without typefaces, TypesetError if the
    typesetter complains."""
    catalog = catalog or load_catalog()
    with Publishing(out) as folder:
        disclosure = narrated(workspace, disclose(workspace, catalog), catalog, balance_shares=balance_shares)
        for name, content in contents_of(workspace, disclosure, catalog, formats):
            folder.placed(put(folder.beside, name, content))
    return disclosure


def narrated(
    workspace: Workspace, disclosure: Disclosure, catalog: Catalog, *, balance_shares: bool = False
) -> Disclosure:
    """A disclosure with its narrative."""
    settings = workspace.settings
    narrative = tell(
        workspace.book,
        workspace.material,
        catalog.phrase_set(settings.fiscal_year, settings.phrases, settings.report),
        Whose(disclosure.body, disclosure.year, disclosure.level),
        codes=workspace.codes,
        balance_shares=balance_shares,
    )
    return replace(disclosure, narrative=narrative)


def contents_of(
    workspace: Workspace,
    disclosure: Disclosure,
    catalog: Catalog,
    formats: Collection[FileFormat] = ALL_FORMATS,
) -> Iterator[tuple[str, bytes]]:
    """All files of a workspace by name, each made when it is asked for: those of the disclosure with its narrative, and
    of the self-evaluation that the workspace may hold."""
    yield from made_files(disclosure, catalog.dimensions, formats)
    evaluation = evaluation_document(workspace, catalog)
    if evaluation is not None:
        yield from evaluation_files(evaluation, formats).items()


def build_evaluation(
    workspace: Workspace,
    out: Path,
    catalog: Catalog | None = None,
    *,
    formats: Collection[FileFormat] = ALL_FORMATS,
) -> EvaluationDocument:
    """The same for a workspace that holds a self-evaluation and no accounts."""
    document = evaluation_document(workspace, catalog or load_catalog())
    if document is None:
        raise ValueError("the workspace holds no self-evaluation")
    publish(evaluation_files(document, formats), out)
    return document


def evaluation_files(
    document: EvaluationDocument, formats: Collection[FileFormat] = ALL_FORMATS
) -> dict[str, bytes]:
    """Every file of a self-evaluation by name. The same document gives the same bytes."""
    contents = {name: write(document) for name, write in EVALUATION.items() if is_wanted(name, formats)}
    if document.narrative is not None and "data" in formats:
        contents[EVALUATION_STATEMENTS] = statements_csv(document.narrative, EVALUATION_PORTABLE)
    return contents


def files(disclosure: Disclosure, dimensions: Mapping[str, Dimension]) -> dict[str, bytes]:
    """Every file of the publication by name. The same disclosure gives the same bytes."""
    return dict(made_files(disclosure, dimensions))


def made_files(
    disclosure: Disclosure,
    dimensions: Mapping[str, Dimension],
    formats: Collection[FileFormat] = ALL_FORMATS,
) -> Iterator[tuple[str, bytes]]:
    """The same in some formats, each file made when it is asked for."""
    names = NAMES[disclosure.forms.report]
    if "xlsx" in formats:
        yield names.workbook, spreadsheet(disclosure, dimensions)
    if "docx" in formats:
        yield names.document, word(disclosure)
    if "pdf" in formats:
        yield names.portable, typeset(disclosure)
    if "html" in formats:
        yield names.page, webpage(disclosure)
    if "data" in formats:
        records = stated_records(disclosure, names.workbook)
        yield FACTS_CSV, records_csv(records)
        yield FACTS_JSON, records_json(records, disclosure)
        if disclosure.narrative is not None:
            yield STATEMENTS_CSV, statements_csv(disclosure.narrative, names.document)


def portable(disclosure: Disclosure) -> str:
    """The name of the PDF."""
    return NAMES[disclosure.forms.report].portable
