"""Performance forms of many layouts, in texts of our own; and how much of the real ones is read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.documents.opening import open_document
from gouji.performance import Operator, PerformanceForm, Shape
from gouji.reading import read_document

CATALOG = load_catalog()


def read(folder: Path, body: str, name: str = "表.html") -> list[PerformanceForm]:
    path = folder / name
    path.write_text(body if name.endswith("txt") else f"<html><body>{body}</body></html>", encoding="utf-8")
    return read_document(open_document(path), CATALOG).performance


def table(*rows: str) -> str:
    """Rows of cells parted by ``|``; ``2>文字`` reaches over two columns, ``3^文字`` over three rows."""
    html = ""
    for row in rows:
        html += "<tr>"
        for cell in row.split("|"):
            span = ""
            text = cell
            while text[:1].isdigit() and text[1:2] in (">", "^"):
                span += f' {"colspan" if text[1] == ">" else "rowspan"}="{text[0]}"'
                text = text[2:]
            html += f"<td{span}>{text}</td>"
        html += "</tr>"
    return f"<table>{html}</table>"


def test_one_form_per_project_with_money_goal_and_merged_levels(tmp_path: Path) -> None:
    (form,) = read(tmp_path, "<p>项目支出绩效目标表</p>" + table(
        "2>项目名称|3>灯会经费", "2>主管部门|文旅局|实施单位|文化馆", "3^项目资金（万元）|2>年度资金总额：|2>120.00",
        "2>其中：财政拨款|2>100.00", "2>其他资金|2>20.00", "总体目标|4>办好灯会",
        "4^绩效指标|一级指标|二级指标|三级指标|指标值", "2^产出指标|数量指标|指标1：灯组数量|≥30组",
        "质量指标|验收合格率|=100%", "满意度指标|服务对象满意度指标|游客满意度|90%以上",
    ))  # fmt: skip
    assert (form.project, form.department, form.body, form.goal) == (
        "灯会经费",
        "文旅局",
        "文化馆",
        "办好灯会",
    )
    assert [(row.id, str(row.amounts["budget"].printed.value)) for row in form.money] == [
        ("total", "120.00"), ("fiscal", "100.00"), ("other", "20.00"),
    ]  # fmt: skip
    assert [
        (i.name, i.level, i.category, i.target.operator.value, i.target.unit) for i in form.indicators
    ] == [
        ("灯组数量", "output", "quantity", "≥", "组"),
        ("验收合格率", "output", "quality", "=", "%"),
        ("游客满意度", "satisfaction", "served", "≥", "%"),
    ]


def test_a_list_of_projects_with_operator_and_unit_columns(tmp_path: Path) -> None:
    forms = read(tmp_path, "<p>项目支出绩效目标表</p>" + table(
        "2^项目名称|2^项目总额|2>其中：|2^绩效目标|2^一级指标|2^二级指标|2^三级指标|2^绩效指标性质|2^本年绩效指标值|2^绩效度量单位",
        "财政资金|其他资金",
        "2^甲项目|2^12.5|2^12.5|2^|2^目标甲|成本指标|经济成本指标|项目总成本|≤|12.5|万元", "产出指标|数量指标|场次|≥|3|场",
        "乙项目|7|5|2|目标乙|效益指标|社会效益指标|影响力|定性|优|",
    ))  # fmt: skip
    assert [(form.project, form.goal, len(form.indicators)) for form in forms] == [
        ("甲项目", "目标甲", 2),
        ("乙项目", "目标乙", 1),
    ]
    assert forms[0].indicators[0].target.low == 125000
    assert forms[1].indicators[0].target.operator is Operator.QUALITATIVE
    assert [row.id for row in forms[1].money] == ["total", "fiscal", "other"]


def test_weights_without_levels(tmp_path: Path) -> None:
    (form,) = read(tmp_path, "<p>部门整体绩效目标表</p>" + table(
        "6>当年整体绩效目标", "6>保障运转", "3^绩效指标|指标名称|指标性质|指标值|计量单位|指标权重(%)",
        "办结率|≥|90|%|60", "场次|=|4|次|40",
    ))  # fmt: skip
    assert form.scope == "department"
    assert form.goal == "保障运转"
    assert [(i.name, i.weight.text if i.weight else "") for i in form.indicators] == [
        ("办结率", "60"),
        ("场次", "40"),
    ]


SELF_EVALUATION = table(
    "2>项目名称|6>科普活动", "2>主管部门|2>科协|2>实施单位|2>科技馆",
    "4^项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|90.00|100.00|87.82|10|87.82%|8.8",
    "其中：当年财政拨款|90.00|95.00|82.82|—||—", "其他资金||5.00|5.00|—||—",
    "年度总体目标|3>预期目标|4>实际完成情况", "|3>办好科普日|4>如期办成",
)  # fmt: skip
INDICATORS = table(
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    "2^产出指标（50分）|数量指标|活动场次|≥20场|24场|30|30|", "质量指标|报告质量|优良|良好|20|18|两篇退回修改，下年提前初审",
    "效益指标（30分）|社会效益指标|受众人次|≥10万人次|11万人次|30|30|", "满意度指标（10分）|服务对象满意度指标|观众满意度|≥90%|98%|10|10|",
    "5>总分|100|96.8|",
)  # fmt: skip


def test_a_self_evaluation(tmp_path: Path) -> None:
    (form,) = read(
        tmp_path,
        "<p>项目支出绩效自评表</p>"
        + SELF_EVALUATION.removesuffix("</table>")
        + INDICATORS.removeprefix("<table>"),
    )
    assert form.kind == "self_evaluation"
    printed = [share.text if share else None for share in
               (form.execution_weight, form.execution_rate, form.execution_score, form.total_weight, form.total_score)]  # fmt: skip
    assert printed == ["10", "87.82%", "8.8", "100", "96.8"]
    assert {row.id: sorted(row.amounts) for row in form.money} == {
        "total": ["budget", "initial", "spent"], "fiscal": ["budget", "initial", "spent"], "other": ["budget", "spent"],
    }  # fmt: skip
    assert [i.actual.text for i in form.indicators if i.actual] == ["24场", "良好", "11万人次", "98%"]
    assert form.indicators[1].cause.startswith("两篇退回")
    assert list(form.level_shares.values()) == [50, 30, 10]


def test_blank_templates_hold_no_indicators(tmp_path: Path) -> None:
    assert read(tmp_path, "<p>专项资金绩效目标表</p>" + table(
        "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|指标1：|", "产出指标|数量指标|……|",
    )) == []  # fmt: skip


def test_other_tables_are_left_alone(tmp_path: Path) -> None:
    assert (
        read(
            tmp_path,
            "<p>部门收支总表</p>" + table("项目|金额|项目|金额", "一般公共预算|10.00|教育支出|10.00"),
        )
        == []
    )


FLAT = """
项目支出名称 科普活动经费

主管部门 某某局 实施单位 某某馆

年初预算数 全年预算数 全年执行数 分值 执行率 自评得分

年度资金总额 90.00 100.00 87.82 10 87.82% 8.8
其中：当年财政拨款 90.00 100.00 87.82

一级指标 二级指标 三级指标 年度指标值 实际完成值 分值
自评得

分
偏差原因分析
及改进措施

产出指标

(50分)
数量指标

开展科普讲
座活动

≥20场 24场 25 25

场馆参观人

次
≥100 万人
次

290.63 万人
次

25 25

效益指标

（30分）
社会效
益指标

提升公众科
学素养

有所提升 有所提升 30 28
问卷样本不足

服务对
象满意
度指标

观众满意度 ≥90% 98% 10 10

总分 100 96.8
"""


def test_flattened_lines(tmp_path: Path) -> None:
    (form,) = read(tmp_path, FLAT, "表.txt")
    assert (form.project, form.department, form.body) == ("科普活动经费", "某某局", "某某馆")
    assert [
        (i.name, i.target.text, i.actual.text if i.actual else "", i.category) for i in form.indicators
    ] == [
        ("开展科普讲座活动", "≥20场", "24场", "quantity"),
        ("场馆参观人次", "≥100万人次", "290.63万人次", "quantity"),
        ("提升公众科学素养", "有所提升", "有所提升", "social"),
        ("观众满意度", "≥90%", "98%", "served"),
    ]
    assert form.indicators[2].cause == "问卷样本不足"
    assert form.total_score is not None
    assert form.total_score.text == "96.8"


@pytest.mark.parametrize(
    ("file", "forms", "rows"),
    [("fuzhou-03.pdf", 14, 88), ("chongqing-03.pdf", 3, 34), ("swu-2023-yusuan.pdf", 24, 233), ("yantai-03.pdf", 21, 176),
     ("xian-07.pdf", 6, 165), ("beijing-04.pdf", 9, 68)],
)  # fmt: skip
def test_real_forms(shared: Path, file: str, forms: int, rows: int) -> None:
    """Six places, as counted on their pages. Few rows are not one value, and every row of a real form has a name."""
    found = read_document(open_document(shared / "corpus" / file), CATALOG).performance
    assert (len(found), sum(len(form.indicators) for form in found)) == (forms, rows)
    shapes = Counter(i.target.shape for form in found for i in form.indicators)
    assert shapes[Shape.COMPOUND] <= rows * 0.02
    assert all(i.name for form in found for i in form.indicators)
