"""``gouji build`` for the folder of a department: what is built, and what reading all of it back comes to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.cli.apps import refuse

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.checking import Waiver
    from gouji.registers import Department
    from gouji.writing import Built, Consolidated

_MOST_SHOWN = 20
"""Notices and findings shown one by one; a department of fifty bodies may have hundreds."""


def build_folder(folder: Path, output: Path, catalog: Catalog, *, balance_shares: bool) -> int:
    """Build a department and all of its bodies, and check what was built. Raises as reading and writing do."""
    from gouji.cli.waivers import WAIVERS, find_waivers  # noqa: PLC0415
    from gouji.registers import read_department  # noqa: PLC0415
    from gouji.writing import build_department, useful_processes  # noqa: PLC0415

    department = read_department(folder, catalog)
    waivers = find_waivers(None, [folder / WAIVERS], catalog.rules)
    processes = useful_processes(len(department.units))
    built = build_department(department, output, catalog, balance_shares=balance_shares, processes=processes)
    _say([f"请留意 {notice}" for notice in department.whole.notices])
    _tell(department, built, output)
    return _check_built(built, output, waivers, catalog)


def _tell(department: Department, built: Consolidated, output: Path) -> None:
    whole = built.whole
    print(f"已编出{_counted(whole)}，汇总{len(built.units)}个单位：{output}")
    for name, unit in built.units.items():
        print(f"  {_counted(unit)}：{output / name}")
    transferred = sum((transfer.amount for transfer in department.transfers), Decimal(0))
    if transferred:
        count = len(department.transfers)
        print(f"部门内部转移{count}笔，合计{transferred:,.2f}元，在部门的收入和支出里各减了一次。")
    for body in (whole, *built.units.values()):
        if body.gaps:
            print(f"{body.body}待填{body.gaps}处，文本里以〔待填：…〕标出。", file=sys.stderr)
        if body.unnamed:
            codes = "、".join(body.unnamed)
            print(f"请留意 {body.body}的这些科目编码没有名称：{codes}。", file=sys.stderr)
    if titles := built.whole.unrecorded:
        listed = "、".join(f"《{title}》" for title in titles)
        print(
            f"请留意 {listed}还没有登记簿，照没有数据列示；有数据的，请在编出的文件里补填。", file=sys.stderr
        )


def _counted(body: Built) -> str:
    return f"{body.body}{body.year}年度{body.tables}张表、{body.figures}个数字"


def _check_built(built: Consolidated, output: Path, waivers: Sequence[Waiver], catalog: Catalog) -> int:
    """Read all files back as anybody would, check them together, and say what came of it."""
    from gouji.checking import check, waive  # noqa: PLC0415
    from gouji.cli.defects import defects  # noqa: PLC0415
    from gouji.cli.files import read_files  # noqa: PLC0415
    from gouji.cli.waivers import print_waivers  # noqa: PLC0415
    from gouji.facts import Outcome  # noqa: PLC0415
    from gouji.writing.publication import EVALUATION_PORTABLE  # noqa: PLC0415

    files = [output / built.whole.portable]
    files += [output / name / unit.portable for name, unit in built.units.items()]
    # Self-evaluations of the department and of any body that keeps one.
    evaluated = [output / EVALUATION_PORTABLE, *(output / name / EVALUATION_PORTABLE for name in built.units)]
    files += [file for file in evaluated if file.is_file()]
    readings, unreadable = read_files(files, catalog)
    if unreadable:
        return refuse(f"编出的文件读不回来：{unreadable[0]}")
    result = waive(check(readings, catalog), waivers, date.today())
    numbers = sum(table.numeric for document in result.documents for table in document.tables)
    outcomes = [document.coverage.outcomes for document in result.documents]
    exact, rounding = (
        sum(counted[outcome] for counted in outcomes) for outcome in (Outcome.EXACT, Outcome.ROUNDING)
    )
    print(f"复核：从{len(files)}个PDF读回{numbers}个数字，勾稽关系相符{exact}项，四舍五入尾差{rounding}项。")
    wrong = defects(result)
    _say([f"复核发现 {finding.title}（{finding.rule}）" for finding in wrong])
    print_waivers(result)
    return int(bool(wrong))


def _say(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_SHOWN]:
        print(line, file=sys.stderr)
    if len(lines) > _MOST_SHOWN:
        print(f"另有{len(lines) - _MOST_SHOWN}条没有列出。", file=sys.stderr)
