"""A workbook as a document: each visible sheet one table, and what was left out said in notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gouji.documents.grid import TableTooLarge
from gouji.documents.model import Document, Paragraph, Table, UnreadableFile
from gouji.documents.sheet import Sheet
from gouji.documents.sheet_layout import SheetLayout


def workbook_document(
    path: Path, form: str, hidden: Sequence[str], sheets: Iterable[tuple[str, Sheet]]
) -> Document:
    """The document of the visible ``sheets`` (title and content, in order); ``hidden`` are titles of the others.

    Raises UnreadableFile when the content of a sheet is scattered too widely.
    """
    blocks: list[Paragraph | Table] = []
    notices: list[str] = []
    if hidden:
        names = "、".join(f"“{title}”" for title in hidden)
        notices.append(f"有{len(hidden)}张隐藏的工作表没有读取：{names}。")
    for title, sheet in sheets:
        layout = SheetLayout(title, sheet)
        try:
            blocks.append(layout.table())
        except TableTooLarge:
            reason = f"工作表“{title}”范围过大（有内容的单元格散布太广），请删去无关的单元格或拆分后再试"
            raise UnreadableFile(path, reason) from None
        notices.extend(layout.notices())
    return Document(path, form, [], blocks, notices=notices)
