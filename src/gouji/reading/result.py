"""What reading a document comes to: its scope, its recognised tables with their witnesses, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gouji.catalog import TableKind
from gouji.documents import Document, Paragraph
from gouji.facts import Place, Unit, Witness
from gouji.performance import PerformanceForm
from gouji.reading.printed_rates import PrintedRate
from gouji.reading.prose import Passage
from gouji.reading.statement import Statement, Told


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code and the name printed beside it. ``printed`` is what the code columns of its row hold, piece by piece, blanks
    included; empty where the reader does not know."""

    dimension: str
    code: str
    name: str
    place: Place
    printed: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class ReadTable:
    """A recognised table, joined over its pages. ``title`` is as printed; ``notes`` are the lines under it."""

    id: int
    kind: TableKind
    title: str
    number: str
    unit: Unit
    pages: tuple[int, ...]
    place: Place
    witnesses: list[Witness] = field(default_factory=list)
    codes: list[ReadCode] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    rates: list[PrintedRate] = field(default_factory=list)
    """The percentages that stand in columns of their own beside the amounts."""
    unit_stated: bool = True
    one_body: bool = False
    """Whether the bodies that have rows of their own lie inside each other, so that all the table is of one."""
    bodies: Mapping[int, str] = field(default_factory=dict)
    """The rows of bodies, with their codes."""
    why: str = ""
    """In Chinese, when the table as a whole could not be understood or placed."""
    body: str = ""
    """The body that its caption names, as printed."""
    block: int = 0
    """Index of its first grid, or of its title, among the blocks of the document."""
    cut: bool = False
    """Whether it seems to go on in figures on the next page that were not understood."""

    @property
    def is_empty(self) -> bool:
        """Whether the table holds no figure other than zero."""
        return not any(witness.printed.value for witness in self.witnesses)

    @property
    def has_figures(self) -> bool:
        """Whether the table prints any figure at all, zero included."""
        return any(witness.printed.presence == "number" for witness in self.witnesses)


@dataclass(frozen=True, slots=True)
class Listed:
    """A table that the contents page lists."""

    kind: TableKind
    title: str
    place: Place


@dataclass(slots=True, eq=False)
class Scope:
    """Who and what a document is about; what it does not say is empty or ``None``.

    ``kind`` is final_accounts, budget, performance_targets, performance or other. ``level`` is 部门 or 单位.
    ``template`` marks a blank form. ``why`` says, in Chinese, why a document is taken for no disclosure.
    """

    kind: str = "other"
    year: int | None = None
    level: str = ""
    body: str = ""
    template: bool = False
    why: str = ""
    contents: list[Listed] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Reading:
    """A document understood. ``unrecognised`` are grids that the lexicon does not know: (where, first words);
    ``passages`` is the running text, ``performance`` are its forms of performance targets and self-evaluation."""

    file: str
    document: Document
    scope: Scope
    tables: list[ReadTable]
    unrecognised: list[tuple[str, str]] = field(default_factory=list)
    passages: tuple[Passage, ...] = ()
    """The running text, in order."""
    told: list[Told] = field(default_factory=list)
    """What its sentences state."""
    performance: list[PerformanceForm] = field(default_factory=list)

    @property
    def statements(self) -> Iterable[Statement]:
        return (statement for one in self.told for statement in one.statements)

    @property
    def witnesses(self) -> Iterable[Witness]:
        return (witness for table in self.tables for witness in table.witnesses)
