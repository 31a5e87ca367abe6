"""Performance forms in parts: money by source in columns, marks of management above those of results, indicators of the whole
period above those of the year, a goal that was adjusted. Their content is made up."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.performance import PerformanceForm

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import table
from test_performance_other_places import forms, rules

SELF = "<p>项目支出绩效自评表</p>"
TARGETS = "<p>项目支出绩效目标表</p>"
HEADS = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分"


def amounts(form: PerformanceForm) -> list[tuple[str, dict[str, str]]]:
    return [(row.id, {id: a.printed.text for id, a in row.amounts.items()}) for row in form.money]


def test_money_by_source_stands_in_columns(tmp_path: Path) -> None:
    html = SELF + table(
        "项目名称|7>急救站开办", "2^项目资金来源|中央（万元）|省、地（万元）|本级（万元）|其他（万元）|合计（万元）|执行数（万元）|执行率", "|6.2|14.3||20.5|20.5|100%",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|备注", "产出指标|数量指标|出车次数|≥900次|960次|60|60|", "满意度指标|满意度指标|患者满意度|≥90%|95%|40|40|",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert amounts(form) == [
        ("total", {"budget": "20.5", "spent": "20.5"}),
        ("province", {"budget": "6.2"}),
        ("own", {"budget": "14.3"}),
    ]
    assert form.execution_rate is not None
    assert "GJ806" not in rules(tmp_path, html)
    assert "GJ806" in rules(tmp_path, html.replace("14.3", "14.8"))
    assert "GJ805" in rules(tmp_path, html.replace(">100%<", ">92%<"))


def test_a_source_within_something_is_not_all_of_it(tmp_path: Path) -> None:
    html = "<p>部门整体支出绩效目标申报表</p>" + table(
        "7>总体资金情况（万元）", "2^预算支出总额|3>基本支出|3>项目支出", "合计|财政拨款|单位资金|合计|财政拨款|单位资金", "820.40|700.10|690.00|10.10|120.30|120.30|",
        "一级指标|二级指标|三级指标|4>指标值", "产出指标|数量指标|送戏场次|4>≥60场", "满意度指标|满意度指标|群众满意度|4>≥90%",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert amounts(form) == [
        ("total", {"budget": "820.40"}),
        ("basic", {"budget": "700.10"}),
        ("project", {"budget": "120.30"}),
    ]
    assert "GJ806" not in rules(tmp_path, html)
    assert "GJ806" in rules(tmp_path, html.replace("120.30", "130.30"))


def test_amounts_side_by_side_keep_their_columns_where_one_is_not_known(tmp_path: Path) -> None:
    [form] = forms(tmp_path, SELF + table(
        "项目名称|7>困难救助", "计划安排资金（万元）|310|实际到位资金（万元）|305|实际支出（万元）|290|结余（万元）|15", "省级资金|210|省级资金|205|省级资金|190|省级资金|15",
        "一级指标|二级指标|三级指标|2>年度指标值|2>实际完成值|得分", "产出指标|数量指标|救助人数|2>≥300人|2>312人|60", "满意度指标|满意度指标|群众满意度|2>≥90%|2>95%|40",
    ))  # fmt: skip
    assert amounts(form) == [
        ("total", {"budget": "310", "spent": "290"}),
        ("province", {"budget": "210", "spent": "190"}),
    ]


def test_a_column_of_line_numbers_holds_no_money(tmp_path: Path) -> None:
    html = SELF + table(
        "资金投入情况（万元）|行次|全年预算数（A）|全年到位资金（D）|全年执行资金（E）|预算执行率（E/A×100%）", "列次|0|1|2|3|4", "年度资金总额（万元）：|1|52.8|52.8|30.8|58.33%",
        "其中：中央财政资金（万元）|2|52.8|52.8|30.8|58.33%", HEADS.replace("|分值|得分", "|得分"), "产出指标|数量指标|抚育面积|≥600亩|620亩|100",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert amounts(form) == [
        ("total", {"budget": "52.8", "spent": "30.8"}),
        ("central", {"budget": "52.8", "spent": "30.8"}),
    ]
    assert not rules(tmp_path, html) & {"GJ805", "GJ806", "GJ832"}


HALVES = table(
    "项目名称|6>急救站开办", "年度目标|6>急救站开始运行", "自评总分|6>97", "3>评价内容|2>分值|自评分|评价标准", "3>决策依据|2>5|5|有文件", "3>财务制度|2>10|9|有制度",
    "7>项目年度目标：急救站运行", "一级指标|二级指标|指标名称（三级指标）|年初指标值|年终完成值|自评分|评价标准", "产出指标40分|数量指标|出车次数|900次|960次|40|台账",
    "效益指标45分|满意度指标|患者满意度|≥90%|95%|43|问卷",
)  # fmt: skip


def test_marks_of_management_stand_above_those_of_results(tmp_path: Path) -> None:
    [form] = forms(tmp_path, "<p>项目绩效目标自评表</p>" + HALVES)
    assert [i.name for i in form.indicators] == ["决策依据", "财务制度", "出车次数", "患者满意度"]
    assert not rules(tmp_path, "<p>项目绩效目标自评表</p>" + HALVES) & {"GJ801", "GJ803"}
    assert "GJ803" in rules(tmp_path, "<p>项目绩效目标自评表</p>" + HALVES.replace(">97<", ">99<"))


def test_indicators_of_the_whole_period_stand_above_those_of_the_year(tmp_path: Path) -> None:
    year = (
        "3^年度绩效指标|一级指标|二级指标|指标内容|指标值|备注",
        "产出指标|数量指标|修路里程|≥12公里|",
        "满意度指标|满意度指标|村民满意度|≥90%|",
    )
    period = (
        "3^长期绩效指标|一级指标|二级指标|指标内容|指标值|备注",
        "产出指标|数量指标|修路里程|≥36公里|",
        "满意度指标|满意度指标|村民满意度|≥90%|",
    )
    html = TARGETS + table("项目名称|5>乡村道路", *period, *year)
    [form] = forms(tmp_path, html)
    assert [(i.name, i.target.text, i.cycle_target and i.cycle_target.text) for i in form.indicators] == [
        ("修路里程", "", "≥36公里"), ("村民满意度", "", "≥90%"), ("修路里程", "≥12公里", None), ("村民满意度", "≥90%", None),
    ]  # fmt: skip
    assert not rules(tmp_path, html)
    [alone] = forms(tmp_path, TARGETS + table("项目名称|5>乡村道路", *period))
    assert [i.target.text for i in alone.indicators] == ["≥36公里", "≥90%"]


def test_a_goal_that_was_adjusted_is_the_goal(tmp_path: Path) -> None:
    rows = "产出指标|数量指标|造林面积|≥50亩|52亩|90|90", "5>总分|90|90"
    goals = "2>年初绩效目标|2>全年（调整）绩效目标|3>全年目标实际完成情况"
    html = SELF + table("项目名称|6>义务植树", goals, "2>造林80亩|2>造林50亩|3>造林52亩", HEADS, *rows)
    [form] = forms(tmp_path, html)
    assert (form.goal, form.result) == ("造林50亩", "造林52亩")
    assert form.texts["initial_goal"].text == "造林80亩"
    [blank] = forms(tmp_path, html.replace('<td colspan="2">造林50亩</td>', '<td colspan="2"></td>'))
    assert blank.goal == "造林80亩"


def test_a_class_of_indicators_left_of_their_names_is_their_level(tmp_path: Path) -> None:
    [form] = forms(tmp_path, TARGETS + table(
        "项目名称|3>绿化养护", "指标类型|指标名称|指标值|指标描述", "2^产出指标|数量指标|375万㎡|绿地面积", "质量指标|100%|覆盖率", "满意度指标|服务对象满意度指标|≥95%|问卷",
    ))  # fmt: skip
    assert [(i.level1, i.name) for i in form.indicators][:2] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]
    [form] = forms(tmp_path, TARGETS + table(
        "项目名称|4>绿化养护", "一级指标|二级指标|指标名称|指标类型|指标值", "产出指标|数量指标|绿地面积|定量|≥375万㎡", "满意度指标|满意度指标|市民满意度|定量|≥95%",
    ))  # fmt: skip
    assert {i.level1 for i in form.indicators} == {"产出指标", "满意度指标"}


@pytest.mark.parametrize(("total", "wrong"), [("97", False), ("90", False), ("101", True), ("88", True)])
def test_a_blank_score_of_execution_may_be_what_the_total_has_more(
    tmp_path: Path, total: str, wrong: bool
) -> None:
    html = SELF + table(
        "项目名称|6>灯会", "项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|30|30|30|10|100%|", HEADS,
        "产出指标|数量指标|灯组数量|≥30组|34组|60|60", "满意度指标|服务对象满意度指标|游客满意度|≥90%|95%|30|30", f"5>总分|100|{total}",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert form.execution_weight is not None
    assert form.execution_weight.value == Decimal(10)
    assert ("GJ803" in rules(tmp_path, html)) is wrong


SCORED = (
    SELF
    + table(
        "项目名称|6>灯会", "项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|30|30|30|10|100%|10", HEADS,
        "产出指标|数量指标|灯组数量|≥30组|34组|60|60", "满意度指标|服务对象满意度指标|游客满意度|≥90%|95%|30|30", "4>总分|100|100|优",
    )
)  # fmt: skip


def test_a_grade_may_stand_beside_the_total(tmp_path: Path) -> None:
    [form] = forms(tmp_path, SCORED)
    assert form.grade == "优"
    assert "GJ820" not in rules(tmp_path, SCORED)
    assert "GJ820" in rules(tmp_path, SCORED.replace("优", "良"))


def test_a_wrong_score_of_execution_is_said_once(tmp_path: Path) -> None:
    wrong = SCORED.replace("100%</td><td>10<", "100%</td><td>8<")
    assert "GJ805" in rules(tmp_path, wrong)
    assert "GJ803" not in rules(tmp_path, wrong)


def test_money_of_several_levels_together_is_no_source_beside_them(tmp_path: Path) -> None:
    rows = "产出指标|数量指标|救助人数|≥300人|312人|100", "4>|"
    heads = HEADS.replace("|分值|得分", "|得分")
    money = (
        "2>项目资金（万元）|2>全年预算数（A）|全年执行数（B）|执行率（B/A）",
        "2>年度资金总额|2>70|70|100%",
        "2>中央财政资金|2>30|30|100%",
        "2>省级资金|2>25|25|100%",
        "2>县级资金|2>15|15|100%",
    )
    html = "<p>转移支付区域绩效目标自评表</p>" + table("项目名称|5>困难救助", *money, heads, *rows)
    assert "GJ806" not in rules(tmp_path, html)
    assert "GJ806" in rules(tmp_path, html.replace('<td colspan="2">25</td>', '<td colspan="2">20</td>'))
    both = html.replace("中央财政资金", "地方资金")
    assert "GJ806" not in rules(tmp_path, both.replace('<td colspan="2">25</td>', '<td colspan="2">20</td>'))


def test_names_may_carry_their_weights(tmp_path: Path) -> None:
    html = "<p>部门整体支出绩效评价得分表</p>" + table(
        "一级指标|二级指标|三级指标|得分", "2^部门决策（40分）|2^目标任务（40分）|相关性（15分）|15", "明确性（25分）|22", "综合管理（60分）|绩效监控（60分）|执行进度监控（60分）|55", "3>总分|92",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [i.weight and i.weight.value for i in form.indicators] == [Decimal(15), Decimal(25), Decimal(60)]
    assert not rules(tmp_path, html) & {"GJ801", "GJ802", "GJ803", "GJ804"}
    assert "GJ804" in rules(tmp_path, html.replace(">15<", ">16<"))
    assert "GJ803" in rules(tmp_path, html.replace(">92<", ">93<"))


def test_levels_may_be_called_indicators_and_money_be_that_of_two_years(tmp_path: Path) -> None:
    html = "<p>项目支出绩效目标申报表</p>" + table(
        "项目名称|4>幼儿园公用经费", "主管部门||起止时间|2>2022.1—2022.12", "5^项目资金申请（万元）|项目|上年度安排资金|2>本年度申请资金", "合计|210.0|2>255.5", "省级资金|70.0|2>85.5", "县级资金|140.0|2>170.0", "其他资金||2>",
        "4^项目绩效指标|指标|指标内容|2>指标值", "2^产出指标|补助幼儿人数|2>5110人", "补助准确率|2>100%", "满意度指标|家长满意度|2>≥90%",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert form.department == ""
    assert [(i.level1, i.name) for i in form.indicators] == [
        ("产出指标", "补助幼儿人数"), ("产出指标", "补助准确率"), ("满意度指标", "家长满意度"),
    ]  # fmt: skip
    assert amounts(form)[0] == ("total", {"previous": "210.0", "budget": "255.5"})
    assert "GJ806" not in rules(tmp_path, html)
    assert "GJ806" in rules(tmp_path, html.replace("85.5", "88.5"))
