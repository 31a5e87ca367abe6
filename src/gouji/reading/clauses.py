"""From one passage to what it tells: which figure is an amount, which a share, a growth, a part of what.

Nothing here knows accounts: the words before a figure, its unit and the order of figures decide. What the amounts state is
found afterwards (``subjects.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.catalog import ClauseWording
from gouji.facts import Presence, Printed, Unit
from gouji.reading.clause_events import Event, events, punctuated
from gouji.reading.clause_words import SHORTEST_NAMED, core, is_named
from gouji.reading.leading_words import (
    latest_year,
    leading_words,
    named_year,
    stage_of,
    starts_anew,
    who_of,
    without_year,
    year_of,
)
from gouji.reading.prose import Passage
from gouji.reading.statement import Comparison, Measure, Statement, Told, without_brackets

_MONEY = {unit.value: unit for unit in Unit if unit.is_money}
_ENDS_PURPOSE = re.compile(r"[，。；！？]")
_SENTENCE_END = "。！？"
_CLAUSE_END = "。！？；"
_EACH = "分别"
_JOINED = re.compile("[和及与、]")
_MARKS = frozenset("，。！？；：、")
_CLAUSE_BREAK = re.compile("[。！？；：]")
_BARE_BASE = re.compile(r"\d+(?:\.\d+)?$")
"""The figure compared with, printed without its unit (较上年2.08减少0.03万元)."""


@dataclass(slots=True)
class _Parts:
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


def read_clauses(
    passage: Passage, wording: ClauseWording, year: int | None, *, accounts: bool = False
) -> Told:
    """What a passage tells. ``year`` is that of the document; 上年 is the one before it. ``accounts`` says that 预算 without
    a year is what was planned for that year."""
    return _Reader(passage, wording, year, accounts).read()


class _Reader:
    """One passage on its way from left to right."""

    def __init__(self, passage: Passage, wording: ClauseWording, year: int | None, accounts: bool) -> None:
        self.text = punctuated(passage.folded)
        self.passage = passage
        self.wording = wording
        self.year = year
        self.own_year = year or latest_year(self.text)
        """The year of the document, or the latest that a passage names where no heading says it."""
        self.accounts = accounts
        self.told = Told(passage)
        self.read_to = 0
        self.figure_end = -1
        self.figure_before = 0
        self.depth = 0
        self.in_cause = False
        self.current: Statement | None = None
        self.last_figure: Statement | None = None
        """A figure of last year that stands on its own; what it is compared with is ``current``."""
        self.comparison: Comparison | None = None
        self.latest: Comparison | None = None
        self.explained: Comparison | None = None
        """What the cause is of."""
        self.completed: tuple[Statement, str] | None = None
        """A rate of completion that was just told, and the words for what is completed."""
        self.subject = (-1, "")
        """Where a comparison named in words what it is about, and the words."""
        self.parts: list[_Parts] = []
        self.lists = 0
        self.closed: tuple[int, _Parts] | None = None
        """A list that ended with a semicolon, and where that was."""
        self.row: list[Statement] = []
        """Amounts told one after another for one name (货物、工程、服务分别为3万元、2万元和1万元)."""
        self.shares: list[Statement] = []
        """Those of them whose shares follow."""
        self.purpose = -1
        """Where it was last told what money is for."""
        self.sides_from: int | None = None
        """Where a side of a sum was told whose total is not known."""
        self.outside: list[Statement | None] = []
        """What was told before each open bracket."""

    def read(self) -> Told:
        for event in events(self.text, self.wording):
            getattr(self, f"_{event.kind}")(event)
        self.told.last = self.current
        return self.told

    # ---- words

    def _mark(self, event: Event) -> None:
        character = event.match.group()
        if character == "(":
            self.depth += 1
            self.outside.append(self.current)
            if event.start == self.figure_end:
                self._open(self.current, event.end, in_bracket=True)
        elif character == ")":
            self.depth = max(0, self.depth - 1)
            self.parts = [frame for frame in self.parts if frame.depth <= self.depth]
            if self.outside:
                self.current = self.outside.pop() or self.current
        elif character in "：:":
            if event.start == self.figure_end:
                self._open(self.current, event.end)
        else:
            self.in_cause = False
            self.comparison = None
            if character in _SENTENCE_END:
                self.parts = []
                self.depth = 0
                self.outside = []
            elif (self.parts and self.parts[-1].whole.measure is Measure.COUNT) or (
                len(self.parts) > 1 and self.parts[-1].whole.whole is not None
            ):
                self.parts.pop()
            elif self.parts and self.parts[-1].within_clause(self.told.statements):
                # 公务用车费1万元，包括购置费0.3万元和运行费0.7万元；公务接待费…
                self.closed = event.end, self.parts.pop()

    def _cause(self, event: Event) -> None:
        if self.latest is not None and self._explains_another(event.start, self.latest):
            self.latest = None
        self.explained = self.latest
        if self.latest is not None and not self.latest.cause:
            self.latest.cause_of_all = _SENTENCE_END[0] in self.text[self.latest.end : event.start]
            tail = self.text[event.end :]
            stop = re.search(r"[。！？]", tail)
            self.latest.cause = (tail[: stop.start()] if stop else tail).lstrip("是为:：，")
            if not self.latest.cause and not tail.lstrip("是为:：，"):
                self.told.open_cause = self.latest
            self.latest = None
        self.in_cause = True

    def _explains_another(self, start: int, latest: Comparison) -> bool:
        """比上年减少5万元，其中…。出国费增加主要是…: the cause is of what its own sentence names."""
        opened = max(self.text.rfind(mark, 0, start) for mark in _CLAUSE_END) + 1
        named = _CHANGED.sub("", self.text[opened:start])
        if opened <= latest.start or named == self.text[opened:start] or not core(named):
            return False
        who = core(latest.current.words) if latest.current is not None else core(latest.who)
        return core(named) not in who

    def _list(self, event: Event) -> None:
        whole = self._told_apart(event.start)
        before = leading_words(self.text[: event.start])
        if self.closed is not None and self.closed[0] == event.start:
            self.parts.append(self.closed[1])
        if self.parts and self.text[event.start - 1 : event.start] == "；":
            # Parts of another kind: of what the list before was about.
            whole = self.parts[0].whole
            self.parts = []
        elif before in self.wording.sides:
            while whole is not None and whole.whole is not None:
                whole = whole.whole
            if whole is None:
                self.sides_from = self.sides_from or event.start
            elif self.sides_from is not None and whole.start > self.sides_from:
                # What the side before was made of, and no whole.
                whole = None
            self.parts = []
        self._open(whole, event.end)

    def _told_apart(self, end: int) -> Statement | None:
        """What a list of parts tells apart: the last amount; but where a sentence ended since, and that amount was a part
        itself, what the last comparison was about, or else the whole of it. After a sentence that told no figure nobody
        knows."""
        current = self.current
        if current is None:
            return None
        if len(self.row) > 1 and current is self.row[-1]:
            return current.whole
        between = without_brackets(self.text[current.end : end])
        ends = sum(between.count(mark) for mark in _SENTENCE_END)
        latest = self.latest
        if ends and latest is not None and latest.start >= current.end and latest.current is not None:
            return latest.current if current.whole is not None else current
        if ends > 1:
            return None
        if not ends or current.whole is None:
            return current
        while current.whole is not None:
            current = current.whole
        return current

    def _open(self, whole: Statement | None, start: int, *, in_bracket: bool = False) -> None:
        """Open a list of parts, if a figure follows before the next comma."""
        first = re.split(r"[，。；、]", self.text[start:], maxsplit=1)[0]
        if whole is not None and not self.in_cause and self.wording.figure.search(first):
            self.lists += 1
            self.parts.append(_Parts(whole, self.depth, self.lists, in_bracket))
            self.read_to = start

    def _compared(self, event: Event) -> None:
        if self.in_cause and not self._goes_on(event):
            return
        self.in_cause = False
        year = event.match.group("year")
        base_year = int(year) if year else self.year - 1 if self.year else None
        own = self.accounts and year is not None and base_year == self.year
        against = "budget" if own and "预算" in event.match.group("of") else "year"
        self.comparison = Comparison(self.passage, event.start, event.end, against, base_year)

    def _goes_on(self, event: Event) -> bool:
        """Whether a sentence goes on after the cause of what was compared with the plan: 决算数小于预算数的主要原因是厉行
        节约，与上年相比减少0.74万元."""
        caused = self.explained
        return (
            caused is not None and caused.against == "plan"
            and self.text[event.start - 1 : event.start] == "，"
            and self.wording.changes_next.match(self.text, event.end) is not None
        )  # fmt: skip

    def _budgeted(self, event: Event) -> None:
        """比年初预算增加, in accounts: compared with what was planned for the year itself."""
        if self.accounts and not self.in_cause:
            self.comparison = Comparison(self.passage, event.start, event.end, "budget", self.year)

    def _again(self, event: Event) -> None:
        """同比: with the year before; or what a comparison goes on with (比上年增加5万元，同比增长10%)."""
        open_one = self.comparison
        if self.in_cause or (
            open_one is not None and not self.text[open_one.end : event.start].strip("，、")
        ):
            return
        base_year = self.year - 1 if self.year else None
        self.comparison = Comparison(self.passage, event.start, event.end, "year", base_year)

    def _flat(self, event: Event) -> None:
        comparison = self.comparison
        if self.in_cause or comparison is None or comparison.says is not None:
            self._name_subject(event)
            return
        who = who_of(self.text[comparison.end : event.start])
        if not core(who):
            # 其中基本支出与上年持平: who it is stands before.
            before = who_of(leading_words(self.text[self.read_to : comparison.start]))
            who = before.removeprefix("其中") if core(before) != _GENERAL else ""
        comparison.says, comparison.nearly = 0, event.match.group("nearly") is not None
        comparison.end = event.end
        self._settle(comparison, who)
        self.comparison = None

    def _name_subject(self, event: Event) -> None:
        """接待费比预算无变化，比上年增加2万元: what the next comparison is about, too, if that with a budget is not followed."""
        words = leading_words(self.text[self.read_to : event.start])
        head = self.wording.compare_head.search(words)
        if head is not None and not self.in_cause and core(words[: head.start()]):
            self.subject = (event.start, words[: head.start()])

    def _against_plan(self, event: Event) -> None:
        if self.in_cause:
            return
        match = event.match
        says = 1 if match.group("greater") else -1 if match.group("smaller") else 0
        end, nearly = event.end, False
        if match.group("equal") == "与":
            flat = self.wording.flat.match(self.text, event.end)
            if flat is None:
                if self.wording.compared_after.match(self.text, event.end):
                    self._budgeted(event)
                return
            end, nearly = flat.end(), flat.group("nearly") is not None
        against = "year" if match.group("last") else "plan"
        comparison = Comparison(self.passage, event.start, end, against, says=says, nearly=nearly)
        if against == "year":
            comparison.same_as = next(
                (
                    one
                    for one in reversed(self.told.comparisons)
                    if one.against == "year" and one.difference is not None
                ),
                None,
            )
        elif self.told.pairs:
            comparison.base, comparison.current = self.told.pairs[-1]
        elif self.current is not None and self.current.stage == "final":
            opened = max(self.text.rfind(mark, 0, event.start) for mark in _SENTENCE_END) + 1
            comparison.unplanned = (
                self.wording.unplanned.search(self.text, opened, self.current.start) is not None
            )
            comparison.current = self.current if comparison.unplanned else None
        comparison.rate = self._rate_of(match) if against == "plan" else None
        self.told.comparisons.append(comparison)
        self.latest = comparison

    def _rate_of(self, match: re.Match[str]) -> Statement | None:
        """The rate of completion told right before, if it is of the same budget: 完成年初预算的105%，决算数大于年初预算数."""
        if self.completed is None:
            return None
        rate, of = self.completed
        named = {match.group("planned").removesuffix("数"), of.strip("的为数")}
        same = "" not in named and len(named - {"预算"}) <= 1
        return rate if same and not self.text[rate.end : match.start()].strip("，") else None

    def _purpose(self, event: Event) -> None:
        """主要用于甲5万元、乙3万元: what an amount is for, and no part of the list that it stands in itself."""
        self.purpose = event.end

    def _is_purpose(self, statement: Statement) -> bool:
        between = without_brackets(self.text[self.purpose : statement.start])
        return self.purpose > 0 and not _ENDS_PURPOSE.search(between.lstrip("：:"))

    def _threshold(self, event: Event) -> None:
        """单价100万元（含）以上设备: the figure only says which things are counted, and stays among the words."""

    # ---- figures

    def _figure(self, event: Event) -> None:
        lead = self.text[self.read_to : event.start]
        unit = event.match.group("unit")
        printed = _printed(event.match, unit)
        self.figure_before = max(self.figure_end, 0)
        self.read_to = self.figure_end = event.end
        last = leading_words(lead)
        statement = Statement(
            Measure.AMOUNT if unit in self.wording.money else Measure.COUNT, printed, self.passage,
            event.start, event.end, last, unit, in_cause=self.in_cause, depth=self.depth,
        )  # fmt: skip
        if lead.startswith("、") and self.told.statements:
            statement.beside = self.told.statements[-1]
        self.told.statements.append(statement)
        change = self.wording.change.search(last)
        if statement.measure is Measure.AMOUNT:
            self.row = [*self.row, statement] if _JOINED.fullmatch(lead) else [statement]
        if _JOINED.fullmatch(lead) and unit == "%" and self.shares:
            self._share_of_row(statement)
        elif _JOINED.fullmatch(lead) and self._follows_a_change():
            # 分别减少0.18亿元和0.56亿元.
            statement.measure = Measure.OTHER
        elif unit == "%":
            self._ratio(statement, last, change)
        elif statement.measure is Measure.AMOUNT and self._beyond_plan(statement):
            pass
        elif change is not None:
            self._difference(statement, last, change)
        elif statement.measure is Measure.AMOUNT and self.wording.gap.search(last):
            statement.measure = Measure.OTHER
        else:
            self._stated(statement, last)

    def _follows_a_change(self) -> bool:
        """Whether the figure before is by how much something changed."""
        before = self.told.statements[-2:-1]
        return bool(before) and before[0].measure in (Measure.DIFFERENCE, Measure.GROWTH)

    def _ratio(self, statement: Statement, last: str, change: re.Match[str] | None) -> None:
        share, completion = self.wording.share.search(last), self.wording.completion.search(last)
        statement.measure = Measure.OTHER
        if change is not None:
            statement.measure = Measure.GROWTH
            statement.direction = 1 if change.group("up") else -1
            self._attach(statement, last[: change.start()])
        elif share is not None:
            statement.measure = Measure.SHARE
            statement.share_of = share.group("whole")
            statement.words = last[: share.start()]
            if self._is_of_row(statement):
                return
            statement.of = self._about(statement.words)
            frames = [
                frame.whole for frame in self.parts if statement.of and statement.of.whole is frame.whole
            ]
            statement.whole = frames[-1] if frames else None
        else:
            if self.told.pairs:
                self._of_a_pair(statement, last, completion is not None)
            current = self.current
            if (
                completion is not None
                and statement.of is None
                and current is not None
                and self._same_sentence(current)
            ):
                statement.of = (
                    current if current.measure is Measure.AMOUNT and current.stage != "budget" else None
                )
        self.completed = (statement, completion.group("of")) if completion is not None else None

    def _is_of_row(self, share: Statement) -> bool:
        """Whether a share follows amounts told in a row: then as many shares are told, in the same order, or nobody knows
        of which of them it is."""
        if len(self.row) < 2 or self.current is not self.row[-1] or core(share.words):
            return False
        following = _SHARES.match(self.text, share.end)
        told = 1 + (following.group().count("%") if following else 0)
        self.shares = list(self.row) if told == len(self.row) else []
        if self.shares:
            self._share_of_row(share)
        return True

    def _share_of_row(self, share: Statement) -> None:
        before = self.told.statements[-2]
        share.measure, share.of = Measure.SHARE, self.shares.pop(0)
        share.whole, share.share_of = share.of.whole, share.share_of or before.share_of

    def _of_a_pair(self, statement: Statement, last: str, completes: bool) -> None:
        """完成年初预算的98.20%, 完成全年预算5万元的98.20%, 预决算差异率-1.80%."""
        plan, actual = self.told.pairs[-1]
        completes = completes or (last == "的" and self.told.statements[-2] is plan)
        deviates = self.wording.deviation.search(last) is not None
        current = self.current
        same = current is actual or (
            deviates and current is not None and current.printed.base == actual.printed.base
        )
        if same and (completes or deviates):
            statement.measure = Measure.COMPLETION if completes else Measure.DEVIATION
            statement.of, statement.base = actual, plan

    def _beyond_plan(self, statement: Statement) -> bool:
        """决算数大于预算数6.54万元: the amount right behind is the difference."""
        comparison = self.latest
        if comparison is None or comparison.against != "plan" or comparison.difference is not None:
            return False
        if self.text[comparison.end : statement.start].strip("的额为") or statement.in_cause:
            return False
        statement.measure, statement.direction = Measure.DIFFERENCE, comparison.says or 0
        statement.of, statement.base = comparison.current, comparison.base
        comparison.difference, comparison.end = statement, statement.end
        return True

    def _difference(self, statement: Statement, last: str, change: re.Match[str]) -> None:
        if statement.measure is Measure.COUNT:
            statement.measure = Measure.OTHER
            return
        statement.measure = Measure.DIFFERENCE
        statement.direction = 1 if change.group("up") else -1
        self._attach(statement, last[: change.start()])

    def _attach(self, statement: Statement, before: str) -> None:
        """Give a difference or a growth to the comparison that it belongs to."""
        comparison = self.comparison
        if _EACH in before:
            # 与上年相比，分别减少1万元和2万元: which of several, the words do not say.
            self.comparison = None
            return
        if comparison is None and not statement.in_cause:
            comparison = self._of_parts(before, statement)
            if comparison is None and self.latest is not None:
                apart = set(_CLAUSE_END) & set(self.text[self.latest.end : statement.start])
                self.latest = None if apart else self.latest
        if statement.in_cause or comparison is None:
            return
        slot = "difference" if statement.measure is Measure.DIFFERENCE else "growth"
        if getattr(comparison, slot) is not None:
            return
        first = comparison.difference is None and comparison.growth is None
        setattr(comparison, slot, statement)
        if first:
            words = _BARE_BASE.sub("", before.replace(self.text[comparison.start : comparison.end], ""))
            if not core(words) and self.text[comparison.start - 1 : comparison.start] not in _MARKS:
                words = leading_words(self.text[self.figure_before : comparison.start]).removeprefix("其中")
            comparison.says = statement.direction
            comparison.end = statement.end
            self._settle(comparison, who_of(self.wording.compared.sub("", words)))
        statement.of, statement.base = comparison.current, comparison.base

    def _of_parts(self, before: str, statement: Statement) -> Comparison | None:
        """比上年减少5万元，下降5%。其中：接待费减少2万元；用车费减少3万元: each part is compared with what the whole is."""
        whole = self.told.comparisons[-1] if self.told.comparisons else None
        if whole is None or whole.against == "plan" or whole.difference is None:
            return None
        listed = self.wording.parts.search(self.text, whole.end, statement.start) is not None
        if not core(who_of(before)) or not (listed or whole.part_of is not None):
            return None
        start = statement.start - len(statement.words)
        self.comparison = Comparison(
            self.passage, start, start, whole.against, whole.base_year, part_of=whole
        )
        return self.comparison

    def _settle(self, comparison: Comparison, who: str) -> None:
        """Find the figure that is compared, and the one it is compared with where that is stated."""
        if core(who):
            self.subject = (comparison.start, who)
        elif self._is_named_since():
            who = self.subject[1]
        comparison.unnamed, comparison.who = not core(who), who
        comparison.current = self._about(who)
        if comparison.current is None and comparison.base is not None:
            # 较2023年度“三公”经费合计16万元增加…: what grew bears the name of what it is compared with.
            named = without_year(comparison.base.words)
            comparison.current = self._about(named) if core(named) else None
        if comparison.against == "budget":
            plans = (plan for plan, actual in self.told.pairs if actual is comparison.current)
            comparison.base = comparison.base or next(plans, None)
        elif comparison.base is None:
            comparison.base = next(
                (
                    stated
                    for stated in reversed(self.told.statements)
                    if stated.measure is Measure.AMOUNT and not stated.in_cause and stated is not comparison.current
                    and not any(stated is other.base for other in self.told.comparisons)
                    and stated.year is not None and stated.year == comparison.base_year
                    and comparison.current is not None and stated.whole is comparison.current.whole
                    and (stated is not self.last_figure or comparison.current is self.current)
                    and _no_sentence_between(self.text, stated.end, comparison.start)
                ),
                None,
            )  # fmt: skip
        self.told.comparisons.append(comparison)
        self.latest = comparison

    def _is_named_since(self) -> bool:
        """Whether a comparison named in words what it is about since the last amount, in the same sentence, as this one
        then is, too: 接待费比预算无变化，比上年增加2万元."""
        start = self.subject[0]
        told = self.current.end if self.current is not None else 0
        return start >= told and not any(mark in self.text[start : self.read_to] for mark in "。！？；")

    def _about(self, who: str) -> Statement | None:
        """The amount that a difference or a share is about: the last one, unless ``who`` names another."""
        current, named = self.current, who
        who = core(who)
        if not who:
            if current is None or not self._same_sentence(current):
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

    def _same_sentence(self, stated: Statement) -> bool:
        """Whether nothing but the end of one sentence lies between, and then no list of parts does."""
        between = self.wording.cause_sentence.sub("", without_brackets(self.text[stated.end : self.read_to]))
        return not any(mark in between for mark in _SENTENCE_END) or (
            stated.whole is None and sum(between.count(mark) for mark in _SENTENCE_END) == 1
        )

    def _stated(self, statement: Statement, last: str) -> None:
        """An amount or a count of its own."""
        statement.year = year_of(last, self.year)
        if self._last_figure(statement, last):
            return
        compared = self.wording.compared.search(last)
        if compared is not None and (
            compared.end() >= len(last.rstrip("为是的"))
            or self.wording.changes_next.match(self.text, statement.end)
        ):
            self._base(statement)
            return
        if statement.year == self.year:
            statement.year = None
        if statement.in_cause:
            return
        against = self.comparison
        self.comparison = None
        statement.stage = stage_of(last)
        if self.parts and (starts_anew(last) or self.wording.closes.search(last)):
            self.parts = []
        if self._stands_aside(statement, last, against):
            return
        if self.parts and self.parts[-1].depth == self.depth:
            frame = self.parts[-1]
            counted = self._counted_before(frame.whole, statement) if frame.in_bracket else None
            statement.whole = counted or self._whole_of(frame.whole, statement.stage)
            statement.list_number, statement.in_bracket = frame.number, frame.in_bracket
            if statement.year is None and (self.year is None or named_year(last) != self.year):
                statement.year = statement.whole.year
        if statement.year not in (None, self.own_year) and self.current is not None:
            return
        if statement.measure is Measure.AMOUNT:
            self._pair(statement, last)
            self.current = statement
        elif statement.whole is not None or self.current is None or self.current.measure is Measure.COUNT:
            self.current = statement

    def _stands_aside(self, statement: Statement, last: str, against: Comparison | None) -> bool:
        """Whether an amount tells nothing of its own: what money is for, the budget of the figure before it, what a rate is
        of."""
        if self.parts and self._is_purpose(statement):
            return True
        if statement.measure is Measure.AMOUNT and self._is_planned_for_current(statement, last, against):
            return True
        statement.is_base = self._of_a_rate(statement, last)[1]
        return statement.is_base

    def _counted_before(self, whole: Statement, part: Statement) -> Statement | None:
        """8批次、60人次（国内接待5批次、…）: of two counts told together, the one in the unit of what the bracket tells."""
        if part.measure is not Measure.COUNT or whole.measure is not Measure.COUNT or part.unit == whole.unit:
            return None
        before = self.told.statements[: self.told.statements.index(whole)][-1:]
        near = [one for one in before if one.unit == part.unit and whole.start - one.end <= _TOGETHER]
        return near[0] if near and near[0].whole is whole.whole else None

    def _last_figure(self, statement: Statement, last: str) -> bool:
        """收入上年数为0.80万元，增加…: a figure of last year; what is compared with it is this year's of that name."""
        match = self.wording.last_figure.search(last)
        if (
            match is None
            or self.year is None
            or statement.measure is not Measure.AMOUNT
            or statement.in_cause
        ):
            return False
        statement.year, statement.is_base = self.year - 1, True
        about = self._about(last[: match.start()]) if self.current is not None else None
        self.current, self.last_figure = about or self.current, statement
        statement.of = self.current
        return True

    def _base(self, statement: Statement) -> None:
        """比2025年年初预算数125462.47万元: a figure that is only compared with."""
        statement.is_base = True
        comparison = self.comparison
        if comparison is not None:
            statement.year = comparison.base_year
            if comparison.base is None and statement.measure is Measure.AMOUNT:
                comparison.base = statement

    def _is_planned_for_current(self, statement: Statement, last: str, against: Comparison | None) -> bool:
        """支出2.05万元，年初预算为2.95万元, in accounts: the second is what was planned for the first. So it is in
        完成全年预算2.95万元的69.49%, and after 与年初预算相比 in a sentence of its own."""
        actual = self.current
        completed, rated = self._of_a_rate(statement, last)
        if (
            not (self.accounts or rated)
            or actual is None
            or actual.measure is not Measure.AMOUNT
            or actual.stage == "budget"
        ):
            return False
        between = self.text[actual.end : statement.start]
        compared = against is not None and against.against == "budget" and actual.whole is None
        if completed:
            apart = "预算" not in completed or bool(set(_CLAUSE_END) & set(between))
        else:
            apart = bool(core(last)) or (bool(_CLAUSE_BREAK.search(between)) and not compared)
        if apart or stage_of(last) != "budget":
            return False
        statement.whole, statement.list_number, statement.named_by = None, 0, actual
        actual.stage = actual.stage or "final"
        self.told.pairs.append((statement, actual))
        return True

    def _of_a_rate(self, statement: Statement, last: str) -> tuple[str, bool]:
        """The words for what is completed by an amount, and whether a rate of it follows: 完成预算3万元的60%, 占预算3万元的60%."""
        completed, share = self.wording.completion.search(last), self.wording.share.search(last)
        follows = _RATE.match(self.text, statement.end) is not None
        if completed is not None:
            return completed.group("of"), follows
        return (share.group("whole"), True) if share is not None and follows else ("", False)

    def _pair(self, statement: Statement, last: str) -> None:
        """年初预算为…，支出决算为…: the second is the actual figure of the first."""
        plan, named = self.current, core(last)
        if plan is None or plan.stage != "budget" or statement.stage != "final":
            return
        if named not in ("", _GENERAL, core(plan.words)):
            return
        if not _no_sentence_between(self.text, plan.end, statement.start):
            return
        if plan.whole is not None:
            statement.whole = self._whole_of(plan.whole, "final")
            statement.list_number = plan.list_number
        if named in ("", _GENERAL):
            statement.named_by = plan
        self.told.pairs.append((plan, statement))

    def _whole_of(self, whole: Statement, stage: str) -> Statement:
        """The whole of a part: of a budgeted part the budgeted one, where both were stated."""
        for plan, actual in self.told.pairs:
            if whole in (plan, actual) and stage:
                return plan if stage == "budget" else actual
        return whole


_TOGETHER = 4
"""Characters between two counts told together."""
_BOTH_SIDES = "收支"
"""What may stand before a change of both totals, where they are one figure."""


def _are_balanced(amounts: Sequence[Statement]) -> bool:
    """Whether the last two amounts are one figure of both sides (收入总计5万元，支出总计5万元)."""
    if len(amounts) < 2:
        return False
    last, before = amounts[0], amounts[1]
    sides = "支出" in last.words and "收入" in before.words
    return sides and last.printed.base == before.printed.base


_GENERAL = "支出"
"""What may stand before 决算 without naming anything: 支出决算为."""
_SHARES = re.compile(r"(?:[、和及与]-?[\d.]+%)+")


_CHANGED = re.compile(r"(?:增加|增长|上升|减少|下降|降低)的?$")
_RATE = re.compile(r"的[\d.]+%")
"""What makes an amount the plan of the one before, in any document: 完成预算2.95万元的69.49%."""


def _printed(match: re.Match[str], unit: str) -> Printed:
    number = match.group("number").replace(",", "")
    decimals = len(number.partition(".")[2])
    kind = Unit.PERCENT if unit == "%" else _MONEY.get(unit, Unit.COUNT)
    return Printed(match.group("number"), Decimal(number), decimals, kind, Presence.NUMBER, decimals)


def _no_sentence_between(text: str, start: int, end: int) -> bool:
    return not any(mark in text[start:end] for mark in _SENTENCE_END)
