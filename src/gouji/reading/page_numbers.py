"""What is nothing but the number of a page, and what differs from another by nothing but its number."""

from __future__ import annotations

import re

_LONGEST = 20
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-—–－\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，共]+\s*\d{1,4}\s*页?)?[-—–－\s]*")
_DRESSED = re.compile(r"[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[/,，]?\s*共\s*\d{1,4}\s*页)?")


def is_page_number(text: str) -> bool:
    """Whether a line of text is the number of a page, bare or dressed (``- 12 -``, ``第12页``, ``3/40``), or set apart
    (``— 1 2 —``)."""
    text = "".join(text.split())
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None


def is_dressed_page_number(text: str) -> bool:
    """Whether a cell can be nothing but the number of a page: a bare number in a table may be anything else."""
    text = "".join(text.split())
    return len(text) <= _LONGEST and _DRESSED.fullmatch(text) is not None


def numbered_alike(one: str, other: str) -> bool:
    """Whether the names of two sheets differ by their numbers only, as a converter names its pages (``Sheet1``,
    ``Sheet2``); tables of other formats have no names."""
    return _DIGITS.sub("", one) == _DIGITS.sub("", other)
