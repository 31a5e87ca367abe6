"""The report for code scanners and continuous integration: SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath, PurePosixPath
from typing import Any

from gouji import __version__
from gouji.catalog.model import Rule
from gouji.checking.result import CheckResult, Evidence, Finding, IdleWaiver, Severity
from gouji.checking.waiver import Waiver
from gouji.reports.confidence import confidence
from gouji.reports.place_line import main_and_others, quoted
from gouji.reports.rulebook import explanation
from gouji.reports.verdict import is_rounding
from gouji.reports.wording import comparison, mark, one_line, recognition

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note",
}  # fmt: skip
_LINE = re.compile(r"第(\d+)行")


def sarif_text(result: CheckResult, rules: Mapping[str, Rule]) -> str:
    """One run: the whole rule catalogue with its help, every finding with its places, waived ones as suppressed."""
    text = json.dumps(to_sarif(result, rules), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")


def to_sarif(result: CheckResult, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The log as plain JSON values. A page and a box have no place in a SARIF region, which counts lines: they are
    properties of the location (``page`` from 1, ``bbox`` in points from the top left)."""
    findings = [*result.findings, *(waived.finding for waived in result.waived)]
    # A finding whose rule is not in the catalogue (the checker failed, say) still needs a descriptor.
    missing = dict.fromkeys(finding.rule for finding in findings if finding.rule not in rules)
    ids = [*rules, *missing]
    files = dict.fromkeys(document.file for document in result.documents)
    files.update(dict.fromkeys(place.file for finding in findings for place in finding.evidence))
    index = {file: position for position, file in enumerate(files)}
    results = [_result(finding, ids, index) for finding in result.findings]
    for waived in result.waived:
        results.append(_result(waived.finding, ids, index) | {"suppressions": [_suppression(waived.waiver)]})
    driver = {
        "name": "Gouji",
        "fullName": f"勾稽 {__version__}",
        "version": __version__,
        "language": "zh-CN",
        "rules": [*map(_descriptor, rules.values()), *({"id": rule} for rule in missing)],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(file)}} for file in files],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(result)}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    entries = explanation(rule)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.basis},
        "help": {
            "text": "\n".join(f"{label}：{text}" for label, text in entries),
            "markdown": "\n".join(f"- **{label}** {text}" for label, text in entries),
        },
        "defaultConfiguration": {"level": LEVELS[Severity(rule.severity)]},
        "properties": {"validFrom": rule.valid_from, "source": rule.source},
    }


def _result(finding: Finding, ids: Sequence[str], files: Mapping[str, int]) -> dict[str, Any]:
    main, others = main_and_others(finding.evidence)
    values = "，".join(f"{label} {value}" for label, value in comparison(finding))
    lines = [finding.title, finding.message if finding.message != finding.title else "", values]
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        # A difference of rounding is no failure, and what is none has no level.
        "level": "none" if is_rounding(finding) else LEVELS[finding.severity],
        "kind": "informational" if is_rounding(finding) else "fail",
        "message": {
            "text": "\n".join(line for line in (*lines, *finding.arithmetic, finding.undecided) if line)
        },
        "locations": [_location(main, files)] if main else [],
        "properties": {
            "confidence": confidence(finding).value,
            "outcome": finding.outcome.value,
            "stated": finding.stated,
            "expected": finding.expected,
            "difference": None if finding.difference is None else f"{finding.difference:f}",
            "unit": None if finding.unit is None else finding.unit.value,
            "arithmetic": list(finding.arithmetic),
            "votes": finding.votes,
        },
    }
    if others:
        found["relatedLocations"] = [
            {"id": number} | _location(place, files) for number, place in enumerate(others, start=1)
        ]
    return found


def _location(evidence: Evidence, files: Mapping[str, int]) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": _uri(evidence.file), "index": files[evidence.file]}
    }
    line = _LINE.fullmatch(evidence.ref)
    if line:
        physical["region"] = {"startLine": int(line[1]), "snippet": {"text": evidence.quote}}
    location: dict[str, Any] = {
        "physicalLocation": physical,
        "message": {"text": f"{one_line(evidence.where)}：{quoted(evidence)}"},
        "properties": {
            "page": evidence.page,
            "bbox": None if evidence.box is None else [round(edge, 2) for edge in evidence.box],
            "ref": evidence.ref,
            "quote": evidence.quote,
            "role": mark(evidence),
            "recognition": recognition(evidence),
        },
    }
    if evidence.where:
        location["logicalLocations"] = [{"fullyQualifiedName": evidence.where}]
    return location


def _suppression(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": waiver.reason,
        "properties": {"by": waiver.by, "until": str(waiver.until), "source": str(waiver)},
    }


def _notifications(result: CheckResult) -> list[dict[str, Any]]:
    """What was not checked, and waivers without effect: they must not get lost between the results."""
    notes = [
        _note(f"{document.file}：未核对 {what}：{why}")
        for document in result.documents
        for what, why in document.coverage.not_checked
    ]
    return notes + [_note(_idle(idle), "warning") for idle in result.idle]


def _idle(idle: IdleWaiver) -> str:
    return f"豁免无效 {idle.waiver}：{idle.why}"


def _note(text: str, level: str = "note") -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


def _uri(file: str) -> str:
    """A file name as a URI: relative as it was given, ``file:`` where it is absolute."""
    name = PurePath(file.encode("utf-8", "replace").decode("utf-8"))
    if name.is_absolute():
        return name.as_uri()
    return PurePosixPath("/", name.as_posix()).as_uri().removeprefix("file:///")
