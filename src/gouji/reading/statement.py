"""What sentences state: figures with what they measure, and comparisons between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from gouji.facts import Fact, Place, Printed, Witness
from gouji.reading.prose import Passage


class Measure(StrEnum):
    """What a figure in a sentence measures."""

    AMOUNT = "amount"
    """Money: 支出125.87万元."""
    COUNT = "count"
    """Counted things: 团组2个, 来宾5人次, 车辆0辆."""
    SHARE = "share"
    """占本年支出合计的79.49%."""
    DIFFERENCE = "difference"
    """比上年增加2.55万元."""
    GROWTH = "growth"
    """增长1.40%."""
    DEVIATION = "deviation"
    """预决算差异率10.30%."""
    COMPLETION = "completion"
    """完成年初预算的98.20%."""
    OTHER = "other"
    """A percentage of something else."""


@dataclass(slots=True, eq=False)
class Statement:
    """A figure in a sentence. Characters ``start`` to ``end`` of its passage are the number with its unit.

    ``words`` are the words before it, without what its measure says. ``fact`` is what it states, ``None`` where
    that was not understood (``why`` says so in Chinese); ``rivals`` are facts of which tables state the same, and that
    its words could mean as well: 收入合计 where 总计 and 本年收入 are equal.
    ``of`` is the figure that a difference or a ratio is about, ``base`` what it is compared with (last year's
    figure, or the budget), ``whole`` the figure of which it is told apart as a part.
    """

    measure: Measure
    printed: Printed
    passage: Passage
    start: int
    end: int
    words: str
    unit: str = ""
    """As printed: 万元, 辆, %."""
    stage: str = ""
    """budget, final, or empty where the words do not say."""
    year: int | None = None
    """The year that the words name; ``None`` for the year of the document."""
    is_base: bool = False
    """Whether it is stated only to be compared with (比2025年年初预算数125.47万元)."""
    in_cause: bool = False
    depth: int = 0
    """Brackets open around it."""
    direction: int = 0
    """Of a difference or a growth: +1 增加, -1 减少."""
    share_of: str = ""
    """The words that name the whole of a share."""
    of: Statement | None = None
    base: Statement | None = None
    whole: Statement | None = None
    list_number: int = 0
    """Counts the lists of parts within a passage: a whole may be told apart in several ways."""
    in_bracket: bool = False
    """Whether a bracket right behind the whole tells its parts, without 其中 or the like: then it tells all of them."""
    whole_facts: tuple[Fact, ...] = ()
    """Of a share whose whole is named: what the words can name, the likeliest first."""
    beside: Statement | None = None
    """The figure right before it, joined by 、 (财政拨款收入总计73.28万元、支出总计73.28万元)."""
    named_by: Statement | None = None
    """The figure before it that carries the words for both (预算为7万元，决算为3.71万元)."""
    item: str = ""
    """The functional code whose paragraph it stands in."""
    fact: Fact | None = None
    rivals: tuple[Fact, ...] = ()
    why: str = ""
    witness: Witness | None = None

    def place(self, file: str) -> Place:
        return self.passage.place(file, self.start, self.end)

    @property
    def quote(self) -> str:
        """The clause in which it stands, as printed."""
        return clause_around(self.passage.text, self.start, self.end)


@dataclass(slots=True, eq=False)
class Comparison:
    """Two figures set against each other in words: 与2023年度相比减少, 决算数大于预算数, 与上年持平.

    ``says`` is +1 for more, -1 for less, 0 for the same, ``None`` where only figures speak; ``nearly`` weakens a
    0 (基本持平). ``against`` is year, plan (决算数大于预算数) or budget (比年初预算增加); ``unplanned`` tells a plan of nothing (未安排预算). ``unnamed``: no words say which
    figure changed; after a list of parts it may be the last of them or their whole. ``who`` are the words that name it. ``part_of`` is the
    comparison that it tells apart (比上年减少5万元。其中：接待费减少2万元). ``same_as`` is the comparison
    of the passage that told the same before, with figures. ``cause`` is the reason given, as folded characters.
    """

    passage: Passage
    start: int
    end: int
    against: str
    base_year: int | None = None
    says: int | None = None
    nearly: bool = False
    current: Statement | None = None
    base: Statement | None = None
    difference: Statement | None = None
    growth: Statement | None = None
    unplanned: bool = False
    unnamed: bool = False
    who: str = ""
    part_of: Comparison | None = None
    same_as: Comparison | None = None
    rate: Statement | None = None
    """The rate of completion of the same budget, told right before."""
    cause: str = ""
    cause_of_all: bool = False
    """Whether the cause is a sentence of its own: it may be that of any comparison before."""

    def place(self, file: str) -> Place:
        return self.passage.place(file, self.start, self.end)

    @property
    def quote(self) -> str:
        return clause_around(self.passage.text, self.start, self.end)


@dataclass(slots=True, eq=False)
class Told:
    """What one passage tells."""

    passage: Passage
    statements: list[Statement] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    pairs: list[tuple[Statement, Statement]] = field(default_factory=list)
    """A budgeted figure and the actual one that follows it."""
    last: Statement | None = None
    """The amount that the passage ends with, outside brackets."""
    open_cause: Comparison | None = None
    """A comparison whose cause was announced and stands in the next passage, if anywhere."""


_BRACKETS = re.compile(r"\([^()]*\)")


def without_brackets(text: str) -> str:
    """Folded text without what stands in brackets, those that are closed."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return text


def clause_around(text: str, start: int, end: int) -> str:
    """The part of a sentence around some characters, between strong punctuation, of a readable length."""
    left = max(text.rfind(mark, 0, start) for mark in "。；！？") + 1
    stops = [position for mark in "。；！？" if (position := text.find(mark, end)) >= 0]
    right = min(stops, default=len(text))
    left, right = max(left, start - _MOST_BEFORE), min(right, end + _MOST_AFTER)
    return text[left:right]


_MOST_BEFORE, _MOST_AFTER = 60, 40
