"""How execution and indicators are watched through the year (绩效运行监控): the forecast and the bounds of the lights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouji.catalog.model import CatalogError
from gouji.catalog.toml_data import required

_ABOUT = ("execution", "execution_forecast", "floor", "ceiling", "rate")


@dataclass(frozen=True, slots=True)
class LightRule:
    """When a light is green, amber or red. ``measure`` says in Chinese what is compared, in ``unit``: green from
    ``green`` on, amber from ``amber`` on, red below; above ``most``, where there is one, red, too."""

    id: str
    about: str
    title: str
    unit: str
    measure: str
    green: Decimal
    amber: Decimal
    most: Decimal | None


@dataclass(frozen=True, slots=True, eq=False)
class MonitoringMethod:
    """``lights`` by what they are about; ``forecast`` and ``forecast_explains`` are shown with every forecast;
    ``least_count`` is the smallest whole-year target that is forecast without a plan."""

    title: str
    valid_from: int
    source: str
    bounds_source: str
    forecast: str
    forecast_explains: str
    least_count: int
    lights: Mapping[str, LightRule]


def monitoring_method(raw: Mapping[str, Any]) -> MonitoringMethod:
    """The method of ``monitoring.toml``. Raises CatalogError naming what an entry lacks."""
    file = "monitoring.toml"
    required(raw, file, "title", "valid_from", "source", "bounds_source", "forecast", "lights")
    forecast = raw["forecast"]
    required(forecast, file, "title", "explains", "least_count")
    lights: dict[str, LightRule] = {}
    for entry in raw["lights"]:
        required(entry, file, "id", "about", "title", "unit", "measure")
        if entry["about"] not in _ABOUT or "green" not in entry or "amber" not in entry:
            raise CatalogError(
                f"{file}：“{entry['id']}”要有 about（{'、'.join(_ABOUT)}之一）、green 和 amber"
            )
        most = Decimal(str(entry["most"])) if "most" in entry else None
        green, amber = Decimal(str(entry["green"])), Decimal(str(entry["amber"]))
        lights[entry["about"]] = LightRule(
            entry["id"], entry["about"], entry["title"], entry["unit"], entry["measure"], green, amber, most
        )
    if missing := [about for about in _ABOUT if about not in lights]:
        raise CatalogError(f"{file}：缺少 {'、'.join(missing)} 的灯")
    return MonitoringMethod(
        raw["title"], raw["valid_from"], raw["source"], raw["bounds_source"], forecast["title"],
        forecast["explains"], forecast["least_count"], lights,
    )  # fmt: skip
