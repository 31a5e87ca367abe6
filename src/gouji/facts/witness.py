"""A witness: one place that states a fact, as printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gouji.facts.fact import Fact
from gouji.facts.printed import Printed


class Place(NamedTuple):
    """Where a witness stands: ``page`` counts from 1, ``box`` is (x0, y0, x1, y1) in points from the top left;
    ``ref`` is what a reader looks up where there are no pages (a sheet cell, a line, a register row)."""

    file: str
    page: int | None
    box: tuple[float, float, float, float] | None
    ref: str


class Status(StrEnum):
    """How a place was understood."""

    BOUND = "bound"
    """It states one known fact."""
    AMBIGUOUS = "ambiguous"
    """Its column was lost and more than one placement satisfies everything known; this is one of them."""
    UNBOUND = "unbound"
    """A figure on a recognised table whose meaning was not understood. Kept, shown and counted."""
    REPAIRED = "repaired"
    """It states one known fact; a slip of character recognition in its figure was put right by the relations around
    it. Only on scanned pages; ``why`` keeps what was recognised."""
    DOUBTFUL = "doubtful"
    """It states one known fact, but what is printed may have been recognised wrongly. Only on scanned pages."""


class Recognition(NamedTuple):
    """How a figure on a scanned page was read by character recognition (OCR, 文字识别)."""

    text: str
    """As it was recognised, before anything was put right."""
    percent: int
    """How sure the recognition was of its least sure character."""
    doubt: str = ""
    """Why the figure may be another one, in Chinese."""
    row_doubt: str = ""
    """Why its row may be another one, in Chinese."""


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """One place that states a fact. Two witnesses are the same only if they are the same place (identity)."""

    fact: Fact | None
    printed: Printed
    place: Place
    table: str
    """The title of the table, as printed."""
    table_id: int
    """Counts the recognised tables of a document from 0, in order."""
    row: int
    row_code: str
    row_label: str
    column: str
    """The header path, ``本年支出/小计``."""
    status: Status = Status.BOUND
    why: str = ""
    """For every status but ``bound``: the reason, in Chinese."""
    recognition: Recognition | None = None
    """``None`` where the figure was not recognised in an image but read."""
    lane: int = 0
    """Which of the lists that stand side by side in its table, from 0."""

    @property
    def recognised_unsurely(self) -> bool:
        """Whether character recognition may have read, or did read, another figure than is printed."""
        return self.status in (Status.REPAIRED, Status.DOUBTFUL)

    @property
    def where(self) -> str:
        """How a reader finds the cell: 《支出决算表》206 科学技术支出·项目支出."""
        row = " ".join(part for part in (self.row_code, self.row_label) if part)
        cell = "·".join(part for part in (row, self.column.replace("/", "·")) if part)
        return f"《{self.table}》{cell}"
