"""What one file came to, in one row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileStatus(StrEnum):
    """How the work on one file ended."""

    OK = "ok"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    SKIPPED = "skipped"
    """A plain list of data (a manifest, say), no document. It is counted, and gets no row."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One file. ``reason`` says in Chinese why it is not ``ok``.

    ``pages_unread`` counts the pages that show images and no text (scans, pictures) and were not read.
    ``announced`` counts the statutory tables that it lists in its own contents page or carries a title for,
    ``announced_found`` those of them that were recognised; ``listed`` and ``listed_found`` are those of the contents
    page alone, ``elsewhere`` what a text without any table lists (the tables are another file), counted apart.
    ``unrecognised`` the grids with figures that the lexicon does not know. ``numeric`` to ``nil`` count the cells of
    recognised tables (``repaired`` and
    ``doubtful`` are figures of scans among the bound), ``checked`` to ``not_checked`` identities (checked = exact + rounding + violated).
    ``performance_forms`` to ``performance_agreed`` count targets and self-evaluations: forms, indicators, those whose target
    was understood (typed), those that state a score, and of these the scores that agree with the scoring method.
    ``digest`` is over all rows of its witnesses, findings and tables: equal digests, equal rows. ``seconds`` and
    ``peak_mb`` were measured, and are all that differs between two runs over the same files.
    """

    sha256: str
    status: FileStatus
    reason: str = ""
    format: str = ""
    kind: str = ""
    year: int | None = None
    level: str = ""
    body: str = ""
    pages: int = 0
    pages_unread: int = 0
    announced: int = 0
    announced_found: int = 0
    listed: int = 0
    listed_found: int = 0
    elsewhere: int = 0
    recognised: int = 0
    unrecognised: int = 0
    numeric: int = 0
    bound: int = 0
    ambiguous: int = 0
    unbound: int = 0
    nil: int = 0
    repaired: int = 0
    doubtful: int = 0
    checked: int = 0
    exact: int = 0
    rounding: int = 0
    violated: int = 0
    not_checked: int = 0
    rules_crashed: int = 0
    performance_forms: int = 0
    performance_indicators: int = 0
    performance_typed: int = 0
    performance_scored: int = 0
    performance_agreed: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    digest: str = ""
    seconds: float = 0.0
    peak_mb: float | None = None
