"""Self-evaluation forms as grids of cells (绩效自评表), composed once for all formats from a layout of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gouji.catalog import LayoutColumn, LayoutSection, PerformanceLayout, Slot
from gouji.performance import Evaluation, MoneyRow, PerformanceForm, Rated, Share, Task
from gouji.registers.book import Source


class GridCell(NamedTuple):
    """One cell; ``rated`` is set where an actual value stands, ``sources`` where a figure of the basic data does."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    head: bool = False
    left: bool = False
    rated: Rated | None = None
    sources: tuple[Source, ...] = ()


Rows = list[list[GridCell]]


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """A form as it is drawn. ``pieces`` are its grids one below the other, each with its number of head rows that every
    page repeats; together the cells of a piece fill it without a gap."""

    layout: PerformanceLayout
    evaluations: tuple[Evaluation, ...]
    pieces: tuple[tuple[int, Rows], ...]

    @property
    def title(self) -> str:
        return self.layout.title

    @property
    def name(self) -> str:
        """What tells a form from others of its title: the project."""
        names = [one.form.project or one.form.body for one in self.evaluations]
        return names[0] if len(names) == 1 else ""

    @property
    def cells(self) -> Iterator[GridCell]:
        return (cell for _, rows in self.pieces for row in rows for cell in row)


def form_table(evaluation: Evaluation) -> FormTable:
    """One form: its sections one below the other. Indicators begin a grid of their own, whose heads are repeated."""
    pieces: list[tuple[int, Rows]] = [(0, [])]
    for section in evaluation.layout.sections:
        if section.kind == "indicators" and pieces[-1][1]:
            pieces.append((1, []))
        elif section.kind == "indicators":
            pieces[-1] = (1, pieces[-1][1])
        add(pieces[-1][1], _labelled(section, section_rows(section, evaluation)))
    return FormTable(evaluation.layout, (evaluation,), tuple((heads, rows) for heads, rows in pieces if rows))


def list_table(layout: PerformanceLayout, evaluations: Sequence[Evaluation]) -> FormTable:
    """A list of projects: one grid, a row for each."""
    rows: Rows = []
    add(rows, [across([head(column.label, column.span) for column in layout.columns])])
    for number, evaluation in enumerate(evaluations, start=1):
        add(rows, [across([_listed(column, evaluation, number) for column in layout.columns])])
    return FormTable(layout, tuple(evaluations), ((1, rows),))


def add(rows: Rows, more: Sequence[Sequence[GridCell]]) -> None:
    """Rows below others."""
    for cells in more:
        rows.append([cell._replace(row=len(rows)) for cell in cells])


def head(label: str, span: int = 1, high: int = 1) -> GridCell:
    return GridCell(0, 0, high, span, label, head=True)


def text(words: str, span: int = 1, *, left: bool = False, high: int = 1) -> GridCell:
    return GridCell(0, 0, high, span, words, left=left)


def across(cells: Sequence[GridCell], start: int = 0) -> list[GridCell]:
    """Cells side by side."""
    placed: list[GridCell] = []
    for cell in cells:
        placed.append(cell._replace(col=start))
        start += cell.col_span
    return placed


def stacked(rows: Sequence[Sequence[GridCell]]) -> list[list[GridCell]]:
    """Rows of cells of which some reach down: each cell stands in the first free column of its row."""
    taken: set[tuple[int, int]] = set()
    placed: list[list[GridCell]] = []
    for at, row in enumerate(rows):
        col = 0
        line: list[GridCell] = []
        for cell in row:
            while (at, col) in taken:
                col += 1
            line.append(cell._replace(col=col))
            taken |= {
                (at + down, col + right) for down in range(cell.row_span) for right in range(cell.col_span)
            }
        placed.append(line)
    return placed


def _labelled(section: LayoutSection, rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """The rows of a section right of its label, which stands beside all of them."""
    if not section.label or not rows:
        return rows
    moved = [[cell._replace(col=cell.col + section.label_span) for cell in row] for row in rows]
    return [[head(section.label, section.label_span, len(rows)), *moved[0]], *moved[1:]]


def section_rows(section: LayoutSection, evaluation: Evaluation) -> list[list[GridCell]]:
    """The rows of one section of a form."""
    if section.kind == "cells":
        return stacked([[_slot(slot, evaluation) for slot in row] for row in section.rows])
    if section.kind == "money":
        return list(_money(section, evaluation.form))
    if section.kind == "sources":
        return list(_sources(section, evaluation.form))
    if section.kind == "tasks":
        return list(_tasks(section, evaluation.tasks))
    return list(_indicators(section, evaluation))


# ---- Cells. ----


def _slot(slot: Slot, evaluation: Evaluation) -> GridCell:
    if slot.column:
        return text(evaluation.texts.get(slot.column, ""), slot.span, left=slot.left, high=slot.rows)
    if slot.value:
        return text(_value(slot.value, evaluation.form), slot.span, left=slot.left, high=slot.rows)
    return head(slot.label, slot.span, slot.rows) if slot.label else text("", slot.span, high=slot.rows)


def _value(name: str, form: PerformanceForm) -> str:
    value: Share | str | None = getattr(form, name)
    return value if isinstance(value, str) else _printed(value)


# ---- Money. ----


def _money(section: LayoutSection, form: PerformanceForm) -> Iterator[list[GridCell]]:
    if not form.money:
        return
    yield across(
        [text("", section.row_span), *(head(column.label, column.span) for column in section.columns)]
    )
    lines = [(line.label, form.money_row(line.id)) for line in section.lines]
    if section.recorded:
        listed = {line.id for line in section.lines}
        more = [row for row in form.money if row.id not in listed]
        lines += [(f"其中：{row.label}" if not number else row.label, row) for number, row in enumerate(more)]
    for number, (label, row) in enumerate(lines):
        cells = [
            text(_in_money(column, row, form, section, first=not number), column.span)
            for column in section.columns
        ]
        yield across([head(label, section.row_span), *cells])


def _in_money(
    column: LayoutColumn, row: MoneyRow | None, form: PerformanceForm, section: LayoutSection, *, first: bool
) -> str:
    if column.id in ("weight", "rate", "score"):
        return _printed(getattr(form, f"execution_{column.id}")) if first else section.blank
    return _amount(row, column.id)


def _sources(section: LayoutSection, form: PerformanceForm) -> Iterator[list[GridCell]]:
    """Two divisions of the whole side by side, a label and an amount in each: by source, by purpose."""
    yield across([head(column.label, column.span) for column in section.columns])
    for pair in section.pairs:
        cells: list[GridCell] = []
        for side, column in enumerate(section.columns):
            half = column.span // 2
            line = pair[side] if side < len(pair) else None
            if line is None:
                cells += [text("", column.span)]
                continue
            row = form.money_row(line.id)
            cells += [head(line.label, half), text(_amount(row, "budget"), column.span - half)]
        yield across(cells)


def _amount(row: MoneyRow | None, stage: str) -> str:
    return row.amounts[stage].printed.text if row is not None and stage in row.amounts else ""


# ---- Tasks. ----

_TASK_COLUMNS = {
    "name": "任务", "content": "主要内容", "result": "完成情况", "budget": "预算数（元）", "spent": "执行数（元）", "weight": "分值",
    "score": "得分",
}  # fmt: skip
"""The column of the register that each column of the form prints."""


def _tasks(section: LayoutSection, tasks: Sequence[Task]) -> Iterator[list[GridCell]]:
    """The year's tasks, each with its money and its score."""
    if not tasks:
        return
    yield across([head(column.label, column.span) for column in section.columns])
    for task in tasks:
        yield across(
            [
                text(task.texts.get(_TASK_COLUMNS[column.id], ""), column.span, left=column.left)
                for column in section.columns
            ]
        )


# ---- Indicators. ----


def _indicators(section: LayoutSection, evaluation: Evaluation) -> Iterator[list[GridCell]]:
    yield across([head(column.label, column.span) for column in section.columns])
    ids = [column.id for column in section.columns]
    starts = dict(zip(ids, _starts(section.columns), strict=True))
    spans = {column.id: column.span for column in section.columns}
    for level1, of_level in groupby(evaluation.rated, key=lambda item: item.indicator.level1):
        members = list(of_level)
        label = (
            f"{level1}\n（{_plain_level(evaluation.form, level1)}分）"
            if evaluation.layout.level_weights
            else level1
        )
        first = [_level("level1", label, len(members), starts, spans)] if "level1" in starts else []
        for level2, of_category in groupby(members, key=lambda item: item.indicator.level2):
            same = list(of_category)
            second = [_level("level2", level2, len(same), starts, spans)] if "level2" in starts else []
            for item in same:
                cells = [
                    _indicator(column, item)._replace(col=starts[column.id])
                    for column in section.columns
                    if column.id not in ("level1", "level2")
                ]
                yield sorted([*first, *second, *cells], key=lambda cell: cell.col)
                first, second = [], []


def _starts(columns: Sequence[LayoutColumn]) -> list[int]:
    starts, at = [], 0
    for column in columns:
        starts.append(at)
        at += column.span
    return starts


def _level(id: str, label: str, high: int, starts: dict[str, int], spans: dict[str, int]) -> GridCell:
    return text(label, spans[id], high=high)._replace(col=starts[id])


def _plain_level(form: PerformanceForm, level: str) -> str:
    weight = f"{form.level_shares.get(level, 0):f}"
    return weight.rstrip("0").rstrip(".") if "." in weight else weight


def _indicator(column: LayoutColumn, item: Rated) -> GridCell:
    indicator = item.indicator
    words = {
        "name": indicator.name,
        "operator": indicator.target.sign,
        "target": indicator.target.text,
        "unit": indicator.target.unit,
        "cycle_target": indicator.cycle_target.text if indicator.cycle_target is not None else "",
        "actual": indicator.actual.text if indicator.actual is not None else "",
        "weight": _printed(indicator.weight),
        "score": _printed(indicator.score),
        "cause": indicator.cause,
        "note": "",
    }[column.id]
    cell = text(words, column.span, left=column.left)
    return cell._replace(rated=item) if column.id == "actual" and item.trace is not None else cell


def _printed(share: Share | None) -> str:
    return share.text if share is not None else ""


# ---- Lists of projects. ----


def _listed(column: LayoutColumn, evaluation: Evaluation, number: int) -> GridCell:
    """One cell of a list: a column of the register, money, or the indicators of a category in one cell."""
    form = evaluation.form
    kind, _, which = column.id.partition(":")
    if kind == "column":
        words = evaluation.texts.get(which, "")
    elif kind in ("category", "indicators"):
        chosen = [
            item for item in evaluation.rated if kind == "indicators" or item.indicator.category == which
        ]
        words = "；".join(_in_one(item) for item in chosen)
    elif kind in ("budget", "spent"):
        words = _amount(form.money_row("total"), kind)
    elif kind == "score":
        words = _printed(form.total_score)
    else:
        words = {"sequence": str(number), "grade": form.grade}[kind]
    return text(words, column.span, left=column.left)


def _in_one(item: Rated) -> str:
    """An indicator as one item of a cell: name, target, and what came of it."""
    indicator = item.indicator
    done = (
        f"（完成{indicator.actual.text}）" if indicator.actual is not None and indicator.actual.text else ""
    )
    return f"{indicator.name}{indicator.target.text}{done}"
