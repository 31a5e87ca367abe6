"""``gouji corpus``: read and check a whole folder, and compare two such runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, validators

from gouji.cli.apps import command_group, refuse

if TYPE_CHECKING:
    from gouji.corpus import Progress

corpus = command_group("corpus", "成批读取、检查一个文件夹里的全部公开文本，比较两次运行。")


@corpus.command
def run(
    folder: Annotated[Path, Parameter(help="放着公开文本的文件夹，连同其中的子文件夹。")],
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"], help="结果写到这个文件夹。")],
    workers: Annotated[
        int,
        Parameter(
            name=["--workers", "-j"],
            help="同时工作的进程数；0表示与处理器核数相同。",
            validator=validators.Number(gte=0),
        ),
    ] = 0,
    timeout: Annotated[
        float, Parameter(help="每个文件最多用多少秒。", validator=validators.Number(gt=0))
    ] = 60.0,
    memory: Annotated[
        int, Parameter(help="每个进程最多占多少MB内存。", validator=validators.Number(gte=100))
    ] = 1500,
    scans: Annotated[
        bool,
        Parameter(
            name="--scans",
            negative=(),
            help="扫描的页（只有图像）用文字识别来读，要装附加组件gouji[ocr]，每页要几秒；不写就不读，只计页数。",
        ),
    ] = False,
    retry_failed: Annotated[
        bool, Parameter(name="--retry-failed", negative=(), help="上次超时、超内存、出错的文件再做一遍。")
    ] = False,
) -> int:
    """读取并检查文件夹里的每个文件，结果存成Parquet表：数字、发现、表、每个文件的小结。

    读不了、超时、出错的文件记下原因，不影响其他文件。中断以后再运行同一命令会接着做；没有变化的文件不重做。

    退出码：0 全部处理完（读不了的也已列出），2 没能运行。
    """
    from rich.console import Console  # noqa: PLC0415

    from gouji.corpus import CorpusError, Limits, run_corpus  # noqa: PLC0415
    from gouji.corpus.closing import close, print_closing  # noqa: PLC0415

    try:
        with _progress_bar() as progress:
            result = run_corpus(
                folder, output, workers=workers, limits=Limits(timeout, memory), retry_failed=retry_failed,
                scans=scans, progress=progress,
            )  # fmt: skip
        print_closing(close(result), result, Console(highlight=False))
    except CorpusError as error:
        return refuse(f"{error}。")
    except KeyboardInterrupt:
        return refuse("已中断；再运行同一命令会接着做。")
    return 0


@corpus.command
def diff(
    before: Annotated[Path, Parameter(help="前一次运行的结果文件夹。")],
    after: Annotated[Path, Parameter(help="后一次运行的结果文件夹。")],
    /,
    *,
    format: Annotated[
        Literal["text", "json"], Parameter(name=["--format", "-f"], help="输出的格式；json是全部差别。")
    ] = "text",
) -> int:
    """比较两次运行：每个文件新增和消失的发现、数字和表，以及含义或数值变了的数字。

    退出码：0 没有差别，1 有差别，2 没能比较。
    """
    from gouji.corpus import CorpusError, compare_runs  # noqa: PLC0415
    from gouji.corpus.differences import as_json, as_lines  # noqa: PLC0415

    try:
        differences = list(compare_runs(before, after))
    except CorpusError as error:
        return refuse(f"{error}。")
    if format == "json":
        sys.stdout.write(as_json(differences, str(before), str(after)))
    else:
        for line in as_lines(differences):
            print(line)
    return int(bool(differences))


@contextmanager
def _progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A bar on the screen, if there is a screen: the error stream, so that results can be piped."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[file]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, file="")

        def show(progress: Progress) -> None:
            bar.update(task, total=progress.total, completed=progress.done, file=progress.name)

        yield show
