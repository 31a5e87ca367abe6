"""Documents of which all or some pages are scans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.documents import pdf
from gouji.documents.model import Document, GarbledFile, Page, Paragraph, Table, UnreadableFile
from gouji.documents.scans.engine import OcrMissing, is_installed
from gouji.documents.scans.images import PageImage, image_pages, pages_of_image, rendered_pages

if TYPE_CHECKING:
    from gouji.documents.scans.page import ScannedPage

_MISSING = (
    '这是扫描件（图片），没有文字层，要用文字识别才能读；请运行 pip install "gouji[ocr]" 后再试，'
    "或提供可复制文字的文件"
)
_GARBLED = "文字层是乱码（字体没有文字编码表），没有采用。"
_COARSE = "这是扫描件（图片），{}；请用200dpi以上重新扫描，或提供可复制文字的文件"
_EMPTY = "这是扫描件（图片），没有认出文字，请提供更清晰的扫描件（200dpi以上），或可复制文字的文件"


def read_pdf(path: Path) -> Document:
    """Read a PDF: pages with text by their text, pages that are images only by character recognition.

    Raises UnreadableFile as :func:`gouji.documents.pdf.read_pdf` does, and for scans where the recognition is not
    installed. Where only some pages are images, these are left out then, and a notice says so.
    """
    try:
        document = pdf.read_pdf(path)
    except UnreadableFile as error:
        garbled = isinstance(error, GarbledFile)
        numbers = image_pages(path, None)
        if not numbers or (garbled and not is_installed()):
            raise
        empty = Document(path, "scan", [], [], notices=[_GARBLED] if garbled else [])
        return _with_scans(empty, rendered_pages(path, numbers))
    shown = {block.place.page for block in document.blocks}
    silent = {page.number for page in document.pages if not page.sheet} - shown
    numbers = image_pages(path, silent) if silent else []
    if not numbers:
        return document
    notices = [notice for notice in document.notices if "没有文字层" not in notice]
    document = replace(document, notices=notices)
    try:
        return _with_scans(document, rendered_pages(path, numbers))
    except UnreadableFile as error:
        return replace(document, notices=[*notices, f"{_named(numbers)}没有读入：{error.reason}。"])


def read_image(path: Path) -> Document:
    """Read a PNG, JPEG or TIFF (of one page or several). Raises UnreadableFile."""
    if not is_installed():
        raise UnreadableFile(path, _MISSING)
    return _with_scans(Document(path, "scan", [], []), pages_of_image(path))


def _with_scans(document: Document, images: Iterable[PageImage]) -> Document:
    """The document with scanned pages in their places."""
    scans = _recognised(document.path, images)
    if not document.blocks and not any(scan.blocks for scan in scans):
        coarse = next((scan.page.doubt for scan in scans if scan.page.doubt), "")
        raise UnreadableFile(document.path, _COARSE.format(coarse) if coarse else _EMPTY)
    pages: dict[int, Page] = {page.number: page for page in document.pages}
    pages.update({scan.page.number: scan.page for scan in scans})
    found: dict[int, list[Paragraph | Table]] = {}
    for block in document.blocks:
        found.setdefault(block.place.page or 0, []).append(block)
    found.update({scan.page.number: scan.blocks for scan in scans})
    return replace(
        document,
        pages=[pages[number] for number in sorted(pages)],
        blocks=[block for number in sorted(found) for block in found[number]],
        notices=[*document.notices, *_notices(scans)],
    )


def _recognised(path: Path, images: Iterable[PageImage]) -> list[ScannedPage]:
    if not is_installed():
        raise UnreadableFile(path, _MISSING)
    from gouji.documents.scans.page import read_page  # noqa: PLC0415

    try:
        return [read_page(image) for image in images]
    except OcrMissing as error:
        raise UnreadableFile(path, _MISSING) from error


def _notices(scans: list[ScannedPage]) -> list[str]:
    numbers = [scan.page.number for scan in scans if scan.page.scanned]
    pictures = [scan.page.number for scan in scans if not scan.page.scanned]
    notices: list[str] = []
    if numbers:
        notices.append(f"{_named(numbers)}是扫描图像，文字和数字由文字识别得来，请对照原件核对。")
    if pictures:
        notices.append(f"{_named(pictures)}只有图片，里面没有表格，内容未读入。")
    coarse: dict[str, list[int]] = {}
    for scan in scans:
        if scan.page.doubt:
            coarse.setdefault(scan.page.doubt, []).append(scan.page.number)
    notices += [f"{_named(pages)}{doubt}；请用200dpi以上重新扫描。" for doubt, pages in coarse.items()]
    unread = sum(scan.unread for scan in scans)
    if unread:
        notices.append(f"扫描图像中有{unread}个单元格有墨迹但认不出。")
    read = [scan for scan in scans if scan.page.scanned and not scan.page.doubt]
    empty = [scan.page.number for scan in read if not scan.blocks]
    if empty:
        notices.append(f"{_named(empty)}没有认出任何文字。")
    return notices


def _named(numbers: list[int]) -> str:
    if len(numbers) > 12 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"第{numbers[0]}至{numbers[-1]}页"
    return "第" + "、".join(map(str, numbers)) + "页"
