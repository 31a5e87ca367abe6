"""What only a whole table tells about its cells: dimensions that say nothing, totals that include carry-over,
columns that seem to mean the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog.settling import WITH_CARRYOVER, Stated, settle
from gouji.facts import Fact, Presence, Status, Witness
from gouji.reading.carried_apart import carried_apart

_SAME_THROUGHOUT = ("fiscal_year", "agency_code")


class HeadWords(NamedTuple):
    """What is known of the words in heads: whether one is a mere total (合计), which stage a column's heads name
    (budget, final, or empty), and the words of totals that cover carry-over (总计)."""

    is_total: Callable[[str], bool]
    stage: Callable[[str], str]
    grand: Sequence[str]


def settled(witnesses: Sequence[Witness], heads: HeadWords) -> list[Witness]:
    """The witnesses of one table with their facts settled; their order is kept."""
    is_total = heads.is_total
    found = _stages_apart(list(witnesses), heads.stage)
    for dimension in _SAME_THROUGHOUT:
        members = {w.fact.member(dimension) for w in found if w.fact is not None}
        if len(members) == 1 and members != {None}:
            found = [_with(w, w.fact.slice(dimension, None)) if w.fact is not None else w for w in found]
    found = _total_of_what_stands_above(_of_the_only_body(_headings_apart(found)))
    facts = settle([Stated(w.fact, w.column, w.row_label) for w in found], is_total)
    found = [w if fact is None else _with(w, fact) for w, fact in zip(found, facts, strict=True)]
    found = carried_apart(found, is_total)
    found = _grand_totals(found, heads.grand)
    return _listed_repeatedly(_without_doubles(_total_of_rows(_total_of_several(found, is_total), is_total)))


def _stages_apart(witnesses: list[Witness], stage: Callable[[str], str]) -> list[Witness]:
    """Two columns of one row that would state one fact, and of which one is budgeted and the other actual by its heads
    (预算数, 决算数): the stage tells them apart, in all their rows."""
    columns: dict[tuple[int, int, Fact], set[str]] = {}
    for witness in witnesses:
        if witness.fact is not None and witness.fact.member("stage") is None:
            columns.setdefault((witness.row, witness.lane, witness.fact), set()).add(witness.column)
    doubles = [same for same in columns.values() if len(same) > 1]
    if not doubles:
        return witnesses
    staged = {column: stage(column) for same in doubles for column in same}
    apart = {c for same in doubles if len({staged[c] for c in same} - {""}) > 1 for c in same if staged[c]}
    return [
        _with(w, w.fact.slice("stage", staged[w.column])) if w.fact is not None and w.column in apart else w
        for w in witnesses
    ]


def _headings_apart(witnesses: list[Witness]) -> list[Witness]:
    """A heading among the rows of a list (一、“三公”经费支出: dashes) states nothing where another row (支出合计) prints
    the figure."""
    figures = [w for w in witnesses if w.fact is not None and w.printed.presence is Presence.NUMBER]
    numbers, rows = {w.fact for w in figures}, {(w.row, w.lane) for w in figures}
    return [
        _with(w, w.fact.slice("detail", "仅作标题"))
        if w.fact in numbers
        and w.fact is not None
        and w.printed.presence is Presence.DASH
        and (w.row, w.lane) not in rows
        else w
        for w in witnesses
    ]


def _grand_totals(witnesses: list[Witness], grand: Sequence[str]) -> list[Witness]:
    """收入总计 above or below a row of 上年结转 covers it, as it does where they are columns."""
    carried = {
        (w.column, concept) for w in witnesses for concept in WITH_CARRYOVER if w.fact is not None
        and w.fact.concept in WITH_CARRYOVER[concept][0]
    }  # fmt: skip
    told: list[Witness] = []
    for witness in witnesses:
        fact = witness.fact
        named = any(word in witness.row_label for word in grand)
        if fact is not None and (witness.column, fact.concept) in carried and named:
            told.append(_with(witness, fact.of(WITH_CARRYOVER[fact.concept][1])))
        else:
            told.append(witness)
    return told


def _listed_repeatedly(witnesses: list[Witness]) -> list[Witness]:
    """One fact in several rows of a column with different figures: each row states a part of it, and which part (which
    body's, which project's) the table does not say. Their order is all that tells them apart."""
    places: dict[tuple[Fact | None, str, int], dict[int, Witness]] = {}
    for witness in witnesses:
        if witness.fact is not None:
            places.setdefault((witness.fact, witness.column, witness.lane), {})[witness.row] = witness
    apart: set[int] = set()
    for rows in places.values():
        if len(rows) > 1 and len({w.printed.base for w in rows.values()}) > 1:
            apart.update(rows)
    if not apart:
        return witnesses
    told: list[Witness] = []
    for witness in witnesses:
        fact = witness.fact
        own = sorted(places.get((fact, witness.column, witness.lane), ())) if fact is not None else []
        if fact is not None and witness.row in apart and len(own) > 1:
            fact = fact.slice(LISTED, str(own.index(witness.row) + 1))
        told.append(witness if fact is witness.fact else _with(witness, fact))
    return told


LISTED = "listed"
"""The dimension that numbers the rows of a table that state parts of one fact without saying which."""


def _of_the_only_body(witnesses: list[Witness]) -> list[Witness]:
    """Where all codes stand below one body whose own line prints the same as the total, they are the whole's: a body
    publishing for itself alone names itself in a line of its own."""
    plain = {w.row for w in witnesses if w.fact is not None and not _codes_of(w.fact)}
    coded = {w.fact.member("agency_code") for w in witnesses if w.fact is not None and w.row not in plain}
    if len(coded) != 1 or None in coded:
        return witnesses
    (body,) = coded
    lines: dict[str | None, dict[Fact, list[Witness]]] = {None: {}, body: {}}
    for witness in witnesses:
        fact = witness.fact
        if fact is not None and witness.row in plain and fact.member("agency_code") in lines:
            line = lines[fact.member("agency_code")]
            line.setdefault(fact.slice("agency_code", None), []).append(witness)
    total, own = lines[None], lines[body]
    if not total or not any(w.printed.value for same in total.values() for w in same):
        return witnesses
    for fact, whole in total.items():
        if {w.printed.value for w in own.get(fact, ())} != {w.printed.value for w in whole}:
            return witnesses
    return [
        _with(w, w.fact.slice("agency_code", None)) if w.fact is not None and w.row not in plain else w
        for w in witnesses
    ]


def _codes_of(fact: Fact) -> bool:
    return any(fact.member(name) is not None for name in _CODED)


_CODED = ("exp_func_code", "dep_bgt_eco_code", "gov_bgt_eco_code")


def _total_of_what_stands_above(witnesses: list[Witness]) -> list[Witness]:
    """Some forms list more sources below 本年收入合计 and add them to 总计 only: then that 合计 is not the year's whole
    revenue, but the sum of what stands above it."""
    found = list(witnesses)
    for index, whole in enumerate(witnesses):
        if whole.fact is None or whole.fact != Fact("revenue", ()) or not whole.row_label:
            continue
        column = [
            w
            for w in witnesses
            if w.column == whole.column and w.fact is not None and w.fact.concept == "revenue"
        ]
        if any(w.row > whole.row and w.printed.value for w in column) and any(
            w.row < whole.row for w in column
        ):
            found[index] = _with(whole, Fact("revenue", (("detail", "以上各项"),)))
    return found


def _with(witness: Witness, fact: Fact | None, why: str = "") -> Witness:
    if fact == witness.fact:
        return witness
    return replace(witness, fact=fact, status=Status.BOUND if fact is not None else Status.UNBOUND, why=why)


def _total_of_several(witnesses: list[Witness], is_total: Callable[[str], bool]) -> list[Witness]:
    """A 合计 beside “三公”经费 (with a total of its own), 会议费 and 培训费 may cover all of them. It is taken to where
    that comes out in most rows; some forms print 合计 for “三公”经费 alone."""
    rows: dict[tuple[int, int], list[Witness]] = {}
    for witness in witnesses:
        if witness.fact is not None:
            rows.setdefault((witness.row, witness.lane), []).append(witness)
    found: dict[str, list[tuple[Witness, Fact, bool]]] = {}
    for row in rows.values():
        for outer in row:
            fact = outer.fact
            if fact is None or fact.concept not in _COVERING or not is_total(outer.column.rpartition("/")[2]):
                continue
            concept, others = _COVERING[fact.concept]
            heads = outer.column[: outer.column.rfind("/") + 1]
            beside = [w for w in row if w.column.startswith(heads) and w is not outer]
            inner = [w for w in beside if w.fact == fact and w.column.count("/") > outer.column.count("/")]
            parts = [w for w in beside if w.fact in {fact.of(other) for other in others}]
            if len(inner) == 1 and parts:
                adds_up = _add_up([*inner, *parts], outer)
                found.setdefault(outer.column, []).append((outer, fact.of(concept), adds_up))
    covering = {
        id(outer): fact
        for cells in found.values()
        if 2 * sum(adds_up for outer, _, adds_up in cells if outer.printed.value)
        > sum(1 for outer, _, _ in cells if outer.printed.value)
        for outer, fact, _ in cells
    }
    return [_with(w, covering[id(w)]) if id(w) in covering else w for w in witnesses]


def _total_of_rows(witnesses: list[Witness], is_total: Callable[[str], bool]) -> list[Witness]:
    """The same where they stand below each other: 合计, 一、“三公”经费, 二、会议费, 三、培训费."""
    columns: dict[tuple[str, int], dict[Fact, list[Witness]]] = {}
    for witness in witnesses:
        if witness.fact is not None:
            stated = columns.setdefault((witness.column, witness.lane), {})
            stated.setdefault(witness.fact, []).append(witness)
    found: list[tuple[Witness, Fact, bool]] = []
    for stated in columns.values():
        for fact, places in stated.items():
            concept, others = _COVERING.get(fact.concept, ("", ()))
            parts = [stated[fact.of(other)][0] for other in others if fact.of(other) in stated]
            if not parts or len(places) != 2:
                continue
            outer = [w for w in places if is_total(w.row_label)]
            if len(outer) == 1:
                (inner,) = (w for w in places if w is not outer[0])
                adds_up = _add_up([inner, *parts], outer[0])
                found.append((outer[0], fact.of(concept), adds_up))
    held = sum(adds_up for outer, _, adds_up in found if outer.printed.value)
    if not held or 2 * held < sum(1 for outer, _, _ in found if outer.printed.value):
        return witnesses
    covering = {id(outer): fact for outer, fact, _ in found}
    return [_with(w, covering[id(w)]) if id(w) in covering else w for w in witnesses]


def _add_up(parts: Sequence[Witness], whole: Witness) -> bool:
    """Whether printed figures make another, but for rounding."""
    slack = sum((w.printed.half_width for w in (*parts, whole)), Decimal(0))
    return abs(sum((w.printed.base for w in parts), Decimal(0)) - whole.printed.base) <= slack


_COVERING = {"sangong": ("sangong_meeting_training", ("meeting", "training"))}
"""A concept, the one that covers it together with others, and those."""


DOUBLED = "同一行有两列像是同一个数据，口径无法确定"
"""Why a figure is not understood whose column seems to be another's twin."""


def _without_doubles(witnesses: list[Witness]) -> list[Witness]:
    """Two columns of one row that seem to state one fact: what the heads mean is not certain, so neither the outer
    total nor its twin is taken for it. The more detailed head keeps the fact. Sides that are read apart may well end
    in one total (本年支出合计 by function, by economic class), and so may two columns that print the same figure in
    every row."""
    by_place: dict[tuple[int, int, Fact], list[Witness]] = {}
    for witness in witnesses:
        if witness.fact is not None:
            by_place.setdefault((witness.row, witness.lane, witness.fact), []).append(witness)
    doubles = [same for same in by_place.values() if len(same) > 1]
    differing = {
        frozenset(w.column for w in same) for same in doubles if len({w.printed.value for w in same}) > 1
    }
    figures = {frozenset(w.column for w in same) for same in doubles if any(w.printed.value for w in same)}
    doubtful: set[int] = set()
    for same in doubles:
        columns = frozenset(w.column for w in same)
        if len(columns) > 1 and columns in figures and columns not in differing:
            continue
        detailed = max(same, key=lambda w: w.column.count("/"))
        doubtful.update(id(w) for w in same if w is not detailed)
    return [_with(w, None, DOUBLED) if id(w) in doubtful else w for w in witnesses]
