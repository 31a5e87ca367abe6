"""The rows at the top of a grid that are no heads: title, number, unit and body printed inside the ruled lines."""

from __future__ import annotations

from gouji.catalog import Lexicon
from gouji.reading.captions import Caption, find_title
from gouji.reading.joined import JoinedGrid, distinct

_CAPTION_ROWS = 8


def caption_rows(grid: JoinedGrid, caption: Caption, lexicon: Lexicon) -> int:
    """How many rows at the top of a grid are title, number, unit or body lines; what they say goes into
    ``caption``."""
    for index, row in enumerate(grid.rows[:_CAPTION_ROWS]):
        texts = [g.cell.text for g in distinct(row) if g.cell.text]
        if not texts:
            continue
        if len(texts) == 1 and _heads_title(grid, index, lexicon):
            continue
        probe = Caption()
        said = sum(probe.absorb(text, lexicon) or lexicon.is_table_number(text) for text in texts)
        years = sum(1 for text in texts if _is_year_head(text, lexicon))
        if not said or said < len(texts) - 1 or years > 1 or any(_is_head_label(t, lexicon) for t in texts):
            return index
        for text in texts:
            caption.absorb(text, lexicon)
    return min(_CAPTION_ROWS, len(grid.rows))


def _heads_title(grid: JoinedGrid, index: int, lexicon: Lexicon) -> bool:
    """Whether a row stands above the title of its table and says nothing of it: a sheet may hold the heading of a
    part, and the words of a page, in its cells."""
    own, *below = (
        [g.cell.text for g in distinct(row) if g.cell.text] for row in grid.rows[index:_CAPTION_ROWS]
    )
    if Caption().absorb(own[0], lexicon) or lexicon.is_table_number(own[0]):
        return False
    return any(len(texts) == 1 and find_title(texts[0], lexicon)[0] is not None for texts in below)


def _is_head_label(text: str, lexicon: Lexicon) -> bool:
    meaning = lexicon.meaning(text)
    if meaning is None or _is_year_head(text, lexicon):
        return False
    return bool(meaning.role) or meaning.total


def _is_year_head(text: str, lexicon: Lexicon) -> bool:
    """Whether a text may head columns of one year; alone it is the year of the table, several are heads."""
    meaning = lexicon.meaning(text)
    return meaning is not None and (meaning.dims or {}).get("fiscal_year", "").isdigit()
