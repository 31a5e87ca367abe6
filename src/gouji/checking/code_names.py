"""Names of codes: against the classification of the year, and among the tables of one document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gouji.catalog import Catalog, CodeList, Rule, fold, same_name
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject, at
from gouji.facts import Outcome
from gouji.reading import ReadCode, ReadTable

_MOST_PLACES = 12
_SHIFTED = 3
"""Misnamed codes of one table from which they are one defect: names and codes were shifted against each other."""


class _Misnamed(NamedTuple):
    table: ReadTable
    place: ReadCode
    right: str
    others: Sequence[tuple[ReadTable, ReadCode]]


def code_names(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Names that differ from what the same code is called in the other tables and in the catalogue."""
    # Recognition takes 出 for 岀: in scans a name proves nothing.
    scanned = {page.number for page in subject.reading.document.pages if page.scanned}
    if scanned:
        subject.coverage.not_checked.append((rule.title, "扫描图像上的科目名称由文字识别得来，没有核对"))
    printed: dict[tuple[str, str], list[tuple[ReadTable, ReadCode]]] = {}
    for table in subject.reading.tables:
        for code in table.codes:
            if code.name and code.place.page not in scanned:
                printed.setdefault((code.dimension, code.code), []).append((table, code))
    wrong: dict[int, list[_Misnamed]] = {}
    for (dimension, number), places in printed.items():
        listed = subject.catalog.codes.get(dimension)
        names = Counter(fold(place.name) for _, place in places)
        for table, place in places:
            right = _right_name(listed, number, place.name, names, subject.reading.scope.year)
            subject.coverage.count(rule.id, Outcome.VIOLATED if right else Outcome.EXACT)
            if right:
                others = [(other, named) for other, named in places if fold(named.name) == fold(right)]
                wrong.setdefault(table.id, []).append(_Misnamed(table, place, right, others))
    for misnamed in wrong.values():
        if len(misnamed) >= _SHIFTED:
            yield _shifted(rule, subject, misnamed)
        else:
            yield from (_misnamed(rule, subject, one) for one in misnamed)


def _misnamed(rule: Rule, subject: Subject, one: _Misnamed) -> Finding:
    table, place, right, others = one
    elsewhere = "、".join(dict.fromkeys(f"《{other.title}》" for other, _ in others))
    basis = f"{elsewhere}列示为“{right}”" if others else f"《政府收支分类科目》为“{right}”"
    return subject.finding(
        rule, f"《{table.title}》{place.code} 的名称“{place.name}”应为“{right}”",
        f"编码{place.code}在这里列示为“{place.name}”，{basis}。",
        [_evidence(subject, table, place, suspect=True)]
        + [_evidence(subject, other, named) for other, named in others[:2]],
        stated=place.name, expected=right,
    )  # fmt: skip


def _shifted(rule: Rule, subject: Subject, misnamed: Sequence[_Misnamed]) -> Finding:
    table = misnamed[0].table
    listed = "；".join(f"{one.place.code}列为“{one.place.name}”，应为“{one.right}”" for one in misnamed)
    return subject.finding(
        rule, f"《{table.title}》有{len(misnamed)}个编码与名称对不上",
        f"{listed}。编码和名称像是错了行，请对照《政府收支分类科目》逐个核对。",
        [_evidence(subject, table, one.place, suspect=True) for one in misnamed[:_MOST_PLACES]],
    )  # fmt: skip


def _evidence(subject: Subject, table: ReadTable, place: ReadCode, *, suspect: bool = False) -> Evidence:
    return at(subject.file, place.place, f"《{table.title}》{place.code}", place.name, suspect=suspect)


def _right_name(
    listed: CodeList | None, code: str, name: str, names: Mapping[str, int], year: int | None
) -> str:
    """What a misnamed code should be called; empty when the name is right or nothing sure can be said.

    Sure is: the catalogue has another name, and either most tables that print the code have it, too, or the
    printed one is what the year's classification calls another code. Names cut off by their cell, of any
    year, are not misnamed.
    """
    if listed is None or code not in listed.names:
        return ""
    own = fold(name)
    if _is_called(listed, code, own):
        return ""
    spelling = listed.name(code, year)
    assert spelling is not None
    supported = names[own] * 2 > sum(names.values())
    if supported and not (spelling.valid(year) and _is_anothers(listed, code, own, year)):
        return ""
    return spelling.name


def _is_called(listed: CodeList, code: str, own: str) -> bool:
    """Whether a folded name is, or holds, what the code is called in any year; or is that, cut off by its cell."""
    known = [fold(n) for spelling in listed.names[code] for n in (spelling.name, *spelling.aliases)]
    return any(same_name(own, spelling) or spelling in own for spelling in known)


def unsettled_codes(tables: Iterable[ReadTable], catalog: Catalog) -> frozenset[tuple[int, str]]:
    """The codes (with the id of their table) beside which another name is printed: which of the two is meant, nobody can
    tell."""
    return frozenset(
        (table.id, code.code)
        for table in tables
        for code in table.codes
        if code.name
        and (listed := catalog.codes.get(code.dimension)) is not None
        and code.code in listed.names
        and not _is_called(listed, code.code, fold(code.name))
    )


def _is_anothers(listed: CodeList, code: str, own: str, year: int | None) -> bool:
    """Whether a name is what the classification of the year calls another code of the same length."""
    return any(
        other != code and len(other) == len(code) and spelling.valid(year) and fold(spelling.name) == own
        for other, spellings in listed.names.items()
        for spelling in spellings
    )


def _accounts(table: ReadTable) -> Iterator[ReadCode]:
    """The named codes of a table, and the names that stand as lines without their codes (六、科学技术支出)."""
    yield from table.codes
    seen: set[str] = set()
    for witness in table.witnesses:
        code = witness.fact.member("exp_func_code") if witness.fact is not None else None
        if code is None or witness.row_code or not code.isdigit():
            continue
        label = re.sub(r"^[一二三四五六七八九十]+、", "", witness.row_label)
        if label not in seen:
            seen.add(label)
            yield ReadCode("exp_func_code", code, label, witness.place)


def obsolete_names(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Names that were right in another year."""
    year = subject.reading.scope.year
    if year is None:
        subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
        subject.coverage.not_checked.append((rule.title, "没有读出公开年度"))
        return
    obsolete: dict[tuple[str, str], list[Evidence]] = {}
    right: dict[tuple[str, str], tuple[str, str]] = {}
    for table in subject.reading.tables:
        for place in _accounts(table):
            key = (place.code, place.name)
            listed = subject.catalog.codes.get(place.dimension)
            if listed is None or place.code not in listed.names:
                continue
            valid = listed.name(place.code, year)
            own = fold(place.name)
            exact = [s for s in listed.names[place.code] if fold(s.name) == own]
            if valid is None or not valid.valid(year) or not exact or any(s.valid(year) for s in exact):
                subject.coverage.count(rule.id, Outcome.EXACT)
                continue
            subject.coverage.count(rule.id, Outcome.VIOLATED)
            right[key] = valid.name, f"{exact[-1].valid_from}—{exact[-1].valid_to}年"
            obsolete.setdefault(key, []).append(_evidence(subject, table, place, suspect=True))
    for (code, name), places in obsolete.items():
        expected, years = right[code, name]
        many = f"（{len(places)}处）" if len(places) > 1 else ""
        yield subject.finding(
            rule, f"{places[0].where} 仍用旧名“{name}”{many}", f"“{name}”是{years}的名称，{year}年应为“{expected}”。",
            places[:_MOST_PLACES], stated=name, expected=expected,
        )  # fmt: skip


NAME_ENGINES: Mapping[str, ContentEngine] = {
    "code_names": code_names,
    "obsolete_names": obsolete_names,
}
