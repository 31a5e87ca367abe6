"""What a passage has told so far, read from left to right, and which of its amounts words refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.catalog import ClauseWording
from gouji.reading.clause_words import SHORTEST_NAMED, core, is_named
from gouji.reading.leading_words import stage_of
from gouji.reading.prose import Passage
from gouji.reading.statement import Measure, Statement, Told, without_brackets

SENTENCE_END = "。！？"
CLAUSE_END = "。！？；"
GENERAL = "支出"
"""What may stand before 决算 without naming anything: 支出决算为."""
_BOTH_SIDES = "收支"
"""What may stand before a change of both totals, where they are one figure."""


@dataclass(slots=True)
class Discourse:
    """A passage on its way from left to right: how far it has been read, and the amount that is spoken of."""

    passage: Passage
    text: str
    """Its characters, punctuated."""
    wording: ClauseWording
    year: int | None
    """That of the document."""
    own_year: int | None
    """The year of the document, or the latest that a passage names where no heading says it."""
    accounts: bool
    told: Told
    read_to: int = 0
    figure_end: int = -1
    figure_before: int = 0
    """Where the figure before the last one ended."""
    depth: int = 0
    """Brackets open."""
    in_cause: bool = False
    current: Statement | None = None
    """The amount that is spoken of."""
    last_figure: Statement | None = None
    """A figure of last year that stands on its own; what it is compared with is ``current``."""

    @property
    def last_year(self) -> int | None:
        return self.year - 1 if self.year else None

    def about(self, who: str) -> Statement | None:
        """The amount that a difference or a share is about: the last one, unless ``who`` names another."""
        current, named = self.current, who
        who = core(who)
        if not who:
            if current is None or not self.same_sentence(current):
                return None
            # 其中：甲…，乙…；比上年增加: what grew is the whole, not its last part.
            apart = "；" in without_brackets(self.text[current.end : self.read_to])
            return current.whole if apart and current.whole is not None else current
        amounts = [
            stated
            for stated in reversed(self.told.statements)
            if stated.measure is Measure.AMOUNT and not stated.is_base and not stated.in_cause
        ]
        wholes = [stated for stated in amounts if stated.whole is None]
        if who == _BOTH_SIDES and _are_balanced(wholes):
            return wholes[0]
        # 收入总计 and 本年收入 have one core: the very words come first.
        very = (stated for stated in amounts if len(named) >= SHORTEST_NAMED and stated.words.endswith(named))
        cores = ((stated, core(stated.words)) for stated in amounts)
        alike = (
            s
            for s, words in cores
            if words == who or is_named(words, who, self.wording) or is_named(who, words, self.wording)
        )
        found = next(very, None) or next(alike, None)
        if found is None or stage_of(named) == "budget":
            return found
        return next((actual for plan, actual in self.told.pairs if plan is found), found)

    def same_sentence(self, stated: Statement) -> bool:
        """Whether nothing but the end of one sentence lies between, and then no list of parts does."""
        between = self.wording.cause_sentence.sub("", without_brackets(self.text[stated.end : self.read_to]))
        return not any(mark in between for mark in SENTENCE_END) or (
            stated.whole is None and sum(between.count(mark) for mark in SENTENCE_END) == 1
        )

    def sentence_start(self, position: int) -> int:
        """Where the sentence of a character begins."""
        return max(self.text.rfind(mark, 0, position) for mark in SENTENCE_END) + 1

    def one_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between two characters."""
        return not any(mark in self.text[start:end] for mark in SENTENCE_END)


def _are_balanced(amounts: Sequence[Statement]) -> bool:
    """Whether the last two amounts are one figure of both sides (收入总计5万元，支出总计5万元)."""
    if len(amounts) < 2:
        return False
    last, before = amounts[0], amounts[1]
    sides = "支出" in last.words and "收入" in before.words
    return sides and last.printed.base == before.printed.base
