"""Reading PDFs: small ones drawn here line by line, and published ones where they are at hand.

Published files are looked for in the folder named by GOUJI_SHARED, else in ``../shared`` beside the project.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.documents.garbled import is_garbled
from gouji.documents.model import Document, GarbledFile, Table, UnreadableFile
from gouji.documents.pdf import read_pdf

SHARED = Path(os.environ.get("GOUJI_SHARED") or Path(__file__).parents[3] / "shared")
PUBLISHED = sorted((SHARED / "corpus").glob("*.pdf"))


def pdf_bytes(
    *contents: str,
    page: str = "",
    extra: tuple[str, ...] = (),
    trailer: str = "",
    font: str = "/Encoding /WinAnsiEncoding",
) -> bytes:
    """A PDF with one page of 400 x 300 points per content stream; ``page`` adds entries to each page.

    ``extra`` objects are numbered from 5 on. Font /F is Helvetica.
    """
    first_page = 5 + len(extra)
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {font} >>",
        "<< >>",
        *extra,
    ]
    for number, content in enumerate(contents):
        box = "" if "/MediaBox" in page else "/MediaBox [0 0 400 300]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} {page} /Contents {first_page + 2 * number + 1} 0 R"
            " /Resources << /Font << /F 3 0 R >> /XObject << /X 5 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return data + f"startxref\n{start}\n%%EOF\n".encode()


def words(*placed: tuple[float, float, str]) -> str:
    """Text in 10 point Helvetica at (x, y)."""
    return "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in placed)


def lines(*ends: tuple[float, float, float, float]) -> str:
    return "".join(f"{x0} {y0} m {x1} {y1} l S\n" for x0, y0, x1, y1 in ends)


GRID = [(50, y, 350, y) for y in (100, 150, 200)] + [(x, 100, x, 200) for x in (50, 150, 250, 350)]
"""A table of two rows and three columns."""

FIGURES = words((60, 170, "201"), (160, 170, "2,940.05"), (260, 170, "6.20"), (160, 120, "1,511.89"))


@pytest.fixture
def read(tmp_path: Path) -> Iterator:
    def read_bytes(data: bytes) -> Document:
        path = tmp_path / "draft.pdf"
        path.write_bytes(data)
        return read_pdf(path)

    return read_bytes


def texts(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def assert_sound(document: Document) -> None:
    """Every grid position belongs to exactly one cell; cells are in order and have places."""
    for table in document.tables:
        covered = Counter(
            (row, col)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        )
        assert covered == Counter({(r, c): 1 for r in range(table.n_rows) for c in range(table.n_cols)})
        assert [cell[1:3] for cell in table.cells] == sorted(cell[1:3] for cell in table.cells)
        assert len(table.column_edges) == table.n_cols + 1
        assert all(cell.place.page and cell.place.box and cell.place.ref for cell in table.cells)
        assert all(cell.text == cell.text.strip() for cell in table.cells)


EXPECTED = [["201", "2,940.05", "6.20"], ["", "1,511.89", ""]]


def test_ruled_table_between_lines(read):
    document = read(pdf_bytes(lines(*GRID) + FIGURES + words((60, 250, "Above"), (60, 50, "Below  it"))))
    assert_sound(document)
    above, table, below = document.blocks
    assert (above.text, below.text) == ("Above", "Below it")
    assert texts(table) == EXPECTED
    assert table.column_edges == pytest.approx((50, 150, 250, 350))
    cell = table.cells[1]
    assert cell.place.box == pytest.approx((150, 100, 250, 150))
    assert (cell.place.page, cell.place.ref) == (1, "第1页")
    assert document.notices == []


def test_rules_as_thin_rectangles_frames_and_segments(read):
    thin = "".join(
        f"{min(x0, x1) - 0.25} {min(y0, y1) - 0.25} {abs(x1 - x0) + 0.5} {abs(y1 - y0) + 0.5} re f\n"
        for x0, y0, x1, y1 in GRID
    )
    frames = "".join(f"{x} {y} 100 50 re S\n" for x in (50, 150, 250) for y in (100, 150))
    at_once = "".join(line.replace(" f\n", "\n") for line in thin.splitlines(keepends=True)) + "f\n"
    segments = "".join(
        lines(
            *(
                (
                    x0 + (x1 - x0) * i / 40,
                    y0 + (y1 - y0) * i / 40,
                    x0 + (x1 - x0) * (i + 0.8) / 40,
                    y0 + (y1 - y0) * (i + 0.8) / 40,
                )
                for i in range(40)
            ),
            (x0, y0, x0, y0),
        )
        for x0, y0, x1, y1 in GRID
    )
    for rules in (thin, frames, at_once, segments):
        (table,) = read(pdf_bytes(rules + FIGURES)).tables
        assert texts(table) == EXPECTED


def test_rules_inside_a_scaled_form(read):
    content = "0.5 w " + lines(*((x0 / 2, y0 / 2, x1 / 2, y1 / 2) for x0, y0, x1, y1 in GRID))
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 400 300] /Matrix [2 0 0 2 -20 0] "
        f"/Length {len(content)} >>\nstream\n{content}\nendstream"
    )
    (table,) = read(pdf_bytes("q 1 0 0 1 20 0 cm /X Do Q " + FIGURES, extra=(form,))).tables
    assert texts(table) == EXPECTED
    assert table.column_edges == pytest.approx((50, 150, 250, 350), abs=1)


def test_merged_cells(read):
    """A header over two columns and a label over two rows."""
    rules = lines(
        (50, 200, 350, 200), (150, 150, 350, 150), (50, 100, 350, 100),
        (50, 100, 50, 200), (150, 100, 150, 200), (250, 100, 250, 150), (350, 100, 350, 200),
    )  # fmt: skip
    document = read(pdf_bytes(rules + words((60, 145, "label"), (240, 170, "both"), (160, 120, "1"))))
    assert_sound(document)
    (table,) = document.tables
    assert [cell[:5] for cell in table.cells] == [
        ("label", 0, 0, 2, 1),
        ("both", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("", 1, 2, 1, 1),
    ]


def test_missing_outer_borders_are_closed(read):
    inner = [line for line in GRID if line[:3:2] not in {(50, 50), (350, 350)}]
    (table,) = read(pdf_bytes(lines(*inner) + FIGURES)).tables
    assert texts(table) == EXPECTED


def test_frames_and_underlines_are_no_tables(read):
    document = read(pdf_bytes("50 100 300 100 re S 60 240 200 0.5 re f " + words((60, 170, "boxed"))))
    assert document.tables == []
    assert [paragraph.text for paragraph in document.paragraphs] == ["boxed"]


def test_white_rules_around_a_table_do_not_swallow_its_title(read):
    white = "1 1 1 RG " + lines((50, 200, 50, 250), (350, 200, 350, 250), (50, 250, 350, 250)) + "0 0 0 RG "
    title, table = read(pdf_bytes(white + lines(*GRID) + FIGURES + words((150, 220, "Title")))).blocks
    assert title.text == "Title"
    assert texts(table) == EXPECTED


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_read_as_they_are_seen(read, turn):
    """What is drawn turned, on a page that is turned back, reads like an upright page."""
    matrix, box = {
        90: ("0 1 -1 0 300 0", "[0 0 300 400]"),
        180: ("-1 0 0 -1 400 300", "[0 0 400 300]"),
        270: ("0 -1 1 0 0 400", "[0 0 300 400]"),
    }[turn]
    content = f"{matrix} cm " + lines(*GRID) + FIGURES + words((60, 250, "Above"))
    document = read(pdf_bytes(content, page=f"/MediaBox {box} /Rotate {turn}"))
    assert (document.pages[0].width, document.pages[0].height) == (400, 300)
    above, table = document.blocks
    assert above.text == "Above"
    assert texts(table) == EXPECTED
    assert table.cells[1].place.box == pytest.approx((150, 100, 250, 150))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_lies_on_its_side_is_read_as_it_runs(read, turn):
    """A wide table bound into a volume of high pages, and a page that somebody turned."""
    matrix, box = {
        90: ("0 1 -1 0 300 0", "[0 0 300 400]"),
        180: ("-1 0 0 -1 400 300", "[0 0 400 300]"),
        270: ("0 -1 1 0 0 400", "[0 0 300 400]"),
    }[turn]
    content = lines(*GRID) + FIGURES + words((60, 250, "Above"))
    for drawn in (
        pdf_bytes(f"{matrix} cm " + content, page=f"/MediaBox {box}"),
        pdf_bytes(content, page=f"/Rotate {turn}"),
    ):
        document = read(drawn)
        assert (document.pages[0].width, document.pages[0].height) == (400, 300)
        above, table = document.blocks
        assert above.text == "Above"
        assert texts(table) == EXPECTED
        assert table.cells[1].place.box == pytest.approx((150, 100, 250, 150))


def test_a_few_characters_on_their_side_turn_no_page(read):
    content = lines(*GRID) + FIGURES + words((60, 250, "Above")) + "BT /F 10 Tf 0 1 -1 0 390 20 Tm (12) Tj ET"
    (table,) = read(pdf_bytes(content)).tables
    assert texts(table) == EXPECTED


def test_crop_box_moves_the_origin_and_hides_the_rest(read):
    document = read(
        pdf_bytes(lines(*GRID) + FIGURES + words((5, 5, "gone")), page="/CropBox [40 90 360 210]")
    )
    (table,) = document.blocks
    assert texts(table) == EXPECTED
    assert table.column_edges == pytest.approx((10, 110, 210, 310))
    assert document.notices == ["第1页有4个字符印在页面之外，读者看不到，未读入。"]


def test_text_off_the_page_is_dropped_and_told(read):
    document = read(pdf_bytes(words((60, 100, "seen")), words((60, 900, "hidden"), (60, 90, "also seen"))))
    assert [paragraph.text for paragraph in document.paragraphs] == ["seen", "also seen"]
    assert document.notices == ["第2页有6个字符印在页面之外，读者看不到，未读入。"]


def test_clipped_text_is_dropped_and_told(read):
    content = "q 50 90 40 30 re W n " + words((52, 100, "seen"), (52, 200, "hidden")) + "Q "
    document = read(pdf_bytes(content + words((60, 50, "after"))))
    assert [paragraph.text for paragraph in document.paragraphs] == ["seen", "after"]
    assert document.notices == ["第1页有6个字符被裁剪遮住，读者看不到，未读入。"]


def test_number_cut_by_a_clip_stays_whole(read):
    """125001 of which the last digits are clipped must not become 12500."""
    content = lines(*GRID) + "q 50 150 100 50 re W n " + words((122, 170, "125001")) + "Q "
    document = read(pdf_bytes(content + words((160, 170, "8.00"))))
    assert texts(document.tables[0])[0] == ["125001", "8.00", ""]
    assert document.notices == ["第1页有1个数字字符看不到，但同一个数的其余部分看得到，按完整的数读入。"]


def test_wrapped_numbers_join_and_stacked_amounts_do_not(read):
    content = lines(*GRID) + words(
        (60, 180, "2,940"), (60, 168, ".05"),
        (160, 180, "100.00"), (160, 168, "200.00"),
        (260, 170, "5.00"), (310, 170, "7.00"),
        (60, 120, " 301"), (160, 120, "GDP 5 %"),
    )  # fmt: skip
    (table,) = read(pdf_bytes(content)).tables
    assert texts(table) == [["2,940.05", "100.00 200.00", "5.00 7.00"], ["301", "GDP 5 %", ""]]


def test_glyphs_of_one_text_are_dealt_out_to_their_cells(read):
    """One string that runs over a rule, as spreadsheets print it."""
    (table,) = read(pdf_bytes(lines(*GRID) + words((128, 170, "201 06 01")))).tables
    assert texts(table)[0] == ["201", "06 01", ""]


def test_leading_blanks_are_the_indent(read):
    content = lines(*GRID) + words((60, 170, "  total"), (60, 120, "    part"))
    (table,) = read(pdf_bytes(content)).tables
    assert [(cell.text, cell.indent) for cell in table.cells if cell.text] == [("total", 2), ("part", 4)]


def test_text_printed_twice_reads_once(read):
    document = read(pdf_bytes(words((60, 100, "9,626.77"), (60.3, 100, "9,626.77"))))
    assert [paragraph.text for paragraph in document.paragraphs] == ["9,626.77"]


def test_same_bytes_same_document(read):
    data = pdf_bytes(lines(*GRID) + FIGURES)
    assert read(data) == read(data)


IMAGE = "<< /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
SCAN = pdf_bytes("q 400 0 0 300 0 0 cm /X Do Q", extra=(f"{IMAGE}\nstream\n0\nendstream",))
LOCK = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 "
    f"/O <{'5a' * 32}> /U <{'a5' * 32}> >> /ID [<{'00' * 16}> <{'00' * 16}>]"
)
GOOD = pdf_bytes(lines(*GRID) + FIGURES)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "不是 PDF"),
        (GOOD[: len(GOOD) // 2], "不完整"),
        (GOOD[:20], "不完整"),
        (b"%PDF-1.7\n" + b"rubbish " * 50 + b"startxref\n9\n%%EOF", "损坏"),
        (pdf_bytes("", trailer=LOCK), "密码"),
        (pdf_bytes(), "没有页面"),
        (SCAN, "扫描件"),
        (pdf_bytes(lines(*GRID)), "没有文字"),
    ],
    ids=["empty", "png", "half", "head", "rubbish", "encrypted", "pages", "scan", "blank"],
)
def test_bad_files_are_refused_in_one_sentence(read, data, reason):
    with pytest.raises(UnreadableFile) as refusal:
        read(data)
    assert reason in refusal.value.reason
    assert refusal.value.reason.count("。") == 1


def test_missing_file_and_folder_are_refused(tmp_path):
    for path, reason in ((tmp_path / "none.pdf", "找不到"), (tmp_path, "打不开")):
        with pytest.raises(UnreadableFile, match=reason):
            read_pdf(path)


def test_a_scanned_page_among_others_is_told(read):
    data = pdf_bytes(words((60, 100, "text")), "/X Do", extra=(f"{IMAGE}\nstream\n0\nendstream",))
    assert read(data).notices == ["第2页只有图像，没有文字层，内容未读入。"]


def garbled_bytes(*contents: str) -> bytes:
    """A PDF whose capital letters are said to be Ethiopic ones, as a font without a table of its characters does."""
    names = " ".join(f"/uni{0x1200 + number:04X}" for number in range(26))
    strange = f"/Encoding << /Type /Encoding /Differences [65 {names}] >>"
    return pdf_bytes(*contents, font=strange)


def test_a_page_whose_text_is_not_what_it_shows_is_told_and_not_read(read):
    document = read(garbled_bytes(words((60, 100, "ABCDEF GHIJ 12.34")), words((60, 100, "text 12.34 A"))))
    assert [(page.number, page.unread) for page in document.pages] == [(1, True), (2, False)]
    assert {block.place.page for block in document.blocks} == {2}
    assert document.notices[0] == "第1页的文字层是乱码（字体没有文字编码表），没有采用。"


def test_a_file_of_such_pages_is_refused_with_what_to_do(read):
    with pytest.raises(GarbledFile, match="用文字识别才能读"):
        read(garbled_bytes(words((60, 100, "ABCDEF GHIJ 12.34"))))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024年度部门决算 1,234.56",
        "䶮山街道办事处部门预算情况说明",
        "ΔG β 型 ①②③㎡ ％",
        "Budget 2024",
        "\ufffd 一、收入",
    ],
)
def test_what_a_disclosure_is_written_in_is_not_garbled(text):
    assert not is_garbled(text)


def test_strange_pages_do_no_harm(read):
    """No size, wild coordinates, endless forms, thousands of objects."""
    endless = "<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>"
    wild = lines((10**30, 10**38, -(10**38), 5), (0, 0, 0, 0)) + words(
        (999999999, 5, "far"), (60, 100, "near")
    )
    many = lines(*((x % 400, x % 300, x % 400 + 3, x % 300) for x in range(20000)))
    document = read(pdf_bytes(wild, "/X Do", many, extra=(f"{endless}\nstream\n/X Do\nendstream",)))
    assert_sound(document)
    assert [paragraph.text for paragraph in document.paragraphs] == ["near"]
    assert read(pdf_bytes(words((60, 100, "a")), page="/MediaBox [0 0 0 0]"))


def test_nothing_is_written_to_the_terminal(tmp_path):
    for name, data in (("good.pdf", GOOD), ("bad.pdf", GOOD.replace(b"endobj", b"xndobj"))):
        (tmp_path / name).write_bytes(data)
    program = (
        "import sys, pathlib\n"
        "from gouji.documents.pdf import read_pdf\n"
        "from gouji.documents.model import UnreadableFile\n"
        "for name in sys.argv[1:]:\n"
        "    try: read_pdf(pathlib.Path(name))\n"
        "    except UnreadableFile: pass\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "good.pdf"), str(tmp_path / "bad.pdf")]
    run = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


published = pytest.mark.skipif(
    not PUBLISHED, reason=f"no published PDFs in {SHARED / 'corpus'} (see GOUJI_SHARED)"
)


@published
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_files_are_read(path):
    document = read_pdf(path)
    assert_sound(document)
    assert document.blocks
    for table in document.tables:
        # An amount glued to another one would have two decimal points.
        assert not [
            cell.text
            for cell in table.cells
            if cell.text.replace(".", "", 2).isdigit() and cell.text.count(".") > 1
        ]


@pytest.mark.parametrize("gold", sorted((SHARED / "gold").glob("cells-*.csv")), ids=lambda path: path.stem)
def test_every_printed_value_is_in_a_cell(gold):
    """The values a person read off the page, as many times as they are printed there."""
    path = SHARED / "corpus" / f"{gold.stem.removeprefix('cells-')}.pdf"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    document = read_pdf(path)
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for table in document.tables:
        found[table.place.page].update(cell.text for cell in table.cells)
    for paragraph in document.paragraphs:
        found[paragraph.place.page][paragraph.text] += 1
    wanted: dict[int, Counter[str]] = defaultdict(Counter)
    with gold.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["value_text"]:
                wanted[int(row["page"])][row["value_text"]] += 1
    assert {page: dict(values - found[page]) for page, values in wanted.items() if values - found[page]} == {}


def leaf(x: float, number: int) -> str:
    """One of two pages on a sheet, ``x`` from its left edge: a title, a table of four figures, a page number."""
    table = [(x + 20, y, x + 170, y) for y in (100, 140, 180)] + [
        (x + w, 100, x + w, 180) for w in (20, 90, 170)
    ]
    return lines(*table) + words(
        (x + 60, 250, f"Table {number}"), (x + 30, 155, "201"), (x + 100, 155, f"{number}.00"),
        (x + 30, 115, "203"), (x + 100, 115, f"{number}.50"), (x + 90, 20, f"- {number} -"),
    )  # fmt: skip


def test_two_pages_on_a_sheet_are_two_pages(read):
    document = read(pdf_bytes(*(leaf(0, n) + leaf(200, n + 1) for n in (1, 3, 5))))
    assert [(page.number, page.sheet, page.left) for page in document.pages] == [
        (1, 1, 0.0), (2, 1, 200.0), (3, 2, 0.0), (4, 2, 200.0), (5, 3, 0.0), (6, 3, 200.0),
    ]  # fmt: skip
    assert [table.place.page for table in document.tables] == [1, 2, 3, 4, 5, 6]
    assert document.tables[0].column_edges == document.tables[1].column_edges
    assert texts(document.tables[3]) == [["201", "4.00"], ["203", "4.50"]]
    assert "两页" in document.notices[0]


def test_a_title_across_the_middle_makes_one_page(read):
    across = words((150, 280, "All of the revenue"))
    document = read(pdf_bytes(*(leaf(0, n) + leaf(200, n + 1) + across for n in (1, 3, 5))))
    assert [page.number for page in document.pages] == [1, 2, 3]


ROWS = words(*(
    (x, 150 - 15 * row, text) for row in range(4) for x, text in ((60, f"20{row}"), (160, f"{row}.00"), (260, f"{row}.25"))
))  # fmt: skip


@pytest.mark.parametrize(
    "drawn",
    [
        lines(*[(50, y, 350, y) for y in (165, 195)], *[(x, 165, x, 195) for x in (50, 150, 250, 350)]),
        lines(*[(50, y, 350, y) for y in (90, 195)], *[(x, 90, x, 195) for x in (50, 150, 250, 350)]),
        lines(*[(x, 90, x, 195) for x in (50, 150, 250, 350)]),
        lines(*[(50, y, 350, y) for y in (90, 105, 120, 135, 165, 195)]),
        "",
    ],
    ids=["around the heads", "around columns", "verticals", "horizontals", "nothing"],
)
def test_lines_that_divide_nothing_leave_it_to_what_stands_below_each_other(read, drawn):
    heads = words((60, 175, "Code"), (160, 175, "Sum"), (260, 175, "Part"))
    (table,) = read(pdf_bytes(drawn + heads + ROWS)).tables
    assert texts(table) == [["Code", "Sum", "Part"], *([f"20{n}", f"{n}.00", f"{n}.25"] for n in range(4))]
