"""A figure as character recognition reads it: letters where digits must be, points where commas must be."""

from __future__ import annotations

import re

_FOLD = str.maketrans("０１２３４５６７８９，．－＋（）％", "0123456789,.-+()%")
_MARKS = str.maketrans(dict.fromkeys("。·、：﹒∶；;:'`•", "."))
_LETTERS = str.maketrans({
    "O": "0", "o": "0", "Q": "0", "D": "0", "C": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "|": "1", "i": "1", "丨": "1",
    "Z": "2", "z": "2", "S": "5", "s": "5", "b": "6", "B": "8", "g": "9", "q": "9",
})  # fmt: skip
_FIGURE = re.compile(r"[+-]?\(?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?%?")
_PIECES = re.compile(r"[.,]")


def tidy_figure(text: str) -> str | None:
    """The figure that a recognised text can only be; None where it is no figure, or there is no saying which.

    >>> tidy_figure("2.112,B6")
    '2,112.86'
    """
    folded = re.sub(r"\s+", "", text).translate(_FOLD)
    if not any(char.isdigit() for char in folded):
        return None
    if _FIGURE.fullmatch(folded):
        return folded
    digits = folded.translate(_LETTERS).translate(_MARKS)
    # A word with a figure in it (B12) is no figure: only amounts are mended, and only if they are digits mostly.
    letters = sum(one != other for one, other in zip(folded, digits, strict=True))
    if letters and (2 * letters > len(folded) or not _PIECES.search(digits)):
        return None
    if _FIGURE.fullmatch(digits):
        return digits
    return _regrouped(digits)


def _regrouped(digits: str) -> str | None:
    """Groups of three and two decimals, whatever the marks between them were read as."""
    sign = "-" if digits.startswith("-") else ""
    percent = "%" if digits.endswith("%") else ""
    pieces = [piece for piece in _PIECES.split(digits.removeprefix("-").removesuffix("%")) if piece]
    if len(pieces) < 2 or not all(piece.isdigit() for piece in pieces):
        return None
    *groups, decimals = pieces
    if len(decimals) != 2 or len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:]):
        return None
    return f"{sign}{','.join(groups)}.{decimals}{percent}"
