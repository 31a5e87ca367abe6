"""Actual values (完成值) from registers: counted, summed or written down, each with the rows that it follows from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import ValueWording, fold
from gouji.facts import Unit, render
from gouji.performance import EvidenceRow, Trace, Value, like_target, rounded, share
from gouji.registers.performance_sheets import (
    ACTIVITIES,
    FOLDER,
    INDICATORS,
    MONEY,
    STAGES,
    PerformanceSheets,
    Record,
    shown,
)
from gouji.registers.problem import Problem

ROWS, SUM, DISTINCT, MEAN, RATE, SPENT, STATED = "行数", "合计", "去重", "平均", "比率", "执行数", "填写"
WAYS = (ROWS, SUM, DISTINCT, MEAN, RATE, SPENT, STATED)
"""How an actual value comes about."""
_OVER_COLUMN = (SUM, DISTINCT, MEAN)
_CONDITION = re.compile(r"^(.+?)(>=|<=|≥|≤|=|>|<)(.+)$")


class Actual(NamedTuple):
    """An actual value as it will be printed, and where it comes from."""

    text: str
    trace: Trace | None


class Evidence:
    """Answers what an indicator came to. What is wrong with a row goes to ``problems``."""

    def __init__(self, sheets: PerformanceSheets, values: ValueWording) -> None:
        self.sheets, self.values = sheets, values
        self.problems: list[Problem] = []

    def actual(self, record: Record, target: Value, spent: Decimal | None) -> Actual | None:
        """``None`` when the row cannot be understood. ``spent`` is the execution of its project in 元."""
        way = record["计算"] or STATED
        if way == STATED:
            return Actual(record["完成值"], _stated(record) if record["完成值"] else None)
        if way == SPENT:
            if spent is None:
                self._wrong(record, "计算", f"项目“{record['项目']}”没有登记全年执行数")
                return None
            return Actual(f"{render(spent, Unit.WAN_YUAN, 2)}万元", self._money(record))
        if way not in WAYS:
            self._wrong(record, "计算", f"不认识“{way}”；可用的有：{'、'.join(WAYS)}")
            return None
        counted = self._count(record, way)
        return self._printed(record, target, *counted) if counted is not None else None

    def _printed(self, record: Record, target: Value, amount: Decimal, trace: Trace) -> Actual:
        """A counted amount in the unit of its target, or in that of the row where the target is in words."""
        if not target.is_quantity and record["计量单位"]:
            return Actual(f"{plain(amount)}{record['计量单位']}", trace)
        return Actual(like_target(amount, target, self.values), trace)

    def _money(self, record: Record) -> Trace:
        """The rows of money whose execution is added."""
        columns = ("资金", STAGES[-1][1])
        rows = [row for row in self.sheets[MONEY] if row["项目"] == record["项目"]]
        return Trace(
            "各项资金全年执行数合计", shown(MONEY), columns,
            tuple(EvidenceRow(row.number, {name: row[name] for name in columns}) for row in rows),
        )  # fmt: skip

    def _count(self, record: Record, way: str) -> tuple[Decimal, Trace] | None:
        name = record["登记"]
        if name not in self.sheets.activities:
            known = "、".join(self.sheets.activities) or "还没有"
            self._wrong(record, "登记", f"没有登记“{name}”；{FOLDER}/{ACTIVITIES}里的登记：{known}")
            return None
        columns, rows = self.sheets.activities[name]
        column = record["合计列"]
        if way in _OVER_COLUMN and column not in columns:
            self._wrong(record, "合计列", f"登记“{name}”没有“{column}”一列；现有的是：{'、'.join(columns)}")
            return None
        chosen = [row for row in rows if self._fits(row, record, columns)]
        of = f"中{record['条件']}的" if record["条件"] else "的"
        how = f"“{name}”登记{of}{len(chosen)}行"
        amount = Decimal(len(chosen))
        if way in (SUM, MEAN):
            figures = [self._figure(row, name, column) for row in chosen]
            if None in figures:
                return None
            amount = sum((figure for figure in figures if figure is not None), Decimal(0))
            how += f"，“{column}”合计{plain(amount)}"
            if way == MEAN:
                if not chosen:
                    self._wrong(record, "登记", f"登记“{name}”里没有一行可以平均")
                    return None
                amount = rounded(amount / len(chosen), 2)
                how += f"，平均{plain(amount)}"
        elif way == DISTINCT:
            amount = Decimal(len({fold(row[column]) for row in chosen if row[column]}))
            how += f"，不同的“{column}”{plain(amount)}个"
        elif way == RATE:
            if not rows:
                self._wrong(record, "登记", f"登记“{name}”是空的，算不出比率")
                return None
            amount = rounded(100 * amount / len(rows), 2)
            how += f"，占全部{len(rows)}行的{plain(amount)}%"
        evidence = tuple(EvidenceRow(row.number, row.cells) for row in chosen)
        return amount, Trace(how, shown(f"{ACTIVITIES}/{name}"), columns, evidence)

    def _figure(self, row: Record, name: str, column: str) -> Decimal | None:
        value = share(row[column]).value
        if value is None:
            text = f"这里要填数字，写的是“{row[column] or '（空白）'}”"
            self.problems.append(Problem(shown(f"{ACTIVITIES}/{name}"), text, row=row.number, column=column))
        return value

    def _fits(self, row: Record, record: Record, columns: Sequence[str]) -> bool:
        """Whether a row fulfils the conditions of an indicator: 类别=讲座；人数>=50."""
        for condition in filter(None, re.split("[;；]", record["条件"])):
            match = _CONDITION.match(condition.strip())
            if match is None or match[1].strip() not in columns:
                self._wrong(record, "条件", f"看不懂条件“{condition}”；写法如：类别=讲座；人数>=50")
                return False
            if not _holds(row[match[1].strip()], match[2], match[3].strip()):
                return False
        return True

    def _wrong(self, record: Record, column: str, text: str) -> None:
        problem = Problem(shown(INDICATORS), text, row=record.number, column=column)
        if problem not in self.problems:
            self.problems.append(problem)


def _stated(record: Record) -> Trace:
    """What a person wrote down: the row itself, with the document it is said to rest on."""
    columns = tuple(name for name in ("完成值", "依据") if record[name])
    how = f"填写，依据：{record['依据']}" if record["依据"] else "填写，没有写明依据"
    row = EvidenceRow(record.number, {name: record[name] for name in columns})
    return Trace(how, shown(INDICATORS), columns, (row,), counted=False)


def _holds(cell: str, sign: str, wanted: str) -> bool:
    if sign == "=":
        return fold(cell) == fold(wanted)
    one, other = share(cell).value, share(wanted).value
    if one is None or other is None:
        return False
    return {
        ">=": one >= other,
        "≥": one >= other,
        "<=": one <= other,
        "≤": one <= other,
        ">": one > other,
    }.get(sign, one < other)


def plain(amount: Decimal) -> str:
    """Without trailing zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
