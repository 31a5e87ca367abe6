"""Lists of evaluated projects (自评结果汇总表): a row for each project with its money, its score, its grade, and no
indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Unit
from gouji.performance import Amount, MoneyRow, PerformanceForm
from gouji.performance.labels import amount, money_unit, share
from gouji.reading.performance_piece import Head, Piece, span

_BESIDE = frozenset({"budget", "spent", "rate", "grade"})


def summary_heads(piece: Piece, row: int, wording: PerformanceWording) -> list[Head] | None:
    """The heads of such a list that begin in a row: the project, its score, and something of its money or grade."""
    heads: list[Head] = []
    for cell in piece.anchored[row]:
        label = label_of(cell.text)
        head = wording.heads.get(label, "")
        id = (
            head
            if head in ("project", "department", "body", "grade")
            else wording.money_columns.get(label) or wording.columns.get(label, "")
        )
        id = "score" if head == "score" else id
        if cell.text and id in ("project", "department", "body", "grade", "score", "budget", "spent", "rate"):
            heads.append(Head(id, *span(cell), fold(cell.text)))
    ids = [head.id for head in heads]
    whole = {"project", "score"} <= set(ids) and _BESIDE & set(ids) and len(ids) == len(set(ids))
    return heads if whole else None


def summary_forms(
    piece: Piece, row: int, heads: list[Head], unit: Unit, form_at: Callable[[Cell], PerformanceForm]
) -> Iterator[PerformanceForm]:
    """A form for each row below the heads that names a project and states its score."""
    for data in range(row + 1, piece.n_rows):
        cells = {head: cell for head in heads if (cell := piece.under(data, head)) is not None}
        texts = {head.id: cell.text for head, cell in cells.items() if cell.row == data}
        score = share(texts.get("score", ""))
        if score.value is None or not texts.get("project") or label_of(texts["project"]) in ("合计", "总计"):
            continue
        cell = next(cell for head, cell in cells.items() if head.id == "project")
        form = form_at(cell)
        place = form.place
        form.kind, form.scope = "self_evaluation", form.scope or "project"
        for id in ("project", "department", "body", "grade"):
            setattr(form, id, texts.get(id, ""))
        form.total_score, form.total_place = score, place
        form.execution_rate = share(texts["rate"]) if texts.get("rate") else None
        units = {head.id: money_unit(head.text) or unit for head in heads}
        amounts = {
            id: Amount(printed, place)
            for id in ("budget", "spent")
            if (printed := amount(texts.get(id, ""), units.get(id, unit))) is not None
        }
        if amounts:
            form.money.append(MoneyRow("total", "资金", amounts))
        if piece.page is not None:
            form.pages.append(piece.page)
        yield form
