"""The registers of a budget: what each line of money is, once; every table is a view of them."""

from __future__ import annotations

from gouji.registers.schema import AMOUNT, FUNCTION, NATURE, REMARK, Field, Holds, Register

FUND = "资金性质"
FUND_YEAR = "资金年度"
DEPARTMENT_CLASS = "部门经济科目编码"
GOVERNMENT_CLASS = "政府经济科目编码"
EXPENSE_GROUP = "经费类别"
PROJECT = "项目名称"
SOURCE = "收入来源"
SANGONG_ITEM = "项目"

_FISCAL = ("一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款")
_OWN = ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
_NONTAX = (
    "行政事业性收费收入", "专项收入", "国有资本经营收入", "国有资源（资产）有偿使用收入", "捐赠收入", "政府住房基金收入",
    "罚没收入", "其他非税收入",
)  # fmt: skip
_SUPERIOR = ("上级财政补助收入", "一般公共预算补助", "政府性基金补助", "国有资本经营预算补助")
_YEARS = ("本年", "上年结转")
_KEPT = ("使用非财政拨款结余", "上年实户资金余额")

_REMARK = Field(REMARK, Holds.TEXT, "任意文字，不进入公开表。", 36, needed=False)


def _amount() -> Field:
    return Field(AMOUNT, Holds.AMOUNT, "以元为单位，最多两位小数。", 18)


REVENUE_PLAN = Register(
    "收入预算",
    "revenue",
    "全部收入来源，一种来源一行；上年结转的资金按资金性质各一行。",
    (
        Field(
            SOURCE, Holds.LABEL,
            "一般公共预算拨款要分列经费拨款和各种非税收入的，填到细项；不分列的填“一般公共预算拨款”。"
            "上年结转的单位资金分不清来源的，填“单位资金”。", 34,
            labels=("经费拨款", *_NONTAX, *_FISCAL, "财政专户管理资金", *_SUPERIOR, *_OWN, "单位资金"), kind="budget_source",
        ),
        Field(
            FUND_YEAR, Holds.LABEL,
            "本年收入，上年结转结余，还是动用的非财政拨款结余或上年留在实户里的钱（这两项的来源填单位资金，或其中的一种）。", 20,
            labels=(*_YEARS, *_KEPT), kind="budget_source",
        ),
        _amount(),
        _REMARK,
    ),
    (SOURCE, FUND_YEAR),
)  # fmt: skip

EXPENDITURE_PLAN = Register(
    "支出预算",
    "expenditure",
    "全部支出，每个功能科目、性质、资金、经济科目和项目的组合一行。",
    (
        Field(FUNCTION, Holds.CODE, "支出功能分类的项级科目，7位数字。", 16, dimension="exp_func_code", length=7),
        Field(
            NATURE, Holds.LABEL, "财政拨款只有基本支出和项目支出。", 20,
            labels=("基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"),
        ),
        Field(
            FUND, Holds.LABEL, "用哪种资金安排；单位资金分不清来源的，填“单位资金”。", 24,
            labels=(*_FISCAL, "财政专户管理资金", *_SUPERIOR, *_OWN, "单位资金"),
        ),
        Field(FUND_YEAR, Holds.LABEL, "用本年收入安排，还是用上年结转安排。", 14, labels=_YEARS, kind="budget_line"),
        Field(
            DEPARTMENT_CLASS, Holds.CODE,
            "部门预算支出经济分类的款级科目，5位数字；一般公共预算拨款的基本支出、表样按经济分类列示的支出必填。", 20,
            dimension="dep_bgt_eco_code", length=5, blank_ok=True,
        ),
        Field(
            GOVERNMENT_CLASS, Holds.CODE,
            "政府预算支出经济分类的款级科目，5位数字。可以不填：按单位性质由部门经济科目对应得出；填了就与对应表核对。", 20,
            dimension="gov_bgt_eco_code", length=5, needed=False, blank_ok=True,
        ),
        Field(
            EXPENSE_GROUP, Holds.LABEL,
            "基本支出是人员经费还是公用经费；可以不填：由部门经济科目得出，本地另有规定的才填。", 14,
            labels=("人员经费", "公用经费"), kind="budget_line", needed=False, blank_ok=True,
        ),
        Field(
            PROJECT, Holds.TEXT, "项目支出要填，照公开的名称写。", 34, dimension="pro_code", needed=False,
            blank_ok=True,
        ),
        _amount(),
        _REMARK,
    ),
    (FUNCTION, NATURE, FUND, FUND_YEAR, DEPARTMENT_CLASS, GOVERNMENT_CLASS, EXPENSE_GROUP, PROJECT),
)  # fmt: skip

SANGONG_PLAN = Register(
    "三公经费预算",
    "sangong",
    "用一般公共预算拨款安排的“三公”经费。没有安排的不要填。",
    (
        Field(
            SANGONG_ITEM, Holds.LABEL, "“三公”经费的项目。", 24, kind="sangong",
            labels=("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费"),
        ),
        _amount(),
        _REMARK,
    ),
    (SANGONG_ITEM,),
)  # fmt: skip

BUDGET_REGISTERS = (REVENUE_PLAN, EXPENDITURE_PLAN, SANGONG_PLAN)
