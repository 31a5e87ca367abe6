"""The images of pages: rendered from the pages of a PDF that are images only, or taken from an image file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gouji.documents.garbled import is_garbled
from gouji.documents.model import UnreadableFile
from gouji.documents.pdfium import IMAGE_OBJECT, PDFIUM_LOCK, opened, page_text

if TYPE_CHECKING:
    from gouji.documents.scans.engine import Pixels

READ_AT = 200
"""Dots per inch at which pages are read, whatever they were scanned at."""

_POINTS_PER_INCH = 72
_LONGEST_SIDE = 4400
"""Pixels; larger pages (A2 and more) are read at a lower resolution."""

_DEEPEST_FORM = 4
"""How deep in nested forms of a page an image is looked for."""

_LAYER = 0.25
"""Share of the largest image that another must cover to be a layer or a strip of the scan, not a stamp on it."""

_MOST_PIXELS = 100_000_000
_PAPER_HEIGHT = 842.0
"""Points, the longer side of A4: the size of an image that does not tell its own."""


class PageImage(NamedTuple):
    """One page as grey values, rows from the top; ``number`` counts from 1. ``dots_per_inch`` is the resolution that
    the page was scanned at, however it is rendered."""

    number: int
    grey: Pixels
    pixels_per_point: float
    dots_per_inch: float
    covered: float = 1.0
    """The share of the page that its images cover. Where it is small, they may be a chart or a photo."""


def image_pages(path: Path, among: set[int] | None) -> list[int]:
    """The pages without text that show an image, and those whose text is not what they show, ``among`` some pages or all;
    none when the file cannot be opened."""
    import pypdfium2  # noqa: PLC0415

    try:
        # Opened twice: PDFium repairs what was cut off, and would show the lost pages as blank ones.
        with PDFIUM_LOCK, opened(path), closing(pypdfium2.PdfDocument(path)) as file:
            wanted = range(1, len(file) + 1) if among is None else sorted(among)
            return [number for number in wanted if _shows_more_than_it_says(file[number - 1])]
    except (pypdfium2.PdfiumError, UnreadableFile, OSError):
        return []


def _shows_more_than_it_says(page: Any) -> bool:
    said = _text_of(page)
    if said.strip():
        return is_garbled(said)
    return any(page.get_objects(filter=[IMAGE_OBJECT], max_depth=_DEEPEST_FORM))


def _text_of(page: Any) -> str:
    from pypdfium2 import raw  # noqa: PLC0415

    text = raw.FPDFText_LoadPage(page)
    try:
        return page_text(text)
    finally:
        raw.FPDFText_ClosePage(text)


def rendered_pages(path: Path, numbers: list[int]) -> Iterator[PageImage]:
    """Pages of a PDF. Raises UnreadableFile."""
    import pypdfium2  # noqa: PLC0415

    for number in numbers:
        try:
            with PDFIUM_LOCK, closing(pypdfium2.PdfDocument(path)) as file:
                page = file[number - 1]
                scale = min(READ_AT / _POINTS_PER_INCH, _LONGEST_SIDE / max(1.0, *page.get_size()))
                grey = page.render(scale=scale, grayscale=True).to_numpy().squeeze().copy()
                drawn = bool(_text_of(page).strip())
                dots, covered = (READ_AT, 1.0) if drawn else _scanned_at(page)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(path, f"第{number}页已损坏，无法读取，请重新下载或导出这个 PDF") from error
        yield PageImage(number, grey, scale, dots, covered)


def _scanned_at(page: Any) -> tuple[float, float]:
    """Dots per inch of the images that make up a page (the finest of its layers), and the share of it that they cover."""
    width, height = page.get_size()
    drawn: list[tuple[float, float]] = []
    for image in page.get_objects(filter=[IMAGE_OBJECT], max_depth=_DEEPEST_FORM):
        left, bottom, right, top = image.get_bounds()
        # An image in a form has the form's measures; it is taken to fill the page.
        area = width * height if image.level else (right - left) * (top - bottom)
        across, down = image.get_px_size()
        if area > 0:
            drawn.append((area, math.sqrt(across * down / area)))
    largest = max((area for area, _ in drawn), default=0.0)
    finest = max((density for area, density in drawn if area >= _LAYER * largest), default=0.0)
    covered = sum(area for area, _ in drawn) / max(1.0, width * height)
    return finest * _POINTS_PER_INCH, covered


def pages_of_image(path: Path) -> Iterator[PageImage]:
    """The pages of a PNG, JPEG or TIFF file. Raises UnreadableFile."""
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), 1):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise UnreadableFile(path, "图片太大，无法读取；请缩小到每边一万像素以内")
                upright = ImageOps.exif_transpose(frame)
                flat = Image.new("L", upright.size, 255)
                grey = upright.convert("LA")
                flat.paste(grey.getchannel("L"), mask=grey.getchannel("A"))
                points = _paper_size(upright.size, upright.info.get("dpi"))
                scale = min(READ_AT / _POINTS_PER_INCH, _LONGEST_SIDE / max(points))
                size = (max(1, round(points[0] * scale)), max(1, round(points[1] * scale)))
                pixels = np.asarray(flat.resize(size, Image.Resampling.LANCZOS))
                dots = max(upright.size) * _POINTS_PER_INCH / max(points)
                yield PageImage(number, pixels, scale, dots)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
    ) as error:
        raise UnreadableFile(path, "图片已损坏或没有下载完整，请重新获取") from error


def _paper_size(pixels: tuple[int, int], stated: object) -> tuple[float, float]:
    """The size of an image in points. A resolution that makes no sheet of paper of it (a screenshot's 96) is not
    believed; the image is then taken for a page of A4."""
    dots = stated[1] if isinstance(stated, tuple) and len(stated) == 2 else 0
    longer = max(pixels)
    size = longer * _POINTS_PER_INCH / float(dots) if dots else 0.0
    if not 0.6 * _PAPER_HEIGHT <= size <= 2.9 * _PAPER_HEIGHT:
        size = _PAPER_HEIGHT
    return pixels[0] * size / longer, pixels[1] * size / longer
