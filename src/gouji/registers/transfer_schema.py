"""The register of a department: what its bodies paid each other (部门内部转移), once, with both sides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gouji.registers.budget_schema import FUND as BUDGET_FUND
from gouji.registers.budget_schema import FUND_YEAR
from gouji.registers.schema import AMOUNT, NATURE, REMARK, SOURCE, Field, Holds, Register

PAYER, PAYEE, ITEM = "付款单位", "收款单位", "事项"
PAYER_FUNCTION, PAYER_ECONOMIC, PROJECT = "付款功能科目编码", "付款经济科目编码", "付款项目"
PAYEE_FUNCTION = "收款功能科目编码"

NATURES: Mapping[str, str] = MappingProxyType({
    "对附属单位补助支出": "subsidy_down",
    "上缴上级支出": "remit_up",
    "基本支出": "basic",
    "项目支出": "project",
    "经营支出": "operating",
})  # fmt: skip
SOURCES: Mapping[str, str] = MappingProxyType({
    "上级补助收入": "superior",
    "附属单位上缴收入": "affiliated",
    "事业收入": "business",
    "经营收入": "operating",
    "其他收入": "other",
})  # fmt: skip
COUNTERPART: Mapping[str, str] = MappingProxyType({"subsidy_down": "superior", "remit_up": "affiliated"})
"""What a payment of one nature is for who receives it (财政部《政府收支分类科目》 收入、支出经济性质)."""
FUNDS: Mapping[str, str] = MappingProxyType({
    "单位资金": "unit_funds",
    "事业收入": "business",
    "事业单位经营收入": "operating",
    "上级补助收入": "superior",
    "附属单位上缴收入": "affiliated",
    "其他收入": "other",
})  # fmt: skip
YEARS: Mapping[str, str] = MappingProxyType({"本年": "current", "上年结转": "carried"})


def _narrowing(name: str, labels: Mapping[str, str], hint: str, width: int = 20) -> Field:
    return Field(name, Holds.CHOICE, hint, width, labels=tuple(labels), needed=False, blank_ok=True)


def _code(name: str, dimension: str, length: int, hint: str) -> Field:
    return Field(name, Holds.CODE, hint, 18, dimension=dimension, length=length, needed=False, blank_ok=True)


_NARROWS = "能认定是哪一行时不填。"
_SIDES = (
    Field(PAYER, Holds.TEXT, "本部门的单位，写全称或文件夹名。", 30),
    Field(PAYEE, Holds.TEXT, "本部门的另一个单位，写全称或文件夹名。", 30),
    Field(ITEM, Holds.TEXT, "为什么转移，照此印在部门内部转移表上。", 40),
    Field(AMOUNT, Holds.AMOUNT, "以元为单位，最多两位小数。收付双方的登记簿里都要有这笔钱。", 18),
    _narrowing(NATURE, NATURES, "付款单位怎样列支；不填就是对附属单位补助支出或上缴上级支出。", 22),
    _code(PAYER_FUNCTION, "exp_func_code", 7, f"付款单位列支的项级科目，7位数字。{_NARROWS}"),
    _code(PAYER_ECONOMIC, "dep_bgt_eco_code", 5, f"付款单位列支的部门经济科目，5位数字。{_NARROWS}"),
    Field(PROJECT, Holds.TEXT, f"付款单位在哪个项目里列支。{_NARROWS}", 28, needed=False, blank_ok=True),
)
_SOURCE = _narrowing(
    SOURCE, SOURCES, "收款单位记作哪种收入；不填就按支出性质定：补助对上级补助收入，上缴对附属单位上缴收入。"
)
_REMARK = Field(REMARK, Holds.TEXT, "任意文字，不进入公开表。", 30, needed=False)
_HINT = (
    "部门内各单位之间的收付，每笔一行。部门的数是各单位之和减去这里登记的数：付款单位的支出、收款单位的收入都减。"
    "财政拨款不在单位之间转移，直接编入用款单位。"
)

TRANSFER_PLAN = Register(
    "内部转移",
    "",
    _HINT,
    (
        *_SIDES,
        _narrowing(BUDGET_FUND, FUNDS, f"付款单位用哪种资金。{_NARROWS}"),
        _narrowing(FUND_YEAR, YEARS, f"付款单位用本年收入还是上年结转。{_NARROWS}", 14),
        _SOURCE,
        _REMARK,
    ),
    (PAYER, PAYEE, ITEM),
)
"""The register of a budget."""
TRANSFERS = Register(
    "内部转移",
    "",
    _HINT,
    (*_SIDES, _SOURCE, _code(PAYEE_FUNCTION, "exp_func_code", 7, f"收款单位列收的项级科目，7位数字。{_NARROWS}"), _REMARK),
    (PAYER, PAYEE, ITEM),
)  # fmt: skip
"""The register of final accounts: what is not 财政拨款 bears no fund there."""
