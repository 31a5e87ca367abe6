"""How much memory a process holds, in megabytes (2**20 bytes)."""

from __future__ import annotations

import sys
from pathlib import Path

_KILOBYTES = 1024


def resident(pid: int) -> float | None:
    """What a process holds in memory now; ``None`` where the system does not tell or the process is gone."""
    return _status(str(pid), "VmRSS:")


def forget_peak() -> None:
    """Begin anew to note the most that this process has held. Without effect where the system cannot."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak() -> float | None:
    """The most that this process has held since :func:`forget_peak` (or since its start)."""
    found = _status("self", "VmHWM:")
    if found is not None or sys.platform == "win32":
        return found
    import resource  # noqa: PLC0415 - there is none on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (_KILOBYTES**2 if sys.platform == "darwin" else _KILOBYTES)


def _status(process: str, key: str) -> float | None:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith(key):
            return int(line.split()[1]) / _KILOBYTES
    return None
