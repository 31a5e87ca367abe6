"""Lights (红黄绿): a colour, the rule that gives it, and the figures that it comes from."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gouji.catalog import LightRule


class Colour(StrEnum):
    GREEN = "绿"
    AMBER = "黄"
    RED = "红"
    NONE = "未判断"


class Light(NamedTuple):
    """``why`` is one Chinese sentence with the figures; ``rule`` is the id in the catalogue, empty where nothing was
    judged."""

    colour: Colour
    rule: str
    why: str


def light(rule: LightRule, measured: Decimal, told: str) -> Light:
    """The light of a measured value, in the unit of the rule. ``told`` says what was measured, with its figures."""
    unit = rule.unit
    if rule.most is not None and measured > rule.most:
        return Light(Colour.RED, rule.id, f"{told}，超过{rule.most}{unit}")
    if measured >= rule.green:
        return Light(Colour.GREEN, rule.id, f"{told}，不低于{rule.green}{unit}")
    if measured >= rule.amber:
        return Light(Colour.AMBER, rule.id, f"{told}，低于{rule.green}{unit}")
    return Light(Colour.RED, rule.id, f"{told}，低于{rule.amber}{unit}")


def unlit(why: str) -> Light:
    """Nothing was judged."""
    return Light(Colour.NONE, "", why)


def worst(lights: list[Light]) -> Colour:
    order = [Colour.RED, Colour.AMBER, Colour.GREEN, Colour.NONE]
    return min((each.colour for each in lights), key=order.index, default=Colour.NONE)
