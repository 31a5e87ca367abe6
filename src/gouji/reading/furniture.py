"""What stands on pages and belongs to none: page numbers, running heads and feet (页眉页脚)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from gouji.catalog import load_catalog
from gouji.documents import Document, Paragraph
from gouji.reading.page_numbers import is_page_number

_BLANKS = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_MARGIN_BAND = 0.15
"""Share of a page's height in which running heads and page numbers stand."""
_REPEATS = 3
"""Pages on which a line must stand at the same height to be a running head."""


def furniture(document: Document) -> frozenset[int]:
    """The paragraphs that are page numbers or running heads, by identity: by where they stand on their pages or, in
    formats without pages, by standing again and again beside page numbers."""
    lines = [block for block in document.blocks if isinstance(block, Paragraph) and block.text.strip()]
    heights = {page.number: page.height for page in document.pages}
    found: set[int] = set()
    standing: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    at_margin: list[tuple[Paragraph, tuple[str, int]]] = []
    unplaced: list[Paragraph] = []
    for line in lines:
        place = line.place
        if place.box is None or place.page is None:
            unplaced.append(line)
            continue
        height = heights.get(place.page, 0.0)
        if height and _MARGIN_BAND * height < place.box.y0 < (1 - _MARGIN_BAND) * height:
            continue
        if is_page_number(line.text):
            found.add(id(line))
            continue
        key = (_numberless(line), round(place.box.y0 / 3))
        standing[key].add(place.page)
        at_margin.append((line, key))
    found.update(id(line) for line, key in at_margin if len(standing[key]) >= _REPEATS)
    return frozenset(found | _unplaced_furniture(unplaced))


def _numberless(line: Paragraph) -> str:
    return re.sub(r"\d+", "#", _BLANKS.sub("", line.text))


def _heads_a_table(line: Paragraph) -> bool:
    """Whether a line is the title of a table or its unit: a long table has them again on every page."""
    text, headings = _BLANKS.sub("", line.text), load_catalog().headings
    return headings.title.fullmatch(text) is not None or headings.caption.search(text) is not None


def _unplaced_furniture(lines: Sequence[Paragraph]) -> set[int]:
    numbers = [is_page_number(line.text) for line in lines]
    beside = [
        (line, _numberless(line))
        for index, line in enumerate(lines)
        if not numbers[index] and any(numbers[max(0, index - 1) : index + 2]) and not _heads_a_table(line)
    ]
    times = Counter(text for _, text in beside)
    found = {id(line) for line, is_number in zip(lines, numbers, strict=True) if is_number}
    return found | {id(line) for line, text in beside if times[text] >= _REPEATS}
