"""Text layers that name other characters than the page shows: a font without a table of its characters (ToUnicode)."""

from __future__ import annotations

import re

_STRANGE = re.compile(
    r"[^\W\d_A-Za-z\u00a0-\u04ff\u1e00-\u1eff\u2000-\u33ff\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]|\ufffd"
)
"""Letters that no disclosure is written in, rare hanzi (Extension A) among them, and characters that are not told."""
_WRITTEN = re.compile(r"[^\W\d_A-Za-z]|\ufffd")
_FEWEST = 4
_SHARE = 3
"""One strange letter in so many is too much: names hold a rare hanzi here and there."""


def is_garbled(text: str) -> bool:
    """Whether what a page says cannot be what it shows. Figures and Latin letters do not count: their fonts are others."""
    strange = len(_STRANGE.findall(text))
    return strange >= _FEWEST and strange * _SHARE > len(_WRITTEN.findall(text))
