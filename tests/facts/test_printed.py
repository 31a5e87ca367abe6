"""Figures as printed: what is read, what is kept apart, what precision says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.facts import Interval, Presence, Unit, as_printed, render


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("361.46", "361.46", 2),
        ("2,940.05", "2940.05", 2),
        ("２，９４０．０５", "2940.05", 2),
        ("1 234.50", "1234.50", 2),
        ("(12.30)", "-12.30", 2),
        ("-0.5", "-0.5", 1),
        ("0", "0", 0),
        ("0.00", "0.00", 2),
        ("99.530000", "99.530000", 6),
    ],
)
def test_a_figure_is_read_exactly(text: str, value: str, decimals: int) -> None:
    printed = as_printed(text, Unit.WAN_YUAN)
    assert printed is not None
    assert printed.presence is Presence.NUMBER
    assert str(printed.value) == value
    assert printed.decimals == decimals


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0"])
def test_a_blank_is_nil(text: str) -> None:
    printed = as_printed(text, Unit.WAN_YUAN)
    assert printed is not None
    assert printed.presence is Presence.NIL


@pytest.mark.parametrize("text", ["—", "-", "--", "－", "/"])
def test_a_dash_is_neither_nil_nor_zero(text: str) -> None:
    printed = as_printed(text, Unit.WAN_YUAN)
    assert printed is not None
    assert printed.presence is Presence.DASH


@pytest.mark.parametrize("text", ["教育支出", "1,23.4", "12.3.4", "2024年", "1.5万元", "１２a", "1,2345"])
def test_words_are_no_figure(text: str) -> None:
    assert as_printed(text, Unit.WAN_YUAN) is None


def test_precision_is_what_was_printed_until_the_table_says_more() -> None:
    ten = as_printed("10", Unit.WAN_YUAN)
    assert ten is not None
    assert ten.interval == Interval(Decimal(95_000), Decimal(105_000))
    assert ten.with_precision(2).interval == Interval(Decimal(99_950), Decimal(100_050))


def test_two_hands_may_round_one_amount_differently() -> None:
    one, other = as_printed("236.63", Unit.WAN_YUAN), as_printed("236.64", Unit.WAN_YUAN)
    assert one is not None
    assert other is not None
    assert one.interval.meets(other.interval)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.integers(0, 6))
def test_rendering_and_reading_agree_within_the_printed_precision(amount: Decimal, decimals: int) -> None:
    printed = as_printed(render(amount, Unit.WAN_YUAN, decimals), Unit.WAN_YUAN)
    assert printed is not None
    assert printed.interval.holds(amount)


def test_halves_are_rounded_up_as_accountants_do() -> None:
    assert render(Decimal(50), Unit.WAN_YUAN, 2) == "0.01"
    assert render(Decimal(-49), Unit.WAN_YUAN, 2) == "0.00"


def test_more_digits_than_any_amount_has_are_words() -> None:
    assert as_printed("6222020200112233445566", Unit.YUAN) is None
    assert as_printed("9" * 5000, Unit.YUAN) is None
    assert as_printed("123456789012.34", Unit.WAN_YUAN) is not None


@pytest.mark.parametrize("text", ["###", "########", "＃＃＃＃", " #### "])
def test_a_figure_too_wide_for_its_cell_is_hidden(text: str) -> None:
    printed = as_printed(text, Unit.WAN_YUAN)
    assert printed is not None
    assert (printed.presence, printed.value) == (Presence.HIDDEN, 0)
    assert as_printed("##", Unit.WAN_YUAN) is None
