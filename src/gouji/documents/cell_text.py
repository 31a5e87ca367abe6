"""How the raw characters of a cell or a line become the text that a reader sees."""

from __future__ import annotations

import re
from typing import NamedTuple

# Two columns wide on paper, so each counts twice as an indent: ideographic space, em quad, em space. A tab
# is taken for the two Chinese characters that a default tab stop is wide.
_WIDE_BLANKS = {"\u3000": 2, "\u2001": 2, "\u2003": 2, "\t": 4}
_NARROW_BLANKS = " \u00a0\u1680\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
BLANKS = _NARROW_BLANKS + "".join(_WIDE_BLANKS)

_LINE_END = re.compile("\r\n|[\n\r\v\f\u0085\u2028\u2029]")
_SHOWN_AS_SPACE = {ord(blank): " " for blank in _NARROW_BLANKS}
# Characters without any width: they would make equal words unequal.
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n\r\v\f"),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        0xFEFF,
    ]
)


class Tidied(NamedTuple):
    """``indent`` counts the leading blanks taken off the first line; a full-width blank counts two."""

    text: str
    indent: int


def split_lines(raw: str) -> list[str]:
    """The lines of ``raw``, whatever character ends them, without invisible characters; blanks are kept."""
    return _LINE_END.split(raw.translate(_INVISIBLE))


def join_lines(lines: list[str]) -> str:
    """Join wrapped lines: Chinese needs no blank, but two Latin words or numbers must not grow together."""
    joined = ""
    for line in lines:
        apart = joined and line and _is_word_character(joined[-1]) and _is_word_character(line[0])
        joined += f" {line}" if apart else line
    return joined


def tidy(raw: str) -> Tidied:
    """One cell: line breaks removed, outer blanks stripped and counted, tabs and odd blanks made spaces."""
    if raw.isascii() and raw.isprintable() and not raw.startswith(" ") and not raw.endswith(" "):
        return Tidied(raw, 0)  # nearly every figure
    kept: list[str] = []
    indent = 0
    for line in split_lines(raw):
        stripped = line.strip(BLANKS)
        if not stripped:
            continue
        if not kept:
            leading = line[: len(line) - len(line.lstrip(BLANKS))]
            indent = sum(_WIDE_BLANKS.get(blank, 1) for blank in leading)
        kept.append(stripped.translate(_SHOWN_AS_SPACE).replace("\t", " "))
    return Tidied(join_lines(kept), indent)


def tidy_line(raw: str) -> str:
    """One line outside tables: outer blanks stripped; tabs stay, they part the columns of a pasted table."""
    return raw.strip(BLANKS).translate(_SHOWN_AS_SPACE)


def _is_word_character(character: str) -> bool:
    return character.isascii() and character.isalnum()
