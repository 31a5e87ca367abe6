"""What a passage holds that matters to its clauses, from left to right: figures, words that tell what a figure is, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gouji.catalog import ClauseWording

_MARK = re.compile(r"[。！？；()：:]")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_STOP = re.compile(r"(?<=[%元\u4e00-\u9fa5)])\.(?=$|[(\u4e00-\u9fa5])")


class Event(NamedTuple):
    """Characters ``start`` to ``end`` of a passage, and the kind of wording that matched there."""

    start: int
    end: int
    kind: str
    match: re.Match[str]


def events(text: str, wording: ClauseWording) -> Iterator[Event]:
    """Figures and words that matter, from left to right; what lies inside another is dropped, longest first. ``text`` is
    punctuated."""
    patterns = (
        ("figure", wording.figure), ("against_plan", wording.against_plan), ("compared", wording.compared),
        ("budgeted", wording.budgeted), ("again", wording.again),
        ("flat", wording.flat), ("cause", wording.cause), ("list", wording.parts), ("mark", _MARK),
        ("purpose", wording.spent_on),
        ("threshold", wording.counts.threshold),
    )  # fmt: skip
    found = [
        Event(match.start(), match.end(), kind, match)
        for kind, pattern in patterns
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda event: (event.start, -event.end))
    reached = 0
    for event in found:
        if event.start >= reached:
            reached = event.end
            yield event


def punctuated(folded: str) -> str:
    """Text of the same length with Chinese punctuation for the Western that some write."""
    marks = folded.replace(";", "；").replace(":", "：").replace("。)", "，)")
    return _STOP.sub("。", _COMMA.sub("，", marks))
