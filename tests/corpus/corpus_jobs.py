"""Jobs for worker processes: those that misbehave. They are called by name, so they live in a module."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import gouji.corpus.run as corpus_run


def ready() -> None:
    """Nothing to prepare."""


def not_ready() -> None:
    raise RuntimeError("no catalogue")


def work(task: str) -> str:
    """Do what the task says, or answer it."""
    match task.split():
        case ["hang"]:
            time.sleep(600)
        case ["hang-with-child", path]:
            child = subprocess.Popen(["sleep", "600"])
            Path(path).write_text(str(child.pid), encoding="ascii")
            child.wait()
        case ["hog"]:
            held = []
            while True:
                held.append(bytearray(16 << 20))
        case ["exit"]:
            os._exit(3)
        case ["fault"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case ["raise"]:
            raise ValueError("not a\nfigure")
        case ["panic"]:
            raise SystemExit("out of here")
        case ["pid", *_]:
            return str(os.getpid())
    return f"{task} done"


def hang_on_pages(task: Any) -> str:
    """The job of a run, with a reader that does not come back from web pages."""
    if task.entry.path.suffix == ".html":
        time.sleep(600)
    return corpus_run._examine_into_shard(task)
