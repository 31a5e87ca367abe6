"""A monitor as one web page: lights with their reasons, and the rows behind every figure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gouji.monitoring import Colour, Monitor
from gouji.writing import monitor_table

if TYPE_CHECKING:
    from jinja2 import Template

_CLASSES = {Colour.GREEN: "green", Colour.AMBER: "amber", Colour.RED: "red", Colour.NONE: "none"}


def monitor_page(monitor: Monitor) -> bytes:
    """The page (HTML, UTF-8)."""
    return (
        _template()
        .render(monitor=monitor, table=monitor_table, classes=_CLASSES, counted=list(Colour))
        .encode()
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("gouji.writing"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("monitor.html")
