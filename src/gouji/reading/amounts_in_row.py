"""Amounts told one after another for one name (货物、工程、服务分别为3万元、2万元和1万元), and their shares in the same order."""

from __future__ import annotations

import re

from gouji.reading.clause_words import core
from gouji.reading.discourse import Discourse
from gouji.reading.statement import Measure, Statement

_JOINED = re.compile("[和及与、]")
_SHARES = re.compile(r"(?:[、和及与]-?[\d.]+%)+")


def is_joined(between: str) -> bool:
    """Whether nothing but 和、及、与 or a stop joins a figure to the one before it."""
    return _JOINED.fullmatch(between) is not None


class AmountsInRow:
    """The amounts told last in a row, and those of them whose shares follow."""

    def __init__(self, said: Discourse) -> None:
        self.said = said
        self.amounts: list[Statement] = []
        self.awaited: list[Statement] = []
        """Those whose shares follow."""

    def take(self, amount: Statement, *, joined: bool) -> None:
        self.amounts = [*self.amounts, amount] if joined else [amount]

    def takes_share(self, share: Statement) -> bool:
        """Whether a share follows amounts told in a row: then as many shares are told, in the same order, or nobody knows
        of which of them it is."""
        if len(self.amounts) < 2 or self.said.current is not self.amounts[-1] or core(share.words):
            return False
        following = _SHARES.match(self.said.text, share.end)
        told = 1 + (following.group().count("%") if following else 0)
        self.awaited = list(self.amounts) if told == len(self.amounts) else []
        if self.awaited:
            self.share_next(share)
        return True

    def share_next(self, share: Statement) -> None:
        """Give a share to the next amount that awaits one."""
        before = self.said.told.statements[-2]
        share.measure, share.of = Measure.SHARE, self.awaited.pop(0)
        share.whole, share.share_of = share.of.whole, share.share_of or before.share_of
