"""``gouji``: build, read, check, and the rule catalogue.

Exit codes: 0 nothing found, 1 findings, 2 could not run. Everything heavy is imported inside the commands, so that
``gouji --help`` is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import CycloptsError, Parameter, validators
from cyclopts.exceptions import (
    CommandCollisionError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)

from gouji import __version__
from gouji.cli.apps import command_group, refuse
from gouji.cli.build import build
from gouji.cli.catalog import catalog as catalog_commands
from gouji.cli.corpus import corpus
from gouji.cli.delivery import Delivery, Format, lacks_file
from gouji.cli.monitor import monitor

if TYPE_CHECKING:
    from gouji.reading import Reading

app = command_group(
    "gouji", "勾稽：编制和检查部门（单位）决算公开。一个数据只记一次，处处相符。", version=__version__
)
app.command(corpus)
app.command(catalog_commands)
app.command(monitor)
app.command(build)

Files = Annotated[
    list[Path], Parameter(help="要读的文件：PDF、DOCX、DOC、XLSX、XLS、HTML、文本，或本程序生成的CSV、JSON。")
]
Output = Annotated[Path | None, Parameter(name=["--output", "-o"], help="写到这个文件；不写就显示在屏幕上。")]

Timeout = Annotated[
    float, Parameter(help="每个文件最多用多少秒，超过就停止。", validator=validators.Number(gt=0))
]
Memory = Annotated[
    int, Parameter(help="最多占多少MB内存，超过就停止。", validator=validators.Number(gte=100))
]


@app.command
def check(
    files: Files,
    /,
    *,
    format: Annotated[Format, Parameter(name=["--format", "-f"], help="报告的格式。")] = "text",
    output: Output = None,
    marked: Annotated[
        Path | None,
        Parameter(name="--marked", help="另写一份标出问题的PDF；检查几个文件时是文件夹。"),
    ] = None,
    waivers: Annotated[
        Path | None,
        Parameter(name="--waivers", help="豁免清单；不写就用被查文件所在文件夹里的豁免.toml。"),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "info"],
        Parameter(name="--fail-on", help="有这一级或更重的问题时退出码为1；尾差属于info。"),
    ] = "warning",
    timeout: Timeout = 600.0,
    memory: Memory = 4000,
) -> int:
    """检查公开文本：各表勾稽、表间一致、应有的表和说明、科目名称。

    退出码：0 没有发现问题，1 有问题，2 有文件读不了。
    """
    if why := lacks_file(format, output):
        return refuse(why)
    from gouji.cli.guard import guarded  # noqa: PLC0415
    from gouji.corpus.limits import Limits  # noqa: PLC0415

    work = partial(_check, files, Delivery(format, output, marked), waivers, fail_on)
    return guarded(work, Limits(timeout, memory))


def _check(
    files: Sequence[Path],
    delivery: Delivery,
    waiver_file: Path | None,
    fail_on: str,
    begin: Callable[[str], None],
) -> int:
    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.checking import Severity, WaiverError, waive  # noqa: PLC0415
    from gouji.checking import check as check_readings  # noqa: PLC0415
    from gouji.cli.delivery import deliver, objection  # noqa: PLC0415
    from gouji.cli.files import read_files  # noqa: PLC0415
    from gouji.cli.waivers import find_waivers  # noqa: PLC0415
    from gouji.documents import UnreadableFile  # noqa: PLC0415

    catalog = load_catalog()
    try:
        waivers = find_waivers(waiver_file, files, catalog.rules)
    except WaiverError as wrong:
        return refuse(str(wrong))
    readings, unreadable = read_files(files, catalog, begin)
    code = 0
    if _nothing_recognised(readings):
        code = 2
    elif readings:
        if why := objection(delivery, files, readings):
            return refuse(why)
        begin("勾稽核对")
        result = waive(check_readings(readings, catalog), waivers, date.today())
        order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
        worst = result.worst()
        code = int(worst is not None and order.index(worst) <= order.index(Severity(fail_on)))
        try:
            deliver(result, readings, catalog, delivery)
        except UnreadableFile as gone:
            return refuse(str(gone))
    for error in unreadable:
        refuse(str(error))
    return 2 if unreadable else code


@app.command
def read(
    files: Files,
    /,
    *,
    format: Annotated[
        Literal["json", "csv"], Parameter(name=["--format", "-f"], help="输出的格式。")
    ] = "csv",
    indicators: Annotated[
        bool,
        Parameter(
            name="--indicators",
            negative="",
            help="改为逐行列出绩效指标：指标值、完成值、分值、得分和按办法算出的得分。",
        ),
    ] = False,
    output: Output = None,
    timeout: Timeout = 600.0,
    memory: Memory = 4000,
) -> int:
    """把文件里的每个数字读成一行数据：在哪张表、哪一行、哪一列，是什么，值是多少，在纸上的位置。"""
    from gouji.cli.guard import guarded  # noqa: PLC0415
    from gouji.corpus.limits import Limits  # noqa: PLC0415

    return guarded(partial(_read, files, format, indicators, output), Limits(timeout, memory))


def _read(
    files: Sequence[Path],
    format: str,
    indicators: bool,
    output: Path | None,
    begin: Callable[[str], None],
) -> int:
    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.cli.files import read_files  # noqa: PLC0415
    from gouji.reading import performance_rows, rows  # noqa: PLC0415

    catalog = load_catalog()
    readings, unreadable = read_files(files, catalog, begin)
    code = 2 if _nothing_recognised(readings) else 0
    if readings and not code and indicators and not any(reading.performance for reading in readings):
        code = refuse("没有读出绩效目标表或绩效自评表；不加 --indicators 可以列出各表的数字")
    if readings and not code:
        method = catalog.scoring[0]
        if indicators:
            write = performance_rows.as_json if format == "json" else performance_rows.as_csv
            text = write(readings, method)
        else:
            text = rows.as_json(readings) if format == "json" else rows.as_csv(readings)
        _emit(text, output)
    for error in unreadable:
        refuse(str(error))
    return 2 if unreadable else code


@app.command
def init(
    folder: Annotated[Path, Parameter(help="新工作文件夹。")],
    /,
    *,
    budget: Annotated[bool, Parameter(name="--budget", negative="", help="编预算；不写就是编决算。")] = False,
    department: Annotated[
        bool, Parameter(name="--department", negative="", help="编一个部门：汇总几个单位的工作文件夹。")
    ] = False,
    published: Annotated[
        list[Path] | None,
        Parameter(
            name="--from",
            negative="",
            help="由已经公开的预算或决算建：读出各表，推定登记簿。分成几个文件的，每个写一次。",
        ),
    ] = None,
    year: Annotated[
        int | None,
        Parameter(
            name="--year",
            help="公开文本的年度，读不出时才要写。",
            validator=validators.Number(gte=2015, lte=2100),
        ),
    ] = None,
) -> int:
    """建一个工作文件夹：单位.toml和登记簿.xlsx，空的，或由已经公开的预算、决算来。"""
    if published:
        if department:
            return refuse(
                "--from 建的是一个单位（或按一个单位汇总的部门）的工作文件夹，不能同时写 --department。"
            )
        from gouji.cli.guard import guarded  # noqa: PLC0415
        from gouji.cli.init_from import init_from  # noqa: PLC0415
        from gouji.corpus.limits import Limits  # noqa: PLC0415

        return guarded(partial(init_from, folder, published, year), Limits(600.0, 4000))
    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.registers import WorkspaceError, write_department_template  # noqa: PLC0415
    from gouji.registers.template import write_template  # noqa: PLC0415

    try:
        if department:
            write_department_template(folder, load_catalog(), report="预算" if budget else "决算")
            print(
                f"已建好 {folder}：先填部门.toml，把各单位的工作文件夹放进来，单位之间的收付记在登记簿.xlsx的“内部转移”，"
                f"然后运行 gouji build {folder} -o 输出文件夹。"
            )
            return 0
        write_template(folder, load_catalog(), report="预算" if budget else "决算")
    except WorkspaceError as error:
        return refuse(str(error))
    print(f"已建好 {folder}：先填单位.toml，再填登记簿.xlsx，然后运行 gouji build {folder} -o 输出文件夹。")
    return 0


@app.command
def rules() -> int:
    """列出全部规则。"""
    from rich.console import Console  # noqa: PLC0415

    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.reports.rulebook import print_rules  # noqa: PLC0415

    print_rules(load_catalog().rules, Console(highlight=False))
    return 0


@app.command
def explain(rule: Annotated[str, Parameter(help="规则编号或名称，例如 GJ101。")], /) -> int:
    """说明一条规则：依据、对的例子、错的例子。"""
    from rich.console import Console  # noqa: PLC0415

    from gouji.catalog import load_catalog  # noqa: PLC0415
    from gouji.reports.rulebook import print_rule  # noqa: PLC0415

    known = load_catalog().rules
    found = known.get(rule.upper()) or next((r for r in known.values() if r.name == rule.lower()), None)
    if found is None:
        return refuse(f"没有编号或名称为“{rule}”的规则；gouji rules 列出全部规则。")
    print_rule(found, Console(highlight=False))
    return 0


def _nothing_recognised(readings: Sequence[Reading]) -> bool:
    """Whether no file holds a table, a performance form or a sentence that can be understood; says so for each."""
    if not readings or any(reading.tables or reading.performance or _tells(reading) for reading in readings):
        return False
    for reading in readings:
        grids = len(reading.document.tables)
        seen = f"有{grids}个表格，标题都不是预算、决算公开表或绩效表的" if grids else "里面没有表格"
        refuse(
            f"{reading.file}：没有识别出预算、决算公开表（{seen}）；请确认给出的是部门（单位）预算、决算或绩效公开文本。"
        )
    return True


def _tells(reading: Reading) -> bool:
    """Whether a file is the text of a disclosure whose tables are elsewhere."""
    return reading.scope.kind != "other" and any(True for _ in reading.statements)


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _usage(error: CycloptsError) -> str:
    """One Chinese sentence for a wrong command line."""
    if isinstance(error, UnknownCommandError):
        return "没有这个命令；gouji --help 列出全部命令。"
    if isinstance(error, UnknownOptionError):
        return f"没有选项“{error.token.keyword}”；在命令后加 --help 看有哪些选项。"
    if isinstance(error, MissingArgumentError):
        return "少了必须给出的参数；在命令后加 --help 看用法。"
    if isinstance(error, CommandCollisionError):
        return "命令重复。"
    return "命令行的参数不对；在命令后加 --help 看用法。"


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command line and exit. Raises SystemExit with 0, 1 or 2.

    Without ``argv`` it is that of the process, and files are opened in a guarded process.
    """
    if argv is None:
        from gouji.cli.guard import ON  # noqa: PLC0415

        ON.set(True)
    try:
        code = app(argv, exit_on_error=False, print_error=False)
        sys.stdout.flush()
    except CycloptsError as error:
        code = refuse(_usage(error))
    except BrokenPipeError:
        # Whoever read our output (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        code = refuse(f"写不了“{error.filename}”：{error.strerror}。")
    except KeyboardInterrupt:
        code = refuse("已中断。")
    raise SystemExit(code if isinstance(code, int) else 0)
