"""The functional items that the text tells one by one: what for, and whether all are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.catalog.own_year import usual_stage
from gouji.checking.account_paths import names_wrongly
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine
from gouji.facts import Fact, Outcome, Place, Witness
from gouji.reading import Measure, Statement, Told, clause_around, quantity
from gouji.reading.stated import Quantity

_FUNCTION = "exp_func_code"
_ITEM = 7


def purposes(rule: Rule, text: Text) -> Iterator[Finding]:
    """主要用于…等基本支出, of an item that the table lists under 项目支出 only."""
    wording = text.catalog.clauses
    for told in text.reading.told:
        item = _own_item(told)
        purpose = wording.purpose.search(told.passage.folded)
        if item is None or purpose is None:
            continue
        named = [nature for word, nature in wording.natures.items() if word in purpose.group("what")]
        if len(named) != 1:
            continue
        assert item.fact is not None
        other = "project" if named[0] == "basic" else "basic"
        own_places, other_places = (_places(item.fact, nature, text) for nature in (named[0], other))
        if not own_places or not other_places:
            text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        if any(w.printed.value for w in own_places) or not all(w.printed.value for w in other_places):
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        said, right = (_NATURES[nature] for nature in (named[0], other))
        place: Place = told.passage.place(text.reading.file, purpose.start(), purpose.end())
        quote = clause_around(told.passage.text, purpose.start(), purpose.end())
        where = f"“{told.passage.path[-1]}”" if told.passage.path else "文字说明"
        yield text.finding(
            rule, f"{item.item}的用途写作“{said}”，表里全是{right}",
            f"文字说这个科目用于{said}，而《{other_places[0].table}》里它的{said}为空，{right}列示{other_places[0].printed.text.strip()}。",
            Evidence(place.file, place.page, place.box, place.ref, where, quote, suspect=True),
            *(Evidence.of(w) for w in other_places[:2]), stated=said, expected=right,
        )  # fmt: skip


_NATURES = {"basic": "基本支出", "project": "项目支出"}


def _own_item(told: Told) -> Statement | None:
    """The amount of the item that a passage is about: of one item only."""
    items = [s for s in told.statements if s.fact is not None and len(s.item) == _ITEM]
    return items[0] if items and len({s.item for s in items}) == 1 else None


def _places(fact: Fact, nature: str, text: Text) -> list[Witness]:
    scope = text.reading.scope
    bare = quantity(fact, scope).fact.slice("nature", nature)
    return text.voices.tables.witnesses(Quantity(bare, usual_stage(scope.kind), scope.year))


def items_left_out(rule: Rule, text: Text) -> Iterator[Finding]:
    """Items that the table of the general public budget fills and a text that tells all others leaves out."""
    scope = text.reading.scope
    told: dict[tuple[Fact, str], dict[str, Statement]] = {}
    for statement in text.reading.statements:
        if statement.fact is None or statement.measure is not Measure.AMOUNT:
            continue
        code = statement.fact.member(_FUNCTION) or ""
        own = quantity(statement.fact, scope)
        if len(code) == _ITEM and own.year == scope.year and own.stage == usual_stage(scope.kind):
            told.setdefault((own.fact.slice(_FUNCTION, None), _list_of(statement, text)), {})[code] = (
                statement
            )
    for (fact, section), items in told.items():
        if len(items) < _FEWEST or {name for name, _ in fact.dims} - {"fund_type_code"}:
            continue
        listed = {
            sought.fact.member(_FUNCTION): places[0]
            for sought, places in text.voices.tables.by_quantity.items()
            if len(sought.fact.member(_FUNCTION) or "") == _ITEM
            and sought.fact.slice(_FUNCTION, None) == fact
            and (sought.stage, sought.year) == (usual_stage(scope.kind), scope.year)
        }
        missing = [
            place
            for code, place in listed.items()
            if code not in items
            and place.printed.value
            and not _is_named(place, section, [listed[c] for c in items if c in listed], text)
            and not _is_misnamed(place, text)
        ]
        if len(missing) * _MANY > len(items):
            text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        if not missing:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield _left_out(rule, text, items, missing)


def _is_named(place: Witness, section: str, told: list[Witness], text: Text) -> bool:
    """Whether the section names more items so than were understood: then this one may well be among them."""
    named = f"{fold(place.row_label)}({_ITEM_LEVEL})"
    said = sum(
        named in fold(passage.folded)
        for passage in text.reading.passages
        if "·".join(passage.path).startswith(section)
    )
    return said > sum(fold(one.row_label) == fold(place.row_label) for one in told)


def _is_misnamed(place: Witness, text: Text) -> bool:
    """Whether the text tells the amount under a path that is not the item's: that is said of the path already."""
    return any(
        statement.fact is None
        and statement.measure is Measure.AMOUNT
        and abs(statement.printed.base - place.printed.base) <= statement.printed.half_width * 2
        and names_wrongly(statement.passage, text.reading, text.catalog)
        for statement in text.reading.statements
    )


def _list_of(statement: Statement, text: Text) -> str:
    """The section in which items are told one by one; where each has a heading of its own, the one above them."""
    path = statement.passage.path
    steps = list(text.catalog.clauses.path.finditer(fold(path[-1]))) if path else []
    own = bool(steps) and steps[-1].group("level") == _ITEM_LEVEL
    return "·".join(path[:-1] if own else path)


_ITEM_LEVEL = "项"
_FEWEST = 3
_MANY = 5
"""How many items have to be told for each one left out: a text that tells a choice of them leaves out many."""


def _left_out(rule: Rule, text: Text, items: dict[str, Statement], missing: list[Witness]) -> Finding:
    unlike = _coded_otherwise(rule, text, items, missing)
    if unlike is not None:
        return unlike
    names = "、".join(
        f"{place.row_code} {place.row_label.strip()}（{place.printed.text.strip()}{place.printed.unit}）"
        for place in missing
    )
    total = sum((s.printed.base for s in items.values()), Decimal(0))
    last = list(items.values())[-1]
    unit = last.printed.unit
    return text.finding(
        rule, f"逐项说明里没有{'、'.join(place.row_label.strip() for place in missing)}",
        f"文字逐项说明了{len(items)}个科目，合计{(total / unit.scale).normalize():f}{unit}，表里还有{names}没有说明。",
        text.quoted(last), *(Evidence.of(place) for place in missing),
    )  # fmt: skip


def _coded_otherwise(
    rule: Rule, text: Text, items: dict[str, Statement], missing: list[Witness]
) -> Finding | None:
    """An item that seems left out because the text gives it another code."""
    place = missing[0]
    name = fold(place.row_label)
    told = sorted(text.reading.statements, key=lambda s: -len(s.item)) if len(missing) == 1 else []
    for statement in told:
        words = fold(statement.words)
        near = abs(statement.printed.base - place.printed.base) <= statement.printed.half_width * 2
        if (
            not near
            or not name
            or name not in words
            or (statement in items.values() and statement.item == place.row_code)
        ):
            continue
        printed = _CODE.search(words)
        if printed is not None and printed.group() != place.row_code:
            return text.finding(
                rule, f"“{place.row_label.strip()}”的编码写作{printed.group()}，表里是{place.row_code}",
                f"文字里这个科目的金额与表一致，编码不一致：文字{printed.group()}，《{place.table}》{place.row_code}。",
                text.quoted(statement, suspect=True), Evidence.of(place), stated=printed.group(), expected=place.row_code,
            )  # fmt: skip
    return None


_CODE = re.compile(r"(?<!\d)\d{5,7}(?!\d)")


ITEM_ENGINES: dict[str, TextEngine] = {"purposes": purposes, "items_left_out": items_left_out}
