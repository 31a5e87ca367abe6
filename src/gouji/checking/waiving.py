"""Waivers applied: which findings they cover, and which of them have no effect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from gouji.catalog import fold
from gouji.checking.result import CheckResult, Evidence, Finding, IdleWaiver, Waived
from gouji.checking.waiver import Waiver
from gouji.facts import Outcome

_FIGURE = re.compile(r"-?[\d,.]+%?")


def waive(result: CheckResult, waivers: Sequence[Waiver], today: date) -> CheckResult:
    """The result with the waived findings set apart. A waiver past its day covers nothing and says so."""
    valid = [waiver for waiver in waivers if waiver.until >= today]
    kept: list[Finding] = []
    waived = list(result.waived)
    used: set[Waiver] = set()
    for finding in result.findings:
        covering = [waiver for waiver in valid if covers(waiver, finding)]
        used.update(covering)
        if covering:
            waived.append(Waived(finding, covering[0]))
        else:
            kept.append(finding)
    idle = list(result.idle)
    for waiver in waivers:
        if waiver in used:
            continue
        if waiver.until >= today:
            idle.append(IdleWaiver(waiver, "没有发现它所指的问题，可能已经改正，或位置写得不对"))
        elif any(covers(waiver, finding) for finding in result.findings):
            idle.append(IdleWaiver(waiver, f"已于{waiver.until}到期，不再有效，所指的问题照常列出"))
        else:
            idle.append(IdleWaiver(waiver, f"已于{waiver.until}到期，所指的问题也没有再发现，可以删去"))
    return CheckResult(result.documents, kept, waived, idle)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a finding is what the waiver is about: the rule, and a place that is in doubt. Places that a finding
    only compares with do not count: a waiver of one cell must not hide what is wrong with another."""
    if waiver.rule != finding.rule or finding.outcome is Outcome.CRASHED:
        return False
    doubted = [place for place in finding.evidence if place.suspect or place.candidate]
    return any(_points_at(waiver, place) for place in doubted or finding.evidence)


def _points_at(waiver: Waiver, evidence: Evidence) -> bool:
    table, row, column = _cell(evidence.where)
    return (
        (not waiver.file or waiver.file in (evidence.file, PurePath(evidence.file).name))
        and (not waiver.table or fold(waiver.table) == fold(table))
        and (not waiver.row or _names_row(waiver.row, row))
        and (not waiver.column or fold(f"·{row}·{column}".rstrip("·")).endswith(f"·{fold(waiver.column)}"))
        and (not waiver.section or (not table and fold(waiver.section) in fold(evidence.where)))
        and (not waiver.snippet or _quotes(waiver.snippet, evidence.quote))
    )


def _cell(where: str) -> tuple[str, str, str]:
    """Table, row and column of ``《支出决算表》206 科学技术支出·项目支出``; no table for a place in text."""
    if not where.startswith("《"):
        return "", "", ""
    table, _, cell = where[1:].partition("》")
    row, _, column = cell.partition("·")
    return table, row, column


def _names_row(wanted: str, row: str) -> bool:
    """A row by its code, by its label, or by both."""
    code, _, label = row.partition(" ")
    return fold(wanted) in {fold(row), fold(code), fold(label)} - {""}


def _quotes(wanted: str, quote: str) -> bool:
    """A snippet stands somewhere in the text; a figure has to be the whole figure (7.84 is not 17.84)."""
    if _FIGURE.fullmatch(wanted):
        return wanted in _FIGURE.findall(quote)
    return fold(wanted) in fold(quote)
