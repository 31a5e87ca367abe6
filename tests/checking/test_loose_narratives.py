"""Sentences of pages that are no whole disclosure: without a year, without a kind, on one subject (“三公”经费, revenue of a
county, procurement), in the loose style in which such pages are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import check_document
from gouji.documents import Document, Paragraph, Place
from gouji.facts import Outcome
from gouji.reading import Reading, read_document


def reading(*lines: str) -> Reading:
    blocks = [Paragraph(text, Place(None, None, f"第{number}段")) for number, text in enumerate(lines, 1)]
    return read_document(Document(Path("x.docx"), "docx", [], list(blocks)), load_catalog())


def rules(*lines: str) -> list[str]:
    _, findings = check_document(reading(*lines), load_catalog())
    return [one.rule for one in findings if one.outcome is Outcome.VIOLATED]


ACCOUNTS = "某县水利局2024年度“三公”经费决算情况说明"


@pytest.mark.parametrize(
    ("line", "right", "wrong", "rule"),
    [
        # No heading tells the year: that of the passage is its own.
        (
            "2019年“三公”经费29万元，比上年增加0.5万元，增长1.75%，其中：公务用车费28万元，较上年无增减；公务接待费1.00万元，比上年增加0.50万元，增长{}%。",
            "100", "60", "GJ415",
        ),
        ("2021年度总收入600.00万元，其中本年收入400.00万元，较2020年度决算数减少100.00万元，下降{}%。", "20", "33", "GJ415"),
        # A rate of a plan between a figure and its change.
        ("一般公共预算支出累计完成900万元，完成预算数2000万元的45%，比上年减支100万元，下降{}%。", "10", "4.76", "GJ415"),
        ("税收收入300万元，占年初预算500万元的60%，比上年增收60万元，增长{}%。", "25", "13.6", "GJ415"),
        # What an amount is for is no part of the list that it stands in.
        ("支出预算100万元，其中：教育10万元，主要用于学校运转；卫生{}万元，主要用于医院保险补贴40万元、人才培养30万元等项目；环保20万元。",
         "70", "85", "GJ413"),
        # As many shares as amounts, in their order.
        ("政府采购规模为10.00亿元。其中，货物、工程、服务采购规模分别为2.00亿元、5.00亿元和3.00亿元，占采购规模比例为{}%、50%和30%。",
         "20", "30", "GJ414"),
        # A Western full stop ends a sentence, too.
        ("收入完成126亿元，增加2亿元，增长1.61%.支出完成200亿元，其中：市本级{}亿元，县级120亿元.", "80", "95", "GJ413"),
    ],
)  # fmt: skip
def test_a_figure_holds_or_does_not(line: str, right: str, wrong: str, rule: str) -> None:
    assert rules(line.format(right)) == []
    assert rules(line.format(wrong)) == [rule]


def test_a_subject_named_before_a_comparison_that_is_not_followed_stays() -> None:
    lines = (
        "其中，因公出国支出0万元；公务接待费支出1.50万元。",
        "“三公”经费支出5.50万元，比预算增加0万元，比去年增加1.50万元，增长37.5%。其中，公务用车运行费支出比预算无增减变化，"
        "比去年增加1.00万元，增长33.3%，公务接待费支出比预算无增减变化，比去年增加0.50万元，增长50%。",
    )
    assert rules(*lines) == []


def test_what_was_spent_changed_and_not_what_was_planned_of_the_same_fund() -> None:
    plan = (
        "2024年度一般公共预算财政拨款“三公”经费支出预算为20.00万元，支出决算为15.00万元，完成预算的75.00%。"
    )
    change = "2024年度一般公共预算财政拨款“三公”经费支出决算数比2023年减少5.00万元，下降{}%。"
    assert rules(ACCOUNTS, "一、总体情况", plan, change.format("25.00")) == []
    assert rules(ACCOUNTS, "一、总体情况", plan, change.format("20.00")) == ["GJ415"]


def test_a_whole_that_is_told_takes_no_more_parts() -> None:
    lines = (
        "机关事业单位养老保险缴费150.00万元，其中：", "基本支出150.00万元，项目支出0万元。主要用于在职人员缴费。",
        "事业单位医疗76.00万元，其中：基本支出76.00万元，项目支出0万元。",
    )  # fmt: skip
    assert rules("五、支出情况说明", *lines) == []


@pytest.mark.parametrize(
    ("how", "found"),
    [("", ["GJ428"]), ("，系参加市知识产权局组织的出访团组", []), ("，参加人员经费已核实", ["GJ428"])],
)
def test_one_may_travel_with_the_delegation_of_others(how: str, found: list[str]) -> None:
    assert (
        rules(ACCOUNTS, f"因公出国（境）费支出3.80万元，安排因公出国（境）团组0个，累计1人次{how}。") == found
    )


def test_plans_that_a_rate_is_of_are_no_parts() -> None:
    line = "财政总收入430万元，占年初预算1000万元的43%。其中：税收收入350万元，占年初预算800万元的43.75%；非税收入80万元，占年初预算200万元的40%。"
    wholes = {
        s.printed.text: s.whole for one in reading(line).told for s in one.statements if s.unit == "万元"
    }
    assert wholes["800"] is wholes["200"] is None
    assert wholes["350"] is not None
    assert wholes["350"].printed.text == "430"
