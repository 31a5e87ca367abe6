"""What a count in a sentence states (团组2个, 共有车辆8辆): all words before it have to be understood, and it has to be the
body itself of which they speak."""

from __future__ import annotations

import re

from gouji.catalog import Catalog, Counted, bare, fold
from gouji.facts import Fact
from gouji.reading.disclosure_title import clean_name, is_name
from gouji.reading.result import Scope
from gouji.reading.scope import same_body
from gouji.reading.statement import Measure, Statement, without_brackets
from gouji.reading.subjects import body_names

NOT_A_FACT = "个数、人数一类，没有可对照的"
_YEAR = re.compile(r"20[0-3]\d年?(?:度)?")
_MONEY_MOVED = re.compile(r"(?:增加|减少)(?:了|额为|额)?(?=[\d.,]+(?:亿|万|千)?元)")
"""More or less money: nothing that is counted came or went."""
_FAR = 12
"""Characters between an occasion and its people (个，累计10)."""


class CountReader:
    """Takes the words before counts apart."""

    def __init__(self, catalog: Catalog, scope: Scope) -> None:
        self.wording = catalog.clauses.counts
        self.scope_wording = catalog.scope
        self.scope = scope
        self.names = body_names(scope.body, catalog)

    def meant(self, statement: Statement, before: Statement | None) -> Fact | None:
        """The fact that a count states. ``before`` is the count told before it in its passage."""
        if (
            statement.measure is not Measure.COUNT
            or statement.whole is not None
            or self._is_elsewhere(statement)
        ):
            return None
        if before is not None and before.fact is not None:
            people = self._people(statement, before, before.fact)
            if people is not None:
                return people
        words = fold(statement.words)
        thing = self._thing(self._bare(words), statement.unit)
        if thing is None or not self._is_own(statement, words, thing):
            return None
        return Fact(thing.concept, thing.dims)

    def _people(self, statement: Statement, before: Statement, occasions: Fact) -> Fact | None:
        concept = self.wording.people_of.get(occasions.concept)
        between = without_brackets(statement.passage.folded[before.end : statement.start])
        told = fold(bare(statement.words.strip("，、")))
        if (
            concept is None
            or len(between) > _FAR
            or set("。()") & set(between)
            or told not in self.wording.followed_by
        ):
            return None
        fits = any(
            thing.concept == concept and statement.unit in thing.units for thing in self.wording.things
        )
        return occasions.of(concept) if fits else None

    def price(self, amount: Statement, bought: Statement | None) -> Fact | None:
        """What an amount right behind a thing that was bought states: its price (购置公务用车2辆，支出36.00万元)."""
        if amount.measure is not Measure.AMOUNT or bought is None or bought.fact is None or amount.year:
            return None
        between = amount.passage.folded[bought.end : amount.start]
        told = fold(bare(amount.words.strip("，、"))).rstrip("为是")
        if len(between) > _FAR or "。" in between or told not in self.wording.paid:
            return None
        return self.wording.price_of.get(bought.fact.concept)

    def _bare(self, words: str) -> str:
        """Words without the body's name, years and fillers at either end."""
        left = _YEAR.sub("", bare(words))
        for name in self.names:
            left = left.replace(name, "")
        changed = True
        while changed:
            before = left
            for filler in self.wording.fillers:
                left = left.removeprefix(filler).removesuffix(filler)
            changed = left != before
        return left

    def _thing(self, words: str, unit: str) -> Counted | None:
        return next((t for t in self.wording.things if unit in t.units and t.pattern.fullmatch(words)), None)

    def _is_own(self, statement: Statement, words: str, thing: Counted) -> bool:
        """Whether it is what the body itself has: its words (for most things, or the passage before them) name it or a year,
        and nothing before it speaks of what comes or goes."""
        told = statement.passage.folded[: statement.start]
        if not thing.moved and self.wording.moved.search(_MONEY_MOVED.sub("", told)):
            return False
        said = words if thing.named else told
        named = self.wording.own.search(said) or any(name in said for name in self.names)
        return bool(named or (_YEAR.search(said) and not thing.named))

    def _is_elsewhere(self, statement: Statement) -> bool:
        """Whether the headings name another body, a project, or work that was done."""
        for heading in statement.passage.path:
            if self.wording.elsewhere.search(heading):
                return True
            name = clean_name(fold(heading), self.scope_wording)
            if is_name(name, self.scope_wording) and not same_body(name, self.scope.body):
                return True
        return False
