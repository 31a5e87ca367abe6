"""How headings of running text end, and what the lines above a table look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouji.catalog.toml_data import compiled, one_of


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
    qualified_title: re.Pattern[str]
    """A title and what may follow it in brackets."""


_FILE = "headings.toml"


def heading_wording(raw: Mapping[str, Any]) -> HeadingWording:
    """The wording from ``headings.toml``. Raises CatalogError naming the part that is missing or no pattern."""
    return compiled(_FILE, raw, _compiled)


def _compiled(raw: Mapping[str, Any]) -> HeadingWording:
    headings, captions = raw["headings"], raw["captions"]
    return HeadingWording(
        nominal=re.compile(f"{one_of(_FILE, headings['nominal_ends'])}。$"),
        unnumbered=re.compile(
            r"[^。；，,：:\d]{0,20}(?:20\d\d年度?)?[^。；，,：:\d]{0,12}"
            + one_of(_FILE, headings["unnumbered_ends"])
        ),
        complete=re.compile(f"{one_of(_FILE, headings['complete_ends'])}[。：:]?$"),
        caption=re.compile(captions["unit_pattern"]),
        title=re.compile(captions["title_pattern"]),
        qualified_title=re.compile(captions["qualified_title_pattern"]),
    )
