"""What a budget's book answers although nobody recorded it: it is another quantity of the book, seen from another side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FUNCTION = "exp_func_code"
_MONEY_IN: Mapping[str, Mapping[str, str]] = {
    "revenue": {"fund_year": "current"},
    "carryover_begin": {"fund_year": "carried"},
    "total_in": {},
}
_STAGE = "stage"
_CLASS, _GROUPS = "dep_bgt_eco_code", ("personnel", "public")
PUBLIC: Mapping[str, str] = {"fund_type_code": "general", "nature": "basic", "expense_group": "public"}
"""What 机关运行经费 of an organ is spent as."""


@dataclass(frozen=True, slots=True)
class BudgetViews:
    """The views of one budget. ``organ`` says whether the body is an organ or administered like one: only these have
    机关运行经费 (《政府信息公开条例》 and the bureaus' notes: 公用经费 of 基本支出 from the general public budget)."""

    organ: bool

    def __call__(self, concept: str, dims: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
        """Concept and dimensions of what the asked quantity is; ``None`` where it is what it is."""
        if dims.get(_STAGE) == "budget":
            # All of a budget is 预算数, whether a form says so or not.
            dims = {name: member for name, member in dims.items() if name != _STAGE}
            return self(concept, dims) or (concept, dims)
        if FUNCTION in dims and concept in _MONEY_IN:
            # Money is recorded by source. By function it is what it pays for.
            return "expenditure", {**dims, **_MONEY_IN[concept]}
        if concept == "agency_operation" and self.organ:
            return "expenditure", {**dims, **PUBLIC}
        if dims.get(_CLASS) in _GROUPS and dims.get("nature") == "basic":
            # 人员经费 of 基本支出 is what the lines say it is, mostly but not always by their class.
            rest = {name: member for name, member in dims.items() if name != _CLASS}
            return concept, {**rest, "expense_group": dims[_CLASS]}
        return None
