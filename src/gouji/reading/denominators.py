"""What shares and rates of completion are of, where the figure stands somewhere else: in the words that introduce a list
(支出决算中，甲占60%), in another sentence, in the column of the budget."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.facts import Fact, Presence, Printed, Witness
from gouji.reading.result import Scope
from gouji.reading.stated import Quantity, StatedFacts, quantity
from gouji.reading.statement import Measure, Statement, Told
from gouji.reading.subjects import Phrase, PhraseReader, candidates

_LONG_NAME = 4
_INTRODUCED = re.compile(r"^[（(]?[一二三四五六七八九十\d]*[)）、.．]?(?P<words>[^，。；：]{4,80}?)中[，,]")
_PLANS = ("budget", "initial")


class Denominators:
    """Looks among the figures of the tables, and among those that sentences have told so far and that agree."""

    def __init__(self, reader: PhraseReader, stated: StatedFacts, scope: Scope, usual: str) -> None:
        self.reader = reader
        self.stated = stated
        self.scope = scope
        self.usual = usual
        self.spoken: dict[Quantity, Statement | None] = {}
        """``None`` where sentences disagree."""
        self.amounts: list[Statement] = []
        """All amounts told so far."""

    def look_through(self, told: Told, context: Phrase) -> None:
        """Find what the shares and rates of a passage are of, and remember the amounts that it told."""
        self._tell(told.statements)
        for one in told.statements:
            if one.measure is Measure.SHARE and one.of is not None:
                self._find_whole(one, context, told)
            elif one.unit == "%":
                self._find_plan(one)

    def _tell(self, statements: Sequence[Statement]) -> None:
        for one in statements:
            if one.measure is not Measure.AMOUNT or one.is_base or one.in_cause:
                continue
            self.amounts.append(one)
            if one.fact is None:
                continue
            meant = quantity(one.fact, self.scope)
            known = self.spoken.setdefault(meant, one)
            if known is not None and known.printed.base != one.printed.base:
                self.spoken[meant] = None

    def _find_whole(self, share: Statement, context: Phrase, told: Told) -> None:
        """What a share is a share of: the figure of that name told before, else what the words name."""
        assert share.of is not None
        if not share.share_of:
            share.whole = share.whole or share.of.whole
            introduced = "" if share.whole is not None else _introduced(share.of)
            if introduced:
                self._name_whole(share, introduced, context)
            return
        named = [
            stated
            for stated in told.statements
            if stated.start < share.start
            and stated is not share.of
            and (stated.whole is None or stated.whole is not share.of.whole)
            and stated.measure is Measure.AMOUNT
            and not (stated.is_base or stated.in_cause)
            and len(share.share_of) >= _LONG_NAME
            and stated.words.rstrip("为是约共").endswith(share.share_of)
        ]
        share.whole = named[-1] if named else share.of.whole
        self._name_whole(share, share.share_of, context)

    def _name_whole(self, share: Statement, words: str, context: Phrase) -> None:
        """What the words can name in the tables, or else in another sentence."""
        assert share.of is not None
        phrase = self.reader.read(words)
        found = [
            Quantity(fact, self.usual, self.scope.year)
            for surroundings in (Phrase(), context)
            for fact in candidates(phrase, surroundings, None, ("", ""), self.reader)[0]
        ]
        known = dict.fromkeys(self.fact(one) for one in found if self.stated.has_figure(one))
        # The heading may name the part itself, which is no share of itself.
        share.whole_facts = tuple(fact for fact in known if fact != share.of.fact) or tuple(known)
        if share.whole is None and not share.whole_facts:
            stage = phrase.stage or self.usual
            told = [self.spoken.get(meant._replace(stage=stage)) for meant in found]
            # 总收入 may be of the year or with what was carried over: then only the very words tell.
            sure = len({meant.fact.concept for meant in found}) == 1
            alike = [one for one in told if one is not None and sure] or self._of_name(words)
            others = [one for one in alike if one is not share.of]
            share.whole = others[0] if len({one.printed.base for one in others}) == 1 else None

    def _of_name(self, words: str) -> list[Statement]:
        """The amounts whose words end with a name, year and stage included where it tells them."""
        name = words.removesuffix("数")
        if len(name) < _LONG_NAME:
            return []
        return [one for one in self.amounts if one.words.rstrip("为是约共").removesuffix("数").endswith(name)]

    def _find_plan(self, rate: Statement) -> None:
        """完成预算的76.21%, of a figure whose budget only a table tells, or another sentence."""
        actual = rate.of
        if rate.measure is not Measure.OTHER or actual is None or actual.fact is None:
            return
        meant = quantity(actual.fact, self.scope)
        completion = self.reader.wording.completion.search(rate.words)
        if completion is None or "预算" not in completion.group("of") or meant.stage != "final":
            return
        plans = [meant._replace(stage=stage) for stage in _PLANS]
        witnesses = [
            w
            for plan in plans
            for w in self.stated.witnesses(plan)
            if w.printed.presence is Presence.NUMBER and w.printed.value
        ]
        base: Statement | None
        if witnesses:
            base = _planned(actual, witnesses[0].printed, witnesses[0])
        else:
            told = [one for plan in plans if (one := self.spoken.get(plan)) is not None]
            base = told[0] if told else None
        if base is not None and len({w.printed.base for w in witnesses}) <= 1:
            rate.measure, rate.base = Measure.COMPLETION, base

    def fact(self, meant: Quantity) -> Fact:
        """The fact of a quantity, with stage and year only where they differ from those of the document."""
        fact = meant.fact
        if meant.stage != self.usual or (fact.concept == "sangong" and self.usual == "final"):
            fact = fact.slice("stage", meant.stage)
        if meant.year is not None and meant.year != self.scope.year:
            fact = fact.slice("fiscal_year", str(meant.year))
        return fact


def _introduced(part: Statement) -> str:
    """The words by which a sentence says what the figures that it lists are parts of: “三公”经费支出决算中，…"""
    text = part.passage.folded
    opened = max(text.rfind(mark, 0, part.start) for mark in "。！？") + 1
    match = _INTRODUCED.match(text[opened : part.start])
    return match.group("words") if match is not None else ""


def _planned(actual: Statement, printed: Printed, witness: Witness) -> Statement:
    """The figure of a table as if it were told where the actual one is."""
    return Statement(
        Measure.AMOUNT, printed, actual.passage, actual.start, actual.end, actual.words, actual.unit, is_base=True,
        witness=witness,
    )  # fmt: skip
