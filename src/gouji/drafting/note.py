"""What a person has to look at in a draft, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Matter(StrEnum):
    """Why something needs a look."""

    ASSUMED = "推定"
    """The tables leave other ways."""
    MOVED = "尾差"
    """An amount is not the printed one but one that is printed so."""
    CONTRADICTED = "不符"
    """The tables contradict each other, and the registers can only follow one."""
    LEFT_OUT = "未收"
    """The registers have no place for it."""
    SETTING = "设置"


class Note(NamedTuple):
    """``register`` and ``row`` (as a person counts them, 0 for none) tell where in the draft."""

    matter: Matter
    text: str
    register: str = ""
    row: int = 0
