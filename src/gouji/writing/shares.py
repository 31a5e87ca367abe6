"""Shares that add up to 100.00: the balancing that accountants do, by largest remainder."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from gouji.facts import Fact
from gouji.writing.narrative import Narrative, Paragraph, Statement

_WHOLE = Decimal(100)


def balanced(narrative: Narrative) -> Narrative:
    """The same narrative, in which the shares of one whole in one section add up to 100.00 % where the parts do add
    up to the whole. A share that was moved is marked."""
    moved = _moved(narrative)
    if not moved:
        return narrative
    parts = tuple(
        part._replace(
            sections=tuple(
                section._replace(
                    paragraphs=tuple(_with(paragraph, moved) for paragraph in section.paragraphs)
                )
                for section in part.sections
            )
        )
        for part in narrative.parts
    )
    return replace(narrative, parts=parts)


def _moved(narrative: Narrative) -> dict[int, Statement]:
    """The number of each share that is moved -> what stands in its place."""
    amounts = {(s.section, s.fact): s.value for s in narrative.statements if s.measure == "amount"}
    groups: dict[tuple[str, Fact], list[Statement]] = {}
    for statement in narrative.statements:
        if statement.measure == "share" and statement.against is not None:
            groups.setdefault((statement.section, statement.against), []).append(statement)
    moved: dict[int, Statement] = {}
    for (section, whole), shares in groups.items():
        if len({share.fact for share in shares}) != len(shares):
            continue
        parts = [amounts.get((section, share.fact)) for share in shares]
        total = amounts.get((section, whole))
        known = [part for part in parts if part is not None]
        if total and len(known) == len(shares) and sum(known) == total:
            for share, value in zip(shares, largest_remainder(known, total), strict=True):
                if value != share.value:
                    moved[share.number] = share._replace(value=value, text=f"{value:.2f}%", balanced=True)
    return moved


def largest_remainder(parts: list[Decimal], whole: Decimal) -> list[Decimal]:
    """Shares in per cent with two decimals that add up to 100.00: rounded down, then the last digits go to those
    that lost most.

    >>> [str(share) for share in largest_remainder([Decimal(1)] * 3, Decimal(3))]
    ['33.34', '33.33', '33.33']
    """
    exact = [_WHOLE * part / whole for part in parts]
    cent = Decimal("0.01")
    floors = [share.quantize(cent, rounding=ROUND_FLOOR) for share in exact]
    missing = int((_WHOLE - sum(floors)) / cent)
    by_loss = sorted(range(len(parts)), key=lambda at: (floors[at] - exact[at], at))
    for at in by_loss[:missing]:
        floors[at] += cent
    return floors


def _with(paragraph: Paragraph, moved: dict[int, Statement]) -> Paragraph:
    return paragraph._replace(
        runs=tuple(
            moved.get(run.number, run) if isinstance(run, Statement) else run for run in paragraph.runs
        )
    )
