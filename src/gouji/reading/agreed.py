"""Several readings of one table: those whose sums come out, and what they agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.catalog import ALL, Catalog
from gouji.facts import Fact, Presence, Status, Witness


def best(
    readings: Sequence[list[Witness]], known: Mapping[Fact, Witness], catalog: Catalog
) -> list[Witness] | None:
    """The witnesses on which the best readings of one table agree, the others ambiguous; ``None`` when the sums of
    no reading come out. Of readings whose sums come out, those are best that say most of what other tables say."""
    sound = [reading for reading in readings if not _broken(reading, catalog)]
    if not sound:
        return None
    support = [
        sum(
            w.printed.value != 0 and known[w.fact].printed.value == w.printed.value
            for w in reading if w.fact is not None and w.fact in known
        )
        for reading in sound
    ]  # fmt: skip
    chosen = [reading for reading, count in zip(sound, support, strict=True) if count == max(support)]
    why = "原文丢失了一个单元格，这个数字属于哪一列无法唯一确定"
    facts = [
        {
            _key(w, position): w.fact
            for w, position in _numbered(reading)
            if w.printed.presence is Presence.NUMBER
        }
        for reading in chosen
    ]
    blanks = [{(w.row, w.fact) for w in reading} for reading in chosen]
    found: list[Witness] = []
    for witness, position in _numbered(chosen[0]):
        if witness.printed.presence is Presence.NUMBER:
            certain = len({reading.get(_key(witness, position)) for reading in facts}) == 1
        else:
            certain = all((witness.row, witness.fact) in reading for reading in blanks)
        if certain or witness.status is not Status.BOUND:
            found.append(witness)
        elif witness.printed.presence is Presence.NUMBER:
            found.append(replace(witness, status=Status.AMBIGUOUS, why=why))
    return found


def _numbered(reading: Sequence[Witness]) -> Iterator[tuple[Witness, int]]:
    """Witnesses with the ordinal of each figure in its row."""
    counts: dict[int, int] = {}
    for witness in reading:
        if witness.printed.presence is Presence.NUMBER:
            counts[witness.row] = counts.get(witness.row, 0) + 1
        yield witness, counts.get(witness.row, 0)


def _key(witness: Witness, position: int) -> tuple[int, int]:
    return witness.row, position


def _broken(reading: Sequence[Witness], catalog: Catalog) -> bool:
    """Whether the sums along the rows of a reading do not come out: wholes and the parts beside them, a total and
    the flows that it covers."""
    rows: dict[int, dict[Fact, Witness]] = {}
    for witness in reading:
        if witness.fact is not None:
            rows.setdefault(witness.row, {})[witness.fact] = witness
    return any(_row_broken(row, catalog) for row in rows.values())


def _row_broken(row: Mapping[Fact, Witness], catalog: Catalog) -> bool:
    for name, tree in catalog.dimensions.items():
        groups: dict[Fact, dict[str, Witness]] = {}
        for fact, witness in row.items():
            groups.setdefault(fact.slice(name, None), {})[fact.member(name) or ALL] = witness
        for group in groups.values():
            for whole, parts in tree.partition(group).items():
                if (
                    len(parts) > 1
                    and sum(group[p].printed.value for p in parts) != group[whole].printed.value
                ):
                    return True
    for fact, witness in row.items():
        if fact.concept == "total_in":
            parts_in = [row[f] for f in (fact.of("revenue"), fact.of("carryover_begin")) if f in row]
            if len(parts_in) == 2 and sum(w.printed.value for w in parts_in) != witness.printed.value:
                return True
    return False
