"""The running text of the Word document, set as official documents are (公文格式, GB/T 9704): parts, sections,
paragraphs, and a contents page whose page numbers Word computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from gouji.writing.disclosure import Entry
from gouji.writing.narrative import Gap, Part, Run
from gouji.writing.paper import LONG, SHORT, contents_size, part_size

if TYPE_CHECKING:
    from docx.document import Document

_TITLE, _SECTION, _FACES = "方正小标宋简体", "Gouji Section", {1: "黑体", 2: "楷体", 3: "仿宋"}
_BODY = "仿宋"
_LATIN = "Times New Roman"
_PART_SIZE = 22
_SIZE, _LINE = 16, 28
"""三号 type on lines of 28 points: 22 lines of 28 characters to a page."""
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26
"""Margins in millimetres."""
_STEP = 18
"""How far one level of the contents is set in, in points."""
_BESIDE_CONTENTS = _STEP + 36
"""Points that a line of the contents leaves to its indent, to leaders and to a page number."""
_CONTENTS_LINE, _CONTENTS_HEIGHT = 1.3, 650
"""Lines of the contents by the size of their type, and the points that a page has for them."""
_ABOVE_PART, _ABOVE_ENTRY = 5, 1
"""White above the entries of parts and above others, in points."""
_FALLBACKS = {"方正小标宋简体": "宋体", "仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312"}


def narrative_styles(document: Document, face: Any) -> None:
    """Add the styles of running text. ``face(style, chinese, size)`` sets the typefaces of a style."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    for level, name in ((0, "Gouji Part"), *((n, f"{_SECTION} {n}") for n in _FACES), (9, "Gouji Text")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        face(style, _TITLE if level == 0 else _FACES.get(level, _BODY), _PART_SIZE if level == 0 else _SIZE)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(0), Pt(28 if level == 0 else 0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(36 if level == 0 else _LINE)
        if level == 0:
            shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            shape.first_line_indent = Pt(2 * _SIZE)
        if level < 9:
            shape.keep_with_next = True
            _outline(style, level)
    _name_fallbacks(document)


def add_part(document: Document, part: Part) -> None:
    """A part on pages of its own; one that holds the tables is a title page."""
    _official_page(document)
    from docx.shared import Pt  # noqa: PLC0415

    title = styled(document, "Gouji Part")
    _bookmarked(title, part.id, part.line)
    title.runs[0].font.size = Pt(part_size(part.line, _PART_SIZE))
    if part.tables:
        title.paragraph_format.space_before = Pt(200)
    for section in part.sections:
        if section.heading:
            heading = styled(document, f"{_SECTION} {section.level}")
            _bookmarked(heading, f"{part.id}-{section.id}", section.heading)
        for number, told in enumerate(section.paragraphs, start=1):
            paragraph = styled(document, "Gouji Text")
            if told.leads and number < len(section.paragraphs):
                paragraph.paragraph_format.keep_with_next = True
            for run in told.runs:
                _add_run(paragraph, run)


def add_contents(document: Document, outline: Sequence[Entry]) -> None:
    """The contents page. Every line leads to its place, and its page number is a field."""
    from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    head = styled(document, "Gouji Contents Head", "目录")
    head.paragraph_format.space_before = Pt(0)
    head.paragraph_format.page_break_before = True
    section = document.sections[-1]
    margins = (section.left_margin, section.right_margin)
    width = Pt(SHORT - sum(margin.pt for margin in margins if margin is not None))
    style = document.styles["Gouji Contents"]
    size = _contents_size(outline, width.pt - _BESIDE_CONTENTS)
    style.font.size = Pt(size)
    # Exact, because substituted faces have lines so high that contents which fit a page would not.
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(size * _CONTENTS_LINE)
    for entry in outline:
        line = styled(document, "Gouji Contents")
        line.paragraph_format.space_before = Pt(_ABOVE_PART if entry.level == 0 else _ABOVE_ENTRY)
        line.paragraph_format.left_indent = Pt(_STEP * entry.level)
        line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line._p.append(_linked(entry))


def _contents_size(outline: Sequence[Entry], width: float) -> float:
    """The size of the contents: every line on one, and all of them on a page where nine points allow it."""
    size = contents_size([entry.text for entry in outline], width)
    white = sum(_ABOVE_PART if entry.level == 0 else _ABOVE_ENTRY for entry in outline)
    fitting = (_CONTENTS_HEIGHT - white) / max(1, len(outline)) / _CONTENTS_LINE
    return max(9.0, min(size, int(fitting * 2) / 2))


def styled(document: Document, style: str, text: str = "") -> Any:
    """A new paragraph of a style. python-docx goes through all styles to find one by its name; ids are names without
    blanks."""
    paragraph = document.add_paragraph(text)
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def bookmark(paragraph: Any, anchor: str) -> None:
    """Put the name ``anchor`` around what a paragraph holds."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    number = sum(ord(character) * 31**at for at, character in enumerate(anchor)) % 2**30
    name = _name(anchor)
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    runs = [child for child in paragraph._p if child.tag.endswith("}r")]
    runs[0].addprevious(start)
    runs[-1].addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def _bookmarked(paragraph: Any, anchor: str, text: str) -> None:
    paragraph.add_run(text)
    bookmark(paragraph, anchor)


def _name(anchor: str) -> str:
    """Bookmark names take no hyphens."""
    return "g_" + anchor.replace("-", "_")


def _linked(entry: Entry) -> Any:
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    name = _name(entry.anchor)
    return parse_xml(
        f'<w:hyperlink {nsdecls("w")} w:anchor="{name}" w:history="1"><w:r><w:t xml:space="preserve">{escape(entry.text)}</w:t>'
        f'</w:r><w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t></w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "</w:hyperlink>"
    )


def _add_run(paragraph: Any, run: Run) -> None:
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415

    added = paragraph.add_run(run if isinstance(run, str) else run.text)
    if isinstance(run, Gap):
        added.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _official_page(document: Document) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(SHORT), Pt(LONG)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(_TOP), Mm(_BOTTOM), Mm(_LEFT), Mm(_RIGHT),
    )  # fmt: skip
    section.footer_distance = Mm(28)


def _outline(style: Any, level: int) -> None:
    """Give a style its level in Word's outline, so that the navigation pane lists it."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))


def _name_fallbacks(document: Document) -> None:
    """Say which face to take where the official one is not installed."""
    from lxml import etree  # noqa: PLC0415

    table = next(
        (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")), None
    )
    if table is None:
        return
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fonts = etree.fromstring(table.blob)
    for name, other in _FALLBACKS.items():
        font = etree.SubElement(fonts, f"{{{namespace}}}font", {f"{{{namespace}}}name": name})
        etree.SubElement(font, f"{{{namespace}}}altName", {f"{{{namespace}}}val": other})
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
