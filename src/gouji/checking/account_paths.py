"""Names of functional accounts in the text: 类（类）款（款）项（项）, against the document's own tables and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gouji.catalog import Catalog, CodeList, Rule, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import ContentEngine, Subject, at
from gouji.facts import Outcome
from gouji.reading import Passage, ReadCode, Reading, ReadTable

_FUNCTION = "exp_func_code"
_NAME = r"[\u4e00-\u9fff、，]{2,40}?(?:\([\u4e00-\u9fff]{1,6}\)[\u4e00-\u9fff]{0,12}?)?"
_PATH = re.compile(rf"(?P<class>{_NAME})\(类\)(?:(?P<section>{_NAME})\(款\)(?:(?P<item>{_NAME})\(项\))?)?")
_CLASS = "(类)"
_LEAD = re.compile(r"^.*?[、，](?=[\u4e00-\u9fff]{2,})")
_SUFFIX = "支出"
_OTHER = str.maketrans("它", "他")


class _Named(NamedTuple):
    """An account as a table of the document prints it."""

    code: str
    name: str
    table: ReadTable
    place: ReadCode


@dataclass(slots=True)
class _Accounts:
    """The functional accounts that the tables of a document print."""

    listed: CodeList
    year: int | None
    named: dict[str, _Named] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    """The codes that the text calls by their right path."""

    @classmethod
    def of(cls, reading: Reading, catalog: Catalog) -> _Accounts:
        accounts = cls(catalog.codes[_FUNCTION], reading.scope.year)
        for table in reading.tables:
            for code in table.codes:
                if code.dimension == _FUNCTION and code.name:
                    accounts.named.setdefault(code.code, _Named(code.code, fold(code.name), table, code))
        return accounts

    def called(self, name: str, length: int) -> list[_Named]:
        """The accounts of that length that the tables print under a name."""
        return [
            named for named in self.named.values() if len(named.code) == length and _same(named.name, name)
        ]

    def names(self, code: str) -> set[str]:
        """All that a code may be called: in the tables, and in the year's classification."""
        names = {self.named[code].name} if code in self.named else set()
        spelling = self.listed.name(code, self.year)
        if spelling is not None and (spelling.valid(self.year) or not names):
            names.update(fold(name) for name in (spelling.name, *spelling.aliases))
        return names

    def right(self, code: str) -> str:
        """What to call a code: as the catalogue does, else as the tables do."""
        spelling = self.listed.name(code, self.year)
        return spelling.name if spelling is not None else self.named[code].name


def _same(one: str, other: str) -> bool:
    return one.removesuffix(_SUFFIX) == other.removesuffix(_SUFFIX)


def account_paths(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Paths of account names of which a part is not what the item's code is under."""
    accounts = _Accounts.of(subject.reading, subject.catalog)
    if not accounts.named:
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
        return
    wrong: dict[tuple[str, str], list[tuple[Evidence, str, _Named]]] = {}
    paths = [(p, match) for p in subject.reading.passages for match in _paths(p)]
    accounts.told = _told(accounts, [match for _, match in paths])
    for passage, match in paths:
        checked = _check(accounts, match)
        if checked is None:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        for level, printed, right, named in checked:
            place = subject.span(passage, *match.span(level))
            wrong.setdefault((printed, right), []).append((place, level, named))
        subject.coverage.count(rule.id, Outcome.VIOLATED if checked else Outcome.EXACT)
    for (printed, right), places in wrong.items():
        _, level, named = places[0]
        yield subject.finding(
            rule, f"科目名称“{printed}”应为“{right}”",
            f"文中写作{printed}（{_LEVELS[level]}），而《{named.table.title}》列示的{named.code}是“{named.name}”，"
            f"所属的{_LEVELS[level]}是“{right}”。",
            [place for place, _, _ in places[:8]]
            + [at(subject.file, named.place.place, f"《{named.table.title}》{named.code}", named.place.name)],
            stated=printed, expected=right,
        )  # fmt: skip


def names_wrongly(passage: Passage, reading: Reading, catalog: Catalog) -> bool:
    """Whether a passage calls its account by a path that is not the account's."""
    accounts = _Accounts.of(reading, catalog)
    return any(_check(accounts, match) for match in _paths(passage))


def _paths(passage: Passage) -> Iterator[re.Match[str]]:
    return _PATH.finditer(passage.folded) if _CLASS in passage.folded else iter(())


_LEVELS = {"class": "类", "section": "款", "item": "项"}


def _check(accounts: _Accounts, match: re.Match[str]) -> Sequence[tuple[str, str, str, _Named]] | None:
    """What is wrong with a path: (level, printed, right, the account that shows it). ``None`` when the tables do not
    tell which account is meant."""
    printed, lowest, length = _parts(match)
    meant = accounts.called(printed[lowest], length)
    if not meant:
        return _misspelled(accounts, printed, lowest, length)
    if _rightly_called(accounts, printed, meant):
        return []
    if len({named.code for named in meant}) > 1:
        # 行政运行 of another 款: the one of the same 类 that the text tells nowhere else.
        meant = [
            n
            for n in meant
            if n.code not in accounts.told and _fits(accounts, printed["class"], n.code, "class")
        ]
    if len({named.code for named in meant}) != 1:
        return None
    named = meant[0]
    return [
        (level, printed[level], accounts.right(named.code[:width]), named)
        for level, width in (("class", 3), ("section", 5))
        if printed[level] and width < length
        and not _fits(accounts, printed[level], named.code, level) and accounts.names(named.code[:width])
    ]  # fmt: skip


def _parts(match: re.Match[str]) -> tuple[dict[str, str], str, int]:
    """The names of a path by level, its lowest level, and how long a code of that level is."""
    printed = {level: fold(match.group(level) or "") for level in _LEVELS}
    printed["class"] = _LEAD.sub("", printed["class"]) if "、" in printed["class"] else printed["class"]
    lowest = "item" if printed["item"] else "section" if printed["section"] else "class"
    return printed, lowest, _WIDTHS[lowest]


def _rightly_called(accounts: _Accounts, printed: Mapping[str, str], meant: Sequence[_Named]) -> list[_Named]:
    """Those accounts of a name whose 类 and 款 are called so, too."""
    return [
        named
        for named in meant
        if all(_fits(accounts, printed[level], named.code, level) for level in _LEVELS if printed[level])
    ]


def _told(accounts: _Accounts, paths: Sequence[re.Match[str]]) -> frozenset[str]:
    found: set[str] = set()
    for match in paths:
        printed, lowest, length = _parts(match)
        meant = accounts.called(printed[lowest], length)
        found.update(named.code for named in _rightly_called(accounts, printed, meant))
    return frozenset(found)


_WIDTHS = {"class": 3, "section": 5, "item": 7}


def _fits(accounts: _Accounts, printed: str, code: str, level: str) -> bool:
    """Whether a part of the path is called as the code's part of that level is; unknown codes fit anything."""
    width = _WIDTHS[level]
    if len(code) < width:
        return True
    names = accounts.names(code[:width])
    return not names or any(
        _same(name, printed) or printed.endswith(name.removesuffix(_SUFFIX)) for name in names
    )


def _misspelled(
    accounts: _Accounts, printed: Mapping[str, str], lowest: str, length: int
) -> Sequence[tuple[str, str, str, _Named]] | None:
    """An item that no table prints: spelled with 它 for 他, or called by the name of its 款."""
    name = printed[lowest]
    alike = accounts.called(name.translate(_OTHER), length)
    if alike and name != name.translate(_OTHER):
        return [(lowest, name, alike[0].name, alike[0])]
    above = accounts.called(name, length - 2) if length > 3 else []
    if len(above) == 1:
        below = [
            n for n in accounts.named.values() if len(n.code) == length and n.code.startswith(above[0].code)
        ]
        if len(below) == 1:
            return [(lowest, name, below[0].name, below[0])]
    return None


ACCOUNT_ENGINES: Mapping[str, ContentEngine] = {"account_paths": account_paths}
