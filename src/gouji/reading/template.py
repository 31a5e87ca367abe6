"""Blank forms: what a finance bureau hands out to be filled in, not what a body has published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.catalog import ScopeWording
from gouji.documents import Document, Paragraph
from gouji.reading.result import ReadTable

_STATUTORY_BOOK = 3
_FIGURES_ENOUGH = 50
_MOST_TEXTS = 20_000
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{8,})")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(?=[万亿]元|%)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2,}")
_PLAIN_NUMBER = re.compile(r"\d{3,6}")
_CODE = re.compile(r"[235]\d{2}(?:\d{2}){0,2}|20[0-3]\d")


def is_template(
    document: Document, body: str, titles: Sequence[str], tables: Sequence[ReadTable], wording: ScopeWording
) -> bool:
    """Whether a document is a blank form: more places left open than figures printed, or a book of statutory
    tables (``titles``) without a figure."""
    if any(not table.is_empty for table in tables) and not wording.placeholder_in_name.search(body):
        return False
    open_places, figures = _count(document, wording)
    return open_places > figures if open_places else figures == 0 and len(titles) >= _STATUTORY_BOOK


def _count(document: Document, wording: ScopeWording) -> tuple[int, int]:
    """Places left open, and figures other than zero that stand for amounts (neither codes nor ordinals); counted
    until there are enough figures."""
    open_places = figures = 0
    for position, text in enumerate(_texts(document)):
        if figures >= _FIGURES_ENOUGH or position >= _MOST_TEXTS:
            break
        bare = text.replace(" ", "")
        open_places += len(wording.placeholder.findall(bare))
        if _FIGURE.fullmatch(bare) or (_PLAIN_NUMBER.fullmatch(bare) and not _CODE.fullmatch(bare)):
            figures += bare.strip("-0.,") != ""
        elif len(bare) > 3:
            figures += sum(1 for amount in _AMOUNT.findall(bare) if amount.strip("0.,"))
    return open_places, figures


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells if cell.text)
