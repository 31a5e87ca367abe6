"""One file, opened, read and checked: the rows that it adds to the tables of a run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from gouji.catalog import Catalog, load_catalog
from gouji.checking import CheckedDocument, Evidence, Finding, Severity, check_document, repair
from gouji.corpus.columns import AMOUNT_DECIMALS, AMOUNT_DIGITS
from gouji.corpus.summary import FileStatus, Summary
from gouji.documents import Document, ScannedFile, Table, UnreadableFile
from gouji.documents.opening import open_document
from gouji.facts import Outcome, Presence, Unit, Witness, as_printed, write_dims
from gouji.performance import score_agrees
from gouji.reading import Announced, Reading, Source, announced_tables, read_document
from gouji.reading.rows import row_of

Row = dict[str, Any]
"""One row, by column and with JSON types; without ``file`` and ``sha256``, which shall not be part of its digest."""

_LARGEST_AMOUNT = Decimal(10) ** (AMOUNT_DIGITS - AMOUNT_DECIMALS)
_SEVERITIES = list(Severity)
_FIRST_WORDS = 60
_LONGEST_QUOTE = 1000
_LONGEST_LIST = 1 << 20


@dataclass(slots=True)
class Examined:
    """What came of one file. The rows are made only when they are asked for."""

    summary: Summary
    tables: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    witnesses: Iterator[Row] = field(default_factory=lambda: iter(()))


def examine(path: Path, sha256: str, *, scans: bool = False) -> Examined:
    """Open, read and check one file, its scanned pages only on demand. An unreadable file, and a plain list of data, are
    told in the status; whatever else goes wrong is raised."""
    try:
        document = open_document(path, scans=scans)
    except ScannedFile as error:
        return Examined(
            Summary(sha256, FileStatus.UNREADABLE, error.reason, pages=error.pages, pages_unread=error.pages)
        )
    except UnreadableFile as error:
        return Examined(Summary(sha256, FileStatus.UNREADABLE, error.reason))
    catalog = load_catalog()
    reading = repair(read_document(document, catalog), catalog)
    if not reading.tables and _is_plain_list(document, path):
        return Examined(Summary(sha256, FileStatus.SKIPPED, "数据清单，不是公开文本"))
    checked, findings = check_document(reading, catalog)
    findings.sort(key=lambda finding: _SEVERITIES.index(finding.severity))
    announced = announced_tables(reading, catalog)
    tables = list(_table_rows(reading, checked, announced))
    return Examined(
        _summary(reading, catalog, checked, findings, tables, announced, sha256),
        tables,
        [_finding_row(finding) for finding in findings],
        (_witness_row(witness) for witness in reading.witnesses),
    )


def _is_plain_list(document: Document, path: Path) -> bool:
    """Whether a file is a list of records and nothing else: every line has as many fields as the first."""
    if document.format not in ("csv", "text") or path.stat().st_size > _LONGEST_LIST:
        return False
    try:
        lines = [line for line in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) if line]
    except (UnicodeDecodeError, csv.Error):
        return False
    widths = {len(line) for line in lines}
    return len(lines) >= 2 and len(widths) == 1 and widths.pop() >= 2


def _summary(  # noqa: PLR0917
    reading: Reading,
    catalog: Catalog,
    checked: CheckedDocument,
    findings: list[Finding],
    tables: list[Row],
    announced: list[Announced],
    sha256: str,
) -> Summary:
    outcomes = checked.coverage.outcomes
    held, rounding, violated = (
        outcomes[outcome] for outcome in (Outcome.EXACT, Outcome.ROUNDING, Outcome.VIOLATED)
    )
    severities = [finding.severity for finding in findings]
    own = [table for table in announced if not table.elsewhere]
    listed = [table for table in own if table.source is Source.CONTENTS]
    indicators = [indicator for form in reading.performance for indicator in form.indicators]
    judged = [agrees for one in indicators if (agrees := score_agrees(one, catalog.scoring[0])) is not None]
    return Summary(
        sha256=sha256,
        status=FileStatus.OK,
        format=checked.format,
        kind=checked.kind,
        year=checked.year,
        level=checked.level,
        body=checked.body,
        pages=checked.pages,
        pages_unread=sum(page.unread for page in reading.document.pages),
        announced=len(own),
        announced_found=sum(1 for table in own if not table.why),
        listed=len(listed),
        listed_found=sum(1 for table in listed if not table.why),
        elsewhere=len(announced) - len(own),
        recognised=len(checked.tables),
        unrecognised=sum(1 for row in tables if row["state"] == "unrecognised"),
        numeric=sum(table.numeric for table in checked.tables),
        bound=sum(table.bound for table in checked.tables),
        ambiguous=sum(table.ambiguous for table in checked.tables),
        unbound=sum(table.unbound for table in checked.tables),
        nil=sum(table.nil for table in checked.tables),
        repaired=sum(table.repaired for table in checked.tables),
        doubtful=sum(table.doubtful for table in checked.tables),
        checked=held + rounding + violated,
        exact=held,
        rounding=rounding,
        violated=violated,
        not_checked=max(outcomes[Outcome.NOT_CHECKED], len(checked.coverage.not_checked)),
        rules_crashed=outcomes[Outcome.CRASHED],
        performance_forms=len(reading.performance),
        performance_indicators=len(indicators),
        performance_typed=sum(indicator.is_typed for indicator in indicators),
        performance_scored=len(judged),
        performance_agreed=sum(judged),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
    )


def _table_rows(reading: Reading, checked: CheckedDocument, announced: list[Announced]) -> Iterator[Row]:
    for read, account in zip(reading.tables, checked.tables, strict=True):
        yield {
            "state": "recognised", "table_id": read.id, "kind": account.kind,
            "number": account.number, "title": account.title, "unit": account.unit,
            "unit_stated": read.unit_stated, "pages": list(account.pages), "ref": read.place.ref,
            "numeric": account.numeric, "bound": account.bound, "ambiguous": account.ambiguous,
            "unbound": account.unbound, "nil": account.nil, "repaired": account.repaired,
            "doubtful": account.doubtful, "why": read.why,
        }  # fmt: skip
    for table in announced:
        if table.why:
            page = [] if table.place.page is None else [table.place.page]
            yield {
                "state": "elsewhere" if table.elsewhere else "missing", "title": table.title,
                "pages": page, "ref": table.place.ref, "why": table.why,
            }  # fmt: skip
    grids = {_known_by(grid): grid for grid in reading.document.tables} if reading.unrecognised else {}
    for where, words in reading.unrecognised:
        grid = grids.get((where, words))
        # A grid that cannot be found again is taken to hold figures: rather one too many than one lost.
        figures = grid is None or _has_figures(grid)
        page = [] if grid is None or grid.place.page is None else [grid.place.page]
        yield {
            "state": "unrecognised" if figures else "blank_grid", "title": words,
            "pages": page, "ref": where, "why": "标题不认识" if figures else "",
        }  # fmt: skip


def _known_by(grid: Table) -> tuple[str, str]:
    """What the reading calls a grid that it does not know: its place and its first words."""
    where = grid.place.ref if grid.place.page is None else f"第{grid.place.page}页"
    return where, "、".join(cell.text for cell in grid.cells if cell.row < 3 and cell.text)[:_FIRST_WORDS]


def _has_figures(grid: Table) -> bool:
    for cell in grid.cells:
        printed = as_printed(cell.text, Unit.YUAN) if cell.text else None
        if printed is not None and printed.presence is Presence.NUMBER:
            return True
    return False


def _witness_row(witness: Witness) -> Row:
    row = row_of(witness)
    del row["file"]
    row["dimensions"] = write_dims(row["dimensions"].items())
    row["amount"] = _amount(witness)
    row["ref"] = witness.place.ref
    row["table_id"] = witness.table_id
    row["row"] = witness.row
    row["why"] = witness.why
    return row


def _amount(witness: Witness) -> str | None:
    """The exact amount in base units, where there is one and it fits the column."""
    printed = witness.printed
    if printed.presence is not Presence.NUMBER:
        return None
    text = f"{printed.base:f}"
    if len(text.partition(".")[2]) > AMOUNT_DECIMALS or abs(printed.base) >= _LARGEST_AMOUNT:
        return None
    return text


def _finding_row(finding: Finding) -> Row:
    first = finding.evidence[0] if finding.evidence else None
    return {
        **finding.as_data(),
        "votes": finding.votes,
        "undecided": finding.undecided,
        "page": first.page if first else None,
        "ref": first.ref if first else "",
        "where": first.where if first else "",
        "quote": first.quote if first else "",
        "arithmetic": list(finding.arithmetic),
        "evidence": json.dumps([_evidence(each) for each in finding.evidence], ensure_ascii=False),
    }


def _evidence(evidence: Evidence) -> Row:
    return {
        "page": evidence.page,
        "bbox": None if evidence.box is None else [round(edge, 1) for edge in evidence.box],
        "ref": evidence.ref,
        "where": evidence.where[:_LONGEST_QUOTE],
        "quote": evidence.quote[:_LONGEST_QUOTE],
        "suspect": evidence.suspect,
        "candidate": evidence.candidate,
        "status": evidence.status,
        "note": evidence.note[:_LONGEST_QUOTE],
    }
