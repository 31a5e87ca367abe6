"""For every rule about performance: a form that it is about, and one that it must leave alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.checking.check import check_document
from gouji.documents import Document, Paragraph, Table
from gouji.documents import Place as DocumentPlace
from gouji.performance import PerformanceForm, Words
from gouji.reading import Reading
from gouji.reading.prose import read_prose
from gouji.reading.result import Scope

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from performance.rows import CATALOG, PLACE, form, indicator, money


def found_by(*forms: PerformanceForm, text: str = "") -> set[str]:
    lines: list[Paragraph | Table] = [Paragraph(text, DocumentPlace(None, None, "第1行"))] if text else []
    document = Document(Path("自评.txt"), "text", [], lines)
    reading = Reading("自评.txt", document, Scope(), [], [], read_prose(document), performance=list(forms))
    account, findings = check_document(reading, CATALOG)
    assert not [why for _, why in account.coverage.not_checked if "检查程序出错" in why]
    return {finding.rule for finding in findings}


def scored(name: str, target: str, actual: str, weight: str = "10", score: str = "10", **more: str) -> object:
    return indicator(name, target, actual, weight=weight, score=score, **more)


def cases() -> Iterator[tuple[str, list[PerformanceForm], list[PerformanceForm]]]:
    """Rule, wrong, right."""
    row = scored("讲座", "≥20场", "24场", "90", "90")
    yield (
        "GJ801",
        [form(row, execution_weight="10", total_weight="110")],
        [
            form(row, execution_weight="10", total_weight="100"),
            form(row, total_weight="90"),
            form(row, execution_weight="10"),
        ],
    )
    levels = form(row)
    levels.level_shares = {"产出指标": row.weight.value}
    wrong_levels = form(row)
    wrong_levels.level_shares = {"产出指标": row.weight.value + 5}
    yield "GJ802", [wrong_levels], [levels]
    yield (
        "GJ803",
        [form(row, execution_score="8.8", total_score="99.8")],
        [form(row, execution_score="8.8", total_score="98.8"), form(row, total_score="90")],
    )
    asked, told = form(row), form(row)
    asked.result = "对照年度目标，说明相关任务目标的完成情况（100字以内）"
    told.result = "目标全部完成，见年度总结（约100字）。"
    yield "GJ838", [asked], [told]
    yield (
        "GJ837",
        [
            form(scored("演出", "≥20场", "52场", cause="受场地限制，未完成计划场次")),
            form(scored("演出", "≥20场", "15场", score="7.5", cause="观众多，超额完成任务")),
        ],
        [
            form(scored("演出", "≥20场", "52场", cause="上年未完成的场次移到本年，超额完成")),
            form(scored("演出", "≥20场", "15场", score="7.5", cause="受场地限制，未完成计划场次")),
            form(scored("演出", "≥20场", "52场", score="8", cause="两场未按计划的时间举行")),
            form(scored("支出", "≤20万元", "15万元", cause="部分采购未完成")),
        ],
    )
    yield "GJ804", [form(scored("讲座", "≥20场", "24场", "2", "3"))], [form(row)]
    executed = form(row, execution_weight="10", execution_rate="87.82%", execution_score="8.8")
    executed.money.append(money("total", budget="10220.32", spent="8975.93"))
    misstated = form(row, execution_weight="10", execution_rate="97.82%", execution_score="8.8")
    misstated.money.append(money("total", budget="10220.32", spent="8975.93"))
    misscored = form(row, execution_weight="10", execution_rate="87.82%", execution_score="9.8")
    misscored.money.append(money("total", budget="10220.32", spent="8975.93"))
    yield "GJ805", [misstated, misscored], [executed]
    summed, unsummed = form(row), form(row)
    summed.money += [
        money("total", budget="120.00"),
        money("fiscal", budget="100"),
        money("other", budget="20.00"),
    ]
    unsummed.money += [money("total", budget="120.00"), money("fiscal", budget="100.00")]
    yield "GJ806", [unsummed], [summed]
    yield (
        "GJ807",
        [form(scored("讲座", "≥20场", "18场")), form(scored("发放及时率", "100%", "90%", level2="时效指标"))],
        [
            form(scored("发放周期率", "95%", "90%", level2="时效指标")),
            form(scored("讲座", "≥20场", "18场", "10", "9", cause="停电")),
            form(scored("讲座", "20天", "18天", level2="时效指标")),
        ],
    )
    yield (
        "GJ808",
        [form(scored("作用", "明显", "较明显", "10", "8"))],
        [form(scored("作用", "明显", "较明显", "10", "8", cause="样本少")), form(row)],
    )
    yield (
        "GJ809",
        [form(scored("满意度", "≥90%", "≥90%"))],
        [form(scored("浏览量", "3万次以上", "3万次以上")), form(row)],
    )
    yield (
        "GJ810",
        [form(scored("讲座", "≥20场", "99场"))],
        [
            form(scored("讲座", "≥20场", "99场", cause="增设分会场")),
            form(row),
            form(scored("公众满意度", "≥80%", "185%", level1="满意度指标", level2="服务对象满意度指标")),
        ],
    )
    yield "GJ811", [form(row, scored("论坛", "1场", ""))], [form(row)]
    yield "GJ812", [form(scored("讲座", "≥20场", "24人"))], [form(scored("访问", "≥20万次", "496万次"))]
    yield (
        "GJ813",
        [
            form(indicator("场租", "≥17万元", level1="成本指标", level2="经济成本指标"), kind="targets"),
            form(indicator("场租", "≥17万元", level1="产出指标", level2="成本指标"), kind="targets"),
        ],
        [
            form(
                indicator("场租", "≤17万元", level1="成本指标", level2="经济成本指标"),
                indicator("自修率", "≥85%", level1="成本指标"),
                indicator("项目总投入", "≥600万元", level1="产出指标", level2="成本指标"),
                kind="targets",
            )
        ],
    )
    yield (
        "GJ814",
        [
            form(
                indicator("群众满意度", "200%", level1="满意度指标", level2="服务对象满意度指标"),
                kind="targets",
            )
        ],
        [
            form(
                indicator("增长率", "200%"),
                indicator("群众满意度", "100%", level1="满意度指标", level2="服务对象满意度指标"),
                kind="targets",
            )
        ],
    )
    yield (
        "GJ815",
        [
            form(
                scored("凝聚力", "≥90%", "95%"),
                scored("凝聚力", "≥90%", "95%", level1="效益指标", level2="社会效益指标"),
            )
        ],
        [form(scored("凝聚力", "≥90%", "95%"), scored("凝聚力", "≥80%", "95%"))],
    )
    yield (
        "GJ816",
        [form(indicator("合规", "100%"), indicator("合规", "100%"), kind="targets")],
        [form(indicator("合规", "100%"), kind="targets")],
    )
    body, project = (
        form(scored("青少年赛事投诉次数", "≤3次", "0次")),
        form(scored("青少年赛事投诉次数", "≤3次", "1次")),
    )
    same = form(scored("青少年赛事投诉次数", "≤3次", "0次"))
    body.scope = "department"
    yield "GJ817", [body, project], [body, same]
    costly, fitting = (
        form(indicator("项目总成本", target, level1="成本指标", level2="经济成本指标"), kind="targets")
        for target in ("≤360万元", "≤306万元")
    )
    for made in (costly, fitting):
        made.money.append(money("total", budget="306.00"))
    yield "GJ818", [costly], [fitting]
    yield (
        "GJ819",
        [form(indicator("学员满意度", "≥90%", level1="效益指标", level2="社会效益指标"), kind="targets")],
        [
            form(
                indicator("学员满意度", "≥90%", level1="满意度指标", level2="服务对象满意度指标"),
                kind="targets",
            )
        ],
    )
    yield "GJ820", [form(row, total_score="88", grade="优")], [form(row, total_score="92.6", grade="优")]


def more_cases() -> Iterator[tuple[str, list[PerformanceForm], list[PerformanceForm]]]:
    """The same for units, goals, shares of levels and what was spent."""
    row = scored("讲座", "≥20场", "24场", "90", "90")
    told = "保障信息系统全年稳定运行"
    yield (
        "GJ822",
        [form(scored("运维", told, told))],
        [
            form(scored("运维", told, "中断两次，均未超过一小时")),
            form(scored("作用", "有所提升", "有所提升")),
        ],
    )
    yield (
        "GJ823",
        [form(indicator("举办科技教育活动", "≥3"), kind="targets")],
        [form(indicator("举办科技教育活动", "≥3次"), indicator("参赛人数", "≥300"), kind="targets")],
    )
    yield (
        "GJ824",
        [
            form(indicator("补助额", "≤234万万元"), kind="targets"),
            form(indicator("合格率", "100%%"), kind="targets"),
        ],
        [form(indicator("经济效益", "≥1万亿元"), kind="targets")],
    )
    wrong_goal, right_goal, other_goal = (
        form(indicator("引进海外人才数量", "≥80人"), kind="targets") for _ in range(3)
    )
    wrong_goal.goal, right_goal.goal = (
        "今年引进海外人才100人。",
        "引进海外人才不少于80人；培养青年人才100人。",
    )
    other_goal.goal = "培养本地人才100人，引进海外人才若干。"
    yield "GJ825", [wrong_goal], [right_goal, other_goal]
    shared = {"execution_weight": "10"}
    yield (
        "GJ830",
        [
            form(
                scored("讲座", "≥20场", "24场", "70", "70"),
                scored("作用", "明显", "明显", "10", "10", level1="效益指标", level2="社会效益指标"),
                scored("听众满意度", "≥90%", "95%", "10", "10", level1="满意度指标", level2="满意度指标"),
                **shared,
            )
        ],
        [
            form(
                scored("讲座", "≥20场", "24场", "40", "40"),
                scored("场租", "≤9万元", "8万元", "10", "10", level2="成本指标"),
                scored("作用", "明显", "明显", "30", "30", level1="效益指标", level2="社会效益指标"),
                scored(
                    "观众满意度", "≥90%", "95%", "10", "10", level1="满意度指标", level2="服务对象满意度指标"
                ),
                **shared,
            ),
            form(row),
        ],
    )
    yield (
        "GJ831",
        [form(scored("验收", "通过验收", "未完成验收"))],
        [
            form(scored("验收", "通过验收", "未完成验收", "10", "5")),
            form(scored("事故", "未能防止的事故零起", "未能防止的事故零起")),
        ],
    )
    overspent, spent = form(row), form(row)
    overspent.money.append(money("total", budget="100.00", spent="878.20"))
    spent.money.append(money("total", budget="100.00", spent="87.82"))
    yield "GJ832", [overspent], [spent]
    costs = [
        form(scored("项目总成本", "≤100万元", actual, level2="成本指标"))
        for actual in ("78.82万元", "87.82万元", "87.82")
    ]
    for made in costs:
        made.money.append(money("total", budget="100.00", spent="87.82"))
    yield "GJ833", costs[:1], costs[1:]


CASES = {rule: (wrong, right) for rule, wrong, right in (*cases(), *more_cases())}


@pytest.mark.parametrize("rule", CASES)
def test_wrong_is_found_and_right_is_left_alone(rule: str) -> None:
    wrong, right = CASES[rule]
    if rule == "GJ817":
        assert rule in found_by(*wrong)
        assert rule not in found_by(*right)
        return
    for made in wrong:
        assert rule in found_by(made)
    for made in right:
        assert rule not in found_by(made)


def test_a_short_name_means_one_thing_beside_a_row_that_two_forms_share() -> None:
    shared = scored("展厅常设展品完好率", "≥90%", "92%")
    body, project, another = (
        form(scored("安保考核", "≥85分", actual), beside)
        for actual, beside in (("90分", shared), ("90.9", shared), ("90.9", scored("展厅讲解场次", "≥90场", "92场")))
    )  # fmt: skip
    body.scope = "department"
    assert "GJ817" in found_by(body, project)
    assert "GJ817" not in found_by(body, another)


def test_a_score_in_the_text_that_no_form_has() -> None:
    made = form(scored("讲座", "≥20场", "24场"), total_score="98.8")
    assert "GJ821" in found_by(made, text="经综合评定，本部门整体支出自评得分96.8分，完成了全部任务。")
    assert "GJ821" not in found_by(made, text="经综合评定，本部门整体支出自评得分为98.80分，完成了全部任务。")
    assert "GJ821" not in found_by(made, text="满意度调查得分96.8分，高于上年。")


def goals_and_cells(goal: str, cell: str) -> PerformanceForm:
    """A form with a column for each category: its goal and one cell of indicators."""
    made = form(indicator("讲座", "1场"), kind="targets")
    made.texts["goal"] = Words(goal, PLACE)
    made.cells.append(Words(cell, PLACE))
    return made


def test_indicators_that_repeat_the_goal() -> None:
    goal = "组织外国专家志愿服务活动1场、文化体验活动1场、外籍人才传统文化培训1期；开展调研2次。"
    assert "GJ841" in found_by(goals_and_cells(goal, goal))
    assert "GJ841" not in found_by(
        goals_and_cells(goal, "志愿服务活动1场；文化体验活动1场；传统文化培训1期；调研2次")
    )


def test_one_matter_under_two_names() -> None:
    wrong = goals_and_cells("组织外国专家志愿服务培训1场；开展调研2次。", "外国专家志愿服务活动等于1场")
    right = goals_and_cells("组织外国专家志愿服务活动1场；开展调研2次。", "外国专家志愿服务活动等于1场")
    assert "GJ842" in found_by(wrong)
    assert "GJ842" not in found_by(right)


def test_a_score_beyond_its_weight_is_one_finding() -> None:
    """The total that follows from it is none."""
    found = found_by(
        form(
            scored("讲座", "≥20场", "24场", "10", "12"),
            scored("展览", "≥2场", "2场", "90", "90"),
            total_score="100",
        )
    )
    assert "GJ804" in found
    assert "GJ803" not in found


def test_a_goal_with_quantities_that_nothing_counts() -> None:
    rates = [
        indicator(name, "≥95%", None, level2="质量指标")
        for name in ("设备完好率", "报修准确率", "线路完好率")
    ]
    goal = "更换老旧路灯，安装控制箱40套。"
    unmeasured, counted, untold = form(*rates), form(*rates, indicator("控制箱", "40套", None)), form(*rates)
    for made in (unmeasured, counted, untold):
        made.goal, made.kind = goal, "targets"
    untold.goal = "设备完好率达到95%以上。"
    assert "GJ834" in found_by(unmeasured)
    assert "GJ834" not in found_by(counted, untold)


def test_full_marks_and_ratios_of_execution_may_follow_a_places_own_method() -> None:
    row = scored("讲座", "≥20场", "24场", "90", "90")

    def with_execution(rate: str, points: str, spent: str) -> PerformanceForm:
        made = form(row, execution_weight="10", execution_rate=rate, execution_score=points)
        made.money.append(money("total", budget="100.00", spent=spent))
        return made

    assert "GJ805" not in found_by(
        with_execution("96.00%", "10", "96.00"), with_execution("0.96", "9.6", "96.00")
    )
    assert "GJ805" in found_by(with_execution("76.00%", "10", "76.00"))
    assert "GJ805" in found_by(with_execution("96.00%", "8.9", "96.00"))
    assert "GJ805" in found_by(with_execution("0.76", "9.6", "96.00"))


def executed(scope: str = "department") -> PerformanceForm:
    made = form(scored("讲座", "≥20场", "24场"), total_score="88.0")
    made.money.append(money("total", budget="10220.32", spent="8975.93"))
    made.scope = scope
    return made


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2024年度全年预算数10220.32万元，实际支出8975.93万元，预算执行率97.82%。", True),
        ("科普活动全年预算数12020.32万元。", True),
        ("科普活动项目全年执行数为8795.93万元。", True),
        ("2024年度全年预算数10220.32万元，实际支出8975.93万元，预算执行率87.82%。", False),
        ("公用经费预算执行率99.32%，三公经费预算执行率87.12%。", False),
        ("截至6月底预算执行率41.20%，全省平均预算执行率90.10%。", False),
        ("科普活动全年执行数为8975.93万元，比其他项目多。", False),
    ],
)  # fmt: skip
def test_what_the_text_says_of_execution(text: str, wrong: bool) -> None:
    assert ("GJ828" in found_by(executed(), text=text)) is wrong


def test_a_grade_in_the_text_that_no_form_has() -> None:
    assert "GJ829" in found_by(executed(), text="经评定，本部门整体支出绩效自评等级为“优”。")
    assert "GJ829" not in found_by(executed(), text="经评定，本部门整体支出绩效自评等级为“良”。")
    assert "GJ829" not in found_by(executed(), text="下一步争取绩效评价等级优于上年。")
    for text, wrong in (
        ("项目绩效自评得分96.5分，自评结果为“良”。", True),
        ("项目绩效自评得分96.5分，自评结果为“优”。", False),
        ("综合得分85分，评价等级为优。", True),
        ("评价等级分为四档：95分以上为优。综合得分92分，评价等级为良。", False),
        ("甲项目自评得分85分，乙项目自评得分96分，评价等级为优。", False),
    ):
        assert ("GJ829" in found_by(text=text)) is wrong, text


def parted() -> PerformanceForm:
    """Output 48 of 50, benefit 30 of 30, satisfaction 10 of 10, execution 9 of 10."""
    made = form(
        scored("讲座", "≥20场", "19场", "50", "48"),
        scored("参观人次", "≥300人次", "310人次", "30", "30", level1="效益指标", level2="社会效益指标"),
        scored("观众满意度", "≥90%", "95%", "10", "10", level1="满意度指标", level2="服务对象满意度指标"),
        execution_weight="10", execution_score="9", total_score="97",
    )  # fmt: skip
    return made


def test_marks_that_the_text_tells_part_by_part() -> None:
    told = "绩效自评得分97分。产出指标50分，得{0}分；效益指标（30分）得分30分；满意度指标满分10分，自评得分10分；预算执行率10分，得9分。"
    assert not found_by(parted(), text=told.format(48)) & {"GJ821", "GJ843", "GJ844"}
    assert "GJ843" in found_by(parted(), text=told.format(49))
    assert "GJ844" in found_by(parted(), text=told.format(51))
    # Another weight is another division, another total is another form.
    assert "GJ843" not in found_by(parted(), text="产出指标40分，得39分。")
    assert "GJ843" not in found_by(parted(), text="乙项目绩效自评得分94分，产出指标50分，得45分。")
    assert "GJ821" not in found_by(parted(), text="数量指标：分值20分，经测评，合格率为99%，自评得分19分。")


def test_marks_that_do_not_add_up_in_the_text() -> None:
    run = "各项得分为：项目立项6分，资金管理14分，组织实施10分，产出40分，效益{0}分，总得分95分。"
    assert "GJ844" not in found_by(text=run.format(25))
    assert "GJ844" in found_by(text=run.format(27))
    kinds = "年度目标下设{0}个三级绩效指标，包括6个数量指标、2个质量指标、1个时效指标、3个社会效益指标。"
    assert "GJ844" not in found_by(text=kinds.format(12))
    assert "GJ844" in found_by(text=kinds.format(13))
    level = "产出指标得分50分。数量指标得分{0}分，质量指标得分20分，成本指标得分10分。效益指标得分40分。"
    assert "GJ844" not in found_by(text=level.format(20))
    assert "GJ844" in found_by(text=level.format(25))


def test_how_many_indicators_the_text_says_there_are() -> None:
    assert "GJ845" not in found_by(parted(), text="项目共设置三级指标3个，全部完成。")
    assert "GJ845" in found_by(parted(), text="项目共设置三级指标4个，全部完成。")
    assert "GJ845" in found_by(parted(), text="项目编制了5项绩效目标指标。")
    assert "GJ845" not in found_by(parted(), text="完成2个指标，另有一级指标3个。")
    other = form(scored("培训", "≥2期", "2期"), total_score="90")
    other.id = 1
    assert "GJ845" not in found_by(parted(), other, text="共设置绩效指标4个。")
    assert "GJ845" not in found_by(parted(), other, text="共设置绩效指标7个。")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("春节慰问经费预算15万元，全年实际支出12.53万元，执行率为83.53%。", False),
        ("春节慰问经费预算15万元，全年实际支出12.53万元，执行率为85.33%。", True),
        ("共收到公用经费资金6.44万元，其中中央资金5.28万元、省级资金1.16万元，实际拨付使用6.38万元，执行率为99.07%。", False),
        ("共收到公用经费资金6.44万元，其中中央资金5.28万元、省级资金1.16万元，实际拨付使用6.38万元，执行率为97.07%。", True),
        ("项目资金共2179万元，已完成拨付2113.63万元，执行率97%。", False),
        ("项目资金共2179万元，已完成拨付2113.63万元，执行率94%。", True),
        ("安排资金100万元，力争全年支出90万元，目标为执行率不低于95%。", False),
        ("安排资金100万元，支出90万元，较上年执行率80%有所提高。", False),
        ("支出90万元，执行率80%。", False),
        ("甲项目安排100万元，支出90万元，执行率90%；乙项目执行率75%。", False),
        ("活动组织数量目标值是28次，实际完成值为40次，目标完成率为143%。", False),
        ("活动组织数量目标值是28次，实际完成值为40次，目标完成率为134%。", True),
        ("成本目标值是10万元，实际完成值为0万元，目标完成率为0%。", False),
        ("支出控制目标值是10万元，实际完成值为8万元，完成率为125%。", False),
    ],
)  # fmt: skip
def test_rates_beside_their_amounts(text: str, wrong: bool) -> None:
    assert ("GJ846" in found_by(text=text)) is wrong


def test_the_money_of_a_form_against_the_tables() -> None:
    """A file with a table of projects, and the form of one of them."""
    from gouji.facts import Place, Unit, Witness, as_printed, fact  # noqa: PLC0415
    from gouji.reading import ReadTable  # noqa: PLC0415

    def witness(text: str, **dims: str) -> Witness:
        printed = as_printed(text, Unit.WAN_YUAN)
        assert printed is not None
        place = Place("表.html", 1, None, "")
        return Witness(fact("expenditure", **dims), printed, place, "项目支出表", 0, 1, "", "", "合计")

    def rules(*witnesses: Witness, **changes: str) -> set[str]:
        made = executed(changes.get("scope", "project"))
        if made.scope == "department":
            made.project = ""
        kind = next(iter(CATALOG.lexicon.kinds.values())) if hasattr(CATALOG.lexicon, "kinds") else None
        table = ReadTable(0, kind, "项目支出表", "", Unit.WAN_YUAN, (1,), witnesses[0].place, list(witnesses))  # type: ignore[arg-type]
        document = Document(Path("自评.txt"), "text", [], [])
        reading = Reading("自评.txt", document, Scope(), [], [], performance=[made])
        _, findings = check_document(reading, CATALOG, beside=[table])
        return {finding.rule for finding in findings}

    assert "GJ826" in rules(witness("49.50", pro_code="科普活动"))
    assert "GJ826" not in rules(witness("8975.93", pro_code="科普活动"))
    assert "GJ826" not in rules(witness("8900", pro_code="科普活动"), witness("75.93", pro_code="科普活动"))
    assert "GJ826" not in rules(witness("49.50", pro_code="别的活动"))
    assert "GJ827" in rules(witness("8795.93"), scope="department")
    assert "GJ827" not in rules(
        witness("9000"), witness("8975.93", fund_type_code="fiscal"), scope="department"
    )


def test_every_rule_about_performance_has_its_cases() -> None:
    assert {
        *CASES,
        "GJ841",
        "GJ842",
        "GJ843",
        "GJ844",
        "GJ845",
        "GJ846",
        "GJ821",
        "GJ826",
        "GJ827",
        "GJ828",
        "GJ829",
        "GJ834",
        "GJ835",
        "GJ836",
    } == {rule for rule in CATALOG.rules if rule.startswith("GJ8")}
