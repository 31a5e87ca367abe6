"""A self-evaluation as one document: its report, then basic data and forms, composed once for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouji.catalog import Catalog
from gouji.performance import Evaluation
from gouji.registers import Workspace
from gouji.registers.book import Book, Source
from gouji.registers.self_evaluation import SelfEvaluation
from gouji.writing.basics_grid import basics_table
from gouji.writing.narrative import Narrative, Part
from gouji.writing.performance_grid import FormTable, form_table, list_table
from gouji.writing.standpoint import Standpoint, Whose
from gouji.writing.telling import tell


@dataclass(frozen=True, slots=True, eq=False)
class EvaluationDocument:
    """``narrative`` is the report, ``None`` without words for it; ``rows`` are the register rows that its figures come
    from."""

    body: str
    year: int
    narrative: Narrative | None
    tables: tuple[FormTable, ...]
    evaluations: tuple[Evaluation, ...]
    rows: Mapping[Source, Mapping[str, str]]

    @property
    def report(self) -> Part | None:
        return self.narrative.parts[0] if self.narrative is not None else None

    @property
    def title(self) -> str:
        return f"{self.body}{self.report.name if self.report is not None else f'{self.year}年度绩效自评表'}"

    @property
    def annexes(self) -> tuple[tuple[str, list[FormTable]], ...]:
        """The forms by their titles, in order: the annexes of the report."""
        found: dict[str, list[FormTable]] = {}
        for table in self.tables:
            found.setdefault(table.title, []).append(table)
        return tuple(found.items())

    def annex_label(self, number: int) -> str:
        """What stands above a form: 附件1, or 附件 where there is no other (GB/T 9704)."""
        return f"附件{number}" if len(self.annexes) > 1 else "附件"

    @property
    def annex_list(self) -> str:
        """The line below the report that lists the annexes."""
        names = [name for name, _ in self.annexes]
        if len(names) > 1:
            names = [f"{number}.{name}" for number, name in enumerate(names, start=1)]
        return "附件：" + "；".join(names)


def evaluation_document(workspace: Workspace, catalog: Catalog) -> EvaluationDocument | None:
    """The document of a workspace; ``None`` where it holds no self-evaluation."""
    evaluation = workspace.self_evaluation
    if evaluation is None:
        return None
    settings = workspace.settings
    words = catalog.report_words(evaluation.layouts)
    whose = Whose(settings.name, settings.fiscal_year, settings.level)
    tables: list[FormTable] = []
    narrative: Narrative | None = None
    if words is not None:
        book = _book(workspace, evaluation)
        material = evaluation.material(workspace.material)
        at = Standpoint.of(book, material, words, whose, codes=workspace.codes)
        whole = next((one for one in evaluation.evaluations if one.form.scope == "department"), None)
        texts = whole.texts if whole is not None else {}
        tables += [basics_table(layout, at, texts) for layout in evaluation.layouts.basics]
        if evaluation.reported:
            narrative = tell(book, material, words, whose, codes=workspace.codes)
    for scope in ("department", "project"):
        layout = evaluation.layouts.of(scope)
        of_scope = [one for one in evaluation.evaluations if one.form.scope == scope]
        if layout is not None and of_scope:
            tables += [list_table(layout, of_scope)] if layout.listed else map(form_table, of_scope)
    return EvaluationDocument(
        settings.name, settings.fiscal_year, narrative, tuple(tables), evaluation.evaluations, evaluation.rows
    )  # fmt: skip


def _book(workspace: Workspace, evaluation: SelfEvaluation) -> Book:
    """The book with what the self-evaluation states beside it: the accounts' own figures come first."""
    stated = {of: figure for of, figure in evaluation.stated.items() if workspace.book.figure(of) is None}
    return workspace.book.with_stated(stated) if stated else workspace.book
