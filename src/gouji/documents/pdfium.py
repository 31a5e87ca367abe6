"""PDFium as the PDF reader sees it: opening a file, and the few functions called once per glyph or per line.

PDFium is called through ctypes. The bindings of pypdfium2 check every argument of every call, which costs
more than the call; the functions that run ten thousand times per file are therefore bound a second time here,
unchecked (about 0.25 µs instead of 0.65 µs a call). Their rule: handles are passed as :class:`Handle`, whole
numbers as ``int``, results by ``ctypes.byref``.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2  # importing it starts PDFium once for the process and stops it at exit
from pypdfium2 import raw

from gouji.documents.model import UnreadableFile
from gouji.documents.pdf_bomb import holds_bomb

PDFIUM_LOCK = threading.Lock()
"""PDFium is not thread-safe: one file is read at a time."""

TAIL = 4096
"""How far from its end a complete file must say where its cross-reference table is (``startxref``)."""

HEAD = 1024
"""How far from its start a PDF must say that it is one (``%PDF-``)."""

MOST_PAGES = 5000
"""A city's whole budget in one volume has some two thousand."""

_LOOKS = 24
"""Characters of a page that are asked which way they run, about."""
_FEWEST, _MOSTLY = 12, 0.8
"""How many of these have to agree, and which share of them: a page number or a seal may stand another way."""

TEXT_OBJECT = raw.FPDF_PAGEOBJ_TEXT
PATH_OBJECT = raw.FPDF_PAGEOBJ_PATH
IMAGE_OBJECT = raw.FPDF_PAGEOBJ_IMAGE
FORM_OBJECT = raw.FPDF_PAGEOBJ_FORM


class Handle(ctypes.c_void_p):
    """A pointer owned by PDFium; false when null. (Being a subclass, it is not turned into an int.)"""


def _unchecked(name: str, result: Any = ctypes.c_int) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address is not None
    function = ctypes.PYFUNCTYPE(result)(address)
    # Without declared argument types ctypes passes ints as C int and Handle, byref() as pointers, unchecked.
    function.argtypes = None  # type: ignore[assignment]
    return function


loose_char_box = _unchecked("FPDFText_GetLooseCharBox")
char_origin = _unchecked("FPDFText_GetCharOrigin")
text_object = _unchecked("FPDFText_GetTextObject", Handle)
page_object = _unchecked("FPDFPage_GetObject", Handle)
form_child = _unchecked("FPDFFormObj_GetObject", Handle)
object_type = _unchecked("FPDFPageObj_GetType")
object_bounds = _unchecked("FPDFPageObj_GetBounds")
clip_path = _unchecked("FPDFPageObj_GetClipPath", Handle)
clip_count = _unchecked("FPDFClipPath_CountPaths")
clip_segment_count = _unchecked("FPDFClipPath_CountPathSegments")
clip_segment = _unchecked("FPDFClipPath_GetPathSegment", Handle)
draw_mode = _unchecked("FPDFPath_GetDrawMode")
fill_color = _unchecked("FPDFPageObj_GetFillColor")
stroke_color = _unchecked("FPDFPageObj_GetStrokeColor")
segment_count = _unchecked("FPDFPath_CountSegments")
path_segment = _unchecked("FPDFPath_GetPathSegment", Handle)
segment_point = _unchecked("FPDFPathSegment_GetPoint")
segment_type = _unchecked("FPDFPathSegment_GetType")
segment_closes = _unchecked("FPDFPathSegment_GetClose")


class Frame(NamedTuple):
    """The visible rectangle of a page in its own coordinates (points, y upwards), and its quarter turns.

    Everything is computed *upright*: as the page is read, but with y upwards, so that on the usual page
    (no turn) PDFium's coordinates serve as they are.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    """Quarter turns clockwise after which it can be read: ``/Rotate`` / 90, or what its text needs where that lies on its
    side (a wide table bound into a volume of high pages)."""

    def upright_box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A rectangle of the page's own coordinates, upright: (x0, y0, x1, y1)."""
        if self.turns == 0:
            return x0, y0, x1, y1
        if self.turns == 1:
            return y0, -x1, y1, -x0
        if self.turns == 2:
            return -x1, -y1, -x0, -y0
        return -y1, x0, -y0, x1

    @property
    def upright(self) -> tuple[float, float, float, float]:
        """The visible rectangle itself, upright."""
        return self.upright_box(self.left, self.bottom, self.right, self.top)


class PageHandle(NamedTuple):
    """An open page: ``page`` and ``text`` are PDFium's handles."""

    page: Handle
    text: Handle
    frame: Frame


class PdfFile(NamedTuple):
    """An open file."""

    path: Path
    handle: Handle
    page_count: int


@contextmanager
def opened(path: Path) -> Iterator[PdfFile]:
    """The open file; raises UnreadableFile when it is no complete, open PDF with pages."""
    data = _file_bytes(path)
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise UnreadableFile(path, _load_failure(raw.FPDF_GetLastError()))
    try:
        page_count = raw.FPDF_GetPageCount(handle)
        if page_count < 1:
            raise UnreadableFile(path, "这个 PDF 里没有页面，请换一份完整的文件。")
        if page_count > MOST_PAGES:
            raise UnreadableFile(
                path, f"这个 PDF 自称有{page_count}页，多得不正常，请拆分成不超过{MOST_PAGES}页的文件。"
            )
        yield PdfFile(path, ctypes.cast(handle, Handle), page_count)
    finally:
        raw.FPDF_CloseDocument(handle)


def _file_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(path, "找不到这个文件，请核对路径。") from None
    except OSError as error:
        raise UnreadableFile(path, f"文件打不开（{error.strerror}），请核对路径和读取权限。") from None
    if not data:
        raise UnreadableFile(path, "文件是空的（0 字节），请重新下载或导出。")
    if b"%PDF-" not in data[:HEAD]:
        raise UnreadableFile(path, "文件内容不是 PDF（也许只是改了扩展名），请提供真正的 PDF 文件。")
    # PDFium silently repairs a file that was cut off, and then shows the lost pages as blank ones.
    if b"startxref" not in data.rstrip(b"\0\r\n \t")[-TAIL:]:
        raise UnreadableFile(path, "PDF 不完整，结尾缺失（也许下载中断了），请重新下载或导出。")
    if holds_bomb(data):
        raise UnreadableFile(path, "PDF 里有压缩得不正常的内容，为安全起见没有打开；请重新导出这个 PDF。")
    return data


def _load_failure(code: int) -> str:
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return "PDF 已加密，需要密码才能打开，请提供去掉密码的文件。"
    return "PDF 已损坏，无法解析，请重新下载或导出。"


@contextmanager
def opened_page(file: PdfFile, number: int) -> Iterator[PageHandle]:
    """Page ``number`` (from 1) with its text; raises UnreadableFile when the file has lost it."""
    page = raw.FPDF_LoadPage(ctypes.cast(file.handle, raw.FPDF_DOCUMENT), number - 1)
    if not page:
        raise UnreadableFile(file.path, f"第{number}页已损坏，无法读取，请重新下载或导出这个 PDF。")
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            raise UnreadableFile(file.path, f"第{number}页的文字已损坏，无法读取，请重新导出这个 PDF。")
        try:
            yield PageHandle(ctypes.cast(page, Handle), ctypes.cast(text, Handle), _page_frame(page, text))
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(page)


def _page_frame(page: Any, text: Any) -> Frame:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    turns = reading_turns(text)
    if turns is None:
        turns = raw.FPDFPage_GetRotation(page)
    return Frame(box.left, box.bottom, box.right, box.top, turns if turns in (1, 2, 3) else 0)


def reading_turns(text: Any) -> int | None:
    """The quarter turns clockwise after which the text of a page runs from left to right; ``None`` where there is little
    text, or it runs several ways. ``text`` is PDFium's text page."""
    count = max(0, raw.FPDFText_CountChars(text))
    ways = [0, 0, 0, 0]
    for index in range(0, count, max(1, count // _LOOKS)):
        if raw.FPDFText_GetUnicode(text, index) > ord(" "):
            angle = raw.FPDFText_GetCharAngle(text, index)
            if angle >= 0:
                ways[-round(angle / (math.pi / 2)) % 4] += 1
    most = max(ways)
    return ways.index(most) if most >= _FEWEST and most >= _MOSTLY * sum(ways) else None


def turns_to_read(page: pypdfium2.PdfPage) -> int:
    """The quarter turns clockwise by which a page, as it is shown, still has to be turned before it can be read."""
    text = page.get_textpage()
    try:
        turns = reading_turns(text.raw)
    finally:
        text.close()
    return 0 if turns is None else (turns - page.get_rotation() // 90) % 4


def character_count(text: Handle) -> int:
    """The characters of a page, as PDFium counts them; the blanks and line ends that it adds included."""
    return max(0, int(raw.FPDFText_CountChars(ctypes.cast(text, raw.FPDF_TEXTPAGE))))


def page_text(text: Handle) -> str:
    """All characters of a page, one per PDFium character index."""
    handle = ctypes.cast(text, raw.FPDF_TEXTPAGE)
    count = character_count(text)
    if not count:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer)
    found = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(found) != count:
        # Characters without a Unicode value are left out of the text, and others take two places in it.
        found = "".join(_character(raw.FPDFText_GetUnicode(handle, index)) for index in range(count))
    # A hyphen that ends a line.
    return found.replace("\ufffe", "-").replace("\x02", "-")


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
