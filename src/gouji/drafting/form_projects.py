"""Projects that only the forms of their performance targets name, with the money that these state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouji.drafting.published import Stated, of_printed
from gouji.drafting.selection import Money, Selection
from gouji.performance import PerformanceForm

_WHOLE, _BUDGET = "total", "budget"


def sums_of_forms(
    forms: Iterable[PerformanceForm], sums: Mapping[Selection, Stated], money: Money
) -> dict[Selection, Stated]:
    """The sums of projects by the forms of targets; none where a table names projects, or where the forms are about more
    money than all 项目支出."""
    every = Selection(
        "", frozenset(("project",)), frozenset(money.funds), frozenset(money.years), "", "", None
    )  # fmt: skip
    whole = sums.get(every)
    if whole is None or any(selection.project is not None for selection in sums):
        return {}
    found: dict[Selection, Stated] = {}
    for form in forms:
        row = form.money_row(_WHOLE)
        name = "".join(form.project.split())
        if form.kind != "targets" or form.scope == "department" or not name or row is None:
            continue
        amount = row.amounts.get(_BUDGET)
        if amount is not None and amount.printed.value:
            found.setdefault(every._replace(project=name), of_printed(amount.printed))
    return found if sum(stated.least for stated in found.values()) <= whole.most else {}
