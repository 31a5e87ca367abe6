"""From the words before a figure to the fact it states: all of the words have to be understood, or nothing is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.catalog import Catalog, Term, bare, fold
from gouji.facts import Fact
from gouji.reading.code_paths import CodePaths
from gouji.reading.result import Scope

_YEARS = re.compile(r"20[0-3]\d年?(?:度)?|^(?:上|去)年度?(?!度?结|实户)")
_TRIVIA = re.compile(r"[-—“”\"《》,，:：.．/]")


@dataclass(slots=True)
class Phrase:
    """What some words contribute: alternatives of concept, dimensions, stage; ``left`` are words not understood."""

    strong: tuple[str, ...] | None = None
    weak: tuple[str, ...] | None = None
    dims: dict[str, str] = field(default_factory=dict)
    stage: str = ""
    whole: bool = False
    left: str = ""
    clash: bool = False
    both_sides: bool = False
    """Whether it clashes because it names two concepts (收入支出)."""

    @property
    def concepts(self) -> tuple[str, ...] | None:
        return self.strong or self.weak


class PhraseReader:
    """Takes words apart into the terms of the catalogue, longest first."""

    def __init__(self, catalog: Catalog, scope: Scope, paths: CodePaths) -> None:
        self.catalog = catalog
        self.wording = catalog.clauses
        self.paths = paths
        self.names = body_names(scope.body, catalog)
        self._read: dict[str, Phrase] = {}

    def read(self, words: str) -> Phrase:
        """What words contribute. They are folded here; a name of the body, years and paths are set aside."""
        if words not in self._read:
            self._read[words] = self._take_apart(words)
        return self._read[words]

    def _take_apart(self, words: str) -> Phrase:
        folded = bare(fold(words))
        folded = _YEARS.sub("", folded)
        for name in self.names:
            folded = folded.replace(name, "")
        folded = _TRIVIA.sub("", folded)
        phrase = Phrase()
        name, stage = self._without_stage(folded)
        for named, told in ((folded, ""), (name, stage)):
            code = self._class_name(named)
            if code:
                self._add(phrase, Term("", ("expenditure",), {"exp_func_code": code}, told, False, False))
                return phrase
            code = self._economic_class(named)
            if code:
                self._add(phrase, Term("", ("expenditure",), {_ECONOMIC: code}, told, False, False))
                return phrase
        position = 0
        while position < len(folded):
            term = self._term_at(folded, position)
            if term is None:
                phrase.left += folded[position]
                position += 1
            else:
                self._add(phrase, term)
                position += len(term.word)
        if phrase.left and _AND_SO_ON in folded:
            # 津贴补贴等人员经费: what is named last is all that was listed.
            last = self._take_apart(folded.rpartition(_AND_SO_ON)[2])
            if not last.left and last.dims.keys() == {_ECONOMIC}:
                return last
        return phrase

    def _without_stage(self, folded: str) -> tuple[str, str]:
        """Words without 年初预算数为, 决算数 and the like at their end, and the stage that those tell."""
        stage, left = "", folded
        while True:
            tail = next(
                (
                    term for length in range(min(self.wording.longest, len(left) - 1), 0, -1)
                    if (term := self.wording.terms.get(left[-length:])) is not None
                    and not (term.concepts or term.dims or term.whole)
                ),
                None,
            )  # fmt: skip
            if tail is None:
                return left, stage
            stage, left = stage or tail.stage, left.removesuffix(tail.word)

    def _class_name(self, folded: str) -> str:
        """The functional 类 that the words are, with nothing else but 科目 or 支出 after it. 其他 alone is the rest of
        some list, not the 类 of that name."""
        if folded in self.wording.rest:
            return ""
        for tail in _CLASS_TAILS:
            name = folded.removesuffix(tail) if tail else folded
            if name and (not tail or folded.endswith(tail)) and name not in self.wording.terms:
                code = self.paths.named(name)
                if code:
                    return code
        return ""

    def _economic_class(self, folded: str) -> str:
        """The economic 类 whose name the words are, and nothing else (工资福利支出)."""
        if folded in self.wording.terms:
            return ""
        codes = self.catalog.codes[_ECONOMIC]
        code = codes.named(folded) or codes.named(folded.removesuffix("支出")) or ""
        return code if len(code) == _CLASS else ""

    def economic_item(self, words: str, whole: Fact | None) -> Fact | None:
        """The economic 款 that the words name as one of the parts of 人员经费, of 公用经费 or of 机关运行经费."""
        if whole is None or not (whole.concept == "agency_operation" or _is_of_basic(whole)):
            return None
        code = self.catalog.codes[_ECONOMIC].named(bare(fold(words)))
        if code is None or len(code) <= _CLASS:
            return None
        return whole.slice("expense_group", None).slice(_ECONOMIC, code)

    def _term_at(self, folded: str, position: int) -> Term | None:
        for length in range(min(self.wording.longest, len(folded) - position), 0, -1):
            term = self.wording.terms.get(folded[position : position + length])
            if term is not None:
                return term
        return None

    def _add(self, phrase: Phrase, term: Term) -> None:
        if term.concepts:
            known = phrase.strong if term.strong else phrase.weak
            common = term.concepts if known is None else tuple(c for c in known if c in term.concepts)
            if not common:
                phrase.clash = phrase.both_sides = True
            elif term.strong:
                phrase.strong = common
            else:
                phrase.weak = common
        phrase.stage = term.stage or phrase.stage
        phrase.whole = phrase.whole or term.whole
        for dimension, member in term.dims.items():
            self.combine(phrase, dimension, member)

    def combine(self, phrase: Phrase, dimension: str, member: str) -> None:
        """Add a dimension; two members of one have to lie on one line of its tree."""
        before = phrase.dims.get(dimension)
        finer = member if before is None else self.catalog.dimensions[dimension].finer(before, member)
        if finer is None:
            phrase.clash = True
        else:
            phrase.dims[dimension] = finer

    def heading(self, lines: Sequence[str]) -> Phrase:
        """What headings contribute, the innermost first: the first concept and the first fund that they name."""
        found = Phrase()
        for line in reversed(lines):
            phrase = self.read(line)
            if phrase.clash:
                if phrase.both_sides and _FUND in phrase.dims:
                    found.dims.setdefault(_FUND, phrase.dims[_FUND])
                continue
            if found.concepts is None:
                found.strong, found.weak = phrase.strong, phrase.weak
                found.dims = {**phrase.dims, **found.dims}
            elif "fund_type_code" in phrase.dims:
                found.dims.setdefault("fund_type_code", phrase.dims["fund_type_code"])
        return found


_AND_SO_ON = "等"
_CLASS_TAILS = (
    "", "科目", "支出", "科目支出", "类", "类科目", "支出类", "支出类科目", "(类)", "支出(类)", "(类)支出", "类支出",
)  # fmt: skip
"""What may follow the name of a functional 类."""
_ECONOMIC = "dep_bgt_eco_code"
_CLASS = 3
_FUND = "fund_type_code"
_TOTALS = ("total_in", "total_out")
_PARTS = {
    "carryover_begin": "total_in", "nonfiscal_surplus_used": "total_in", "carryover_end": "total_out",
    "surplus_distribution": "total_out", "procurement_sme": "procurement", "procurement_small": "procurement_sme",
    "performance_project_budget": "performance_budget", "account_balance_begin": "total_in",
}  # fmt: skip
"""A concept that is a part of another one."""
_SINGLE = ("sangong", "agency_operation", "meeting", "training", "procurement")


def candidates(
    phrase: Phrase, context: Phrase, whole: Fact | None, item: tuple[str, str], reader: PhraseReader
) -> tuple[list[Fact], str]:
    """The facts that a figure can state, the likeliest first, or the reason why there is none. ``item`` is the
    dimension and code in whose paragraph it stands, ``whole`` the fact of which it is told as a part."""
    if phrase.left or phrase.clash:
        return [], f"“{phrase.left}”不在词典中" if phrase.left else "几个词说的不是同一个数"
    merged = Phrase()
    if phrase.whole:
        concepts = phrase.concepts
    elif whole is not None:
        concepts = _concepts_of_part(phrase, whole)
        if concepts is None:
            return [], "分项与总数说的不是一种数"
        merged.dims |= {name: member for name, member in whole.dims if name not in ("stage", "fiscal_year")}
    else:
        concepts, merged.dims = _of_surroundings(phrase, context, named=bool(item[1]))
    if item[1]:
        concepts = ("expenditure",)
        reader.combine(merged, *item)
    for dimension, member in phrase.dims.items():
        if dimension == _ECONOMIC and merged.dims.get(_ECONOMIC, "").isdigit() and not member.isdigit():
            # 人员经费 of one economic code.
            merged.dims["expense_group"] = member
        else:
            reader.combine(merged, dimension, member)
    if merged.clash or not concepts:
        return [], "与标题或总数说的不是同一种资金或支出" if merged.clash else "看不出是哪个数"
    found = [
        Fact(concept, tuple(sorted(dims.items())))
        for concept in concepts
        for dims in _alternatives(concept, merged.dims)
    ]
    return list(dict.fromkeys(found)), ""


def _concepts_of_part(phrase: Phrase, whole: Fact) -> tuple[str, ...] | None:
    """The concept of a part: its own words', which have to fit the whole's, else the whole's."""
    if phrase.strong:
        fits = whole.concept in phrase.strong or _PARTS.get(phrase.strong[0]) == whole.concept
        return phrase.strong if fits else None
    if phrase.weak and whole.concept in _TOTALS:
        return phrase.weak
    return (whole.concept,) if not phrase.weak or whole.concept in (*phrase.weak, *_SINGLE) else None


def _of_surroundings(
    phrase: Phrase, context: Phrase, named: bool
) -> tuple[tuple[str, ...] | None, dict[str, str]]:
    """Concept and dimensions of a figure that stands by itself: what its words leave open, the headings say. ``named``
    tells that a code says what it is."""
    if context.strong and not phrase.strong and not _names_this_year(phrase, context):
        return context.strong, dict(context.dims)
    own = {_FUND: context.dims[_FUND]} if _FUND in context.dims else {}
    if phrase.concepts is None and not named:
        return context.concepts, dict(context.dims)
    if "nature" in context.dims and _ECONOMIC in phrase.dims:
        own["nature"] = context.dims["nature"]
    return phrase.concepts, own


def _names_this_year(phrase: Phrase, context: Phrase) -> bool:
    """Whether a figure below a heading of both totals (收支预算) is revenue or spending of the year, not a total: its
    words (本年支出) can mean no total."""
    return (
        set(context.strong or ()) <= set(_TOTALS)
        and bool(phrase.weak)
        and not set(phrase.weak or ()) & set(_TOTALS)
    )


def _alternatives(concept: str, dims: dict[str, str]) -> list[dict[str, str]]:
    """Ways in which tables may narrow the same quantity."""
    ways = [dims]
    fund = dims.get(_FUND)
    if concept in _SINGLE:
        without = {name: member for name, member in dims.items() if name != _FUND}
        ways += [without, without | {_FUND: "general"}, without | {_FUND: "fiscal"}]
    elif fund == "fiscal":
        ways.append(dims | {_FUND: "general"})
    group = dims.get("dep_bgt_eco_code")
    if group in ("personnel", "public"):
        for way in list(ways):
            other = {name: member for name, member in way.items() if name != "dep_bgt_eco_code"}
            ways.append(other | {"expense_group": group, "nature": "basic"})
            ways.append(way | {"nature": "basic"})
    return ways


def _is_of_basic(whole: Fact) -> bool:
    """Whether a fact is basic expenditure, or a group of its economic classes."""
    group = whole.member(_ECONOMIC) or whole.member("expense_group") or ""
    return whole.concept == "expenditure" and (
        whole.member("nature") == "basic" or group in ("personnel", "public")
    )


def body_names(body: str, catalog: Catalog) -> list[str]:
    """The name of the body as sentences may call it, the longest first."""
    name = fold(body)
    if len(name) < 4:
        return []
    names = {name, name.removesuffix("(本级)"), name.removesuffix("本级"), name.removesuffix("部门")}
    for place in ("省", "市", "区", "县"):
        _before, found, after = name.partition(place)
        if found and len(after) >= 3:
            names.add(after)
    for long, short in catalog.scope.short_forms:
        names |= {one.replace(long, short) for one in names}
    # A township is called by its name alone: 某镇人民政府, 某镇.
    names |= {one.removesuffix("人民政府") for one in names}
    return sorted((n for n in names if len(n) >= 3), key=len, reverse=True)
