"""The first step: functions by nature and fund, and the functions of which less is told than there is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from gouji.catalog import Dimension
from gouji.drafting.among import Among
from gouji.drafting.likely import Likely
from gouji.drafting.line import FUNDS, Line
from gouji.drafting.published import Stated
from gouji.drafting.selection import GROUPS, Money, Selection
from gouji.drafting.splitting import Step, completed


class Functions:
    """The functions of one document, and the lines by function, nature and fund that its sums come to."""

    def __init__(
        self, sums: Mapping[Selection, Stated], money: Money, limits: Mapping[Selection, Stated]
    ) -> None:
        """``limits`` are what is at hand of each fund."""
        self._sums, self._money, self._limits = sums, money, limits

    def lines(self, likely: Likely, classes: Dimension) -> list[Line]:
        grouped = self._told_by_group()
        cells = [
            Line(function, nature, fund, 0, group=group)
            for function in self.leaves
            for nature in self._money.natures
            for fund in self._money.funds
            for group in (GROUPS if nature == "basic" and fund in grouped else ("",))
        ]
        among = Among(cells, classes)
        years = frozenset(self._money.years)
        sums = {
            s: stated
            for s, stated in self._sums.items()
            if not s.government
            and not s.economic
            and s.project is None
            and s.years == years
            and among.told(s)
        }
        return completed(
            cells, Step(FUNDS, sums, likely.functions(cells), lambda line: line, self._limits), classes
        )

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The functions with money that no finer one is told of."""
        codes = {s.function for s, stated in self._sums.items() if s.function and stated.amount}
        above = {code for code in codes if any(o != code and o.startswith(code) for o in codes)}
        return tuple(sorted((codes - above) | {code for code in above if self._keeps_back(code, codes)}))

    def _keeps_back(self, code: str, codes: set[str]) -> bool:
        """Whether less is told below a function than of it: some of its items are not published."""
        below = {o for o in codes if o != code and o.startswith(code)}
        nearest = {o for o in below if not any(o != n and o.startswith(n) for n in below)}
        for s, stated in self._sums.items():
            if s.function != code or s.economic or s.government or s.group or s.project is not None:
                continue
            parts = [part for o in nearest if (part := self._sums.get(s._replace(function=o))) is not None]
            if parts and stated.least > sum(part.most for part in parts):
                return True
            if not parts and stated.amount and not self._told_otherwise(s, nearest):
                return True
        return False

    def _told_otherwise(self, of: Selection, functions: set[str]) -> bool:
        """Whether any sum tells a part of what a sum adds up for one of the functions below."""
        return any(
            stated.amount
            and s.function in functions
            and s.natures & of.natures
            and s.funds & of.funds
            and s.years & of.years
            for s, stated in self._sums.items()
        )

    def _told_by_group(self) -> set[str]:
        """The funds whose 基本支出 is told by function as 人员经费 and 公用经费 only, never whole."""
        grouped: set[str] = set()
        plain: set[str] = set()
        for s in self._sums:
            if s.function in self.leaves and s.natures == frozenset(("basic",)) and not s.government:
                if s.group:
                    grouped |= s.funds
                elif not s.economic:
                    plain |= s.funds
        return grouped - plain
