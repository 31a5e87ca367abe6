"""The registers of performance targets of a budget, and of earmarked funds; each may be left out."""

from __future__ import annotations

from gouji.registers.schema import AMOUNT, REMARK, Field, Holds, Register

EARMARKED_NAME = TARGET_PROJECT = "项目名称"
WHOLE = "整体支出"
"""What stands in place of a project for the body as a whole."""
CYCLE_GOAL, GOAL, DUTY = "实施期绩效目标", "年度绩效目标", "职能职责"
LEVEL1, LEVEL2, NAME = "一级指标", "二级指标", "三级指标"
OPERATOR, VALUE, UNIT, WEIGHT = "指标性质", "指标值", "计量单位", "权重"
DIRECTION, MANAGEMENT, ALLOCATION = "支出方向", "资金管理办法", "分配办法"

_REMARK = Field(REMARK, Holds.TEXT, "任意文字，不进入公开表。", 36, needed=False)


def _text(name: str, hint: str, width: int, *, optional: bool = True) -> Field:
    return Field(name, Holds.TEXT, hint, width, needed=not optional, blank_ok=optional)


EARMARKED = Register(
    "专项资金预算",
    "earmarked",
    "本部门管理的专项资金全貌，每个专项、资金、编制方式和投向的组合一行。没有专项资金的不填。",
    (
        Field(EARMARKED_NAME, Holds.TEXT, "专项资金的名称，照公开的名称写。", 34, dimension="pro_code"),
        _text(DIRECTION, "支出方向，可以不填。", 24),
        Field(
            "资金性质", Holds.LABEL, "一般公共预算要分列经费拨款和非税收入的，填到细项。", 30, kind="budget_source",
            labels=(
                "一般公共预算拨款", "经费拨款", "纳入一般公共预算管理的非税收入拨款", "政府性基金预算拨款", "国有资本经营预算拨款",
            ),
        ),
        Field("预算编制方式", Holds.LABEL, "编入部门预算，还是由财政代编。", 16, kind="earmarked_line",
              labels=("编入部门预算", "财政代编")),
        Field("资金投向", Holds.LABEL, "本级支出，还是对下转移支付。", 20, kind="earmarked_line",
              labels=("本级支出", "对下转移支付")),
        Field(AMOUNT, Holds.AMOUNT, "以元为单位，最多两位小数。", 18),
        _text(MANAGEMENT, "资金管理办法的名称，每个专项写一次就够。", 36),
        _text(ALLOCATION, "分配办法，例如因素法、项目法。", 24),
        _REMARK,
    ),
    (EARMARKED_NAME, DIRECTION, "资金性质", "预算编制方式", "资金投向"),
)  # fmt: skip

GOALS = Register(
    "绩效目标",
    "",
    f"每个项目一行，单位整体写“{WHOLE}”；公开表里项目的先后照这里。",
    (
        _text(TARGET_PROJECT, f"支出预算或专项资金预算里的项目名称；单位整体写“{WHOLE}”。", 34, optional=False),
        _text(CYCLE_GOAL, "实施期的目标；一年期的项目与年度目标相同的也要写。", 60),
        _text(GOAL, "本年度的目标；单位整体就是整体绩效目标。", 60),
        _text(DUTY, f"部门职能职责描述，只有“{WHOLE}”一行填。", 60),
        _REMARK,
    ),
    (TARGET_PROJECT,),
)  # fmt: skip

INDICATORS = Register(
    "绩效指标",
    "",
    "每个指标一行。",
    (
        _text(TARGET_PROJECT, "与“绩效目标”相同。", 34, optional=False),
        _text(LEVEL1, "成本指标、产出指标、效益指标、满意度指标；可以不填，由二级指标得出。", 16),
        _text(LEVEL2, "数量指标、质量指标、时效指标、经济成本指标、社会效益指标、服务对象满意度指标等。", 20, optional=False),
        _text(NAME, "指标名称，里面不用逗号、分号和句号。", 40, optional=False),
        Field(
            OPERATOR, Holds.CHOICE, "定性指标不填。", 12, labels=("≥", "≤", "=", ">", "<", "定性"), needed=False,
            blank_ok=True,
        ),
        _text(VALUE, "数字，或一句话（定性指标）。", 20),
        _text(UNIT, "次、人、%、万元等。", 12),
        _text(WEIGHT, "指标的权重或分值，可以不填。", 10),
        _REMARK,
    ),
    (TARGET_PROJECT, LEVEL2, NAME),
)  # fmt: skip

TARGET_REGISTERS = (EARMARKED, GOALS, INDICATORS)

GOAL_TEXTS = {"cycle_goal": CYCLE_GOAL, "goal": GOAL, "duty": DUTY}
"""The texts of a project's targets -> their columns."""
