"""What is wrong with documents that were just built, as they read back."""

from __future__ import annotations

from gouji.checking import CheckResult, Finding, Severity
from gouji.writing import GAP_MARK


def defects(result: CheckResult) -> list[Finding]:
    """Errors and warnings, but for the marks of gaps: those have been listed as gaps already."""
    return [
        finding
        for finding in result.findings
        if finding.severity is not Severity.INFO and GAP_MARK not in finding.title
    ]
