"""Which printed lines are one paragraph: margins and indents where there are boxes, widths where there are none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from typing import NamedTuple

from gouji.catalog import load_catalog
from gouji.documents import Document, Paragraph, Table
from gouji.reading.headings import (
    is_contents_line,
    is_open_path,
    is_part_alone,
    is_whole_heading,
    starts_numbered,
    starts_part,
)


class Line(NamedTuple):
    """One printed line. ``text`` has no blanks. ``room`` is what is left to its right before the margin, ``indent``
    what is left free before it, both in widths of a character; ``block`` is its index in the document, ``after`` that
    of the block it follows once page numbers and running heads are left out. ``wrapped`` says whether lines of its
    kind are wrapped at all."""

    text: str
    paragraph: Paragraph
    block: int
    after: int
    indent: float
    room: float
    wrapped: bool


_BLANKS = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_ENDS = "。！？；：:;"
_NOT_FIRST = "，。；：、）)》”％%"
_UNBREAKABLE = re.compile(r"[\d,.%％]+|.")
_CLAUSE = re.compile(r"[。；，;：:]|,(?!\d)|(?<!\d),")
_WITHIN = re.compile(r"[，。；]")
_LONE_NUMBER = re.compile(r"(?:^|\s)-?[\d,]+(?:\.\d+)?(?=\s*$|\s+[^\s万亿元年月日个人次辆台套批项%])")
_IN_A_LIST = re.compile(r"\d\s*[千万亿]?元\s*[、和及]")
"""教育支出 30 元、卫生支出 20: the unit of the last figure stands on the next line."""

_ENOUGH_LINES = 6
"""Lines from which a page shows its own margins."""
_FULL = 1.2
"""Characters of room that a line set flush may still show."""
_RAGGED = 4.5
"""Characters of room that a line may show when what follows could not be broken (an amount, a bracket)."""
_INDENTED = 1.2
_WIDEST_PAGE = 50.0
"""Characters that a printed line of running text usually holds at most."""
_FIRST_LINE = 2.0
"""Characters by which the first line of a paragraph is set in."""
_LONG = 20
_ENOUGH_LONG = 20
"""Long lines from which a document shows whether they are paragraphs."""
_EDGE = 4.5
"""Characters by which wrapped lines of one page differ from the longest: digits and letters are not all as wide."""


def prose_lines(document: Document, left_out: Set[int]) -> list[Line]:
    """The lines outside tables, without the page numbers and running heads that are left out."""
    kept = [
        (index, block)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and _BLANKS.sub("", block.text) and id(block) not in left_out
    ]
    boxed = any(block.place.box is not None for _, block in kept)
    lines = _boxed(kept, document) if boxed else _unboxed(kept, document)
    return [line._replace(after=_before(document.blocks, line.block, left_out)) for line in lines]


def _before(blocks: Sequence[Paragraph | Table], index: int, left_out: Set[int]) -> int:
    """Index of the block before one, page numbers and running heads left out."""
    index -= 1
    while index >= 0 and id(blocks[index]) in left_out:
        index -= 1
    return index


def goes_on(line: Line, following: Line) -> bool:
    """Whether ``following`` belongs to the paragraph of ``line``."""
    folded = following.text.translate(_BRACKETS)
    if not line.wrapped or _breaks_between(line, following):
        return False
    if _closes_a_quote(line.text, following.text) and not starts_numbered(folded):
        return True
    if is_part_alone(line.text) or _is_closed(line, folded):
        return is_part_alone(line.text) and not starts_numbered(folded) and not _CLAUSE.search(following.text)
    if following.text[0] in _NOT_FIRST or following.indent >= _INDENTED:
        return following.text[0] in _NOT_FIRST
    ended = line.text[-1] in _ENDS and not _announces_cause(line.text)
    if starts_numbered(folded):
        return line.room <= _FULL and not ended and _WITHIN.search(line.text) is not None
    first = _UNBREAKABLE.match(following.text)
    needed = len(first.group()) * 0.55 + 1 if first else 1
    return line.room <= (_FULL if ended else max(needed, _RAGGED))


def _closes_a_quote(text: str, following: str) -> bool:
    """Whether a quotation that a line opens is closed in the next one before another is opened: “…食盐储备 / （项）”科目."""
    return text.rfind("“") > text.rfind("”") and -1 < following.find("”") < (following + "“").find("“")


def _announces_cause(text: str) -> bool:
    """Whether a line ends with 主要原因是：, which a sentence goes on after."""
    said = text.rstrip("：:")
    cause = load_catalog().clauses.cause
    return said != text and any(
        cause.fullmatch(said, start) for start in range(max(0, len(said) - 5), len(said))
    )


def _is_closed(line: Line, following: str) -> bool:
    """Whether nothing can follow a line, or this cannot: a part's heading, the next item, what a heading heads."""
    if starts_part(following):
        return True
    if starts_numbered(following):
        return starts_part(line.text) or line.text[-1] in _ENDS + "）)"
    own = line.text.translate(_BRACKETS)
    heads = not is_open_path(own) and (
        is_whole_heading(own) or load_catalog().headings.title.fullmatch(line.text) is not None
    )
    return heads and following[0] not in _NOT_FIRST + "("


_BRACKETS = str.maketrans("（）", "()")


def _breaks_between(line: Line, following: Line) -> bool:
    """Whether something stands between them: a table, or a line of another nature."""
    between = following.after != line.block and following.paragraph.place.page == line.paragraph.place.page
    return between or any(
        is_row(one.paragraph.text)
        or is_contents_line(one.paragraph.text)
        or load_catalog().headings.caption.search(one.text)
        for one in (line, following)
    )


def is_row(printed: str) -> bool:
    """Whether a line is the row of a table that lost its grid: figures that stand alone, and no clause."""
    printed = printed.strip()
    if "\t" in printed:
        return True
    return not (_CLAUSE.search(printed) or _IN_A_LIST.search(printed)) and (
        _LONE_NUMBER.search(printed) is not None
    )


def _boxed(kept: Sequence[tuple[int, Paragraph]], document: Document) -> list[Line]:
    """Lines with boxes: margins are those of their page, or of all pages as wide where it has few lines."""
    widths = {page.number: round(page.width) for page in document.pages}
    by_page: defaultdict[int, list[Paragraph]] = defaultdict(list)
    by_width: defaultdict[int, list[Paragraph]] = defaultdict(list)
    for _, paragraph in kept:
        page = paragraph.place.page or 0
        by_page[page].append(paragraph)
        by_width[widths.get(page, 0)].append(paragraph)
    usual = {width: _margins(lines) for width, lines in by_width.items()}
    margins = {
        page: _margins(lines) if len(lines) >= _ENOUGH_LINES else usual[widths.get(page, 0)]
        for page, lines in by_page.items()
    }
    found: list[Line] = []
    for index, paragraph in kept:
        box = paragraph.place.box
        left, right = margins[paragraph.place.page or 0]
        text = _BLANKS.sub("", paragraph.text)
        if box is None:
            found.append(Line(text, paragraph, index, index - 1, 0.0, 0.0, False))
            continue
        size = max((box.x1 - box.x0) / max(_width(text), 1.0), 1.0)
        found.append(
            Line(
                text,
                paragraph,
                index,
                index - 1,
                (box.x0 - left) / size,
                max((right - box.x1) / size, 0.0),
                True,
            )
        )
    return found


def _margins(lines: Sequence[Paragraph]) -> tuple[float, float]:
    """The left and right edge of the running text on a page."""
    boxes = [line.place.box for line in lines if line.place.box is not None]
    right = max((box.x1 for box in boxes), default=0.0)
    counted = Counter(round(box.x1 / 4) for box in boxes)
    if counted:
        # The right edge is where many lines end; one line that sticks out is not the margin.
        usual = max((edge for edge, count in counted.items() if count >= 3), default=round(right / 4))
        right = min(right, usual * 4 + 6)
    long = [box.x0 for box in boxes if box.x1 > right - 40]
    lefts = sorted(long or [box.x0 for box in boxes])
    return (lefts[0] if lefts else 0.0), right


def _unboxed(kept: Sequence[tuple[int, Paragraph]], document: Document) -> list[Line]:
    """Lines without boxes. Pasted text is wrapped at a width of its own; DOCX, HTML and sheets have whole paragraphs,
    unless a converter left every line of the page as one."""
    texts = [_BLANKS.sub("", paragraph.text) for _, paragraph in kept]
    widths = [_width(text) for text in texts]
    rows = [is_row(paragraph.text) for _, paragraph in kept]
    long = sorted(width for width, row in zip(widths, rows, strict=True) if width > _LONG and not row)
    widest = _widest(long)
    wrapped = widest > 0 if document.layout == "flat" else _is_cut_into_lines(texts)
    found: list[Line] = []
    for position, (index, paragraph) in enumerate(kept):
        nearby = slice(max(0, position - 20), position + 20)
        near = sorted(
            width
            for width, row in zip(widths[nearby], rows[nearby], strict=True)
            if not row and (width <= widest or not widest)
        )
        margin = near[int(len(near) * 0.85)] if near else widths[position]
        opens = document.layout != "flat" and (position == 0 or texts[position - 1][-1] in _ENDS)
        room = max(margin - widths[position] - (_FIRST_LINE if opens else 0.0), 0.0)
        found.append(Line(texts[position], paragraph, index, index - 1, 0.0, room, wrapped))
    return found


def _widest(long: Sequence[float]) -> float:
    """How wide a wrapped line of a text may be, by its long lines in order; 0 if the text is not wrapped. Lines are
    wrapped if most fit a page, or if a third of them end at the same edge and hardly one beyond it."""
    if not long:
        return 0.0
    if long[len(long) // 2] <= _WIDEST_PAGE:
        return _WIDEST_PAGE
    edge = long[int(len(long) * 0.95)]
    at_edge = sum(1 for width in long if edge - _EDGE <= width <= edge + _EDGE)
    return edge + _EDGE if at_edge * 3 >= len(long) else 0.0


def _is_cut_into_lines(paragraphs: Sequence[str]) -> bool:
    """Whether what should be paragraphs are lines: of the long ones many stop within a sentence, and many are of one
    width. Long titles of tables are neither."""
    is_title = load_catalog().headings.qualified_title.fullmatch
    long = [text for text in paragraphs if _width(text) > _LONG and not is_title(text)]
    if len(long) < _ENOUGH_LONG:
        return False
    within = sum(1 for text in long if text[-1] not in _ENDS)
    widths = Counter(round(_width(text) / _EDGE) for text in long)
    usual = max(count + widths[width + 1] for width, count in widths.items())
    return within * 5 >= len(long) * 2 and usual * 3 >= len(long)


def _width(text: str) -> float:
    """Width in Chinese characters."""
    return sum(0.55 if character.isascii() else 1.0 for character in text)
