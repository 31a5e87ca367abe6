"""Waivers: what they cover, what they must not cover, and what is said of those without effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gouji.checking import CheckResult, Evidence, Finding, Severity, Waiver, WaiverError, read_waivers, waive
from gouji.facts import Outcome

RULES = ("GJ101", "GJ201")
TODAY = date(2026, 6, 30)
ENTRY = """
[["豁免"]]
"规则" = "GJ101"
"表" = "支出决算表"
"行" = "206"
"理由" = "上级批复如此"
"批准人" = "张三"
"截止" = 2026-12-31
"""


def place(where: str = "《支出决算表》206 科学技术支出·项目支出", **more) -> Evidence:
    return Evidence("决算.pdf", 3, (1.0, 2.0, 3.0, 4.0), "第3页", where, **{"quote": "7.84", **more})


def finding(*evidence: Evidence, rule: str = "GJ101") -> Finding:
    return Finding(rule, Severity.ERROR, Outcome.VIOLATED, "不符", "", evidence)


WAIVER = Waiver(
    "豁免.toml", 1, "GJ101", "上级批复如此", "张三", date(2026, 12, 31), table="支出决算表", row="206"
)


def outcome(waiver: Waiver, *findings: Finding, today: date = TODAY) -> CheckResult:
    return waive(CheckResult([], list(findings)), [waiver], today)


def test_a_file_of_waivers_is_read() -> None:
    (waiver,) = read_waivers(ENTRY, "豁免.toml", RULES)
    assert waiver == WAIVER
    assert str(waiver) == "豁免.toml第1条（GJ101，表 支出决算表，行 206）"


def test_keys_need_no_quotes_where_toml_wants_none() -> None:
    assert read_waivers("", "豁免.toml", RULES) == []


def test_a_waived_finding_is_set_apart_and_does_not_count() -> None:
    result = outcome(WAIVER, finding(place(suspect=True)))
    assert result.findings == []
    assert result.worst() is None
    assert [waived.waiver for waived in result.waived] == [WAIVER]
    assert result.idle == []


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "GJ201"},
        {"table": "收入决算表"},
        {"row": "20603"},
        {"row": "技术支出"},
        {"column": "基本支出"},
        {"file": "预算.pdf"},
        {"snippet": "17.84"},
        {"snippet": ".84"},
        {"section": "支出决算表"},
    ],
)
def test_a_waiver_of_another_place_covers_nothing_and_says_so(change: dict[str, str]) -> None:
    result = outcome(replace(WAIVER, **change), finding(place(suspect=True)))
    assert len(result.findings) == 1
    assert result.waived == []
    assert "没有发现它所指的问题" in result.idle[0].why


@pytest.mark.parametrize(
    "change",
    [
        {"row": "206 科学技术支出"},
        {"row": "科学技术支出"},
        {"column": "项目支出"},
        {"file": "决算.pdf"},
        {"snippet": "7.84"},
        {"table": "", "row": "206"},
    ],
)
def test_a_place_can_be_named_in_several_ways(change: dict[str, str]) -> None:
    assert outcome(replace(WAIVER, **change), finding(place(suspect=True))).findings == []


def test_a_column_of_a_row_without_name() -> None:
    waiver = replace(WAIVER, row="", column="本年收入合计")
    assert outcome(waiver, finding(place("《支出决算表》本年收入合计"))).findings == []


def test_a_place_in_text() -> None:
    waiver = replace(WAIVER, table="", row="", section="四、财政拨款", snippet="持平")
    text = place("情况说明·四、财政拨款收入支出总体情况", quote="与上年相比持平。")
    assert outcome(waiver, finding(text)).findings == []
    assert outcome(replace(waiver, section="五、"), finding(text)).waived == []


def test_a_waiver_of_a_cell_hides_nothing_that_is_only_compared_with_it() -> None:
    other = place("《收入决算表》合计·本年收入合计", suspect=True)
    assert outcome(WAIVER, finding(other, place())).waived == []


def test_any_of_several_candidates_will_do() -> None:
    other = place("《收入决算表》合计·本年收入合计", candidate=True)
    assert len(outcome(WAIVER, finding(other, place(candidate=True))).waived) == 1


def test_the_last_day_still_counts_and_the_next_does_not() -> None:
    assert outcome(WAIVER, finding(place()), today=date(2026, 12, 31)).findings == []
    late = outcome(WAIVER, finding(place()), today=date(2027, 1, 1))
    assert len(late.findings) == 1
    assert "2026-12-31到期" in late.idle[0].why
    assert "照常列出" in late.idle[0].why
    assert "可以删去" in outcome(WAIVER, today=date(2027, 1, 1)).idle[0].why


def test_a_check_that_crashed_cannot_be_waived() -> None:
    crashed = replace(finding(place()), outcome=Outcome.CRASHED)
    assert outcome(WAIVER, crashed).findings == [crashed]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"豁免" = 1', "[[豁免]]"),
        ("[[豁免", "TOML"),
        (ENTRY.replace('"规则" = "GJ101"', '"规则" = "GJ999"'), "GJ999"),
        (ENTRY.replace('"理由" = "上级批复如此"', ""), "缺少“理由”"),
        (ENTRY.replace("2026-12-31", '"明年"'), "2026-12-31"),
        (ENTRY.replace('"表" = "支出决算表"', "").replace('"行" = "206"', ""), "哪一处"),
        (ENTRY.replace('"行"', '"位子"'), "位子"),
        (ENTRY.replace('"206"', "206"), "加引号"),
        ('"别的" = 1', "别的"),
    ],
)
def test_a_wrong_file_says_what_to_put_right(text: str, said: str) -> None:
    with pytest.raises(WaiverError) as wrong:
        read_waivers(text, "豁免.toml", RULES)
    assert said in str(wrong.value)
    assert "豁免.toml" in str(wrong.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(WaiverError) as wrong:
        read_waivers(ENTRY.replace('"理由"', '"因为"') + ENTRY.replace("GJ101", "X"), "豁免.toml", RULES)
    said = str(wrong.value)
    assert "第1条：缺少“理由”" in said
    assert "第2条：没有编号为“X”" in said
