"""Scans become the same document as the page with its text; skipped where character recognition is not installed.

Pages are drawn here, or rasterised from published files where they are at hand.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import raw
from tiling import tiles

from gouji.documents import Document, ScannedFile, Table, UnreadableFile
from gouji.documents.opening import open_document
from gouji.documents.scans.engine import Area, _strips, _with_strip, is_installed
from gouji.documents.scans.figure import tidy_figure
from gouji.facts import Presence, Unit, as_printed
from rasters import rendered, scanned

needs_ocr = pytest.mark.skipif(
    not is_installed(), reason="character recognition (gouji[ocr]) is not installed"
)

FIGURES = [["2,946.25", "2,940.05", "6.20"], ["1,511.90", "1,511.89", "0.01"], ["-16.19", "", "99.08"]]
XS, YS = (100, 500, 900, 1300), (300, 380, 460, 540)
"""The ruling lines of the drawn table, in pixels of a page of A4 at 150 dots per inch."""


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    """A page with a line of words, a table, and a line of words."""
    image = Image.new("L", (1754, 1240), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=28)
    for x in XS:
        draw.line([(x, YS[0]), (x, YS[-1])], fill=60, width=2)
    for y in YS:
        draw.line([(XS[0], y), (XS[-1], y)], fill=60, width=2)
    for row, texts in enumerate(FIGURES):
        for col, text in enumerate(texts):
            draw.text((XS[col + 1] - 12, YS[row] + 40), text, fill=0, font=font, anchor="rm")
    draw.text((100, 150), "Revenue and expenditure 2024", fill=0, font=font)
    draw.text((100, 700), "Note: none", fill=0, font=font)
    return image


def as_pdf(image: Image.Image, folder: Path) -> Path:
    return scanned([image], folder / "scan.pdf", 150)


def pasted(image: Image.Image, folder: Path) -> Path:
    """A PDF of A4 at 150 dots per inch: a page of text, and a page with nothing but an image pasted in."""
    file = pypdfium2.PdfDocument.new()
    words, page = file.new_page(595, 842), file.new_page(595, 842)
    text = raw.FPDFPageObj_NewTextObj(file, b"Helvetica", 12.0)
    line = ctypes.create_string_buffer("Overview 2024\0".encode("utf-16-le"))
    raw.FPDFText_SetText(text, ctypes.cast(line, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 72, 700)
    raw.FPDFPage_InsertObject(words, text)
    picture = pypdfium2.PdfImage.new(file)
    picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(image))
    width, height = (side * 0.48 for side in image.size)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height).translate(0, 842 - 50 - height))
    page.insert_obj(picture)
    for each in (words, page):
        each.gen_content()
    path = folder / "pasted.pdf"
    file.save(path)
    return path


def texts(table: Table) -> list[list[str]]:
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


@needs_ocr
def test_a_scanned_pdf(sheet: Image.Image, tmp_path: Path) -> None:
    document = open_document(as_pdf(sheet, tmp_path))
    (table,) = document.tables
    assert texts(table) == FIGURES
    assert tiles(table)
    assert document.format == "scan"
    assert [page.scanned for page in document.pages] == [True]
    assert [block.place.page for block in document.blocks] == [1, 1, 1]
    assert [p.text.replace(" ", "") for p in document.paragraphs] == [
        "Revenueandexpenditure2024",
        "Note:none",
    ]
    assert any("文字识别" in notice for notice in document.notices)
    box = table.cells[0].place.box
    assert box is not None
    assert all(
        abs(got - want * 72 / 150) < 2 for got, want in zip(box, (XS[0], YS[0], XS[1], YS[1]), strict=True)
    )


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_images(sheet: Image.Image, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "page"
    sheet.save(path, kind, dpi=(150, 150))
    document = open_document(path)
    assert texts(document.tables[0]) == FIGURES
    assert (document.format, document.pages[0].width) == ("scan", pytest.approx(842, abs=1))


@needs_ocr
def test_an_image_of_several_pages(sheet: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    sheet.save(path, save_all=True, append_images=[sheet], dpi=(150, 150))
    assert [table.place.page for table in open_document(path).tables] == [1, 2]


TURNS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "askew": lambda image: image.rotate(1.3, Image.Resampling.BICUBIC, fillcolor=255),
    "on its left side": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "on its right side": lambda image: image.transpose(Image.Transpose.ROTATE_270),
    "on its head": lambda image: image.transpose(Image.Transpose.ROTATE_180),
}


@needs_ocr
@pytest.mark.parametrize("turn", TURNS)
def test_pages_that_do_not_stand_upright(sheet: Image.Image, tmp_path: Path, turn: str) -> None:
    turned = TURNS[turn](sheet)
    document = open_document(as_pdf(turned, tmp_path))
    (table,) = document.tables
    assert texts(table) == FIGURES
    page, box = document.pages[0], table.place.box
    assert box is not None
    assert (page.width, page.height) == pytest.approx((turned.width * 0.48, turned.height * 0.48), abs=1)
    # The box encloses the table on the page as it is seen.
    ink = turned.crop(tuple(round(edge / 0.48) for edge in box)).getextrema()
    assert ink[0] < 100
    assert 0 <= box.x0 < box.x1 <= page.width
    assert 0 <= box.y0 < box.y1 <= page.height


@needs_ocr
def test_a_chart_is_no_scan(tmp_path: Path) -> None:
    page = Image.new("L", (1240, 1754), 255)
    for left, top, wide, high in ((80, 400, 120, 300), (260, 250, 120, 450), (440, 550, 120, 150)):
        page.paste(90, (left, top, left + wide, top + high))
    chart = page.crop((0, 150, 700, 750))
    document = open_document(pasted(chart, tmp_path))
    assert [(page.scanned, page.unread) for page in document.pages] == [(False, False), (False, True)]
    assert any("第2页只有图片" in notice for notice in document.notices)


@needs_ocr
def test_a_pasted_table_is_read_though_it_is_small(sheet: Image.Image, tmp_path: Path) -> None:
    table = sheet.crop((80, 280, 1320, 560))
    document = open_document(pasted(table, tmp_path))
    assert [page.scanned for page in document.pages] == [False, True]
    assert texts(document.tables[0]) == FIGURES


def test_scans_are_left_unread_on_demand(sheet: Image.Image, tmp_path: Path) -> None:
    with pytest.raises(ScannedFile) as caught:
        open_document(as_pdf(sheet, tmp_path), scans=False)
    assert caught.value.pages == 1
    document = open_document(pasted(sheet, tmp_path), scans=False)
    assert [page.unread for page in document.pages] == [False, True]
    assert any("第2页只有图像" in notice for notice in document.notices)


def test_strips_cover_a_page_and_what_two_of_them_show_is_one_line() -> None:
    assert _strips(300, 900) == [(0, 300)]
    strips = _strips(1810, 1280)
    assert (strips[0][0], strips[-1][1]) == (0, 1810)
    assert all(above[1] - below[0] == 64 for above, below in pairwise(strips))
    whole, cut, other, alone = (
        Area(10, 190, 90, 210),
        Area(10, 190, 90, 200),
        Area(300, 190, 380, 210),
        Area(5, 20, 80, 40),
    )
    assert set(_with_strip([alone, cut], [whole, other], 136)) == {alone, whole, other}


@needs_ocr
def test_on_a_coarse_scan_everything_is_in_doubt(sheet: Image.Image, tmp_path: Path) -> None:
    image = sheet.resize((round(sheet.width * 100 / 150), round(sheet.height * 100 / 150)))
    document = open_document(scanned([image], tmp_path / "coarse.pdf", 100))
    assert "dpi" in document.pages[0].doubt
    assert any("重新扫描" in notice for notice in document.notices)


@needs_ocr
def test_what_is_too_coarse_is_not_read(sheet: Image.Image, tmp_path: Path) -> None:
    image = sheet.resize((round(sheet.width * 60 / 150), round(sheet.height * 60 / 150)))
    with pytest.raises(UnreadableFile) as caught:
        open_document(scanned([image], tmp_path / "coarse.pdf", 60))
    assert "dpi" in caught.value.reason
    assert "重新扫描" in caught.value.reason


@needs_ocr
def test_a_blank_scan_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_document(as_pdf(Image.new("L", (800, 600), 255), tmp_path))
    assert "没有认出文字" in caught.value.reason


@needs_ocr
def test_what_cannot_be_read_is_doubted(sheet: Image.Image, tmp_path: Path) -> None:
    """A figure scratched out is read as blank or doubtfully, never surely."""
    image = sheet.copy()
    draw = ImageDraw.Draw(image)
    for offset in range(0, 28, 5):
        draw.line([(760, YS[0] + 26 + offset), (895, YS[0] + 54 - offset)], fill=0, width=3)
    (cell,) = [c for c in open_document(as_pdf(image, tmp_path)).tables[0].cells if (c.row, c.col) == (0, 1)]
    assert cell.recognition is not None
    assert cell.recognition.doubt


def test_without_recognition_the_sentence_says_what_to_install(
    sheet: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouji.documents.scans.document.is_installed", lambda: False)
    png = tmp_path / "page.png"
    sheet.save(png)
    for path in (as_pdf(sheet, tmp_path), png):
        with pytest.raises(UnreadableFile) as caught:
            open_document(path)
        assert 'pip install "gouji[ocr]"' in caught.value.reason
        assert "扫描件" in caught.value.reason


def test_a_damaged_image_says_so(sheet: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    sheet.save(path)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UnreadableFile) as caught:
        open_document(path)
    assert "图片" in caught.value.reason or "gouji[ocr]" in caught.value.reason


def test_a_pdf_cut_off_is_not_taken_for_a_scan(sheet: Image.Image, tmp_path: Path) -> None:
    path = as_pdf(sheet, tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UnreadableFile) as caught:
        open_document(path)
    assert "不完整" in caught.value.reason


@pytest.mark.parametrize(
    ("recognised", "figure"),
    [
        ("2,112.86", "2,112.86"),
        ("2，112．86", "2,112.86"),
        ("2.112.86", "2,112.86"),
        ("2, 112. B6", "2,112.86"),
        ("l0.O0", "10.00"),
        ("-O.05", "-0.05"),
        ("12%", "12%"),
        ("表1", None),
        ("B12", None),
        ("20106行政运行", None),
        ("", None),
    ],
)
def test_figures_with_letters_and_marks_in_them(recognised: str, figure: str | None) -> None:
    assert tidy_figure(recognised) == figure


# ---- published pages


def figures(document: Document, page: int) -> dict[tuple[int, int, int], str]:
    """The figures in the tables of a page by table, row and column."""
    found = {}
    for index, table in enumerate(table for table in document.tables if table.place.page == page):
        for cell in table.cells:
            printed = as_printed(cell.text, Unit.WAN_YUAN)
            if printed is not None and printed.presence is Presence.NUMBER:
                found[index, cell.row, cell.col] = "".join(cell.text.split())
    return found


@needs_ocr
@pytest.mark.parametrize("dots_per_inch", [150, 200])
@pytest.mark.parametrize(
    ("name", "pages"), [("putuo-js2024-finance", (8, 10, 16)), ("guangzhou-01", (12,)), ("beijing-04", (3,))]
)
def test_published_pages_rasterised(
    shared: Path, tmp_path: Path, name: str, pages: tuple[int, ...], dots_per_inch: int
) -> None:
    """At least 99.5 % of the figures are those of the text, in the same cells; the others are marked."""
    source = shared / "corpus" / f"{name}.pdf"
    images = [rendered(source, page, dots_per_inch) for page in pages]
    printed = open_document(source)
    read = open_document(scanned(images, tmp_path / "scan.pdf", dots_per_inch))
    doubts = {
        (cell.place.page, index, cell.row, cell.col)
        for page in range(1, len(pages) + 1)
        for index, table in enumerate(table for table in read.tables if table.place.page == page)
        for cell in table.cells
        if cell.recognition is not None and cell.recognition.doubt
    }
    total = wrong = 0
    for number, page in enumerate(pages, 1):
        want, got = figures(printed, page), figures(read, number)
        total += len(want)
        differing = [spot for spot in want if got.get(spot) != want[spot]]
        wrong += len(differing)
        assert all((number, *spot) in doubts for spot in differing)
        assert set(got) <= set(want)
    assert total > 50
    assert wrong <= 0.005 * total
