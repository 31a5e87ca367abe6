"""The running text of a document: its passages become statements, and amounts that are understood become witnesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.catalog import Catalog
from gouji.catalog.own_year import usual_stage
from gouji.facts import Fact, Presence, Status, Witness
from gouji.reading.carried_funds import funds_carried
from gouji.reading.changed_subjects import settle_named, settle_unnamed
from gouji.reading.clause_words import core
from gouji.reading.clauses import read_clauses
from gouji.reading.code_paths import CodePaths
from gouji.reading.counted import NOT_A_FACT, CountReader
from gouji.reading.denominators import Denominators
from gouji.reading.named_projects import NamedProjects
from gouji.reading.prose import Passage, Sort, fold_characters
from gouji.reading.result import ReadTable, Scope
from gouji.reading.stated import Quantity, StatedFacts, quantity
from gouji.reading.statement import Comparison, Measure, Statement, Told
from gouji.reading.subjects import Phrase, PhraseReader, candidates
from gouji.reading.tally import tally
from gouji.reading.this_year import without_carryover

FIRST_VOICE = 1_000
"""Ids of sections of text among those of tables."""
_INLINE = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.．])([^，。；：:\d]{2,40})[。：:]"
)
_ORDINALS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]"),
)


def read_narrative(
    passages: Sequence[Passage], tables: Sequence[ReadTable], scope: Scope, catalog: Catalog, file: str
) -> list[Told]:
    """All that the passages tell about figures, in order; passages without a figure or a comparison are left out."""
    return _Narrative(passages, tables, scope, catalog, file).read()


class _Narrative:
    def __init__(
        self,
        passages: Sequence[Passage],
        tables: Sequence[ReadTable],
        scope: Scope,
        catalog: Catalog,
        file: str,
    ) -> None:
        self.passages = passages
        self.scope = scope
        self.catalog = catalog
        self.file = file
        self.paths = CodePaths(tables, catalog)
        self.reader = PhraseReader(catalog, scope, self.paths)
        self.carried_by: Mapping[int, str] = {}
        """The funds of what was carried over, by statement."""
        self.counts = CountReader(catalog, scope)
        self.stated = StatedFacts(tables, scope)
        self.projects = NamedProjects(self.stated, scope, catalog.scope)
        self.usual = usual_stage(scope.kind)
        self.denominators = Denominators(self.reader, self.stated, scope, self.usual)
        self.sections: dict[str, int] = {}
        self.told_here: Sequence[Statement] = ()
        self.above: Passage | None = None
        """The passage right above, if it tells no figure."""
        self.apart = scope.kind not in ("final_accounts", "budget")

    def read(self) -> list[Told]:
        told: list[Told] = []
        introduction: tuple[tuple[str, ...], str] | None = None
        trailing: list[_Trailing] = []
        announced: Comparison | None = None
        for passage in self.passages:
            self._notice(passage)
            if announced is not None and passage.sort is not Sort.HEADING:
                announced.cause = re.split(r"[。！？]", passage.folded)[0]
            announced = None
            if passage.sort is not Sort.TEXT:
                if passage.sort is Sort.HEADING:
                    introduction = None
                continue
            accounts = self.scope.kind in ("final_accounts", "other")
            one = read_clauses(passage, self.catalog.clauses, self.scope.year, accounts=accounts)
            settle_unnamed(one)
            settle_named(one, told, self.catalog.clauses)
            if introduction is not None and introduction[0] != passage.path:
                introduction = None
            trailing = [frame for frame in trailing if frame.goes_on(passage)]
            if one.statements or one.comparisons:
                self.above = self.above if self.above and self.above.path == passage.path else None
                self._belong(one, trailing)
                self._bind(one, introduction[1] if introduction else "")
                told.append(one)
                announced = one.open_cause
                self.above = None
            else:
                self.above = passage
                if passage.folded.startswith(self.catalog.clauses.regroups) and passage.folded.endswith("："):
                    for frame in trailing:
                        frame.group += 1
            if self.catalog.clauses.introduces.search(passage.folded):
                last = _last_sentence(passage.folded)
                introduction = (passage.path, last.rpartition("。")[2])
                if one.last is not None and _is_told_alone(one, len(passage.folded) - len(last)):
                    trailing.append(_Trailing(passage, one.last))
        return told

    def _notice(self, passage: Passage) -> None:
        """Notice where another report begins: the headings of a self-evaluation say nothing of the funds meant."""
        if passage.sort is Sort.HEADING and passage.level == 1:
            self.apart = False
        if passage.sort is not Sort.CONTENTS and len(passage.folded) <= _LONGEST_TITLE:
            self.apart = self.apart or self.catalog.clauses.another_report.search(passage.folded) is not None

    def _belong(self, told: Told, trailing: list[_Trailing]) -> None:
        """The first amount of a passage below 其中： is a part of the amount above it."""
        if not trailing:
            return
        first = next((s for s in told.statements if _is_main(s) and s.whole is None), None)
        frame = trailing[-1]
        if frame.own and not frame.level and (first is None or first.start > len(first.words)):
            trailing.pop()
            return
        if first is not None and first.printed.value and frame.is_told():
            trailing.pop()
            return
        if (
            first is not None
            and (first.measure is Measure.COUNT or core(first.words))
            and first.measure is trailing[-1].whole.measure
            and (not first.stage or first.stage == trailing[-1].whole.stage or not trailing[-1].whole.stage)
        ):
            first.whole, first.list_number = trailing[-1].whole, trailing[-1].group
            trailing[-1].tell(first)

    # ---- facts

    def _bind(self, told: Told, introduction: str) -> None:
        passage = told.passage
        self.told_here = told.statements
        inline = _INLINE.match(passage.folded)
        lines = [*(heading for heading in passage.path)]
        if introduction:
            lines.append(introduction)
        if inline:
            lines.append(inline.group(1))
        context = Phrase() if self.apart else self.reader.heading(lines)
        item, why = self._item(told)
        mains = [statement for statement in told.statements if _is_main(statement)]
        counted: dict[int, Statement] = {}
        beside = self._beside_carryover(mains)
        self.carried_by = funds_carried(mains, self.reader)
        for statement in mains:
            statement.item = item[1]
            if statement.measure is Measure.COUNT:
                self._count(statement, counted.get(statement.depth))
                counted[statement.depth] = statement
                continue
            if _is_planned(statement):
                self._state_planned(statement)
                continue
            price = self.counts.price(statement, counted.get(statement.depth))
            if price is not None and self._is_price(statement, price, context, mains):
                continue
            if why and not statement.whole:
                statement.why = why
                continue
            first = statement is mains[0] or statement.named_by is mains[0]
            self._bind_one(statement, context, item, first, of_this_year=id(statement) in beside)
        for plan, actual in told.pairs:
            if plan.fact is None and actual.fact is not None and plan.why.startswith(_SEVERAL):
                self._state(plan, Quantity(quantity(actual.fact, self.scope).fact, "budget", self.scope.year))
        self.denominators.look_through(told, context)
        for statement in told.statements:
            if statement.measure is Measure.AMOUNT and statement.of is not None and statement.of.fact:
                # Last year's figure of what was told before.
                lasting = quantity(statement.of.fact, self.scope).fact
                self._state(statement, Quantity(lasting, statement.of.stage or self.usual, statement.year))

    def _state_planned(self, statement: Statement) -> None:
        """支出2.05万元，年初预算为2.95万元: what was planned for the figure before."""
        actual = statement.named_by.fact if statement.named_by is not None else None
        if actual is None:
            statement.why = "决算数没有读懂"
        else:
            self._state(statement, Quantity(quantity(actual, self.scope).fact, "budget", self.scope.year))

    def _count(self, statement: Statement, before: Statement | None) -> None:
        """Find out what a count states."""
        fact = None if self.apart else self.counts.meant(statement, before)
        if fact is None:
            statement.fact = tally(statement, self.catalog.clauses, self.reader.names)
            statement.why = "" if statement.fact is not None else NOT_A_FACT
        else:
            self._state(statement, Quantity(fact, self.usual, statement.year or self.scope.year))

    def _is_price(
        self, statement: Statement, price: Fact, context: Phrase, mains: Sequence[Statement]
    ) -> bool:
        """State what an amount behind a thing that was bought is the price of, where the headings, or what the passage told
        before, are about such money: by the fund that was spoken of then."""
        told = [s.fact for s in mains[: mains.index(statement)] if s.fact and s.fact.concept == price.concept]
        if not told and context.strong != (price.concept,):
            return False
        funds = dict.fromkeys(fact.member(_FUND) for fact in (*told, price))
        facts = [price.slice(_FUND, fund) for fund in funds]
        stage = statement.stage or self.usual
        chosen, _ = self._choose([Quantity(fact, stage, self.scope.year) for fact in facts], statement)
        if chosen is not None:
            statement.whole = None
            self._state(statement, chosen)
        return chosen is not None

    def _item(self, told: Told) -> tuple[tuple[str, str], str]:
        """The code in whose paragraph the figures stand: named before the first one, or by the heading right above."""
        passage = told.passage
        first = min((s.start for s in told.statements), default=len(passage.folded))
        heading = fold_characters(passage.path[-1]) if passage.path else ""
        above = self.above.folded if self.above is not None and _ordinal(self.above.folded) else ""
        for line in (passage.folded[:first], above, heading):
            dimension, code, why = self.paths.find(line)
            if code or why:
                return (dimension, code), why
        return ("", ""), ""

    def _beside_carryover(self, mains: Sequence[Statement]) -> set[int]:
        """The parts of a total that are told beside what was carried over: they are this year's."""
        lists = {
            (id(s.whole), s.list_number)
            for s in mains
            if s.whole is not None and "carryover_begin" in (self.reader.read(s.words).strong or ())
        }
        return {id(s) for s in mains if (id(s.whole), s.list_number) in lists}

    def _bind_one(
        self,
        statement: Statement,
        context: Phrase,
        item: tuple[str, str],
        first: bool,
        *,
        of_this_year: bool = False,
    ) -> None:
        """Find out what an amount or a count states; say why where that fails."""
        found, stage, why = self._economic(statement) or self._meant(statement, context, item, first)
        if of_this_year:
            found = list(
                dict.fromkeys(one.of("revenue") if one.concept == "total_in" else one for one in found)
            )
        year = statement.year or self.scope.year
        if found and self.usual == "budget" and stage == "final" and year == self.scope.year:
            found, why = [], "预算文本里的执行数，看不出是哪一年"
        chosen = None
        if found:
            meant = (Quantity(fact, stage, year) for fact in found)
            chosen, why = self._choose(
                [each for one in meant for each in self._budgets(one, statement)], statement
            )
        if chosen is None:
            statement.why = why
        else:
            self._state(statement, chosen)

    def _economic(self, statement: Statement) -> tuple[list[Fact], str, str] | None:
        """An economic item told as a part of 人员经费 or the like; ``None`` for other amounts."""
        whole, named = statement.whole, statement.named_by or statement
        item = self.reader.economic_item(named.words, whole.fact if whole is not None else None)
        return ([item], whole.stage or self.usual, "") if whole is not None and item is not None else None

    def _meant(
        self, statement: Statement, context: Phrase, item: tuple[str, str], first: bool
    ) -> tuple[list[Fact], str, str]:
        """What the words before an amount can mean: facts, the stage, and the reason where there are none."""
        words = statement.words if statement.named_by is None else statement.named_by.words
        of_fund = statement.whole.fact.member(_FUND) if statement.whole and statement.whole.fact else None
        if statement.year is None and (project := self.projects.facts(words, of_fund)):
            return project, self.usual, ""
        dimension, code, why = self.paths.find(words)
        if why:
            return [], "", why
        if code:
            item = dimension, code
            statement.item = code
        phrase = self._phrase(_without_item(words, item), self.carried_by.get(id(statement)))
        whole_of = statement.whole if phrase.concepts is not None else None
        unsaid = statement.named_by is None and _UNSAID.fullmatch(words) is not None
        named = phrase.dims or item[1] or context.strong or phrase.strong
        opening = (first and statement.start - len(words) <= _NEAR) or self._answers(statement)
        fund = self._fund_carried_over(statement)
        if fund and _FUND not in phrase.dims and "carryover_begin" not in (phrase.strong or ()):
            context = Phrase(context.strong, context.weak, context.dims | {_FUND: fund})
            opening = True
        nameless = (
            not named and not opening and whole_of is None and (phrase.concepts is None or _is_bare(words))
        )
        if nameless or (unsaid and self._follows_a_subject(statement)):
            return [], "", "没有说是什么数"
        if statement.whole is not None and _is_beside(phrase, self.reader.read(statement.whole.words)):
            statement.whole = None
            if not fund:
                return [], "", "列在支出的分项之后，不是它的分项，看不出是哪种资金的"
        whole = statement.whole
        if whole is not None and whole.fact is None:
            return [], "", "总数没有读懂"
        beside = self._told_with(statement, phrase) if whole is None else None
        if beside is not None and _FUND not in phrase.dims and (fund := beside.member(_FUND)):
            context = Phrase(context.strong, context.weak, context.dims | {_FUND: fund})
        found, why = candidates(phrase, context, whole.fact if whole else None, item, self.reader)
        if not found and whole is not None and _begins_clause(statement):
            of_outer = self._of_outer_list(statement, whole, phrase, context, item)
            if of_outer:
                found, why, whole = of_outer, "", statement.whole
        stage = statement.stage or (whole.stage if whole else "")
        if not stage and statement.named_by is None:
            stage = phrase.stage
        return found, stage or self.usual, why

    def _phrase(self, words: str, fund: str | None) -> Phrase:
        """What words say, and the fund that stands before them."""
        phrase = self.reader.read(words)
        return replace(phrase, dims=phrase.dims | {_FUND: fund}) if fund else phrase

    def _told_with(self, statement: Statement, phrase: Phrase) -> Fact | None:
        """The amount with which a figure is told in one breath: 收入总计5万元、支出总计5万元, or 收入总计5万元，支出总计5万元."""
        if statement.beside is not None:
            return statement.beside.fact
        at = next(index for index, one in enumerate(self.told_here) if one is statement)
        before = self.told_here[at - 1].fact if at else None
        between = statement.passage.folded[self.told_here[at - 1].end : statement.start] if at else ""
        sides = before is not None and _SIDES.get(before.concept) in (phrase.concepts or ())
        return before if sides and between == f"，{statement.words}" else None

    def _of_outer_list(
        self, statement: Statement, whole: Statement, phrase: Phrase, context: Phrase, item: tuple[str, str]
    ) -> list[Fact]:
        """基本支出…，其中人员经费…；项目支出…: what cannot be a part of the inner list goes on with the outer one, or stands
        by itself."""
        outer = whole.whole
        if outer is not None and outer.fact is None:
            return []
        about = outer.fact if outer is not None else None
        found, _ = candidates(phrase, context, about, item, self.reader)
        if found:
            statement.whole, statement.list_number = outer, whole.list_number
        return found

    def _answers(self, statement: Statement) -> bool:
        """Whether 支出预算 begins a clause in a passage that opened with all of 收入预算: all of it is meant as well."""
        before = statement.passage.folded[: statement.start - len(statement.words)]
        opened = next((s for s in self.told_here if _is_main(s)), None)
        return (
            _COUNTERPART.fullmatch(statement.words) is not None
            and before[-1:] in ("；", "。")
            and opened is not None
            and opened.fact is not None
            and opened.fact.concept in ("total_in", "revenue")
            and not {name for name, _ in opened.fact.dims} - {"stage", "fiscal_year"}
        )

    def _fund_carried_over(self, statement: Statement) -> str | None:
        """The fund of a sentence that tells how its money went: 政府性基金预算年初结转…，本年收入…，本年支出…，年末结转…."""
        opened = next((s for s in self.told_here if _is_main(s)), None)
        if (
            opened is None
            or opened is statement
            or opened.fact is None
            or opened.fact.concept != "carryover_begin"
        ):
            return None
        between = statement.passage.folded[opened.end : statement.start]
        return None if re.search("[。！？]", between) else opened.fact.member(_FUND)

    def _follows_a_subject(self, statement: Statement) -> bool:
        """Whether the sentence spoke before of something that no table names: 购置公务用车2辆，支出36万元."""
        before = statement.passage.folded[: statement.start - len(statement.words)]
        said = re.split(r"[。！？：:；]", before)[-1]
        return self.reader.read(said).left.strip("，、()") != ""

    def _state(self, statement: Statement, chosen: Quantity) -> None:
        if chosen.stage == "budget" and self._is_initial(statement, chosen):
            chosen = chosen._replace(stage="initial")
        statement.stage, statement.why = statement.stage or chosen.stage, ""
        if chosen.fact.concept in self.catalog.clauses.uncompared:
            statement.fact = chosen.fact
            return
        statement.fact = self.denominators.fact(chosen)
        if without_carryover(statement, chosen, self.stated, self.catalog.clauses.this_year):
            statement.fact = statement.fact.slice("fund_year", "current")
        statement.witness = self._witness(statement, statement.fact)

    def _budgets(self, meant: Quantity, statement: Statement) -> list[Quantity]:
        """The budgets that an amount can be where tables tell the one first approved from that of the whole year: the
        words say which, else either."""
        initial = meant._replace(stage="initial")
        if meant.stage != "budget" or not self.stated.witnesses(initial):
            return [meant]
        words = statement.words if statement.named_by is None else statement.named_by.words
        if _INITIAL in words:
            return [initial]
        adjusted = any(word in words for word in self.catalog.clauses.adjusted)
        return [meant] if adjusted else [meant, initial]

    def _is_initial(self, statement: Statement, chosen: Quantity) -> bool:
        """Whether accounts speak of the budget as it was first approved, and no table calls that simply 预算."""
        words = statement.words if statement.named_by is None else statement.named_by.words + statement.words
        in_tables = self.stated.witnesses(chosen) or chosen in self.stated.blank
        return self.usual == "final" and _INITIAL in words and not in_tables

    def _choose(self, sought: Sequence[Quantity], statement: Statement) -> tuple[Quantity | None, str]:
        """The quantity meant: the one that tables state; of several, one that they agree with. Nothing is guessed."""
        if not self._is_about_general(statement):
            sought = [one for one in sought if not self._is_only_a_part(one, sought[0])]
        known = [one for one in sought if self.stated.has_figure(one)]
        if not known:
            blank = [one for one in sought if self.stated.witnesses(one) or one in self.stated.blank]
            if len({one.fact.concept for one in blank}) == 1:
                return blank[0], ""
            # Of last year or of another stage, tables state the one that they state of this year.
            first = next((one for one in sought if one.fact in self.stated.facts), sought[0])
            concepts = {one.fact.concept for one in sought}
            if len(concepts) == 1 or not statement.printed.value:
                return first, ""
            return None, f"{_SEVERAL}，表里没有可对照的"
        values = {witness.printed.base for one in known for witness in self.stated.witnesses(one)
                  if witness.printed.presence is Presence.NUMBER}  # fmt: skip
        if len(known) == 1 or len(values) == 1:
            statement.rivals = tuple(one.fact for one in known[1:])
            return known[0], ""
        step = statement.printed.half_width * 2
        agreeing = [
            one
            for one in known
            if any(abs(w.printed.base - statement.printed.base) <= step + w.printed.half_width for w in self.stated.witnesses(one))
        ]  # fmt: skip
        agreeing = agreeing or [one for one in known if _is_other_side(one.fact, statement.beside)]
        if agreeing:
            statement.rivals = tuple(one.fact for one in agreeing[1:])
            return agreeing[0], ""
        return None, f"{_SEVERAL}，与哪一个都对不上"

    def _is_about_general(self, statement: Statement) -> bool:
        """Whether a heading says 一般公共预算财政拨款: below it 财政拨款 may be short for that."""
        return any(
            self.reader.read(heading).dims.get(_FUND) == "general" for heading in statement.passage.path
        )

    def _is_only_a_part(self, one: Quantity, meant: Quantity) -> bool:
        """Whether 一般公共预算 cannot stand for 财政拨款: tables state money of another fund as well."""
        if meant.fact.member(_FUND) != "fiscal" or one.fact.member(_FUND) != "general":
            return False
        return any(
            witness.printed.value
            for fund in ("gov_fund", "state_capital")
            for witness in self.stated.witnesses(one._replace(fact=one.fact.slice(_FUND, fund)))
        )

    def _witness(self, statement: Statement, fact: Fact) -> Witness:
        title = statement.passage.path[-1] if statement.passage.path else "文字说明"
        section = self.sections.setdefault(statement.passage.section, FIRST_VOICE + len(self.sections))
        printed = statement.printed._replace(text=f"{statement.printed.text}{statement.unit}")
        return Witness(
            fact, printed, statement.place(self.file), title, section, statement.passage.block, "",
            _clip(statement.words) or "金额", "", Status.BOUND,
        )  # fmt: skip


_FUND = "fund_type_code"
_INITIAL = "年初"
_SEVERAL = "可能指几个不同的数"


def _is_other_side(fact: Fact, beside: Statement | None) -> bool:
    """Whether an amount told in one breath (收入合计…、支出合计…) states the other side of ``fact``, as tables have it."""
    known = beside.fact if beside is not None and beside.witness is not None else None
    return known is not None and _SIDES.get(known.concept) == fact.concept and known.dims == fact.dims


_SIDES = {"total_in": "total_out", "revenue": "expenditure"}


class _Trailing:
    """A list of parts that stands in the passages below 其中：."""

    def __init__(self, passage: Passage, whole: Statement) -> None:
        self.path = passage.path
        self.whole = whole
        self.own = _ordinal(passage.folded)
        self.named = passage.folded.rstrip("：:").endswith("其中")
        """Whether paragraphs without a number may be its parts: those that begin with one."""
        self.level: int | None = None
        self.group = 0
        """How many times the parts were told apart anew (按功能分类：, then 按经济分类：)."""
        self.left: Decimal | None = whole.printed.base
        """What the parts told so far leave of the whole."""

    def tell(self, part: Statement) -> None:
        """Take a part off the whole; one list of parts is all that is followed."""
        self.left = None if self.left is None or self.group else self.left - part.printed.base

    def is_told(self) -> bool:
        """Whether nothing of the whole is left, and no numbers say that what follows is one more part."""
        return self.left == 0 and not self.level

    def goes_on(self, passage: Passage) -> bool:
        """Whether a passage may be one of the list. The first one tells the level of ordinals of all."""
        if passage.path != self.path:
            return False
        level = _ordinal(passage.folded)
        if self.level is None:
            if self.own and (0 < level <= self.own or not (level or self.named)):
                return False
            self.level = level
            return True
        return level == self.level


def _is_bare(words: str) -> bool:
    """Whether words say 收入 or 支出 and nothing else."""
    return _ONLY.fullmatch(words) is not None


_ONLY = re.compile(
    r"(?:本年度?|全年|当年|共|年初|安排|实际)*(?:收入|支出)(?:预算|决算)?(?:数|额|总额)?[为是约]?"
)
_COUNTERPART = re.compile(r"支出(?:预算|决算)(?:数|总额)?[为是]?")
_UNSAID = re.compile(r"(?:共计?|实际|总计)?(?:支出|开支)(?:金额|数|额)?[为是约]?")
"""Words that leave it to those before them what was spent."""
_STOCKS = ("carryover_begin", "carryover_end", "surplus_distribution")


def _begins_clause(statement: Statement) -> bool:
    """Whether the words of a figure begin right after a semicolon."""
    return statement.passage.folded[: statement.start - len(statement.words)].endswith("；")


def _is_beside(part: Phrase, whole: Phrase) -> bool:
    """Whether an amount in a list of parts of 支出 is what was left over, and so no part of it."""
    spent = (whole.concepts or ("",))[0] == "expenditure"
    return spent and part.strong is not None and set(part.strong) <= set(_STOCKS)


"""Characters from which a name said twice means one thing."""
_NEAR = 30
"""How far from its start a passage may say what it is about."""


def _ordinal(folded: str) -> int:
    """1 for 一、 to 4 for （1）; 0 for none."""
    return next((level for level, pattern in enumerate(_ORDINALS, start=1) if pattern.match(folded)), 0)


def _is_main(statement: Statement) -> bool:
    """Whether a figure states an amount or a count of its own."""
    return (
        statement.measure in (Measure.AMOUNT, Measure.COUNT)
        and not statement.is_base
        and not statement.in_cause
    )


def _is_planned(statement: Statement) -> bool:
    """Whether a budgeted figure follows the actual one that names it."""
    return statement.named_by is not None and (statement.stage, statement.named_by.stage) == (
        "budget",
        "final",
    )


def _is_told_alone(told: Told, start: int) -> bool:
    """Whether the last amount of a passage stands in its end; where that end is two sentences, it has to be all that the
    passage tells (基本支出5万元，比上年增加1万元。其中：)."""
    mains = [s for s in told.statements if _is_main(s)]
    two = "。" in told.passage.folded[start:].rstrip("。")
    return told.last in mains and told.last.start >= start and (len(mains) == 1 or not two)


_ONLY_INTRODUCES = re.compile(r"[，]?(?:其中|包括|具体包括|具体如下|具体为)[：:，]?")


def _last_sentence(folded: str) -> str:
    *before, last = re.split(r"[。；]", folded)
    # 比上年增加5万元。其中：
    return f"{before[-1]}。{last}" if before and _ONLY_INTRODUCES.fullmatch(last) else last


_STEP = re.compile(r".*\([类款项]\)|^[^-—－–]*[-—－–].*科目")


def _without_item(words: str, item: tuple[str, str]) -> str:
    """Words before a figure without the code and name that name the item."""
    if not item[1]:
        return words
    words = _STEP.sub("", words)
    if item[1] in words:
        before, _, after = words.partition(item[1])
        tail = after.lstrip("类款项)）-—")
        return "" if "(" not in before and after[:1] in "-—" else tail
    return words


def _clip(words: str) -> str:
    return words if len(words) <= _LONGEST_LABEL else f"…{words[-_LONGEST_LABEL:]}"


_LONGEST_LABEL = 30
_LONGEST_TITLE = 40


def understood(told: Sequence[Told]) -> tuple[int, int, int]:
    """Of all figures told: how many there are, how many state a known fact, how many have only arithmetic of their
    own (shares, growths, completions, differences with what they are about)."""
    statements = [statement for one in told for statement in one.statements]
    bound = sum(1 for statement in statements if statement.fact is not None)
    derived = sum(1 for statement in statements if statement.fact is None and statement.of is not None)
    return len(statements), bound, derived


def reasons_not_understood(told: Sequence[Told]) -> tuple[tuple[str, int], ...]:
    """Why amounts of their own were not understood, the most frequent first."""
    counted = Counter(
        statement.why
        for one in told
        for statement in one.statements
        if statement.measure is Measure.AMOUNT and statement.fact is None and statement.why
    )
    return tuple(counted.most_common())


__all__ = ["FIRST_VOICE", "read_narrative", "reasons_not_understood", "understood"]
