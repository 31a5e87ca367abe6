"""A self-evaluation as one web page: each actual value leads to the rows that it follows from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gouji.performance import Evaluation, Rated
from gouji.registers.book import Source
from gouji.writing.evaluation_document import EvaluationDocument
from gouji.writing.narrative import Gap, Paragraph, Statement
from gouji.writing.page_template import page_template
from gouji.writing.performance_grid import FormTable, GridCell


class _Annex(NamedTuple):
    """A form as the template takes it, with the number of its annex."""

    number: int
    table: FormTable


class _Piece(NamedTuple):
    """Words of a paragraph, or a figure that leads to a register row, or a gap."""

    text: str
    kind: str = "words"
    link: str = ""


class _Links:
    """Where cells and figures lead: an id for each counted value and for each register row that was cited."""

    def __init__(self, document: EvaluationDocument) -> None:
        self.rows = document.rows
        self.evidence = {
            id(item): f"e{number}-{place}"
            for number, evaluation in enumerate(document.evaluations, start=1)
            for place, item in enumerate(evaluation.rated, start=1)
        }
        self.cited: dict[Source, str] = {}

    def of_cell(self, cell: GridCell) -> str:
        if cell.rated is not None:
            return self.evidence[id(cell.rated)]
        return self.of_sources(cell.sources)

    def of_sources(self, sources: tuple[Source, ...]) -> str:
        """The first register row of several; the others stand beside it in the same register."""
        for source in sources:
            if source in self.rows:
                self.cited.setdefault(source, f"row-{source.sheet}-{source.row}")
        known = [self.cited[source] for source in sources if source in self.cited]
        return known[0] if known else ""

    def pieces(self, paragraph: Paragraph) -> Iterator[_Piece]:
        for run in paragraph.runs:
            if isinstance(run, Statement):
                yield _Piece(run.text, "figure", self.of_sources(run.sources))
            else:
                yield _Piece(run.text, "gap") if isinstance(run, Gap) else _Piece(run)


def changed(evaluation: Evaluation) -> list[Rated]:
    """What a person scored otherwise than the method."""
    return [
        item
        for item in evaluation.rated
        if item.score is not None
        and item.score.computed is not None
        and item.score.computed != item.score.given
    ]


def performance_page(document: EvaluationDocument) -> bytes:
    """The page (HTML, UTF-8)."""
    links = _Links(document)
    annexes = [
        _Annex(number, table)
        for number, (_, tables) in enumerate(document.annexes, start=1)
        for table in tables
    ]
    return (
        page_template("performance.html")
        .render(
            document=document, annexes=annexes, links=links, evidence=links.evidence, changed=changed, id=id
        )
        .encode()
    )
