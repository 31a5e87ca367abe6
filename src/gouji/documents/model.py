"""What every file becomes, whatever its format: pages, paragraphs, and tables of cells with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class UnreadableFile(Exception):
    """A file cannot be read. The message is one Chinese sentence: what is wrong and what to do about it."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = str(path)
        self.reason = reason


class ScannedFile(UnreadableFile):
    """A file that is images only. ``pages`` counts them."""

    def __init__(self, path: Path | str, reason: str, pages: int) -> None:
        super().__init__(path, reason)
        self.pages = pages


class GarbledFile(ScannedFile):
    """A file whose text is not what its pages show: they can be read as scans are."""


class Box(NamedTuple):
    """A rectangle on a page in points (1/72 inch); the origin is the top left corner of the visible page."""

    x0: float
    y0: float
    x1: float
    y1: float


class Place(NamedTuple):
    """Where something stands. ``page`` counts from 1; ``ref`` is what a reader would look up in a file without
    pages: ``公开03!D9`` for a sheet, ``第123行`` for text, ``表3第5行第2列`` for DOCX and HTML."""

    page: int | None
    box: Box | None
    ref: str


class Recognition(NamedTuple):
    """How the text of a cell was recognised in the image of a scanned page."""

    text: str
    """As it was recognised."""
    percent: int
    """How sure the recognition was of its least sure character; a blank cell without ink is sure."""
    doubt: str = ""
    """Why another text may be printed, in Chinese; empty where there is no reason to doubt it."""


class Cell(NamedTuple):
    """One cell of a table; ``row`` and ``col`` count from 0 and name its top left corner.

    ``text`` is what a reader sees, line breaks inside the cell removed, outer blanks stripped.
    ``indent`` counts the leading blanks that were stripped (they show the level of a 科目 name).
    """

    text: str
    row: int
    col: int
    row_span: int
    col_span: int
    place: Place
    indent: int = 0
    recognition: Recognition | None = None
    """``None`` where the text was not recognised but read."""


@dataclass(slots=True)
class Table:
    """A grid of cells as the file draws it: one page's piece of it in a PDF.

    ``cells`` are ordered by row, then column; every grid position belongs to exactly one cell.
    ``column_edges`` are the x of the column lines (n_cols + 1 of them) where the format has them, else empty:
    two pieces of one table on consecutive pages have the same edges.
    """

    n_rows: int
    n_cols: int
    cells: list[Cell]
    place: Place
    column_edges: tuple[float, ...] = ()
    name: str = ""
    """The name of the sheet, where the format has one."""
    aligned: bool = False
    """Whether no lines divide its columns: they were told by what stands below each other."""
    doubt: str = ""
    """Why it cannot be told what its columns are, in Chinese, where that is so."""


@dataclass(slots=True)
class Paragraph:
    """One line (PDF, text) or one paragraph (DOCX, HTML) that stands outside any table.

    ``indent`` counts the blanks before it in a text file: extracted text often marks the top of a page with one.
    """

    text: str
    place: Place
    indent: int = 0


@dataclass(slots=True)
class Page:
    """The visible size of a page in points; ``number`` counts from 1. The text of a ``scanned`` page was recognised
    in its image; ``doubt`` says in Chinese why nothing on it is certain, where that is so. An ``unread`` page shows images
    and no text, and what they show was not read. Where two pages are printed on one sheet, ``sheet`` is its number in the file
    and ``left`` how far from its left edge the page begins."""

    number: int
    width: float
    height: float
    scanned: bool = False
    doubt: str = ""
    unread: bool = False
    sheet: int = 0
    left: float = 0.0


@dataclass(slots=True)
class Document:
    """A file in reading order. ``layout`` tells how tables are to be understood: ``grid`` (cells are in
    ``Table`` blocks), ``separated`` (grids whose merged cells were lost: heads may stand over other columns than
    their own) or ``flat`` (tables were pasted as lines of text and lost their columns)."""

    path: Path
    format: str
    pages: list[Page]
    blocks: list[Paragraph | Table]
    layout: str = "grid"
    notices: list[str] = field(default_factory=list)
    """What was noticed while reading and a user should know, in Chinese (clipped text dropped, say)."""

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]
