"""The report for programs: JSON in a versioned schema (``check-schema.json``, ``docs/check-schema.md``)."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from gouji.checking.result import (
    CheckedDocument,
    CheckedForm,
    CheckedTable,
    CheckedText,
    CheckResult,
    Coverage,
    Evidence,
    Finding,
)
from gouji.checking.waiver import Waiver
from gouji.facts import Outcome
from gouji.reports.confidence import confidence
from gouji.reports.groups import groups

SCHEMA = "gouji-check/1"
"""Its number changes when a key is renamed, removed or changes its meaning; a new key does not change it."""


def to_json(result: CheckResult) -> dict[str, Any]:
    """The whole result as plain JSON values, keys in a fixed order. Amounts are strings, never floats."""
    return {
        "schema": SCHEMA,
        "documents": [_document(document) for document in result.documents],
        "findings": [_finding(finding) for finding in result.findings],
        "waived": [
            {"finding": _finding(waived.finding), "waiver": _waiver(waived.waiver)}
            for waived in result.waived
        ],
        "idle_waivers": [{"waiver": _waiver(idle.waiver), "why": idle.why} for idle in result.idle],
        "groups": [
            {"body": group.body, "files": [section.file for section in group.sections]}
            for group in groups(result)
        ],
    }


def json_text(result: CheckResult) -> str:
    """The same as text: UTF-8, indented by two blanks, ending in a line break."""
    text = json.dumps(to_json(result), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    # File names can carry bytes that are no UTF-8; they must not keep the report from being written.
    return text.encode("utf-8", "replace").decode("utf-8")


def _document(document: CheckedDocument) -> dict[str, Any]:
    return {
        "file": document.file,
        "kind": document.kind,
        "year": document.year,
        "level": document.level,
        "body": document.body,
        "format": document.format,
        "pages": document.pages,
        "tables": [_table(table) for table in document.tables],
        "text": _text(document.text),
        "coverage": _coverage(document.coverage),
        "recognised": [_evidence(evidence) for evidence in document.recognised],
        "notices": list(document.notices),
        "performance": [_form(form) for form in document.performance],
    }


def _form(form: CheckedForm) -> dict[str, Any]:
    return {
        "title": form.title,
        "project": form.project,
        "kind": form.kind,
        "pages": list(form.pages),
        "indicators": form.indicators,
        "quantities": form.quantities,
        "worded": form.worded,
        "unclear": form.unclear,
        "scored": form.scored,
    }


def _table(table: CheckedTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "kind": table.kind,
        "number": table.number,
        "pages": list(table.pages),
        "unit": table.unit,
        "numeric": table.numeric,
        "bound": table.bound,
        "ambiguous": table.ambiguous,
        "unbound": table.unbound,
        "nil": table.nil,
        "repaired": table.repaired,
        "doubtful": table.doubtful,
        "compared": table.compared,
    }


def _text(text: CheckedText) -> dict[str, Any]:
    return {
        "passages": text.passages,
        "figures": text.figures,
        "bound": text.bound,
        "derived": text.derived,
        "unbound": text.unbound,
        "reasons": [{"why": why, "count": count} for why, count in text.reasons],
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "outcomes": _counts(coverage.outcomes),
        "by_rule": {rule: _counts(counter) for rule, counter in sorted(coverage.by_rule.items())},
        "not_checked": [{"what": what, "why": why} for what, why in coverage.not_checked],
        "unrecognised": [{"where": where, "words": words} for where, words in coverage.unrecognised],
    }


def _counts(counter: Counter[Outcome]) -> dict[str, int]:
    """Every outcome, also those that did not occur."""
    return {outcome.value: counter[outcome] for outcome in Outcome}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **finding.as_data(),
        "arithmetic": list(finding.arithmetic),
        "votes": finding.votes,
        "undecided": finding.undecided,
        "confidence": confidence(finding).value,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "source": waiver.source,
        "number": waiver.number,
        "rule": waiver.rule,
        "place": waiver.place,
        "reason": waiver.reason,
        "by": waiver.by,
        "until": str(waiver.until),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "file": evidence.file,
        "page": evidence.page,
        "bbox": None if evidence.box is None else [round(edge, 2) for edge in evidence.box],
        "ref": evidence.ref,
        "where": evidence.where,
        "quote": evidence.quote,
        "suspect": evidence.suspect,
        "candidate": evidence.candidate,
        "status": evidence.status,
        "note": evidence.note,
    }
