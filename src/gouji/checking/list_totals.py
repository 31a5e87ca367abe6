"""Totals of lists of projects and purchases: 合计 is the sum of the rows listed, column by column, and so is each subtotal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from gouji.catalog import Rule
from gouji.checking.diagnosis import is_slip
from gouji.checking.relations import Engine, Ledger
from gouji.facts import Fact, Identity, Outcome, Presence, Status, Term, Witness, render
from gouji.reading import ReadTable

_ROWS = "pro_code"
_COUNTED = "quantity"


def list_totals(rule: Rule, ledger: Ledger) -> Iterator[Identity]:
    """In tables whose rows are open. Some list their main projects only: that a list is told whole is taken for proved where
    most of its sums come out, or where its only sum is broken in a way that leaving rows out does not explain."""
    for table in ledger.tables:
        if table.kind.open_rows != _ROWS or table.kind.by_category or table.cut or table.why:
            continue
        if len({w.row for w in table.witnesses if w.fact is not None and w.fact.member(_ROWS)}) < _SEVERAL:
            continue
        found = [one for column in _columns(table) for one in _sums(rule, table, column)]
        broken = [one for one in found if one.verdict().outcome is Outcome.VIOLATED]
        if not _is_whole(found, broken):
            ledger.not_checked.append(
                (f"《{table.title}》{rule.title}", "多数合计对不上，像是没有全部列出，没有核对")
            )
            continue
        for identity in found:
            if ledger.checkable([term.witness for term in identity.left + identity.right], identity.title):
                yield identity


def _is_whole(found: Sequence[Identity], broken: Sequence[Identity]) -> bool:
    """Whether a list of which these sums are broken tells all its rows."""
    if len(found) == 1:
        return not broken or _is_a_slip(found[0])
    by_one_figure = broken and set.intersection(*(set(one.witnesses) for one in broken))
    return (1 if by_one_figure else len(broken)) * 2 <= len(found)


def _columns(table: ReadTable) -> Iterator[Sequence[Witness]]:
    """The figures of each column of amounts, in the order of their rows; none of a column that was not all understood."""
    columns: dict[tuple[str, int], list[Witness]] = {}
    for witness in table.witnesses:
        if witness.printed.presence is Presence.NUMBER:
            columns.setdefault((witness.column, witness.lane), []).append(witness)
    for column in columns.values():
        if all(
            w.status is Status.BOUND and w.fact is not None and w.fact.concept != _COUNTED for w in column
        ):
            yield column


def _sums(rule: Rule, table: ReadTable, column: Sequence[Witness]) -> list[Identity]:
    """The total and the subtotals of a column, if its rows are of these three kinds alone."""
    dims = {w: _dims(w) for w in column}
    leaves = [w for w in column if any(name == _ROWS for name, _ in dims[w])]
    wholes = [w for w in column if all(dims[w] <= other for other in dims.values())]
    subtotals = [w for w in column if w not in leaves and w not in wholes]
    covered = {w: [leaf for leaf in leaves if dims[w] < dims[leaf]] for w in subtotals}
    counted = [sum(leaf in below for below in covered.values()) for leaf in leaves]
    if not leaves or len(wholes) != 1 or not all(covered.values()) or len(set(counted)) != 1:
        return []
    if _is_nested([leaf.printed.value for leaf in leaves]):
        return []
    lists = [(wholes[0], leaves), *((w, covered[w]) for w in subtotals)]
    return [
        Identity(
            rule.id, "=", tuple(Term(1, leaf) for leaf in listed), (Term(1, whole),),
            f"《{table.title}》{whole.row_label.strip() or '合计'}·{whole.column.replace('/', '·')}＝各分项之和",
        )
        for whole, listed in lists
    ]  # fmt: skip


_SEVERAL = 2


def _dims(witness: Witness) -> set[tuple[str, str]]:
    fact = witness.fact if witness.fact is not None else Fact("")
    return {("", fact.concept), *fact.dims}


def _is_nested(values: Sequence[Decimal]) -> bool:
    """Whether a row seems to be the sum of those right below it, at least two of them: a project and its parts."""
    return any(
        value and value in list(accumulate(values[index + 1 :]))[1:] for index, value in enumerate(values)
    )


def _is_a_slip(identity: Identity) -> bool:
    """Whether more is listed than there is, or one figure is a slip of the pen away from making the sum come out."""
    listed_more = identity.verdict().residual > 0 and all(w.printed.value >= 0 for w in identity.witnesses)
    return listed_more or any(
        is_slip(w.printed.text, render(identity.required(w).centre, w.printed.unit, w.printed.precision))
        for w in identity.witnesses
    )


LIST_TOTAL_ENGINES: Mapping[str, Engine] = {"list_totals": list_totals}
