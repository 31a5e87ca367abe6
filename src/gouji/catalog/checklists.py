"""Check-lists: the parts of a disclosure that a finance bureau goes through, in its order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gouji.catalog.model import CatalogError


class Area(StrEnum):
    """What a row of a check-list is about."""

    COVER = "cover"
    CONTENTS = "contents"
    SECTION = "section"
    TABLES = "tables"
    TABLES_WHOLE = "tables_whole"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One row: what to look at. See the head of ``checklists.toml`` for what its keys mean."""

    title: str
    area: Area
    asks: str
    words: tuple[re.Pattern[str], ...] = ()
    broad: tuple[re.Pattern[str], ...] = ()
    each: bool = False
    closed: bool = False
    rules: tuple[str, ...] = ()
    empty_rules: tuple[str, ...] = ()

    def names(self, heading: str) -> bool:
        """Whether a folded heading with an ordinal is one of this part."""
        return any(word.search(heading) for word in (*self.words, *self.broad))

    def ends(self, line: str) -> bool:
        """Whether a folded line that bears no ordinal ends as a heading of this part does."""
        return any((match := word.search(line)) and match.end() == len(line) for word in self.words)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The check-list for some kinds of disclosures."""

    id: str
    kinds: tuple[str, ...]
    title: str
    source: str
    rows: tuple[ChecklistRow, ...]

    def row_of(self, heading: str, *, numbered: bool) -> ChecklistRow | None:
        """The part that a folded heading opens: what is named for itself before what has many sections."""
        for row in sorted(self.rows, key=lambda row: row.each):
            if row.names(heading) if numbered else row.ends(heading):
                return row
        return None


_FILE = "checklists.toml"
_ROW_KEYS = {"title", "area", "asks", "words", "broad", "each", "closed", "rules", "empty_rules"}


def checklists(raw: Mapping[str, Any], rules: Collection[str]) -> tuple[Checklist, ...]:
    """The check-lists of the data file. Raises CatalogError for an entry that is wrong or names an unknown rule."""
    found: list[Checklist] = []
    for entry in raw["checklists"]:
        for key in ("id", "kinds", "title", "valid_from", "source", "rows"):
            if not entry.get(key):
                raise CatalogError(f"{_FILE}: {entry.get('id', entry)} lacks “{key}”")
        rows = tuple(_row(row, entry["id"]) for row in entry["rows"])
        named = {rule for row in rows for rule in (*row.rules, *row.empty_rules)}
        if not named <= set(rules):
            raise CatalogError(f"{_FILE}: {entry['id']}: unknown rules {sorted(named - set(rules))}")
        if sum(row.area is Area.REST for row in rows) != 1 or rows[-1].area is not Area.REST:
            raise CatalogError(f"{_FILE}: {entry['id']}: the last row, and only it, has the area rest")
        found.append(Checklist(entry["id"], tuple(entry["kinds"]), entry["title"], entry["source"], rows))
    return tuple(found)


def _row(entry: Mapping[str, Any], where: str) -> ChecklistRow:
    unknown = entry.keys() - _ROW_KEYS
    if unknown or not entry.get("title") or not entry.get("asks"):
        raise CatalogError(
            f"{_FILE}: {where}: {entry.get('title')}: unknown or missing keys {sorted(unknown)}"
        )
    try:
        area = Area(entry["area"])
        words, broad = (tuple(map(re.compile, entry.get(key, ()))) for key in ("words", "broad"))
    except (KeyError, ValueError, re.error) as error:
        raise CatalogError(f"{_FILE}: {where}: {entry['title']}: {error}") from error
    return ChecklistRow(
        entry["title"], area, entry["asks"], words, broad, entry.get("each", False), entry.get("closed", False),
        tuple(entry.get("rules", ())), tuple(entry.get("empty_rules", ())),
    )  # fmt: skip
