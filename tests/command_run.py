"""What one command line came to, as the tests of the commands see it."""

from __future__ import annotations

from typing import NamedTuple


class Run(NamedTuple):
    """Exit code, and what was written to the two streams."""

    code: int
    out: str
    err: str
