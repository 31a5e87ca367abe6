"""Confidence is what the finding itself says."""

from __future__ import annotations

import pytest

from gouji.checking import Severity
from gouji.facts import Outcome
from gouji.reports.confidence import Confidence, confidence

DECIDED, LIKELY, UNDECIDED = Confidence.DECIDED, Confidence.LIKELY, Confidence.UNDECIDED


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((Severity.ERROR, "", True), DECIDED),
        ((Severity.ERROR, "两处之一", True), LIKELY),
        ((Severity.ERROR, "两处之一", False), UNDECIDED),
        ((Severity.WARNING, "", True), LIKELY),
        ((Severity.WARNING, "两处之一", False), UNDECIDED),
        ((Severity.INFO, "", False), LIKELY),
    ],
)
def test_confidence(make_finding, make_evidence, said, expected) -> None:
    severity, undecided, suspect = said
    one = make_finding(severity=severity, undecided=undecided, evidence=(make_evidence(suspect=suspect),))
    assert confidence(one) is expected


def test_a_difference_of_rounding_is_certain(make_finding) -> None:
    assert confidence(make_finding(severity=Severity.INFO, outcome=Outcome.ROUNDING)) is DECIDED
