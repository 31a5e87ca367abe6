"""A file that binds the disclosures of several bodies together: whose part each table and passage is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.catalog import Catalog, ScopeWording, fold
from gouji.documents import Document, Paragraph
from gouji.facts import Fact
from gouji.reading.disclosure_title import Title, clean_name, is_name, parse_title
from gouji.reading.front import plain
from gouji.reading.result import ReadTable, Scope
from gouji.reading.scope import of_one_body
from gouji.reading.statement import Told

_LONGEST_TITLE = 60
_FEWEST_TABLES = 3
_FEWEST_REPEATED = 2
_BODY = "agency_code"
_DISCLOSURES = ("budget", "final_accounts")


class Volume(NamedTuple):
    """The part of one body: from which block of the document it goes, and the number of its first table."""

    body: str
    start: int
    first_table: int


def find_volumes(
    document: Document, tables: Sequence[ReadTable], scope: Scope, catalog: Catalog
) -> list[Volume]:
    """The volumes of a file, mostly one. Another begins where tables of kinds that were there before come again for
    another body, named above them or by a title of its own."""
    volumes = [Volume(scope.body, 0, 0)]
    if not scope.body or len(tables) < 2 * _FEWEST_TABLES:
        return volumes
    named = _named(document, tables, scope, catalog.scope)
    for number in range(1, len(tables)):
        body, start = named[number]
        own = volumes[-1]
        if _is_same(body, own.body):
            continue
        until = next((n for n in range(number, len(tables)) if not _is_same(named[n][0], body)), len(tables))
        before = {table.kind.id for table in tables[own.first_table : number]}
        repeated = before & {table.kind.id for table in tables[number:until]}
        if until - number >= _FEWEST_TABLES and len(repeated) >= _FEWEST_REPEATED:
            volumes.append(Volume(body, start, number))
    return volumes


def keep_apart(volumes: Sequence[Volume], tables: Sequence[ReadTable], told: Sequence[Told]) -> None:
    """Give the facts of every volume but the first the body that they are about: what two bodies state is never one
    fact, nor do their figures add up."""
    for volume in volumes[1:]:
        following = [other for other in volumes if other.first_table > volume.first_table]
        last = following[0].first_table if following else len(tables)
        end = following[0].start if following else None
        for table in (table for table in tables[volume.first_table : last] if table.block):
            table.witnesses = [
                replace(w, fact=_of(w.fact, volume.body)) if w.fact is not None else w
                for w in table.witnesses
            ]
        for one in told:
            if one.passage.block >= volume.start and (end is None or one.passage.block < end):
                _tell(one, volume.body)


def _tell(told: Told, body: str) -> None:
    for statement in told.statements:
        if statement.fact is not None:
            statement.fact = _of(statement.fact, body)
        if statement.witness is not None and statement.witness.fact is not None:
            statement.witness = replace(statement.witness, fact=_of(statement.witness.fact, body))


def _of(fact: Fact, body: str) -> Fact:
    """A fact of one body; a body that a row names lies within it."""
    within = fact.member(_BODY)
    return fact.slice(_BODY, body if within is None else f"{body}·{within}")


def _named(
    document: Document, tables: Sequence[ReadTable], scope: Scope, wording: ScopeWording
) -> list[tuple[str, int]]:
    """For every table, the body that its caption or the last title above it names, and the block from which that
    body is spoken of."""
    named: list[tuple[str, int]] = []
    body, since, block = scope.body, 0, 0
    for table in tables:
        for index in range(block, table.block):
            title = _title(document, index, wording)
            if title is not None and not _is_same(_name(title, scope), body):
                body, since = _name(title, scope), index
        block = table.block
        caption = clean_name(fold(table.body), wording)
        if caption and is_name(caption, wording) and not _is_same(caption, body):
            body, since = caption, table.block
        named.append((body, since))
    return named


def _title(document: Document, index: int, wording: ScopeWording) -> Title | None:
    """The title of a disclosure that a line is: with a year, and with a body that ends as names do."""
    line = document.blocks[index]
    if not isinstance(line, Paragraph) or len(line.text) > _LONGEST_TITLE or "。" in line.text:
        return None
    title = parse_title(plain(line.text), wording)
    if (
        title is None
        or title.kind not in _DISCLOSURES
        or title.year is None
        or not is_name(title.body, wording)
    ):
        return None
    return title


def _name(title: Title, scope: Scope) -> str:
    """The body of a title; of a department's volume its own part (单位) under the same name is another."""
    own_part = title.level == "单位" and scope.level == "部门" and fold(title.body) == fold(scope.body)
    return f"{title.body}（本级）" if own_part else title.body


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one body's, as far as that can be told: one may be cut short."""
    if not one or not other or fold(one).endswith(fold(other)) or fold(other).endswith(fold(one)):
        return True
    return of_one_body(Scope(level="部门", body=one), Scope(level="部门", body=other))
