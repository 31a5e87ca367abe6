"""Performance forms of further places: two kinds of marks in one form, values of two years, a column for each grade, money said
within cells, heads marked as compulsory. Their content is made up."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.checking.check import check_document
from gouji.documents.opening import open_document
from gouji.performance import Operator, PerformanceForm
from gouji.reading import Reading, read_document

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import CATALOG, table

SELF = "<p>项目支出绩效自评表</p>"
TARGETS = "<p>项目支出绩效目标表</p>"


def read(folder: Path, html: str) -> Reading:
    path = folder / "表.html"
    path.write_text(f"<html><body>{html}</body></html>", encoding="utf-8")
    return read_document(open_document(path), CATALOG)


def forms(folder: Path, html: str) -> list[PerformanceForm]:
    return list(read(folder, html).performance)


def rules(folder: Path, html: str) -> set[str]:
    return {finding.rule for finding in check_document(read(folder, html), CATALOG)[1]}


def test_marks_of_a_merged_cell_are_given_once(tmp_path: Path) -> None:
    html = SELF + table(
        "项目名称|6>数字阅览室", "2>预算执行情况（万元）（20分）||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）", "2>|年度财政资金总额|6|6|100%|20",
        "4^年度绩效目标1（80分）|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分", "2^产出指标|2^数量指标|购置终端|12台|12台|2^50", "开通座位|30个|32个",
        "满意度指标|满意度指标|读者满意度|≥90%|94%|30", "6>总分|100",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [i.score and i.score.joint for i in form.indicators] == [False, True, False]
    assert form.execution_weight is not None
    assert form.execution_weight.value == Decimal(20)
    assert not rules(tmp_path, html) & {"GJ801", "GJ803", "GJ811"}
    assert "GJ803" in rules(tmp_path, html.replace("总分</td><td>100", "总分</td><td>98"))


def test_what_is_expected_of_the_year_stands_beside_what_the_last_one_came_to(tmp_path: Path) -> None:
    html = "<p>项目支出绩效目标批复表</p>" + table(
        "项目名称|6>驻村培训", "4^绩效指标|2^一级指标|2^二级指标|2^三级指标|2>指标值|2^指标标准", "2021年实际实现值|预期2022年实现值",
        "产出指标|数量指标|培训人次|210人次|≥240人次|", "满意度指标|服务对象满意度指标|学员满意度||≥92%|",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [i.target.text for i in form.indicators] == ["≥240人次", "≥92%"]


def test_heads_may_be_marked_and_a_target_have_its_sign_beside_it(tmp_path: Path) -> None:
    html = "<p>整体绩效目标表</p>" + table(
        "部门（单位）名称|7>价格服务所", "*年度总体绩效目标|7>做好价格认定", "一级指标|二级指标|三级指标|*指标值类型|*指标值|*计量单位|*指标解释|备注",
        "产出指标|数量指标|认定件数|定量|≥35|件|认定的件数|", "满意度指标|服务对象满意度指标|委托方满意度|定量|≥95|%|问卷|",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [(i.target.operator, i.target.low, i.target.unit) for i in form.indicators] == [
        (Operator.AT_LEAST, Decimal(35), "件"),
        (Operator.AT_LEAST, Decimal(95), "%"),
    ]
    html = SELF + table(
        "项目名称|7>百岁老人津贴", "2^一级指标|2^二级指标|2^三级指标|2^指标分值|2>预期指标值|2^单项指标实际完成值|2^自评得分", "符号|值",
        "产出指标|质量指标|发放覆盖率|60|>=|98%|100%|60", "满意度指标|服务对象满意度指标|老人满意度|40|>=|95%|97%|40", "3>自评总分|100|3>|100",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [(i.target.operator, i.target.low) for i in form.indicators] == [
        (Operator.AT_LEAST, Decimal(98)),
        (Operator.AT_LEAST, Decimal(95)),
    ]


def test_the_second_level_names_an_indicator_where_there_is_no_third(tmp_path: Path) -> None:
    html = TARGETS + table(
        "项目名称|4>大楼运行", "4^绩效指标|一级指标|二级指标|绩效标准|当年预期实现值", "2^数量指标|巡检次数|全年|200次", "维修次数|全年|≥900次", "成本指标|成本控制率||100%",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [(i.name, i.level, i.category) for i in form.indicators] == [
        ("巡检次数", "output", "quantity"),
        ("维修次数", "output", "quantity"),
        ("成本控制率", "cost", "cost"),
    ]


def test_the_best_grade_is_the_target_where_each_has_its_column(tmp_path: Path) -> None:
    html = "<p>2019年预算项目绩效目标表</p>" + table(
        "绩效目标|7>保障发放", "2^绩效指标分类|2^绩效指标|2^绩效指标描述|4>绩效指标评价标准|2^评价标准确定依据", "优|良|中|差",
        "2^产出指标|发放覆盖率|应发尽发|100%|95%|90%|90%|办法", "按标准发放率|标准|98%|90%|80%|80%|办法", "效果指标|群众满意度|问卷|90%|80%|70%|70%|问卷",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [(i.name, i.target.text) for i in form.indicators] == [
        ("发放覆盖率", "100%"),
        ("按标准发放率", "98%"),
        ("群众满意度", "90%"),
    ]


def test_a_source_of_money_that_is_not_known_leaves_the_sum_unchecked(tmp_path: Path) -> None:
    rows = ("一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|作业车辆|10辆")
    html = TARGETS + table("项目名称|3>降尘服务", "4^项目资金申请（万元）|3>资金总额： 250", "3>一、预算资金：250", "3>二、自有资金：0", "3>三、其他：0", *rows)  # fmt: skip
    assert "GJ806" not in rules(tmp_path, html)
    html = TARGETS + table("项目名称|3>农田建设", "3^资金情况（万元）|年度资金总额：|2>854万（其中示范建设295万元）", "其中：财政拨款|2>800", "其他资金|2>50", *rows)  # fmt: skip
    [form] = forms(tmp_path, html)
    total = form.money_row("total")
    assert total is not None
    assert total.amounts["budget"].printed.text == "854"
    assert "GJ806" in rules(tmp_path, html)


@pytest.mark.parametrize("source", ["其中：财政拨款|2>####", "其中：财政拨款|2>170.00"])
def test_a_source_that_its_cell_hides_is_a_source(tmp_path: Path, source: str) -> None:
    rows = ("一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|作业车辆|10辆")
    money = ("3^项目资金（万元）|年度预算资金总额|2>176.00", source, "其他资金|2>2.00")
    found = rules(tmp_path, TARGETS + table("项目名称|3>民政业务", *money, *rows))
    assert ("GJ806" in found) is ("#" not in source)
    columns = (
        "4^项目资金（万元）||年初预算数|全年执行数",
        "年度资金总额|176.00|176.00",
        f"{source.replace('2>', '')}|170.00",
        "其他资金|2.00|2.00",
    )
    found = rules(tmp_path, TARGETS + table("项目名称|3>民政业务", *columns, *rows))
    assert ("GJ806" in found) is ("#" not in source)


@pytest.mark.parametrize(("label", "told"), [("其中：财政", False), ("其中：财政拨款", True)])
def test_a_source_whose_label_its_cell_cuts_off_is_a_source(tmp_path: Path, label: str, told: bool) -> None:
    rows = ("一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|作业车辆|10辆")
    money = ("3^项目资金（万元）|年度预算资金总额|2>176.00", f"{label}|2>170.00", "其他资金|2>2.00")
    html = TARGETS + table("项目名称|3>民政业务", *money, *rows)
    assert ("GJ806" in rules(tmp_path, html)) is told


def test_money_by_nature_said_within_cells_has_to_be_the_whole(tmp_path: Path) -> None:
    html = "<p>部门整体支出绩效自评表</p>" + table(
        "预算部门、单位名称|7>河口镇人民政府", "6^年度预算申请（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|861.10|2030.12|2030.12|10|100%|10",
        "3>按收入性质分：2030.12|4>按支出性质分：1925.67", "3>其中： 一般公共预算：1325.68|4>其中：基本支出：900.47", "3>政府性基金拨款：118.82|4>项目支出：1025.20", "3>其他资金：585.62|4>",
        "一级指标|2>二级指标|三级指标|年度指标值|实际完成值|分值|得分", "产出指标|2>数量指标|保障村数|12个|12个|90|90", "6>总分|100|100",
    )  # fmt: skip
    reading = read(tmp_path, html)
    [form] = reading.performance
    assert form.body == "河口镇人民政府"
    [found] = [f for f in check_document(reading, CATALOG)[1] if f.rule == "GJ806"]
    assert "基本支出、项目支出" in found.title


def test_lines_below_the_indicators_are_none(tmp_path: Path) -> None:
    html = "<p>部门预算项目支出绩效自评表（2023年度）</p>" + table(
        "项目名称|9>设备更新", "2^项目基本情况|2>1.项目年度目标完成情况|3>项目年度目标|4>年度目标完成情况", "2>|3>更新终端20台|4>已更新20台",
        "3^绩效指标（90分）|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分", "产出指标|数量指标|更新终端|=|20|台|20|60|60", "满意度指标|满意度指标|使用人满意度|≥|95|%|96|30|30",
        "8>合计|100|", "2>评价结论|8>资金按办法支付，项目全部完成，达到预期", "5>项目负责人：|5>财务负责人：",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [i.name for i in form.indicators] == ["更新终端", "使用人满意度"]
    assert (form.goal, form.result, form.grade) == ("更新终端20台", "已更新20台", "")
    assert form.texts["conclusion"].text.startswith("资金")


def test_marks_for_the_management_stand_above_those_for_the_goals(tmp_path: Path) -> None:
    html = "<p>财政预算支出项目绩效目标自评表</p>" + table(
        "项目名称|8>道路养护", "自评总分：|8>97", "2>项目权重|2>评价内容|分值|自评分|3>评价标准及依据", "2>项目决策 5分|2>决策依据|5|5|3>计划", "2>项目管理 15分|2>财务制度|15|15|3>制度",
        "9>项目年度目标1：道路养护", "3^项目绩效 80分|一级指标|二级指标|指标名称（三级指标）|年初指标值|年终完成值|自评分|复核分|评价标准",
        "产出指标 50分|数量指标 50分|养护里程|300公里|300公里|50||", "效益指标 30分|社会效益 30分|出行便利|提升|提升|27||",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert len(form.indicators) == 4
    assert [i.level for i in form.indicators[2:]] == ["output", "benefit"]
    assert not rules(tmp_path, html) & {"GJ801", "GJ803"}


def test_a_project_is_told_from_the_programme_above_it(tmp_path: Path) -> None:
    html = TARGETS + table(
        "一级项目名称|文化发展专项|二级项目名称|展厅免费开放", "项目总投资|20万元|资金用途|业务类", "年度绩效目标|3>提高服务水平", "一级指标|二级指标|三级指标|指标目标值", "产出指标|数量指标|开放天数|=300天",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert (form.project, form.programme) == ("展厅免费开放", "文化发展专项")


def test_the_whole_cost_is_that_of_the_year_or_of_the_period(tmp_path: Path) -> None:
    html = TARGETS + table(
        "项目名称|5>车辆维修", "2^项目资金（万元）|2>中期资金总额：|170.00|年度资金总额：|340.00", "2>其中：财政拨款|170.00|其中：财政拨款|340.00",
        "一级指标|二级指标|3>三级指标|指标值", "产出指标|成本指标|3>项目总成本|≤3400000元",
    )  # fmt: skip
    assert "GJ818" not in rules(tmp_path, html)
    assert "GJ818" in rules(tmp_path, html.replace("≤3400000元", "≤3500000元"))


def test_a_head_below_the_indicators_of_another_project_begins_its_form(tmp_path: Path) -> None:
    def project(name: str, target: str) -> str:
        head = table(f"项目名称|5>{name}", "预算规模及资金用途|预算数|20.00|其中：财政资金|20.00|其他资金", f"绩效目标|5>做好{name}")  # fmt: skip
        return head + table("一级指标|二级指标|三级指标|绩效指标描述|指标值", f"产出指标|数量指标|{name}面积|面积|{target}")  # fmt: skip

    html = (
        TARGETS + project("屋面维修", "≥400平方米") + "<p>单位：万元</p>" + project("外墙维修", "≥90平方米")
    )
    found = forms(tmp_path, html)
    assert [(form.project, len(form.indicators)) for form in found] == [("屋面维修", 1), ("外墙维修", 1)]
    assert all(form.money_row("fiscal") for form in found)


@pytest.mark.parametrize("text", ["2023.07-2024.01", "2020.1.1-2020.12.31"])
def test_dates_in_figures_are_no_range_of_amounts(tmp_path: Path, text: str) -> None:
    html = TARGETS + table(
        "项目名称|3>降尘服务", "一级指标|二级指标|三级指标|指标值及单位", f"产出指标|时效指标|服务周期|{text}"
    )
    [form] = forms(tmp_path, html)
    assert form.indicators[0].target.shape == "deadline"


def test_what_a_template_asks_for_is_no_part_of_a_name(tmp_path: Path) -> None:
    html = SELF + table(
        "项目名称|4>临时救助", "一级指标|二级指标|三级指标|年度指标值|实际完成值", "产出指标|数量指标|★★★接受救助人次（≥**人次）|>=59人次|87人次", "|质量指标|指标1认定准确率|100%|100%",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [i.name for i in form.indicators] == ["接受救助人次", "认定准确率"]


def test_units_and_bounds_that_a_template_asks_for_are_those_of_bare_figures(tmp_path: Path) -> None:
    html = SELF + table(
        "项目名称|4>养殖场", "一级指标|二级指标|三级指标|年度指标值|实际完成值", "产出指标|数量指标|猪舍（≥**平方米）|22.8|22.8", "|数量指标|消毒机（≥台）|1|1",
        "满意度目标|满意度目标|满意度（≥%）|90|95",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert [(i.name, i.target.operator, i.target.unit) for i in form.indicators] == [
        ("猪舍", Operator.AT_LEAST, "㎡"),
        ("消毒机", Operator.AT_LEAST, "台"),
        ("满意度", Operator.AT_LEAST, "%"),
    ]
    assert form.indicators[2].level == "satisfaction"
    assert "GJ823" not in rules(tmp_path, html)


def test_who_fills_in_a_form_and_who_carries_it_out_are_of_one_form(tmp_path: Path) -> None:
    html = table(
        "4>项目绩效目标表", "4>填报单位：河口镇人民政府", "项目名称|3>集镇改造", "项目单位|3>河口镇村建中心", "总体目标|3>改造完成", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|改造立面|≥40处",
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert (form.project, form.body, form.goal) == ("集镇改造", "河口镇人民政府", "改造完成")


def test_sources_of_money_may_stand_in_one_cell(tmp_path: Path) -> None:
    said = "资金总额：100万元；其中：财政拨款：80万元；其他资金：20万元"
    html = TARGETS + table("项目名称|3>灯会", f"项目资金|3>{said}", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|灯组|≥10组")  # fmt: skip
    [form] = forms(tmp_path, html)
    assert {row.id: row.amounts["budget"].printed.text for row in form.money} == {
        "total": "100",
        "fiscal": "80",
        "other": "20",
    }
    assert "GJ806" in rules(tmp_path, html.replace("20万元", "25万元"))


def test_two_texts_beside_the_goal_are_what_was_wanted_and_what_came_of_it(tmp_path: Path) -> None:
    html = SELF + table("项目名称|3>灯会", "年度总体目标|2>办灯会3场|已办灯会2场", "一级指标|二级指标|年度指标值|实际完成值", "产出指标|灯会场数|3场|2场")  # fmt: skip
    [form] = forms(tmp_path, html)
    assert (form.goal, form.result) == ("办灯会3场", "已办灯会2场")


def test_targets_of_a_list_of_projects_may_be_text_in_a_cell(tmp_path: Path) -> None:
    told = "【总体目标】<br>办好展览<br>【产出指标-数量指标】<br>指标1:展览数量(≥6个)<br>指标2:讲解场次(≥120场)<br>【满意度指标-服务对象满意度指标】<br>指标1:观众满意度(≥90%)"
    html = "<p>2025年项目绩效目标和指标</p>" + table(
        "单位编码|单位名称（支出项目）|年度预算安排|项目内容|绩效目标", "037001|某市博物馆|1681680||", "037001|陈列展览经费|680000|【项目概况】:办展览|" + told,
    )  # fmt: skip
    [form] = forms(tmp_path, html)
    assert (form.project, form.goal) == ("陈列展览经费", "办好展览")
    assert [(i.name, i.target.text, i.category) for i in form.indicators] == [
        ("展览数量", "≥6个", "quantity"),
        ("讲解场次", "≥120场", "quantity"),
        ("观众满意度", "≥90%", "served"),
    ]
