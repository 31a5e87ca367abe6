"""Where the tables of a flattened text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.catalog import Lexicon, fold
from gouji.documents import Paragraph
from gouji.reading.captions import Caption, title_kind

_PART = re.compile(r"^第[一二三四五六七八九十]+部分")
_ORDINAL = re.compile(r"附?表[一二三四五六七八九十]{1,3}")
_TITLE = re.compile(r"[^。；，,;：:]{4,60}表(?:\(续表?\))?")
_CAPTION_LINES = 4
"""Lines below a title among which its number, unit or body stands."""


def flat_sections(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[list[Paragraph]]:
    """The lines of each table, from its title to what begins next."""
    starts = [index for index in range(len(paragraphs)) if _begins(paragraphs, index, lexicon)]
    for start, end in pairwise([*starts, len(paragraphs)]):
        stop = next((i for i in range(start + 1, end) if _ends_before(paragraphs, i, lexicon)), end)
        yield list(paragraphs[start:stop])


def is_caption(line: str, lexicon: Lexicon) -> bool:
    """Whether a line above a table says its number, its unit or its body."""
    caption = _caption(line, lexicon)
    return bool(caption.number or caption.unit or caption.body)


def _begins(paragraphs: Sequence[Paragraph], index: int, lexicon: Lexicon) -> bool:
    """Whether a line is a known title with its unit, or with a number or unit below it. In the contents page a title
    stands beside its number alone."""
    title = paragraphs[index].text
    if title_kind(title, lexicon) is None:
        return False
    below = paragraphs[index + 1 : index + 1 + _CAPTION_LINES]
    return _caption(title, lexicon).unit is not None or any(_is_mark(line.text, lexicon) for line in below)


def _ends_before(paragraphs: Sequence[Paragraph], index: int, lexicon: Lexicon) -> bool:
    """Whether a line begins something else: a part of the document, or a table of a title that is not known."""
    line = fold(paragraphs[index].text)
    if _PART.match(line) or _ORDINAL.fullmatch(line):
        return True
    titled = _TITLE.fullmatch(line) is not None and not _is_mark(line, lexicon)
    unknown = titled and title_kind(line, lexicon) is None
    return unknown and any(
        is_caption(after.text, lexicon) for after in paragraphs[index + 1 : index + _CAPTION_LINES]
    )


def _is_mark(line: str, lexicon: Lexicon) -> bool:
    caption = _caption(line, lexicon)
    return bool(caption.number or caption.unit)


def _caption(line: str, lexicon: Lexicon) -> Caption:
    caption = Caption()
    caption.absorb(line, lexicon)
    return caption
