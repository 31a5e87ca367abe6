"""The money of the projects of a self-evaluation: by source, and for the whole body by what it was for."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import PerformanceWording, fold
from gouji.facts import Place, Unit, as_printed, render
from gouji.performance import Amount, MoneyRow
from gouji.registers.amount import read_amount
from gouji.registers.performance_sheets import MONEY, STAGES, PerformanceSheets, Record, shown
from gouji.registers.problem import Problem
from gouji.registers.sheet import Flaw

WHOLE = "total"
NATURES = ("basic", "project")
"""What the money is for (按支出性质分): another division of the same whole."""


class ProjectMoney(NamedTuple):
    """The rows of the grid, the whole first, and the whole year's budget and execution in 元 (``None``: not
    recorded)."""

    rows: tuple[MoneyRow, ...]
    sums: dict[str, Decimal]

    @property
    def budget(self) -> Decimal | None:
        return self.sums.get("budget")

    @property
    def spent(self) -> Decimal | None:
        return self.sums.get("spent")


class EvaluationMoney:
    """Answers what the money of a project is. What is wrong with a row goes to ``problems``."""

    def __init__(self, sheets: PerformanceSheets, wording: PerformanceWording) -> None:
        self.sheets, self.wording = sheets, wording
        self.problems: list[Problem] = []

    def of(self, project: str) -> ProjectMoney:
        sums: dict[str, Decimal] = {}
        natures: dict[str, Decimal] = {}
        parts: list[MoneyRow] = []
        wholes: list[Record] = []
        for record in self.sheets[MONEY]:
            if record["项目"] != project:
                continue
            id = self.wording.money_rows.get(fold(record["资金"]), "")
            if id == WHOLE:
                wholes.append(record)
            elif id not in self.wording.money_parts and id not in NATURES:
                words = (
                    word
                    for word, known in self.wording.money_rows.items()
                    if known in self.wording.money_parts or known in NATURES
                )
                self._wrong(record, "资金", f"不认识“{record['资金']}”；可用的有：{'、'.join(words)}")
                continue
            added_to = natures if id in NATURES else sums
            amounts: dict[str, Amount] = {}
            for stage, column in STAGES:
                value = read_amount(record[column] or None)
                if isinstance(value, Flaw):
                    self._wrong(record, column, value.text)
                elif value is not None:
                    added_to[stage] = added_to.get(stage, Decimal(0)) + value
                    amounts[stage] = _amount(value, record)
            if id != WHOLE:
                parts.append(MoneyRow(id, record["资金"], amounts))
        if wholes and (len(wholes) > 1 or any(row.id not in NATURES for row in parts)):
            text = f"“{project}”既有总额又有来源；总额由各来源相加，只有不分来源时才单独填一行"
            self._wrong(wholes[-1], "资金", text)
        for stage, value in natures.items():
            if value != sums.get(stage, Decimal(0)):
                text = f"“{project}”基本支出与项目支出合计{value:,.2f}元，各来源合计{sums.get(stage, Decimal(0)):,.2f}元，两处不同"
                self.problems.append(Problem(shown(MONEY), text, column=dict(STAGES)[stage]))
        if not sums:
            return ProjectMoney((), {})
        whole = MoneyRow(
            "total", "年度资金总额", {stage: _amount(value, None) for stage, value in sums.items()}
        )
        return ProjectMoney((whole, *parts), sums)

    def _wrong(self, record: Record, column: str, text: str) -> None:
        self.problems.append(Problem(shown(MONEY), text, row=record.number, column=column))


def _amount(value: Decimal, record: Record | None) -> Amount:
    printed = as_printed(render(value, Unit.WAN_YUAN, 2), Unit.WAN_YUAN)
    assert printed is not None
    return Amount(printed, Place(shown(MONEY), None, None, f"第{record.number}行" if record else ""))
