"""The files of a monitor and who writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gouji.monitoring import Monitor
from gouji.writing.monitor_data import monitor_json
from gouji.writing.monitor_page import monitor_page
from gouji.writing.monitor_sheet import monitor_sheet
from gouji.writing.publishing import publish

MONITOR: Mapping[str, Callable[[Monitor], bytes]] = {
    "绩效监控.html": monitor_page,
    "绩效监控.xlsx": monitor_sheet,
    "monitor.json": monitor_json,
}


def publish_monitor(monitor: Monitor, out: Path) -> None:
    """Put all files into the folder ``out``, or none. Raises OutputRefused."""
    publish({name: write(monitor) for name, write in MONITOR.items()}, out)
