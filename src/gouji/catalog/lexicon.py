"""The lexicon: which wording means which table, concept or dimension member."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gouji.catalog.model import Meaning, TableKind

_FOLD = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "〔": "(",
        "〕": ")",
        "【": "(",
        "】": ")",
        "：": ":",
        "，": ",",
        "“": "",
        "”": "",
        "＂": "",
        '"': "",
        "‘": "",
        "’": "",
        "'": "",
        "「": "",
        "」": "",
        "《": "",
        "》": "",
        "–": "-",
        "—": "-",
        "－": "-",
        "−": "-",
        "％": "%",
        "\u200b": "",
        "\ufeff": "",
    }
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、．](?!\d)|其中:|减:|加:)"
)


_LONGEST_LABEL = 60
"""Characters. Labels recur on every page, and what they fold to is remembered; longer texts are sentences, and texts
without any Chinese are figures, hardly two of which are the same."""
_MOST_REMEMBERED = 10_000


def fold(text: str) -> str:
    """Wording stripped of what does not matter: blanks, widths, quotes."""
    return _folded(text) if len(text) > _LONGEST_LABEL or text.isascii() else _folded_label(text)


def _folded(text: str) -> str:
    return "".join(text.split()).translate(_FOLD)


_folded_label = lru_cache(_MOST_REMEMBERED)(_folded)


def bare(text: str) -> str:
    """Folded wording without its leading ordinals: ``一、教育支出`` -> ``教育支出``."""
    return _bared_label(text) if len(text) <= _LONGEST_LABEL else _bared(text)


def _bared(text: str) -> str:
    folded = fold(text)
    while match := _ORDINAL.match(folded):
        folded = folded[match.end() :]
    return folded


_bared_label = lru_cache(_MOST_REMEMBERED)(_bared)


def is_included(text: str) -> bool:
    """Whether a label says that it is only a part of what stands above it (其中：)."""
    return fold(text).startswith("其中")


@dataclass(frozen=True, slots=True, eq=False)
class TextMarks:
    """Wording around tables: unit heads, note heads, table numbers."""

    unit_heads: tuple[str, ...]
    note_heads: tuple[str, ...]
    absence_heads: tuple[str, ...]
    contents_heads: tuple[str, ...]
    body_heads: tuple[str, ...]
    grand_totals: tuple[str, ...]
    never_cut: tuple[str, ...]
    made_totals: re.Pattern[str]
    """A head made of words that name no part, and the word of a total (its group)."""
    named_total: re.Pattern[str]
    """Any words (its group) and the word of a total."""
    number: re.Pattern[str]
    heads: re.Pattern[str]
    """Any body or unit head with its colon."""
    changes: re.Pattern[str]
    """In a head of a column of changes: 2026年预算数比2025年执行数增减."""
    ratios: re.Pattern[str]
    """A head of figures in per cent of another year's or stage's."""
    rates: re.Pattern[str]
    """What tells a rate from an amount in such a head: 增减%."""
    code_words: tuple[tuple[str, str], ...]
    """Words in a head -> the dimension of the codes under it."""


@dataclass(frozen=True, slots=True, eq=False)
class TitleGrammar:
    """How a title is reduced to its stem (``2026年度一般公共预算拨款支出预算表`` -> ``G支出``)."""

    numbers: tuple[re.Pattern[str], ...]
    funds: tuple[tuple[re.Pattern[str], str], ...]
    fillers: re.Pattern[str]
    shorter: tuple[tuple[re.Pattern[str], str], ...]
    tails: re.Pattern[str]
    """What may follow 表 and only narrows its subject (表—人员经费)."""
    not_a_body: re.Pattern[str]
    marks: tuple[tuple[re.Pattern[str], str], ...]
    unnamed: tuple[str, ...]
    """Titles that lack the word 表."""

    def stems(self, title: str) -> list[str]:
        """The stems that a title may stand for, the most telling first; none for a line that cannot be a title.
        ``title`` is raw text. What follows the word 表 is told by marks (``支出@政府`` for 支出…表（按政府预算经济分类）);
        the stem without them comes second."""
        if "表" not in title and not (title.endswith(self.unnamed) and bare(title) in self.unnamed):
            return []
        text = bare(title)
        if text in self.unnamed:
            text += "表"
        for number in self.numbers:
            text = number.sub("", text)
        whole = bare(text)
        text = self.tails.sub("表", _without_tail(whole))
        if not text.endswith("表"):
            return []
        tail = whole[len(text) :]
        marks = "".join(f"@{mark}" for pattern, mark in self.marks if pattern.search(tail))
        stem = self._stem(text)
        return [stem + marks, stem] if marks else [stem]

    def _stem(self, text: str) -> str:
        text = _BEFORE_YEAR.sub("", text)
        for pattern, short in self.funds:
            text = pattern.sub(short, text)
        text = self.fillers.sub("", text)
        for pattern, short in self.shorter:
            text = pattern.sub(short, text)
        return text


_YEAR_HEAD = re.compile(
    r"(20[0-3]\d)(?:年度?)?(?:部门|单位)?(?:年初)?(?:预算|决算|执行|预算安排|完成)?数?(?:\((?:万元|元|单位:万元|单位:元)\))?"
)
"""A head that says which year a column is of: 2026年预算数."""
_YEAR_FIRST = re.compile(r"^20[0-3]\d年度?")
_BEFORE_YEAR = re.compile(r"^.*?20[0-3]\d年?(?:度)?(?=[^\d])")


def _without_tail(text: str) -> str:
    """A title without what may follow it: leader dots, page numbers, bracketed qualifiers."""
    while True:
        shorter = text.rstrip(".…·-0123456789")
        if shorter.endswith(")"):
            depth = 0
            for index in range(len(shorter) - 1, -1, -1):
                depth += (shorter[index] == ")") - (shorter[index] == "(")
                if depth == 0:
                    shorter = shorter[:index]
                    break
        if shorter == text:
            return text
        text = shorter


@dataclass(slots=True, eq=False)
class Lexicon:
    """Looks wording up. All arguments are raw printed text."""

    kinds: Mapping[str, TableKind]
    labels: Mapping[str, Sequence[Meaning]]
    class_names: Mapping[str, str]
    """Folded name of a functional 类 (any year's spelling) -> its code."""
    marks: TextMarks
    titles: TitleGrammar
    _stems: dict[str, TableKind] = field(default_factory=dict)
    _by_category: dict[str, TableKind] = field(default_factory=dict)
    _by_heads: dict[str, TableKind] = field(default_factory=dict)
    _longest_first: list[str] = field(default_factory=list)
    _known: dict[str, TableKind | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stems = {
            stem: kind
            for kind in self.kinds.values()
            for stem in kind.stems
            if not kind.by_category and not kind.needs
        }
        self._by_heads = {stem: kind for kind in self.kinds.values() for stem in kind.stems if kind.needs}
        self._by_category = {
            stem: kind for kind in self.kinds.values() for stem in kind.stems if kind.by_category
        }
        self._longest_first = sorted(self._stems, key=len, reverse=True)

    def table_kind(self, title: str) -> TableKind | None:
        """The kind of table that a title names, or ``None``. A body's name may stand before it; anything else that
        the stem does not say makes it another table (``项目支出决算表`` is no ``支出决算表``)."""
        if title not in self._known:
            self._known[title] = self._find_kind(title)
        return self._known[title]

    def targets_kind(self, title: str) -> TableKind | None:
        """The kind that a title names of a table of performance targets whose columns are categories of indicators."""
        found = (self._by_category.get(stem) for stem in self.titles.stems(title))
        return next((kind for kind in found if kind is not None), None)

    def kind_by_heads(self, title: str, heads: str) -> TableKind | None:
        """The kind that a title names of a table that is known by its heads as well; ``heads`` are joined and folded."""
        for stem in self.titles.stems(title):
            for known, kind in self._by_heads.items():
                before = stem.removesuffix(known)
                own = before != stem and (not before or not self.titles.not_a_body.search(before))
                if own and all(words.search(heads) for words in kind.needs):
                    return kind
        return None

    def _find_kind(self, title: str) -> TableKind | None:
        for stem in self.titles.stems(title):
            kind = self._kind_of_stem(stem)
            if kind is not None:
                return kind
        return None

    def _kind_of_stem(self, stem: str) -> TableKind | None:
        if stem in self._stems:
            return self._stems[stem]
        for known in self._longest_first if stem else ():
            if stem.endswith(known):
                before = stem[: -len(known)]
                return (
                    None if len(before) < 2 or self.titles.not_a_body.search(before) else self._stems[known]
                )
        return None

    def meaning(
        self, label: str, kind: str = "", where: str = "", side: str = "", within: str = ""
    ) -> Meaning | None:
        """What a label means in a ``row``, ``column`` or ``upper`` head of a table of ``kind``; ``None`` when it is
        not known. ``side`` and ``within`` narrow it (see :class:`Meaning`)."""
        word = bare(label)
        found = self.labels.get(word)
        if found is None:
            year = _YEAR_HEAD.fullmatch(word)
            found = self.labels.get(_YEAR_FIRST.sub("", word))
            if year is not None:
                # 2025年预算数 and 2025年决算数, where a table has both stages.
                staged = (m.dims for m in found or () if m.applies(kind, where) and "stage" in (m.dims or {}))
                stage = next(staged, None) or {}
                return Meaning(role="amount", dims={"fiscal_year": year.group(1), **stage})
        if found is None:
            return self._of_column(word, kind, where) if where in ("column", "upper") else None
        applying = [meaning for meaning in found if meaning.applies(kind, where, side, within)]
        return max(applying, key=lambda meaning: meaning.restrictions, default=None)

    def _of_column(self, word: str, kind: str, where: str) -> Meaning | None:
        """What a head means that is no known word: a change, a ratio, a total, a known word that its cell cuts off."""
        if self.marks.changes.search(word):
            # Rates do not add up along a column as amounts do: such a column holds no figures of money.
            is_rate = self.marks.rates.search(word)
            return Meaning(role="rate", detail="增减比例") if is_rate else Meaning(detail="增减变化")
        if self.marks.ratios.search(word):
            return Meaning(role="rate", detail="与上年之比")
        made = self.marks.made_totals.fullmatch(word)
        if made:
            return self.meaning(made.group(1), kind, where)
        whole = self._total_of(word, kind, where)
        return whole if whole is not None else self._cut_off(word, kind, where)

    def _total_of(self, word: str, kind: str, where: str) -> Meaning | None:
        """What a head means that ends with the word of a total: 公务用车购置及运行维护费小计 is the whole of it."""
        named = self.marks.named_total.fullmatch(word)
        applying = (
            [
                meaning
                for meaning in self.labels.get(named.group(1), ())
                if meaning.applies(kind, where) and meaning.dims
            ]
            if named
            else []
        )
        return max(applying, key=lambda meaning: meaning.restrictions, default=None)

    def _cut_off(self, word: str, kind: str, where: str) -> Meaning | None:
        """What a head means that its cell cuts off at one or both ends, if all words it may have been mean the same."""
        if len(word) < _SHORTEST_CUT_HEAD:
            return None
        meant: list[Meaning] = []
        for known, meanings in self.labels.items():
            at = known.find(word)
            if at < 0 or len(known) - len(word) > _MOST_CUT or known[:at].endswith(self.marks.never_cut):
                continue
            applying = [meaning for meaning in meanings if meaning.applies(kind, where)]
            meant.extend([max(applying, key=lambda meaning: meaning.restrictions)] if applying else ())
        return meant[0] if meant and all(meaning == meant[0] for meaning in meant) else None

    def is_total(self, label: str, kind: str = "", where: str = "") -> bool:
        """Whether a label is a mere total."""
        meaning = self.meaning(label, kind, where)
        return meaning is not None and meaning.total

    def is_table_number(self, text: str) -> bool:
        """Whether a text is nothing but the number of a table (表11)."""
        folded = fold(text)
        return any(number.fullmatch(folded) is not None for number in self.titles.numbers)

    def functional_class(self, label: str) -> str | None:
        """The code of a functional 类 named by a row label (``六、科学技术支出`` -> ``206``). The name may lack its last
        word (外交) or be cut off by its cell, if no other begins the same way."""
        name = bare(label)
        code = self.class_names.get(name)
        if code is None and not name.startswith("其他"):
            code = self.class_names.get(f"{name}支出")
        if code is None and len(name) >= _SHORTEST_CUT:
            codes = {known for listed, known in self.class_names.items() if listed.startswith(name)}
            code = codes.pop() if len(codes) == 1 else None
        return code


_SHORTEST_CUT = 4
_SHORTEST_CUT_HEAD = 6
_MOST_CUT = 2
"""Signs that a head may lack."""
