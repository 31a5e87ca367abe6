"""What a label of a performance form says: its wording reduced to what the catalogue lists."""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.catalog import PerformanceWording, ValueWording, fold, label_of
from gouji.facts import Place, Presence, Printed, Unit, as_printed
from gouji.performance.indicator import Indicator, Share
from gouji.performance.value import Value, read_value

__all__ = ["RowText", "amount", "execution_share", "label_of", "money_unit", "share", "share_in"]

_SATISFACTION = ("满意度指标", "满意度")
_SHARE = re.compile(r"\((\d+(?:\.\d+)?)(?:分|%)?\)$|(?<=[^\d.:-])(\d+(?:\.\d+)?)分$")
_MARKS = re.compile(r"\(?\d+(?:\.\d+)?(?:[-~]\d+)?\)?分$")
"""Marks behind the name of a level: 产出指标 40分, 成本指标（0-20）分."""
_NAMED = {unit.value: unit for unit in (Unit.YI_YUAN, Unit.WAN_YUAN, Unit.THOUSAND_YUAN, Unit.YUAN)}
_UNITS = {**_NAMED, "亿": Unit.YI_YUAN, "万": Unit.WAN_YUAN}
_ASIDE = re.compile(r"(?<=[\d元万亿])\([^()]*\)$")
_UNIT_OF_NAME = re.compile(r"\(([≥≤<>=]{1,2})? ?\*{0,2}([^\d()含或≥≤<>=*]{1,3}|平方米|立方米|%)\)$")
_RATE = re.compile(r"执行率\(?分值\)?:?\((\d+(?:\.\d+)?)|得分\((\d+(?:\.\d+)?)分[*×]执行率\)")


def share_in(text: str) -> Decimal | None:
    """The weight that a label carries: ``产出指标（50分）``."""
    match = _SHARE.search(fold(text))
    return Decimal(match[1] or match[2]) if match else None


def level_label(text: str) -> str:
    """The name of a level or a category without its marks."""
    return _MARKS.sub("", label_of(text))


def execution_share(text: str) -> Share | None:
    """The weight of execution, where a form prints it in a cell of its own: ``执行率分值（10）``, ``得分（20分*执行率）``."""
    match = _RATE.search(fold(text))
    if match is None:
        return None
    weight = match[1] or match[2]
    return Share(weight, Decimal(weight))


def share(text: str) -> Share:
    """A weight, a score or a rate as printed; per cent signs and 分 are dropped."""
    folded = fold(text).removesuffix("分")
    printed = as_printed(folded, Unit.COUNT)
    if printed is None or printed.presence != "number":
        return Share(text, None)
    return Share(text, printed.value, printed.decimals)


def amount(text: str, unit: Unit) -> Printed | None:
    """An amount of money whose cell may name its unit (98万元), and in brackets what it is made of. ``None`` when it holds
    no figure."""
    folded = _ASIDE.sub("", fold(text))
    for word, named in _UNITS.items():
        if folded.endswith(word):
            folded, unit = folded.removesuffix(word), named
            break
    printed = as_printed(folded, unit)
    return printed if printed is not None and printed.presence is Presence.NUMBER else None


def is_hidden(text: str) -> bool:
    """Whether a cell was too narrow to show its figure (``####``)."""
    printed = as_printed(text, Unit.WAN_YUAN)
    return printed is not None and printed.presence is Presence.HIDDEN


def money_unit(text: str) -> Unit | None:
    """The unit that a head or a caption names: ``项目资金（万元）``."""
    return next((unit for word, unit in _NAMED.items() if word in fold(text)), None)


class RowText:
    """The texts of one indicator row by column, on the way to an :class:`Indicator`."""

    def __init__(self, wording: PerformanceWording) -> None:
        self.wording = wording

    def indicator(self, texts: dict[str, str], place: Place, why: str = "") -> Indicator:
        """Type a row. ``texts`` maps column ids of the catalogue to what is printed; columns that the form does not
        have are absent; ``joint`` names those of them whose cell is that of the row above."""
        wording = self.wording
        category = self._category(texts)
        level = wording.levels.get(level_label(texts.get("level1", "")), "") or wording.level_of.get(
            category, ""
        )
        adjusted = fold(texts.get("adjusted_target", ""))
        if adjusted and adjusted not in wording.values.nothing:
            # What was asked for in the end.
            texts = {**texts, "target": texts["adjusted_target"]}
        texts = self._with_unit_of_name(texts)
        target = self._value(texts, "target")
        actual: Value | None = None
        if "actual" in texts:
            actual = read_value(texts["actual"], wording.values, unit=texts.get("unit", ""), like=target)
        cycle = self._value(texts, "cycle_target") if "cycle_target" in texts else None
        return Indicator(
            name=wording.hint.sub("", wording.numbering.sub("", fold(texts.get("name", "")))),
            level1=texts.get("level1", ""),
            level2=texts.get("level2", ""),
            level=level,
            category=category,
            target=target,
            place=place,
            actual=actual,
            cycle_target=cycle,
            half_target=self._value(texts, "half_target") if "half_target" in texts else None,
            weight=self._marks(texts, "weight"),
            score=self._marks(texts, "score"),
            cause=texts.get("cause", ""),
            why=why,
        )

    @staticmethod
    def _marks(texts: dict[str, str], column: str) -> Share | None:
        if column not in texts:
            return None
        if column in texts.get("joint", "").split():
            return Share(texts[column], None, joint=True)
        return share(texts[column])

    def _category(self, texts: dict[str, str]) -> str:
        """The category of a row: its second level, or its first where the form has no other (数量指标 as 一级指标)."""
        categories, level2 = self.wording.categories, level_label(texts.get("level2", ""))
        found = categories.get(level2, "")
        if not found and level2.endswith(_SATISFACTION):
            return categories.get(_SATISFACTION[0], "")
        if not found and "level2" not in texts:
            return categories.get(level_label(texts.get("level1", "")), "")
        return found

    def _with_unit_of_name(self, texts: dict[str, str]) -> dict[str, str]:
        """A unit that stands behind the name (参加人数（人）, with its sign 猪舍（≥**平方米）) is that of bare figures."""
        match = _UNIT_OF_NAME.search(fold(texts.get("name", "")))
        if match is None or texts.get("unit") or not texts.get("target", "").strip()[-1:].isdigit():
            return texts
        return {**texts, "unit": match[2], "operator": texts.get("operator") or match[1] or ""}

    def _value(self, texts: dict[str, str], column: str) -> Value:
        values: ValueWording = self.wording.values
        return read_value(
            texts.get(column, ""), values, operator=texts.get("operator", ""), unit=texts.get("unit", "")
        )

    def is_residue(self, texts: dict[str, str]) -> bool:
        """Whether a row holds nothing but what the blank form prints: 指标1：, ……."""
        name, target = fold(texts.get("name", "")), fold(texts.get("target", ""))
        own = self.wording.numbering.sub("", name)
        blank = not own or own in self.wording.values.nothing
        return not target and (blank or any(pattern.search(name) for pattern in self.wording.residue))
