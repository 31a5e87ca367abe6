"""Performance targets of a budget (绩效目标): of each project, and of the body as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.catalog import PerformanceWording, label_of
from gouji.performance.indicator import Indicator
from gouji.performance.value import Operator, Shape

BETWEEN_ITEMS = "；"
"""What stands between the indicators of one cell."""
CANNOT_STAND_IN_NAMES = "，,；;。"
"""Where a reader cuts a cell that lists several indicators."""


@dataclass(frozen=True, slots=True)
class Target:
    """One indicator with the register row it comes from. ``unit`` is as entered (万人次)."""

    indicator: Indicator
    unit: str
    row: str

    @property
    def printed(self) -> str:
        """It as one clause: 质量达标率≥90%."""
        value = self.indicator.target
        if value.shape in (Shape.BLANK, Shape.NOTHING):
            return self.indicator.name
        if not value.is_quantity:
            return f"{self.indicator.name}：{value.text}"
        unit = "" if value.text.endswith(self.unit) else self.unit
        sign = "" if value.operator is Operator.BETWEEN or value.text.startswith(value.sign) else value.sign
        return f"{self.indicator.name}{sign}{value.text}{unit}"


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of one project; ``project`` is empty for the body as a whole. ``texts`` are goals and the like by
    what the catalogue calls them (``[[texts]]`` of performance.toml)."""

    project: str
    texts: Mapping[str, str]
    targets: tuple[Target, ...]

    def of_category(self, category: str) -> list[Target]:
        return [target for target in self.targets if target.indicator.category == category]

    def cell(self, label: str, wording: PerformanceWording) -> str:
        """What stands in the column of a head: a text, or the indicators of a category."""
        head = label_of(label)
        if category := wording.categories.get(head):
            return BETWEEN_ITEMS.join(target.printed for target in self.of_category(category))
        return self.texts.get(wording.texts.get(head, ""), "")


def find_targets(known: Sequence[Targets], project: str) -> Targets | None:
    return next((one for one in known if one.project == project), None)
