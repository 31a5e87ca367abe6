"""Whatever a job does, the other tasks are done, and no process is left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

import corpus_jobs
import pytest

from gouji.corpus import CorpusError, Limits
from gouji.corpus.pool import Pool

QUICK = Limits(seconds=4.0, megabytes=300)


def pool(workers: int = 2, limits: Limits = QUICK, **options: int) -> Pool[str, str]:
    return Pool(corpus_jobs.work, corpus_jobs.ready, workers, limits, **options)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def dies(pid: int) -> bool:
    """Whether a process that was killed is gone soon: a busy machine takes its time to end it."""
    until = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_alive(pid)


def test_each_task_ends_in_its_own_way() -> None:
    tasks = ["a", "hang", "b", "hog", "exit", "c", "fault", "raise", "panic", "d"]
    ended = {each.task: each for each in pool().run(tasks)}
    assert sorted(ended) == sorted(tasks)
    assert {task for task in tasks if ended[task].failure is None} == {"a", "b", "c", "d"}
    assert [ended[task].result for task in "abcd"] == ["a done", "b done", "c done", "d done"]
    reasons = {task: each.failure and tuple(each.failure) for task, each in ended.items()}
    assert reasons["hang"] == ("timeout", "超过时限4秒，已停止")
    assert reasons["hog"] == ("memory", "超过内存上限300MB，已停止")
    assert reasons["exit"] == ("crashed", "工作进程意外退出（退出代码3），请报告给开发者")
    assert reasons["fault"] == ("crashed", "工作进程意外终止（SIGSEGV），请报告给开发者")
    kind, reason = reasons["raise"] or ("", "")
    assert kind == "crashed"
    assert reason.startswith("程序出错（ValueError：not a figure，corpus_jobs.py第")
    assert (reasons["panic"] or ("", ""))[0] == "crashed"
    assert 4.0 <= ended["hang"].seconds < 12.0


def test_workers_are_used_again_and_replaced() -> None:
    pids = [each.result for each in pool(workers=1, tasks_per_worker=3).run([f"pid {n}" for n in range(7)])]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_nothing_outlives_a_run(tmp_path: Path) -> None:
    noted = tmp_path / "child"
    (ended,) = pool(1).run([f"hang-with-child {noted}"])
    assert ended.failure is not None
    assert dies(int(noted.read_text(encoding="ascii")))


def test_nothing_outlives_a_run_that_is_given_up() -> None:
    running = pool(2, Limits(seconds=60)).run(iter(["pid", "hang", "pid", "hang"]))
    pid = next(running).result
    assert pid is not None
    assert is_alive(int(pid))
    started = time.monotonic()
    running.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 5
    assert dies(int(pid))
    assert is_alive(os.getpid())


def test_workers_that_cannot_start_end_the_run() -> None:
    broken: Pool[str, str] = Pool(corpus_jobs.work, corpus_jobs.not_ready, 1, QUICK)
    with pytest.raises(CorpusError, match="没有准备好：RuntimeError：no catalogue"):
        list(broken.run(["a"]))


def test_no_task_no_process() -> None:
    assert list(pool().run([])) == []
