"""Comparisons as a passage tells them: against what (the year before, a budget, the plan), of which figure, by how much."""

from __future__ import annotations

import re

from gouji.reading.clause_events import Event
from gouji.reading.clause_words import core
from gouji.reading.discourse import CLAUSE_END, GENERAL, Discourse
from gouji.reading.leading_words import leading_words, who_of, without_year
from gouji.reading.statement import Comparison, Measure, Statement
from gouji.reading.told_causes import explains_another, tell_cause

_EACH = "分别"
_MARKS = frozenset("，。！？；：、")
_BARE_BASE = re.compile(r"\d+(?:\.\d+)?$")
"""The figure compared with, printed without its unit (较上年2.08减少0.03万元)."""


class Comparisons:
    """The comparison that is being told, and the last one that was."""

    def __init__(self, said: Discourse) -> None:
        self.said = said
        self.open: Comparison | None = None
        """One that waits for its change."""
        self.latest: Comparison | None = None
        self.explained: Comparison | None = None
        """What the cause is of."""
        self.completed: tuple[Statement, str] | None = None
        """A rate of completion that was just told, and the words for what is completed."""
        self.subject = (-1, "")
        """Where a comparison named in words what it is about, and the words."""

    def end_clause(self) -> None:
        """What was not told before the clause ended is not told at all."""
        self.open = None

    def take_open(self) -> Comparison | None:
        """The comparison that waits for its change, which it then waits for no longer."""
        taken, self.open = self.open, None
        return taken

    # ---- words

    def compared(self, event: Event) -> None:
        """比上年, 与2023年决算数相比."""
        said = self.said
        if said.in_cause and not self._goes_on(event):
            return
        said.in_cause = False
        year = event.match.group("year")
        base_year = int(year) if year else said.last_year
        own = said.accounts and year is not None and base_year == said.year
        against = "budget" if own and "预算" in event.match.group("of") else "year"
        self.open = Comparison(said.passage, event.start, event.end, against, base_year)

    def _goes_on(self, event: Event) -> bool:
        """Whether a sentence goes on after the cause of what was compared with the plan: 决算数小于预算数的主要原因是厉行
        节约，与上年相比减少0.74万元."""
        caused, text = self.explained, self.said.text
        return (
            caused is not None and caused.against == "plan"
            and text[event.start - 1 : event.start] == "，"
            and self.said.wording.changes_next.match(text, event.end) is not None
        )  # fmt: skip

    def budgeted(self, event: Event) -> None:
        """比年初预算增加, in accounts: compared with what was planned for the year itself."""
        said = self.said
        if said.accounts and not said.in_cause:
            self.open = Comparison(said.passage, event.start, event.end, "budget", said.year)

    def again(self, event: Event) -> None:
        """同比: with the year before; or what a comparison goes on with (比上年增加5万元，同比增长10%)."""
        said = self.said
        if said.in_cause or (
            self.open is not None and not said.text[self.open.end : event.start].strip("，、")
        ):
            return
        self.open = Comparison(said.passage, event.start, event.end, "year", said.last_year)

    def flat(self, event: Event) -> None:
        """持平, 无变化."""
        said, comparison = self.said, self.open
        if said.in_cause or comparison is None or comparison.says is not None:
            self._name_subject(event)
            return
        who = who_of(said.text[comparison.end : event.start])
        if not core(who):
            # 其中基本支出与上年持平: who it is stands before.
            before = who_of(leading_words(said.text[said.read_to : comparison.start]))
            who = before.removeprefix("其中") if core(before) != GENERAL else ""
        comparison.says, comparison.nearly = 0, event.match.group("nearly") is not None
        comparison.end = event.end
        self._settle(comparison, who)
        self.open = None

    def _name_subject(self, event: Event) -> None:
        """接待费比预算无变化，比上年增加2万元: what the next comparison is about, too, if that with a budget is not followed."""
        words = leading_words(self.said.text[self.said.read_to : event.start])
        head = self.said.wording.compare_head.search(words)
        if head is not None and not self.said.in_cause and core(words[: head.start()]):
            self.subject = (event.start, words[: head.start()])

    def against_plan(self, event: Event) -> None:
        """决算数大于预算数, 与预算数持平; and the same of last year's figure."""
        said = self.said
        if said.in_cause:
            return
        match = event.match
        says = 1 if match.group("greater") else -1 if match.group("smaller") else 0
        end, nearly = event.end, False
        if match.group("equal") == "与":
            flat = said.wording.flat.match(said.text, event.end)
            if flat is None:
                if said.wording.compared_after.match(said.text, event.end):
                    self.budgeted(event)
                return
            end, nearly = flat.end(), flat.group("nearly") is not None
        against = "year" if match.group("last") else "plan"
        comparison = Comparison(said.passage, event.start, end, against, says=says, nearly=nearly)
        if against == "year":
            comparison.same_as = next(
                (
                    one
                    for one in reversed(said.told.comparisons)
                    if one.against == "year" and one.difference is not None
                ),
                None,
            )
        elif said.told.pairs:
            comparison.base, comparison.current = said.told.pairs[-1]
        elif said.current is not None and said.current.stage == "final":
            opened = said.sentence_start(event.start)
            comparison.unplanned = (
                said.wording.unplanned.search(said.text, opened, said.current.start) is not None
            )
            comparison.current = said.current if comparison.unplanned else None
        comparison.rate = self._rate_of(match) if against == "plan" else None
        said.told.comparisons.append(comparison)
        self.latest = comparison

    def _rate_of(self, match: re.Match[str]) -> Statement | None:
        """The rate of completion told right before, if it is of the same budget: 完成年初预算的105%，决算数大于年初预算数."""
        if self.completed is None:
            return None
        rate, of = self.completed
        named = {match.group("planned").removesuffix("数"), of.strip("的为数")}
        same = "" not in named and len(named - {"预算"}) <= 1
        return rate if same and not self.said.text[rate.end : match.start()].strip("，") else None

    def caused(self, event: Event) -> None:
        """主要原因是: the cause of the last comparison, if that has none yet and is what is meant."""
        said = self.said
        if self.latest is not None and explains_another(said.text, event.start, self.latest):
            self.latest = None
        self.explained = self.latest
        if self.latest is not None and not self.latest.cause:
            if tell_cause(self.latest, said.text, event.start, event.end):
                said.told.open_cause = self.latest
            self.latest = None
        said.in_cause = True

    # ---- figures

    def beyond_plan(self, statement: Statement) -> bool:
        """决算数大于预算数6.54万元: the amount right behind is the difference."""
        comparison = self.latest
        if comparison is None or comparison.against != "plan" or comparison.difference is not None:
            return False
        if self.said.text[comparison.end : statement.start].strip("的额为") or statement.in_cause:
            return False
        statement.measure, statement.direction = Measure.DIFFERENCE, comparison.says or 0
        statement.of, statement.base = comparison.current, comparison.base
        comparison.difference, comparison.end = statement, statement.end
        return True

    def change(self, statement: Statement, before: str) -> None:
        """Give a difference or a growth to the comparison that it belongs to. ``before`` are the words before 增加 or 减少."""
        said, comparison = self.said, self.open
        if _EACH in before:
            # 与上年相比，分别减少1万元和2万元: which of several, the words do not say.
            self.open = None
            return
        if comparison is None and not statement.in_cause:
            comparison = self._of_parts(before, statement)
            if comparison is None and self.latest is not None:
                apart = set(CLAUSE_END) & set(said.text[self.latest.end : statement.start])
                self.latest = None if apart else self.latest
        if statement.in_cause or comparison is None:
            return
        slot = "difference" if statement.measure is Measure.DIFFERENCE else "growth"
        if getattr(comparison, slot) is not None:
            return
        first = comparison.difference is None and comparison.growth is None
        setattr(comparison, slot, statement)
        if first:
            words = _BARE_BASE.sub("", before.replace(said.text[comparison.start : comparison.end], ""))
            if not core(words) and said.text[comparison.start - 1 : comparison.start] not in _MARKS:
                words = leading_words(said.text[said.figure_before : comparison.start]).removeprefix("其中")
            comparison.says = statement.direction
            comparison.end = statement.end
            self._settle(comparison, who_of(said.wording.compared.sub("", words)))
        statement.of, statement.base = comparison.current, comparison.base

    def _of_parts(self, before: str, statement: Statement) -> Comparison | None:
        """比上年减少5万元，下降5%。其中：接待费减少2万元；用车费减少3万元: each part is compared with what the whole is."""
        said = self.said
        whole = said.told.comparisons[-1] if said.told.comparisons else None
        if whole is None or whole.against == "plan" or whole.difference is None:
            return None
        listed = said.wording.parts.search(said.text, whole.end, statement.start) is not None
        if not core(who_of(before)) or not (listed or whole.part_of is not None):
            return None
        start = statement.start - len(statement.words)
        self.open = Comparison(said.passage, start, start, whole.against, whole.base_year, part_of=whole)
        return self.open

    def set_base(self, statement: Statement) -> None:
        """比2025年年初预算数125462.47万元: a figure that is only compared with."""
        statement.is_base = True
        comparison = self.open
        if comparison is not None:
            statement.year = comparison.base_year
            if comparison.base is None and statement.measure is Measure.AMOUNT:
                comparison.base = statement

    # ---- what is compared

    def _settle(self, comparison: Comparison, who: str) -> None:
        """Find the figure that is compared, and the one it is compared with where that is stated."""
        said = self.said
        if core(who):
            self.subject = (comparison.start, who)
        elif self._is_named_since():
            who = self.subject[1]
        comparison.unnamed, comparison.who = not core(who), who
        comparison.current = said.about(who)
        if comparison.current is None and comparison.base is not None:
            # 较2023年度“三公”经费合计16万元增加…: what grew bears the name of what it is compared with.
            named = without_year(comparison.base.words)
            comparison.current = said.about(named) if core(named) else None
        if comparison.against == "budget":
            plans = (plan for plan, actual in said.told.pairs if actual is comparison.current)
            comparison.base = comparison.base or next(plans, None)
        elif comparison.base is None:
            comparison.base = self._stated_base(comparison)
        said.told.comparisons.append(comparison)
        self.latest = comparison

    def _stated_base(self, comparison: Comparison) -> Statement | None:
        """The figure of the year compared with, told before in the same sentence."""
        said = self.said
        return next(
            (
                stated
                for stated in reversed(said.told.statements)
                if stated.measure is Measure.AMOUNT and not stated.in_cause and stated is not comparison.current
                and not any(stated is other.base for other in said.told.comparisons)
                and stated.year is not None and stated.year == comparison.base_year
                and comparison.current is not None and stated.whole is comparison.current.whole
                and (stated is not said.last_figure or comparison.current is said.current)
                and said.one_sentence(stated.end, comparison.start)
            ),
            None,
        )  # fmt: skip

    def _is_named_since(self) -> bool:
        """Whether a comparison named in words what it is about since the last amount, in the same sentence, as this one
        then is, too: 接待费比预算无变化，比上年增加2万元."""
        said, start = self.said, self.subject[0]
        told = said.current.end if said.current is not None else 0
        return start >= told and not any(mark in said.text[start : said.read_to] for mark in CLAUSE_END)
