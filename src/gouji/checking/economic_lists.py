"""主要包括：办公费、印刷费…: the economic items that a sentence lists against those that the table of basic expenditure
fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gouji.catalog import Rule, fold
from gouji.catalog.own_year import usual_stage
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine
from gouji.facts import Outcome, Place, Presence, Witness
from gouji.reading import Passage, Quantity, clause_around

_ECONOMIC = "dep_bgt_eco_code"
_LENGTH = 5
_SENTENCE = re.compile(r"[。；]")


class _Listed(NamedTuple):
    """A list of names in a passage: its group (personnel, public), the names with their offsets, and the words by which it
    says that it goes on (等)."""

    group: str
    names: list[tuple[str, int, int]]
    open_words: tuple[str, ...]
    start: int
    end: int


def listed_but_blank(rule: Rule, text: Text) -> Iterator[Finding]:
    """Items that the sentence lists and the table leaves blank."""
    rows = _rows(text)
    for passage, listed in _lists(text):
        for name, start, end in listed.names:
            row = rows.get(_code_of(name, text, rows))
            if row is None:
                continue
            if row.printed.value:
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            yield text.finding(
                rule, f"文字列有“{name}”，《{row.table}》{row.row_code} 没有金额",
                f"{_GROUPS[listed.group]}“主要包括”里列有“{name}”，而表里这一行{_blank(row)}。没有支出的科目不应列出，或是表里漏填。",
                _quote(text, passage, start, end), Evidence.of(row),
            )  # fmt: skip


def present_but_unlisted(rule: Rule, text: Text) -> Iterator[Finding]:
    """Items that the table fills and a sentence that lists all others leaves out."""
    rows = _rows(text)
    tree = text.catalog.dimensions[_ECONOMIC]
    for passage, listed in _lists(text):
        own = {code: row for code, row in rows.items() if tree.contains(listed.group, code)}
        named = {_code_of(name, text, rows) for name, _, _ in listed.names}
        known = named & set(own)
        missing = [row for code, row in own.items() if row.printed.value and code not in named]
        whole = len(known) >= _FEWEST or len(known) == len(listed.names)
        if _goes_on(listed, text, rows) or not whole or len(missing) > len(known):
            text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        if not missing:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        figures = "、".join(
            f"{row.row_label.strip()}（{row.printed.text.strip()}）" for row in missing[:_MOST]
        )
        yield text.finding(
            rule, f"{_GROUPS[listed.group]}的构成没有列出{'、'.join(row.row_label.strip() for row in missing[:_MOST])}",
            f"《{missing[0].table}》里{figures}有金额，文字“主要包括”里没有列出。",
            _quote(text, passage, listed.start, listed.end), *(Evidence.of(row) for row in missing[:_MOST]),
        )  # fmt: skip


def _goes_on(listed: _Listed, text: Text, rows: Mapping[str, Witness]) -> bool:
    """Whether a list says that there is more (等); an item that is called 其他支出 says nothing of the kind."""
    items = {name for name, _, _ in listed.names if _code_of(name, text, rows) in rows}
    return any(word not in items for word in listed.open_words)


_GROUPS = {"personnel": "人员经费", "public": "公用经费"}
_FEWEST = 3
"""From this many known items on, others may stand in the list; a shorter one has to be of items alone."""
_MOST = 4


def _blank(row: Witness) -> str:
    return "是空白" if row.printed.presence is not Presence.NUMBER else f"列示{row.printed.text.strip()}"


def _code_of(name: str, text: Text, rows: Mapping[str, Witness]) -> str:
    """The economic 款 of a name, in any year's spelling; empty where there is none or several in the table."""
    codes = [
        code
        for code, spellings in text.catalog.codes[_ECONOMIC].names.items()
        if len(code) == _LENGTH
        and any(name == fold(n) for spelling in spellings for n in (spelling.name, *spelling.aliases))
    ]
    filled = [code for code in codes if code in rows and rows[code].printed.value]
    listed = filled or [code for code in codes if code in rows] or codes
    return listed[0] if len(listed) == 1 else ""


def _rows(text: Text) -> dict[str, Witness]:
    """Code -> the row of the basic expenditure of the general public budget by economic items."""
    scope = text.reading.scope
    found: dict[str, Witness] = {}
    for sought, witnesses in text.voices.tables.by_quantity.items():
        fact = sought.fact
        code = fact.member(_ECONOMIC) or ""
        if (
            fact.concept == "expenditure"
            and fact.member("nature") == "basic"
            and fact.member("fund_type_code") == "general"
            and len(code) == _LENGTH
            and {name for name, _ in fact.dims} == {_ECONOMIC, "nature", "fund_type_code"}
            and sought == Quantity(fact, usual_stage(scope.kind), scope.year)
        ):
            found.setdefault(code, witnesses[0])
    return found


def _lists(text: Text) -> Iterator[tuple[Passage, _Listed]]:
    for passage in text.reading.passages:
        if passage.sort.value == "text":
            for listed in _lists_of(passage, text):
                yield passage, listed


def _lists_of(passage: Passage, text: Text) -> Iterator[_Listed]:
    wording = text.catalog.clauses
    start = 0
    group = ""
    for sentence in [*_SENTENCE.split(passage.folded)]:
        heads = [
            (m.start(), one) for one, pattern in wording.economic.items() for m in pattern.finditer(sentence)
        ]
        listing = wording.listing.search(sentence)
        before = [(position, one) for position, one in heads if listing is None or position < listing.start()]
        if before:
            position, group = before[-1]
            told = sentence[position : listing.start() if listing else len(sentence)]
            # A definition (公用经费，包括…) lists what there can be; only a figure says what there was.
            wholly = wording.wholly.search(sentence[:position])
            if wholly is not None:
                told = sentence[: wholly.start()]
            group = group if wording.figure.search(told) else ""
        if listing is not None and group:
            own = listing.group("names")
            names: list[tuple[str, int, int]] = []
            offset = start + listing.start("names")
            for match in re.finditer(r"[^、，,]+", own):
                name = fold(re.sub(rf"(?:{'|'.join(wording.open_list[:1])}).*$", "", match.group()))
                names.append((name, offset + match.start(), offset + match.end()))
            more = tuple(word for word in wording.open_list if word in own)
            if names:
                yield _Listed(group, names, more, offset, offset + len(own))
            group = ""
        start += len(sentence) + 1


def _quote(text: Text, passage: Passage, start: int, end: int) -> Evidence:
    place: Place = passage.place(text.reading.file, start, end)
    where = f"“{passage.path[-1]}”" if passage.path else "文字说明"
    quote = clause_around(passage.text, start, end)
    return Evidence(place.file, place.page, place.box, place.ref, where, quote, suspect=True)


LIST_ENGINES: dict[str, TextEngine] = {
    "listed_but_blank": listed_but_blank, "present_but_unlisted": present_but_unlisted,
}  # fmt: skip
