"""Dimensions in one text, as open data writes them: ``name=member`` joined by ``;``.

A member may be a name that a body gave (a project): a ``;`` or a backslash in it is written after a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_PAIR = re.compile(r"((?:[^;\\]|\\.)+)(?:;|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def write_dims(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of dimension and member as one text.

    >>> write_dims([("nature", "project"), ("pro_code", "培训;会议")])
    'nature=project;pro_code=培训\\\\;会议'
    """
    return ";".join(f"{name}={_escape(member)}" for name, member in pairs)


def read_dims(text: str) -> list[tuple[str, str]]:
    """The pairs of a text that :func:`write_dims` wrote."""
    pairs = (match[1].partition("=") for match in _PAIR.finditer(text))
    return [(name, _ESCAPED.sub(r"\1", member)) for name, _, member in pairs]


@lru_cache(maxsize=4096)
def _escape(member: str) -> str:
    return member.replace("\\", "\\\\").replace(";", "\\;")
