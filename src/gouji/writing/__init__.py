"""Writing: facts and the catalogue become the document that a body publishes, in five formats.

:func:`compose` fills every place of every form once (:class:`Disclosure`), :func:`tell` the phrases
(:class:`Narrative`, whose ``statements`` are its figures as data), :func:`disclose` the forms of a whole workspace; each
format then only lays out what is there, so that no two of them can disagree: :func:`spreadsheet` (XLSX), :func:`word` (DOCX),
:func:`typeset` (PDF), :func:`webpage` (HTML), :func:`facts_csv` and :func:`facts_json` (open data).
:func:`build` writes them all into one folder, whole or not at all; :func:`build_department` those of several bodies and of
all of them as one. The same input gives the same bytes."""

from gouji.writing.department import Built, Consolidated, build_department, disclose_department
from gouji.writing.disclosure import Cell, Disclosure, Table, compose, disclose
from gouji.writing.file_format import ALL_FORMATS, FileFormat
from gouji.writing.fonts import FontsMissing
from gouji.writing.narrative import GAP_MARK, Gap, Narrative, Statement
from gouji.writing.opendata import facts_csv, facts_json, statements_csv
from gouji.writing.publication import build, files
from gouji.writing.publishing import OutputRefused, publish
from gouji.writing.side_by_side import ProcessLost, useful_processes
from gouji.writing.spreadsheet import spreadsheet
from gouji.writing.standpoint import Whose
from gouji.writing.telling import tell
from gouji.writing.typeset import TypesetError, typeset
from gouji.writing.webpage import webpage
from gouji.writing.word import word

__all__ = [
    "ALL_FORMATS",
    "GAP_MARK",
    "Built",
    "Cell",
    "Consolidated",
    "Disclosure",
    "FileFormat",
    "FontsMissing",
    "Gap",
    "Narrative",
    "OutputRefused",
    "ProcessLost",
    "Statement",
    "Table",
    "TypesetError",
    "Whose",
    "build",
    "build_department",
    "compose",
    "disclose",
    "disclose_department",
    "facts_csv",
    "facts_json",
    "files",
    "publish",
    "spreadsheet",
    "statements_csv",
    "tell",
    "typeset",
    "useful_processes",
    "webpage",
    "word",
]
