"""Wordings of target and actual values, and what they come to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.catalog import load_catalog
from gouji.performance import Operator, Reached, Shape, reach, read_value, split_items

VALUES = load_catalog().performance.values


@pytest.mark.parametrize(
    ("text", "operator", "low", "unit"),
    [
        ("≥90%", "≥", "90", "%"),
        ("≧100万人次", "≥", "1000000", "人次"),
        ("不低于 85 分", "≥", "85", "分"),
        ("大于等于2次", "≥", "2", "次"),
        ("3000万次以上", "≥", "30000000", "次"),
        ("5次以上", "≥", "5", "次"),
        ("90%（含）以上", "≥", "90", "%"),
        ("不超过3次", "≤", "3", "次"),
        ("≦4‰", "≤", "4", "‰"),
        ("投诉次数≤3", "≤", "3", ""),
        ("≤15元/人", "≤", "15", "元/人"),
        ("≤24小时", "≤", "24", "小时"),
        ("30天以内", "≤", "30", "天"),
        ("＞4000人", ">", "4000", "人"),
        ("超过100项", ">", "100", "项"),
        ("低于0.9‰", "<", "0.9", "‰"),
        ("=100%", "=", "100", "%"),
        ("等于1场", "=", "1", "场"),
        ("1场", "=", "1", "场"),
        ("100 %", "=", "100", "%"),
        ("1,093.54亿元", "=", "109354000000", "元"),
        ("3-5家", "区间", "3", "家"),
        ("80%~90%", "区间", "80", "%"),
        ("12个月", "=", "12", "月"),
        ("≥2月", "≥", "2", "月"),
        ("全市数量≥1.6万场", "≥", "16000", "场"),
        ("290.63万人次（含流动场馆）", "=", "2906300", "人次"),
        ("同比增长-3%", "=", "-3", "%"),
        ("完成率100%", "=", "100", "%"),
        ("≤资金下达后2日", "≤", "2", "天"),
    ],
)
def test_a_quantity(text: str, operator: str, low: str, unit: str) -> None:
    value = read_value(text, VALUES)
    assert value.shape is Shape.QUANTITY
    assert (value.operator, value.low, value.unit) == (Operator(operator), Decimal(low), unit)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", Shape.BLANK),
        ("不涉及", Shape.NOTHING),
        ("有所提升", Shape.WORDS),
        ("四种", Shape.WORDS),
        ("2022年6月底前", Shape.DEADLINE),
        ("1-12月", Shape.DEADLINE),
        ("2月", Shape.DEADLINE),
        ("全年", Shape.DEADLINE),
        ("专家≧2000人（其中省200人）", Shape.COMPOUND),
        ("各分会10家，各市州共200家", Shape.COMPOUND),
        ("≤0.5小时响应，2小时到场", Shape.COMPOUND),
        ("7×24小时", Shape.COMPOUND),
        ("约6类", Shape.COMPOUND),
        ("40余次", Shape.COMPOUND),
        ("第3名", Shape.COMPOUND),
        ("增长5%左右", Shape.COMPOUND),
    ],
)
def test_what_is_no_single_quantity_is_not_made_one(text: str, shape: Shape) -> None:
    value = read_value(text, VALUES)
    assert (value.shape, value.operator, value.low) == (shape, Operator.QUALITATIVE, None)


def test_operator_and_unit_may_have_columns_of_their_own() -> None:
    value = read_value("33.54525", VALUES, operator="≤", unit="万元")
    assert (value.operator, value.low, value.unit) == (Operator.AT_MOST, Decimal("335452.5"), "元")
    assert read_value("优", VALUES, operator="定性").operator is Operator.QUALITATIVE
    assert read_value("9", VALUES, operator="≤", unit="月").shape is Shape.QUANTITY


def test_two_months_answer_two_months() -> None:
    target = read_value("≥2月", VALUES)
    assert read_value("2月", VALUES, like=target).low == 2


@pytest.mark.parametrize(
    ("target", "actual", "reached"),
    [
        ("≥20场", "20场", Reached.MET),
        ("≥20场", "19场", Reached.MISSED),
        ("≥20万次", "496万次", Reached.MET),
        (">100次", "100次", Reached.MISSED),
        ("≤3次", "0次", Reached.MET),
        ("≤3次", "4次", Reached.MISSED),
        ("3场", "4场", Reached.MET),
        ("3-5家", "2家", Reached.MISSED),
        ("3-5家", "6家", Reached.UNKNOWN),
        ("100%", "1", Reached.UNKNOWN),
        ("≤3天", "2天内", Reached.MET),
        ("2小时内", "3小时", Reached.MISSED),
        ("≥3家国内企业", "3家国内企业", Reached.MET),
        ("≥50公里", "50.3千米", Reached.MET),
        ("≥3", "5次", Reached.MET),
        ("≥3人", "5场", Reached.UNKNOWN),
        ("≤10万元", "9.5", Reached.UNKNOWN),
        ("有所提升", "明显提升", Reached.UNKNOWN),
    ],
)
def test_reaching(target: str, actual: str, reached: Reached) -> None:
    wanted = read_value(target, VALUES)
    assert reach(wanted, read_value(actual, VALUES, like=wanted)).reached is reached


def test_clauses_of_one_cell() -> None:
    assert split_items("1、组织活动1场；2、赴两地调研2次以上。") == ["组织活动1场", "赴两地调研2次以上"]
    assert split_items("参加人数≥1,200人，成本控制率等于100%") == ["参加人数≥1,200人", "成本控制率等于100%"]
