"""Forms as other places print them, in texts of our own: wordings of heads, shapes, and what checking makes of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gouji.checking.check import check_document
from gouji.documents.opening import open_document
from gouji.performance import PerformanceForm
from gouji.reading import Reading, read_document

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import CATALOG, table


def reading(folder: Path, body: str) -> Reading:
    path = folder / "表.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return read_document(open_document(path), CATALOG)


def read(folder: Path, body: str) -> PerformanceForm:
    (form,) = reading(folder, body).performance
    return form


def rules(folder: Path, body: str) -> set[str]:
    return {finding.rule for finding in check_document(reading(folder, body), CATALOG)[1]}


def self_evaluation(score: str = "10", actual: str = "52个") -> str:
    """A form with its total above the indicators' levels, as an eastern province prints it."""
    return "<p>项目支出绩效自评表</p>" + table(
        "2>项目名称|6>镇区道路养护", "2>主管部门|2>某镇政府|2>项目实施单位|2>某镇政府",
        "4^项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额：|90|90|89.97|10|99.97%|10",
        "其中：本年财政拨款|90|90|89.97|||", "上年结转资金||||||",
        "2^年度总体目标|3>年初设定目标|4>年度总体目标完成情况", "3>养护道路|4>如期完成",
        "一级指标|二级指标|三级指标|年初设定指标值|全年实际完成值|分值（权重）|自评得分（分）|未完成原因及改进措施",
        f"3^产出指标|数量指标|养护路段数量|≥50个|{actual}|20|20|", "质量指标|验收合格率|≥100百分比|100百分比|20|20|",
        f"成本指标|项目总成本|≤90万元|89.97万元|10|{score}|", "效益指标|社会效益指标|通行条件|明显改善|达成预期指标|30|30|",
        "满意度指标|服务对象满意度指标|居民满意度|≥90%|95%|10|10|", "5>总得分|100|100|",
    )  # fmt: skip


def test_wordings_of_another_province(tmp_path: Path) -> None:
    form = read(tmp_path, self_evaluation())
    assert (form.kind, form.project, form.body, form.goal, form.result) == (
        "self_evaluation", "镇区道路养护", "某镇政府", "养护道路", "如期完成",
    )  # fmt: skip
    assert [row.id for row in form.money] == ["total", "fiscal"]
    assert [(i.actual.text, i.score.text) for i in form.indicators if i.actual and i.score][:2] == [
        ("52个", "20"),
        ("100百分比", "20"),
    ]
    assert form.indicators[1].target.unit == "%"
    assert form.total_score is not None
    assert rules(tmp_path, self_evaluation()) == set()


@pytest.mark.parametrize(
    ("form", "rule"),
    [(self_evaluation(score="8"), "GJ803"), (self_evaluation(actual="40个"), "GJ807"), (self_evaluation(actual="≥50个"), "GJ809")],
)  # fmt: skip
def test_what_is_wrong_in_it_is_found(tmp_path: Path, form: str, rule: str) -> None:
    assert rule in rules(tmp_path, form)


MONITORING = "<p>项目支出绩效目标执行监控表</p>" + table(
    "2>项目名称|8>科普活动", "2>主管部门|3>科协|2>实施单位|3>科技馆",
    "3^项目资金（万元）||年初预算数|1-7月执行数|1-7月执行率|5>全年预计执行数", "年度资金总额：|100.00|41.20|41.20%|5>98.00",
    "其中：本年财政拨款|100.00|41.20|41.20%|5>98.00",
    "一级指标|二级指标|三级指标|年度指标值|1-7月执行情况|全年预计完成情况|原因分析|完成目标可能性|备注|",
    "产出指标|数量指标|讲座|≥20场|9场|22场||确定能||", "产出指标|质量指标|合格率|≥95%|97%|97%||确定能||",
    "效益指标|社会效益指标|受众|≥3万人次|0.9万人次|2.6万人次|活动集中在下半年|有可能||",
)  # fmt: skip


def test_a_form_of_monitoring_is_no_self_evaluation(tmp_path: Path) -> None:
    """What is not reached in July is no defect."""
    form = read(tmp_path, MONITORING)
    assert (form.kind, form.project) == ("monitoring", "科普活动")
    assert [(i.name, i.target.text, i.actual.text) for i in form.indicators if i.actual] == [
        ("讲座", "≥20场", "9场"), ("合格率", "≥95%", "97%"), ("受众", "≥3万人次", "0.9万人次"),
    ]  # fmt: skip
    assert rules(tmp_path, MONITORING) == set()


def test_the_form_of_a_department_with_a_conclusion(tmp_path: Path) -> None:
    form = read(tmp_path, "<p>2024年度部门整体支出绩效自评情况表</p>" + table(
        "2>部门（单位）名称|5>某局", "2>年度总体目标|5>保障履职",
        "一级指标|二级指标|三级指标|全年指标值|指标完成值|权数|实际得分", "产出指标|数量指标|办理事项|≥300件|312件|50|50",
        "效益指标|社会效益指标|办事便利程度|提高|提高|40|38", "满意度指标|服务对象满意度|群众满意度|≥90%|93%|10|10",
        "5>总得分|100|98", "2>评价结论|5>优",
    ))  # fmt: skip
    assert (form.scope, form.body, form.grade) == ("department", "某局", "优")
    assert [i.category for i in form.indicators] == ["quantity", "social", "served"]


def test_an_application_with_goals_for_years_and_for_the_year(tmp_path: Path) -> None:
    form = read(tmp_path, "<p>项目支出绩效目标申报表</p>" + table(
        "2>预算项目名称|4>智慧档案", "2>业务主管部门|2>档案局|填报单位|档案馆", "2>长期目标|4>三年建成",
        "3^项目资金（万元）|2>年度总预算|3>60.00", "2>其中：财政补助资金|3>50.00", "2>自筹资金|3>10.00",
        "一级指标|二级指标|三级指标内容|年度绩效指标值|备注|", "产出指标|数量指标|扫描页数|≥20万页||", "产出指标|成本控制指标|总成本|≤60万元||",
    ))  # fmt: skip
    assert (form.kind, form.project, form.body, form.goal) == ("targets", "智慧档案", "档案馆", "三年建成")
    assert [(row.id, str(row.amounts["budget"].printed.value)) for row in form.money] == [
        ("total", "60.00"), ("fiscal", "50.00"), ("other", "10.00"),
    ]  # fmt: skip
    assert len(form.indicators) == 2


def test_targets_of_the_whole_period_beside_those_of_the_year(tmp_path: Path) -> None:
    form = read(tmp_path, "<p>项目支出绩效目标申报表</p>" + table(
        "2>项目名称|5>智慧档案", "2>主管部门|5>档案局",
        "一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值",
        "2^产出指标|数量指标|扫描页数|≥60万页|数量指标|扫描页数|≥20万页", "时效指标|完工时间|三年|质量指标|差错率|≤1%",
        "满意度指标|服务对象满意度指标|||服务对象满意度指标|查档者满意度|≥95%",
    ))  # fmt: skip
    found = [
        (i.name, i.level, i.target.text, i.cycle_target.text if i.cycle_target else "")
        for i in form.indicators
    ]
    assert found == [
        ("扫描页数", "output", "≥20万页", "≥60万页"), ("完工时间", "output", "三年", ""), ("差错率", "output", "≤1%", ""),
        ("查档者满意度", "satisfaction", "≥95%", ""),
    ]  # fmt: skip
