"""The registers of a self-evaluation (绩效自评): projects, money, indicators, and what was done, one CSV file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.catalog import fold
from gouji.documents.model import UnreadableFile
from gouji.registers.csv_sheets import read_csv
from gouji.registers.problem import Problem
from gouji.registers.sheet import Sheet

FOLDER = "绩效"
ACTIVITIES = "登记"

PROJECTS = ("项目", "主管部门", "实施单位", "预期目标", "实际完成情况")
MONEY = ("项目", "资金", "年初预算数（元）", "全年预算数（元）", "全年执行数（元）")
INDICATORS = (
    "项目", "一级指标", "二级指标", "三级指标", "指标值", "计算", "登记", "合计列", "条件", "完成值", "分值", "得分",
    "改动理由", "偏差原因分析及改进措施",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {"项目": PROJECTS, "资金": MONEY, "指标": INDICATORS}


@dataclass(frozen=True, slots=True)
class Record:
    """A row by column name; blanks are empty texts."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class PerformanceSheets:
    """The files as records. ``activities`` are the activity registers by name, with their columns."""

    projects: Sequence[Record]
    money: Sequence[Record]
    indicators: Sequence[Record]
    activities: Mapping[str, tuple[tuple[str, ...], Sequence[Record]]]


def shown(name: str) -> str:
    """How a file is named to the user."""
    return f"{FOLDER}/{name}.csv"


def read_performance_sheets(folder: Path) -> tuple[PerformanceSheets | None, list[Problem]]:
    """The registers in ``folder``, or what keeps them from being read."""
    problems: list[Problem] = []
    found: dict[str, Sequence[Record]] = {}
    for name, columns in COLUMNS.items():
        sheet = _sheet(folder / f"{name}.csv", shown(name), problems)
        if sheet is not None:
            found[name] = _records(sheet, columns, problems)[1]
    activities: dict[str, tuple[tuple[str, ...], Sequence[Record]]] = {}
    for path in sorted((folder / ACTIVITIES).glob("*.csv")):
        sheet = _sheet(path, shown(f"{ACTIVITIES}/{path.stem}"), problems)
        if sheet is not None:
            activities[path.stem] = _records(sheet, (), problems)
    if problems:
        return None, problems
    return PerformanceSheets(found["项目"], found["资金"], found["指标"], activities), []


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
    sheet: Sheet, wanted: tuple[str, ...], problems: list[Problem]
) -> tuple[tuple[str, ...], list[Record]]:
    """The columns and the rows of a file whose first row is its head."""
    if not sheet.rows:
        problems.append(
            Problem(sheet.file, f"没有表头；表头要有：{'、'.join(wanted)}" if wanted else "没有表头")
        )
        return (), []
    names = {fold(name): name for name in wanted}
    heads = [str(cell or "") for cell in sheet.rows[0].cells]
    columns = [names.get(fold(head), head) for head in heads]
    problems.extend(
        Problem(sheet.file, f"缺少“{name}”一列", row=sheet.rows[0].number)
        for name in wanted
        if name not in columns
    )
    records = [
        Record(
            row.number, {c: str(v) for c, v in zip(columns, row.cells, strict=False) if c and v is not None}
        )
        for row in sheet.rows[1:]
    ]
    return tuple(column for column in columns if column), records
