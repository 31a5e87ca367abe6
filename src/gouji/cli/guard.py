"""Commands that open files of others do so in a process of their own, which is ended when it does not come back.

The process is forked before anything heavy is loaded, so it costs a few milliseconds, and goes on as the program
itself: same screen, same exit code. Whoever waits for it only looks at the clock. Where a system cannot fork (Windows),
and where commands are called by other programs (:func:`gouji.cli.main` with arguments), there is no such process.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from types import FrameType

from gouji.cli.apps import refuse
from gouji.corpus.limits import Limits, restrict
from gouji.corpus.serving import describe

Begin = Callable[[str], None]
"""Called with the name of each file, or task, that is begun: the clock starts anew."""

ON: ContextVar[bool] = ContextVar("guarded", default=False)
"""Whether this is a command line of its own."""

_NO_MEMORY = 77
"""The exit code by which the process says that it met its limit; none of the program's own."""
_KILLED = "系统终止了程序，多半是内存不足"
_ABORTED = "处理它的程序库异常中止，文件已损坏或大得不正常，请换一份文件"


def guarded(work: Callable[[Begin], int], limits: Limits) -> int:
    """The exit code of ``work``, or 2 and one sentence when it has hung, swelled or died."""
    if not ON.get() or not hasattr(os, "fork"):
        return work(lambda _: None)
    listening, speaking = os.pipe()
    child = os.fork()
    if child:
        os.close(speaking)
        return _watch(child, listening, limits)
    os.close(listening)
    restrict(limits)
    begun = ""

    def begin(name: str) -> None:
        nonlocal begun
        begun = name
        os.write(speaking, f"{name[-200:]}\0".encode("utf-8", "replace"))

    try:
        return work(begin)
    except MemoryError:
        # Nothing is left to make a sentence of: the other process says it.
        os._exit(_NO_MEMORY)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect of the program is told in a sentence, too
        return refuse(f"{begun}：程序出错（{describe(error)}），请报告给开发者。")


def _watch(child: int, listening: int, limits: Limits) -> int:
    """Wait for the process, no longer than ``limits.seconds`` for each thing that it says it begins."""

    def end(_number: int, _frame: FrameType | None) -> None:
        os.kill(child, signal.SIGKILL)
        raise SystemExit(2)

    # The keyboard interrupts the other process, too, and that one says so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    name = ""
    deadline = time.monotonic() + limits.seconds
    while True:
        ready, _, _ = select.select([listening], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return refuse(f"{name}：超过{limits.seconds:g}秒，已停止；请把文件拆小，或用 --timeout 放宽。")
        said = os.read(listening, 4096).decode("utf-8", "replace")
        if not said:
            break
        name = said.rstrip("\0").rpartition("\0")[2]
        deadline = time.monotonic() + limits.seconds
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == _NO_MEMORY:
        return refuse(f"{name}：超过{limits.megabytes}MB内存，已停止；请把文件拆小，或用 --memory 放宽。")
    if code >= 0:
        return code
    sys.stdout.flush()
    return refuse(
        f"{name}：{_KILLED if code == -signal.SIGKILL else _ABORTED}（{signal.Signals(-code).name}）。"
    )
