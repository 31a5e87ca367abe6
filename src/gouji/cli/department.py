"""``gouji build`` for the folder of a department: what is built, and what reading all of it back comes to."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.cli.apps import UNCHECKED, refuse

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.checking import Examined, Waiver
    from gouji.registers import Department
    from gouji.writing import Built, Consolidated, FileFormat

_MOST_SHOWN = 20
"""Notices and findings shown one by one; a department of fifty bodies may have hundreds."""
_STEPS = {
    "registers": "读登记簿", "tables": "填表", "xlsx": "XLSX", "docx": "DOCX", "pdf": "PDF", "html": "HTML", "data": "数据",
    "asked": "读回复核",
}  # fmt: skip
"""The steps of a build as they are told, in their order."""
_WORTH_TELLING = 5
"""Seconds below which nobody asks what took them."""
_MOSTLY = 0.5


def build_folder(
    folder: Path, output: Path, catalog: Catalog, *, balance_shares: bool, formats: Sequence[FileFormat]
) -> int:
    """Build a department and all of its bodies, and check what was built. Raises as reading and writing do."""
    from gouji.cli.read_back import ReadBack  # noqa: PLC0415
    from gouji.cli.waivers import WAIVERS, find_waivers  # noqa: PLC0415
    from gouji.registers import read_department  # noqa: PLC0415
    from gouji.writing import build_department, useful_processes  # noqa: PLC0415

    began = time.perf_counter()
    department = read_department(folder, catalog)
    reading = time.perf_counter() - began
    waivers = find_waivers(None, [folder / WAIVERS], catalog.rules)
    processes = useful_processes(len(department.units))
    built = build_department(
        department, output, catalog, balance_shares=balance_shares, formats=formats, processes=processes,
        asked=ReadBack(catalog) if "pdf" in formats else None,
    )  # fmt: skip
    _say([f"请留意 {notice}" for notice in department.whole.notices])
    _tell(department, built, output)
    code, checking = 0, time.perf_counter()
    if "pdf" in formats:
        code = _check_built(built, waivers, catalog)
    else:
        print(UNCHECKED)
    _tell_time(built, reading, time.perf_counter() - checking, time.perf_counter() - began, processes)
    return code


def _tell_time(
    built: Consolidated, reading: float, checking: float, all_of_it: float, processes: int
) -> None:
    """What took how long: documents are made side by side, so the steps add up to more than the clock showed."""
    from gouji.writing.department import READ_BACK  # noqa: PLC0415

    if all_of_it < _WORTH_TELLING:
        return
    spent = defaultdict(float, {"registers": reading, READ_BACK: checking})
    for body in (built.whole, *built.units.values()):
        for step, seconds in body.seconds.items():
            spent[step] += seconds
    steps = "、".join(f"{name}{spent[step]:.0f}秒" for step, name in _STEPS.items() if spent[step] >= 1)
    several = f"，{processes + 1}个进程同时做" if processes else ""
    print(f"用时{all_of_it:.0f}秒{several}，各步相加：{steps}。")
    if spent["pdf"] + spent[READ_BACK] > _MOSTLY * sum(spent.values()):
        print("多半花在排版PDF和读回复核上；只想先看表，加 --format xlsx。")


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


def _check_built(built: Consolidated, waivers: Sequence[Waiver], catalog: Catalog) -> int:
    """Check together what was read back of all bodies, and say what came of it."""
    from gouji.checking import check_together, waive  # noqa: PLC0415
    from gouji.cli.defects import defects  # noqa: PLC0415
    from gouji.cli.waivers import print_waivers  # noqa: PLC0415
    from gouji.facts import Outcome  # noqa: PLC0415

    examined: list[Examined] = []
    for body in (built.whole, *built.units.values()):
        if isinstance(body.answer, str):
            return refuse(f"编出的文件读不回来：{body.answer}")
        examined += body.answer
    result = waive(check_together(examined, catalog), waivers, date.today())
    numbers = sum(table.numeric for document in result.documents for table in document.tables)
    outcomes = [document.coverage.outcomes for document in result.documents]
    exact, rounding = (
        sum(counted[outcome] for counted in outcomes) for outcome in (Outcome.EXACT, Outcome.ROUNDING)
    )
    print(
        f"复核：从{len(examined)}个PDF读回{numbers}个数字，勾稽关系相符{exact}项，四舍五入尾差{rounding}项。"
    )
    wrong = defects(result)
    _say([f"复核发现 {finding.title}（{finding.rule}）" for finding in wrong])
    print_waivers(result)
    return int(bool(wrong))


def _say(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_SHOWN]:
        print(line, file=sys.stderr)
    if len(lines) > _MOST_SHOWN:
        print(f"另有{len(lines) - _MOST_SHOWN}条没有列出。", file=sys.stderr)
