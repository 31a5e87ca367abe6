"""Any file becomes a Document: what it is is decided by its content, never by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from gouji.documents.model import Document, GarbledFile, ScannedFile, UnreadableFile

_HEAD = 8192

# The readers are imported only when their format turns up: starting the program must stay quick.
_READERS = {
    "pdf": ("gouji.documents.scans.document", "read_pdf"),
    "image": ("gouji.documents.scans.document", "read_image"),
    "docx": ("gouji.documents.docx", "read_docx"),
    "xlsx": ("gouji.documents.xlsx", "read_xlsx"),
    "doc": ("gouji.documents.doc", "read_doc"),
    "xls": ("gouji.documents.xls", "read_xls"),
    "html": ("gouji.documents.html", "read_html"),
    "text": ("gouji.documents.text", "read_text"),
}

_IMAGE = "这种图片不能读取；请转换成 PNG、JPEG、TIFF 或 PDF，最好提供 PDF、Word、Excel 原文件"
_PACKED = "这是压缩包，请先解压，再给出其中的文件"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""How the images that can be read begin: PNG, JPEG, TIFF."""

_SIGNATURES = (
    (b"GIF8", _IMAGE),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"{\\rtf", "这是 RTF 文件，请先用 Word/WPS 另存为 .docx"),
)
_OTHER_PACKAGES = (
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb），请先用 Excel 另存为 .xlsx"),
    ("ppt/presentation.xml", "这是演示文稿（.pptx），不能读取；请另存为 PDF"),
    ("ofd.xml", "这是 OFD 版式文件，请先转换成 PDF"),
    ("content.xml", "这是 OpenDocument 文件（.odt/.ods），请先另存为 .docx 或 .xlsx"),
)

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|center|font)\b", re.IGNORECASE
)
_BEFORE_MARKUP = re.compile(r"(?:\s|<\?xml[^>]*\?>|<!--.*?-->|<!\[[^>]*>)*", re.DOTALL)
_OFFICE_XML = re.compile(
    r"<\?mso-application|urn:schemas-microsoft-com:office:(?:spreadsheet|word)", re.IGNORECASE
)
_MIME_PAGE = re.compile(r"(?:[-\w]+:[^\n]*\n|[ \t]+[^\n]*\n){0,20}?MIME-Version:", re.IGNORECASE)


_SCAN = "这是扫描件（图片），没有文字层，这次没有要求用文字识别来读"


def open_document(path: Path, *, scans: bool = True) -> Document:
    """Read a PDF, DOCX, DOC, XLSX, XLS, HTML, text, CSV or JSON file, or the scan of a page (PNG, JPEG, TIFF).

    Raises UnreadableFile for everything else, with one sentence that says what the file is and what to do. Without
    ``scans`` pages that are images only stay unread, whatever is installed, and a file of nothing else is refused.
    """
    format = find_format(path)
    if not scans:
        if format == "image":
            raise ScannedFile(path, _SCAN, 1)
        if format == "pdf":
            from gouji.documents.pdf import read_pdf  # noqa: PLC0415

            try:
                return read_pdf(path)
            except GarbledFile:
                raise
            except ScannedFile as error:
                raise ScannedFile(path, _SCAN, error.pages) from error
    module, function = _READERS[format]
    read = cast(Callable[[Path], Document], getattr(import_module(module), function))
    return read(path)


def find_format(path: Path) -> str:
    """``pdf``, ``image``, ``docx``, ``doc``, ``xlsx``, ``xls``, ``html`` or ``text``; raises UnreadableFile for what
    cannot be read."""
    head = _read_head(path)
    # A PDF may have some bytes of mail or web server before its header.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _find_package_format(path)
    if head.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        from gouji.documents.ole2 import find_ole2_format  # noqa: PLC0415

        return find_ole2_format(path)
    if head.startswith(_IMAGES):
        return "image"
    for signature, reason in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableFile(path, reason)
    if (head.startswith(b"BM") and head[6:10] == bytes(4)) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        raise UnreadableFile(path, _IMAGE)
    return _find_text_format(path, head)


def _read_head(path: Path) -> bytes:
    try:
        if not path.is_file() and path.exists() and not path.is_dir():
            raise UnreadableFile(path, "这不是普通文件，请给出一个文件")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        from gouji.documents.package import explain_os_error  # noqa: PLC0415

        raise UnreadableFile(path, explain_os_error(error)) from error
    if not head:
        raise UnreadableFile(path, "文件是空的（0 字节），请重新获取")
    return head


def _find_package_format(path: Path) -> str:
    from gouji.documents.package import open_package  # noqa: PLC0415

    with open_package(path) as package:
        if package.main_part("officeDocument", "word/document.xml"):
            return "docx"
        if package.main_part("officeDocument", "xl/workbook.xml"):
            return "xlsx"
        for part, reason in _OTHER_PACKAGES:
            if package.has(part):
                raise UnreadableFile(path, reason)
    raise UnreadableFile(path, _PACKED)


def _find_text_format(path: Path, head: bytes) -> str:
    text = _sniffable(head)
    if text is None:
        raise UnreadableFile(path, "不认识的文件格式，请提供 PDF、DOCX、XLSX、HTML 或文本文件")
    if _MIME_PAGE.match(text.lstrip()):
        raise UnreadableFile(path, "这是单个文件网页（.mht），请先用 Word/Excel 另存为 .docx 或 .xlsx")
    if text.lstrip().startswith(("{", "[")):
        return "text"
    if re.search(r"<html\b", text, re.IGNORECASE):
        return "html"
    if text.lstrip().startswith("<?xml") and _OFFICE_XML.search(text):
        raise UnreadableFile(path, "这是旧式的 Office XML 文件，请先用 Office/WPS 另存为 .docx 或 .xlsx")
    before = _BEFORE_MARKUP.match(text)
    return "html" if _MARKUP.match(text, before.end() if before else 0) else "text"


def _sniffable(head: bytes) -> str | None:
    """The head as far as markup can be looked for in it; None when it is no text in any encoding.

    Markup is ASCII, so for the sniffing the bytes of Chinese characters may be anything.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    control = sum(byte < 0x20 and byte not in b"\t\n\r\f\x0b\x1a\x1b" for byte in head)
    if b"\x00" in head or control * 50 > len(head):
        return None
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
