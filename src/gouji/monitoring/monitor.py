"""A body's projects at the end of a quarter, from the registers of its workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from gouji.catalog import Catalog, MonitoringMethod, fold
from gouji.monitoring.activity import Activities
from gouji.monitoring.course import Execution, Watched
from gouji.monitoring.days import QUARTERS
from gouji.monitoring.ledger import PAYMENTS, SPENDING, Ledgers, Payment, read_ledgers
from gouji.monitoring.light import Colour
from gouji.monitoring.money import execution
from gouji.registers import Problem, WorkspaceError
from gouji.registers.evaluation_money import EvaluationMoney
from gouji.registers.performance_sheets import (
    FOLDER,
    INDICATORS,
    PROJECTS,
    PerformanceSheets,
    Record,
    read_performance_sheets,
    shown,
)
from gouji.registers.settings import read_settings


@dataclass(frozen=True, slots=True)
class Monitor:
    """What is shown of a quarter. ``notices`` are rows that were not counted, and what does not fit."""

    body: str
    year: int
    quarter: int
    method: MonitoringMethod
    watched: Sequence[Watched]
    notices: Sequence[Problem]

    @property
    def colours(self) -> Mapping[Colour, int]:
        """How many lights of each colour, over everything watched."""
        lights = [light for each in self.watched if each.execution for light in each.execution.lights]
        lights += [each.light for watched in self.watched for each in watched.indicators]
        return Counter(light.colour for light in lights)


def watch(folder: Path, catalog: Catalog, quarter: int | None = None) -> Monitor:
    """The monitor of a workspace at the end of a quarter; without one, of the last in which anything was recorded.
    Raises WorkspaceError with everything that is wrong."""
    if not folder.is_dir():
        raise WorkspaceError([Problem(str(folder), "找不到这个文件夹")])
    settings, problems = read_settings(folder, catalog)
    sheets, more = read_performance_sheets(folder / FOLDER)
    if settings is None or sheets is None:
        raise WorkspaceError([*problems, *more])
    projects = frozenset(record["项目"] for record in sheets[PROJECTS])
    ledgers, more = read_ledgers(folder / FOLDER, settings.fiscal_year, projects)
    activities = Activities(sheets, settings.fiscal_year, catalog.performance)
    money = EvaluationMoney(sheets, catalog.performance)
    watching = _Watching(sheets, ledgers, activities, money, catalog.monitoring)
    if ledgers is None or problems or activities.problems:
        raise WorkspaceError([*problems, *more, *activities.problems])
    shown_quarter = quarter or max([activities.last, *(p.quarter for p in ledgers.payments)], default=0)
    if not shown_quarter:
        raise WorkspaceError(
            [Problem(shown(PAYMENTS), f"{settings.fiscal_year}年没有一笔支出，登记里也没有这一年的事项")]
        )
    watched = [watching.project(record, shown_quarter) for record in sheets[PROJECTS]]
    if found := [*money.problems, *activities.problems]:
        raise WorkspaceError(found)
    notices = [*ledgers.notices, *activities.notices, *watching.notices]
    return Monitor(settings.name, settings.fiscal_year, shown_quarter, catalog.monitoring, watched, notices)


class _Watching:
    def __init__(
        self,
        sheets: PerformanceSheets,
        ledgers: Ledgers | None,
        activities: Activities,
        money: EvaluationMoney,
        method: MonitoringMethod,
    ) -> None:
        self.sheets, self.activities, self.money, self.method = sheets, activities, money, method
        self.payments: Sequence[Payment] = ledgers.payments if ledgers else ()
        self.plans = ledgers.plans if ledgers else {}
        self.notices: list[Problem] = []

    def project(self, record: Record, quarter: int) -> Watched:
        """One project; a project without a competent department is the body as a whole, whose payments are all."""
        name, whole = record["项目"], not record["主管部门"]
        payments = [payment for payment in self.payments if whole or payment.project == name]
        spent = {
            number: sum((p.amount for p in payments if p.quarter <= number), Decimal(0))
            for number in QUARTERS
        }
        money = self.money.of(name)
        budget = money.budget if money.budget is not None else money.sums.get("initial")
        executed: Execution | None = None
        why = ""
        if budget is None or budget <= 0:
            why = "没有登记全年预算数，不能算支出进度"
        else:
            executed = execution(budget, payments, quarter, self.plans.get((name, SPENDING)), self.method)
        stated = money.spent
        if quarter == len(QUARTERS) and stated is not None and stated != spent[quarter]:
            text = f"“{name}”全年执行数{stated:,.2f}元，支出台账合计{spent[quarter]:,.2f}元，两处不同"
            self.notices.append(Problem(shown("资金"), text, column="全年执行数（元）"))
        indicators = [
            self.activities.progress(
                row, quarter, spent, self.plans.get((name, fold(row["三级指标"]))), self.method
            )
            for row in self.sheets[INDICATORS]
            if row["项目"] == name
        ]
        return Watched(name, whole, executed, indicators, why)
