"""What a label of a performance form says: its wording reduced to what the catalogue lists."""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.catalog import PerformanceWording, ValueWording, fold, label_of
from gouji.facts import Place, Printed, Unit, as_printed
from gouji.performance.indicator import Indicator, Share
from gouji.performance.value import Value, read_value

__all__ = ["RowText", "amount", "execution_share", "label_of", "money_unit", "share", "share_in"]

_SHARE = re.compile(r"\((\d+(?:\.\d+)?)(?:分|%)?\)$")
_UNITS = {unit.value: unit for unit in (Unit.YI_YUAN, Unit.WAN_YUAN, Unit.THOUSAND_YUAN, Unit.YUAN)}
_UNIT_OF_NAME = re.compile(r"\(([^\d()含或]{1,3}|%)\)$")
_RATE = re.compile(r"执行率\(?分值\)?:?\((\d+(?:\.\d+)?)")


def share_in(text: str) -> Decimal | None:
    """The weight that a label carries: ``产出指标（50分）``."""
    match = _SHARE.search(fold(text))
    return Decimal(match[1]) if match else None


def execution_share(text: str) -> Share | None:
    """The weight of execution, where a form prints it in a cell of its own: ``执行率分值（10）``."""
    match = _RATE.search(fold(text))
    return Share(match[1], Decimal(match[1])) if match else None


def share(text: str) -> Share:
    """A weight, a score or a rate as printed; per cent signs and 分 are dropped."""
    folded = fold(text).removesuffix("分")
    printed = as_printed(folded, Unit.COUNT)
    if printed is None or printed.presence != "number":
        return Share(text, None)
    return Share(text, printed.value, printed.decimals)


def amount(text: str, unit: Unit) -> Printed | None:
    """An amount of money whose cell may name its unit (98万元). ``None`` when it holds no figure."""
    folded = fold(text)
    for word, named in _UNITS.items():
        if folded.endswith(word):
            folded, unit = folded.removesuffix(word), named
            break
    printed = as_printed(folded, unit)
    return printed if printed is not None and printed.presence == "number" else None


def money_unit(text: str) -> Unit | None:
    """The unit that a head or a caption names: ``项目资金（万元）``."""
    return next((unit for word, unit in _UNITS.items() if word in fold(text)), None)


class RowText:
    """The texts of one indicator row by column, on the way to an :class:`Indicator`."""

    def __init__(self, wording: PerformanceWording) -> None:
        self.wording = wording

    def indicator(self, texts: dict[str, str], place: Place, why: str = "") -> Indicator:
        """Type a row. ``texts`` maps column ids of the catalogue to what is printed; columns that the form does not
        have are absent."""
        wording = self.wording
        category = wording.categories.get(label_of(texts.get("level2", "")), "")
        level = wording.levels.get(label_of(texts.get("level1", "")), "") or wording.level_of.get(
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
            name=wording.numbering.sub("", fold(texts.get("name", ""))),
            level1=texts.get("level1", ""),
            level2=texts.get("level2", ""),
            level=level,
            category=category,
            target=target,
            place=place,
            actual=actual,
            cycle_target=cycle,
            weight=share(texts["weight"]) if "weight" in texts else None,
            score=share(texts["score"]) if "score" in texts else None,
            cause=texts.get("cause", ""),
            why=why,
        )

    def _with_unit_of_name(self, texts: dict[str, str]) -> dict[str, str]:
        """A unit that stands behind the name (参加人数（人）) is that of bare figures."""
        match = _UNIT_OF_NAME.search(fold(texts.get("name", "")))
        if match is None or texts.get("unit") or not texts.get("target", "").strip()[-1:].isdigit():
            return texts
        return {**texts, "unit": match[1]}

    def _value(self, texts: dict[str, str], column: str) -> Value:
        values: ValueWording = self.wording.values
        return read_value(
            texts.get(column, ""), values, operator=texts.get("operator", ""), unit=texts.get("unit", "")
        )

    def is_residue(self, texts: dict[str, str]) -> bool:
        """Whether a row holds nothing but what the blank form prints: 指标1：, ……."""
        name, target = fold(texts.get("name", "")), fold(texts.get("target", ""))
        return not target and (not name or any(pattern.search(name) for pattern in self.wording.residue))
