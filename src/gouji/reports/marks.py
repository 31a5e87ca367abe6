"""The checked PDF itself with marks on it: every place in doubt is highlighted, with what is wrong as its comment.

The marks are appended to the file: its bytes stay as they are, and what follows them only adds annotations. PDFium
writes them, as it read the file, so whatever could be checked can be marked.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pypdfium2 import raw

from gouji.checking.result import CheckResult
from gouji.documents import Document, Page, UnreadableFile
from gouji.documents.pdfium import PDFIUM_LOCK, Frame, PageHandle, PdfFile, opened, opened_page
from gouji.reports.comment import Comment, Tone, comments, summary

AUTHOR = "勾稽"
_COLOURS: Mapping[Tone, tuple[int, ...]] = {
    Tone.ERROR: (255, 128, 118),
    Tone.WARNING: (255, 206, 84),
    Tone.INFO: (140, 196, 255),
    Tone.BASIS: (196, 222, 204),
    Tone.WAIVED: (208, 208, 208),
}
_ID = re.compile(rb"<(?P<version>[0-9A-Fa-f]{32})>\s*\]\s*>>\s*startxref\s+\d+\s+%%EOF\s*$")
_TALLEST_LINE = 45.0
"""In points: what is taller is no line of text but a whole table, and gets a frame instead of a highlight."""
_PAD = 1.0
_NOTE_SIZE = 20.0
_NOTE_EDGE = 12.0


def write_marked(result: CheckResult, file: str, document: Document, path: Path) -> int:
    """Write a copy of the PDF ``document`` (``file`` in the findings) with its marks to ``path``; how many places were
    marked. Raises UnreadableFile for a source that is gone or takes no annotations,
    OSError."""
    marked, count = marked_bytes(result, file, document.path, document.pages)
    path.write_bytes(marked)
    return count


def marked_bytes(
    result: CheckResult, file: str, source: Path, pages: Sequence[Page] = ()
) -> tuple[bytes, int]:
    """The marked file; see :func:`write_marked`. The same result gives the same bytes, save for encrypted files."""
    by_page: dict[int, list[Comment]] = {}
    halves = {page.number: page for page in pages if page.sheet}
    for comment in comments(result, file):
        half = halves.get(comment.page)
        placed = comment if half is None else _on_sheet(comment, half)
        by_page.setdefault(placed.page, []).append(placed)
    count = 0
    with PDFIUM_LOCK, opened(source) as pdf:
        for number in sorted({1, *by_page}):
            if not 1 <= number <= pdf.page_count:
                continue
            with opened_page(pdf, number) as page:
                for comment in by_page.get(number, ()):
                    count += _mark(page, comment, source)
                if number == 1:
                    _note(page, summary(result, file), source)
        return _appended(pdf, source.stat().st_size), count


def _on_sheet(comment: Comment, half: Page) -> Comment:
    """A comment on one of the two pages of a sheet, as one on the sheet."""
    x0, y0, x1, y1 = comment.box
    return replace(comment, page=half.sheet, box=(x0 + half.left, y0, x1 + half.left, y1))


class _Corner(NamedTuple):
    """A point in the page's own coordinates: as the file counts, before it is cropped and turned."""

    x: float
    y: float


def _mark(page: PageHandle, comment: Comment, source: Path) -> int:
    """Draw one mark; 0 where its box lies outside the page."""
    frame = page.frame
    left, bottom, right, top = frame.upright
    if not all(map(math.isfinite, comment.box)):
        return 0
    x0, x1 = sorted((comment.box[0] + left, comment.box[2] + left))
    y0, y1 = sorted((top - comment.box[1], top - comment.box[3]))
    x0, x1 = max(x0 - _PAD, left), min(x1 + _PAD, right)
    y0, y1 = max(y0 - _PAD, bottom), min(y1 + _PAD, top)
    if x0 >= x1 or y0 >= y1:
        return 0
    framed = y1 - y0 > _TALLEST_LINE
    kind = raw.FPDF_ANNOT_SQUARE if framed else raw.FPDF_ANNOT_HIGHLIGHT
    # In the order of QuadPoints: upper left, upper right, lower left, lower right, as the reader sees the page.
    corners = [_own(frame, x, y) for x, y in ((x0, y1), (x1, y1), (x0, y0), (x1, y0))]
    annotation = _annotation(page, kind, corners, source)
    try:
        if framed:
            raw.FPDFAnnot_SetBorder(annotation, 0, 0, 1.5)
        else:
            quad = raw.FS_QUADPOINTSF(*(value for corner in corners for value in corner))
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
        _colour(annotation, comment)
        _write(annotation, comment.text)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
    return 1


def _note(page: PageHandle, text: str, source: Path) -> None:
    """A note in the upper left corner of the page: the verdict, and what has no place of its own."""
    frame = page.frame
    left, _, _, top = frame.upright
    x0, y1 = left + _NOTE_EDGE, top - _NOTE_EDGE
    x1, y0 = x0 + _NOTE_SIZE, y1 - _NOTE_SIZE
    corners = [_own(frame, x, y) for x, y in ((x0, y1), (x1, y1), (x0, y0), (x1, y0))]
    annotation = _annotation(page, raw.FPDF_ANNOT_TEXT, corners, source)
    try:
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, 255, 206, 84, 255)
        _write(annotation, text)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _own(frame: Frame, x: float, y: float) -> _Corner:
    """From upright coordinates (as the page is seen, y upwards) back to the page's own: see Frame.upright_box."""
    if frame.turns == 1:
        return _Corner(-y, x)
    if frame.turns == 2:
        return _Corner(-x, -y)
    if frame.turns == 3:
        return _Corner(y, -x)
    return _Corner(x, y)


def _annotation(page: PageHandle, kind: int, corners: Sequence[_Corner], source: Path) -> raw.FPDF_ANNOTATION:
    annotation = raw.FPDFPage_CreateAnnot(ctypes.cast(page.page, raw.FPDF_PAGE), kind)
    if not annotation:
        raise UnreadableFile(source, "这个PDF不能加批注，请用 -f html 看带位置的报告")
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(min(xs), max(ys), max(xs), min(ys)))
    raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    return annotation


def _colour(annotation: raw.FPDF_ANNOTATION, comment: Comment) -> None:
    colour = _COLOURS[comment.tone]
    if comment.pale:
        colour = tuple((part + 255) // 2 for part in colour)
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *colour, 255)


def _write(annotation: raw.FPDF_ANNOTATION, text: str) -> None:
    for key, value in ((b"Contents", text), (b"T", AUTHOR)):
        encoded = value.encode("utf-16-le", "replace") + b"\0\0"
        buffer = ctypes.create_string_buffer(encoded, len(encoded))
        raw.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))


def _appended(pdf: PdfFile, size: int) -> bytes:
    """The file as it was, with what has changed after it."""
    pieces: list[bytes] = []

    def take(_: object, data: ctypes.c_void_p, size: int) -> int:
        pieces.append(ctypes.string_at(data, size))
        return 1

    writer = raw.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(take)
    document = ctypes.cast(pdf.handle, raw.FPDF_DOCUMENT)
    if not raw.FPDF_SaveAsCopy(document, writer, raw.FPDF_INCREMENTAL):
        raise UnreadableFile(pdf.path, "写不出带批注的PDF，请用 -f html 看带位置的报告")
    return _with_stable_id(b"".join(pieces), size)


def _with_stable_id(data: bytes, size: int) -> bytes:
    """The file with an id of this version that follows from its content; PDFium draws one by lot. ``size`` is how much
    of the file was there before."""
    found = _ID.search(data, size)
    if found is None:
        return data
    start, end = found.span("version")
    blank = data[:start] + b"0" * (end - start) + data[end:]
    return data[:start] + hashlib.md5(blank, usedforsecurity=False).hexdigest().upper().encode() + data[end:]
