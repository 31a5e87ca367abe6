"""Worker processes that do one job under limits, and are replaced when one of them does not come back.

A pool of the standard library waits for ever for a process that hangs, and gives up when one dies. This one ends
what is over its time or its memory and goes on with the next task in a fresh process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection
from typing import Generic, TypeVar, cast

from gouji.corpus.limits import Limits
from gouji.corpus.report import Failure
from gouji.corpus.worker import GLANCE, Worker

Task = TypeVar("Task")
Result = TypeVar("Result")

_TASKS_PER_WORKER = 100


@dataclass(frozen=True, slots=True)
class Ended(Generic[Task, Result]):
    """One task that is over: its result, or its failure. ``megabytes`` is the most its process was seen to hold;
    it is only looked at now and then, and ``None`` for short tasks."""

    task: Task
    result: Result | None
    failure: Failure | None
    seconds: float
    megabytes: float | None


class Pool(Generic[Task, Result]):
    """Up to ``workers`` processes, each of which calls ``prepare`` once and then ``job`` on task after task.

    ``job``, ``prepare``, tasks and results travel between processes: functions by name, the rest pickled and small.
    A process that has done ``tasks_per_worker`` tasks is replaced, so that what libraries leak stays bounded.
    """

    def __init__(
        self,
        job: Callable[[Task], Result],
        prepare: Callable[[], object],
        workers: int,
        limits: Limits,
        *,
        tasks_per_worker: int = _TASKS_PER_WORKER,
    ) -> None:
        self._job, self._prepare, self._limits = job, prepare, limits
        self._most, self._tasks_per_worker = max(1, workers), max(1, tasks_per_worker)
        self._workers: list[Worker[Task]] = []

    def run(self, tasks: Iterable[Task]) -> Iterator[Ended[Task, Result]]:
        """Do all tasks (none is ``None``) and yield each as it ends, in no particular order.

        ``tasks`` is asked for the next one only when a process is free. Raises CorpusError when processes cannot
        be started or prepared. However this ends, no process is left behind.
        """
        waiting = iter(tasks)
        exhausted = False
        try:
            while True:
                while not exhausted and self._has_room():
                    task = next(waiting, None)
                    if task is None:
                        exhausted = True
                    else:
                        self._free_worker().give(task)
                busy = [worker for worker in self._workers if worker.busy]
                if not busy:
                    return
                yield from self._look(busy)
        finally:
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _has_room(self) -> bool:
        return len(self._workers) < self._most or not all(worker.busy for worker in self._workers)

    def _free_worker(self) -> Worker[Task]:
        for worker in self._workers:
            if not worker.busy:
                return worker
        worker = Worker(self._job, self._prepare, self._limits)
        self._workers.append(worker)
        return worker

    def _look(self, busy: list[Worker[Task]]) -> Iterator[Ended[Task, Result]]:
        """Wait for a moment; yield what has ended, and end what is over its limits."""
        speaking = connection.wait([worker.connection for worker in busy], timeout=GLANCE)
        for worker in busy:
            report = worker.hear() if worker.connection in speaking else worker.glance()
            task = worker.task
            if report is None or task is None:
                continue
            result = cast("Result | None", report.result)
            ended = Ended(task, result, report.failure, time.monotonic() - worker.since, worker.megabytes)
            worker.task = None
            if report.spent or worker.done >= self._tasks_per_worker:
                self._workers.remove(worker)
                worker.end()
            yield ended
