"""A worker process, seen from outside: given tasks, listened to, watched, and ended."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

from gouji.corpus.limits import Limits
from gouji.corpus.memory import resident
from gouji.corpus.problem import CorpusError
from gouji.corpus.report import Failure, FailureKind, Report, too_long, too_much
from gouji.corpus.serving import serve

Task = TypeVar("Task")

GLANCE = 0.1
"""Seconds between two looks at the clock and at the memory of a worker."""
_START_SECONDS = 120.0
_NATIVE_DEATHS = frozenset({"SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS"})


class Worker(Generic[Task]):
    """One process with at most one task. It is started at once; its clock runs from when it is ready."""

    def __init__(self, job: Callable[[Task], object], prepare: Callable[[], object], limits: Limits) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=serve, args=(theirs, job, prepare, limits), daemon=True
        )
        self.process.start()
        theirs.close()
        self.limits = limits
        self.task: Task | None = None
        self.ready = False
        self.done = 0
        self.since = time.monotonic()
        self.megabytes: float | None = None
        self._looked = 0.0

    @property
    def busy(self) -> bool:
        return self.task is not None

    def give(self, task: Task) -> None:
        """Send a task. The clock starts now, or when the process is ready."""
        self.task, self.megabytes = task, None
        self.since = time.monotonic()
        self.connection.send((task,))

    def hear(self) -> Report | None:
        """What the process has to say: its report, ``None`` if it has only become ready."""
        try:
            report = self.connection.recv()
        except (EOFError, OSError):
            return self._died()
        assert isinstance(report, Report)
        if not self.ready:
            if report.failure is not None:
                raise CorpusError(f"工作进程没有准备好：{report.failure.reason}")
            self.ready, self.since = True, time.monotonic()
            return None
        return self._over(report)

    def glance(self) -> Report | None:
        """End the process if it is over its time or its memory, and say so; otherwise ``None``."""
        now = time.monotonic()
        if not self.ready:
            if now - self.since > _START_SECONDS:
                raise CorpusError("工作进程长时间没有准备好")
            return None
        if now - self._looked >= GLANCE:
            self._looked = now
            held = resident(self.process.pid or 0)
            if held is not None:
                self.megabytes = max(held, self.megabytes or 0.0)
                if held > self.limits.megabytes:
                    return self._over(Report(failure=too_much(self.limits), spent=True))
        if now - self.since > self.limits.seconds:
            return self._over(Report(failure=too_long(self.limits), spent=True))
        return None

    def end(self) -> None:
        """End the process and everything it has started, now."""
        pid = self.process.pid
        if pid is not None and self.process.is_alive():
            try:
                if sys.platform != "win32":
                    os.killpg(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
            self.process.kill()
        self.process.join()
        self.connection.close()

    def _over(self, report: Report) -> Report:
        self.done += 1
        return report

    def _died(self) -> Report:
        self.process.join()
        code = self.process.exitcode or 0
        if not self.ready:
            raise CorpusError(f"工作进程启动不了（退出代码{code}）")
        return self._over(Report(failure=self._death(code), spent=True))

    def _death(self, code: int) -> Failure:
        """What the end of a process means that nobody here has ended."""
        if code >= 0:
            return Failure(FailureKind.CRASHED, f"工作进程意外退出（退出代码{code}），请报告给开发者")
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"信号{-code}"
        if name == "SIGALRM":
            return too_long(self.limits)
        if name == "SIGKILL":
            return Failure(FailureKind.MEMORY, "工作进程被系统终止，多半是内存不足")
        if name in _NATIVE_DEATHS and (self.megabytes or 0.0) > self.limits.megabytes / 2:
            return too_much(self.limits)
        return Failure(FailureKind.CRASHED, f"工作进程意外终止（{name}），请报告给开发者")
