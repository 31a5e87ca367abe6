"""The tables as an editable Word document: one section per form, real tables, heads repeated on every
page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from gouji.writing.archive import timeless
from gouji.writing.disclosure import Cell, Disclosure, Table
from gouji.writing.heading import heading
from gouji.writing.measure import half_characters
from gouji.writing.paper import LONG, MARGIN, SHORT, Paper, contents_size, paper, title_size
from gouji.writing.word_narrative import add_contents, add_part, bookmark, narrative_styles, styled

if TYPE_CHECKING:
    from docx.document import Document

_BODY, _GRID = "word/document.xml", b"<w:tbl/>"
"""The part that holds the text, and what stands in it where a grid goes."""
_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_TWIPS = 20
_CELL_SIDE = 50
"""White at the sides of a cell, in twentieths of a point."""
_COVER_DROP, _CONTENTS_DROP = 150, 120
"""White above the first line of the cover and above the contents, in points."""
_USUAL_CONTENTS = 10
"""The lines of contents that leave room for all the white; each further line takes some of it."""
_LINE = 1.25
"""Lines of a cell by the size of its type: exact, because substituted faces have lines so high that rows which fit a page
would not."""
_ABOVE_GRID = 1.5
"""White between the line of body and unit and the grid, in points."""
_WRAPPED = 30
"""White above and below a text of several lines, in twentieths of a point: without it they touch the rules. One line has
the height of its row."""
_INDENT = 100
"""One level of a 科目, in hundredths of a character."""


def word(disclosure: Disclosure) -> bytes:
    """The document (DOCX)."""
    from docx import Document as new_document  # noqa: PLC0415

    document = new_document()
    _styles(document)
    _properties(document, disclosure)
    _cover(document, disclosure)
    grids: list[bytes] = []
    if disclosure.narrative is None:
        grids += _tables(document, disclosure)
    else:
        for part in disclosure.narrative.parts:
            add_part(document, part)
            if part.tables:
                grids += _tables(document, disclosure)
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue(), {_BODY: partial(_with_grids, grids=grids)})


def _with_grids(body: bytes, grids: Sequence[bytes]) -> bytes:
    """The text of the document with each grid in its place."""
    pieces = body.split(_GRID)
    assert len(pieces) == len(grids) + 1
    return b"".join(piece for pair in zip_longest(pieces, grids, fillvalue=b"") for piece in pair)


def _tables(document: Document, disclosure: Disclosure) -> list[bytes]:
    """Add every form with an empty table where its grid goes, and return the grids: to have them parsed, kept as objects
    and written again would take several times as long."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    grids = []
    for number, table in enumerate(disclosure.tables, start=1):
        sheet = paper(table)
        _section(document, sheet)
        _above(document, disclosure, table, sheet, f"form-{number}")
        # A body that ends in a table loses it in some converters: notes, or an empty paragraph, follow.
        document.element.body.insert_element_before(parse_xml(f"<w:tbl {nsdecls('w')}/>"), "w:sectPr")
        grids.append(_table(table, sheet).encode())
        for note in table.notes or ("",):
            styled(document, "Gouji Note", note)
    return grids


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    _face(document.styles["Normal"], _SONG, 10.5)
    _chinese(document.styles["Normal"])
    for title in (document.styles["Heading 1"], document.styles["Heading 2"]):
        _face(title, _HEI, 16)
        title.font.bold = False
        title.font.color.rgb = RGBColor(0, 0, 0)
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)
    number = document.styles.add_style("Gouji Number", WD_STYLE_TYPE.PARAGRAPH)
    number.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles.add_style("Gouji Line", WD_STYLE_TYPE.PARAGRAPH)
    note = document.styles.add_style("Gouji Note", WD_STYLE_TYPE.PARAGRAPH)
    note.paragraph_format.space_before = Pt(2)
    for style in (number, document.styles["Gouji Line"], note):
        style.base_style = document.styles["Normal"]
        _face(style, _SONG, 9)
    for name, face, size, before in (
        ("Cover", _HEI, 22, 12),
        ("Contents Head", _HEI, 15, _CONTENTS_DROP),
        ("Contents", _SONG, 12, 6),
    ):
        style = document.styles.add_style(f"Gouji {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _face(style, face, size)
        style.paragraph_format.space_before = Pt(before)
        if name != "Contents":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.startswith(("Normal", "Gouji")):
            style.paragraph_format.space_after = Pt(0)
            style.paragraph_format.line_spacing = 1
    narrative_styles(document, _face)


def _face(style: Any, chinese: str, size: float) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    style.font.name = _LATIN
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _chinese(style: Any) -> None:
    """Say that the text is Chinese, so that punctuation takes the shape it has here where faces are substituted. Figures
    are not: programs break lines of Chinese anywhere, also between digits."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    style.element.get_or_add_rPr().append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>')
    )


def _properties(document: Document, disclosure: Disclosure) -> None:
    moment = datetime(disclosure.year, 12, 31)
    properties = document.core_properties
    properties.title, properties.author = disclosure.document_title[:255], disclosure.body[:255]
    properties.last_modified_by = disclosure.body[:255]
    properties.created = properties.modified = moment
    properties.comments, properties.language = "", "zh-CN"


def _cover(document: Document, disclosure: Disclosure) -> None:
    """The first page: whose accounts of which year, and the contents."""
    from docx.shared import Pt  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Pt(SHORT), Pt(LONG)
    section.different_first_page_header_footer = True
    _page_number(document, section.footer.paragraphs[0])
    body, year = disclosure.document_cover
    room = max(0.2, 1 - max(0, len(disclosure.contents) - _USUAL_CONTENTS) / (1.5 * _USUAL_CONTENTS))
    styled(document, "Gouji Cover", body).paragraph_format.space_before = Pt(_COVER_DROP * room)
    styled(document, "Gouji Cover", year)
    if disclosure.narrative is not None:
        add_contents(document, disclosure.outline)
        return
    head = styled(document, "Gouji Contents Head", "目录")
    head.paragraph_format.space_before = Pt(_CONTENTS_DROP * room)
    size = Pt(contents_size(disclosure.contents))
    for line in disclosure.contents:
        styled(document, "Gouji Contents", line).runs[0].font.size = size


def _section(document: Document, sheet: Paper) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    width, height = (LONG, SHORT) if sheet.landscape else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(MARGIN)
    section.header_distance = section.footer_distance = Pt(MARGIN / 2)


def _page_number(document: Document, paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.style = document.styles["Gouji Line"]
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _above(document: Document, disclosure: Disclosure, table: Table, sheet: Paper, anchor: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    lines = heading(disclosure, table)
    title = styled(document, "Heading 2" if disclosure.narrative else "Heading 1", lines.title)
    title.runs[0].font.size = Pt(title_size(lines.title, sheet))
    bookmark(title, anchor)
    styled(document, "Gouji Number", lines.number)
    whose = styled(document, "Gouji Line")
    if lines.year:
        whose.paragraph_format.tab_stops.add_tab_stop(Pt(sheet.width / 2), WD_TAB_ALIGNMENT.CENTER)
    whose.paragraph_format.tab_stops.add_tab_stop(Pt(sheet.width), WD_TAB_ALIGNMENT.RIGHT)
    whose.paragraph_format.keep_with_next = True
    whose.paragraph_format.space_after = Pt(_ABOVE_GRID)
    whose.add_run("\t".join(filter(None, (lines.body, lines.year, lines.unit))))


def _table(table: Table, sheet: Paper) -> str:
    """The grid as one ``w:tbl``; python-docx needs a second per table where this needs a millisecond."""
    widths = [round(column * _TWIPS) for column in sheet.columns]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    standing: list[list[Cell]] = [[] for _ in range(table.grid.n_rows)]
    for cell in table.cells:
        for row in range(cell.spot.row, cell.spot.row + cell.spot.row_span):
            standing[row].append(cell)
    rows = "".join(_row(table, cells, sheet, widths, row) for row, cells in enumerate(standing))
    return (
        f"<w:tbl><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_CELL_SIDE}" w:type="dxa"/>'
        f'<w:right w:w="{_CELL_SIDE}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(table: Table, standing: list[Cell], sheet: Paper, widths: list[int], row: int) -> str:
    repeated = "<w:tblHeader/>" if row < table.grid.head_rows else ""
    height = f'<w:trHeight w:val="{round(sheet.row * _TWIPS)}" w:hRule="atLeast"/>'
    cells = "".join(
        _cell(cell, sheet, widths, continued=cell.spot.row < row)
        for cell in sorted(standing, key=lambda cell: cell.spot.col)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, sheet: Paper, widths: list[int], *, continued: bool) -> str:
    spot = cell.spot
    width = sum(widths[spot.col : spot.col + spot.col_span])
    span = f'<w:gridSpan w:val="{spot.col_span}"/>' if spot.col_span > 1 else ""
    merge = ""
    if spot.row_span > 1:
        merge = "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>'
    text = "" if continued else cell.text
    # Schema order: spacing, ind, jc. Sizes are in half points.
    indent = f'<w:ind w:leftChars="{_INDENT * spot.indent}" w:left="{round(sheet.size * 20) * spot.indent}"/>'
    size = f'<w:sz w:val="{round(sheet.size * 2)}"/><w:szCs w:val="{round(sheet.size * 2)}"/>'
    bold = "<w:b/>" if spot.role == "head" else ""
    room = sum(sheet.columns[spot.col : spot.col + spot.col_span]) - 2 * _CELL_SIDE / _TWIPS
    white = _WRAPPED if half_characters(text) * sheet.size / 2 > room - sheet.size * spot.indent else 0
    run = (
        f'<w:r><w:rPr>{bold}{size}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        if text
        else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="{white}" w:after="{white}" w:line="{round(sheet.size * _LINE * 20)}" w:lineRule="exact"/>'
        f'{indent if spot.indent else ""}<w:jc w:val="{_alignment(cell)}"/>'
        f"<w:rPr>{size}</w:rPr></w:pPr>{run}</w:p></w:tc>"
    )


def _alignment(cell: Cell) -> str:
    role = cell.spot.role
    if role == "amount":
        return "right"
    if role in ("head", "numbering", "line") or (role == "label" and cell.spot.col_span > 1):
        return "center"
    return "left"
