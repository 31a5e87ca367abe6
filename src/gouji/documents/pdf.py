"""Reads a PDF with a text layer: lines of text, and the ruled tables of each page with their cells.

A table that runs over several pages comes out as one :class:`Table` per page; ``column_edges`` tells which
belong together. Pages without text are left out; a PDF without any is refused (see ``scans`` for both).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gouji.documents.aligned_lines import Line, taken_apart
from gouji.documents.glyphs import BLANKS, PageGlyphs, Run, page_glyphs
from gouji.documents.half_ruled import holds_heads_only, lacks_rows, may_be_stacked
from gouji.documents.model import (
    Box,
    Cell,
    Document,
    GarbledFile,
    Page,
    Paragraph,
    Place,
    ScannedFile,
    Table,
    UnreadableFile,
)
from gouji.documents.pdf_strokes import PageInk, page_ink
from gouji.documents.pdfium import PDFIUM_LOCK, PdfFile, character_count, opened, opened_page
from gouji.documents.room import Room, TooLarge
from gouji.documents.ruling import Grid, free_rules, grids
from gouji.documents.two_up import Half, are_pages, halves, is_two_up
from gouji.documents.unruled import Aligned, unruled

SAME_LINE = 0.5
"""Baselines nearer than this share of the font size are one line."""

WIDE_GAP = 0.6
"""A gap wider than this share of the font size reads as a blank."""

LETTER_GAP = 0.3
"""The same between two Latin letters or digits: glued, two numbers would become a third one."""

_BLANK = f"[{BLANKS}]"
_INNER_BLANKS = re.compile(f"{_BLANK}+")
_IDLE_BLANKS = re.compile(f"(?<![!-~]){_BLANK}+|{_BLANK}+(?![!-~])")
_FIGURE = re.compile(r"(?<![\d.,])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,])")
_NO_GAP = 0.08
_AMOUNT_AT_END = re.compile(r"\d\.\d+%?$")
_MOST_WRAPPED = 2
_SHORT_NUMBER = 2
"""Digits. No cell is so narrow that a figure takes three lines of them."""
_AMOUNT_AT_START = re.compile(r"^-?[\d,]+\.\d")


def read_pdf(path: Path) -> Document:
    """The pages, lines and tables of a PDF in reading order.

    Raises UnreadableFile for a file that is missing, empty, encrypted, cut off, damaged, no PDF, or a scan.
    """
    with PDFIUM_LOCK, opened(path) as file:
        return _document(file)


class _PageContent(NamedTuple):
    """What is kept of a page. The glyphs are not: those of a thousand pages would fill the memory."""

    page: Page
    blocks: list[Paragraph | Table]
    last: Aligned | None
    """The last table without lines, without what is in its cells: it may go on on the next page."""


class _SheetContent(NamedTuple):
    """A sheet read as one page, and as two where that is possible."""

    whole: _PageContent
    halves: list[_PageContent]
    parted: bool
    """Whether both halves hold text."""
    has_text: bool
    has_image: bool
    crowded: bool
    unseen: PageGlyphs
    """The counts only, without runs."""


def _document(file: PdfFile) -> Document:
    room = Room()
    try:
        contents: list[_SheetContent] = []
        for number in range(1, file.page_count + 1):
            contents.append(_sheet_content(file, number, room, contents))
    except TooLarge:
        raise UnreadableFile(
            file.path, "这个 PDF 里的表格或文字多得不正常，请拆分成几个文件后再试。"
        ) from None
    if not any(content.has_text for content in contents):
        if any(content.unseen.garbled for content in contents):
            raise GarbledFile(file.path, _GARBLED, len(contents))
        if any(content.has_image for content in contents):
            raise ScannedFile(
                file.path,
                "这是扫描件，没有文字层，读不出文字；请提供可复制文字的 PDF。",
                len(contents),
            )
        raise UnreadableFile(file.path, "这个 PDF 里没有文字，请换一份可复制文字的 PDF。")
    two_up = _is_two_up(contents)
    pages = [page for content in contents for page in ((two_up and content.halves) or [content.whole])]
    return Document(
        path=file.path,
        format="pdf",
        pages=[content.page for content in pages],
        blocks=[block for content in pages for block in content.blocks],
        notices=[*([_TWO_UP] if two_up else []), *_notices(contents)],
    )


_GARBLED = (
    "这份 PDF 的文字层是乱码（字体没有文字编码表，复制出来也是乱码），要用文字识别才能读；"
    '请运行 pip install "gouji[ocr]" 后再试，或重新导出可复制文字的 PDF'
)

_TWO_UP = "每张纸上并排印着两页，已按左右两页分别读入，页码按这样的页数。"


def _is_two_up(contents: list[_SheetContent]) -> bool:
    return is_two_up(
        sum(content.parted for content in contents),
        sum(content.has_text and not content.halves for content in contents),
    )


def _notices(contents: list[_SheetContent]) -> list[str]:
    notices = []
    for what, counts in (
        ("个字符印在页面之外，读者看不到，未读入", [content.unseen.off_page for content in contents]),
        ("个字符被裁剪遮住，读者看不到，未读入", [content.unseen.clipped for content in contents]),
        (
            "个数字字符看不到，但同一个数的其余部分看得到，按完整的数读入",
            [content.unseen.mended for content in contents],
        ),
        ("个字符斜着印，像是水印，未读入", [content.unseen.slanted for content in contents]),
        ("个字符没有对应的文字编码，读作“\ufffd”", [content.unseen.unmapped for content in contents]),
    ):
        total = sum(counts)
        if total:
            notices.append(f"{_pages_named(counts)}有{total}{what}。")
    garbled = [int(content.unseen.garbled) for content in contents]
    if any(garbled):
        notices.append(f"{_pages_named(garbled)}的文字层是乱码（字体没有文字编码表），没有采用。")
        notices.append(f"{_pages_named(garbled)}没有文字层可用，内容未读入。")
    images = [
        int(content.has_image and not content.has_text and not content.unseen.garbled) for content in contents
    ]
    if any(images):
        notices.append(f"{_pages_named(images)}只有图像，没有文字层，内容未读入。")
    crowded = [int(content.crowded) for content in contents]
    if any(crowded):
        notices.append(f"{_pages_named(crowded)}的线条多得不像表格，按图画处理，没有从中识别表格。")
    return notices


def _pages_named(counts: list[int]) -> str:
    return "第" + "、".join(str(number) for number, count in enumerate(counts, 1) if count) + "页"


def _sheet_content(file: PdfFile, number: int, room: Room, before: list[_SheetContent]) -> _SheetContent:
    with opened_page(file, number) as page:
        room.take(0, character_count(page.text))
        ink = page_ink(page)
        glyphs = page_glyphs(page, ink.form_matrices)
        visible = page.frame.upright
    last = before[-1].whole.last if before else None
    side = Half(glyphs.runs, ink.strokes, ink.faint, visible)
    silent = glyphs.garbled or (ink.has_image and not glyphs.runs)
    whole = _page_content(side, Page(number, 0, 0, unread=silent), ink, room, last)
    parted, pages = False, []
    # What one page in ten could be already is no file of two pages to a sheet.
    hopeless = sum(not content.halves for content in before) > 2 + len(before) // 2
    sides = None if ink.crowded or hopeless else halves(glyphs.runs, ink.strokes, ink.faint, visible)
    if sides is not None:
        parted = are_pages(*sides)
        first = sum(len(content.halves) or 1 for content in before)
        last = (before[-1].halves or [before[-1].whole])[-1].last if before else None
        for offset, half in enumerate(sides, start=1):
            at = Page(first + offset, 0, 0, sheet=number, left=half.visible[0] - visible[0])
            pages.append(_page_content(half, at, ink, room, last))
            last = pages[-1].last
    unseen = glyphs._replace(runs=[])
    return _SheetContent(whole, pages, parted, bool(glyphs.runs), ink.has_image, ink.crowded, unseen)


def _page_content(side: Half, page: Page, ink: PageInk, room: Room, before: Aligned | None) -> _PageContent:
    left, bottom, right, top = side.visible
    sheet = _Sheet(page.number, left, top)
    tables = [] if ink.crowded or page.unread else grids(side.strokes, side.faint)
    room.take(sum(grid.n_rows * grid.n_cols for grid in tables))
    # A frame around a whole table has no columns of its own.
    tables = [grid for grid in tables if grid.n_cols > 1 or not _frames_a_table(grid, side.runs)]
    tables, in_cells, outside = _finished(tables, side.runs)
    rules = free_rules(side.strokes, tables) if outside and not ink.crowded else []
    aligned = unruled(_lines(outside), rules, before and before.moved(left)) if outside else []
    room.take(sum(table.grid.n_rows * table.grid.n_cols for table in aligned))
    outside = _without(outside, aligned)
    blocks: list[Paragraph | Table] = [
        _table(grid, cell_runs, sheet) for grid, cell_runs in zip(tables, in_cells, strict=True)
    ]
    blocks.extend(
        replace(
            _table(table.grid, table.cells, sheet),
            column_edges=tuple(edge - left for edge in table.edges),
            aligned=True,
            doubt="" if table.clear else "表格没有竖线，看不出各栏的表头",
        )
        for table in aligned
    )
    blocks.extend(_paragraphs(outside, sheet))
    blocks.sort(key=_top_of)
    last = aligned[-1].moved(-left) if aligned else None
    return _PageContent(replace(page, width=right - left, height=top - bottom), blocks, last)


def _finished(tables: list[Grid], runs: list[Run]) -> tuple[list[Grid], list[CellRuns], list[Run]]:
    """The grids that divide what is in them, with what that is, and the runs outside of them."""
    in_cells, outside = _sorted_into(runs, tables)
    if not tables:
        return tables, in_cells, outside
    lines = _lines(outside) if outside else []
    kept: list[Grid] = []
    for grid, cells in zip(tables, in_cells, strict=True):
        stacked = {
            number: taken_apart(_lines(part)) for number, part in cells.items() if may_be_stacked(part)
        }
        if lacks_rows(grid, stacked):
            continue
        inside = (line for part in cells.values() for line in taken_apart(_lines(part)))
        if not holds_heads_only(grid, inside, _first_below(lines, grid.ys[-1])):
            kept.append(grid)
    if len(kept) == len(tables):
        return tables, in_cells, outside
    return kept, *_sorted_into(runs, kept)


def _first_below(lines: Sequence[Sequence[Run]], bottom: float) -> Line | None:
    """The first line below a grid that is no blank one."""
    below = (taken_apart([line]) for line in lines if line[0].baseline < bottom)
    return next((read[0] for read in below if read), None)


def _without(runs: list[Run], tables: list[Aligned]) -> list[Run]:
    """The runs, or parts of them, that stand in none of the tables without lines."""
    if not tables:
        return runs
    taken = {
        (run.baseline, box) for t in tables for part in t.cells.values() for run in part for box in run.boxes
    }
    left: list[Run] = []
    for run in runs:
        free = [(run.baseline, box) not in taken for box in run.boxes]
        start = 0
        for index in range(1, len(free) + 1):
            if index == len(free) or free[index] != free[start]:
                if free[start]:
                    left.append(run.part(start, index))
                start = index
    return [run for run in left if run.text.strip(BLANKS)]


def _frames_a_table(grid: Grid, runs: list[Run]) -> bool:
    """Whether a grid of one column holds a table that has no lines between its columns."""
    (cells,), _ = _sorted_into(runs, [grid])
    inside = [run for part in cells.values() for run in part]
    return bool(inside) and bool(unruled(_lines(inside)))


class _Sheet(NamedTuple):
    """Where the visible page begins; turns upright coordinates into boxes from the top left corner."""

    number: int
    left: float
    top: float

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Place:
        box = Box(x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        return Place(self.number, box, f"第{self.number}页")


def _top_of(block: Paragraph | Table) -> float:
    box = block.place.box
    return box.y0 if box else 0.0


CellRuns = defaultdict[int, list[Run]]
"""The runs in each cell of a grid, by the number of the cell."""


def _sorted_into(runs: list[Run], tables: list[Grid]) -> tuple[list[CellRuns], list[Run]]:
    """Each run, or each glyph of it, in the cell where its middle lies; and the runs outside all tables."""
    in_cells: list[CellRuns] = [defaultdict(list) for _ in tables]
    if not tables:
        return in_cells, runs
    # A table inside a cell of another one comes first.
    lookups = sorted(
        (_Lookup.of(grid, cells) for grid, cells in zip(tables, in_cells, strict=True)), key=_area_of
    )
    outside: list[Run] = []
    for run in runs:
        middle = run.middle
        for lookup in lookups:
            if not (lookup.bottom < middle < lookup.top and run.x1 > lookup.left and run.x0 < lookup.right):
                continue
            boxes = run.boxes
            first, last = boxes[0], boxes[-1]
            row = bisect_right(lookup.depths, -middle) - 1
            start = lookup.cell(row, (first[0] + first[2]) / 2)
            if start == lookup.cell(row, (last[0] + last[2]) / 2):
                if start is None:
                    continue
                lookup.cells[start].append(run)
                break
            _split(run, row, lookup, outside)
            break
        else:
            outside.append(run)
    return in_cells, outside


class _Lookup(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float
    xs: list[float]
    depths: list[float]
    n_cols: int
    owners: list[int]
    cells: CellRuns

    @classmethod
    def of(cls, grid: Grid, cells: CellRuns) -> _Lookup:
        xs, ys = grid.xs, grid.ys
        return cls(xs[0], ys[-1], xs[-1], ys[0], xs, [-y for y in ys], grid.n_cols, grid.owners, cells)

    def cell(self, row: int, x: float) -> int | None:
        """The cell at ``x`` in a row; None outside the table."""
        if not self.left < x < self.right:
            return None
        return self.owners[row * self.n_cols + bisect_right(self.xs, x) - 1]


def _area_of(lookup: _Lookup) -> float:
    return (lookup.right - lookup.left) * (lookup.top - lookup.bottom)


def _split(run: Run, row: int, lookup: _Lookup, outside: list[Run]) -> None:
    """Deal the glyphs of a run that crosses a line out to their cells."""
    owners = [lookup.cell(row, (box[0] + box[2]) / 2) for box in run.boxes]
    for figure in _FIGURE.finditer(run.text):
        start, end = figure.span()
        if len(set(owners[start:end])) > 1 and _is_set_close(run, start, end):
            # A figure wider than its cell: cut in two, it would be read as another one.
            inside = [owner for owner in owners[start:end] if owner is not None]
            owner = max(reversed(inside), key=inside.count) if inside else None
            owners[start:end] = [owner] * (end - start)
    cuts = [0, *(index for index in range(1, len(owners)) if owners[index] != owners[index - 1]), len(owners)]
    for start, end in pairwise(cuts):
        owner = owners[start]
        (outside if owner is None else lookup.cells[owner]).append(run.part(start, end))


def _is_set_close(run: Run, start: int, end: int) -> bool:
    """Whether no gap divides these characters of a run."""
    boxes = run.boxes[start:end]
    return all(other[0] - one[2] <= _NO_GAP * run.size for one, other in pairwise(boxes))


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Runs grouped by baseline from the top, each line ordered from the left."""
    if len(runs) == 1:
        return [runs]
    lines: list[list[Run]] = []
    anchor = 0.0
    reach = 0.0
    for run in sorted(runs, key=_depth):
        if lines and anchor - run.baseline <= SAME_LINE * max(reach, run.size):
            lines[-1].append(run)
            reach = max(reach, run.size)
        else:
            lines.append([run])
            anchor = run.baseline
            reach = run.size
    for line in lines:
        if len(line) > 1:
            line.sort(key=_start)
    return lines


def _depth(run: Run) -> float:
    return -run.baseline


def _start(run: Run) -> float:
    return run.x0


def _line_text(line: list[Run]) -> str:
    """The text of a line, with a blank where a gap is wide. A run printed twice in one place reads once."""
    previous = line[0]
    text = previous.text
    for run in line[1:]:
        if run.text == previous.text and run.x0 - previous.x0 < 0.2 * run.size:
            continue
        gap = run.x0 - previous.x1
        letters = previous.text[-1].isascii() and run.text[0].isascii()
        if gap > (LETTER_GAP if letters else WIDE_GAP) * max(previous.size, run.size):
            text += " "
        text += run.text
        previous = run
    return text


def _paragraphs(runs: list[Run], sheet: _Sheet) -> list[Paragraph]:
    paragraphs = []
    for line in _lines(runs):
        text = _INNER_BLANKS.sub(" ", _line_text(line)).strip()
        if text:
            paragraphs.append(Paragraph(text, _place_of(line, sheet)))
    return paragraphs


def _place_of(line: list[Run], sheet: _Sheet) -> Place:
    inked = [run for run in line if run.text.strip(BLANKS)]
    return sheet.place(
        min(run.x0 for run in inked),
        min(run.baseline - 0.15 * run.size for run in inked),
        max(run.x1 for run in inked),
        max(run.baseline + 0.9 * run.size for run in inked),
    )


def _table(grid: Grid, cell_runs: CellRuns, sheet: _Sheet) -> Table:
    xs, ys = grid.xs, grid.ys
    ref = f"第{sheet.number}页"
    edges = [x - sheet.left for x in xs]
    depths = [sheet.top - y for y in ys]
    cells = []
    for number, (row, col, row_span, col_span) in enumerate(grid.cells):
        runs = cell_runs.get(number)
        text, indent = _cell_text(runs) if runs else ("", 0)
        box = Box(edges[col], depths[row], edges[col + col_span], depths[row + row_span])
        cells.append(Cell(text, row, col, row_span, col_span, Place(sheet.number, box, ref), indent))
    place = Place(sheet.number, Box(edges[0], depths[0], edges[-1], depths[-1]), ref)
    return Table(grid.n_rows, grid.n_cols, cells, place, tuple(edges))


def _cell_text(runs: list[Run]) -> tuple[str, int]:
    """The text of a cell and its indent. Wrapped lines are joined without a blank, except where that would
    glue two amounts together, or the whole numbers of several rows that no line divides."""
    lines = _lines(runs)
    text = _line_text(lines[0])
    numbered = len(lines) > _MOST_WRAPPED and all(_is_short_number(_line_text(line)) for line in lines)
    for line in lines[1:]:
        more = _line_text(line)
        if numbered or (_AMOUNT_AT_END.search(text) and _AMOUNT_AT_START.match(more)):
            text += " "
        text += more
    indent = 0
    if text[0] in BLANKS:
        indent = _indent(lines[0])
    if not text.isalnum():
        text = _IDLE_BLANKS.sub("", text.strip(BLANKS))
        text = _INNER_BLANKS.sub(" ", text)
    return text, indent


def _is_short_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _SHORT_NUMBER


def _indent(line: list[Run]) -> int:
    """How many blank glyphs stand before the first ink; a full-width one counts two.

    PDFium tells only one of several narrow blanks in a row, so those are counted by the room they take.
    """
    counted = 0
    narrow = 0.0
    start = line[0].boxes[0][0]
    for run in line:
        for char, box in zip(run.text, run.boxes, strict=True):
            if char not in BLANKS:
                return max(counted, round((box[0] - start) / narrow)) if narrow else counted
            counted += 2 if char == "\u3000" else 1
            if char != "\u3000" and not narrow:
                narrow = box[2] - box[0]
    return 0
