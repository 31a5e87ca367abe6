"""How headings of running text end, and what the lines above a table look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouji.catalog.toml_data import compiled


@dataclass(frozen=True, slots=True, eq=False)
class HeadingWording:
    """The patterns of ``headings.toml``. All look at text without blanks."""

    nominal: re.Pattern[str]
    """The end of a heading that closes with a full stop."""
    unnumbered: re.Pattern[str]
    """A heading without an ordinal, as a whole."""
    complete: re.Pattern[str]
    """The end of a heading that does not go on in the next line."""
    caption: re.Pattern[str]
    title: re.Pattern[str]


def heading_wording(raw: Mapping[str, Any]) -> HeadingWording:
    """The wording from ``headings.toml``. Raises CatalogError naming the part that is missing or no pattern."""
    return compiled("headings.toml", raw, _compiled)


def _compiled(raw: Mapping[str, Any]) -> HeadingWording:
    headings, captions = raw["headings"], raw["captions"]
    return HeadingWording(
        nominal=re.compile(f"{_any(headings['nominal_ends'])}。$"),
        unnumbered=re.compile(
            r"[^。；，,：:\d]{0,20}(?:20\d\d年度?)?[^。；，,：:\d]{0,12}" + _any(headings["unnumbered_ends"])
        ),
        complete=re.compile(f"{_any(headings['complete_ends'])}[。：:]?$"),
        caption=re.compile(captions["unit_pattern"]),
        title=re.compile(captions["title_pattern"]),
    )


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
