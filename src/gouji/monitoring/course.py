"""The course of one thing through the year: by quarter, what it should be by now, and what it will come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.monitoring.ledger import Payment
from gouji.monitoring.light import Colour, Light, worst
from gouji.performance import Indicator, Trace


@dataclass(frozen=True, slots=True)
class Execution:
    """The money of a project in 元. ``by_quarter`` is what was paid in each quarter up to now; ``due`` the share of the
    budget, in per cent, that should be spent by now; ``forecast`` the whole year's spending."""

    budget: Decimal
    by_quarter: tuple[Decimal, ...]
    due: Decimal
    planned: bool
    forecast: Decimal | None
    lights: tuple[Light, ...]
    payments: tuple[Payment, ...]

    @property
    def spent(self) -> Decimal:
        return sum(self.by_quarter, Decimal(0))

    @property
    def progress(self) -> Decimal:
        """In per cent of the budget."""
        return self.spent / self.budget * 100


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator. ``by_quarter`` is what it came to by the end of each quarter up to now, in the unit of its target
    (``None`` where nothing was recorded), ``texts`` the same as printed; ``due`` what it should be by now."""

    indicator: Indicator
    by_quarter: tuple[Decimal | None, ...]
    texts: tuple[str, ...]
    due: Decimal | None
    planned: bool
    forecast: Decimal | None
    light: Light
    trace: Trace | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A project, or the body as a whole. ``execution`` is ``None`` without a budget; ``why`` then says so."""

    name: str
    whole: bool
    execution: Execution | None
    indicators: Sequence[Progress]
    why: str = ""

    @property
    def colour(self) -> Colour:
        lights = [
            *(self.execution.lights if self.execution else ()),
            *(each.light for each in self.indicators),
        ]
        return worst(lights)
