"""The cause of a change (主要原因是…): what it says, and whether it is that of the comparison before it."""

from __future__ import annotations

import re

from gouji.reading.clause_words import core
from gouji.reading.discourse import CLAUSE_END, SENTENCE_END
from gouji.reading.statement import Comparison

_CHANGED = re.compile(r"(?:增加|增长|上升|减少|下降|降低)的?$")
_BEFORE_IT = "是为:：，"
"""What may stand between the word for a cause and what it says."""


def explains_another(text: str, start: int, latest: Comparison) -> bool:
    """比上年减少5万元，其中…。出国费增加主要是…: the cause is of what its own sentence names."""
    opened = max(text.rfind(mark, 0, start) for mark in CLAUSE_END) + 1
    named = _CHANGED.sub("", text[opened:start])
    if opened <= latest.start or named == text[opened:start] or not core(named):
        return False
    who = core(latest.current.words) if latest.current is not None else core(latest.who)
    return core(named) not in who


def tell_cause(comparison: Comparison, text: str, start: int, end: int) -> bool:
    """Give a comparison the cause that the words from ``start`` to ``end`` announce. Whether it is only announced: its
    sentence is the passage that follows."""
    comparison.cause_of_all = SENTENCE_END[0] in text[comparison.end : start]
    tail = text[end:]
    stop = re.search(r"[。！？]", tail)
    comparison.cause = (tail[: stop.start()] if stop else tail).lstrip(_BEFORE_IT)
    return not comparison.cause and not tail.lstrip(_BEFORE_IT)
