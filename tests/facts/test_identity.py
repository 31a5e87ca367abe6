"""Identities over what is printed: exact, rounding, violated, and what a place would have to be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gouji.facts import Identity, Interval, Outcome, Place, Term, Unit, Witness, as_printed


def witness(text: str, unit: Unit = Unit.WAN_YUAN) -> Witness:
    printed = as_printed(text, unit)
    assert printed is not None
    return Witness(None, printed, Place("f", None, None, ""), "表", 0, 0, "", text, "")


def total_of(total: str, *parts: str, relation: str = "=") -> Identity:
    left = tuple(Term(1, witness(part)) for part in parts)
    return Identity("R", relation, left, (Term(1, witness(total)),), "合计")


@pytest.mark.parametrize(
    ("total", "parts", "outcome"),
    [
        ("304.47", ["125.94", "178.53"], Outcome.EXACT),
        ("304.48", ["125.94", "178.53"], Outcome.ROUNDING),
        ("304.49", ["125.94", "178.53"], Outcome.VIOLATED),
        ("304.49", ["125.94", "178.53", "0.00"], Outcome.ROUNDING),
        ("0", [], Outcome.EXACT),
        ("5.00", ["", "5.00"], Outcome.EXACT),
        ("5.01", ["", "5.00"], Outcome.ROUNDING),
        ("5.02", ["", "5.00"], Outcome.VIOLATED),
    ],
)
def test_rounding_explains_half_a_last_place_for_each_figure(
    total: str, parts: list[str], outcome: Outcome
) -> None:
    assert total_of(total, *parts).verdict().outcome is outcome


def test_a_part_may_be_as_large_as_the_whole_and_no_larger() -> None:
    assert total_of("5.00", "5.00", relation="<=").verdict().outcome is Outcome.EXACT
    assert total_of("5.00", "4.00", relation="<=").verdict().outcome is Outcome.EXACT
    assert total_of("5.00", "5.01", relation="<=").verdict().outcome is Outcome.ROUNDING
    assert total_of("5.00", "5.02", relation="<=").verdict().outcome is Outcome.VIOLATED


def test_mixed_units_meet_in_yuan() -> None:
    left = (Term(1, witness("3044783.12", Unit.YUAN)),)
    identity = Identity("R", "=", left, (Term(1, witness("304.48")),), "元与万元")
    assert identity.verdict().outcome is Outcome.ROUNDING


def test_what_a_place_would_have_to_be() -> None:
    identity = total_of("304.48", "125.94", "187.53")
    wrong = identity.left[1].witness
    needed = identity.required(wrong)
    assert needed.lo == 1_785_300
    assert needed.hi == 1_785_500


def test_the_arithmetic_shows_the_numbers() -> None:
    assert (
        total_of("304.48", "125.94", "178.53").arithmetic()
        == "125.94＋178.53＝304.47 ≈ 304.48，相差-0.01万元"
    )


def test_what_a_place_has_to_be_is_what_the_others_leave() -> None:
    identity = total_of("100.00", "12.30", "7", "", "-5.5", "61.27")
    (*_, doubted), (total, *_) = identity.left, identity.right
    known = {doubted.witness: Interval(Decimal(600_000), Decimal(650_000))}
    for _, wanted in identity.terms:
        for doubts in (None, known):
            rest = Interval(Decimal(0), Decimal(0))
            for coefficient, other in identity.terms:
                if other is not wanted:
                    stated = (doubts or {}).get(other, other.printed.interval)
                    rest = rest.plus(stated.times(coefficient))
            needed = identity.required(wanted, doubts, identity.verdict())
            assert needed == (rest if wanted is total.witness else rest.times(-1))


@pytest.mark.parametrize(
    ("parts", "total", "said"),
    [
        (("7998平方米", "105平方米"), "8013平方米", "7998＋105＝8103 ≠ 8013，相差90平方米"),
        (("3辆", "2台"), "6辆", "3＋2＝5 ≠ 6，相差-1"),
    ],
)
def test_counts_differ_by_what_is_counted(parts: tuple[str, ...], total: str, said: str) -> None:
    identity = Identity(
        "R", "=", tuple(Term(1, counted(part)) for part in parts), (Term(1, counted(total)),), "合计"
    )
    assert identity.arithmetic() == said


def counted(text: str) -> Witness:
    figure = "".join(c for c in text if c.isdigit())
    one = witness(figure, Unit.COUNT)
    return replace(one, printed=one.printed._replace(text=text))
