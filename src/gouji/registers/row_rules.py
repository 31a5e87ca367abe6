"""What a register row may combine. Each rule follows from the published forms: a row that breaks it would
make a form contradict itself, or would have no place in any form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gouji.catalog import OPTIONAL, Catalog, FormSet
from gouji.registers.schema import CARRYOVER_ITEM, ECONOMIC, FUNCTION, FUND, FUND_TYPE, NATURE


@dataclass(frozen=True, slots=True)
class Places:
    """The places that the forms of a year have: the functional 类 with a line in 公开01表, and the economic
    codes in 公开06表."""

    classes: frozenset[str]
    economic: frozenset[str]

    @classmethod
    def of(cls, forms: FormSet, catalog: Catalog) -> Places:
        basic = forms.form("general_basic")
        codes = {code for block in basic.blocks for code in block} if basic else set()
        return cls(summary_classes(forms, catalog), frozenset(codes))


def summary_classes(forms: FormSet, catalog: Catalog) -> frozenset[str]:
    """The functional 类 that the 收支总表 of a set of forms has a line for."""
    summary = forms.form("revenue_expenditure_summary")
    labels = (
        [label.removeprefix(OPTIONAL) for lane in summary.lanes for label in lane.rows] if summary else []
    )
    return frozenset(code for label in labels if (code := catalog.lexicon.functional_class(label)))


def expenditure_rules(concept: str, dims: Mapping[str, str], places: Places) -> Iterator[tuple[str, str]]:
    """Column and sentence for each rule that an expenditure row breaks."""
    fund, nature, economic = dims.get("fund_type_code"), dims.get("nature"), dims.get("dep_bgt_eco_code")
    function = dims.get("exp_func_code", "")
    if function and function[:3] not in places.classes:
        yield FUNCTION, f"公开01表没有{function[:3]}类的行，这笔支出无处列示，请核对编码"
    if fund and nature and nature not in ("basic", "project"):
        yield NATURE, f"财政拨款支出只有基本支出和项目支出，请核对“{NATURE}”和“{FUND}”"
    if fund == "general" and nature == "basic":
        if not economic:
            yield ECONOMIC, "一般公共预算财政拨款的基本支出要填经济分类科目编码（公开06表按它列示）"
        elif economic not in places.economic:
            yield ECONOMIC, f"公开06表没有{economic}这一行，一般公共预算财政拨款的基本支出不能列在这个科目"


def carryover_rules(concept: str, dims: Mapping[str, str], places: Places) -> Iterator[tuple[str, str]]:
    """Column and sentence for each rule that a row of 结转结余 breaks. ``dims`` has ``fund_type_code`` for
    财政拨款 only."""
    fund = dims.get("fund_type_code")
    if concept in ("nonfiscal_surplus_used", "surplus_distribution") and fund:
        yield FUND_TYPE, f"这个“{CARRYOVER_ITEM}”只涉及非财政拨款资金，不能填财政拨款"
    if concept == "carryover_begin" and fund == "gov_fund" and "exp_func_code" not in dims:
        yield FUNCTION, "政府性基金的年初结转和结余要填功能科目编码（公开07表按科目列示）"
