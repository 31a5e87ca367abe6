"""Columns of changes and of percentages in tables, against the figures that they are made of."""

from __future__ import annotations

import pytest

from gouji.catalog import load_catalog
from gouji.checking import Finding, check
from gouji.facts import Outcome
from gouji.reading import read_document
from papers import paper

CATALOG = load_catalog()
TITLE = "一般公共预算支出表"
HEADS = ["科目编码", "科目名称", "2023年执行数", "2024年预算数", "增减额", "增减%"]
ROWS = [
    ["206", "科学技术支出", "3900.00", "4100.00", "200.00", "5.13"],
    ["20603", "应用研究", "3900.00", "4100.00", "200.00", "5.13"],
    ["2060301", "机构运行", "3900.00", "4100.00", "200.00", "5.13"],
    ["208", "社会保障和就业支出", "500.00", "480.00", "-20.00", "-4.00"],
    ["20805", "行政事业单位养老支出", "500.00", "480.00", "-20.00", "-4.00"],
    ["2080505", "机关事业单位基本养老保险缴费支出", "500.00", "480.00", "-20.00", "-4.00"],
    ["221", "住房保障支出", "0.00", "420.00", "420.00", "—"],
    ["22102", "住房改革支出", "0.00", "420.00", "420.00", "—"],
    ["2210201", "住房公积金", "0.00", "420.00", "420.00", ""],
    ["", "合计", "4400.00", "5000.00", "600.00", "13.64"],
]  # fmt: skip


def looked_at(rows: list[list[str]]) -> tuple[list[Finding], dict[str, dict[Outcome, int]]]:
    document = paper("某市科学技术局2024年部门预算", [(TITLE, rows)], "第二部分 预算说明")
    result = check([read_document(document, CATALOG, "x.docx")], CATALOG)
    found = [f for f in result.findings if f.outcome is Outcome.VIOLATED]
    return found, {rule: dict(counts) for rule, counts in result.documents[0].coverage.by_rule.items()}


def changed(row: int, column: int, text: str, rows: list[list[str]] = ROWS) -> list[list[str]]:
    other = [HEADS, *(list(own) for own in rows)]
    other[row + 1][column] = text
    return other


def column_as(column: int, texts: list[str]) -> list[list[str]]:
    return [[*row[:column], text, *row[column + 1 :]] for row, text in zip(ROWS, texts, strict=True)]


def test_changes_and_percentages_that_fit_are_found_right() -> None:
    found, counted = looked_at([HEADS, *ROWS])
    assert not found
    assert counted["GJ114"] == {Outcome.EXACT: 10}
    assert counted["GJ115"] == {Outcome.EXACT: 7}


def test_a_change_that_is_not_the_difference_is_one_finding_with_its_cell() -> None:
    (finding,), _ = looked_at(changed(5, 4, "-30.00"))
    assert finding.expected == "-20.00"
    assert finding.evidence[0].quote == "-30.00"


@pytest.mark.parametrize(("row", "text"), [(0, "5.31"), (3, "-4.40"), (3, "4.00"), (9, "136.40")])
def test_a_percentage_that_does_not_come_out_is_found(row: int, text: str) -> None:
    (finding,), _ = looked_at(changed(row, 5, text))
    assert finding.rule == "GJ115"
    assert finding.evidence[0].quote == text


@pytest.mark.parametrize(("row", "text"), [(0, "5.12"), (0, "5.1"), (0, "5.13%"), (6, "100.00"), (0, "")])
def test_what_may_be_printed_so_is_left_alone(row: int, text: str) -> None:
    assert not looked_at(changed(row, 5, text))[0]


def test_decreases_may_be_printed_without_a_sign_in_a_whole_column() -> None:
    amounts = [row[4].lstrip("-") for row in ROWS]
    rates = [row[5].lstrip("-") for row in ROWS]
    assert not looked_at([HEADS, *column_as(5, rates)])[0]
    assert not looked_at([HEADS, *column_as(4, amounts)])[0]


def test_a_column_of_fractions_is_one_of_percentages() -> None:
    fractions = ["0.0513", "0.0513", "0.0513", "-0.04", "-0.04", "-0.04", "", "", "", "0.1364"]
    found, counted = looked_at([HEADS, *column_as(5, fractions)])
    assert not found
    assert counted["GJ115"] == {Outcome.EXACT: 7}
    (finding,), _ = looked_at(changed(0, 5, "0.0531", column_as(5, fractions)))
    assert finding.rule == "GJ115"


def test_a_column_taken_of_other_figures_is_not_checked() -> None:
    found, counted = looked_at(
        [HEADS, *column_as(5, ["7.10", "6.20", "5.90", "3.30", "2.70", "9.10", "", "", "", "8.40"])]
    )
    assert not found
    assert counted["GJ115"] == {Outcome.NOT_CHECKED: 7}


def test_a_wrong_figure_is_said_once() -> None:
    found, _ = looked_at(changed(5, 3, "840.00"))
    assert [f.rule for f in found if f.rule == "GJ115"] == []
    assert found[0].evidence[0].quote == "840.00"


SHARES = [
    ["科目编码", "科目名称", "合计", "占比%"],
    ["206", "科学技术支出", "300.00", "60.00"],
    ["20601", "科学技术管理事务", "300.00", "60.00"],
    ["2060101", "行政运行", "300.00", "60.00"],
    ["208", "社会保障和就业支出", "200.00", "40.00"],
    ["20805", "行政事业单位养老支出", "200.00", "40.00"],
    ["2080505", "机关事业单位基本养老保险缴费支出", "200.00", "40.00"],
    ["", "合计", "500.00", "100.00"],
]


def test_a_share_is_taken_of_the_total_of_its_column() -> None:
    found, counted = looked_at(SHARES)
    assert not found
    assert counted["GJ116"] == {Outcome.EXACT: 7}
    wrong = [list(row) for row in SHARES]
    wrong[4][3] = "44.00"
    (finding,), _ = looked_at(wrong)
    assert finding.rule == "GJ116"
    assert finding.expected == "40.00"


def test_what_was_spent_is_a_share_of_what_was_planned() -> None:
    heads = ["项目", "预算数", "决算数", "完成预算%"]
    rows = [
        ["合计", "8.00", "6.00", "75.00"],
        ["一、因公出国（境）费", "0.00", "0.00", "—"],
        ["二、公务用车购置及运行费", "6.00", "5.00", "83.33"],
        ["三、公务接待费", "2.00", "1.00", "50.00"],
    ]

    def told(text: str) -> list[str]:
        table = [heads, *rows[:3], [*rows[3][:3], text]]
        document = paper("某市科学技术局2024年度部门决算", [("财政拨款“三公”经费支出决算表", table)], "说明")
        result = check([read_document(document, CATALOG, "x.docx")], CATALOG)
        assert sum(result.documents[0].coverage.by_rule["GJ115"].values()) == 3
        return [
            f.rule for f in result.findings if f.outcome is Outcome.VIOLATED and f.rule.startswith("GJ11")
        ]

    assert told("50.00") == []
    assert told("55.00") == ["GJ115"]
