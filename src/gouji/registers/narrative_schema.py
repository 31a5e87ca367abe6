"""The registers that only the narrative (情况说明) needs: what the tables of the accounts cannot supply.

All are optional. A register that is missing or empty is not kept, and what the narrative would take from it
becomes a marked gap; a register whose first row says 无 is kept and says that nothing occurred.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gouji.facts import Fact, fact
from gouji.registers.schema import AMOUNT, FUNCTION, FUND, REMARK, Field, Holds, Register

NOTHING = "无"
"""In the first cell of the first row: nothing of the kind occurred."""
ITEM = "项目"
COUNT = "数量"
PEOPLE = "人数"
TRIPS_PEOPLE = "人次"
GROUPS = "团组数"
BATCHES = "批次"
DESTINATION, PURPOSE = "目的地", "任务"
OCCASION = "接待事由"
ACTIVITY_KIND, ACTIVITY, CONTENT = "类别", "名称", "内容"
PURCHASE_KIND = "采购类别"
TO_SME, TO_SMALL = "授予中小企业（元）", "授予小微企业（元）"
PROJECTS = "项目个数"
SUBJECT, COMPARED, CAUSE = "事项", "比较", "原因"
POSITION, WORDS = "位置", "文字"
WITH_LAST_YEAR, WITH_BUDGET, WITH_SPENT = "与上年相比", "与预算相比", "与上年执行数相比"

PRIOR_ITEMS: Mapping[str, Fact] = MappingProxyType({
    "收入支出总计": fact("total_in"),
    "本年收入合计": fact("revenue"),
    "本年支出合计": fact("expenditure"),
    "财政拨款收支总计": fact("total_in", fund_type_code="fiscal"),
    "一般公共预算财政拨款支出": fact("expenditure", fund_type_code="general"),
    "其中：一般公共预算财政拨款基本支出": fact("expenditure", fund_type_code="general", nature="basic"),
    "其中：一般公共预算财政拨款项目支出": fact("expenditure", fund_type_code="general", nature="project"),
    "事业收入": fact("revenue", fund_type_code="business"),
    "因公出国（境）费": fact("sangong", sangong_item="abroad", stage="final"),
    "公务用车购置费": fact("sangong", sangong_item="vehicle_purchase", stage="final"),
    "公务用车运行费": fact("sangong", sangong_item="vehicle_operation", stage="final"),
    "公务接待费": fact("sangong", sangong_item="reception", stage="final"),
    "机关运行经费": fact("agency_operation"),
})  # fmt: skip
"""What last year's accounts are asked for: the label, and the fact of which it is last year's figure."""

ACTIVITIES: Mapping[str, str] = MappingProxyType(
    {
        "会议": "meeting",
        "培训": "training",
        "节庆": "festival",
        "晚会": "festival",
        "论坛": "festival",
        "赛事": "festival",
    }
)
"""Kinds of activity and the concept that their cost belongs to."""
PURCHASES: Mapping[str, str] = MappingProxyType({"货物": "goods", "工程": "works", "服务": "services"})
VEHICLES: Mapping[str, str] = MappingProxyType({
    "副部（省）级及以上领导用车": "minister",
    "主要负责人用车": "chief",
    "机要通信用车": "confidential",
    "应急保障用车": "emergency",
    "执法执勤用车": "law_enforcement",
    "特种专业技术用车": "special_technical",
    "离退休干部服务用车": "retired_cadres",
    "其他用车": "other",
})  # fmt: skip
ASSETS: Mapping[str, Fact] = MappingProxyType({
    **{label: fact("vehicles", vehicle_class=member) for label, member in VEHICLES.items()},
    "财政拨款开支的公务用车保有量": fact("vehicles_kept"),
    "本年购置公务用车": fact("vehicles_bought"),
    "单位价值100万元以上设备（不含车辆）": fact("equipment", equipment_class="over_1m"),
    "单位价值50万元以上通用设备": fact("equipment", equipment_class="general_500k"),
    "单位价值100万元以上专用设备": fact("equipment", equipment_class="special_1m"),
})  # fmt: skip
STAFF_ITEMS: Mapping[str, Fact] = MappingProxyType({
    "编制人数": fact("staff", staff_class="posts"),
    "年末在职人数": fact("staff", staff_class="employed"),
    "年末离退休人数": fact("staff", staff_class="retired"),
    "编外人数": fact("staff", staff_class="outside"),
    "本年新增人数": fact("staff", staff_class="joined"),
    "本年减少人数": fact("staff", staff_class="left"),
    "内设机构个数": fact("staff", staff_class="offices"),
})  # fmt: skip
PERFORMANCE_ITEMS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "全年预算数": {"amount": "performance_budget"},
    "全年执行数": {"amount": "performance_spent"},
    "一般公共预算项目": {"fund": "general"},
    "政府性基金预算项目": {"fund": "gov_fund"},
    "国有资本经营预算项目": {"fund": "state_capital"},
    "社会保险基金预算项目": {"fund": "social_insurance"},
    "其他资金项目": {"fund": "other"},
})  # fmt: skip

PER_CODE = "功能科目支出"
SUBJECTS = (
    "收入支出总计", "本年收入", "本年支出", "财政拨款收支总计", "一般公共预算财政拨款支出", PER_CODE, "“三公”经费", "因公出国（境）费",
    "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费", "机关运行经费",
)  # fmt: skip
"""What a cause may be given for."""
POSITIONS = (
    "部门职责", "内设机构", "决算单位构成", "机关运行经费说明", "培训说明", "公务用车说明", "国有资产说明", "政府采购说明",
    "绩效评价开展情况", "绩效目标完成情况", "发现的主要问题及原因", "下一步改进措施", "评价结果应用情况",
    "附件：机构情况", "附件：社会保险基金预算支出情况", "附件：绩效情况", "附件：存在的问题及原因分析", "附件：下一步改进措施", "附件：结果拟应用和公开情况", "附件：其他需要说明的情况",
)  # fmt: skip
"""Where the body's own words go."""


def _choice(
    name: str, labels: tuple[str, ...], hint: str, width: int = 30, *, blank_ok: bool = False
) -> Field:
    return Field(name, Holds.CHOICE, hint, width, labels=labels, blank_ok=blank_ok)


def _text(name: str, hint: str, width: int = 36, *, blank_ok: bool = False) -> Field:
    return Field(name, Holds.TEXT, hint, width, blank_ok=blank_ok)


def _count(name: str, hint: str, *, blank_ok: bool = False) -> Field:
    return Field(name, Holds.COUNT, hint, 12, blank_ok=blank_ok)


def _money(name: str, hint: str, *, blank_ok: bool = False) -> Field:
    return Field(name, Holds.AMOUNT, hint, 20, blank_ok=blank_ok)


_YUAN = "以元为单位，最多两位小数。"
_REMARK = Field(REMARK, Holds.TEXT, "任意文字，不进入公开文本。", 30, needed=False)

PRIOR = Register(
    "上年数", "", "上年决算公开的数，用来算增减。上年没有发生的填0，不知道的不填。",
    (_choice(ITEM, tuple(PRIOR_ITEMS), "上年的哪个数。"), _money(AMOUNT, _YUAN), _REMARK),
    (ITEM,),
)  # fmt: skip
INITIAL = Register(
    "年初预算", "expenditure", "财政拨款支出的年初预算数，每个项级科目一行；年初没有预算的科目不填。",
    (
        Field(FUNCTION, Holds.CODE, "支出功能分类的项级科目，7位数字。", 16, dimension="exp_func_code", length=7),
        _choice(FUND, ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"), "不填就是一般公共预算财政拨款。", blank_ok=True),
        _money(AMOUNT, _YUAN), _REMARK,
    ),
    (FUNCTION, FUND),
)  # fmt: skip
CAUSES = Register(
    "变动原因", "", "增减和超支、节支的原因，写成半句话，不加句号；只有数字有变动的地方才会印出。",
    (
        _choice(SUBJECT, SUBJECTS, "说明哪个数。"),
        Field(FUNCTION, Holds.CODE, f"“{PER_CODE}”要填项级科目，7位数字；其余不填。", 16, dimension="exp_func_code", length=7, blank_ok=True),
        _choice(COMPARED, (WITH_LAST_YEAR, WITH_BUDGET), "与上年决算比，还是与预算比。", 16),
        _text(CAUSE, "例如：部分活动因工作安排改在下年度举办。", 80),
    ),
    (SUBJECT, FUNCTION, COMPARED),
)  # fmt: skip
TEXTS = Register(
    "文字材料", "", "数字以外的文字，一行一段；同一位置可以有几段，按先后排列。",
    (_choice(POSITION, POSITIONS, "放在哪里。"), _text(WORDS, "一段完整的文字。", 100)),
    (POSITION, WORDS),
)  # fmt: skip
TRIPS = Register(
    "出国团组", "", "用财政拨款开支的因公出国（境）团组，每个任务一行。没有的，第一行第一列填“无”。",
    (
        _text(DESTINATION, "国家或地区，例如：新加坡。", 20), _text(PURPOSE, "任务和开支内容，接在“主要用于”后面。", 60),
        _count(GROUPS, "团组个数。"), _count(TRIPS_PEOPLE, "人次。"), _money(AMOUNT, _YUAN), _REMARK,
    ),
    (DESTINATION, PURPOSE),
)  # fmt: skip
RECEPTIONS = Register(
    "公务接待", "", "用财政拨款开支的公务接待，可以按事由合并。没有的，第一行第一列填“无”。",
    (
        _text(OCCASION, "接待谁、为什么，接在“主要是接待”后面。", 60), _count(BATCHES, "批次（来访团组数）。"),
        _count(TRIPS_PEOPLE, "来宾人次。"), _money(AMOUNT, _YUAN), _REMARK,
    ),
    (OCCASION,),
)  # fmt: skip
MEETINGS = Register(
    "会议培训活动", "", "各种资金开支的会议、培训，以及节庆、晚会、论坛、赛事。都没有的，第一行第一列填“无”。",
    (
        _choice(ACTIVITY_KIND, tuple(ACTIVITIES), "是哪种活动。", 12), _text(ACTIVITY, "会议、培训或活动的名称。", 40),
        _text(CONTENT, "主要内容，可以不填。", 60, blank_ok=True), _count(PEOPLE, "参加人数，可以不填。", blank_ok=True),
        _money(AMOUNT, _YUAN), _REMARK,
    ),
    (ACTIVITY_KIND, ACTIVITY),
)  # fmt: skip
PROCUREMENT = Register(
    "政府采购", "procurement", "本年度政府采购支出，按货物、工程、服务。没有的，第一行第一列填“无”。",
    (
        _choice(PURCHASE_KIND, tuple(PURCHASES), "货物、工程或服务。", 12), _money(AMOUNT, _YUAN),
        _money(TO_SME, "其中授予中小企业的合同金额，没有填0。"), _money(TO_SMALL, "其中授予小微企业的合同金额，没有填0。"), _REMARK,
    ),
    (PURCHASE_KIND,),
)  # fmt: skip
ASSET = Register(
    "国有资产", "", "年末的车辆和大型设备数量。没有列出的项目按0。都没有的，第一行第一列填“无”。",
    (_choice(ITEM, tuple(ASSETS), "哪一类。", 40), _count(COUNT, "辆、台（套）。"), _REMARK),
    (ITEM,),
)  # fmt: skip
STAFF = Register(
    "人员", "", "编制和人员情况。",
    (_choice(ITEM, tuple(STAFF_ITEMS), "哪一类。", 20), _count(PEOPLE, "人数或个数。"), _REMARK),
    (ITEM,),
)  # fmt: skip
AGENCY = Register(
    "机关运行经费", "agency_operation", "行政单位和参照公务员法管理的事业单位的机关运行经费，按开支内容。没有的，第一行第一列填“无”。",
    (_text(ITEM, "开支内容，例如：办公费；不分内容就写：合计。", 24), _money(AMOUNT, _YUAN), _REMARK),
    (ITEM,),
)  # fmt: skip
PERFORMANCE = Register(
    "绩效", "", "纳入绩效自评的预算和项目。",
    (
        _choice(ITEM, tuple(PERFORMANCE_ITEMS), "哪个数。", 24), _count(PROJECTS, "项目才填。", blank_ok=True),
        _money(AMOUNT, _YUAN), _REMARK,
    ),
    (ITEM,),
)  # fmt: skip

NARRATIVE_REGISTERS = (
    PRIOR, INITIAL, CAUSES, TEXTS, TRIPS, RECEPTIONS, MEETINGS, PROCUREMENT, ASSET, STAFF, AGENCY, PERFORMANCE,
)  # fmt: skip
