"""The inside of a worker process: it takes tasks, does its job on them, and reports."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import PurePath
from typing import TypeVar

from gouji.corpus.limits import Limits, arm, disarm, isolate, restrict
from gouji.corpus.memory import resident
from gouji.corpus.report import Failure, FailureKind, Report, too_much

_Task = TypeVar("_Task")

_LONGEST_MESSAGE = 200
_BLOATED = 300.0
"""Megabytes that a process may still hold after a task. Python seldom gives memory back, and a recogniser of scans
keeps its models; such a process is replaced."""


def serve(
    link: Connection, job: Callable[[_Task], object], prepare: Callable[[], object], limits: Limits
) -> None:
    """The life of a worker process. It ends when nobody is left at the other side."""
    isolate()
    try:
        prepare()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told to the other side
        link.send(Report(failure=Failure(FailureKind.CRASHED, describe(error))))
        return
    restrict(limits)
    try:
        link.send(Report())
        while True:
            (task,) = link.recv()
            report = _attempt(job, task, limits)
            if (resident(os.getpid()) or 0.0) > _BLOATED:
                report = report._replace(spent=True)
            link.send(report)
    except (EOFError, OSError):
        return


def _attempt(job: Callable[[_Task], object], task: _Task, limits: Limits) -> Report:
    arm(limits)
    try:
        return Report(job(task))
    except MemoryError:
        return Report(failure=too_much(limits), spent=True)
    except BaseException as error:  # noqa: BLE001 - libraries in other languages panic outside of Exception
        reason = f"程序出错（{describe(error)}），请报告给开发者"
        return Report(failure=Failure(FailureKind.CRASHED, reason), spent=not isinstance(error, Exception))
    finally:
        disarm()


def describe(error: BaseException) -> str:
    """The kind of an error, its message, and the line it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"，{PurePath(frames[-1].filename).name}第{frames[-1].lineno}行" if frames else ""
    message = " ".join(str(error).split())[:_LONGEST_MESSAGE]
    return f"{type(error).__name__}{'：' if message else ''}{message}{where}"
