"""What Excel shows for a stored number under a number format, as a Chinese Excel shows it.

Amounts are rounded half away from zero, after the fifteen significant digits that Excel itself keeps: a sum
stored as 0.30000000000000004 is 0.3. Padding (``_x``, ``*x``) shows nothing here. Two things are shown more
fully than Excel shows them: ``General`` keeps all the digits of an integer, and eleven significant digits of
any other number. Fractions (``# ?/?``) are shown as decimals, Chinese numerals (``[DBNum2]``) as digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

# Enough digits for any double written out in full, with as many decimals and percent signs as a format can ask for.
_EXACT = Context(prec=1200, rounding=ROUND_HALF_UP)
_SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_UP)
_GENERAL_DIGITS = 11
_LONGEST_FORMAT = 255
_LAST_DATE = Decimal(2958466)

_SHORT_DATE = "yyyy/m/d"
_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
_HOUR = '上午/下午h"时"mm"分"'

BUILT_IN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: _SHORT_DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _HOUR, 35: _HOUR + 'ss"秒"', 36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
    55: _HOUR, 56: _HOUR + 'ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""The formats that a workbook names by number alone: ECMA-376 part 1, 18.8.30, with the zh-cn column."""


class Token(NamedTuple):
    """``kind`` is literal, digit, point, comma, percent, exponent, text, general, clock, elapsed or noon."""

    kind: str
    text: str


class PlainLayout(NamedTuple):
    """The layout of nearly every amount (``#,##0.00"元"``, ``0%``): Python's own formatting will do."""

    prefix: str
    spec: str
    suffix: str
    unit: Decimal
    percents: int


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts that ``;`` divides; ``condition`` is the operator and bound of ``[>=100]``."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    kinds: frozenset[str] = frozenset()
    plain: PlainLayout | None = None

    @classmethod
    def made_of(cls, tokens: Iterable[Token], condition: tuple[str, Decimal] | None = None) -> Section:
        tokens = tuple(tokens)
        return cls(tokens, condition, frozenset(token.kind for token in tokens), _plain_layout(tokens))

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def holds_for(self, value: Decimal) -> bool:
        if self.condition is None:
            return True
        operator, bound = self.condition
        return {
            "<": value < bound,
            "<=": value <= bound,
            ">": value > bound,
            ">=": value >= bound,
            "=": value == bound,
            "<>": value != bound,
        }[operator]


def shown_number(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """The number as the format shows it; ``from_1904`` says that dates count from 1904 instead of 1900."""
    value = _SIGNIFICANT.plus(value)
    sections = _number_sections(code)
    if not sections:
        return shown_general(value)
    section, signed = _choose(sections, value)
    if section.has("clock", "elapsed", "noon"):
        moment = value + (1462 if from_1904 else 0)
        return _shown_moment(moment, section) if 0 <= moment < _LAST_DATE else shown_general(value)
    body = _shown_amount(abs(value), section)
    return f"-{body}" if signed and value < 0 else body


def shown_text(text: str, code: str) -> str:
    """A text as the format shows it: its fourth section, or the one with ``@``, may dress or hide it."""
    sections = parse_format(code)
    dressing = next((section for section in sections if section.has("text")), None)
    if dressing is None and len(sections) > 3:
        dressing = sections[3]
    if dressing is None:
        return text
    return "".join(
        text if token.kind == "text" else token.text
        for token in dressing.tokens
        if token.kind in {"text", "literal"}
    )


def shown_general(value: Decimal) -> str:
    """A number without a format: all of an integer, else as many decimals as eleven digits leave."""
    if value == 0:
        return "0"
    if value.adjusted() > 20 or value.adjusted() < -10:
        digits, _, exponent = f"{value:.5E}".partition("E")
        return f"{_without_idle_zeros(digits)}E{int(exponent):+03d}"
    if value == value.to_integral_value():
        return f"{value:.0f}"
    decimals = max(0, _GENERAL_DIGITS - 1 - value.adjusted())
    return _without_idle_zeros(f"{_rounded(value, decimals):f}")


@lru_cache(maxsize=4096)
def parse_format(code: str) -> tuple[Section, ...]:
    """The sections of a number format; an empty format is ``General``, and so is one that is longer than Excel stores."""
    if not code.strip() or len(code) > _LONGEST_FORMAT:
        return (Section.made_of([Token("general", "")]),)
    sections: list[Section] = []
    tokens: list[Token] = []
    condition = None
    for match in _LEXEMES.finditer(code):
        kind, text = match.lastgroup or "literal", match.group()
        if kind == "divider":
            sections.append(Section.made_of(tokens, condition))
            tokens, condition = [], None
        elif kind == "bracket":
            compared = _CONDITION.fullmatch(text)
            if compared:
                condition = compared[1], Decimal(compared[2])
            tokens.extend(_bracket_tokens(text))
        elif kind == "quoted":
            tokens.append(Token("literal", text.strip('"')))
        elif kind == "escaped":
            tokens.append(Token("literal", text[1:]))
        elif kind != "padding":
            tokens.append(Token(kind, text))
    sections.append(Section.made_of(tokens, condition))
    return tuple(sections)


_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_LEXEMES = re.compile(
    r"""(?P<divider>;)
    |(?P<quoted>"[^"]*"?)
    |(?P<escaped>[\\!].)
    |(?P<padding>[_*].|[_*\\!]$)
    |(?P<bracket>\[[^\]]*\]?)
    |(?P<general>(?i:General|G/通用格式))
    |(?P<noon>(?i:AM/PM|A/P)|上午/下午)
    |(?P<exponent>[Ee][+-])
    |(?P<digit>[0\#?])
    |(?P<point>\.)
    |(?P<comma>,)
    |(?P<percent>%)
    |(?P<text>@)
    |(?P<clock>(?i:y+|m+|d+|h+|s+|aaaa?|e+))
    |(?P<literal>.)""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=4096)
def _number_sections(code: str) -> tuple[Section, ...]:
    return tuple(section for section in parse_format(code) if not section.has("text"))


def _plain_layout(tokens: tuple[Token, ...]) -> PlainLayout | None:
    """The layout of a section that has its digits in one run, with literals only around them."""
    places = [number for number, token in enumerate(tokens) if token.kind in {"digit", "comma", "point"}]
    if not places:
        return None
    start, end = places[0], places[-1] + 1
    run = _PLAIN_RUN.fullmatch("".join(token.text for token in tokens[start:end]))
    around = tokens[:start] + tokens[end:]
    # In ``0!.0`` the point stands between the digits as a literal and divides nothing.
    if (
        len(places) < end - start
        or run is None
        or any(token.kind not in {"literal", "percent"} or token.text == "/" for token in around)
    ):
        return None
    decimals = len(run["decimals"] or "")
    return PlainLayout(
        "".join(token.text for token in tokens[:start]),
        f"{',' if run['grouped'] else ''}.{decimals}f",
        "".join(token.text for token in tokens[end:]),
        Decimal(1).scaleb(-decimals),
        sum(token.kind == "percent" for token in around),
    )


_PLAIN_RUN = re.compile(r"(?:(?P<grouped>#,##)|#*)0(?:\.(?P<decimals>0+))?")


def _bracket_tokens(text: str) -> list[Token]:
    inside = text.strip("[]")
    if inside.startswith("$"):
        currency = inside[1:].partition("-")[0]
        return [Token("literal", currency)] if currency else []
    if inside and inside.casefold() in {"h", "hh", "m", "mm", "s", "ss"}:
        return [Token("elapsed", inside.casefold())]
    return []


def _choose(sections: tuple[Section, ...], value: Decimal) -> tuple[Section, bool]:
    """The section for ``value``, and whether a minus is still to be written before a negative one."""
    if len(sections) > 1 and any(section.condition for section in sections):
        chosen = next((section for section in sections if section.holds_for(value)), sections[-1])
        only_negatives = chosen.condition is not None and chosen.condition[0] in {"<", "<="}
        return chosen, not (only_negatives and chosen.condition is not None and chosen.condition[1] <= 0)
    if len(sections) == 1:
        return sections[0], True
    if value < 0:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _shown_amount(value: Decimal, section: Section) -> str:
    plain = section.plain
    if plain is not None:
        value = value.scaleb(2 * plain.percents, _EXACT).quantize(plain.unit, context=_EXACT)
        return f"{plain.prefix}{value:{plain.spec}}{plain.suffix}"
    tokens = section.tokens
    places = [number for number, token in enumerate(tokens) if token.kind == "digit"]
    if not places:
        return "".join(
            shown_general(value) if token.kind == "general" else token.text
            for token in tokens
            if token.kind in {"general", "literal", "percent", "point", "comma"}
        )
    exponent = next((number for number, token in enumerate(tokens) if token.kind == "exponent"), None)
    if exponent is not None:
        return _shown_scientific(value, section, exponent)
    if any(token == Token("literal", "/") for token in tokens):
        return shown_general(value)
    point = next((number for number, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole_places = [number for number in places if number < point]
    decimals = len(places) - len(whole_places)
    last = max(whole_places, default=-1)
    thousands = _commas_after(tokens, last)
    if places[-1] > point:
        thousands += _commas_after(tokens, places[-1])
    value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens), _EXACT)
    value = _rounded(value.scaleb(-3 * thousands, _EXACT), decimals)
    whole, _, fraction = f"{value:f}".partition(".")
    grouped = any(token.kind == "comma" for token in tokens[min(places) : last]) if whole_places else False
    written = _fill_whole(tokens[:point], whole.lstrip("0"), grouped)
    return written + _fill_fraction(tokens[point:], fraction)


def _commas_after(tokens: tuple[Token, ...], place: int) -> int:
    """The commas right behind the last digit place: each divides by a thousand."""
    if place < 0:
        return 0
    count = 0
    for token in tokens[place + 1 :]:
        if token.kind != "comma":
            break
        count += 1
    return count


def _fill_whole(tokens: tuple[Token, ...], digits: str, grouped: bool) -> str:
    """Put the digits into their places from the right; the first place takes all that are left over.

    Literals may stand between places: ``0!.0,`` shows 12345 as 12.3 without being a decimal.
    """
    remaining = sum(token.kind == "digit" for token in tokens)
    left = list(digits)
    written: list[str] = []  # from right to left
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if grouped and count and count % 3 == 0 and digit != " ":
            written.append(",")
        written.append(digit)
        count += 1

    for token in reversed(tokens):
        if token.kind == "digit":
            remaining -= 1
            if left:
                put(left.pop())
            elif token.text == "0":
                put("0")
            elif token.text == "?":
                put(" ")
            while remaining == 0 and left:
                put(left.pop())
        elif token.kind in {"literal", "percent"}:
            written.append(token.text[::-1])
    # Only literals stand before the point of a format such as ".00".
    while left:
        put(left.pop())
    return "".join(written)[::-1]


def _fill_fraction(tokens: tuple[Token, ...], digits: str) -> str:
    places = [token.text for token in tokens if token.kind == "digit"]
    kept = len(places)
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    written: list[str] = []
    number = 0
    for token in tokens:
        if token.kind == "digit":
            if number < kept:
                written.append(digits[number])
            elif token.text == "?":
                written.append(" ")
            number += 1
        elif token.kind in {"literal", "percent", "point"}:
            written.append(token.text)
    return "".join(written)


def _shown_scientific(value: Decimal, section: Section, exponent: int) -> str:
    head = Section.made_of(section.tokens[:exponent])
    places = [token for token in head.tokens if token.kind in {"digit", "point"}]
    whole = 0
    for token in places:
        if token.kind == "point":
            break
        whole += 1
    decimals = sum(token.kind == "digit" for token in places) - whole
    step = max(whole, 1)
    power = 0 if value == 0 else value.adjusted() // step * step
    if _rounded(value.scaleb(-power, _EXACT), decimals) >= Decimal(10) ** step:
        power += step
    mantissa = _shown_amount(value.scaleb(-power, _EXACT), head)
    width = sum(token.kind == "digit" for token in section.tokens[exponent:])
    sign = "-" if power < 0 else section.tokens[exponent].text[1].replace("-", "")
    tail = "".join(token.text for token in section.tokens[exponent + 1 :] if token.kind == "literal")
    return f"{mantissa}E{sign}{abs(power):0{width}d}{tail}"


def _shown_moment(moment: Decimal, section: Section) -> str:
    tokens = section.tokens
    seconds = int(_rounded(moment * 86400, 0))
    days, in_day = divmod(seconds, 86400)
    year, month, day, weekday = _calendar(days)
    hour = in_day // 3600
    twelve = (hour % 12 or 12) if section.has("noon") else hour
    written: list[str] = []
    for number, token in enumerate(tokens):
        if token.kind == "literal":
            written.append(token.text)
        elif token.kind in {"point", "comma"}:
            # A decimal point only opens the fractions of a second, which are not shown.
            if not (number + 1 < len(tokens) and tokens[number + 1].kind == "digit"):
                written.append(token.text)
        elif token.kind == "noon":
            words = ("上午", "下午") if token.text == "上午/下午" else tuple(token.text.upper().split("/"))
            written.append(words[hour >= 12])
        elif token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            written.append(f"{seconds // unit:0{len(token.text)}d}")
        elif token.kind == "clock":
            letter, width = token.text[0].casefold(), len(token.text)
            if letter == "m" and width <= 2 and _is_minute(tokens, number):
                written.append(f"{in_day // 60 % 60:0{width}d}")
            elif letter == "m" and width > 2:
                written.append(date(2000, max(month, 1), 1).strftime("%b" if width == 3 else "%B"))
            elif letter in {"y", "e"}:
                written.append(f"{year % 100:02d}" if letter == "y" and width <= 2 else str(year))
            elif letter == "a" or (letter == "d" and width > 2):
                written.append(("星期" if width > 3 else "") + "一二三四五六日"[weekday])
            else:
                amount = {"m": month, "d": day, "h": twelve, "s": in_day % 60}[letter]
                written.append(f"{amount:0{min(width, 2)}d}")
    return "".join(written)


def _is_minute(tokens: tuple[Token, ...], number: int) -> bool:
    """An ``m`` is a minute right after an hour or right before a second."""
    units = [n for n, token in enumerate(tokens) if token.kind in {"clock", "elapsed"}]
    where = units.index(number)
    after_hour = where > 0 and tokens[units[where - 1]].text[0].casefold() == "h"
    before_second = where + 1 < len(units) and tokens[units[where + 1]].text[0].casefold() == "s"
    return after_hour or before_second


def _calendar(days: int) -> tuple[int, int, int, int]:
    """Year, month, day and weekday (Monday is 0) of a serial; Excel has a 29 February 1900 (day 60)."""
    if days == 60:
        return 1900, 2, 29, 2
    if days == 0:
        return 1900, 1, 0, 5
    found = date(1899, 12, 30) + timedelta(days=days + (days < 60))
    return found.year, found.month, found.day, found.weekday()


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def _without_idle_zeros(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
