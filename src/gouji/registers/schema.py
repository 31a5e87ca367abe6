"""The registers: which there are, what their columns hold, and which labels may stand in them.

A label is listed here once, as it is offered for choice; what it means is looked up in the lexicon, so any
wording that means the same is understood too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

AMOUNT = "金额（元）"
FUNCTION = "功能科目编码"
SOURCE = "收入来源"
NATURE = "支出性质"
FUND = "资金来源"
ECONOMIC = "经济分类科目编码"
PROJECT = CARRYOVER_ITEM = SANGONG_ITEM = "项目"
FUND_TYPE = "资金性质"
STAGE = "阶段"
REMARK = "备注"

FISCAL_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
NONFISCAL = "非财政拨款资金"


class Holds(StrEnum):
    """What the cells of a column hold."""

    CODE = "code"
    LABEL = "label"
    AMOUNT = "amount"
    TEXT = "text"
    CHOICE = "choice"
    """One of the labels, word for word; what it stands for is said beside the register."""
    COUNT = "count"
    """A whole number, not negative."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``dimension`` and ``length`` are those of a code; ``labels`` what a label may be, ``kind``
    the table kind it is looked up for. A column that is not ``needed`` may be missing or blank; a
    ``blank_ok`` column must be there and may be blank."""

    name: str
    holds: Holds
    hint: str
    width: int
    dimension: str = ""
    length: int = 0
    labels: tuple[str, ...] = ()
    kind: str = "register"
    needed: bool = True
    blank_ok: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its sheet name, the concept of its amounts (empty: its label column says), its columns,
    and the keys, of which no two rows may have the same."""

    name: str
    concept: str
    hint: str
    fields: tuple[Field, ...]
    keys: tuple[str, ...]


def _function(hint: str, *, blank_ok: bool = False) -> Field:
    return Field(FUNCTION, Holds.CODE, hint, 16, dimension="exp_func_code", length=7, blank_ok=blank_ok)


def _amount(hint: str) -> Field:
    return Field(AMOUNT, Holds.AMOUNT, hint, 18)


_REMARK = Field(REMARK, Holds.TEXT, "任意文字，不进入公开表。", 36, needed=False)

REVENUE = Register(
    "收入",
    "revenue",
    "本年度取得的各项收入，每个科目、每种来源一行。",
    (
        _function("支出功能分类的项级科目，7位数字。"),
        Field(
            SOURCE, Holds.LABEL, "这笔收入的来源。", 30,
            labels=(*FISCAL_FUNDS, "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
        ),
        _amount("以元为单位，最多两位小数。"),
        _REMARK,
    ),
    (FUNCTION, SOURCE),
)  # fmt: skip

EXPENDITURE = Register(
    "支出",
    "expenditure",
    "本年度的各项支出，科目、性质、资金、经济分类和项目都相同的并成一行。",
    (
        _function("支出功能分类的项级科目，7位数字。"),
        Field(
            NATURE, Holds.LABEL, "财政拨款只有基本支出和项目支出。", 20,
            labels=("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
        ),
        Field(
            FUND, Holds.LABEL, "用什么钱支出；财政拨款以外的都填“非财政拨款资金”。", 30,
            labels=(*FISCAL_FUNDS, NONFISCAL),
        ),
        Field(
            ECONOMIC, Holds.CODE, "部门预算支出经济分类的款级科目，5位数字；一般公共预算的基本支出必填。", 20,
            dimension="dep_bgt_eco_code", length=5, blank_ok=True,
        ),
        Field(PROJECT, Holds.TEXT, "项目支出的项目名称，可以不填。", 34, needed=False, blank_ok=True),
        _amount("以元为单位，最多两位小数。"),
        _REMARK,
    ),
    (FUNCTION, NATURE, FUND, ECONOMIC, PROJECT),
)  # fmt: skip

CARRYOVER = Register(
    "结转结余",
    "",
    "年初结转和结余、使用非财政拨款结余、结余分配。年末结转和结余由程序算出，可以填上供核对。",
    (
        Field(
            CARRYOVER_ITEM, Holds.LABEL, "填年末结转和结余时，与算出的数不同就报错。", 24,
            labels=("年初结转和结余", "使用非财政拨款结余", "结余分配", "年末结转和结余"),
        ),
        Field(
            FUND_TYPE, Holds.LABEL, "年初、年末结转和结余必填；另外两项只能是非财政拨款资金，可以不填。", 30,
            labels=(*FISCAL_FUNDS, NONFISCAL), blank_ok=True,
        ),
        _function("项级科目，7位数字；政府性基金的年初结转和结余必填，其余可以不填。", blank_ok=True),
        _amount("以元为单位，最多两位小数。"),
        _REMARK,
    ),
    (CARRYOVER_ITEM, FUND_TYPE, FUNCTION),
)  # fmt: skip

SANGONG = Register(
    "三公经费",
    "sangong",
    "用财政拨款开支的“三公”经费：全年预算数和决算数。没有发生的不要填。",
    (
        Field(
            SANGONG_ITEM, Holds.LABEL, "“三公”经费的项目。", 24, kind="sangong",
            labels=("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费"),
        ),
        Field(STAGE, Holds.LABEL, "预算数是全年预算数。", 12, kind="sangong", labels=("预算数", "决算数")),
        _amount("以元为单位，最多两位小数。"),
        _REMARK,
    ),
    (SANGONG_ITEM, STAGE),
)  # fmt: skip

REGISTERS = (REVENUE, EXPENDITURE, CARRYOVER, SANGONG)

WORKBOOK = "登记簿.xlsx"
FOLDER = "登记簿"
SETTINGS = "单位.toml"
GUIDE_SHEET = "说明"
HINT_MARK = "说明"
"""A row that begins with this word explains the register and is passed over when it is read."""
