"""From one passage to what it tells: which figure is an amount, which a share, a growth, a part of what.

Nothing here knows accounts: the words before a figure, its unit and the order of figures decide. What the amounts state is
found afterwards (``subjects.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import ClauseWording, bare
from gouji.facts import Presence, Printed, Unit
from gouji.reading.prose import Passage
from gouji.reading.statement import Comparison, Measure, Statement, Told

_MONEY = {unit.value: unit for unit in Unit if unit.is_money}
_PIECE = re.compile(r"[，。；：！？,;:]|、(?!支)")
_SENTENCE_END = "。！？"
_YEAR = re.compile(r"(20\d\d)年")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!度?结)")
_STAGE_WORDS = re.compile(r"预算|决算|执行数")


class _Event(NamedTuple):
    start: int
    end: int
    kind: str
    match: re.Match[str]


@dataclass(slots=True)
class _Parts:
    """An open list of parts."""

    whole: Statement
    depth: int
    number: int
    """Counts the lists of a passage."""
    in_bracket: bool = False
    """Whether a bracket right behind the whole opens it, and no word."""


def read_clauses(passage: Passage, wording: ClauseWording, year: int | None) -> Told:
    """What a passage tells. ``year`` is that of the document; 上年 is the one before it."""
    return _Reader(passage, wording, year).read()


class _Reader:
    """One passage on its way from left to right."""

    def __init__(self, passage: Passage, wording: ClauseWording, year: int | None) -> None:
        self.text = _punctuated(passage.folded)
        self.passage = passage
        self.wording = wording
        self.year = year
        self.told = Told(passage)
        self.read_to = 0
        self.figure_end = -1
        self.depth = 0
        self.in_cause = False
        self.current: Statement | None = None
        self.last_figure: Statement | None = None
        """A figure of last year that stands on its own; what it is compared with is ``current``."""
        self.comparison: Comparison | None = None
        self.latest: Comparison | None = None
        self.parts: list[_Parts] = []
        self.lists = 0
        self.outside: list[Statement | None] = []
        """What was told before each open bracket."""

    def read(self) -> Told:
        for event in self._events():
            getattr(self, f"_{event.kind}")(event)
        self.told.last = self.current
        return self.told

    def _events(self) -> Iterator[_Event]:
        """Figures and words that matter, from left to right; what lies inside another is dropped, longest first."""
        wording = self.wording
        patterns = (
            ("figure", wording.figure), ("against_plan", wording.against_plan), ("compared", wording.compared),
            ("flat", wording.flat), ("cause", wording.cause), ("list", wording.parts), ("mark", _MARK),
            ("threshold", wording.counts.threshold),
        )  # fmt: skip
        found = [
            _Event(match.start(), match.end(), kind, match)
            for kind, pattern in patterns
            for match in pattern.finditer(self.text)
        ]
        found.sort(key=lambda event: (event.start, -event.end))
        reached = 0
        for event in found:
            if event.start >= reached:
                reached = event.end
                yield event

    # ---- words

    def _mark(self, event: _Event) -> None:
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

    def _cause(self, event: _Event) -> None:
        if self.latest is not None and not self.latest.cause:
            tail = self.text[event.end :]
            stop = re.search(r"[。！？]", tail)
            self.latest.cause = (tail[: stop.start()] if stop else tail).lstrip("是为:：，")
            if not self.latest.cause and not tail.lstrip("是为:：，"):
                self.told.open_cause = self.latest
            self.latest = None
        self.in_cause = True

    def _list(self, event: _Event) -> None:
        whole = self._told_apart(event.start)
        before = _last_piece(self.text[: event.start])
        if self.parts and self.text[event.start - 1 : event.start] == "；":
            # Parts of another kind: of what the list before was about.
            whole = self.parts[0].whole
            self.parts = []
        elif before in self.wording.sides:
            while whole is not None and whole.whole is not None:
                whole = whole.whole
            self.parts = []
        self._open(whole, event.end)

    def _told_apart(self, end: int) -> Statement | None:
        """What a list of parts tells apart: the last amount; but where a sentence ended since, and that amount was a part
        itself, what the last comparison was about, or else the whole of it."""
        current = self.current
        if current is None or current.whole is None:
            return current
        between = _outside_brackets(self.text[current.end : end])
        if not any(mark in between for mark in _SENTENCE_END):
            return current
        latest = self.latest
        if latest is not None and latest.start >= current.end and latest.current is not None:
            return latest.current
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

    def _compared(self, event: _Event) -> None:
        if self.in_cause:
            return
        year = event.match.group("year")
        base_year = int(year) if year else self.year - 1 if self.year else None
        self.comparison = Comparison(self.passage, event.start, event.end, "year", base_year)

    def _flat(self, event: _Event) -> None:
        comparison = self.comparison
        if self.in_cause or comparison is None or comparison.says is not None:
            return
        who = self._who(self.text[comparison.end : event.start])
        if not _core(who):
            # 其中基本支出与上年持平: who it is stands before.
            before = self._who(_last_piece(self.text[self.read_to : comparison.start]))
            who = before.removeprefix("其中") if _core(before) != _GENERAL else ""
        comparison.says, comparison.nearly = 0, event.match.group("nearly") is not None
        comparison.end = event.end
        self._settle(comparison, who)
        self.comparison = None

    def _against_plan(self, event: _Event) -> None:
        if self.in_cause:
            return
        match = event.match
        says = 1 if match.group("greater") else -1 if match.group("smaller") else 0
        end, nearly = event.end, False
        if match.group("equal") == "与":
            flat = self.wording.flat.match(self.text, event.end)
            if flat is None:
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
        self.told.comparisons.append(comparison)
        self.latest = comparison

    def _threshold(self, event: _Event) -> None:
        """单价100万元（含）以上设备: the figure only says which things are counted, and stays among the words."""

    # ---- figures

    def _figure(self, event: _Event) -> None:
        lead = self.text[self.read_to : event.start]
        unit = event.match.group("unit")
        printed = _printed(event.match, unit)
        self.read_to = self.figure_end = event.end
        last = _last_piece(lead)
        statement = Statement(
            Measure.AMOUNT if unit in self.wording.money else Measure.COUNT, printed, self.passage,
            event.start, event.end, last, unit, in_cause=self.in_cause,
        )  # fmt: skip
        if lead.startswith("、") and self.told.statements:
            statement.beside = self.told.statements[-1]
        self.told.statements.append(statement)
        change = self.wording.change.search(last)
        if unit == "%":
            self._ratio(statement, last, change)
        elif statement.measure is Measure.AMOUNT and self._beyond_plan(statement):
            pass
        elif change is not None:
            self._difference(statement, last, change)
        else:
            self._stated(statement, last)

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
            statement.of = self._about(statement.words)
            frames = [
                frame.whole for frame in self.parts if statement.of and statement.of.whole is frame.whole
            ]
            statement.whole = frames[-1] if frames else None
        elif completion is not None and self.told.pairs:
            plan, actual = self.told.pairs[-1]
            if self.current is actual:
                statement.measure, statement.of, statement.base = Measure.COMPLETION, actual, plan

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
        if statement.in_cause or comparison is None:
            return
        slot = "difference" if statement.measure is Measure.DIFFERENCE else "growth"
        if getattr(comparison, slot) is not None:
            return
        first = comparison.difference is None and comparison.growth is None
        setattr(comparison, slot, statement)
        if first:
            comparison.says = statement.direction
            comparison.end = statement.end
            self._settle(comparison, self._who(self.wording.compared.sub("", before)))
        statement.of, statement.base = comparison.current, comparison.base

    def _settle(self, comparison: Comparison, who: str) -> None:
        """Find the figure that is compared, and the one it is compared with where that is stated."""
        comparison.current = self._about(who)
        if comparison.base is None:
            comparison.base = next(
                (
                    stated
                    for stated in reversed(self.told.statements)
                    if stated.measure is Measure.AMOUNT and not stated.in_cause
                    and stated.year is not None and stated.year == comparison.base_year
                    and comparison.current is not None and stated.whole is comparison.current.whole
                    and (stated is not self.last_figure or comparison.current is self.current)
                    and _no_sentence_between(self.text, stated.end, comparison.start)
                ),
                None,
            )  # fmt: skip
        self.told.comparisons.append(comparison)
        self.latest = comparison

    def _who(self, words: str) -> str:
        return _last_piece(words).strip("各均分别总共也亦则")

    def _about(self, who: str) -> Statement | None:
        """The amount that a difference or a share is about: the last one, unless ``who`` names another."""
        current, named = self.current, who
        who = _core(who)
        if not who:
            if current is None or not self._same_sentence(current):
                return None
            # 其中：甲…，乙…；比上年增加: what grew is the whole, not its last part.
            apart = "；" in _outside_brackets(self.text[current.end : self.read_to])
            return current.whole if apart and current.whole is not None else current
        amounts = [
            stated
            for stated in reversed(self.told.statements)
            if stated.measure is Measure.AMOUNT and not stated.is_base and not stated.in_cause
        ]
        # 收入总计 and 本年收入 have one core: the very words come first.
        very = (
            stated for stated in amounts if len(named) >= _SHORTEST_NAMED and stated.words.endswith(named)
        )
        cores = ((stated, _core(stated.words)) for stated in amounts)
        alike = (s for s, words in cores if words == who or _is_named(words, who) or _is_named(who, words))
        return next(very, None) or next(alike, None)

    def _same_sentence(self, stated: Statement) -> bool:
        """Whether nothing but the end of one sentence lies between, and then no list of parts does."""
        between = _outside_brackets(self.text[stated.end : self.read_to])
        return not any(mark in between for mark in _SENTENCE_END) or (
            stated.whole is None and sum(between.count(mark) for mark in _SENTENCE_END) == 1
        )

    def _stated(self, statement: Statement, last: str) -> None:
        """An amount or a count of its own."""
        statement.year = self._year_of(last)
        if self._last_figure(statement, last):
            return
        compared = self.wording.compared.search(last)
        if compared is not None and compared.end() >= len(last.rstrip("为是的")):
            self._base(statement)
            return
        if statement.year == self.year:
            statement.year = None
        if statement.in_cause:
            return
        self.comparison = None
        statement.stage = _stage(last)
        if self.parts and _starts_anew(last):
            self.parts = []
        if self.parts and self.parts[-1].depth == self.depth:
            frame = self.parts[-1]
            counted = self._counted_before(frame.whole, statement) if frame.in_bracket else None
            statement.whole = counted or self._whole_of(frame.whole, statement.stage)
            statement.list_number, statement.in_bracket = frame.number, frame.in_bracket
        if statement.year is not None and self.current is not None:
            return
        if statement.measure is Measure.AMOUNT:
            self._pair(statement, last)
            self.current = statement
        elif statement.whole is not None or self.current is None or self.current.measure is Measure.COUNT:
            self.current = statement

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

    def _year_of(self, words: str) -> int | None:
        year = _YEAR.search(words)
        if year is not None:
            return int(year.group(1))
        return self.year - 1 if self.year and _LAST_YEAR.match(words) else None

    def _base(self, statement: Statement) -> None:
        """比2025年年初预算数125462.47万元: a figure that is only compared with."""
        statement.is_base = True
        comparison = self.comparison
        if comparison is not None:
            statement.year = comparison.base_year
            if comparison.base is None and statement.measure is Measure.AMOUNT:
                comparison.base = statement

    def _pair(self, statement: Statement, last: str) -> None:
        """年初预算为…，支出决算为…: the second is the actual figure of the first."""
        plan, core = self.current, _core(last)
        if plan is None or plan.stage != "budget" or statement.stage != "final":
            return
        if core not in ("", _GENERAL, _core(plan.words)):
            return
        if not _no_sentence_between(self.text, plan.end, statement.start):
            return
        if plan.whole is not None:
            statement.whole = self._whole_of(plan.whole, "final")
            statement.list_number = plan.list_number
        if core in ("", _GENERAL):
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
_GENERAL = "支出"
"""What may stand before 决算 without naming anything: 支出决算为."""
_MARK = re.compile(r"[。；！？()：:]")


def _last_piece(lead: str) -> str:
    """The words right before a figure: after the last comma, and outside brackets that were not closed."""
    lead = lead.removeprefix("、")
    piece = _PIECE.split(lead)[-1]
    if not piece.strip("为是约") and len(_PIECE.split(lead)) > 1 and lead.rstrip("为是约")[-1:] in "：，:":
        piece = _PIECE.split(lead)[-2] + piece
    depth = 0
    for index in range(len(piece) - 1, -1, -1):
        if piece[index] == ")":
            depth += 1
        elif piece[index] == "(":
            if depth == 0:
                return piece[index + 1 :]
            depth -= 1
    if depth:
        # Closed more often than opened: what was in brackets was told before.
        piece = piece[piece.index(")") + 1 :] if piece.count(")") > piece.count("(") else piece
    return bare(piece) if _ORDINAL.match(piece) else piece


_COMMA = re.compile(r"(?<!\d),|,(?!\d)")


def _punctuated(folded: str) -> str:
    """Text of the same length with Chinese punctuation for the Western that some write."""
    return _COMMA.sub("，", folded.replace(";", "；").replace(":", "：").replace("。)", "，)"))


def _starts_anew(words: str) -> bool:
    """Whether an amount is no part of the list before it: it names the year or the body again."""
    return _ANEW.search(words) is not None


_ANEW = re.compile(r"20\d\d年|本部门|本单位|我部门|我单位")
_ORDINAL = re.compile(r"\(?[一二三四五六七八九十\d]{1,3}[)、.．]")


def _printed(match: re.Match[str], unit: str) -> Printed:
    number = match.group("number").replace(",", "")
    decimals = len(number.partition(".")[2])
    kind = Unit.PERCENT if unit == "%" else _MONEY.get(unit, Unit.COUNT)
    return Printed(match.group("number"), Decimal(number), decimals, kind, Presence.NUMBER, decimals)


def _stage(words: str) -> str:
    found = [match.group() for match in _STAGE_WORDS.finditer(words) if not _is_fund(words, match.end())]
    return "" if not found else "budget" if found[-1] == "预算" else "final"


def _is_fund(words: str, end: int) -> bool:
    """Whether 预算 belongs to the name of a fund (一般公共预算)."""
    return words[:end].endswith(("公共预算", "基金预算", "经营预算"))


_WEAK = re.compile(
    r"20\d\d年度?|年初|全年|当年|本年度?|年度|预算安排|预算|决算|执行|总额|合计|总计|小计|安排|数|为|是|各|共|的|额|分别|均|本部门|本单位|我部门|我单位|[“”\"、()]|支出为|财政(?=拨款)|金额"
)


def _core(words: str) -> str:
    """Words without what does not tell one figure of a sentence from another."""
    return _WEAK.sub("", words).replace("收入支出", "收支")


_TELLING = re.compile(r"公共|基金|资本|基本|项目|收入|支出|费|拨款|经营|事业|采购|接待|用车")
_SHORTEST_NAMED = 4


def _is_named(full: str, short: str) -> bool:
    """Whether one wording is the other with only a name before it."""
    if len(short) < _SHORTEST_NAMED or not full.endswith(short):
        return False
    return not _TELLING.search(full[: -len(short)])


_BRACKETS = re.compile(r"\([^()]*\)")


def _outside_brackets(text: str) -> str:
    """Text without what stands in brackets, those that are closed."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return text


def _no_sentence_between(text: str, start: int, end: int) -> bool:
    return not any(mark in text[start:end] for mark in _SENTENCE_END)
