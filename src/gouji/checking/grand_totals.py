"""Sums that run over two classifications at once: 支出总计 ＝ Σ 类 in each column, 合计 ＝ 人员经费 ＋ 公用经费 ＋ 项目支出 in each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.catalog import ALL, Rule
from gouji.checking.relations import Engine, Ledger, Witnesses, sum_of_parts
from gouji.facts import Fact, Identity, Witness


def parts_of_parts(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """A total whose part is not stated itself, only by its own parts in another dimension: 基本支出 told as 人员经费 and 公用经费."""
    outer, inner = (ledger.dimensions[str(rule.params[key])] for key in ("dimension", "parts_by"))
    member, needed = str(rule.params["part"]), inner.closed.get(ALL, ())
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        for fact, whole in stated.items():
            if fact.member(outer.id) is not None or fact.member(inner.id) is not None:
                continue
            part = fact.slice(outer.id, member)
            if part in stated or any(part.slice(inner.id, one) not in stated for one in needed):
                continue
            own = [stated[part.slice(inner.id, one)] for one in needed]
            beside = [
                stated[one]
                for other in outer.closed.get(ALL, ())
                if other.rstrip("?") != member and (one := fact.slice(outer.id, other.rstrip("?"))) in stated
            ]
            parts = [*own, *beside]
            if beside and all(w.row == whole.row and w.lane == whole.lane for w in parts):
                yield from sum_of_parts(rule, ledger, whole, parts, f"《{table.title}》")


def grand_totals(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """支出总计 at the foot of a list of 类 that states no 本年支出合计: in each of its columns, the sum of what stands above."""
    total, current = str(rule.params["total"]), str(rule.params["current"])
    beside = rule.params.get("beside")
    assert isinstance(beside, list)
    tree = ledger.dimensions[str(rule.params["dimension"])]
    for table, stated in zip(ledger.tables, ledger.by_table, strict=True):
        if table.kind.layout != "two_sided":
            continue
        for fact, whole in stated.items():
            if fact.concept != total or fact.member(tree.id) is not None or fact.of(current) in stated:
                continue
            listed = _listed(fact.of(current), whole, stated, tree.id)
            tops = [
                witness
                for member, witness in listed.items()
                if not any(other != member and tree.contains(other, member) for other in listed)
            ]
            more = [stated[one] for concept in beside if (one := fact.of(str(concept))) in stated]
            if len(tops) >= _SEVERAL:
                yield from sum_of_parts(rule, ledger, whole, [*tops, *more], f"《{table.title}》")


_SEVERAL = 2


def _listed(current: Fact, whole: Witness, stated: Witnesses, dimension: str) -> dict[str, Witness]:
    """The figures of one column that divide what a total covers, by their members."""
    return {
        member: witness
        for fact, witness in stated.items()
        if (member := fact.member(dimension)) is not None
        and fact.slice(dimension, None) == current
        and (witness.column, witness.lane) == (whole.column, whole.lane)
    }


GRAND_TOTAL_ENGINES: Mapping[str, Engine] = {"parts_of_parts": parts_of_parts, "grand_totals": grand_totals}
