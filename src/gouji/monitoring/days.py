"""Dates in registers, and the quarters they fall into."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$")
QUARTERS = (1, 2, 3, 4)


def read_date(text: str) -> date | None:
    """A date as people write it: 2024-04-10, 2024/4/10, 2024.4.10, 2024年4月10日, 20240410."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3
