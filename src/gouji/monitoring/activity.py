"""Indicators by quarter, counted from the activity registers as they stood then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import MonitoringMethod, PerformanceWording
from gouji.facts import Place
from gouji.monitoring.course import Progress
from gouji.monitoring.days import QUARTERS, quarter_of, read_date
from gouji.monitoring.ledger import DATE
from gouji.monitoring.light import Colour, Light, light, unlit
from gouji.performance import Indicator, Operator, RowText, Trace, Value, read_value
from gouji.registers import Problem
from gouji.registers.evidence import MEAN, RATE, SPENT, STATED, Evidence
from gouji.registers.performance_sheets import ACTIVITIES, INDICATORS, PerformanceSheets, Record, shown

_HUNDRED = Decimal(100)
_YEAR = Decimal(4)
_FLOORS = (Operator.AT_LEAST, Operator.MORE, Operator.EQUAL, Operator.BETWEEN)


class _Count(NamedTuple):
    amount: Decimal | None
    text: str
    trace: Trace | None


class Activities:
    """The activity registers of a year by quarter. Rows without a date of the year are named in ``problems`` and
    ``notices``."""

    def __init__(self, sheets: PerformanceSheets, year: int, wording: PerformanceWording) -> None:
        self.wording = wording
        self.rows = RowText(wording)
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        days = {
            name: self._dated(name, columns, records, year)
            for name, (columns, records) in sheets.activities.items()
        }
        self.last = max((quarter_of(day) for rows in days.values() for day, _ in rows), default=0)
        self.until = {
            quarter: replace(
                sheets,
                activities={
                    name: (columns, [record for day, record in days[name] if quarter_of(day) <= quarter])
                    for name, (columns, _) in sheets.activities.items()
                },
            )
            for quarter in QUARTERS
        }

    def _dated(
        self, name: str, columns: Sequence[str], records: Sequence[Record], year: int
    ) -> list[tuple[date, Record]]:
        file = shown(f"{ACTIVITIES}/{name}")
        if DATE not in columns:
            self.problems.append(Problem(file, f"没有“{DATE}”一列，不知道各行在哪个季度", column=DATE))
            return []
        found: list[tuple[date, Record]] = []
        for record in records:
            day = read_date(record[DATE])
            if day is None:
                text = f"看不懂日期“{record[DATE]}”；写法如 {year}-04-10"
                self.problems.append(Problem(file, text, row=record.number, column=DATE))
            elif day.year != year:
                text = f"{record[DATE]}不在{year}年，没有计入"
                self.notices.append(Problem(file, text, row=record.number, column=DATE))
            else:
                found.append((day, record))
        return found

    def progress(
        self,
        record: Record,
        quarter: int,
        spent: Mapping[int, Decimal],
        plan: tuple[Decimal, ...] | None,
        method: MonitoringMethod,
    ) -> Progress:
        """An indicator up to a quarter. ``spent`` is what its project had paid by the end of each quarter, in 元."""
        indicator = self._indicator(record)
        counts = [self._count(record, indicator.target, number, spent) for number in range(1, quarter + 1)]
        now = counts[-1]
        target = indicator.target
        due = plan[quarter - 1] if plan else None
        share = due / plan[-1] if plan and due is not None and plan[-1] else Decimal(quarter) / _YEAR
        forecast: Decimal | None = None
        way = record["计算"] or STATED
        if not target.is_quantity or target.low is None:
            judged = unlit("指标值不是单一的数量，请人工说明进展")
        elif now.amount is None:
            judged = unlit("由人填写，从登记里数不出来" if way == STATED else "登记里还没有可以计算的内容")
        elif way in (RATE, MEAN):
            judged = _rate(target, now, method)
        elif (
            plan is None
            and quarter < len(QUARTERS)
            and 0 < target.low < method.least_count
            and now.amount < target.low
        ):
            judged = unlit(f"全年只有{target.text}，没有季度计划，不作推算")
        else:
            forecast = now.amount / share if share else None
            judged = _counted(target, now, forecast, method)
        texts = tuple(count.text for count in counts)
        return Progress(
            indicator,
            tuple(count.amount for count in counts),
            texts,
            due,
            plan is not None,
            forecast,
            judged,
            now.trace,
        )

    def _indicator(self, record: Record) -> Indicator:
        texts = {
            "level1": record["一级指标"], "level2": record["二级指标"], "name": record["三级指标"],
            "target": record["指标值"], "unit": record["计量单位"], "operator": record["指标性质"],
        }  # fmt: skip
        return self.rows.indicator(texts, Place(shown(INDICATORS), None, None, f"第{record.number}行"))

    def _count(self, record: Record, target: Value, quarter: int, spent: Mapping[int, Decimal]) -> _Count:
        way = record["计算"] or STATED
        sheets = self.until[quarter]
        nothing = way in (RATE, MEAN) and not sheets.activities.get(record["登记"], ((), ()))[1]
        if way == STATED or nothing:
            return _Count(None, "", None)
        evidence = Evidence(sheets, self.wording.values)
        actual = evidence.actual(record, target, spent.get(quarter))
        if actual is None:
            for problem in evidence.problems:
                if problem not in self.problems:
                    self.problems.append(problem)
            return _Count(None, "", None)
        value = read_value(actual.text, self.wording.values)
        trace = None if way == SPENT else actual.trace
        return _Count(value.low if value.is_quantity else None, actual.text, trace)


def _counted(target: Value, now: _Count, forecast: Decimal | None, method: MonitoringMethod) -> Light:
    """The light of what adds up through the year."""
    assert target.low is not None
    assert target.high is not None
    assert now.amount is not None
    if target.operator in _FLOORS:
        rule = method.lights["floor"]
        if now.amount >= target.low:
            return Light(Colour.GREEN, rule.id, f"已完成{now.text}，达到指标值{target.text}")
        if forecast is None:
            return Light(Colour.GREEN, rule.id, "计划到这一季度还没有安排")
        measured = forecast / target.low * _HUNDRED
        return light(rule, measured, f"已完成{now.text}，推算全年是指标值{target.text}的{measured:.0f}%")
    rule = method.lights["ceiling"]
    if now.amount > target.high:
        return Light(Colour.RED, rule.id, f"已有{now.text}，超过指标值{target.text}")
    measured = target.high / forecast * _HUNDRED if forecast else _HUNDRED
    if measured < rule.green:
        return Light(Colour.AMBER, rule.id, f"已有{now.text}，照此推算全年会超过指标值{target.text}")
    return Light(Colour.GREEN, rule.id, f"已有{now.text}，推算全年不超过指标值{target.text}")


def _rate(target: Value, now: _Count, method: MonitoringMethod) -> Light:
    """The light of what does not add up: rates and means."""
    rule = method.lights["rate"]
    assert target.low is not None
    assert target.high is not None
    assert now.amount is not None
    if target.operator not in _FLOORS:
        met = now.amount <= target.high
        colour = Colour.GREEN if met else Colour.RED
        return Light(colour, rule.id, f"现在是{now.text}，{'没有超过' if met else '超过'}指标值{target.text}")
    if not target.low:
        return unlit("指标值为零")
    measured = now.amount / target.low * _HUNDRED
    return light(rule, measured, f"现在是{now.text}，是指标值{target.text}的{measured:.0f}%")
