"""A target or actual value (指标值、实际完成值): as printed, and the bound and quantity that it states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gouji.catalog import ValueWording, fold


class Operator(StrEnum):
    """What a value asks for (指标性质)."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    MORE = ">"
    LESS = "<"
    BETWEEN = "区间"
    QUALITATIVE = "定性"


class Shape(StrEnum):
    """How a value is worded."""

    BLANK = "blank"
    NOTHING = "nothing"
    """Said to be absent: 不涉及, 无, a dash."""
    QUANTITY = "quantity"
    DEADLINE = "deadline"
    """A date or a season: 6月底前, 全年."""
    WORDS = "words"
    """Without a figure: 有所提升, 已完成."""
    COMPOUND = "compound"
    """With figures that are not one quantity: several of them, or a sentence around one."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as printed (``text``) and as understood.

    ``low`` and ``high`` are in ``unit``, magnitudes multiplied out (100万人次 is 1000000 人次); both are set for a
    range, and the same for any other quantity. ``sign`` is the bound as printed, empty for a bare figure; ``spoken``
    marks a bound in words. ``subject`` is what stands before the bound (投诉次数 in 投诉次数≤3).
    """

    text: str
    operator: Operator
    shape: Shape
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    sign: str = ""
    subject: str = ""

    @property
    def spoken(self) -> bool:
        return bool(re.search(r"\w", self.sign))

    @property
    def is_quantity(self) -> bool:
        return self.shape is Shape.QUANTITY

    @property
    def amount(self) -> Decimal | None:
        """The quantity, or the end of the range that has to be reached."""
        return self.low


_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
_UNIT = re.compile(r"[^\d,。;:、()!?<>=≥≤+*×]{0,6}(?:/[^\d,。;:()]{1,6})?")
_NOTE = re.compile(r"\(([^()]*)\)$")
_PROSE = re.compile(r"[。;,!?]")
_VAGUE = ("左右", "上下", "多", "余")
_ORDINALS = ("-", "第", "前", "约", "近", "±", "×", "*", "/", ".", ":", "+")
_LONGEST_SUBJECT = 14


def read_value(
    text: str, wording: ValueWording, *, operator: str = "", unit: str = "", like: Value | None = None
) -> Value:
    """Understand a value. ``operator`` and ``unit`` are those of columns of their own; ``like`` is the target that an
    actual value answers: what is a quantity there is one here (2月 may be two months)."""
    folded = fold(text).strip("。;,.")
    given = _operator(fold(operator), wording)
    if not folded:
        return Value(text, given[0] if given else Operator.QUALITATIVE, Shape.BLANK)
    if folded in wording.nothing:
        return Value(text, Operator.QUALITATIVE, Shape.NOTHING)
    if given and given[0] is Operator.QUALITATIVE:
        return Value(text, Operator.QUALITATIVE, Shape.WORDS, sign=given[1])
    value = _quantity(text, folded, wording)
    explicit = value is not None and (
        (value.sign and value.operator is not Operator.BETWEEN)
        or (like is not None and like.is_quantity and like.unit == value.unit)
    )
    if wording.deadline.search(folded) and not explicit and not (unit or given):
        return Value(text, Operator.QUALITATIVE, Shape.DEADLINE)
    if value is None:
        shape = Shape.COMPOUND if _FIGURE.search(folded) else Shape.WORDS
        return Value(text, Operator.QUALITATIVE, shape)
    if unit and not value.unit:
        factor, name = unit_of(fold(unit), wording)
        value = replace(value, low=_times(value.low, factor), high=_times(value.high, factor), unit=name)
    if given and not value.sign:
        value = replace(value, operator=given[0], sign=given[1])
    return value


def unit_of(folded: str, wording: ValueWording) -> tuple[Decimal, str]:
    """The magnitude in a unit, and the unit's name: 万人次 is (10000, 人次)."""
    if folded in wording.units:
        return Decimal(1), wording.units[folded]
    for word, factor in wording.magnitudes:
        if folded.startswith(word):
            rest = folded[len(word) :]
            return factor, wording.units.get(rest, rest)
    return Decimal(1), folded


def _operator(folded: str, wording: ValueWording) -> tuple[Operator, str] | None:
    return next(((Operator(operator), word) for word, operator in wording.before if word == folded), None)


def _quantity(text: str, folded: str, wording: ValueWording) -> Value | None:
    """The whole of a text as one quantity, or ``None``."""
    note = _NOTE.search(folded)
    if note is not None and note.start() > 0:
        if _FIGURE.search(note[1]):
            return None
        folded = folded[: note.start()]
    figures = list(_FIGURE.finditer(folded))
    if not figures or len(figures) > 2:
        return None
    first, last = figures[0], figures[-1]
    head, tail = folded[: first.start()], folded[last.end() :]
    between = folded[first.end() : last.start()] if len(figures) == 2 else ""
    bound, head = _before(head, wording)
    negative = (head.endswith("-") and not head[-2:-1].isascii()) or head == "-"
    head = head.removesuffix("-") if negative else head
    after, tail = _after(tail, wording)
    bound = bound or after
    if head.endswith(_ORDINALS) or not _is_unit(tail, wording) or not _is_subject(head, bool(bound)):
        return None
    factor, unit = unit_of(tail, wording)
    low = _number(first[0]) * factor * (-1 if negative else 1)
    if len(figures) == 1:
        operator = Operator(bound[0]) if bound else Operator.EQUAL
        return Value(text, operator, Shape.QUANTITY, low, low, unit, bound[1] if bound else "", head)
    if not _joins(between, tail, wording):
        return None
    high = _number(last[0]) * factor
    return Value(text, Operator.BETWEEN, Shape.QUANTITY, low, high, unit, between, head)


def _before(head: str, wording: ValueWording) -> tuple[tuple[str, str] | None, str]:
    """The bound at the end of what precedes a figure, and the rest."""
    stem = head.removesuffix("-") if len(head) > 1 else head
    for word, operator in wording.before:
        if stem.endswith(word) and operator != Operator.QUALITATIVE:
            return (operator, word), stem[: -len(word)].rstrip(",:") + head[len(stem) :]
    for word, operator in wording.before:
        # A sign may stand before the whole: ≤资金下达后2日.
        if len(word) == 1 and not word.isalnum() and head.startswith(word):
            return (operator, word), head[1:]
    return None, head.rstrip(":")


def _after(tail: str, wording: ValueWording) -> tuple[tuple[str, str] | None, str]:
    """The bound in what follows a figure, and the rest: 次以上, 以上次."""
    for word, operator in wording.after:
        if tail.endswith(word):
            return (operator, word), tail[: -len(word)]
    for word, operator in wording.within:
        # 3天内 is a bound, 3家国内 none.
        if tail.endswith(word) and tail[: -len(word)] in wording.times:
            return (operator, word), tail[: -len(word)]
    return None, tail


def _is_unit(tail: str, wording: ValueWording) -> bool:
    if tail in wording.units:
        return True
    if tail.endswith(_VAGUE) or tail.startswith(_VAGUE):
        return False
    stem = next((tail[len(word) :] for word, _ in wording.magnitudes if tail.startswith(word)), tail)
    return bool(_UNIT.fullmatch(stem.replace("、", "", 1) if "/" in stem else stem))


def _is_subject(head: str, bounded: bool) -> bool:
    if not head:
        return True
    return bounded or (len(head) <= _LONGEST_SUBJECT and not _PROSE.search(head))


def _joins(between: str, tail: str, wording: ValueWording) -> bool:
    """Whether two figures are the ends of a range: 3-5家, 80%~90%."""
    return any(between in (word, tail + word) for word in wording.ranges)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _times(amount: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if amount is None else amount * factor


_ITEM = re.compile(r"[;；。]|,(?!\d{3})|(?:(?<=[;；。,])|^)\d{1,2}[、.．](?!\d)")


def split_items(text: str) -> Sequence[str]:
    """The clauses of a cell that lists several indicators (组织活动1场；开展调研2次以上), in order, unnumbered."""
    return [item for item in (part.strip("、,") for part in _ITEM.split(fold(text))) if item]


def like_target(amount: Decimal, target: Value, wording: ValueWording) -> str:
    """A counted amount, printed in the unit of its target: 2906300 for ≥100万人次 is 290.63万人次."""
    folded = fold(target.text)
    for word, factor in wording.magnitudes:
        if target.unit and f"{word}{target.unit}" in folded:
            return f"{_plain(amount / factor)}{word}{target.unit}"
    return f"{_plain(amount)}{target.unit}"


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
