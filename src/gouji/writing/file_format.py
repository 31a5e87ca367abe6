"""The format of a published file: what a person may ask for, and which of it a name has."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

FileFormat = Literal["xlsx", "docx", "pdf", "html", "data"]
"""``data`` are facts and statements as CSV and JSON."""
ALL_FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)


def format_of(name: str) -> FileFormat:
    """The format of a file, by its name."""
    ending = name.rpartition(".")[2]
    return next((known for known in ALL_FORMATS if known == ending), "data")


def is_wanted(name: str, formats: Collection[FileFormat]) -> bool:
    """Whether a file is of one of the formats."""
    return format_of(name) in formats
