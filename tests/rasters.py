"""Pages as a scanner delivers them: images without a word of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image


def rendered(source: Path, page: int, dots_per_inch: int) -> Image.Image:
    """Page ``page`` (from 1) of a PDF as a grey image."""
    file = pypdfium2.PdfDocument(source)
    try:
        image: Image.Image = file[page - 1].render(scale=dots_per_inch / 72, grayscale=True).to_pil()
        return image.convert("L")
    finally:
        file.close()


def scanned(images: Sequence[Image.Image], target: Path, dots_per_inch: int) -> Path:
    """A PDF of images only."""
    first, *others = images
    first.save(target, "PDF", save_all=True, append_images=others, resolution=dots_per_inch)
    return target
