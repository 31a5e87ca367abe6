"""The whole document as one web page that loads nothing from elsewhere and reads on a phone. Every figure of the
narrative leads to the table cell that states it, or to the register rows it comes from."""

from __future__ import annotations

from typing import NamedTuple

from gouji.facts import Fact
from gouji.registers.book import Source
from gouji.writing.disclosure import Disclosure, Table
from gouji.writing.heading import Heading, heading
from gouji.writing.narrative import Gap, Paragraph, Statement
from gouji.writing.origins import origins
from gouji.writing.page_grid import body_rows, cell_anchor, head_rows
from gouji.writing.page_template import page_template


class _Part(NamedTuple):
    """One form as the template takes it: heads and body rows apart, both as HTML."""

    heading: Heading
    anchor: str
    heads: str
    rows: str
    notes: tuple[str, ...]


class _Piece(NamedTuple):
    """A run of a paragraph: words, a figure that leads somewhere (``link``) and says what it is, or a gap."""

    text: str
    kind: str = "words"
    link: str = ""
    tip: str = ""
    id: str = ""


class _Told(NamedTuple):
    """A section of the narrative with its paragraphs taken apart."""

    id: str
    level: int
    heading: str
    paragraphs: list[tuple[str, list[_Piece]]]


def webpage(disclosure: Disclosure) -> bytes:
    """The page (HTML, UTF-8)."""
    forms = [_part(disclosure, table) for table in disclosure.tables]
    narrative = disclosure.narrative
    links = _Links(disclosure)
    told = [
        (part, [_told(f"{part.id}-{s.id}", s.level, s.heading, s.paragraphs, links) for s in part.sections])
        for part in (narrative.parts if narrative else ())
    ]
    return (
        page_template("page.html")
        .render(disclosure=disclosure, forms=forms, told=told, sources=links.cited)
        .encode()
    )


class _Links:
    """Where the figures of the narrative lead, and the register rows that were cited on the way."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.cells: dict[Fact, str] = {}
        places = [(table.form.kind.id, cell) for table in disclosure.tables for cell in table.amounts]
        # The first place with a figure in it; where the tables leave a fact blank, its first blank.
        for kind, cell in sorted(places, key=lambda place: not place[1].text):
            if cell.spot.fact is not None:
                self.cells.setdefault(cell.spot.fact, cell_anchor(kind, cell))
        self.cited: dict[str, Source] = {}

    def of(self, statement: Statement) -> str:
        if statement.fact in self.cells:
            return self.cells[statement.fact]
        if not statement.sources:
            return ""
        source = statement.sources[0]
        body = "-".join(source.body.split())
        anchor = "-".join(filter(None, ("row", body, source.sheet, str(source.row))))
        self.cited[anchor] = source
        return anchor


def _told(anchor: str, level: int, heading: str, paragraphs: tuple[Paragraph, ...], links: _Links) -> _Told:
    return _Told(
        anchor, level, heading, [(p.style, [_piece(run, links) for run in p.runs]) for p in paragraphs]
    )


def _piece(run: str | Statement | Gap, links: _Links) -> _Piece:
    if isinstance(run, str):
        return _Piece(run)
    if isinstance(run, Gap):
        return _Piece(run.text, "gap", "", f"填在登记簿的“{run.register}”")
    tip = run.title + {"share": "的占比", "rate": "的完成率", "change": "的变动", "growth": "的变动率"}.get(
        run.measure, ""
    )
    if run.balanced:
        tip += "（为使合计等于100%，末位已调整）"
    if run.sources:
        told = origins(run.sources)
        tip += "；来自登记簿" + "、".join(told[:6]) + ("等" if len(told) > 6 else "")
    return _Piece(run.text, "figure", links.of(run), tip, f"figure-{run.number}")


def _part(disclosure: Disclosure, table: Table) -> _Part:
    rows = table.rows()
    heads, kind = table.grid.head_rows, table.form.kind.id
    return _Part(
        heading(disclosure, table), kind, head_rows(rows[:heads]), body_rows(rows[heads:], kind), table.notes
    )
