"""A monitor as one web page: lights with their reasons, and the rows behind every figure."""

from __future__ import annotations

from gouji.monitoring import Colour, Monitor
from gouji.writing import monitor_table
from gouji.writing.page_template import page_template

_CLASSES = {Colour.GREEN: "green", Colour.AMBER: "amber", Colour.RED: "red", Colour.NONE: "none"}


def monitor_page(monitor: Monitor) -> bytes:
    """The page (HTML, UTF-8)."""
    return (
        page_template("monitor.html")
        .render(monitor=monitor, table=monitor_table, classes=_CLASSES, counted=list(Colour))
        .encode()
    )
