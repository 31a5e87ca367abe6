"""What a worker process reports, and the ways in which a task can fail to come back."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gouji.corpus.limits import Limits


class FailureKind(StrEnum):
    """How a task can fail to come back."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"


class Failure(NamedTuple):
    """Why a task has no result. ``reason`` is one Chinese clause."""

    kind: FailureKind
    reason: str


class Report(NamedTuple):
    """What a worker sends: about its start (no task yet), or about the task it was given."""

    result: object = None
    failure: Failure | None = None
    spent: bool = False
    """Whether the worker should not be given another task."""


def too_long(limits: Limits) -> Failure:
    """It took more than its seconds."""
    return Failure(FailureKind.TIMEOUT, f"超过时限{limits.seconds:g}秒，已停止")


def too_much(limits: Limits) -> Failure:
    """It took more than its megabytes."""
    return Failure(FailureKind.MEMORY, f"超过内存上限{limits.megabytes}MB，已停止")
