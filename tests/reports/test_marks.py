"""Marks in the PDF: at the right place however the page is turned or cropped, and nothing else is changed."""

from __future__ import annotations

import ctypes
import hashlib
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops
from pypdfium2 import raw

from gouji.checking import CheckResult, Severity, Waived, Waiver
from gouji.documents.pdf import read_pdf
from gouji.facts import Outcome
from gouji.reports.album import PageKey, take_pictures
from gouji.reports.marks import marked_bytes

FILE = "决算.pdf"
BOX = (100.0, 200.0, 160.0, 214.0)
SCALE = 2


def pixels(data: bytes, page: int = 0) -> Image.Image:
    pdf = pypdfium2.PdfDocument(data)
    picture = pdf[page].render(scale=SCALE, may_draw_forms=False).to_pil().convert("RGB")
    pdf.close()
    return picture


def annotations(data: bytes, page: int = 0) -> list[tuple[int, str]]:
    """Kind and text of the annotations of a page."""
    pdf = pypdfium2.PdfDocument(data)
    handle = pdf[page]
    found = []
    for index in range(raw.FPDFPage_GetAnnotCount(handle.raw)):
        annotation = raw.FPDFPage_GetAnnot(handle.raw, index)
        length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAnnot_GetStringValue(
            annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
        )
        found.append((raw.FPDFAnnot_GetSubtype(annotation), buffer.raw[:-2].decode("utf-16-le")))
        raw.FPDFPage_CloseAnnot(annotation)
    pdf.close()
    return found


def saved(pdf: pypdfium2.PdfDocument, path: Path) -> Path:
    pdf.save(path)
    pdf.close()
    return path


def marked(pdf: Path, *findings, waived=()) -> tuple[bytes, int]:
    return marked_bytes(CheckResult([], list(findings), list(waived)), FILE, pdf)


@pytest.mark.parametrize("shape", [(turn, crop) for turn in (0, 90, 180, 270) for crop in (0, 30)])
def test_a_mark_covers_its_box_and_nothing_else(shape, make_finding, make_evidence, pdf, tmp_path) -> None:
    turn, cropped = shape
    changed = pypdfium2.PdfDocument(pdf)
    second = changed[1]
    second.set_rotation(turn)
    if cropped:
        second.set_cropbox(cropped, 45, 700, 560)
    path = saved(changed, tmp_path / "turned.pdf")
    one = make_finding(evidence=(make_evidence(2, box=BOX, suspect=True),))
    data, count = marked(path, one)
    assert count == 1
    difference = ImageChops.difference(pixels(path.read_bytes(), 1), pixels(data, 1)).convert("L")
    seen = difference.point(lambda value: 255 if value > 20 else 0).getbbox()
    assert seen is not None
    for edge, wanted in zip(seen, BOX, strict=True):
        assert abs(edge / SCALE - wanted) <= 2.5


def test_text_on_its_side_is_marked_and_shown_the_way_it_is_read(
    make_finding, make_evidence, tmp_path
) -> None:
    path = tmp_path / "side.pdf"
    source = '#set page("a4")\n#rotate(-90deg, reflow: true)[Total of all revenue 2,961.68]'
    path.write_bytes(typst.compile(source.encode()))
    document = read_pdf(path)
    (line,) = document.paragraphs
    box = line.place.box
    assert line.text == "Total of all revenue 2,961.68"
    assert box is not None
    data, count = marked(path, make_finding(evidence=(make_evidence(1, box=tuple(box), suspect=True),)))
    assert count == 1
    mark = ImageChops.difference(pixels(path.read_bytes()), pixels(data)).transpose(
        Image.Transpose.ROTATE_270
    )
    corner = 2 * 40 * SCALE
    mark.paste(0, (0, 0, corner, corner // 2))  # the note with the verdict
    seen = mark.convert("L").point(lambda value: 255 if value > 20 else 0).getbbox()
    assert seen is not None
    for edge, wanted in zip(seen, box, strict=True):
        assert abs(edge / SCALE - wanted) <= 2.5
    (picture,) = take_pictures([PageKey(FILE, 1)], {FILE: path}).pictures.values()
    assert (picture.width, picture.height) == (document.pages[0].width, document.pages[0].height)


def test_the_file_itself_stays_as_it_was(make_finding, pdf) -> None:
    data, count = marked(pdf, make_finding())
    assert count == 2
    assert data.startswith(pdf.read_bytes())
    for page in range(2):
        before = pypdfium2.PdfDocument(pdf)[page].render(draw_annots=False).to_pil()
        after = pypdfium2.PdfDocument(data)[page].render(draw_annots=False).to_pil()
        assert before.tobytes() == after.tobytes()


def test_the_same_result_gives_the_same_bytes(make_finding, pdf) -> None:
    assert marked(pdf, make_finding()) == marked(pdf, make_finding())


def test_a_comment_says_it_all(make_finding, pdf) -> None:
    data, _ = marked(pdf, make_finding())
    (kind, text), (note, _) = annotations(data)
    assert (kind, note) == (raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_TEXT)
    for words in (
        "【错误】项目支出加错",
        "应为 192.93万元",
        "178.53＋14.38＋0.02",
        "A1",
        "确定",
        "第2页",
        "“192.94”",
    ):
        assert words in text
    ((_, basis),) = annotations(data, 1)
    assert "依据" in basis


def test_one_place_with_two_findings_is_marked_once(make_finding, make_evidence, pdf) -> None:
    place = (make_evidence(suspect=True),)
    hint = make_finding(rule="B2", severity=Severity.INFO, title="另一件事", evidence=place)
    data, count = marked(pdf, hint, make_finding(evidence=place))
    assert count == 1
    text = annotations(data)[0][1]
    assert text.index("项目支出加错") < text.index("另一件事")


@pytest.mark.parametrize("severity", list(Severity))
def test_severity_shows_in_the_colour(make_finding, make_evidence, pdf, severity) -> None:
    one = make_finding(severity=severity, evidence=(make_evidence(2, box=BOX, suspect=True),))
    data, _ = marked(pdf, one)
    red, green, blue = pixels(data, 1).getpixel((int(BOX[0] + 5) * SCALE, int(BOX[1] + 5) * SCALE))
    assert {
        Severity.ERROR: red > green + 80,
        Severity.WARNING: green > blue + 80,
        Severity.INFO: blue > red + 80,
    }[severity]


def test_rounding_is_not_marked_and_waived_is_grey(make_finding, make_evidence, pdf) -> None:
    rounding = make_finding(severity=Severity.INFO, outcome=Outcome.ROUNDING)
    waiver = Waiver("豁免.toml", 1, "A1", "批复如此", "张三", date(2026, 12, 31), row="206")
    waived = Waived(make_finding(evidence=(make_evidence(2, box=BOX, suspect=True),)), waiver)
    data, count = marked(pdf, rounding, waived=[waived])
    assert count == 1
    assert "批复如此（张三，有效至2026-12-31）" in annotations(data, 1)[0][1]
    red, green, blue = pixels(data, 1).getpixel((int(BOX[0] + 5) * SCALE, int(BOX[1] + 5) * SCALE))
    assert red == green == blue < 255
    assert "批复如此" in annotations(data)[0][1]


def test_a_whole_table_gets_a_frame(make_finding, make_evidence, pdf) -> None:
    data, _ = marked(pdf, make_finding(evidence=(make_evidence(2, box=(50.0, 100.0, 400.0, 300.0)),)))
    assert annotations(data, 1)[0][0] == raw.FPDF_ANNOT_SQUARE


@pytest.mark.parametrize("box", [(float("nan"), 0.0, 1.0, 1.0), (5000.0, 5000.0, 5100.0, 5100.0)])
def test_a_place_outside_the_page_is_left_out(make_finding, make_evidence, pdf, box) -> None:
    _, count = marked(pdf, make_finding(evidence=(make_evidence(2, box=box), make_evidence(99))))
    assert count == 0


def test_a_finding_without_place_stands_in_the_note(make_finding, make_evidence, pdf) -> None:
    data, count = marked(pdf, make_finding(title="少一张表", evidence=(make_evidence(None, box=None),)))
    assert count == 0
    ((kind, text),) = annotations(data)
    assert kind == raw.FPDF_ANNOT_TEXT
    assert "少一张表" in text


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted_pdf() -> bytes:
    """A page without text, encrypted with an empty password (PDF 1.4, standard handler, revision 2)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner, permissions, identity = b"\x41" * 32, -44, b"\x00"
    key = hashlib.md5(padding + owner + permissions.to_bytes(4, "little", signed=True) + identity).digest()[
        :5
    ]
    user = rc4(key, padding)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner.hex().encode(), user.hex().encode(), permissions),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + trailer % len(body)


def test_a_file_encrypted_with_an_empty_password(make_finding, make_evidence, tmp_path) -> None:
    path = tmp_path / "加密.pdf"
    path.write_bytes(encrypted_pdf())
    data, count = marked(path, make_finding(evidence=(make_evidence(suspect=True),)))
    assert count == 1
    assert data.startswith(path.read_bytes())
    assert "项目支出加错".encode("utf-16-be") not in data
    assert "项目支出加错" in annotations(data)[0][1]
