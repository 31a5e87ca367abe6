"""What is wrong with documents that were just built, as they read back."""

from __future__ import annotations

from gouji.checking import CheckResult, Finding, Severity
from gouji.writing import GAP_MARK


def defects(result: CheckResult) -> list[Finding]:
    """Errors and warnings, but for the marks of gaps: those have been listed as gaps already."""
    return [
        finding
        for finding in result.findings
        if finding.severity is not Severity.INFO and not _of_gaps(finding)
    ]


def _of_gaps(finding: Finding) -> bool:
    """Whether all that is found is marks of gaps; several of them are one finding, that names them in its message."""
    together = GAP_MARK in (finding.stated or "") and all(
        GAP_MARK in place.quote for place in finding.evidence
    )
    return GAP_MARK in finding.title or together
