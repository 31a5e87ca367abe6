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
from gouji.cli.catalog import catalog as catalog_commands
from gouji.cli.corpus import corpus
from gouji.cli.delivery import Delivery, Format, lacks_file
from gouji.cli.monitor import monitor

if TYPE_CHECKING:
    from gouji.catalog import Catalog
    from gouji.checking import Waiver
    from gouji.reading import Reading
    from gouji.registers import Workspace
    from gouji.writing import Narrative

app = command_group(
    "gouji", "勾稽：编制和检查部门（单位）决算公开。一个数据只记一次，处处相符。", version=__version__
)
app.command(corpus)
app.command(catalog_commands)
app.command(monitor)

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
def build(
    workspace: Annotated[
        Path,
        Parameter(
            help="工作文件夹：单位.toml和登记簿.xlsx（或登记簿/里的CSV）；或部门文件夹：部门.toml和各单位的工作文件夹。"
        ),
    ],
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"], help="写到这个文件夹。")],
    catalog: Annotated[
        Path | None,
        Parameter(name="--catalog", help="另外的表样和词典所在的文件夹（见 gouji catalog check）。"),
    ] = None,
    balance_shares: Annotated[
        bool,
        Parameter(
            name="--balance-shares",
            negative=(),
            help="调整占比的末位，使各项占比合计正好100.00%；调过的有标记。",
        ),
    ] = False,
) -> int:
    """由登记簿编出整套决算公开文本（概况、公开表、情况说明、名词解释）或预算公开表，以及开放数据，并立即复核。"""
    from gouji.catalog import CatalogError, load_catalog  # noqa: PLC0415
    from gouji.checking import WaiverError  # noqa: PLC0415
    from gouji.cli.department import build_folder  # noqa: PLC0415
    from gouji.cli.forms_folder import added_files  # noqa: PLC0415
    from gouji.cli.waivers import WAIVERS, find_waivers  # noqa: PLC0415
    from gouji.registers import WorkspaceError, is_department, read_workspace  # noqa: PLC0415
    from gouji.writing import FontsMissing, OutputRefused, ProcessLost, TypesetError  # noqa: PLC0415
    from gouji.writing import build as build_files  # noqa: PLC0415
    from gouji.writing.publication import EVALUATION_PORTABLE, portable  # noqa: PLC0415

    try:
        known = load_catalog(added_files(catalog))
        if is_department(workspace):
            return build_folder(workspace, output, known, balance_shares=balance_shares)
        books = read_workspace(workspace, known)
        waivers = find_waivers(None, [workspace / WAIVERS], known.rules)
        if books.settings.report == "performance":
            return _build_evaluation(books, output, waivers, known)
        disclosure = build_files(books, output, known, balance_shares=balance_shares)
    except (
        WorkspaceError, WaiverError, CatalogError, FontsMissing, OutputRefused, ProcessLost, TypesetError,
    ) as error:  # fmt: skip
        return refuse(str(error))
    for notice in books.notices:
        print(f"请留意 {notice}", file=sys.stderr)
    cells = sum(1 for table in disclosure.tables for cell in table.amounts if cell.text)
    told = disclosure.narrative.statements if disclosure.narrative else ()
    in_words = f"，文字说明里{len(told)}个数字" if disclosure.narrative else ""
    print(
        f"已编出{disclosure.body}{disclosure.year}年度{len(disclosure.tables)}张表、{cells}个数字{in_words}："
    )
    for file in sorted(path for path in output.iterdir() if path.is_file()):
        print(f"  {file}")
    for title in disclosure.unrecorded:
        print(
            f"请留意 《{title}》还没有登记簿，照没有数据列示；有数据的，请在编出的文件里补填。",
            file=sys.stderr,
        )
    if disclosure.unnamed:
        print(
            f"请留意 这些科目编码没有名称：{'、'.join(disclosure.unnamed)}；请在单位.toml里补充。",
            file=sys.stderr,
        )
    if moved := [statement for statement in told if statement.balanced]:
        listed = "；".join(f"{statement.heading} {statement.title} {statement.text}" for statement in moved)
        print(f"为使占比合计等于100.00%，调整了末位：{listed}。")
    _print_gaps(disclosure.narrative)
    code = _check_built(output / portable(disclosure), waivers, known)
    if books.self_evaluation is not None:
        code = max(code, _check_built(output / EVALUATION_PORTABLE, waivers, known))
    return code


def _build_evaluation(books: Workspace, output: Path, waivers: Sequence[Waiver], known: Catalog) -> int:
    """The files of a self-evaluation without accounts."""
    from gouji.writing.publication import EVALUATION_PORTABLE, build_evaluation  # noqa: PLC0415

    document = build_evaluation(books, output, known)
    for notice in books.notices:
        print(f"请留意 {notice}", file=sys.stderr)
    told = len(document.narrative.statements) if document.narrative else 0
    rated = sum(len(evaluation.rated) for evaluation in document.evaluations)
    in_words = f"，报告里{told}个数字" if document.narrative else ""
    print(
        f"已编出{document.body}{document.year}年度绩效自评{len(document.tables)}张表、{rated}项指标{in_words}："
    )
    for file in sorted(path for path in output.iterdir() if path.is_file()):
        print(f"  {file}")
    _print_gaps(document.narrative)
    return _check_built(output / EVALUATION_PORTABLE, waivers, known)


def _print_gaps(narrative: Narrative | None) -> None:
    """What is still to be filled in, each thing once, with the first place that wants it."""
    gaps = narrative.gaps if narrative else ()
    for source in narrative.unused if narrative else ():
        print(
            f"请留意 {source.file} “{source.sheet}”第{source.row}行：相应的数字没有变动，或本年度的文本不说明这一项，这条原因没有印出",
            file=sys.stderr,
        )
    first = {(gap.wanted, gap.register): gap for gap in reversed(gaps)}
    if first:
        print(f"待填{len(first)}处，文本里以〔待填：…〕标出：", file=sys.stderr)
        for gap in reversed(first.values()):
            print(f"  {gap}", file=sys.stderr)


def _check_built(file: Path, waivers: Sequence[Waiver], catalog: Catalog) -> int:
    """Read what was just built as anybody would, check it, and say what came of it."""
    from gouji.checking import check as check_readings  # noqa: PLC0415
    from gouji.checking import waive  # noqa: PLC0415
    from gouji.cli.defects import defects  # noqa: PLC0415
    from gouji.cli.files import read_files  # noqa: PLC0415
    from gouji.cli.waivers import print_waivers  # noqa: PLC0415
    from gouji.facts import Outcome  # noqa: PLC0415

    readings, unreadable = read_files([file], catalog)
    if unreadable:
        return refuse(f"编出的文件读不回来：{unreadable[0]}")
    result = waive(check_readings(readings, catalog), waivers, date.today())
    outcomes = result.documents[0].coverage.outcomes
    numbers = sum(table.numeric for table in result.documents[0].tables)
    exact, rounding = outcomes[Outcome.EXACT], outcomes[Outcome.ROUNDING]
    read_back = f"{numbers}个数字"
    if rated := sum(len(form.indicators) for reading in readings for form in reading.performance):
        read_back = f"{rated}项指标" + (f"、{read_back}" if numbers else "")
    print(f"复核：从{file.name}读回{read_back}，勾稽关系相符{exact}项，四舍五入尾差{rounding}项。")
    wrong = defects(result)
    for finding in wrong:
        print(f"复核发现 {finding.title}（{finding.rule}）", file=sys.stderr)
    print_waivers(result)
    return int(bool(wrong))


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
            help="由已经公开的预算建：读出各表，推定登记簿。分成几个文件的，每个写一次。",
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
    """建一个工作文件夹：单位.toml和登记簿.xlsx，空的，或由已经公开的预算来。"""
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
