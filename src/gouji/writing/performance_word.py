"""A self-evaluation as an editable Word document: the report, then each form on pages of its own."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gouji.writing.archive import timeless
from gouji.writing.evaluation_document import EvaluationDocument
from gouji.writing.narrative import Gap, Paragraph, Part
from gouji.writing.performance_grid import FormTable, Rows

if TYPE_CHECKING:
    from docx.document import Document

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_TITLE, _REPORT_TITLE, _REPORT, _BODY = 16, 20, 14, 9
_SHORT, _LONG, _MARGIN = 210, 297, 18
"""A4 and its margins, in millimetres."""
_WHOLE, _AIR = 300, 1.5
"""Characters of a cell up to which its row stays on one page; points above and below the words of a cell."""


def performance_word(document: EvaluationDocument) -> bytes:
    """The document (DOCX)."""
    from docx import Document as new_document  # noqa: PLC0415

    file = new_document()
    _face(file.styles["Normal"], _SONG, _BODY)
    properties = file.core_properties
    properties.title, properties.author = document.title, document.body
    properties.created = properties.modified = datetime(document.year, 12, 31)
    fresh = True
    if document.report is not None:
        _page(file, landscape=False, fresh=True)
        _report(file, document, document.report)
        fresh = False
    for number, (_, tables) in enumerate(document.annexes, start=1):
        for table in tables:
            _page(file, landscape=table.layout.landscape, fresh=fresh)
            fresh = False
            if document.report is not None:
                file.add_paragraph(document.annex_label(number))
            _form(file, table)
    _number_pages(file)
    stream = io.BytesIO()
    file.save(stream)
    return timeless(stream.getvalue())


def _page(file: Document, *, landscape: bool, fresh: bool) -> None:
    """A new section, or the first one of the document."""
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = file.sections[0] if fresh else file.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)


def _number_pages(file: Document) -> None:
    """The number of each page at its foot; the sections after the first one take its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    foot = file.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


# ---- The report. ----


def _report(file: Document, document: EvaluationDocument, report: Part) -> None:
    _title(file, document.title, _REPORT_TITLE)
    for section in report.sections:
        if section.heading:
            heading = file.add_paragraph(style=f"Heading {min(section.level + 1, 4)}")
            _face(heading.style, _HEI if section.level == 1 else _SONG, _REPORT)
            heading.add_run(section.heading)
            _indented(heading)
        for paragraph in section.paragraphs:
            _paragraph(file, paragraph)
    _paragraph(file, Paragraph("body", (document.annex_list,)))


def _paragraph(file: Document, told: Paragraph) -> None:
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = file.add_paragraph()
    _indented(paragraph)
    for run in told.runs:
        written = paragraph.add_run(run if isinstance(run, str) else run.text)
        written.font.size = Pt(_REPORT)
        if isinstance(run, Gap):
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _indented(paragraph: Any) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.line_spacing = Pt(2 * _REPORT), Pt(2 * _REPORT - 4)
    shape.space_before = shape.space_after = Pt(0)


# ---- The forms. ----


def _form(file: Document, table: FormTable) -> None:
    _title(file, table.title, _TITLE)
    usable = (_LONG if table.layout.landscape else _SHORT) - 2 * _MARGIN
    for number, (heads, rows) in enumerate(table.pieces):
        if number:
            _seam(file)
        _grid(file, heads, rows, [usable * width / sum(table.layout.widths) for width in table.layout.widths])
    for note in table.layout.notes:
        file.add_paragraph(note)


def _grid(file: Document, heads: int, rows: Rows, widths: list[float]) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    table = file.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    flat = table._cells
    grid = [flat[at : at + len(widths)] for at in range(0, len(flat), len(widths))]
    for row in grid:
        for cell, width in zip(row, widths, strict=True):
            cell.width = Mm(width)
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        if all(len(cell.text) < _WHOLE for cell in rows[number]):
            properties.append(OxmlElement("w:cantSplit"))
        if number < heads:
            properties.append(OxmlElement("w:tblHeader"))
    for cell in (cell for row in rows for cell in row):
        last = grid[cell.row + cell.row_span - 1][cell.col + cell.col_span - 1]
        place = grid[cell.row][cell.col]
        if last is not place:
            place = place.merge(last)
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = place.paragraphs[0]
        run = paragraph.add_run(cell.text)
        run.bold = cell.head or None
        paragraph.alignment = None if cell.left else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(_AIR)


def _seam(file: Document) -> None:
    """What keeps two tables apart, as low as can be: Word would draw them into one and lose the repeated heads."""
    from docx.shared import Pt  # noqa: PLC0415

    shape = file.add_paragraph().paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(1)


def _title(file: Document, words: str, size: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    title = file.add_paragraph(style="Heading 1")
    _face(title.style, _HEI, _TITLE)
    title.add_run(words).font.size = Pt(size)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _face(style: Any, chinese: str, size: float) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)
