"""The sentences of a document under a rule: what is asked of them after the relations were explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gouji.catalog import Catalog, Rule
from gouji.checking.result import Coverage, Evidence, Finding, Severity
from gouji.checking.voices import Voices
from gouji.facts import Interval, Outcome, Place, Printed, Unit, Witness
from gouji.reading import Comparison, Reading, Statement, quantity


@dataclass(slots=True, eq=False)
class Text:
    """The sentences of one document, the voices among them, and the witnesses that are already known to be wrong
    (with what they should be, ``None`` where that is not decided)."""

    reading: Reading
    catalog: Catalog
    coverage: Coverage
    voices: Voices
    doubted: Mapping[Witness, Decimal | None]

    def interval(self, statement: Statement) -> Interval | None:
        """What a figure can have been, in base units: what it should be where it is known to be wrong, ``None`` where it
        is doubted and nothing better is known."""
        witness = self.voice(statement)
        if witness is None or witness not in self.doubted:
            return statement.printed.interval
        expected = self.doubted[witness]
        return None if expected is None else Interval.around(expected, statement.printed.half_width)

    def is_doubted(self, statement: Statement | None) -> bool:
        return statement is not None and self.voice(statement) in self.doubted

    def voice(self, statement: Statement) -> Witness | None:
        """The witness that speaks for a statement."""
        if statement.fact is not None:
            for known in self.voices.spoken.get(quantity(statement.fact, self.reading.scope), ()):
                if known.printed.base == statement.printed.base:
                    return known.witness
        return statement.witness

    def is_confirmed(self, statement: Statement) -> bool:
        """Whether a table prints the same."""
        if statement.fact is None:
            return False
        return any(
            abs(w.printed.base - statement.printed.base)
            <= w.printed.half_width + statement.printed.half_width
            and w.printed.value
            for w in self.voices.tables.witnesses(quantity(statement.fact, self.reading.scope))
        )

    def finding(self, rule: Rule, title: str, message: str, *evidence: Evidence, **more: object) -> Finding:
        self.coverage.count(rule.id, Outcome.VIOLATED)
        return Finding(
            rule.id, Severity(rule.severity), Outcome.VIOLATED, title, message, evidence, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def quoted(
        self, said: Statement | Comparison, *, suspect: bool = False, candidate: bool = False
    ) -> Evidence:
        place: Place = said.place(self.reading.file)
        where = f"“{said.passage.path[-1]}”" if said.passage.path else "文字说明"
        return Evidence(
            place.file,
            place.page,
            place.box,
            place.ref,
            where,
            said.quote,
            suspect=suspect,
            candidate=candidate,
        )


TextEngine = Callable[[Rule, Text], Iterator[Finding]]


def spoken(printed: Printed) -> str:
    """A figure with its unit as a sentence says it."""
    unit = "" if printed.unit is Unit.COUNT else printed.unit.value
    return f"{printed.text.strip().rstrip('万亿千元%')}{unit}"
