"""What a run came to, on one screen, computed from its summary table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table as Sheet
from rich.text import Text

from gouji.corpus.columns import Table
from gouji.corpus.run import RunResult
from gouji.corpus.summary import FileStatus

_SLOWEST = 5
_MOST_PROBLEMS = 20
_STATUS_NAMES = {
    FileStatus.OK: "读成",
    FileStatus.UNREADABLE: "读不了",
    FileStatus.TIMEOUT: "超时",
    FileStatus.MEMORY: "超内存",
    FileStatus.CRASHED: "程序出错",
}
_SUMS = (
    "pages", "pages_unread", "recognised", "announced", "announced_found", "listed", "listed_found", "elsewhere", "unrecognised", "numeric", "bound", "ambiguous", "unbound", "nil",
    "exact", "rounding", "violated", "not_checked", "rules_crashed", "performance_forms", "performance_indicators",
    "performance_typed", "performance_scored", "performance_agreed", "errors", "warnings", "infos",
)  # fmt: skip


class SlowFile(NamedTuple):
    file: str
    pages: int
    seconds: float
    peak_mb: float | None


class ProblemFile(NamedTuple):
    file: str
    status: FileStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Totals over the files of a run. ``sums`` has the columns of the summary that can be added up; ``work_seconds``
    are those of all workers together, whenever they were spent."""

    files: int
    by_status: dict[FileStatus, int]
    sums: dict[str, int]
    work_seconds: float
    peak_mb: float | None
    slowest: list[SlowFile]
    problems: list[ProblemFile]
    """The first of them."""


def close(result: RunResult) -> Closing:
    """Read the totals out of the summary table."""
    import duckdb  # noqa: PLC0415 - workers, which load this package, do without

    chosen = ", ".join(f"coalesce(sum({name}), 0)" for name in _SUMS)
    with duckdb.connect(config={"threads": 1}) as database:

        def ask(what: str) -> list[tuple[Any, ...]]:
            path = str(result.folder.table(Table.SUMMARY))
            return database.execute(f"WITH summary AS (FROM read_parquet(?)) {what}", [path]).fetchall()

        statuses = ask("SELECT status, count(*) FROM summary GROUP BY status")
        (totals,) = ask(f"SELECT {chosen}, coalesce(sum(seconds), 0), max(peak_mb) FROM summary")
        slowest = ask(
            f"SELECT file, pages, seconds, peak_mb FROM summary ORDER BY seconds DESC, file LIMIT {_SLOWEST}"
        )
        problems = ask(
            f"SELECT file, status, reason FROM summary WHERE status <> '{FileStatus.OK}' "
            f"ORDER BY file LIMIT {_MOST_PROBLEMS}"
        )
    counts = {FileStatus(status): count for status, count in statuses}
    return Closing(
        sum(counts.values()),
        {status: counts.get(status, 0) for status in _STATUS_NAMES},
        {name: int(value) for name, value in zip(_SUMS, totals[:-2], strict=True)},
        float(totals[-2]),
        totals[-1],
        [SlowFile(*row) for row in slowest],
        [ProblemFile(file, FileStatus(status), reason) for file, status, reason in problems],
    )


def print_closing(closing: Closing, result: RunResult, console: Console) -> None:
    """Say in Chinese how the run went: totals, what took longest, what went wrong."""
    sums = closing.sums
    files = "，".join(
        f"{_STATUS_NAMES[status]}{count}个"
        for status, count in closing.by_status.items()
        if count or status is FileStatus.OK
    )
    sheet = Sheet(box=None, show_header=False, pad_edge=False)
    sheet.add_column(no_wrap=True)
    sheet.add_column(overflow="fold")
    rows = [
        ("文件", f"{closing.files}个：{files}"),
        ("页", _pages(sums)),
        ("表", _tables(sums)),
        ("数字", _cells(sums)),
        ("勾稽", _identities(sums)),
        *([("绩效", _performance(sums))] if sums["performance_forms"] else []),
        ("发现", f"错误{sums['errors']}，警告{sums['warnings']}，提示{sums['infos']}"),
        ("用时", _time(closing, result)),
    ]
    if result.skipped:
        names = "、".join(result.skipped[:_SLOWEST])
        more = f"等{len(result.skipped)}个" if len(result.skipped) > _SLOWEST else ""
        rows.insert(1, ("跳过", f"{names}{more}（数据清单，不是公开文本）"))
    for name, text in rows:
        sheet.add_row(name, Text(text))
    console.print(sheet)
    _print_slowest(closing, console)
    _print_problems(closing, console)
    console.print(Text(f"结果在 {result.folder.path}"), soft_wrap=True)


def _pages(sums: dict[str, int]) -> str:
    unread = f"，其中{sums['pages_unread']}页只有图像，没有读" if sums["pages_unread"] else ""
    return f"{sums['pages']}页{unread}"


def _tables(sums: dict[str, int]) -> str:
    missing = sums["announced"] - sums["announced_found"]
    announced = f"目录列出或有标题的法定表{sums['announced']}张，" + (
        f"其中{missing}张没有认出（原因见tables）" if missing else "都认出"
    )
    if sums["elsewhere"]:
        announced += f"；另有{sums['elsewhere']}张只列在没有表格的文件里"
    return f"认出{sums['recognised']}张，有数字而没有认出的表格{sums['unrecognised']}个；{announced}"


def _cells(sums: dict[str, int]) -> str:
    share = f"（{sums['bound'] / sums['numeric']:.2%}）" if sums["numeric"] else ""
    return (
        f"{sums['numeric']}个：含义已定{sums['bound']}{share}，位置不唯一{sums['ambiguous']}，"
        f"含义不明{sums['unbound']}；空白和横线{sums['nil']}"
    )


def _identities(sums: dict[str, int]) -> str:
    text = f"相符{sums['exact']}，尾差{sums['rounding']}，不符{sums['violated']}，未核对{sums['not_checked']}"
    return text + (f"，规则出错{sums['rules_crashed']}" if sums["rules_crashed"] else "")


def _performance(sums: dict[str, int]) -> str:
    """Forms, indicators understood, and scores that agree with the method."""
    return (
        f"绩效表{sums['performance_forms']}张，指标{sums['performance_indicators']}项，读懂指标值{sums['performance_typed']}项；"
        f"有得分{sums['performance_scored']}项，与评分办法相符{sums['performance_agreed']}项"
    )


def _time(closing: Closing, result: RunResult) -> str:
    text = f"{result.seconds:.1f}秒；这次处理{result.worked}个文件"
    if result.known:
        text += f"，{result.known}个沿用已有结果"
    if closing.peak_mb is not None:
        text += f"；单个文件最多占{closing.peak_mb:.0f}MB"
    return text


def _print_slowest(closing: Closing, console: Console) -> None:
    console.print("最慢的文件")
    for slow in closing.slowest:
        memory = "" if slow.peak_mb is None else f"，{slow.peak_mb:.0f}MB"
        console.print(Text(f"  {slow.seconds:.2f}秒{memory}，{slow.pages}页  {slow.file}"), soft_wrap=True)


def _print_problems(closing: Closing, console: Console) -> None:
    if not closing.problems:
        return
    console.print("没有读成的文件")
    for problem in closing.problems:
        line = f"  {problem.file}：{_STATUS_NAMES[problem.status]}，{problem.reason}"
        console.print(Text(line), soft_wrap=True)
    count = sum(number for status, number in closing.by_status.items() if status is not FileStatus.OK)
    if count > len(closing.problems):
        console.print(f"  ……另有{count - len(closing.problems)}个，见summary.csv")
