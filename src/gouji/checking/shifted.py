"""Figures of one table that have all lost, or gained, the same number of digits: one slip, not many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.catalog import Rule
from gouji.checking.diagnosis import Cause, Suspect
from gouji.checking.findings import of_suspect
from gouji.checking.result import Finding, Severity

_FEWEST = 3
_MOST_ARITHMETIC = 6
_UNITS = (Decimal(1000), Decimal(10000))
_STEPS = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, -1, -2, -3, -4))


@dataclass(frozen=True, slots=True, eq=False)
class Shifted:
    """Suspects of one table that should all be ``factor`` times what is printed."""

    suspects: tuple[Suspect, ...]
    factor: Decimal


def together(causes: Iterable[Cause]) -> list[Cause | Shifted]:
    """The same causes with suspects of one table put together that are off by the same power of ten."""
    causes = list(causes)
    groups: defaultdict[tuple[int, Decimal], list[Suspect]] = defaultdict(list)
    for cause in causes:
        if isinstance(cause, Suspect):
            for table, factor in _slips(cause):
                groups[table, factor].append(cause)
    found: list[Cause | Shifted] = []
    taken: set[int] = set()
    for (_, factor), own in groups.items():
        if sum(1 for one in own if one.decided) >= _FEWEST:
            found.append(Shifted(tuple(own), factor))
            taken.update(map(id, own))
    return [*found, *(cause for cause in causes if id(cause) not in taken)]


def _slips(suspect: Suspect) -> set[tuple[int, Decimal]]:
    """The tables in which a figure times a power of ten would set the suspect right. Of one that is not decided, another
    of its figures has to be just that."""
    places = (suspect.witness, *suspect.rivals)
    if suspect.decided:
        wanted = [(suspect.witness, suspect.expected)]
    else:
        wanted = [(one, other.printed.base) for one in places for other in places if one is not other]
    return {
        (place.table_id, factor)
        for place, expected in wanted
        for factor in _STEPS
        if place.printed.base and place.printed.base * factor == expected
    }


def of_shifted(cause: Shifted, rules: Mapping[str, Rule]) -> Finding:
    """One table whose figures lost their last digits, say."""
    own = sorted(cause.suspects, key=lambda suspect: not suspect.decided)
    findings: Sequence[Finding] = [of_suspect(suspect, rules) for suspect in own]
    worst = next(severity for severity in Severity if any(f.severity is severity for f in findings))
    first, witness = findings[0], own[0].witness
    times = max(cause.factor, 1 / cause.factor).normalize()
    how = f"都{'小' if cause.factor > 1 else '大'}了{times:f}倍"
    why = "单位（元、万元、亿元）写错" if times in _UNITS else "末尾漏了零或小数点错位"
    listed = "；".join(
        f"{s.witness.where.partition('》')[2]}{s.witness.printed.text.strip()}"
        for s in own[:_MOST_ARITHMETIC]
    )
    return Finding(
        first.rule, worst, first.outcome, f"《{witness.table}》有{len(own)}个数字{how}",
        f"这些数字与其他表相比都差同样的位数，像是{why}：{listed}{'等' if len(own) > _MOST_ARITHMETIC else ''}。",
        tuple(dict.fromkeys(evidence for finding in findings for evidence in finding.evidence if evidence.suspect or evidence.candidate)),
        None, None, None, witness.printed.unit,
        tuple(dict.fromkeys(line for finding in findings for line in finding.arithmetic))[:_MOST_ARITHMETIC],
        sum(suspect.votes for suspect in own),
    )  # fmt: skip
