"""The table of basic data (基础数据表) of a self-evaluation: its cells are filled as the sentences of its report are."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.catalog import LayoutRow, LayoutSection, PerformanceLayout, Slot
from gouji.catalog.phrase_language import operand, parse
from gouji.registers.book import Source
from gouji.writing.filling import Filler
from gouji.writing.loops import Turn
from gouji.writing.narrative import Gap, Statement
from gouji.writing.performance_grid import FormTable, GridCell, Rows, across, add, head, stacked, text
from gouji.writing.standpoint import NO_TURN, Standpoint


def basics_table(layout: PerformanceLayout, at: Standpoint, texts: Mapping[str, str]) -> FormTable:
    """The table. A figure that nobody recorded is a blank. ``texts`` are those of the whole body in the register of
    projects."""
    filler = Filler(at)
    rows: Rows = []
    for section in layout.sections:
        if section.kind == "cells":
            add(rows, stacked([[_slot(slot, filler, texts) for slot in row] for row in section.rows]))
        else:
            add(rows, _figures(section, filler, at))
    return FormTable(layout, (), ((0, rows),))


def _slot(slot: Slot, filler: Filler, texts: Mapping[str, str]) -> GridCell:
    if slot.fill:
        return _filled(slot.fill, filler, NO_TURN)._replace(col_span=slot.span, row_span=slot.rows)
    if slot.column:
        return text(texts.get(slot.column, ""), slot.span, left=slot.left, high=slot.rows)
    label = _words(slot.label, filler, NO_TURN)
    return head(label, slot.span, slot.rows) if label else text("", slot.span, high=slot.rows)


def _figures(section: LayoutSection, filler: Filler, at: Standpoint) -> list[list[GridCell]]:
    rows = [across([head(_words(column.label, filler, NO_TURN), column.span) for column in section.columns])]
    for line in section.lines:
        for turn in _turns(line, at):
            cells = [
                (
                    _filled(column.fill, filler, turn)
                    if column.fill
                    else head(_words(line.label, filler, turn))._replace(left=column.left)
                )._replace(col_span=column.span)
                for column in section.columns
            ]
            rows.append(across(cells))
    return rows


def _turns(line: LayoutRow, at: Standpoint) -> list[Turn]:
    """A line is for one measure, or for each turn of a loop, counted."""
    if line.each:
        turns = at.loops.turns((line.each,))
        return [turn._replace(words={**turn.words, "n": str(n)}) for n, turn in enumerate(turns, start=1)]
    return [Turn({}, {"it": at.amount(operand(line.measure), NO_TURN)})]


def _words(template: str, filler: Filler, turn: Turn) -> str:
    return "".join(run if isinstance(run, str) else run.text for run in filler.runs(parse(template), turn))


def _filled(template: str, filler: Filler, turn: Turn) -> GridCell:
    """A figure without its unit, which the heads state; a rate keeps its sign."""
    words = ""
    sources: tuple[Source, ...] = ()
    for run in filler.runs(parse(template), turn):
        if isinstance(run, Statement):
            words += run.text if run.unit == "%" else run.text.removesuffix(run.unit)
            sources += run.sources
        elif not isinstance(run, Gap):
            words += run
    return text(words)._replace(sources=tuple(dict.fromkeys(sources)))
