"""What the method gives, and how it stands beside what a person gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.catalog import load_catalog
from gouji.performance import Adopted, Kind, execution_score, grade, rounded, score_indicator

from .rows import indicator

METHOD = load_catalog().scoring[0]


@pytest.mark.parametrize(
    ("target", "actual", "computed"),
    [("≥20场", "20场", "2"), ("≥20场", "18场", "1.8"), ("20场", "25场", "2"), ("≤3次", "2次", "2")],
)
def test_full_marks_on_reaching_and_in_proportion_below(target: str, actual: str, computed: str) -> None:
    scored = score_indicator(indicator("活动", target, actual, weight="2", score="2"), METHOD)
    assert scored is not None
    assert scored.computed == Decimal(computed)


@pytest.mark.parametrize(("target", "actual"), [("≤3次", "5次"), ("有所提升", "明显提升")])
def test_what_no_method_settles_is_left_to_a_person(target: str, actual: str) -> None:
    scored = score_indicator(indicator("活动", target, actual, weight="2", score="1"), METHOD)
    assert scored is not None
    assert (scored.computed, scored.low, scored.high) == (None, Decimal(0), Decimal(2))


@pytest.mark.parametrize(("score", "band"), [("5", "达成年度指标"), ("4", "部分达成"), ("1", "未达成")])
def test_bands_of_qualitative_indicators(score: str, band: str) -> None:
    scored = score_indicator(indicator("作用", "明显", "较明显", weight="6", score=score), METHOD)
    assert scored is not None
    assert scored.band.startswith(band)


@pytest.mark.parametrize(
    ("target", "actual", "level1", "level2"),
    [
        ("8万元", "7万元", "成本指标", "经济成本指标"),
        ("100万元", "99.8万元", "产出指标", "数量指标"),
        ("30分钟", "25分钟", "产出指标", "质量指标"),
    ],
)
def test_a_bare_cost_or_time_does_not_say_whether_less_is_worse(
    target: str, actual: str, level1: str, level2: str
) -> None:
    row = indicator("费用或用时", target, actual, level1=level1, level2=level2, weight="2", score="2")
    scored = score_indicator(row, METHOD)
    assert scored is not None
    assert scored.computed is None


def test_execution_is_capped_and_rounded_half_up() -> None:
    assert rounded(
        execution_score(Decimal("10220.32"), Decimal("8975.93"), Decimal(10)) or Decimal(0), 1
    ) == Decimal("8.8")
    assert execution_score(Decimal(100), Decimal(120), Decimal(10)) == 10
    assert execution_score(Decimal(0), Decimal(0), Decimal(10)) is None


@pytest.mark.parametrize(
    ("total", "name"), [("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59.9", "差")]
)
def test_grades(total: str, name: str) -> None:
    assert grade(Decimal(total), METHOD) == name


def test_a_changed_score_needs_a_reason() -> None:
    assert Adopted(Decimal(2), Decimal("1.5"), "验收推迟").computed == 2
    with pytest.raises(ValueError, match="理由"):
        Adopted(Decimal(2), Decimal("1.5"), " ")


def test_kinds() -> None:
    assert indicator("场次", "≥3场").kind is Kind.QUANTITATIVE
    assert indicator("作用", "明显").kind is Kind.QUALITATIVE
    assert indicator("完成时间", "6月底前").kind is Kind.DEADLINE
    assert indicator("总成本", "≤8万元", level1="产出指标", level2="成本指标").kind is Kind.COST_CEILING
