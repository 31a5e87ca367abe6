"""The lexicon: which wording means which table, concept or dimension member."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    }
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_BLANK = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、．](?!\d)|其中:|减:|加:)"
)


def fold(text: str) -> str:
    """Wording stripped of what does not matter: blanks, widths, quotes."""
    return _BLANK.sub("", text).translate(_FOLD)


def bare(text: str) -> str:
    """Folded wording without its leading ordinals: ``一、教育支出`` -> ``教育支出``."""
    folded = fold(text)
    while match := _ORDINAL.match(folded):
        folded = folded[match.end() :]
    return folded


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
    number: re.Pattern[str]
    heads: re.Pattern[str]
    """Any body or unit head with its colon."""


@dataclass(slots=True, eq=False)
class Lexicon:
    """Looks wording up. All arguments are raw printed text."""

    kinds: Mapping[str, TableKind]
    labels: Mapping[str, Sequence[Meaning]]
    class_names: Mapping[str, str]
    """Folded name of a functional 类 (any year's spelling) -> its code."""
    marks: TextMarks
    _titles: list[tuple[str, TableKind]] = field(default_factory=list)

    def __post_init__(self) -> None:
        pairs = [(fold(title), kind) for kind in self.kinds.values() for title in kind.titles]
        self._titles = sorted(pairs, key=lambda pair: -len(pair[0]))

    def table_kind(self, title: str) -> TableKind | None:
        """The kind of table a line titles, or ``None``. The line must be the title, save for a leading ordinal,
        a year, a body's name or a table number; the longest title wins (``支出决算表`` ends five longer ones)."""
        return self.titled(title)[0]

    def titled(self, line: str) -> tuple[TableKind | None, str]:
        """The kind and what precedes the title in the line (a body's name, a year, an ordinal)."""
        folded = bare(self.marks.number.sub("", line))
        folded = re.sub(r"\((?:空表|续表?|\d+)\)$|\d{1,2}$|-\d+-$|[.…·]+\d*$", "", folded)
        for title, kind in self._titles:
            if folded.endswith(title):
                return kind, folded[: -len(title)]
        return None, ""

    def meaning(self, label: str, kind: str = "", where: str = "") -> Meaning | None:
        """What a label means in a ``row`` or ``column`` of a table of ``kind``; ``None`` when it is not known."""
        found = self.labels.get(bare(label))
        if found is None:
            return None
        applying = [meaning for meaning in found if meaning.applies(kind, where)]
        return max(applying, key=lambda meaning: bool(meaning.kinds) + bool(meaning.where), default=None)

    def functional_class(self, label: str) -> str | None:
        """The code of a functional 类 named by a row label (``六、科学技术支出`` -> ``206``)."""
        return self.class_names.get(bare(label))
