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
