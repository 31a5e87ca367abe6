"""Figures that were recognised in the image of a scanned page: what they say, and which of them are in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.documents import Cell, Document
from gouji.facts import Presence, Printed, Recognition, Status, Unit, Witness, as_printed
from gouji.reading.joined import GridCell
from gouji.reading.result import ReadTable

_CODE_PIECE = re.compile(r"\d{1,7}")
_FIGURE_LIKE = re.compile(r"[^\u4e00-\u9fff]*\d[^\u4e00-\u9fff]*")
"""A text with a digit in it and without Chinese characters."""

_NEARLY_ALL = Decimal("0.8")


def as_recognised(cell: Cell, unit: Unit) -> Printed | None:
    """What the amount cell of a row says, as :func:`as_printed` does. What was recognised as a figure and cannot be
    one is not lost: it counts as a blank, and in doubt (see :func:`recognition_of`)."""
    printed = as_printed(cell.text, unit)
    if printed is None and _is_garbled(cell):
        return as_printed("", unit)
    return printed


def _is_garbled(cell: Cell) -> bool:
    return (
        cell.recognition is not None
        and _FIGURE_LIKE.fullmatch(cell.text) is not None
        and as_printed(cell.text, Unit.YUAN) is None
    )


def recognition_of(cell: Cell, row_doubt: str = "") -> Recognition | None:
    """How a figure was recognised; ``None`` where it was not. ``row_doubt`` says why its row may be another one."""
    if cell.recognition is None:
        return None
    text, percent, doubt = cell.recognition
    if _is_garbled(cell):
        doubt = f"识别为“{text}”，不成一个数"
    return Recognition(text, percent, doubt, row_doubt)


def code_doubt(row: Sequence[GridCell], keys: Iterable[int]) -> str:
    """Why the code of a row may be another one, in Chinese; empty where it is sure."""
    for col in keys:
        cell = row[col].cell if col < len(row) else None
        if cell is None or cell.recognition is None or not _CODE_PIECE.fullmatch(cell.text):
            continue
        if cell.recognition.doubt:
            return f"这一行的编码“{cell.text}”{cell.recognition.doubt}"
    return ""


def doubted(tables: Iterable[ReadTable], document: Document) -> None:
    """Mark the witnesses of which the recognition was not sure: of the figure, of its row, or of the whole page."""
    pages = {page.number: page.doubt for page in document.pages if page.scanned}
    for table in tables if pages else ():
        usual = _usual_decimals(table.witnesses)
        table.witnesses = [
            _marked(_compared(witness, usual), pages.get(witness.place.page or 0, ""))
            for witness in table.witnesses
        ]


def _usual_decimals(witnesses: Sequence[Witness]) -> Mapping[Unit, int]:
    """The decimals that nearly all amounts of a table print, by unit."""
    counts: dict[Unit, Counter[int]] = {}
    for witness in witnesses:
        if witness.printed.value:
            counts.setdefault(witness.printed.unit, Counter())[witness.printed.decimals] += 1
    usual = {unit: counter.most_common(1)[0] for unit, counter in counts.items()}
    return {
        unit: most for unit, (most, count) in usual.items() if count >= _NEARLY_ALL * counts[unit].total()
    }


def _compared(witness: Witness, usual: Mapping[Unit, int]) -> Witness:
    """A figure with other decimals than nearly all of its table is in doubt: a point is easily lost, and no
    recognition notices."""
    seen, printed = witness.recognition, witness.printed
    if seen is None or seen.doubt or not printed.value:
        return witness
    most = usual.get(printed.unit, printed.decimals)
    if printed.decimals == most:
        return witness
    doubt = f"识别为“{seen.text}”，小数位数与表中其他数（{most}位）不同"
    return replace(witness, recognition=seen._replace(doubt=doubt))


def _marked(witness: Witness, page_doubt: str) -> Witness:
    """A witness that states a fact, marked if it is in doubt. Where there is no ink there is nothing to misread."""
    seen = witness.recognition
    if seen is None or witness.status is not Status.BOUND:
        return witness
    around = seen.row_doubt or page_doubt if witness.printed.presence is Presence.NUMBER else ""
    why = seen.doubt or around
    return replace(witness, status=Status.DOUBTFUL, why=f"{why}，请对照原件") if why else witness
