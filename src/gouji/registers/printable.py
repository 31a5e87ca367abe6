"""Characters that stand in a register without anybody seeing them, and that no page can show."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LOST = re.compile("[\ufffd\ud800-\udfff]")


def unprintable(text: str) -> str:
    """What is wrong with a text that cannot be printed as it is, in one sentence; empty where nothing is."""
    if found := _UNSEEN.search(text):
        return f"这里有看不见的控制字符（{_code(found)}），印不出来，请删去后重新填写"
    if found := _PRIVATE.search(text):
        return f"这里有一个造字或符号字体的字符（{_code(found)}），别的字体里没有，请换成通用的字"
    if found := _LOST.search(text):
        return f"这里有乱码（{_code(found)}），请重新填写"
    return ""


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"
