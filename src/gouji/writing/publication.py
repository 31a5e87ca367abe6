"""The published folder: all formats of one disclosure, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gouji import __version__
from gouji.catalog import Catalog, Dimension, load_catalog
from gouji.registers import Workspace
from gouji.writing.disclosure import Disclosure, disclose
from gouji.writing.evaluation_document import EvaluationDocument, evaluation_document
from gouji.writing.opendata import facts_csv, facts_json, statements_csv
from gouji.writing.performance_data import evaluation_json, indicators_csv
from gouji.writing.performance_page import performance_page
from gouji.writing.performance_sheet import performance_sheet
from gouji.writing.performance_typeset import performance_typeset
from gouji.writing.performance_word import performance_word
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
MANIFEST = "gouji-manifest.json"
"""Lists what was written, with checksums; says that a folder may be rebuilt."""


class OutputRefused(Exception):
    """The folder cannot be written. The message says why, in one sentence."""


def build(
    workspace: Workspace, out: Path, catalog: Catalog | None = None, *, balance_shares: bool = False
) -> Disclosure:
    """Write all formats into the folder ``out`` and return what they say. ``balance_shares`` makes the shares of one
    whole add up to 100.00.

    A folder that an earlier build wrote is replaced in one step; files of others in it are kept. Raises
    OutputRefused for a folder that is not ours, FontsMissing without typefaces, TypesetError if the
    typesetter complains."""
    catalog = catalog or load_catalog()
    disclosure, contents = contents_of(
        workspace, disclose(workspace, catalog), catalog, balance_shares=balance_shares
    )
    publish(contents, out)
    return disclosure


def contents_of(
    workspace: Workspace, disclosure: Disclosure, catalog: Catalog, *, balance_shares: bool = False
) -> tuple[Disclosure, dict[str, bytes]]:
    """A disclosure with its narrative and all of its files by name."""
    settings = workspace.settings
    narrative = tell(
        workspace.book,
        workspace.material,
        catalog.phrase_set(settings.fiscal_year, settings.phrases, settings.report),
        Whose(disclosure.body, disclosure.year, disclosure.level),
        codes=workspace.codes,
        balance_shares=balance_shares,
    )
    disclosure = replace(disclosure, narrative=narrative)
    contents = files(disclosure, catalog.dimensions)
    evaluation = evaluation_document(workspace, catalog)
    if evaluation is not None:
        contents |= evaluation_files(evaluation)
    return disclosure, contents


def build_evaluation(workspace: Workspace, out: Path, catalog: Catalog | None = None) -> EvaluationDocument:
    """The same for a workspace that holds a self-evaluation and no accounts."""
    document = evaluation_document(workspace, catalog or load_catalog())
    if document is None:
        raise ValueError("the workspace holds no self-evaluation")
    publish(evaluation_files(document), out)
    return document


def evaluation_files(document: EvaluationDocument) -> dict[str, bytes]:
    """Every file of a self-evaluation by name. The same document gives the same bytes."""
    contents = {name: write(document) for name, write in EVALUATION.items()}
    if document.narrative is not None:
        contents[EVALUATION_STATEMENTS] = statements_csv(document.narrative, EVALUATION_PORTABLE)
    return contents


def files(disclosure: Disclosure, dimensions: Mapping[str, Dimension]) -> dict[str, bytes]:
    """Every file of the publication by name. The same disclosure gives the same bytes."""
    names = NAMES[disclosure.forms.report]
    contents = {
        names.workbook: spreadsheet(disclosure, dimensions),
        names.document: word(disclosure),
        names.portable: typeset(disclosure),
        names.page: webpage(disclosure),
        FACTS_CSV: facts_csv(disclosure, names.workbook),
        FACTS_JSON: facts_json(disclosure, names.workbook),
    }
    if disclosure.narrative is not None:
        contents[STATEMENTS_CSV] = statements_csv(disclosure.narrative, names.document)
    return contents


def portable(disclosure: Disclosure) -> str:
    """The name of the PDF."""
    return NAMES[disclosure.forms.report].portable


def publish(contents: Mapping[str, bytes], out: Path) -> None:
    """Put files (by path within ``out``) into ``out``, all or none. Raises OutputRefused."""
    out = out.resolve()
    if not out.name:
        raise OutputRefused(f"“{out}”不能作为输出文件夹，请另选一个文件夹。")
    beside = out.with_name(f".{out.name}.{os.getpid()}.partial")
    before = out.with_name(f".{out.name}.{os.getpid()}.before")
    try:
        foreign = _foreign(out, contents)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        for name, content in contents.items():
            (beside / name).parent.mkdir(exist_ok=True)
            (beside / name).write_bytes(content)
        (beside / MANIFEST).write_bytes(_manifest(contents))
        for entry in foreign:
            _copy(entry, beside / entry.relative_to(out))
        if out.exists():
            out.rename(before)
        try:
            beside.rename(out)
        except OSError:
            if before.exists():
                before.rename(out)
            raise
    except OSError as error:
        raise OutputRefused(f"无法写入输出文件夹“{out}”：{error.strerror or error}。") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(before, ignore_errors=True)


def _foreign(out: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """The entries of an existing folder that no build wrote. Raises OutputRefused if the folder is not
    ours."""
    if not out.exists():
        return []
    if not out.is_dir():
        raise OutputRefused(f"输出位置“{out}”是一个文件，请另选一个文件夹。")
    entries = sorted(out.iterdir())
    if not entries:
        return []
    if not (out / MANIFEST).is_file():
        raise OutputRefused(
            f"输出文件夹“{out}”里已有其他文件（如“{entries[0].name}”），为免覆盖，请另选一个空文件夹。"
        )
    ours = _listed(out / MANIFEST) | set(contents) | {MANIFEST}
    folders = {name.partition("/")[0] for name in ours if "/" in name}
    within = [entry for entry in entries if entry.name in folders and entry.is_dir()]
    return [
        *(entry for entry in entries if entry.name not in ours and entry not in within),
        *(
            entry
            for folder in within
            for entry in sorted(folder.iterdir())
            if f"{folder.name}/{entry.name}" not in ours
        ),
    ]


def _listed(manifest: Path) -> set[str]:
    try:
        return set(json.loads(manifest.read_bytes())["files"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise OutputRefused(f"输出文件夹里的“{manifest}”已损坏，请另选一个空文件夹。") from error


def _manifest(contents: Mapping[str, bytes]) -> bytes:
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    document = {"schema": "gouji/manifest/1", "gouji": __version__, "files": sums}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _copy(entry: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, target, symlinks=True)
    else:
        shutil.copy2(entry, target, follow_symlinks=False)
