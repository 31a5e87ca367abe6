"""One disclosure saved as text, in the ways programs do it: what is clean stays clean, and no figure is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import Severity, check
from gouji.documents import Paragraph
from gouji.documents.opening import open_document
from gouji.facts import Status
from gouji.reading import Reading, read_document
from gouji.writing.publication import PAGE, PORTABLE


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def lines_of_pages(built: Path) -> str:
    """The lines of the PDF, page after page, page numbers between them."""
    pages = pdfium.PdfDocument(built / PORTABLE)
    return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages)


def a_cell_a_line(built: Path) -> Iterator[str]:
    """Every paragraph and every cell on a line of its own, as an export to plain text leaves them."""
    for block in open_document(built / PAGE).blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.col)))


def read_back(text: str, folder: Path, catalog: Catalog) -> Reading:
    path = folder / "公开.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(open_document(path), catalog)


def defects(reading: Reading, catalog: Catalog) -> list[tuple[str, str]]:
    return [
        (finding.rule, finding.title)
        for finding in check([reading], catalog).findings
        if finding.severity is not Severity.INFO
    ]


def figures(reading: Reading) -> Counter[str]:
    """What its tables print with decimals."""
    return Counter(w.printed.text for w in reading.witnesses if "." in w.printed.text)


def test_the_lines_of_the_pages_are_placed_and_clean(built: Path, tmp_path: Path, catalog: Catalog) -> None:
    whole = read_document(open_document(built / PAGE), catalog)
    reading = read_back(lines_of_pages(built), tmp_path, catalog)
    assert defects(reading, catalog) == []
    assert figures(reading) == figures(whole)
    assert sum(w.status is not Status.BOUND for w in reading.witnesses) * 20 < sum(figures(whole).values())


@pytest.mark.parametrize("blanks", [True, False], ids=["blanks kept", "blanks dropped"])
def test_cells_on_lines_of_their_own_accuse_nobody(
    built: Path, tmp_path: Path, catalog: Catalog, blanks: bool
) -> None:
    whole = read_document(open_document(built / PAGE), catalog)
    lines = [line for line in a_cell_a_line(built) if line or blanks]
    reading = read_back("\n".join(lines), tmp_path, catalog)
    assert defects(reading, catalog) == []
    assert figures(reading) == figures(whole), "figures that cannot be placed are kept all the same"


def test_a_text_without_tables_is_checked(tmp_path: Path, gouji: object) -> None:
    text = "某市科学技术局2024年度部门决算\n第三部分 决算情况说明\n一、收入支出决算总体情况说明\n2024年度收入总计300.00万元，与上年200.00万元相比，减少100.00万元，增长50%。\n"
    path = tmp_path / "说明.txt"
    path.write_text(text, encoding="utf-8")
    run = gouji("check", path)  # type: ignore[operator]
    assert run.code == 1
    assert "GJ4" in run.out
