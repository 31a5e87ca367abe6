"""Where the Chinese typefaces are that PDF documents are set in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
VARIABLE = "GOUJI_FONTS"
"""The environment variable that names a directory with the faces, wherever it is."""
_PACKAGES = "node_modules/@expo-google-fonts"
_FACES = ("noto-serif-sc/400Regular", "noto-sans-sc/500Medium")


class FontsMissing(Exception):
    """No Chinese typefaces were found. The message says what to do."""

    def __init__(self, looked: str) -> None:
        super().__init__(
            f"没有找到排版用的中文字体（{SERIF}、{SANS}；查找位置：{looked}），"
            f"请运行 make setup，或用环境变量 {VARIABLE} 指定字体目录。"
        )


def fonts() -> Fonts:
    """The faces: from ``GOUJI_FONTS`` if it is set, else from the checkout that the package runs in. Raises
    FontsMissing."""
    return _load(os.environ.get(VARIABLE, ""))


@cache
def _load(named: str) -> Fonts:
    from typst import Fonts as Loaded  # noqa: PLC0415

    folders = [Path(named)] if named else list(_installed())
    if not folders or not all(folder.is_dir() for folder in folders):
        raise FontsMissing(named or _PACKAGES)
    loaded = Loaded(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in folders]
    )
    if not {SERIF, SANS} <= set(loaded.families()):
        raise FontsMissing(named or _PACKAGES)
    return loaded


def _installed() -> Iterator[Path]:
    """The directories of the faces in the nearest ``node_modules`` above the package."""
    for above in Path(__file__).resolve().parents:
        packages = above / _PACKAGES
        if packages.is_dir():
            yield from (packages / face for face in _FACES)
            return
