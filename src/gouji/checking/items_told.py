"""The functional items that the text tells one by one: what for, and whether all are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.catalog import Rule, fold
from gouji.checking.result import Evidence, Finding
from gouji.checking.text import Text, TextEngine, spoken
from gouji.facts import Fact, Outcome, Place, Witness
from gouji.reading import Measure, Statement, Told, clause_around, quantity
from gouji.reading.stated import Quantity, usual_stage

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
            told.setdefault((own.fact.slice(_FUNCTION, None), statement.passage.section), {})[code] = statement
    for (fact, _), items in told.items():
        if len(items) < _FEWEST or {name for name, _ in fact.dims} - {"fund_type_code"}:
            continue
        listed = {
            sought.fact.member(_FUNCTION): places[0]
            for sought, places in text.voices.tables.by_quantity.items()
            if len(sought.fact.member(_FUNCTION) or "") == _ITEM
            and sought.fact.slice(_FUNCTION, None) == fact
            and (sought.stage, sought.year) == (usual_stage(scope.kind), scope.year)
        }
        missing = [place for code, place in listed.items() if code not in items and place.printed.value]
        if len(missing) * _MANY > len(items):
            text.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        if not missing:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield _left_out(rule, text, items, missing)


_FEWEST = 3
_MANY = 5
"""How many items have to be told for each one left out: a text that tells a choice of them leaves out many."""


def _left_out(rule: Rule, text: Text, items: dict[str, Statement], missing: list[Witness]) -> Finding:
    unlike = _coded_otherwise(rule, text, items, missing)
    if unlike is not None:
        return unlike
    names = "、".join(f"{place.row_code} {place.row_label.strip()}（{place.printed.text.strip()}{place.printed.unit}）" for place in missing)
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
        if not near or not name or name not in words or statement in items.values() and statement.item == place.row_code:
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


def actual_above_budget(rule: Rule, text: Text) -> Iterator[Finding]:
    """整体支出全年预算数: no less than what the tables say was spent."""
    scope = text.reading.scope
    spent = [w for w in text.voices.tables.witnesses(Quantity(Fact("expenditure"), "final", scope.year)) if w.printed.value]
    budgets = text.voices.spoken.get(Quantity(Fact("expenditure"), "budget", scope.year), ())
    for budget in budgets:
        if not spent or not any(word in budget.words for word in text.catalog.clauses.adjusted):
            continue
        least = min(spent, key=lambda w: w.printed.base)
        short = least.printed.base - least.printed.half_width - budget.printed.base - budget.printed.half_width
        if short <= 0:
            text.coverage.count(rule.id, Outcome.EXACT)
            continue
        yield text.finding(
            rule, f"整体支出全年预算数{spoken(budget.printed)}小于实际支出{spoken(least.printed)}",
            f"全年预算数包含上年结转和追加，不应小于《{least.table}》的本年支出{spoken(least.printed)}。多半只算了一部分资金或一部分支出。",
            text.quoted(budget, suspect=True), Evidence.of(least), stated=budget.printed.text,
        )  # fmt: skip


def spoken_of_blank_tables(rule: Rule, text: Text) -> Iterator[Finding]:
    """Blank tables of which sentences state figures."""
    for table in text.reading.tables:
        if table.has_figures or not table.witnesses:
            continue
        facts = {quantity(w.fact, text.reading.scope): w for w in table.witnesses if w.fact is not None}
        said = [
            statement
            for sought in facts
            for statement in text.voices.spoken.get(sought, ())
            if statement.printed.value and not text.voices.tables.witnesses(sought)
        ]
        text.coverage.count(rule.id, Outcome.VIOLATED if said else Outcome.EXACT)
        if said:
            figures = "、".join(f"{s.words[-20:]}{spoken(s.printed)}" for s in said[:3])
            yield Finding(
                rule.id, text.finding(rule, "", "").severity, Outcome.VIOLATED,
                f"《{table.title}》全表空白，文字却说有金额",
                f"《{table.title}》没有一个数字，而文字里有{figures}。请核对是否漏填。",
                (Evidence(text.reading.file, table.place.page, table.place.box, table.place.ref, f"《{table.title}》", table.title, suspect=True),
                 *(text.quoted(s) for s in said[:3])),
            )  # fmt: skip


def earlier_year(rule: Rule, text: Text) -> Iterator[Finding]:
    """Last year's figures that follow from the comparisons: expenditure was no more than the total of the same funds."""
    scope = text.reading.scope
    before: dict[Fact, tuple[Decimal, Decimal, object]] = {}
    told = [c for one in text.reading.told for c in one.comparisons]
    for comparison in told:
        current, change = comparison.current, comparison.difference
        if comparison.against != "year" or current is None or current.fact is None or comparison.says is None:
            continue
        if change is None and (comparison.says != 0 or comparison.nearly):
            continue
        now = text.interval(current)
        if now is None:
            continue
        step = change.printed.base * comparison.says if change is not None else Decimal(0)
        width = (now.hi - now.lo) / 2 + (change.printed.half_width if change is not None else Decimal(0))
        before.setdefault(quantity(current.fact, scope).fact, (now.centre - step, width, comparison))
    for fact, (amount, width, comparison) in before.items():
        if fact.concept != "expenditure":
            continue
        for fund in dict.fromkeys((fact.member("fund_type_code"), "fiscal", None)):
            whole = before.get(fact.of("total_in").slice("fund_type_code", fund))
            if whole is None or {name for name, _ in fact.dims} - {"fund_type_code"}:
                continue
            if amount - whole[0] <= width + whole[1]:
                text.coverage.count(rule.id, Outcome.EXACT)
                continue
            yield text.finding(
                rule, "由增减额推出的上年支出大于上年总计",
                f"按文中的增减，上年支出为{amount / 10000:.2f}万元，上年总计只有{whole[0] / 10000:.2f}万元。两处增减必有一处写错。",
                text.quoted(whole[2], candidate=True), text.quoted(comparison, candidate=True),  # type: ignore[arg-type]
                difference=(amount - whole[0]) / 10000,
            )  # fmt: skip


ITEM_ENGINES: dict[str, TextEngine] = {
    "purposes": purposes, "items_left_out": items_left_out, "spoken_of_blank_tables": spoken_of_blank_tables,
    "earlier_year": earlier_year, "actual_above_budget": actual_above_budget,
}  # fmt: skip
