"""A workbook as a document: each visible sheet one table, and what was left out said in notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gouji.documents.model import Document, Paragraph, Table, UnreadableFile
from gouji.documents.room import Room, TooLarge
from gouji.documents.sheet import Sheet
from gouji.documents.sheet_layout import SheetLayout

MOST_SHEETS = 1000


def workbook_document(
    path: Path, form: str, hidden: Sequence[str], sheets: Sequence[tuple[str, Callable[[], Sheet]]]
) -> Document:
    """The document of the visible ``sheets`` in order, each read when its turn comes; ``hidden`` are titles of others.

    Raises UnreadableFile when there are too many sheets, or the content of one is too much or scattered too widely.
    """
    if len(sheets) > MOST_SHEETS:
        raise UnreadableFile(path, f"工作簿有{len(sheets)}张工作表，多得不正常；请只保留要公开的工作表后再试")
    blocks: list[Paragraph | Table] = []
    notices: list[str] = []
    if hidden:
        names = "、".join(f"“{title}”" for title in hidden)
        notices.append(f"有{len(hidden)}张隐藏的工作表没有读取：{names}。")
    room = Room()
    for title, read in sheets:
        try:
            layout = SheetLayout(title, read())
            blocks.append(layout.table(room))
        except TooLarge:
            reason = (
                f"工作表“{title}”过大（内容太多，或有内容的单元格散布太广），请删去无关的单元格或拆分后再试"
            )
            raise UnreadableFile(path, reason) from None
        notices.extend(layout.notices())
    return Document(path, form, [], blocks, notices=notices)
