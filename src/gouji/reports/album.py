"""An album: pictures of the pages that findings point at, each taken once, as many as a file can bear."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pypdfium2
from PIL import Image

from gouji.documents import Page
from gouji.documents.pdfium import PDFIUM_LOCK, turns_to_read

MOST_PAGES = 40
"""More pictures make a file that is slow to open and to send."""

_PIXELS_PER_POINT = 2.0
_MOST_PIXELS = 2400
"""The longer side of a picture; posters are shown smaller."""
_LOSSLESS_BYTES = 150_000
"""A page of type is small and sharp without loss; one that comes out larger is a scan: kept with loss."""


class PageKey(NamedTuple):
    """One page of one file; ``page`` counts from 1."""

    file: str
    page: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it is read. ``width`` and ``height`` are in points; ``source`` is a data URI."""

    id: str
    key: PageKey
    width: float
    height: float
    source: str


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures taken; how many were left out because there were too many; and of which files none could
    be taken, with the reason in Chinese."""

    pictures: Mapping[PageKey, PagePicture]
    left_out: int
    failures: Mapping[str, str]


def take_pictures(
    wanted: Sequence[PageKey],
    files: Mapping[str, Path],
    most: int = MOST_PAGES,
    pages_of: Mapping[str, Sequence[Page]] = MappingProxyType({}),
) -> Album:
    """Pictures of the first ``most`` different pages of ``wanted``, most wanted first.

    Only PDF files have pages to show. A file that is gone or broken is noted, never an error. ``pages_of`` tells of files
    with two pages to a sheet which half is which.
    """
    pages: dict[str, list[PageKey]] = {}
    failures: dict[str, str] = {}
    taken = left_out = 0
    for key in dict.fromkeys(wanted):
        if key.file in failures:
            continue
        path = files.get(key.file)
        reason = "报告没有得到这个文件的位置" if path is None else _hindrance(path)
        if reason:
            failures[key.file] = reason
        elif taken >= most:
            left_out += 1
        else:
            pages.setdefault(key.file, []).append(key)
            taken += 1
    pictures: dict[PageKey, PagePicture] = {}
    for file, keys in pages.items():
        try:
            pictures.update(_photographed(files[file], keys, len(pictures), pages_of.get(file, ())))
        except (pypdfium2.PdfiumError, OSError, ValueError):
            failures[file] = "文件打不开或已损坏"
    return Album(pictures, left_out, failures)


def _hindrance(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            is_pdf = b"%PDF-" in stream.read(1024)
    except OSError:
        return "文件已不在原处或无法读取"
    return "" if is_pdf else "不是 PDF，没有页面图像"


def _photographed(
    path: Path, keys: Sequence[PageKey], first: int, pages: Sequence[Page]
) -> dict[PageKey, PagePicture]:
    pictures: dict[PageKey, PagePicture] = {}
    halves = {page.number: page for page in pages if page.sheet}
    with PDFIUM_LOCK:
        pdf = pypdfium2.PdfDocument(path)
        try:
            for key in keys:
                half = halves.get(key.page)
                number = half.sheet if half is not None else key.page
                if not 1 <= number <= len(pdf):
                    continue
                page = pdf[number - 1]
                width, height = page.get_size()
                scale = min(_PIXELS_PER_POINT, _MOST_PIXELS / max(width, height, 1))
                turns = turns_to_read(page)
                if turns % 2:
                    width, height = height, width
                image = page.render(scale=scale, rotation=90 * turns).to_pil().convert("RGB")
                page.close()
                if half is not None:
                    image = image.crop(
                        (round(half.left * scale), 0, round((half.left + half.width) * scale), image.height)
                    )
                    width = half.width
                name = f"page-{first + len(pictures) + 1}"
                pictures[key] = PagePicture(name, key, width, height, _data_uri(image))
        finally:
            pdf.close()
    return pictures


def _data_uri(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", lossless=True, method=4)
    if buffer.tell() > _LOSSLESS_BYTES:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=55, method=4)
    return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"
