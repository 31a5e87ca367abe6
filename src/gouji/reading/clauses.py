"""From one passage to what it tells: which figure is an amount, which a share, a growth, a part of what.

Nothing here knows accounts: the words before a figure, its unit and the order of figures decide. What the amounts state is
found afterwards (``subjects.py``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.catalog import ClauseWording
from gouji.facts import Presence, Printed, Unit
from gouji.reading.amounts_in_row import AmountsInRow, is_joined
from gouji.reading.clause_events import Event, events, punctuated
from gouji.reading.comparing import Comparisons
from gouji.reading.discourse import SENTENCE_END, Discourse
from gouji.reading.leading_words import latest_year, leading_words, stage_of, year_of
from gouji.reading.part_lists import PartLists
from gouji.reading.planned import is_planned_for_current, of_a_rate, pair_with_plan, rate_pair
from gouji.reading.prose import Passage
from gouji.reading.statement import Comparison, Measure, Statement, Told, without_brackets

_MONEY = {unit.value: unit for unit in Unit if unit.is_money}
_ENDS_PURPOSE = re.compile(r"[，。；！？]")


def read_clauses(
    passage: Passage, wording: ClauseWording, year: int | None, *, accounts: bool = False
) -> Told:
    """What a passage tells. ``year`` is that of the document; 上年 is the one before it. ``accounts`` says that 预算 without
    a year is what was planned for that year."""
    text = punctuated(passage.folded)
    own_year = year or latest_year(text)
    return _Reader(Discourse(passage, text, wording, year, own_year, accounts, Told(passage))).read()


class _Reader:
    """One passage on its way from left to right: each event is told to those whom it concerns."""

    def __init__(self, said: Discourse) -> None:
        self.said = said
        self.comparisons = Comparisons(said)
        self.parts = PartLists(said)
        self.row = AmountsInRow(said)
        self.purpose = -1
        """Where it was last told what money is for."""
        self.outside: list[Statement | None] = []
        """What was told before each open bracket."""

    def read(self) -> Told:
        said = self.said
        for event in events(said.text, said.wording):
            getattr(self, f"_{event.kind}")(event)
        said.told.last = said.current
        return said.told

    # ---- words

    def _mark(self, event: Event) -> None:
        said, character = self.said, event.match.group()
        if character == "(":
            said.depth += 1
            self.outside.append(said.current)
            if event.start == said.figure_end:
                self.parts.begin(said.current, event.end, in_bracket=True)
        elif character == ")":
            said.depth = max(0, said.depth - 1)
            self.parts.end_bracket()
            if self.outside:
                said.current = self.outside.pop() or said.current
        elif character in "：:":
            if event.start == said.figure_end:
                self.parts.begin(said.current, event.end)
        else:
            said.in_cause = False
            self.comparisons.end_clause()
            if character in SENTENCE_END:
                self.parts.end_all()
                said.depth = 0
                self.outside = []
            else:
                self.parts.end_clause(event.end)

    def _cause(self, event: Event) -> None:
        self.comparisons.caused(event)

    def _list(self, event: Event) -> None:
        self.parts.begin_named(event, self.row.amounts, self.comparisons.latest)

    def _compared(self, event: Event) -> None:
        self.comparisons.compared(event)

    def _budgeted(self, event: Event) -> None:
        self.comparisons.budgeted(event)

    def _again(self, event: Event) -> None:
        self.comparisons.again(event)

    def _flat(self, event: Event) -> None:
        self.comparisons.flat(event)

    def _against_plan(self, event: Event) -> None:
        self.comparisons.against_plan(event)

    def _purpose(self, event: Event) -> None:
        """主要用于甲5万元、乙3万元: what an amount is for, and no part of the list that it stands in itself."""
        self.purpose = event.end

    def _is_purpose(self, statement: Statement) -> bool:
        between = without_brackets(self.said.text[self.purpose : statement.start])
        return self.purpose > 0 and not _ENDS_PURPOSE.search(between.lstrip("：:"))

    def _threshold(self, event: Event) -> None:
        """单价100万元（含）以上设备: the figure only says which things are counted, and stays among the words."""

    # ---- figures

    def _figure(self, event: Event) -> None:
        said = self.said
        lead = said.text[said.read_to : event.start]
        unit = event.match.group("unit")
        printed = _printed(event.match, unit)
        said.figure_before = max(said.figure_end, 0)
        said.read_to = said.figure_end = event.end
        last, joined = leading_words(lead), is_joined(lead)
        statement = Statement(
            Measure.AMOUNT if unit in said.wording.money else Measure.COUNT, printed, said.passage,
            event.start, event.end, last, unit, in_cause=said.in_cause, depth=said.depth,
        )  # fmt: skip
        if lead.startswith("、") and said.told.statements:
            statement.beside = said.told.statements[-1]
        said.told.statements.append(statement)
        change = said.wording.change.search(last)
        if statement.measure is Measure.AMOUNT:
            self.row.take(statement, joined=joined)
        if joined and unit == "%" and self.row.awaited:
            self.row.share_next(statement)
        elif joined and self._follows_a_change():
            # 分别减少0.18亿元和0.56亿元.
            statement.measure = Measure.OTHER
        elif unit == "%":
            self._ratio(statement, last, change)
        elif statement.measure is Measure.AMOUNT and self.comparisons.beyond_plan(statement):
            pass
        elif change is not None:
            self._difference(statement, last, change)
        elif statement.measure is Measure.AMOUNT and said.wording.gap.search(last):
            statement.measure = Measure.OTHER
        else:
            self._stated(statement, last)

    def _follows_a_change(self) -> bool:
        """Whether the figure before is by how much something changed."""
        before = self.said.told.statements[-2:-1]
        return bool(before) and before[0].measure in (Measure.DIFFERENCE, Measure.GROWTH)

    def _ratio(self, statement: Statement, last: str, change: re.Match[str] | None) -> None:
        wording = self.said.wording
        share, completion = wording.share.search(last), wording.completion.search(last)
        statement.measure = Measure.OTHER
        if change is not None:
            statement.measure = Measure.GROWTH
            self._change(statement, last, change)
        elif share is not None:
            statement.measure = Measure.SHARE
            statement.share_of = share.group("whole")
            statement.words = last[: share.start()]
            if self.row.takes_share(statement):
                return
            statement.of = self.said.about(statement.words)
            statement.whole = self.parts.innermost_whole(statement.of)
        else:
            self._rate(statement, last, completes=completion is not None)
        self.comparisons.completed = (statement, completion.group("of")) if completion is not None else None

    def _rate(self, statement: Statement, last: str, *, completes: bool) -> None:
        """A rate of completion or a deviation, or a percentage of something else."""
        said = self.said
        if said.told.pairs:
            rate_pair(statement, last, said, completes=completes)
        current = said.current
        if completes and statement.of is None and current is not None and said.same_sentence(current):
            told = current.measure is Measure.AMOUNT and current.stage != "budget"
            statement.of = current if told else None

    def _difference(self, statement: Statement, last: str, change: re.Match[str]) -> None:
        if statement.measure is Measure.COUNT:
            statement.measure = Measure.OTHER
            return
        statement.measure = Measure.DIFFERENCE
        self._change(statement, last, change)

    def _change(self, statement: Statement, last: str, change: re.Match[str]) -> None:
        statement.direction = 1 if change.group("up") else -1
        self.comparisons.change(statement, last[: change.start()])

    def _stated(self, statement: Statement, last: str) -> None:
        """An amount or a count of its own."""
        said = self.said
        statement.year = year_of(last, said.year)
        if self._last_figure(statement, last):
            return
        compared = said.wording.compared.search(last)
        if compared is not None and (
            compared.end() >= len(last.rstrip("为是的"))
            or said.wording.changes_next.match(said.text, statement.end)
        ):
            self.comparisons.set_base(statement)
            return
        if statement.year == said.year:
            statement.year = None
        if statement.in_cause:
            return
        against = self.comparisons.take_open()
        statement.stage = stage_of(last)
        self.parts.end_before(last)
        if self._stands_aside(statement, last, against):
            return
        self.parts.take(statement, last)
        if statement.year not in (None, said.own_year) and said.current is not None:
            return
        if statement.measure is Measure.AMOUNT:
            pair_with_plan(statement, last, said)
            said.current = statement
        elif statement.whole is not None or said.current is None or said.current.measure is Measure.COUNT:
            said.current = statement

    def _stands_aside(self, statement: Statement, last: str, against: Comparison | None) -> bool:
        """Whether an amount tells nothing of its own: what money is for, the budget of the figure before it, what a rate is
        of."""
        said = self.said
        if self.parts.open and self._is_purpose(statement):
            return True
        if statement.measure is Measure.AMOUNT and is_planned_for_current(statement, last, against, said):
            return True
        statement.is_base = of_a_rate(statement, last, said)[1]
        return statement.is_base

    def _last_figure(self, statement: Statement, last: str) -> bool:
        """收入上年数为0.80万元，增加…: a figure of last year; what is compared with it is this year's of that name."""
        said = self.said
        match = said.wording.last_figure.search(last)
        if (
            match is None
            or said.year is None
            or statement.measure is not Measure.AMOUNT
            or statement.in_cause
        ):
            return False
        statement.year, statement.is_base = said.last_year, True
        about = said.about(last[: match.start()]) if said.current is not None else None
        said.current, said.last_figure = about or said.current, statement
        statement.of = said.current
        return True


def _printed(match: re.Match[str], unit: str) -> Printed:
    number = match.group("number").replace(",", "")
    decimals = len(number.partition(".")[2])
    kind = Unit.PERCENT if unit == "%" else _MONEY.get(unit, Unit.COUNT)
    return Printed(match.group("number"), Decimal(number), decimals, kind, Presence.NUMBER, decimals)
