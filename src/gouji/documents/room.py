"""How much one document may hold: beyond that a file is broken or hostile, not a disclosure.

The bounds are far above what is published (the largest of some eighty real documents has 177 pages and 30,000
cells) and low enough that a file at all of them is read within the memory of a corpus worker.
"""

from __future__ import annotations

MOST_POSITIONS = 500_000
"""Grid positions of all tables together."""

MOST_CHARACTERS = 20_000_000
"""Characters of all tables together."""


class TooLarge(Exception):
    """A document holds more than there is room for."""


class Room:
    """What the tables of one document may still take."""

    def __init__(self) -> None:
        self._positions = MOST_POSITIONS
        self._characters = MOST_CHARACTERS

    def take(self, positions: int, characters: int = 0) -> None:
        """Use some of it. Raises TooLarge when it does not suffice."""
        self._positions -= positions
        self._characters -= characters
        if self._positions < 0 or self._characters < 0:
            raise TooLarge
