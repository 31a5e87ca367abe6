"""One fact, many witnesses: quantities, what was printed of them, and how exactly that pins them down.

A :class:`Fact` names a quantity (a concept and its dimensions). A :class:`Witness` is one place that states it,
as printed. An :class:`Interval` is what a printed figure can have been before rounding. An :class:`Identity` is a
linear relation among witnesses, with five possible outcomes. All pure: nothing here reads a file.
"""

from gouji.facts.fact import Fact, fact
from gouji.facts.identity import LOOKED_AT, Identity, Outcome, Term, Verdict
from gouji.facts.interval import EVERYTHING, Interval
from gouji.facts.printed import Presence, Printed, as_printed, render
from gouji.facts.unit import Unit
from gouji.facts.witness import Place, Recognition, Status, Witness
from gouji.facts.written_dims import read_dims, write_dims

__all__ = [
    "EVERYTHING",
    "LOOKED_AT",
    "Fact",
    "Identity",
    "Interval",
    "Outcome",
    "Place",
    "Presence",
    "Printed",
    "Recognition",
    "Status",
    "Term",
    "Unit",
    "Verdict",
    "Witness",
    "as_printed",
    "fact",
    "read_dims",
    "render",
    "write_dims",
]
