"""Witnesses become identities, violated identities a diagnosis, and the diagnosis a short list of findings.

``check(readings, catalog)`` returns a :class:`CheckResult`. The rules are data (``catalog/data/rules``); each names the
engine here that applies it.
"""

from gouji.checking.check import Examined, check, check_document, check_together, doubted_places, examine
from gouji.checking.repair import repair
from gouji.checking.result import (
    CheckedDocument,
    CheckedTable,
    CheckResult,
    Coverage,
    Evidence,
    Finding,
    IdleWaiver,
    Severity,
    Waived,
)
from gouji.checking.waiver import Waiver, WaiverError, read_waivers
from gouji.checking.waiving import waive

__all__ = [
    "CheckResult",
    "CheckedDocument",
    "CheckedTable",
    "Coverage",
    "Evidence",
    "Examined",
    "Finding",
    "IdleWaiver",
    "Severity",
    "Waived",
    "Waiver",
    "WaiverError",
    "check",
    "check_document",
    "check_together",
    "doubted_places",
    "examine",
    "read_waivers",
    "repair",
    "waive",
]
