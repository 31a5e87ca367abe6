"""Sentences of pages that are no whole disclosure: without a year, without a kind, on one subject (“三公”经费, revenue of a
county, procurement), in the loose style in which such pages are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking import check_document
from gouji.documents import Document, Paragraph, Place
from gouji.documents.opening import open_document
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


@pytest.mark.parametrize(
    ("line", "right", "wrong", "rule"),
    [
        # The whole of shares is named once, before all of them, and told in another sentence.
        (
            "2024年度“三公”经费支出决算中，因公出国（境）费支出0.00万元，占0.00%；公务接待费支出5.00万元，占{}%；公务用车运行维护费支出10.00万元，占66.67%。",
            "33.33", "35.33", "GJ414",
        ),
        # A budget that another sentence tells.
        ("“三公”经费支出15.00万元，完成预算的{}%。", "75.00", "57.00", "GJ416"),
        ("公务接待费支出5.00万元，占“三公”经费支出决算的{}%。", "33.33", "35.33", "GJ414"),
        # What grew bears the name of what it is compared with.
        ("其中：公务接待费5.00万元，公务用车费10.00万元。较2023年度“三公”经费合计12.00万元增加{}万元。", "3.00", "3.30", "GJ429"),
    ],
)  # fmt: skip
def test_what_a_ratio_is_of_may_stand_elsewhere(line: str, right: str, wrong: str, rule: str) -> None:
    whole = "2024年度“三公”经费支出预算为20.00万元，支出决算为15.00万元，完成预算的75.00%。"
    if rule == "GJ429":
        whole = ""
        line = "2024年度“三公”经费合计15.00万元，" + line
    lines = (ACCOUNTS, "一、总体情况", *([whole] if whole else []))
    assert rules(*lines, line.format(right)) == []
    assert rules(*lines, line.format(wrong)) == [rule]


def test_a_rate_is_held_against_the_only_budget_of_its_figure() -> None:
    lines = (
        "2024年度“三公”经费预算20.00万元，其中：公务接待费8.00万元，公务用车运行维护费12.00万元。",
        "公务接待费支出6.00万元，完成预算的{}%。",
    )
    assert rules(ACCOUNTS, "一、总体情况", lines[0], lines[1].format("75.00")) == []
    assert rules(ACCOUNTS, "一、总体情况", lines[0], lines[1].format("57.00")) == ["GJ416"]


def test_a_line_that_ends_between_a_figure_and_its_unit_goes_on(tmp_path: Path) -> None:
    page = tmp_path / "x.txt"
    page.write_text(
        "四、财政拨款收支预算情况说明\n2025年财政拨款收支总预算600.00万元。收入包括:\n一般公共预算拨款600.00万元。支出包括:教育支出 300.00\n"
        "万元、卫生健康支出 200.00 万元、住房保障支出 80.00\n万元、社会保障和就业支出 30.00 万元。\n",
        encoding="utf-8",
    )
    told = [s.printed.text for one in read_text(page).told for s in one.statements if s.whole is not None]
    assert told == ["300.00", "200.00", "80.00", "30.00"]


def test_sentences_with_western_commas_are_no_records(tmp_path: Path) -> None:
    page = tmp_path / "x.txt"
    page.write_text(
        "2010年收入600万元,完成预算的110%,比上年增收100万元,增长20%,其中:\n1、税收400万元.\n",
        encoding="utf-8",
    )
    assert read_text(page).told[0].statements


def read_text(page: Path) -> Reading:
    return read_document(open_document(page), load_catalog())


def test_a_wrong_rate_told_twice_is_one_finding() -> None:
    lines = (
        "“三公”经费支出2.00万元，较上年减少0.50万元，下降15.00%。",
        "公务接待费支出2.00万元，较上年减少0.50万元，下降15.00%。",
    )
    _, findings = check_document(reading(ACCOUNTS, "一、总体情况", *lines), load_catalog())
    assert [len(one.evidence) for one in findings if one.rule == "GJ415"] == [2]


@pytest.mark.parametrize(
    ("rate", "found"), [("105.00", []), ("105", []), ("100", ["GJ416"]), ("100.00", ["GJ416"])]
)
def test_by_how_much_a_budget_was_missed_tells_its_rate(rate: str, found: list[str]) -> None:
    line = f"教育支出105.00万元，完成年初预算的{rate}%，决算数大于年初预算数5.00万元，主要原因是追加工资。"
    assert rules("某县第一小学2024年度部门决算", "五、支出决算情况说明", line) == found


def test_a_cause_is_of_what_its_own_sentence_names() -> None:
    line = (
        "“三公”经费预算60.00万元。比2023年执行数减少2.00万元，下降3.23%，其中，因公出国（境）费增加3.00万元，公务接待费减少5.00万元。"
        "{}主要是受任务增加影响。"
    )
    title = "某县水利局2024年度“三公”经费预算情况说明"
    assert rules(title, line.format("因公出国（境）费增加")) == []


def test_words_that_mean_two_figures_are_held_against_neither() -> None:
    lines = (
        "本年收入合计780.00万元，占总收入的97.50%。", "上年结转20.00万元，占总收入的2.50%。"
    )  # fmt: skip
    assert rules("某县水利局2024年部门预算", "二、收入预算情况说明", *lines) == []
