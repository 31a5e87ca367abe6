"""Self-evaluations as an editable Word document, a landscape page or more for each form."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gouji.performance import Evaluation
from gouji.writing.archive import timeless
from gouji.writing.performance_grid import WIDTH, WIDTHS, form_grid

if TYPE_CHECKING:
    from docx.document import Document

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_TITLE, _BODY = 16, 9


def performance_word(evaluations: Sequence[Evaluation], body: str, year: int) -> bytes:
    """The document (DOCX)."""
    from docx import Document as new_document  # noqa: PLC0415
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    document = new_document()
    _face(document.styles["Normal"], _SONG, _BODY)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    properties = document.core_properties
    properties.title, properties.author = f"{body}{year}年度绩效自评表", body
    properties.created = properties.modified = datetime(year, 12, 31)
    for number, evaluation in enumerate(evaluations):
        _form(document, evaluation, new_page=bool(number))
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def _form(document: Document, evaluation: Evaluation, *, new_page: bool) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    title = document.add_paragraph(style="Heading 1")
    _face(title.style, _HEI, _TITLE)
    title.add_run(evaluation.form.title)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = new_page
    rows = form_grid(evaluation)
    table = document.add_table(len(rows), WIDTH, style="Table Grid")
    table.autofit = False
    usable = 297 - 2 * 18
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(round(usable * width / sum(WIDTHS)))
    grid = [list(row.cells) for row in table.rows]
    for cell in (cell for row in rows for cell in row):
        last = grid[cell.row + cell.row_span - 1][cell.col + cell.col_span - 1]
        place = grid[cell.row][cell.col]
        if last is not place:
            place = place.merge(last)
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = place.paragraphs[0]
        paragraph.add_run(cell.text)
        paragraph.alignment = None if cell.left else WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph()


def _face(style: Any, chinese: str, size: float) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)
