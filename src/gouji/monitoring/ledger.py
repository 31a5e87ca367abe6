"""The registers that only monitoring reads: payments (支出台账) and the plan by quarter (季度计划)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from gouji.catalog import fold
from gouji.monitoring.days import QUARTERS, quarter_of, read_date
from gouji.performance import share
from gouji.registers import Problem
from gouji.registers.amount import read_amount
from gouji.registers.performance_sheets import Record, read_performance_sheet, shown
from gouji.registers.sheet import Flaw

PAYMENTS, PLAN = "支出台账", "季度计划"
DATE, PROJECT, AMOUNT = "日期", "项目", "金额（元）"
ITEM, SPENDING = "内容", "支出"
_SHARES = ("一季度", "二季度", "三季度", "四季度")
LEDGERS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PAYMENTS: ((DATE, PROJECT, AMOUNT), ("资金", "摘要", "凭证号")),
    PLAN: ((PROJECT, ITEM, *_SHARES), ()),
}
"""Register -> the columns that it must have, and those that it may have."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of the ledger; ``amount`` is in 元, negative for what came back."""

    row: int
    project: str
    quarter: int
    amount: Decimal
    record: Record


class Ledgers(NamedTuple):
    """``plans`` maps project and folded name of what is planned (an indicator, or 支出) to what shall have been reached by
    the end of each quarter: a share of the budget in per cent, or an amount in the indicator's unit."""

    payments: Sequence[Payment]
    plans: Mapping[tuple[str, str], tuple[Decimal, ...]]
    notices: Sequence[Problem]


def read_ledgers(folder: Path, year: int, projects: frozenset[str]) -> tuple[Ledgers | None, list[Problem]]:
    """Both registers in the folder 绩效. The ledger has to be there, the plan may be missing."""
    problems: list[Problem] = []
    notices: list[Problem] = []
    records = read_performance_sheet(folder, PAYMENTS, *LEDGERS[PAYMENTS], problems)
    payments = [
        payment for record in records if (payment := _payment(record, year, projects, problems, notices))
    ]
    plans: dict[tuple[str, str], tuple[Decimal, ...]] = {}
    if (folder / f"{PLAN}.csv").exists():
        for record in read_performance_sheet(folder, PLAN, *LEDGERS[PLAN], problems):
            planned = [share(record[column]).value for column in _SHARES]
            amounts = tuple(amount for amount in planned if amount is not None)
            if record[PROJECT] not in projects:
                problems.append(_problem(PLAN, record, PROJECT, f"没有项目“{record[PROJECT]}”"))
            elif len(amounts) < len(QUARTERS) or list(amounts) != sorted(amounts):
                text = "四个季度都要填到季度末累计完成多少，一季比一季不少"
                problems.append(_problem(PLAN, record, _SHARES[0], text))
            else:
                plans[record[PROJECT], fold(record[ITEM])] = amounts
    return (None, problems) if problems else (Ledgers(payments, plans, notices), [])


def _payment(
    record: Record, year: int, projects: frozenset[str], problems: list[Problem], notices: list[Problem]
) -> Payment | None:
    day, amount = read_date(record[DATE]), read_amount(record[AMOUNT] or None)
    if day is None:
        problems.append(_problem(PAYMENTS, record, DATE, f"看不懂日期“{record[DATE]}”；写法如 {year}-04-10"))
    elif record[PROJECT] not in projects:
        problems.append(
            _problem(PAYMENTS, record, PROJECT, f"项目“{record[PROJECT]}”没有列在{shown('项目')}里")
        )
    elif isinstance(amount, Flaw):
        problems.append(_problem(PAYMENTS, record, AMOUNT, amount.text))
    elif amount is None:
        problems.append(_problem(PAYMENTS, record, AMOUNT, "没有填金额"))
    elif day.year != year:
        notices.append(_problem(PAYMENTS, record, DATE, f"{record[DATE]}不在{year}年，没有计入"))
    else:
        return Payment(record.number, record[PROJECT], quarter_of(day), amount, record)
    return None


def _problem(name: str, record: Record, column: str, text: str) -> Problem:
    return Problem(shown(name), text, row=record.number, column=column)
