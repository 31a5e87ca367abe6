"""A line of a budget on its way: what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.catalog import Dimension
from gouji.drafting.selection import GROUPS

FUNDS, CLASSES, PROJECTS, YEARS = "功能科目、性质和资金", "经济科目", "项目", "资金年度"
"""What is told apart, step by step."""
UNNAMED_PROJECT = "未列名称的项目"
"""The name of what is spent on projects that no table names."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its amount in 分; what is not told apart yet is empty. ``assumed`` are the axes of which the printed
    sums leave other ways."""

    function: str
    nature: str
    fund: str
    amount: int
    year: str = ""
    group: str = ""
    """人员经费 or 公用经费 where the tables say it; else it follows from the class."""
    economic: str = ""
    government: str = ""
    project: str = ""
    assumed: frozenset[str] = field(default=frozenset())

    def usual_group(self, classes: Dimension) -> str:
        """The group of 基本支出 that follows from the class, empty where none does."""
        if self.nature != "basic":
            return ""
        return next((group for group in GROUPS if classes.contains(group, self.economic)), "")

    def group_in(self, classes: Dimension) -> str:
        """The group, as the line says itself or as its class does."""
        return self.group or self.usual_group(classes)
