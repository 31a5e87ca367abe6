"""Tables that are known by their title and their heads together: 国有资产使用情况表, 新增资产配置表, 对下转移支付预算表, 中期规划."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.catalog import Lexicon, TableKind, fold
from gouji.documents import Paragraph
from gouji.reading.captions import Caption, segments
from gouji.reading.joined import JoinedGrid, distinct

_HEAD_ROWS = 4
_LINES_ABOVE = 4


def headed(
    grid: JoinedGrid, first_row: int, above: Sequence[Paragraph], caption: Caption, lexicon: Lexicon
) -> int:
    """Fill the caption of a grid that no title alone makes a table; the row at which its heads begin. The title stands right
    above the grid, or alone in one of its first rows."""
    rows = [
        [g.cell.text for g in distinct(row) if g.cell.text] for row in grid.rows[: first_row + _HEAD_ROWS]
    ]
    alone = [index for index, texts in enumerate(rows) if len(texts) == 1]
    for index in alone:
        kind = _kind(rows[index][0], rows[index + 1 :], lexicon)
        if kind is not None:
            caption.kind, caption.title = kind, "".join(rows[index][0].split())
            below = next((at for at in range(index + 1, len(rows)) if len(rows[at]) > _CAPTION), index + 1)
            for texts in rows[index + 1 : below]:
                for text in texts:
                    caption.absorb(text, lexicon)
            return below
    nearest = above[-_LINES_ABOVE:]
    for at in range(len(nearest) - 1, -1, -1):
        kind = _kind(nearest[at].text, rows[first_row:], lexicon)
        if kind is not None:
            caption.kind, caption.title = kind, "".join(nearest[at].text.split())
            for line in nearest[at:]:
                caption.absorb(line.text, lexicon)
            break
    return first_row


_CAPTION = 2
"""The most cells of a row that tells the body and the unit."""


def _kind(title: str, rows: Sequence[Sequence[str]], lexicon: Lexicon) -> TableKind | None:
    heads = "|".join(fold(text) for texts in rows[:_HEAD_ROWS] for text in texts)
    found = (lexicon.kind_by_heads(segment, heads) for segment in segments(title, lexicon))
    return next((kind for kind in found if kind is not None), None)
