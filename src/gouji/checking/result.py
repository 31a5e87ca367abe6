"""What checking comes to: findings worth a person's time, and an account of everything that was looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gouji.checking.waiver import Waiver
from gouji.facts import Outcome, Place, Unit, Witness


class Severity(StrEnum):
    """``error`` is proved, ``warning`` is likely, ``info`` is rounding or style."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that a finding rests on, quoted as printed. ``suspect`` marks what is most likely wrong;
    ``candidate`` marks places of which one is wrong when it cannot be decided which."""

    file: str
    page: int | None
    box: tuple[float, float, float, float] | None
    ref: str
    where: str
    """How a reader finds it: 《支出决算表》206 科学技术支出·项目支出."""
    quote: str
    suspect: bool = False
    candidate: bool = False
    status: str = ""
    """``repaired`` or ``doubtful`` where character recognition was not sure of the quote."""
    note: str = ""
    """Why it was not, in Chinese, and what was recognised."""

    @classmethod
    def of(cls, witness: Witness, *, suspect: bool = False, candidate: bool = False) -> Evidence:
        place: Place = witness.place
        quote = witness.printed.text.strip() or "（空白）"
        status, note = (witness.status.value, witness.why) if witness.recognised_unsurely else ("", "")
        return cls(
            place.file,
            place.page,
            place.box,
            place.ref,
            witness.where,
            quote,
            suspect,
            candidate,
            status,
            note,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. ``stated``, ``expected`` and ``difference`` (stated minus expected, or how far a relation is off)
    are in ``unit``; ``None`` where there is no figure.

    ``arithmetic`` are the violated relations with their numbers in them; ``votes`` counts the independent relations
    that call for ``expected``; ``undecided`` says in Chinese what cannot be decided, empty when all can.
    """

    rule: str
    severity: Severity
    outcome: Outcome
    title: str
    message: str
    evidence: tuple[Evidence, ...]
    stated: str | None = None
    expected: str | None = None
    difference: Decimal | None = None
    unit: Unit | None = None
    arithmetic: tuple[str, ...] = ()
    votes: int = 0
    undecided: str = ""

    def as_data(self) -> dict[str, str | None]:
        """What it says, as plain values under the names of its fields: all but arithmetic, votes and evidence."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "outcome": self.outcome.value,
            "title": self.title,
            "message": self.message,
            "stated": self.stated,
            "expected": self.expected,
            "difference": None if self.difference is None else f"{self.difference:f}",
            "unit": None if self.unit is None else self.unit.value,
        }


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody has decided to let stand, and the waiver that says so."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class IdleWaiver:
    """A waiver without effect, and why, in Chinese: it has expired, or nothing was found where it points."""

    waiver: Waiver
    why: str


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A recognised table: how much of it was understood. ``numeric`` counts figures, ``nil`` blanks and dashes."""

    title: str
    kind: str
    number: str
    pages: tuple[int, ...]
    unit: str
    numeric: int
    bound: int
    ambiguous: int
    unbound: int
    nil: int
    repaired: int = 0
    """How many of the bound ones, recognised in a scan, were put right by the relations around them."""
    doubtful: int = 0
    """Of how many of the bound ones the recognition was not sure."""
    compared: int = 0
    """How many of the figures took part in a relation that was compared."""


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The figures in the sentences of a file: ``passages`` with any, ``figures`` in all, ``bound`` that state a known
    fact, ``derived`` shares, growths and differences that are checked by their own arithmetic only. ``reasons``: why
    amounts were not understood (in Chinese) and how many."""

    passages: int = 0
    figures: int = 0
    bound: int = 0
    derived: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def unbound(self) -> int:
        return self.figures - self.bound - self.derived


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form of performance targets or self-evaluation: how its indicators were understood. ``kind`` is targets or
    self_evaluation; ``quantities`` have targets that are one quantity, ``worded`` words or dates, ``unclear`` several
    figures in one value, or none; ``scored`` have a score."""

    title: str
    project: str
    kind: str
    pages: tuple[int, ...]
    indicators: int
    quantities: int
    worded: int
    unclear: int
    scored: int


@dataclass(slots=True)
class Coverage:
    """What was looked at, by outcome and by rule; what was not, and why."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    by_rule: dict[str, Counter[Outcome]] = field(default_factory=dict)
    not_checked: list[tuple[str, str]] = field(default_factory=list)
    """(what, why) in Chinese: a table in the contents page that was not found, a rule whose input is missing …"""
    unrecognised: list[tuple[str, str]] = field(default_factory=list)
    """(where, first words) of tables that the lexicon does not know."""
    compared: Counter[Place] = field(default_factory=Counter)
    """The places that took part in a relation that was compared, in tables and in text: how often."""

    def count(self, rule: str, outcome: Outcome) -> None:
        self.outcomes[outcome] += 1
        counted = self.by_rule.get(rule)
        if counted is None:
            counted = self.by_rule[rule] = Counter()
        counted[outcome] += 1


@dataclass(slots=True)
class CheckedDocument:
    """One checked file."""

    file: str
    format: str
    kind: str
    """final_accounts, budget, performance, other."""
    year: int | None
    level: str
    """部门, 单位, or empty when it does not say."""
    body: str
    pages: int
    tables: list[CheckedTable]
    coverage: Coverage
    recognised: list[Evidence] = field(default_factory=list)
    """The figures of scanned pages that were repaired, then those that are doubtful."""
    notices: list[str] = field(default_factory=list)
    text: CheckedText = field(default_factory=CheckedText)
    performance: list[CheckedForm] = field(default_factory=list)


@dataclass(slots=True)
class CheckResult:
    """Everything a report shows. Findings are ranked: errors, warnings, info; root causes first.

    A waived finding (豁免) is not among ``findings``. ``idle`` are the waivers that had no effect."""

    documents: list[CheckedDocument]
    findings: list[Finding]
    waived: list[Waived] = field(default_factory=list)
    idle: list[IdleWaiver] = field(default_factory=list)

    def worst(self) -> Severity | None:
        order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
        return next(
            (severity for severity in order if any(f.severity is severity for f in self.findings)), None
        )
