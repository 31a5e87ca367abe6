"""What a document is about: its kind, year, level and body, judged by its own titles, never by its file name.

The cover speaks first, then the contents page and the headings, then the captions of the tables, last the first
sentences. Narrative never overrules a title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.catalog import Catalog, ScopeWording, fold, load_catalog
from gouji.documents import Document
from gouji.reading.disclosure_title import (
    Title,
    clean_name,
    cover_title,
    is_name,
    kind_of,
    parse_title,
    year_of,
)
from gouji.reading.front import Front, Stated, read_front, without_part
from gouji.reading.listed import listed_tables
from gouji.reading.result import ReadTable, Scope
from gouji.reading.template import is_template

NO_DISCLOSURE = "封面、标题和表名都没有说明这是预算、决算或绩效公开，也没有法定表格，不像一份公开文本"

GOVERNMENT = "这是一级政府的财政预算或决算，不是部门或单位的公开文本，没有按部门表核对"

_DISCLOSURES = ("budget", "final_accounts")
_FEWEST_GOVERNMENT_TABLES = 2
_PERFORMANCE = ("performance", "performance_targets")
_STATUTORY_BOOK = 3
"""Statutory tables from which a document is a book of them, whatever else its title names."""
_CAPTION_YEAR = re.compile(r"(20[0-3]\d)\(?年(?!\d{1,2}月)")
_OWN = "本级"


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What a document says about itself, in the order of its weight; all lines folded."""

    title: Title | None
    headings: Sequence[str]
    tables: Sequence[str]
    """The titles of its statutory tables."""
    front: Front
    opening: str
    wording: ScopeWording


def find_scope(
    document: Document, file: str, tables: Sequence[ReadTable], captions_body: str, catalog: Catalog
) -> Scope:
    """Read the scope off a document. ``captions_body`` is the body that captions or records already named."""
    wording = catalog.scope
    front = read_front(document, catalog)
    printed = [fold(table.title) for table in tables]
    said = _Said(
        cover_title(front.cover, wording),
        [without_part(line) for line in front.headings],
        front.titles if len(front.titles) >= len(printed) else printed,
        front,
        front.opening(),
        wording,
    )
    scope = Scope(kind=_kind(said), contents=list(listed_tables(document, file, catalog)))
    if scope.kind == "other" and not said.tables:
        scope.why = NO_DISCLOSURE
        return scope
    scope.year = _year(said)
    scope.level = _level(said)
    if scope.kind in _DISCLOSURES and _is_of_a_government(said):
        scope.kind, scope.why = "other", GOVERNMENT
        return scope
    scope.body = _body(said, captions_body, scope.level)
    scope.template = is_template(document, scope.body, said.tables, tables, wording)
    return scope


def belongs_together(one: Scope, other: Scope) -> bool:
    """Whether two files are parts of one disclosure: the same kind, year and body (and level, where both say it).
    What is not known matches nothing."""
    if one.kind == "other" or one.kind != other.kind or one.year is None or one.year != other.year:
        return False
    return of_one_body(one, other)


def of_one_body(one: Scope, other: Scope) -> bool:
    """Whether two files are about the same body at the same level, as far as they say; what is not known matches
    nothing."""
    if one.level and other.level and one.level != other.level:
        return False
    if one.template or other.template:
        return False
    if not same_body(one.body, other.body):
        return False
    # Of a department, its own part (本级) publishes apart from the whole.
    whole = one.level == other.level == "部门"
    return not (whole and is_own_office(one) != is_own_office(other))


def is_own_office(scope: Scope) -> bool:
    """Whether a file is about a department's own part (本级), not about the department."""
    return _OWN in scope.body


def same_body(one: str, other: str) -> bool:
    """Whether two names, as read from two files, are those of one body, in full or in a usual short form. A name
    that is not known is nobody's."""
    wording = load_catalog().scope
    name = _comparable(one, wording)
    return bool(name) and name == _comparable(other, wording)


def _comparable(name: str, wording: ScopeWording) -> str:
    folded = re.sub(rf"\({_OWN}\)|{_OWN}$|\((?:部门|单位|汇总)\)$", "", fold(name))
    folded = folded.removesuffix("部门")
    for long, short in wording.short_forms:
        folded = folded.replace(long, short)
    return folded


def _is_of_a_government(said: _Said) -> bool:
    """Whether a paper whose title names neither 部门 nor 单位 is a whole government's: its title says so (财政决算) or
    names a place alone, or several of its tables are such as only a government has."""
    wording, title = said.wording, said.title
    if title is not None and title.level:
        return False
    tables = {
        line
        for line in (*said.tables, *said.front.captions, *said.headings)
        if wording.government_table.search(line)
    }
    if len(tables) >= _FEWEST_GOVERNMENT_TABLES:
        return True
    if title is None:
        return False
    of_a_body = is_name(title.body, wording) and not title.body.endswith(wording.government_names)
    place = title.body.endswith(wording.government_places) and not is_name(title.body, wording)
    said_so = wording.government_title.search("".join(said.front.cover)) is not None
    return place or (said_so and not of_a_body)


def _kind(said: _Said) -> str:
    title, wording = said.title, said.wording
    statutory = _kind_of_tables(said.tables, wording)
    if title is not None:
        if (
            (title.kind in _PERFORMANCE or not title.kind)
            and len(said.tables) >= _STATUTORY_BOOK
            and statutory
        ):
            return statutory
        return title.kind or "other"
    if statutory:
        return statutory
    named = [_kind_without_funds(line, wording) for line in [*said.front.captions, *said.headings]]
    if "performance" in named:
        # Every self-evaluation repeats its targets; targets do not evaluate.
        named = ["performance" if kind == "performance_targets" else kind for kind in named]
    told = (kind_of(match.group(), wording) for match in wording.core.finditer(said.opening))
    return _common(named) or _common(told) or "other"


def _kind_of_tables(titles: Sequence[str], wording: ScopeWording) -> str:
    """决算 or 预算 by the titles of the statutory tables; those of a budget often say neither."""
    kinds = [_kind_without_funds(line, wording) for line in titles]
    statutory = [kind for kind in kinds if kind not in _PERFORMANCE]
    if not statutory:
        return ""
    return _common(statutory) or ("budget" if len(statutory) >= _STATUTORY_BOOK else "")


def _kind_without_funds(line: str, wording: ScopeWording) -> str:
    return kind_of(wording.funds.sub("", line), wording)


def _year(said: _Said) -> int | None:
    if said.title is not None and said.title.year is not None:
        return said.title.year
    wording = said.wording
    named = [year_of(line) for line in said.headings if wording.bare_core.search(line)]
    captions = [_CAPTION_YEAR.search(line) for line in said.front.captions]
    told = wording.dated.finditer(said.opening)
    for years in (named, _numbers(captions), _numbers(told)):
        counted = Counter(year for year in years if year is not None)
        if counted:
            return counted.most_common(1)[0][0]
    return None


def _numbers(matches: Iterable[re.Match[str] | None]) -> list[int | None]:
    return [int(match.group(1)) for match in matches if match is not None]


def _level(said: _Said) -> str:
    if said.title is not None and said.title.level:
        return said.title.level
    front, wording = said.front, said.wording
    return (
        _common(_level_of(line, wording) for line in said.headings)
        or _common(_level_of(line, wording) for line in front.captions)
        or _common(stated.level for stated in [*front.cover_stated, *front.stated, *front.cells])
        or _common(match.group("level") for match in wording.core.finditer(said.opening))
    )


def _level_of(line: str, wording: ScopeWording) -> str:
    match = wording.level_line.search(line)
    if match is None:
        return ""
    return "单位" if match.group("unit") else match.group("level") or match.group("topic") or ""


def _body(said: _Said, captions_body: str, level: str) -> str:
    front, wording = said.front, said.wording
    captions = [*_names(front.stated, wording), clean_name(fold(captions_body), wording)]
    caption = captions[0]
    of_level = [stated for stated in front.cover_stated if stated.level == level]
    on_cover = [*_names(of_level, wording), *_names(front.cover_stated, wording)]
    name = on_cover[0] if on_cover else said.title.body if said.title is not None else ""
    if name and caption:
        return _fuller(name, caption, wording)
    return (
        name
        or caption
        or _common(_heading_name(line, wording) for line in said.headings)
        or next(iter(_names(front.cells, wording, strict=True)), "")
        or _subject(said.opening, wording)
    )


def _names(stated: Iterable[Stated], wording: ScopeWording, strict: bool = False) -> list[str]:
    """The names, the most frequent first; ``strict`` takes only what ends as names do."""
    counted = Counter(clean_name(entry.body, wording) for entry in stated)
    return [name for name, _ in counted.most_common() if name and (is_name(name, wording) or not strict)]


def _fuller(cover: str, caption: str, wording: ScopeWording) -> str:
    """The cover's name, unless the captions print the same name with what the cover left out, or without
    what only stood near it."""
    if caption.endswith(cover):
        return caption
    if cover.endswith(caption) and not cover[: -len(caption)].endswith((*wording.places, *wording.endings)):
        return caption
    return cover


def _heading_name(line: str, wording: ScopeWording) -> str:
    """The body in a heading: 某局概况, 某局2024年度部门决算表."""
    title = parse_title(line, wording)
    if title is not None and title.year is not None and is_name(title.body, wording):
        return title.body
    match = wording.topic.match(line)
    name = clean_name(match.group("body"), wording) if match else ""
    return name if is_name(name, wording) else ""


def _subject(opening: str, wording: ScopeWording) -> str:
    """The body that the first sentences are about: 某中心（以下简称“中心”）是…"""
    names: list[str] = []
    for sentence in re.split(r"[。;]", opening):
        match = next((found for pattern in wording.subjects if (found := pattern.match(sentence))), None)
        name = clean_name(match.group("body"), wording) if match else ""
        if is_name(name, wording) and not name.startswith(wording.short_starts):
            names.append(name)
    return _common(names)


def _common(said: Iterable[str]) -> str:
    """The most frequent, the first of equals; empty when nothing was said."""
    counted = Counter(word for word in said if word)
    return counted.most_common(1)[0][0] if counted else ""
