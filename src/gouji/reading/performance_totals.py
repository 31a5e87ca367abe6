"""The last row of a performance form: 总分, with the sum of the weights and the total score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gouji.catalog import PerformanceWording, fold, label_of
from gouji.documents import Cell
from gouji.facts import Place
from gouji.performance import PerformanceForm
from gouji.performance.labels import share

_SHARES = ("weight", "score")


def read_total(  # noqa: PLR0917
    form: PerformanceForm,
    by_id: Mapping[str, Cell],
    row: int,
    cells: Iterable[Cell],
    wording: PerformanceWording,
    file: str,
) -> bool:
    """Whether a row is the total below the indicators, or that of some of them (小计); ``by_id`` are its cells by column,
    ``cells`` those in which it may stand. A total is taken into the form."""
    named = [cell for cell in cells if cell.row == row and cell.text]
    kind = _kind(named[0].text, wording) if named else ""
    if kind == "total":
        for id, cell in _shares(by_id, named).items():
            setattr(form, f"total_{id}", share(cell.text))
            form.total_place = _place(cell, file)
        grades = [fold(cell.text) for cell in named[1:] if fold(cell.text) in wording.grades]
        form.grade = form.grade or (grades[0] if len(grades) == 1 else "")
    return bool(kind)


def read_said_total(
    form: PerformanceForm, cells: Sequence[Cell], wording: PerformanceWording, file: str
) -> bool:
    """Whether a row is one cell with the total and its score (总分：96.5分), given as two."""
    if len(cells) != len(_SHARES) or cells[0].col != cells[1].col or _kind(cells[0].text, wording) != "total":
        return False
    score = share(cells[1].text)
    if score.value is not None:
        form.total_score, form.total_place = score, _place(cells[1], file)
    return score.value is not None


def _kind(text: str, wording: PerformanceWording) -> str:
    """total, subtotal, or nothing."""
    head = wording.heads.get(label_of(text), "")
    return "total" if head in ("total", "score") else head if head == "subtotal" else ""


def _shares(by_id: Mapping[str, Cell], named: Sequence[Cell]) -> dict[str, Cell]:
    """Weight and score: two figures in their order, else by their columns. A form without weights has one score, beside
    its label."""
    beside = [cell for cell in named[1:] if share(cell.text).value is not None]
    if not by_id.keys() & set(_SHARES):
        return {"score": beside[0]} if beside else {}
    if len(beside) == len(_SHARES) and by_id.keys() >= set(_SHARES):
        return dict(zip(_SHARES, beside, strict=True))
    under = {id: by_id[id] for id in _SHARES if id in by_id}
    return {
        id: cell for id, cell in under.items() if cell is not named[0] and share(cell.text).value is not None
    }


def _place(cell: Cell, file: str) -> Place:
    return Place(file, cell.place.page, cell.place.box, cell.place.ref)
