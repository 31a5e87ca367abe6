"""A self-evaluation as a PDF, typeset by typst. All text travels as data (JSON), never as markup."""

from __future__ import annotations

from typing import Any

from gouji.writing.evaluation_document import EvaluationDocument
from gouji.writing.fonts import SANS, SERIF
from gouji.writing.narrative import Gap, Part
from gouji.writing.paper import MARGIN
from gouji.writing.performance_grid import FormTable, GridCell
from gouji.writing.typeset import compiled


def performance_typeset(document: EvaluationDocument) -> bytes:
    """The document (PDF/A-2a, tagged). Raises FontsMissing without the faces, TypesetError on any warning."""
    data = {
        "title": document.title,
        "body": document.body,
        "serif": SERIF,
        "sans": SANS,
        "margin": MARGIN,
        "report": _report(document.report) if document.report is not None else None,
        "annexes": document.annex_list,
        "forms": [
            _form(table, document.annex_label(number) if document.report is not None else "")
            for number, (_, tables) in enumerate(document.annexes, start=1)
            for table in tables
        ],
    }
    return compiled("performance.typ", data, document.year)


def _report(part: Part) -> dict[str, Any]:
    return {
        "sections": [
            {
                "level": section.level,
                "heading": section.heading,
                "paragraphs": [
                    [
                        {"text": run if isinstance(run, str) else run.text, "gap": isinstance(run, Gap)}
                        for run in paragraph.runs
                    ]
                    for paragraph in section.paragraphs
                ],
            }
            for section in part.sections
        ]
    }


def _form(table: FormTable, annex: str) -> dict[str, Any]:
    return {
        "annex": annex,
        "title": table.title,
        "landscape": table.layout.landscape,
        "columns": table.layout.widths,
        "notes": table.layout.notes,
        "pieces": [
            {"heads": heads, "cells": [_cell(cell) for row in rows for cell in row]}
            for heads, rows in table.pieces
        ],
    }


def _cell(cell: GridCell) -> dict[str, Any]:
    return {
        "x": cell.col,
        "y": cell.row,
        "colspan": cell.col_span,
        "rowspan": cell.row_span,
        "text": cell.text,
        "head": cell.head,
        "left": cell.left,
    }
