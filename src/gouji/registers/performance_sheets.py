"""The registers of a self-evaluation (绩效自评): projects, money, indicators, and what was done, one CSV file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from gouji.catalog import fold
from gouji.documents.model import UnreadableFile
from gouji.registers.csv_sheets import read_csv
from gouji.registers.problem import Problem
from gouji.registers.sheet import Flaw, Sheet

FOLDER = "绩效"
ACTIVITIES = "登记"
PROJECTS, MONEY, INDICATORS, TASKS, BASICS, TEXTS = "项目", "资金", "指标", "任务", "基础数据", "文字"
STAGES = (("initial", "年初预算数（元）"), ("budget", "全年预算数（元）"), ("spent", "全年执行数（元）"))
BASIC_COLUMNS = (("prior", "上年决算数"), ("initial", "年初预算数"), ("budget", "全年预算数"), ("", "决算数"))
"""Columns of the basic data and the stage that each is of."""
PRIOR_SPENT = "上年决算数（元）"
TASK_MONEY = ("预算数（元）", "执行数（元）")
SCORE = "评价得分"
"""The score of a whole form that has no weights."""

COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PROJECTS: (("项目", "主管部门", "实施单位", "预期目标", "实际完成情况"), (PRIOR_SPENT, SCORE)),
    MONEY: (("项目", "资金", *(column for _, column in STAGES)), ()),
    INDICATORS: (
        ("项目", "一级指标", "二级指标", "三级指标", "指标值"),
        ("计算", "登记", "合计列", "条件", "完成值", "分值", "得分", "改动理由", "偏差原因分析及改进措施", "实施期指标值", "计量单位",
         "指标性质", "依据", "备注"),
    ),
    TASKS: (("项目", "任务"), ("主要内容", "完成情况", *TASK_MONEY, "分值", "得分")),
    BASICS: (("项目",), tuple(column for _, column in BASIC_COLUMNS)),
    TEXTS: (("位置", "文字"), ()),
}  # fmt: skip
"""Register -> the columns that it must have, and those that it may have."""
_NEEDED = (PROJECTS, MONEY, INDICATORS)
_OPEN = (PROJECTS,)
"""Registers that may have columns of their own: a place's form may print them."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row by column name; blanks are empty texts."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class PerformanceSheets:
    """The files as records. ``activities`` are the activity registers by name, with their columns; ``kept`` names
    the files that are there; ``notices`` are what was not used."""

    records: Mapping[str, Sequence[Record]]
    activities: Mapping[str, tuple[tuple[str, ...], Sequence[Record]]]
    kept: frozenset[str]
    notices: tuple[Problem, ...]

    def __getitem__(self, name: str) -> Sequence[Record]:
        return self.records.get(name, ())


def shown(name: str) -> str:
    """How a file is named to the user."""
    return f"{FOLDER}/{name}.csv"


def read_performance_sheets(folder: Path) -> tuple[PerformanceSheets | None, list[Problem]]:
    """The registers in ``folder``, or what keeps them from being read."""
    problems: list[Problem] = []
    notices: list[Problem] = []
    found: dict[str, Sequence[Record]] = {}
    for name, (needed, allowed) in COLUMNS.items():
        path = folder / f"{name}.csv"
        if name not in _NEEDED and not path.exists():
            continue
        sheet = _sheet(path, shown(name), problems)
        if sheet is not None:
            columns, found[name] = _records(sheet, (*needed, *allowed), needed, problems)
            if name not in _OPEN:
                notices.extend(_unused(sheet, columns, (*needed, *allowed)))
    activities: dict[str, tuple[tuple[str, ...], Sequence[Record]]] = {}
    for path in sorted((folder / ACTIVITIES).glob("*.csv")):
        sheet = _sheet(path, shown(f"{ACTIVITIES}/{path.stem}"), problems)
        if sheet is not None:
            activities[path.stem] = _records(sheet, (), (), problems)
    if problems:
        return None, problems
    return PerformanceSheets(found, activities, frozenset(found), tuple(notices)), []


def read_performance_sheet(
    folder: Path, name: str, needed: tuple[str, ...], allowed: tuple[str, ...], problems: list[Problem]
) -> list[Record]:
    """The rows of one more register in ``folder``; what is wrong with it goes to ``problems``."""
    sheet = _sheet(folder / f"{name}.csv", shown(name), problems)
    return _records(sheet, (*needed, *allowed), needed, problems)[1] if sheet is not None else []


def _unused(sheet: Sheet, columns: tuple[str, ...], known: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(
            sheet.file, f"“{column}”一列没有用到；可以有的列：{'、'.join(known)}", row=sheet.rows[0].number
        )
        for column in columns
        if column not in known
    ]


def _sheet(path: Path, name: str, problems: list[Problem]) -> Sheet | None:
    if not path.exists():
        problems.append(Problem(name, "缺少这个 CSV 文件"))
        return None
    try:
        return read_csv(path, name)
    except UnreadableFile as error:
        problems.append(Problem(name, error.reason))
        return None


def _records(
    sheet: Sheet, known: tuple[str, ...], needed: tuple[str, ...], problems: list[Problem]
) -> tuple[tuple[str, ...], list[Record]]:
    """The columns and the rows of a file whose first row is its head."""
    if not sheet.rows:
        problems.append(
            Problem(sheet.file, f"没有表头；表头要有：{'、'.join(needed)}" if needed else "没有表头")
        )
        return (), []
    names = {fold(name): name for name in known}
    problems.extend(
        Problem(sheet.file, cell.text, row=row.number, column=str(head or ""))
        for row in sheet.rows
        for head, cell in zip_longest(sheet.rows[0].cells, row.cells)
        if isinstance(cell, Flaw)
    )
    heads = ["" if isinstance(cell, Flaw) else str(cell or "") for cell in sheet.rows[0].cells]
    columns = [names.get(fold(head), head) for head in heads]
    problems.extend(
        Problem(sheet.file, f"缺少“{name}”一列", row=sheet.rows[0].number)
        for name in needed
        if name not in columns
    )
    records = [
        Record(
            row.number,
            {
                c: str(v)
                for c, v in zip(columns, row.cells, strict=False)
                if c and v is not None and not isinstance(v, Flaw)
            },
        )
        for row in sheet.rows[1:]
    ]
    return tuple(column for column in columns if column), records
