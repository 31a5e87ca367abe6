"""The CSV list: a row for each finding, whole, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

from gouji.checking import CheckResult, IdleWaiver, Waived, Waiver
from gouji.reports.listing import COLUMNS, csv_text

WAIVER = Waiver("豁免.toml", 1, "A1", "批复如此", "张三", date(2026, 12, 31), row="206")


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_row_for_each_finding(result, rules) -> None:
    found = rows(csv_text(result, rules))
    assert tuple(found[0]) == COLUMNS
    assert [row["状态"] for row in found] == ["问题", "问题", "问题", "问题", "尾差"]
    first = found[0]
    assert (first["列示"], first["应为"], first["相差"], first["计量单位"]) == (
        "152.94",
        "192.93",
        "-39.99",
        "万元",
    )
    assert (first["文件"], first["页或坐标"], first["位置框"]) == (
        "决算.pdf",
        "第1页",
        "100.0,200.0,160.0,214.0",
    )
    assert (first["公开单位"], first["文本"]) == ("某市财政局", "2024年度部门决算")
    assert first["算式"] == "178.53＋14.38＋0.02＝192.93 ≠ 152.94，相差39.99万元"
    assert "第2页[300.0,400.0,350.0,412.0]" in first["其他位置"]
    assert [row["把握"] for row in found] == ["确定", "确定", "不能断定", "很可能", "确定"]
    assert found[2]["其他位置"].startswith("待定 上年.xlsx 公开03!D9")


def test_waived_findings_and_idle_waivers_come_last(result, rules) -> None:
    waived = Waived(result.findings[0], WAIVER)
    idle = IdleWaiver(WAIVER, "已到期")
    found = rows(csv_text(CheckResult(result.documents, [], [waived], [idle]), rules))
    assert [row["状态"] for row in found] == ["已豁免", "豁免无效"]
    for row in found:
        assert (row["豁免理由"], row["批准人"], row["豁免截止"]) == ("批复如此", "张三", "2026-12-31")
    assert "已到期" in found[1]["问题"]


def test_nothing_is_run_as_a_formula(make_finding, make_evidence) -> None:
    hostile = make_finding(title="=1+1", evidence=(make_evidence(quote="@SUM(A1)", file="=x.pdf"),))
    (row,) = rows(csv_text(CheckResult([], [hostile]), {}))
    assert (row["问题"], row["原文"], row["文件"]) == ("'=1+1", "'@SUM(A1)", "'=x.pdf")
    assert row["相差"] == "-39.99"


def test_line_breaks_and_commas_stay_inside(make_finding) -> None:
    (row,) = rows(csv_text(CheckResult([], [make_finding(title='一，"二",\n三')]), {}))
    assert row["问题"] == '一，"二", 三'


def test_what_was_recognised_unsurely_says_so(make_finding, make_evidence) -> None:
    unsure = make_evidence(status="doubtful", note="识别把握只有62%")
    (row,) = rows(csv_text(CheckResult([], [make_finding(evidence=(unsure, replace(unsure)))]), {}))
    assert row["识别"] == "识别存疑：识别把握只有62%"
    assert "识别存疑" in row["其他位置"]
