"""Layouts that finance bureaus publish, in texts of our own: marks without targets, weights beside levels, goals with
indicators of their own, amounts beside their labels, targets that were adjusted. Each reads in full, and one wrong
figure in it is found."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.checking.check import check_document
from gouji.checking.result import Severity

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import CATALOG, table
from test_performance_places import reading


def titled(title: str, *rows: str) -> str:
    return f"<p>{title}</p>" + table(*rows)


LEVEL_WEIGHTS = titled(
    "部门整体支出绩效自评评分表", "6>评价指标|2^指标说明|2^评分标准|2^自评分", "一级指标|权重|二级指标|权重|三级指标|权重",
    "2^履职效能|2^60|整体效能|40|整体绩效目标产出完成情况|40|反映产出|按比例计分|39", "专项效能|20|专项资金目标完成情况|20|反映专项|按比例计分|20",
    "2^管理效率|2^40|预算执行|20|预算编制约束性|20|反映调剂|超过5%扣分|18", "信息公开|20|公开合规性|20|反映公开|不合规扣分|20", "4>合计|4>100|97",
)  # fmt: skip
NAMED_AND_WEIGHTED = titled(
    "部门整体支出绩效评价评分表", "2>一级指标|2>二级指标|2>三级指标|2^评分标准|2^评价得分", "名称|权重|名称|权重|名称|权重(%)",
    "2^过程|2^40|预算管理|20|预算执行率|20|按比例计分|19", "绩效目标|20|绩效目标明确性|20|量化得满分|20", "产出|60|产出数量|60|完成项目数|60|按比例计分|60",
    "4>合计|2>100||99",
)  # fmt: skip
MARKS = titled(
    "社区食堂补助项目绩效评价指标评分表", "一级指标|二级指标|三级指标|分值|评价标准|得分|扣分原因",
    "2^决策（20分）|项目立项|立项依据充分性|8|充分得满分|8|", "绩效目标|绩效目标明确性|12|量化得满分|10|两项没有量化",
    "产出（50分）|产出数量|补助食堂数|50|按比例计分|50|", "效益（30分）|项目效益|老人满意度|30|达到90%得满分|29|差一点", "3>合计|100||97|",
)  # fmt: skip
EX_ANTE = titled(
    "新增项目事前绩效评估评分表", "项目名称|5>智慧停车平台", "项目单位|2>城管局|评估方式|2>专家评估", "一级指标|二级指标|评估要点|分值|评估得分|扣分说明",
    "2^立项必要性|政策相关性|与规划是否相关|20|20|", "需求迫切性|需求是否迫切|20|17|调查样本少", "投入经济性|成本合理性|测算是否有依据|60|55|两项单价没有依据",
    "3>合计|100|92|", "评估结论|5>予以支持", "评估意见|5>压减软件预算。",
)  # fmt: skip
GOALS = titled(
    "2024年度民政局整体绩效自评表", "单位名称|6>澄湖民政局", "基本支出总额|2>1200.50|2>项目支出总额|2>3400.00",
    "2^预算执行情况（万元）（20分）||预算数（A）|执行数（B）|执行率（B/A）|2>得分（20分*执行率）", "部门整体支出总额|4600.50|4508.49|98.00%|2>19.60",
    "年度目标1：（40分）|6>保障困难群众。", "2^年度绩效指标|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分", "产出指标|数量指标|发放低保金人次|≥12万人次|12.6万人次|40",
    "年度目标2：（40分）|6>提升养老服务。", "3^年度绩效指标|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分", "产出指标|数量指标|新建养老床位|≥200张|180张|27",
    "满意度指标|服务对象满意度指标|老年人满意度|≥90%|94%|10", "6>总分|96.60", "偏差大或目标未完成原因分析|6>一处用地调整。",
)  # fmt: skip
BESIDE_LABELS = titled(
    "项目支出绩效目标完成情况表", "项目名称|5>图书馆建设", "预算单位|5>青岚图书馆", "3^预算执行情况（万元）|预算数：|86.00|执行数：|2>84.60",
    "其中-财政拨款：|80.00|其中-财政拨款：|2>78.60", "其它资金：|6.00|其它资金：|2>6.00", "2^年度目标完成情况|3>预期目标|2>实际完成目标", "3>建借阅区。|2>已建成。",
    "3^绩效指标完成情况|一级指标|二级指标|三级指标|预期指标值（包含数字及文字描述）|实际完成指标值（包含数字及文字描述）",
    "项目完成指标|数量指标|自助借阅区|2个|2个", "效益指标|社会效益指标|年接待读者|≥60万人次|71万人次",
)  # fmt: skip
ADJUSTED = titled(
    "2024年度项目绩效自评表", "项目名称|3>江岸修复|项目编码|2>24T003|自评总分（分）|98.58", "主管部门|3>林业局|财政归口处室|4>农业科",
    "2^资金情况（万元）||年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重（分）|2>执行率得分（分）", "年度总金额|300.00|280.00|260.00|92.86|10|2>9.29",
    "2^绩效目标|3>年初绩效目标|3>全年（调整）绩效目标|2>全年目标实际完成情况", "3>修复6公里。|3>修复5公里。|2>修复5公里。",
    "指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|得分系数（%）|指标权重（分）|指标得分（分）",
    "修复岸线长度|公里|≥|6|5|5|100|50|50", "苗木成活率|%|≥|95|—|93.1|98|40|39.29",
)  # fmt: skip
TWO_PERIODS = titled(
    "项目支出绩效目标申报表", "2>项目名称|3>档案数字化|2>项目属性|延续项目", "2>主管部门|3>档案局|2>实施单位|档案馆",
    "2>2^项目资金（万元）|2>中期资金总额：|240.00|2>年度资金总额：|80.00", "2>其中：财政拨款|240.00|2>其中：财政拨款|80.00",
    "2>2^总体目标|3>中期目标（2025年—2027年）|3>年度目标", "3>完成900万页。|3>完成300万页。",
    "2^绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值", "产出指标|数量指标|数字化页数|≥900万页|数量指标|数字化页数|≥300万页",
)  # fmt: skip
BELOW_A_COMMON_HEAD = titled(
    "部门预算项目绩效目标表", "2^预算单位|2^项目名称|2^资金总额|2^绩效目标|5>绩效指标|2^权重", "一级指标|二级指标|三级指标|指标值|度量单位",
    "2^园林所|2^绿地养护|2^210.00|2^养护绿地。|产出指标|数量指标|养护面积|≥92|公顷|60", "满意度指标|服务对象满意度指标|市民满意度|≥90|%|30",
    "2^园林所|2^行道树修剪|2^36.50|2^修剪行道树。|产出指标|数量指标|修剪株数|≥8000|株|80", "效益指标|社会效益指标|倒伏险情下降率|≥10|%|20",
)  # fmt: skip
TASKS = titled(
    "部门整体支出绩效自评表", "部门名称|7>文旅局", "3^年度主要任务|任务名称|2>主要内容|预算数（万元）|执行数（万元）|分值|得分", "群众文化|2>送戏下乡|200.00|190.00|20|19",
    "文物保护|2>修缮三处|300.00|300.00|20|20", "3^年度绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分", "产出指标|数量指标|送戏场次|≥120场|126场|40|40",
    "满意度指标|服务对象满意度指标|观众满意度|≥90%|97%|20|20", "6>总分|100|99",
)  # fmt: skip
DEPARTMENT = titled(
    "部门整体支出绩效目标表", "2>部门（单位）名称|4>石桥县水务局", "6^年度主要任务|2^任务名称|2^主要内容|3>预算金额（万元）", "总额|财政拨款|其他资金",
    "供水|改造管网|120.50|100.50|20.00", "节水|建设节水型单位|30.00|30.00|", "任务3||||", "2>金额合计|150.50|130.50|20.00", "年度总体目标|5>保障供水。",
    "3^年度绩效指标|一级指标|二级指标|三级指标|2>指标值", "产出指标|数量指标|改造管网|2>≥30公里", "满意度指标|服务对象满意度指标|用户满意度|2>≥90%",
)  # fmt: skip
SUMMED_WITHOUT_EXECUTION = titled(
    "2024年度项目支出绩效自评表", "项目名称|6>加装电梯", "2^项目资金（万元）||年初预算数|调整后预算数|执行数|执行率|得分（10分）", "年度资金总额|600.00|560.00|560.00|100.00%|10",
    "一级指标|二级指标|三级指标|目标值|完成值|权重|得分", "产出|数量|加装电梯台数|28台|28台|60|60", "满意度|满意度|居民满意度|≥85%|92%|30|30", "5>合计|90|90",
)  # fmt: skip
CLEAN = (
    LEVEL_WEIGHTS, NAMED_AND_WEIGHTED, MARKS, EX_ANTE, GOALS, BESIDE_LABELS, ADJUSTED, TWO_PERIODS, BELOW_A_COMMON_HEAD, TASKS,
    SUMMED_WITHOUT_EXECUTION, DEPARTMENT,
)  # fmt: skip


@pytest.mark.parametrize("body", CLEAN)
def test_nothing_is_found_in_what_is_right(tmp_path: Path, body: str) -> None:
    _, findings = check_document(reading(tmp_path, body), CATALOG)
    assert [finding.title for finding in findings if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("body", "old", "new", "rule"),
    [
        (LEVEL_WEIGHTS, "<td>39</td>", "<td>37</td>", "GJ803"),
        (LEVEL_WEIGHTS, "<td>18</td>", "<td>21</td>", "GJ804"),
        (LEVEL_WEIGHTS, '<td rowspan="2">60</td>', '<td rowspan="2">50</td>', "GJ802"),
        (NAMED_AND_WEIGHTED, "<td>19</td>", "<td>16</td>", "GJ803"),
        (MARKS, "<td>10</td>", "<td>12.5</td>", "GJ804"),
        (MARKS, "产出（50分）", "产出（40分）", "GJ802"),
        (MARKS, "两项没有量化", "", "GJ808"),
        (EX_ANTE, "<td>92</td>", "<td>93</td>", "GJ803"),
        (GOALS, "96.60", "97.60", "GJ803"),
        (GOALS, "98.00%", "99.00%", "GJ805"),
        (GOALS, "3400.00", "3300.00", "GJ806"),
        (BESIDE_LABELS, "78.60", "76.60", "GJ806"),
        (BESIDE_LABELS, "71万人次", "≥71万人次", "GJ809"),
        (ADJUSTED, "98.58", "99.58", "GJ803"),
        (ADJUSTED, "9.29", "9.92", "GJ805"),
        (TWO_PERIODS, ">80.00</td></tr><tr><td colspan", ">90.00</td></tr><tr><td colspan", "GJ806"),
        (BELOW_A_COMMON_HEAD, "<td>30</td>", "<td>35</td>", "GJ801"),
        (TASKS, "<td>19</td>", "<td>17</td>", "GJ803"),
        (TASKS, "<td>20</td></tr><tr><td rowspan", "<td>21</td></tr><tr><td rowspan", "GJ836"),
        (DEPARTMENT, "<td>150.50</td>", "<td>105.50</td>", "GJ835"),
        (DEPARTMENT, "<td>30.00</td><td>30.00</td>", "<td>30.00</td><td>33.00</td>", "GJ835"),
        (SUMMED_WITHOUT_EXECUTION, "<td>30</td></tr>", "<td>29</td></tr>", "GJ803"),
    ],
)
def test_one_wrong_figure_is_found(tmp_path: Path, body: str, old: str, new: str, rule: str) -> None:
    assert old in body
    _, findings = check_document(reading(tmp_path, body.replace(old, new, 1)), CATALOG)
    assert rule in {finding.rule for finding in findings}


def test_marks_have_levels_weights_and_causes_but_no_targets(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, MARKS).performance
    assert form.kind == "self_evaluation"
    assert [(i.level, i.level2, i.name, i.weight.text if i.weight else "", i.cause) for i in form.indicators] == [
        ("decision", "项目立项", "立项依据充分性", "8", ""), ("decision", "绩效目标", "绩效目标明确性", "12", "两项没有量化"),
        ("output", "产出数量", "补助食堂数", "50", ""), ("benefit", "项目效益", "老人满意度", "30", "差一点"),
    ]  # fmt: skip


@pytest.mark.parametrize("body", [LEVEL_WEIGHTS, NAMED_AND_WEIGHTED])
def test_weights_beside_levels_are_those_of_the_levels(tmp_path: Path, body: str) -> None:
    (form,) = reading(tmp_path, body).performance
    assert [i.weight.value for i in form.indicators if i.weight] == (
        [40, 20, 20, 20] if body is LEVEL_WEIGHTS else [20, 20, 60]
    )
    assert sum(form.level_shares.values()) == Decimal(100)
    assert not any(re.search("名称|权重", i.name) for i in form.indicators)


def test_an_ex_ante_evaluation_has_a_conclusion(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, EX_ANTE).performance
    assert (form.kind, form.project, form.body) == ("ex_ante", "智慧停车平台", "城管局")
    assert [i.level for i in form.indicators] == ["necessity", "necessity", "economy"]
    assert {id: words.text for id, words in form.texts.items()} == {
        "conclusion": "予以支持",
        "opinion": "压减软件预算。",
    }


def test_goals_with_indicators_of_their_own_are_one_form(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, GOALS).performance
    assert [i.name for i in form.indicators] == ["发放低保金人次", "新建养老床位", "老年人满意度"]
    assert form.goal == "保障困难群众。提升养老服务。"
    assert {row.id for row in form.money} == {"basic", "project", "total"}
    assert form.texts["causes"].text == "一处用地调整。"


def test_amounts_beside_their_labels(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, BESIDE_LABELS).performance
    assert {row.id: [a.printed.text for a in row.amounts.values()] for row in form.money} == {
        "total": ["86.00", "84.60"], "fiscal": ["80.00", "78.60"], "other": ["6.00", "6.00"],
    }  # fmt: skip
    assert (form.project, form.goal, form.result) == ("图书馆建设", "建借阅区。", "已建成。")


def test_an_adjusted_target_is_what_counts(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, ADJUSTED).performance
    assert [i.target.low for i in form.indicators] == [5, 95]
    assert form.total_score is not None
    assert form.total_score.text == "98.58"
    assert not form.explains


def test_the_goal_of_the_whole_period_is_not_the_years(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, TWO_PERIODS).performance
    assert (form.goal, form.texts["cycle_goal"].text) == ("完成300万页。", "完成900万页。")
    assert [(row.id, row.block, row.amounts["budget"].printed.text) for row in form.money] == [
        ("total", 0, "240.00"), ("total", 1, "80.00"), ("fiscal", 0, "240.00"), ("fiscal", 1, "80.00"),
    ]  # fmt: skip


def test_a_list_of_projects_whose_indicators_have_a_head_in_common(tmp_path: Path) -> None:
    forms = reading(tmp_path, BELOW_A_COMMON_HEAD).performance
    assert [(form.body, form.project, form.goal, len(form.indicators)) for form in forms] == [
        ("园林所", "绿地养护", "养护绿地。", 2),
        ("园林所", "行道树修剪", "修剪行道树。", 2),
    ]


def test_tasks_have_their_money_and_their_score(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, TASKS).performance
    assert [(t.name, t.content, t.spent.printed.text if t.spent else "", t.score.text if t.score else "") for t in form.tasks] == [
        ("群众文化", "送戏下乡", "190.00", "19"), ("文物保护", "修缮三处", "300.00", "20"),
    ]  # fmt: skip


def test_tasks_by_source_and_their_total(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, DEPARTMENT).performance
    assert [(t.name, t.budget.printed.text if t.budget else "", sorted(t.sources)) for t in form.tasks] == [
        ("供水", "120.50", ["fiscal", "other"]), ("节水", "30.00", ["fiscal"]),
    ]  # fmt: skip
    assert [(row.id, row.amounts["budget"].printed.text) for row in form.money] == [
        ("total", "150.50"), ("fiscal", "130.50"), ("other", "20.00"),
    ]  # fmt: skip
    assert [i.name for i in form.indicators] == ["改造管网", "用户满意度"]
