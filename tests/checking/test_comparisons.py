"""Comparisons as other places word them: with the year's own budget, by 同比, one after another; and counts in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import check_document
from gouji.documents import Document, Paragraph, Place
from gouji.facts import Outcome
from gouji.reading import Reading, read_document

ACCOUNTS = "某市科学技术局2024年度部门决算"
BUDGET = "某市科学技术局2024年部门预算"


def told(*lines: str, cover: str = ACCOUNTS, layout: str = "") -> Document:
    blocks = [
        Paragraph(text, Place(None, None, f"第{number}段")) for number, text in enumerate((cover, *lines), 1)
    ]
    paper = Document(Path("x.docx"), "docx", [], list(blocks))
    return paper


def rules(*lines: str, cover: str = ACCOUNTS) -> list[str]:
    catalog = load_catalog()
    _, findings = check_document(read_document(told(*lines, cover=cover), catalog), catalog)
    return [one.rule for one in findings if one.outcome is Outcome.VIOLATED]


def reading(*lines: str, cover: str = ACCOUNTS) -> Reading:
    return read_document(told(*lines, cover=cover), load_catalog())


HEADS = ("第三部分 说明", "七、“三公”经费支出情况说明")


@pytest.mark.parametrize(
    ("line", "right", "wrong", "rule"),
    [
        # Compared with what was planned for the year itself.
        ("公务接待费支出6.00万元，与2024年度预算相比，减少2.00万元，下降{}%。", "25.00", "33.00", "GJ415"),
        ("公务接待费支出6.00万元，比年初预算数减少2.00万元，下降{}%。", "25.00", "33.00", "GJ415"),
        # 同比, alone or after what it goes on with.
        ("公务接待费支出6.00万元，同比减少2.00万元，下降{}%。", "25.00", "33.00", "GJ415"),
        ("公务接待费支出6.00万元，比2023年决算数减少2.00万元，同比下降{}%。", "25.00", "33.00", "GJ415"),
        # Two comparisons of one figure.
        ("公务接待费支出6.00万元，比预算增加0万元，比去年减少2.00万元，下降{}%。", "25.00", "33.00", "GJ415"),
        # Of a list nobody knows whether its last part or its whole grew: either will do.
        (
            "“三公”经费支出10.00万元，其中：公务接待费4.00万元，公务用车运行维护费6.00万元，比上年增加2.00万元，增长{}%。",
            "25.00", "20.00", "GJ415",
        ),
        (
            "“三公”经费支出10.00万元，其中：公务接待费4.00万元，公务用车运行维护费6.00万元，比上年增加2.00万元，增长{}%。",
            "50.00", "60.00", "GJ415",
        ),
        # Both totals are one figure.
        ("收入总计110.00万元，支出总计110.00万元。收支较上年决算数增加10.00万元，增长{}%。", "10.00", "9.09", "GJ415"),
        ("国内公务接待共15批次（其中外事接待0批次），{}人次（其中外事接待0人次）。", "105", "0", "GJ428"),
    ],
)  # fmt: skip
def test_a_comparison_holds_or_does_not(line: str, right: str, wrong: str, rule: str) -> None:
    assert rules(*HEADS, line.format(right)) == []
    assert rules(*HEADS, line.format(wrong)) == [rule]


def test_what_changed_is_what_the_comparison_before_it_named() -> None:
    line = (
        "“三公”经费支出决算5.00万元。其中，公务接待费支出比预算无增减变化，比去年增加0.50万元，增长50%；"
        "公务用车运行维护费支出比预算无增减变化，比去年增加1.00万元，增长40%。"
    )
    assert rules(*HEADS, line) == []


def test_parts_of_another_years_figure_are_of_that_year() -> None:
    lines = (
        "2024年度“三公”经费预算5.00万元，其中：公务接待费2.00万元，公务用车运行维护费3.00万元。",
        "2023年度“三公”经费支出4.50万元，其中：公务接待费2.50万元，公务用车运行维护费2.00万元。",
    )
    assert rules(*HEADS, *lines, cover=BUDGET) == []
    years = [s.year for one in reading(*HEADS, *lines, cover=BUDGET).told for s in one.statements]
    assert years == [None, None, None, 2023, 2023, 2023]


def test_a_list_below_a_sentence_without_figures_tells_apart_what_nobody_knows() -> None:
    line = "政府采购预算9.00万元，其中上年结转资金0万元。按项目类型分为货物和服务两类。其中：货物采购5.00万元，服务采购4.00万元。"
    assert rules("第三部分 说明", "十、政府采购情况", line, cover=BUDGET) == []
    wholes = [s.whole for one in reading("十、政府采购情况", line, cover=BUDGET).told for s in one.statements]
    assert [whole.printed.text if whole else "" for whole in wholes] == ["", "9.00", "", ""]


@pytest.mark.parametrize(
    ("line", "right", "wrong", "rule"),
    [
        # A budget told behind the actual figure.
        ("公务接待费支出2.05万元，年初预算为2.50万元，完成年初预算的{}%。", "82.00", "92.00", "GJ416"),
        ("公务接待费支出2.05万元，完成全年预算2.50万元的{}%。", "82.00", "92.00", "GJ416"),
        ("公务接待费支出年初预算数2.50万元，决算数2.05万元，预决算差异率{}%。", "-18.00", "-8.00", "GJ440"),
        ("公务接待费支出年初预算数2.50万元，决算数2.05万元，预决算差异率{}%。", "18.00", "81.00", "GJ440"),
        # The rate of completion and the words behind it.
        ("公务接待费支出决算为2.05万元，完成年初预算的{}%，决算数小于年初预算数。", "82.00", "102.00", "GJ441"),
        ("公务接待费支出决算为2.05万元，完成预算{}%，决算数与预算数持平。", "100", "98.50", "GJ441"),
        # 较上年增, and a base without its unit.
        ("公务接待费支出2.00万元，较上年减0.50万元，{}20.00%。", "减", "增", "GJ417"),
        ("公务接待费支出2.00万元，较上年2.50减少0.50万元，减少{}%。", "20.00", "25.00", "GJ415"),
        ("公务接待费支出2.00万元，比上年累计支出2.50万元下降0.50万元，下降{}%。", "20.00", "25.00", "GJ415"),
        # After the cause of what was compared with the budget.
        (
            "公务接待费支出预算为3.00万元，支出决算为2.00万元，决算数小于预算数的主要原因是厉行节约，与上年相比减少0.50万元，减少{}%。",
            "20.00", "25.00", "GJ415",
        ),
        # After a sentence that only gives a cause.
        (
            "公务接待费支出2.00万元，比年初预算数减少1.00万元。主要原因是：厉行节约。比上年决算数减少0.50万元，降低{}%。",
            "20.00", "25.00", "GJ415",
        ),
        # Each part of a change is compared with what the whole is.
        (
            "“三公”经费支出5.00万元，其中：公务接待费2.00万元，公务用车运行维护费3.00万元。"
            "“三公”经费支出比上年减少1.00万元，下降16.67%。其中：公务接待费减少0.50万元，下降{}%。",
            "20.00", "25.00", "GJ415",
        ),
        # Last year's figure of one item is no base for the next.
        (
            "会议费支出2.51万元，比上年累计支出2.85万元下降0.34万元，下降12%；培训费支出0.56万元，比上年增加0.46万元，增长{}%。",
            "460", "46", "GJ415",
        ),
    ],
)  # fmt: skip
def test_figures_told_with_their_budget_or_with_last_years(
    line: str, right: str, wrong: str, rule: str
) -> None:
    assert rules(*HEADS, line.format(right)) == []
    assert rules(*HEADS, line.format(wrong)) == [rule]


@pytest.mark.parametrize(
    ("words", "growth"), [("“三公”经费预算数", "20.00"), ("2024年度“三公”经费预算", "20.00")]
)
def test_what_changed_may_stand_in_the_passage_before(words: str, growth: str) -> None:
    lines = (
        "2024年财政拨款“三公”经费预算总额为6.00万元。",
        f"{words}比2023年预算数增加1.00万元，增幅{{}}%。",
    )
    assert rules(*HEADS, lines[0], lines[1].format(growth), cover=BUDGET) == []
    assert rules(*HEADS, lines[0], lines[1].format("0.20"), cover=BUDGET) == ["GJ415"]


def test_a_change_after_a_list_is_that_of_the_figure_that_allows_it() -> None:
    line = "收入总计865.00万元，其中年初结转和结余32.00万元，较2023年增加42.00万元，增长5.10%。"
    assert rules("第三部分 说明", "一、收入支出决算总体情况", line) == []
    (one,) = reading("第三部分 说明", "一、收入支出决算总体情况", line).told
    assert one.comparisons[0].current is not None
    assert one.comparisons[0].current.printed.text == "865.00"


def test_a_cause_in_its_own_sentence_is_that_of_any_change_before() -> None:
    line = (
        "财政拨款收入20.00万元，其他收入3.00万元。与上年相比，财政拨款收入减少5.00万元，下降20.00%；"
        "与上年相比，其他收入增加1.00万元，增长50.00%。主要原因是项目资金减少。"
    )
    assert rules("第三部分 说明", "二、收入决算情况", line) == []


def test_nothing_more_needs_no_cause() -> None:
    told_ = [
        f"{name}支出2.00万元，比上年增加0.50万元，主要原因是业务增加。"
        for name in ("会议费", "培训费", "公务接待费", "公务用车运行维护费")
    ]
    assert rules(*HEADS, *told_, "公务用车购置费支出0万元，比上年增加0万元，增长0%。") == []
    assert rules(*HEADS, *told_, "公务用车购置费支出2.00万元，比上年增加1万元，增长100%。") == ["GJ420"]


def test_a_size_of_equipment_is_no_amount() -> None:
    (one,) = reading("第三部分 说明", "三、资产情况", "2024年安排购置50万元以上大型设备0台（套）。").told
    assert [s.printed.text for s in one.statements] == ["0"]


def test_a_change_that_is_no_base_has_its_own_per_cent() -> None:
    line = "2024年“三公”经费支出13.00万元，比上年减少支出6.00万元，下降{}%。"
    assert rules(*HEADS, line.format("31.58")) == []
    assert rules(*HEADS, line.format("46.15")) == ["GJ415"]


def test_changes_told_in_pairs_are_tied_to_nothing() -> None:
    line = (
        "公务用车购置及运行费14.10万元，包括公务用车购置费1.45万元和公务用车运行费12.65万元，与2023年相比，"
        "分别减少1.80万元和5.60万元，下降56.25%和30.60%；公务接待费2.70万元，比2023年减少1.40万元，下降34.15%。"
    )
    assert rules(*HEADS, line) == []
    (one,) = reading(*HEADS, line).told
    wholes = {s.printed.text: s.whole.printed.text if s.whole else "" for s in one.statements}
    assert (wholes["1.45"], wholes["2.70"]) == ("14.10", "")


def test_parts_of_the_same_kind_stay_below_what_introduced_them() -> None:
    lines = (
        "1.基本支出预算90.00万元，占一般公共预算支出的90.00%，同比减少10.00万元，下降10.00%。其中：",
        "工资福利支出预算80.00万元，占基本支出预算88.89%。",
        "2.项目支出10.00万元，占一般公共预算支出的10.00%，同比增加5.00万元，增长100.00%。其中：",
        "工资福利支出4.00万元，占项目支出预算40.00%。",
    )
    assert rules("第三部分 说明", "五、一般公共预算支出情况说明", *lines, cover=BUDGET) == []


def test_several_figures_before_a_list_are_no_whole_of_it() -> None:
    lines = (
        "“三公”经费支出决算中，公务接待费支出决算3.00万元，占30.00%，公务用车购置费及运行维护费支出决算7.00万元，占70.00%。其中：",
        "1、公务接待费支出决算为3.00万元，全年共接待来访团组42个。",
        "2、公务用车购置费及运行维护费支出决算为7.00万元，其中：公务用车运行维护费7.00万元。",
    )
    assert rules(*HEADS, *lines) == []


def test_the_other_side_of_a_sum_is_no_part_of_the_first() -> None:
    line = "收入包括：本年一般公共预算拨款收入50.00万元、上年结转2.10万元；支出包括：教育支出44.00万元、住房保障支出8.10万元。"
    assert rules("第三部分 说明", "二、财政拨款收支预算情况说明", line, cover=BUDGET) == []
    (one,) = reading("第三部分 说明", "二、财政拨款收支预算情况说明", line, cover=BUDGET).told
    assert {s.whole for s in one.statements} == {None}


def test_a_heading_about_causes_need_not_give_one() -> None:
    heads = ("第二部分 部门预算说明", "一、2024年度部门预算数据变动情况及原因")
    line = "2024年预算收入63.00万元，比2023年增加3.00万元，增长5.00%。增加的主要原因是人员增加。"
    assert rules(*heads, line, cover=BUDGET) == []
    assert rules(*heads, line.replace("人员增加", ""), cover=BUDGET) == ["GJ705"]
