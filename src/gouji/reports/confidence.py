"""How sure a finding is: decided, likely, or undecided."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from gouji.checking.result import Finding, Severity
from gouji.facts import Outcome


class Confidence(StrEnum):
    """``decided``: proved, and where the defect lies is known. ``likely``: probable, or proved with one place that
    looks most like a slip. ``undecided``: something is wrong or odd, and which place cannot be told."""

    DECIDED = "decided"
    LIKELY = "likely"
    UNDECIDED = "undecided"


CONFIDENCE_NAMES: Mapping[Confidence, str] = {
    Confidence.DECIDED: "确定",
    Confidence.LIKELY: "很可能",
    Confidence.UNDECIDED: "不能断定",
}


def confidence(finding: Finding) -> Confidence:
    """What the finding itself says, in one of three words; nothing is judged anew."""
    if finding.undecided:
        named = any(evidence.suspect for evidence in finding.evidence)
        return Confidence.LIKELY if named else Confidence.UNDECIDED
    proved = finding.severity is Severity.ERROR or finding.outcome is Outcome.ROUNDING
    return Confidence.DECIDED if proved else Confidence.LIKELY


def confidence_name(finding: Finding) -> str:
    """确定, 很可能 or 不能断定."""
    return CONFIDENCE_NAMES[confidence(finding)]
