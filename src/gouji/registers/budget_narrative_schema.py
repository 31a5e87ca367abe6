"""The registers that only the explanation of a budget (预算编制说明) needs: last year's figures, causes, texts, plans.

All are optional, like those of the accounts (:mod:`gouji.registers.narrative_schema`), and a register that is not kept
leaves marked gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gouji.facts import Fact, fact
from gouji.registers.budget_schema import FUND, PROJECT
from gouji.registers.narrative_facts import USES as USES_NAME
from gouji.registers.narrative_schema import (
    AGENCY,
    CAUSE,
    COMPARED,
    ITEM,
    MEETINGS,
    PER_CODE,
    POSITION,
    PRIOR,
    PROJECTS,
    PURCHASE_KIND,
    PURCHASES,
    STAFF,
    SUBJECT,
    VEHICLES,
    WITH_LAST_YEAR,
    WITH_SPENT,
    WORDS,
)
from gouji.registers.schema import AMOUNT, FUNCTION, REMARK, Field, Holds, Register

LAST_BUDGET, LAST_ACCOUNTS = "上年预算数（元）", "上年执行数（元）"
USE = "用途"
KEPT, PLANNED = "现有数量", "计划购置数量"
FOR_SME, FOR_SMALL = "预留中小企业（元）", "预留小微企业（元）"
CODED_FUNDS: Mapping[str, str] = MappingProxyType(
    {"一般公共预算拨款": "general", "政府性基金预算拨款": "gov_fund", "国有资本经营预算拨款": "state_capital"}
)

LAST_YEAR_ITEMS: Mapping[str, Fact] = MappingProxyType({
    "收支总计": fact("total_in"),
    "本年收入合计": fact("revenue"),
    "一般公共预算拨款收入": fact("revenue", fund_type_code="general"),
    "政府性基金预算拨款收入": fact("revenue", fund_type_code="gov_fund"),
    "国有资本经营预算拨款收入": fact("revenue", fund_type_code="state_capital"),
    "财政专户管理资金收入": fact("revenue", fund_type_code="special_account"),
    "事业收入": fact("revenue", fund_type_code="business"),
    "事业单位经营收入": fact("revenue", fund_type_code="operating"),
    "上级补助收入": fact("revenue", fund_type_code="superior"),
    "附属单位上缴收入": fact("revenue", fund_type_code="affiliated"),
    "其他收入": fact("revenue", fund_type_code="other"),
    "上年结转结余": fact("carryover_begin"),
    "财政拨款收入": fact("revenue", fund_type_code="fiscal"),
    "财政拨款收支总计": fact("total_in", fund_type_code="fiscal"),
    "本年支出合计": fact("expenditure"),
    "基本支出": fact("expenditure", nature="basic"),
    "项目支出": fact("expenditure", nature="project"),
    "财政拨款支出": fact("expenditure", fund_type_code="fiscal"),
    "一般公共预算拨款支出": fact("expenditure", fund_type_code="general"),
    "其中：一般公共预算拨款基本支出": fact("expenditure", fund_type_code="general", nature="basic"),
    "其中：一般公共预算拨款项目支出": fact("expenditure", fund_type_code="general", nature="project"),
    "政府性基金预算拨款支出": fact("expenditure", fund_type_code="gov_fund"),
    "国有资本经营预算拨款支出": fact("expenditure", fund_type_code="state_capital"),
    PER_CODE: fact("expenditure"),
    "因公出国（境）费": fact("sangong", sangong_item="abroad"),
    "公务用车购置费": fact("sangong", sangong_item="vehicle_purchase"),
    "公务用车运行费": fact("sangong", sangong_item="vehicle_operation"),
    "公务接待费": fact("sangong", sangong_item="reception"),
    "机关运行经费": fact("agency_operation"),
    "会议费": fact("meeting"),
    "培训费": fact("training"),
    "年末财政拨款结转和结余": fact("carryover_end", fund_type_code="fiscal"),
})  # fmt: skip
"""What is asked of last year: the label, and the fact of which it is last year's figure."""

BUDGET_SUBJECTS = (
    "收支总计", "本年收入", "本年支出", "财政拨款收支总计", "财政拨款支出", "一般公共预算拨款支出", "一般公共预算拨款基本支出", "一般公共预算拨款项目支出",
    "政府性基金预算拨款支出", "国有资本经营预算拨款支出", PER_CODE, "“三公”经费", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费",
    "公务用车运行费", "公务接待费", "机关运行经费",
)  # fmt: skip
"""What a cause may be given for."""
BUDGET_POSITIONS = (
    "主要职能", "机构设置", "预算单位构成", "基本支出说明", "项目支出说明", "“三公”经费说明", "机关运行经费说明", "会议培训说明", "政府采购说明",
    "国有资产说明", "绩效目标说明", "其他说明",
)  # fmt: skip
"""Where the body's own words go."""
EQUIPMENT: Mapping[str, str] = MappingProxyType({
    "单位价值100万元以上设备（不含车辆）": "over_1m",
    "单位价值50万元以上通用设备": "general_500k",
    "单位价值100万元以上专用设备": "special_1m",
})  # fmt: skip
TARGETS: Mapping[str, str] = MappingProxyType(
    {"部门（单位）整体支出": "performance_budget", "项目支出": "performance_project_budget"}
)

_YUAN = "以元为单位，最多两位小数。"
_REMARK = Field(REMARK, Holds.TEXT, "任意文字，不进入公开文本。", 30, needed=False)
_CODE_HINT = f"“{PER_CODE}”要填项级科目，7位数字；其余不填。"


def _function(hint: str) -> Field:
    return Field(FUNCTION, Holds.CODE, hint, 16, dimension="exp_func_code", length=7, blank_ok=True)


def _money(name: str, hint: str = _YUAN, *, blank_ok: bool = False) -> Field:
    return Field(name, Holds.AMOUNT, hint, 20, blank_ok=blank_ok)


def _count(name: str, hint: str) -> Field:
    return Field(name, Holds.COUNT, hint, 14, blank_ok=True)


LAST_YEAR = Register(
    PRIOR.name, "",
    "上年预算数（年初批复）和上年执行数（决算或预计执行），用来算增减。上年没有的填0，不知道的不填；设置里写了上年工作文件夹的，不用填。",
    (
        Field(ITEM, Holds.CHOICE, "上年的哪个数。", 36, labels=tuple(LAST_YEAR_ITEMS)),
        _function(_CODE_HINT),
        Field(
            FUND, Holds.CHOICE, f"“{PER_CODE}”才填；不填就是一般公共预算拨款。", 24, labels=tuple(CODED_FUNDS),
            blank_ok=True,
        ),
        _money(LAST_BUDGET, blank_ok=True), _money(LAST_ACCOUNTS, blank_ok=True), _REMARK,
    ),
    (ITEM, FUNCTION, FUND),
)  # fmt: skip
BUDGET_CAUSES = Register(
    "变动原因", "", "比上年增减的原因，写成半句话，不加句号；只有数字有变动的地方才会印出。",
    (
        Field(SUBJECT, Holds.CHOICE, "说明哪个数。", 30, labels=BUDGET_SUBJECTS),
        _function(_CODE_HINT),
        Field(COMPARED, Holds.CHOICE, "与上年预算比，还是与上年执行数比。", 20, labels=(WITH_LAST_YEAR, WITH_SPENT)),
        Field(CAUSE, Holds.TEXT, "例如：在职人员增加。", 80),
    ),
    (SUBJECT, FUNCTION, COMPARED),
)  # fmt: skip
BUDGET_TEXTS = Register(
    "文字材料", "", "数字以外的文字，一行一段；同一位置可以有几段，按先后排列。",
    (
        Field(POSITION, Holds.CHOICE, "放在哪里。", 24, labels=BUDGET_POSITIONS),
        Field(WORDS, Holds.TEXT, "一段完整的文字。", 100),
    ),
    (POSITION, WORDS),
)  # fmt: skip
USES = Register(
    USES_NAME, "", "每个项级科目、每个项目的钱主要用来做什么，写成半句话，接在“主要用于”后面。",
    (
        _function("填科目或填项目，只填一种。"),
        Field(PROJECT, Holds.TEXT, "与支出预算里的项目名称相同。", 34, blank_ok=True),
        Field(USE, Holds.TEXT, "例如：在职人员工资。", 80),
    ),
    (FUNCTION, PROJECT),
)  # fmt: skip
PURCHASE_PLAN = Register(
    "政府采购预算", "procurement", "本年度政府采购预算，按货物、工程、服务。没有的，第一行第一列填“无”。",
    (
        Field(PURCHASE_KIND, Holds.CHOICE, "货物、工程或服务。", 12, labels=tuple(PURCHASES)),
        _money(AMOUNT), _money(FOR_SME, "其中预留给中小企业的，没有填0。", blank_ok=True),
        _money(FOR_SMALL, "其中预留给小型和微型企业的，没有填0。", blank_ok=True), _REMARK,
    ),
    (PURCHASE_KIND,),
)  # fmt: skip
ASSET_PLAN = Register(
    "资产与购置计划", "", "车辆和大型设备现有多少、本年预算安排购置多少。没有列出的项目按0。都没有的，第一行第一列填“无”。",
    (
        Field(ITEM, Holds.CHOICE, "哪一类。", 40, labels=(*VEHICLES, *EQUIPMENT)),
        _count(KEPT, "辆、台（套）。"), _count(PLANNED, "辆、台（套）。"), _REMARK,
    ),
    (ITEM,),
)  # fmt: skip
TARGET_PLAN = Register(
    "绩效目标情况", "", "纳入绩效目标管理的部门（单位）整体支出和项目支出。",
    (
        Field(ITEM, Holds.CHOICE, "整体支出，还是项目支出。", 24, labels=tuple(TARGETS)),
        _count(PROJECTS, "项目支出才填：编报绩效目标的项目个数。"), _money(AMOUNT), _REMARK,
    ),
    (ITEM,),
)  # fmt: skip

BUDGET_NARRATIVE_REGISTERS = (
    LAST_YEAR, BUDGET_CAUSES, BUDGET_TEXTS, USES, MEETINGS, PURCHASE_PLAN, ASSET_PLAN, STAFF, AGENCY, TARGET_PLAN,
)  # fmt: skip
