"""How long and how much memory one file may take, and how a process keeps itself to it."""

from __future__ import annotations

import os
import signal
import sys
from typing import NamedTuple

_MEGABYTE = 1 << 20
_GRACE = 10.0


class Limits(NamedTuple):
    """Per file: seconds by the clock, and megabytes of one worker process."""

    seconds: float = 60.0
    megabytes: int = 1500


def isolate() -> None:
    """Cut this process off from the terminal: no signals of its keyboard, nothing written to its screen.

    The process leads a group of its own, so that it can be ended together with everything it has started.
    """
    if sys.platform != "win32":
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    os.close(silence)


def restrict(limits: Limits) -> None:
    """Let no allocation go beyond ``limits.megabytes``, and leave no core files behind.

    On Linux the limit is on private memory (heap and anonymous maps): programs and libraries that are mapped in are
    not counted. Where the system does not know such limits, watching from outside has to do.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(kind)
    wanted = limits.megabytes * _MEGABYTE
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (ValueError, OSError):
        return


def arm(limits: Limits) -> None:
    """Have the system end this process some seconds after its time: nobody may be left who would do it."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)


def disarm() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)
