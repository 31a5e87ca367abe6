"""The documents of many bodies at once, in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_WORTH_A_PROCESS = 4
"""So many tasks of about two seconds take longer than a process needs to start and load the program."""


class ProcessLost(Exception):
    """A process ended without its result. The message says it in one sentence."""

    def __init__(self) -> None:
        super().__init__("编制各单位文本的进程被系统中止，多半是内存不足；请关闭其他程序后再试。")


def useful_processes(tasks: int) -> int:
    """How many processes are worth starting for so many tasks: none where this one does as well."""
    processes = min(os.cpu_count() or 1, tasks // _WORTH_A_PROCESS)
    return processes if processes > 1 else 0


_learned: list[Callable[[Any], Any]] = []
"""In a process of its own: the job that it is there for."""


def _learn(job: Callable[[Any], Any]) -> None:
    _learned[:] = [job]


def _do(task: Any) -> Any:
    return _learned[0](task)


class SideBySide(Generic[Task, Result]):
    """Does a job for each task in up to ``processes`` other processes, which begin at once; with none, in this one when
    results are asked for. Job, tasks and results travel pickled. Leaving the context leaves no process behind."""

    def __init__(self, job: Callable[[Task], Result], tasks: Iterable[Task], processes: int) -> None:
        self._job, self._tasks = job, list(tasks)
        # Spawned: the typesetter's threads do not survive a fork. The job, and the catalogue in it, travels once.
        self._pool = (
            ProcessPoolExecutor(processes, get_context("spawn"), _learn, (job,)) if processes else None
        )
        self._begun: list[Future[Result]] = []

    def __enter__(self) -> SideBySide[Task, Result]:
        if self._pool is not None:
            self._begun = [self._pool.submit(_do, task) for task in self._tasks]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def results(self) -> Iterator[Result]:
        """The results in the order of the tasks. Raises what the job raised, and ProcessLost."""
        if self._pool is None:
            yield from map(self._job, self._tasks)
            return
        for future in self._begun:
            try:
                yield future.result()
            except BrokenProcessPool as error:
                raise ProcessLost from error
