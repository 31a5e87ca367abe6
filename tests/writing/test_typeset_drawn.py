"""A long table that is drawn looks and reads like one that the typesetter lays out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_department
from gouji.writing import Disclosure, disclose_department, typeset, typeset_drawn

CATALOG = load_catalog()
OVER_ALL_PAGES, DARK = 3, 200


pytestmark = pytest.mark.usefixtures("faces")


@pytest.fixture(scope="module")
def department(department_example: Path) -> Disclosure:
    return disclose_department(read_department(department_example, CATALOG), CATALOG)


def both(disclosure: Disclosure, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    """As the typesetter lays it out, and drawn."""
    laid_out = typeset(disclosure)
    monkeypatch.setattr(typeset_drawn, "MANY", 0)
    return laid_out, typeset(disclosure)


def ink(pdf: bytes) -> list[set[tuple[int, int]]]:
    """The dark places of each page, as parts of a grid coarser than the width of a line."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=1, grayscale=True).to_numpy() < DARK
        rows, columns = picture.nonzero()
        found.append({(int(row) // 3, int(column) // 3) for row, column in zip(rows, columns, strict=True)})
    return found


def around(dark: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Places and their neighbours."""
    near = (-1, 0, 1)
    return {(row + below, column + beside) for row, column in dark for below in near for beside in near}


@pytest.mark.parametrize("which", ["crowded", "department"])
def test_the_pages_look_the_same(
    which: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out, drawn = both(request.getfixturevalue(which), monkeypatch)
    assert b"pdfaid:conformance>A<" in laid_out
    assert b"pdfaid:conformance>B<" in drawn
    before, after = ink(laid_out), ink(drawn)
    assert len(before) == len(after) > OVER_ALL_PAGES
    for one, other in zip(before, after, strict=True):
        assert one <= around(other)
        assert other <= around(one)


def test_a_drawn_department_reads_back_the_same(
    department: Disclosure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readings = []
    for number, pdf in enumerate(both(department, monkeypatch)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(pdf)
        readings.append(read_document(open_document(path), CATALOG))
    stated = [
        [
            (table.title, w.row, w.column, w.fact, w.printed)
            for table in reading.tables
            for w in table.witnesses
        ]
        for reading in readings
    ]
    assert stated[0] == stated[1]
    assert check(readings[1:], CATALOG).findings == []
