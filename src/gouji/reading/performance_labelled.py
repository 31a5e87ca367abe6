"""Labels that stand in one cell, or in one line, with their words: 项目名称：校园足球推广."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.catalog import PerformanceWording, label_of
from gouji.documents import Cell, Paragraph
from gouji.facts import Unit
from gouji.performance import PerformanceForm
from gouji.performance.labels import amount

SAID = re.compile(r"^\s*([^:：\s][^:：]{0,24})[:：]\s*(\S.*)$", re.DOTALL)
"""A label and its words in one cell."""
_COLON = re.compile("[:：]")
_INCLUDED = re.compile(r"^\s*其中\s*[:：]\s*")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
"""What is said of a label itself: 年度目标1：（40分）."""
_GAP = re.compile(r"[\u3000\t]+| {2,}|\s+(?=[^\s:：]{2,12}[:：])")
"""What stands between two labels of one line."""
_LIST = re.compile(r"[;；\n。]|(?<=元)[,，、]?\s*(?=\D)|(?<=\d)[,，、\s]\s*(?=[^\d\s])")
"""What stands between the sources of one cell."""
_NAMES = ("project", "department", "body")


def divided(cells: Sequence[Cell], wording: PerformanceWording) -> list[Cell]:
    """Cells with each of them that holds a known label and its words made two."""
    found: list[Cell] = []
    for cell in cells:
        if not _COLON.search(cell.text):
            found.append(cell)
            continue
        whole = labelled(cell.text, wording)
        if whole is not None and wording.head_of(label_of(whole[0])) in _NAMES:
            pairs = [labelled(part, wording) for part in _GAP.split(cell.text)]
        else:
            pairs = _sources(cell.text, wording) or [whole]
        texts = [text for pair in pairs if pair is not None for text in pair]
        found += [cell._replace(text=text) for text in texts] or [cell]
    return found


def _sources(text: str, wording: PerformanceWording) -> list[tuple[str, str] | None]:
    """The sources of money that one cell lists with their amounts: 财政拨款：80万元；其他资金：20万元. None where it says
    anything else."""
    parts = [part for part in _LIST.split(text) if part.strip()]
    pairs = [labelled(part, wording) for part in parts]
    known = [
        pair
        for pair in pairs
        if pair is not None
        and label_of(pair[0]) in wording.money_rows
        and amount(pair[1], Unit.WAN_YUAN) is not None
    ]
    return list(known) if len(known) == len(parts) > 1 else []


def labelled(text: str, wording: PerformanceWording) -> tuple[str, str] | None:
    """Label and words of a text that begins with a known label and a colon."""
    match = SAID.match(_INCLUDED.sub("", text))
    if (
        match is None
        or _ASIDE.fullmatch(match[2].strip())
        or not (wording.head_of(label_of(match[1])) or _is_money(label_of(match[1]), wording))
    ):
        return None
    return match[1], match[2].strip()


def _is_money(label: str, wording: PerformanceWording) -> bool:
    return label in wording.money_rows or label in wording.money_divisions


def _told(lines: Sequence[Paragraph], wording: PerformanceWording) -> Iterator[tuple[str, str]]:
    for line in lines:
        for part in _GAP.split(line.text):
            pair = labelled(part, wording)
            head = wording.head_of(label_of(pair[0])) if pair is not None else ""
            if pair is not None and head in _NAMES:
                yield head, pair[1]


def name_from_lines(form: PerformanceForm, lines: Sequence[Paragraph], wording: PerformanceWording) -> None:
    """Give a form the names that the lines above its table say, where the table says none."""
    for head, words in _told(lines, wording):
        if not getattr(form, head):
            setattr(form, head, words)
