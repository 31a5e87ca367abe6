"""Wholes and their parts (其中、包括): the lists of parts that a passage opens, one within another, and where they end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.reading.clause_events import Event
from gouji.reading.discourse import SENTENCE_END, Discourse
from gouji.reading.leading_words import leading_words, named_year, starts_anew
from gouji.reading.planned import whole_at_stage
from gouji.reading.statement import Comparison, Measure, Statement, without_brackets

_TOGETHER = 4
"""Characters between two counts told together."""


@dataclass(slots=True)
class PartList:
    """An open list of parts."""

    whole: Statement
    depth: int
    number: int
    """Counts the lists of a passage."""
    in_bracket: bool = False
    """Whether a bracket right behind the whole opens it, and no word."""
    clauses: int = 0
    """How many clauses ended since."""

    def within_clause(self, told: Sequence[Statement]) -> bool:
        """Whether the list was all told before the first semicolon behind its head."""
        self.clauses += 1
        return self.clauses == 1 and sum(one.list_number == self.number for one in told) > 1


class PartLists:
    """The lists of parts that are open, the innermost last."""

    def __init__(self, said: Discourse) -> None:
        self.said = said
        self.open: list[PartList] = []
        self.opened = 0
        self.closed: tuple[int, PartList] | None = None
        """A list that ended with a semicolon, and where that was."""
        self.sides_from: int | None = None
        """Where a side of a sum was told whose total is not known."""

    def begin(self, whole: Statement | None, start: int, *, in_bracket: bool = False) -> None:
        """Open a list of parts, if a figure follows before the next comma."""
        said = self.said
        first = re.split(r"[，。；、]", said.text[start:], maxsplit=1)[0]
        if whole is not None and not said.in_cause and said.wording.figure.search(first):
            self.opened += 1
            self.open.append(PartList(whole, said.depth, self.opened, in_bracket))
            said.read_to = start

    def begin_named(self, event: Event, row: Sequence[Statement], latest: Comparison | None) -> None:
        """Open the list that a word like 其中 announces. ``row`` are the amounts told last in a row, ``latest`` is the last
        comparison."""
        text = self.said.text
        whole = self._told_apart(event.start, row, latest)
        before = leading_words(text[: event.start])
        if self.closed is not None and self.closed[0] == event.start:
            self.open.append(self.closed[1])
        if self.open and text[event.start - 1 : event.start] == "；":
            # Parts of another kind: of what the list before was about.
            whole = self.open[0].whole
            self.open = []
        elif before in self.said.wording.sides:
            while whole is not None and whole.whole is not None:
                whole = whole.whole
            if whole is None:
                self.sides_from = self.sides_from or event.start
            elif self.sides_from is not None and whole.start > self.sides_from:
                # What the side before was made of, and no whole.
                whole = None
            self.open = []
        self.begin(whole, event.end)

    def _told_apart(self, end: int, row: Sequence[Statement], latest: Comparison | None) -> Statement | None:
        """What a list of parts tells apart: the last amount; but where a sentence ended since, and that amount was a part
        itself, what the last comparison was about, or else the whole of it. After a sentence that told no figure nobody
        knows."""
        current = self.said.current
        if current is None:
            return None
        if len(row) > 1 and current is row[-1]:
            return current.whole
        between = without_brackets(self.said.text[current.end : end])
        ends = sum(between.count(mark) for mark in SENTENCE_END)
        if ends and latest is not None and latest.start >= current.end and latest.current is not None:
            return latest.current if current.whole is not None else current
        if ends > 1:
            return None
        if not ends or current.whole is None:
            return current
        while current.whole is not None:
            current = current.whole
        return current

    def end_all(self) -> None:
        """A sentence ends, and with it every list."""
        self.open = []

    def end_bracket(self) -> None:
        """A bracket closed: what was opened in it ends."""
        self.open = [one for one in self.open if one.depth <= self.said.depth]

    def end_clause(self, end: int) -> None:
        """A semicolon ends the innermost list, where that is one of counts, within another, or told in one clause."""
        if not self.open:
            return
        innermost = self.open[-1]
        if innermost.whole.measure is Measure.COUNT or (
            len(self.open) > 1 and innermost.whole.whole is not None
        ):
            self.open.pop()
        elif innermost.within_clause(self.said.told.statements):
            # 公务用车费1万元，包括购置费0.3万元和运行费0.7万元；公务接待费…
            self.closed = end, self.open.pop()

    def end_before(self, words: str) -> None:
        """The words before an amount may end all lists: 本部门2024年…"""
        if self.open and (starts_anew(words) or self.said.wording.closes.search(words)):
            self.open = []

    def take(self, statement: Statement, words: str) -> None:
        """Make a figure a part of the list in which it stands, if it stands in one."""
        if not self.open or self.open[-1].depth != self.said.depth:
            return
        innermost = self.open[-1]
        counted = self._counted_before(innermost.whole, statement) if innermost.in_bracket else None
        statement.whole = counted or whole_at_stage(innermost.whole, statement.stage, self.said.told)
        statement.list_number, statement.in_bracket = innermost.number, innermost.in_bracket
        year = self.said.year
        if statement.year is None and (year is None or named_year(words) != year):
            statement.year = statement.whole.year

    def _counted_before(self, whole: Statement, part: Statement) -> Statement | None:
        """8批次、60人次（国内接待5批次、…）: of two counts told together, the one in the unit of what the bracket tells."""
        if part.measure is not Measure.COUNT or whole.measure is not Measure.COUNT or part.unit == whole.unit:
            return None
        statements = self.said.told.statements
        before = statements[: statements.index(whole)][-1:]
        near = [one for one in before if one.unit == part.unit and whole.start - one.end <= _TOGETHER]
        return near[0] if near and near[0].whole is whole.whole else None

    def innermost_whole(self, part: Statement | None) -> Statement | None:
        """The whole of the innermost open list whose part a figure is."""
        return next((one.whole for one in reversed(self.open) if part and part.whole is one.whole), None)
