"""What keeps a run or a comparison from being made at all."""

from __future__ import annotations


class CorpusError(Exception):
    """A run or a comparison cannot be made. The message is one Chinese sentence: what is wrong, what to do."""
