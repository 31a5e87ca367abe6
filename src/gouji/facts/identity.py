"""An identity: a linear relation that must hold among witnesses, and what came of looking at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gouji.facts.interval import EVERYTHING, Interval
from gouji.facts.printed import Presence
from gouji.facts.unit import Unit
from gouji.facts.witness import Witness

_ZERO = Decimal(0)


class Outcome(StrEnum):
    """What came of one check. Passing has two shades, and not being checked is never one of them."""

    EXACT = "exact"
    ROUNDING = "rounding"
    VIOLATED = "violated"
    NOT_APPLICABLE = "not_applicable"
    """Nothing of the kind is stated: a form without government funds needs no balance of them."""
    NOT_CHECKED = "not_checked"
    """Something it needs is missing or was not understood. Shown, and never looks like a pass."""
    CRASHED = "crashed"
    """The check itself failed: a defect of Gouji, reported as such."""


LOOKED_AT = (Outcome.EXACT, Outcome.ROUNDING, Outcome.VIOLATED)
"""The outcomes of a check that really compared something."""


class Term(NamedTuple):
    """One addend: ``coefficient`` (+1 or -1, seldom more) times what the witness states."""

    coefficient: int
    witness: Witness


class Verdict(NamedTuple):
    """How an identity came out. ``residual`` is left minus right as printed, ``slack`` the most that rounding
    can explain, both in base units (元)."""

    outcome: Outcome
    residual: Decimal
    slack: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """``left (sum of its terms) <relation> right``, over what is printed.

    ``relation`` is ``=`` or ``<=``. ``rule`` is the id in the rule catalogue; ``title`` names this very relation
    in Chinese, as a reader would (``03表 206 科学技术支出：合计＝基本支出＋项目支出``).
    """

    rule: str
    relation: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    title: str
    leeway: Decimal = _ZERO
    """What may come on top of rounding to the nearest, in base units: a figure that was cut off instead."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """All on one side: left minus right."""
        return self.left + tuple(Term(-term.coefficient, term.witness) for term in self.right)

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        return tuple(term.witness for term in self.left + self.right)

    def verdict(self) -> Verdict:
        residual, slack = _ZERO, self.leeway
        for terms, sign in ((self.left, 1), (self.right, -1)):
            for coefficient, witness in terms:
                printed = witness.printed
                residual += sign * coefficient * printed.base
                slack += abs(coefficient) * printed.half_width
        if residual == 0 or (self.relation == "<=" and residual < 0):
            return Verdict(Outcome.EXACT, residual, slack)
        beyond = residual if self.relation == "<=" else abs(residual)
        return Verdict(Outcome.ROUNDING if beyond <= slack else Outcome.VIOLATED, residual, slack)

    def required(
        self,
        witness: Witness,
        known: Mapping[Witness, Interval] | None = None,
        verdict: Verdict | None = None,
    ) -> Interval:
        """What ``witness`` would have to be, in base units, for this identity to hold given all others.

        ``known`` replaces the interval of other witnesses that are themselves in doubt. Who has the ``verdict`` already
        saves adding up all terms again: what the others come to is the whole without this witness.
        """
        _, residual, slack = verdict or self.verdict()
        rest = Interval(residual - slack, residual + slack)
        own = 0
        for terms, sign in ((self.left, 1), (self.right, -1)):
            for coefficient, other in terms:
                if other is witness:
                    own += sign * coefficient
                elif known is None or other not in known:
                    continue
                rest = rest.without(other.printed.interval.times(sign * coefficient))
                if other is not witness and known is not None:
                    rest = rest.plus(known[other].times(sign * coefficient))
        if own == 0:
            return EVERYTHING
        needed = Interval(-rest.hi, -rest.lo)
        if self.relation == "<=":
            # own * x <= -rest: only one side is bounded.
            bound = needed.hi / own
            return Interval(EVERYTHING.lo, bound) if own > 0 else Interval(bound, EVERYTHING.hi)
        low, high = needed.lo / own, needed.hi / own
        return Interval(min(low, high), max(low, high))

    def arithmetic(self, unit: Unit | None = None) -> str:
        """The identity with its numbers in it: ``125.94＋178.53＝304.47，与列示的304.48相差0.01``."""
        shown = unit or self.left[0].witness.printed.unit
        relation = "＝" if self.relation == "=" else "≤"
        left, right = _sum_text(self.left, shown), _sum_text(self.right, shown)
        holds = self.verdict().outcome is not Outcome.VIOLATED
        if holds and self.verdict().outcome is Outcome.EXACT:
            return f"{left}{relation}{right}"
        total_left, total_right = _total(self.left, shown), _total(self.right, shown)
        tail = f"相差{plain(total_left - total_right)}{self.measure(shown)}"
        if "＋" in right or "－" in right:
            right = f"{right}＝{plain(total_right)}"
        if "＋" in left or "－" in left:
            left = f"{left}＝{plain(total_left)}"
        return f"{left} {'≈' if holds else '≠' if relation == '＝' else '＞'} {right}，{tail}"

    def measure(self, unit: Unit) -> str:
        """What the figures are counted in, as a reader calls it: the unit, or for counts the word printed behind them (辆,
        平方米); empty where they have none or several."""
        if unit is not Unit.COUNT:
            return str(unit)
        words = {_FIGURE.sub("", term.witness.printed.text) for term in self.terms}
        return words.pop() if len(words) == 1 else ""


_FIGURE = re.compile(r"^[-+\d,.，\s]+")


def plain(number: Decimal) -> str:
    """A number without exponent and with at least the decimals it carries."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if text.count(".") and len(text.partition(".")[2]) > 6 else text


def _total(terms: tuple[Term, ...], unit: Unit) -> Decimal:
    total = sum((term.coefficient * term.witness.printed.base for term in terms), _ZERO)
    return _trim(total / unit.scale, max((t.witness.printed.precision for t in terms), default=0))


def _trim(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals)) if decimals <= 8 else number


def _sum_text(terms: tuple[Term, ...], unit: Unit) -> str:
    parts: list[str] = []
    shown = [t for t in terms if t.witness.printed.value] or list(terms[:1])
    for position, (coefficient, witness) in enumerate(shown):
        amount = _trim(witness.printed.base / unit.scale, witness.printed.precision)
        text = plain(amount) if amount >= 0 else f"({plain(amount)})"
        if witness.printed.presence is Presence.NIL:
            text = "空白"
        if abs(coefficient) != 1:
            text = f"{abs(coefficient)}×{text}"
        if coefficient < 0:
            text = f"－{text}"
        elif position:
            text = f"＋{text}"
        parts.append(text)
    return "".join(parts)
