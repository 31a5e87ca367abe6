"""Legacy workbooks: what Excel displays, from real containers.

``data/tables.xls`` was written with xlwt and saved by LibreOffice: formats, a formula, merged cells, and hidden
rows, columns and sheets. Damaged ones are made from it.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tiling import tiles

from gouji.documents import Table, UnreadableFile
from gouji.documents.ole2 import root_streams
from gouji.documents.opening import find_format, open_document
from gouji.documents.xls import read_xls

DATA = Path(__file__).parent / "data" / "tables.xls"


@pytest.fixture(scope="module")
def table() -> Table:
    (found,) = read_xls(DATA).tables
    return found


def text(table: Table, ref: str) -> str:
    (found,) = [cell.text for cell in table.cells if cell.place.ref == f"公开01!{ref}"]
    return found


@pytest.mark.parametrize(
    ("ref", "shown"),
    [
        ("A1", "收入支出决算总表"),
        ("B3", "1"),
        ("C3", "1,234,567.01"),  # stored 1234567.005, shown with two decimals
        ("C4", "236.63"),  # stored 236.63000000000002, no format
        ("C6", "66.67%"),
        ("C7", "1,234,803.64"),  # a formula: its stored result
        ("C8", "2024年8月1日"),
        ("A9", "TRUE"),
        ("B9", "(5.00)"),
    ],
)
def test_values_are_shown_as_excel_shows_them(table: Table, ref: str, shown: str) -> None:
    assert text(table, ref) == shown


def test_merged_cells_and_indents(table: Table) -> None:
    assert tiles(table)
    assert table.cells[0].col_span == 3
    assert [cell.indent for cell in table.cells if cell.text == "基本支出"] == [4]


def test_hidden_rows_columns_and_sheets_are_left_out_and_said(table: Table) -> None:
    assert table.name == "公开01"
    assert not {"隐藏", "藏列"} & {cell.text for cell in table.cells}
    notices = read_xls(DATA).notices
    assert any("备用" in notice for notice in notices)
    assert any("隐藏行" in notice for notice in notices)


def test_the_name_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "公开.pdf"
    shutil.copyfile(DATA, path)
    assert find_format(path) == "xls"
    assert open_document(path).format == "xls"


def test_streams_are_those_of_the_root() -> None:
    assert "Workbook" in root_streams(DATA.read_bytes())
    assert root_streams(b"") == root_streams(DATA.read_bytes()[:600]) == set()


def test_damaged_workbooks_say_so_in_one_sentence(tmp_path: Path) -> None:
    """Cut off and with bits flipped: read, or refused, never anything else."""
    whole = DATA.read_bytes()
    chance = random.Random(20241121)
    path = tmp_path / "damaged.xls"
    reasons = []
    for number in range(150):
        content = bytearray(whole)
        for _ in range(1 + number % 8):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content if number % 3 else content[: chance.randrange(8, len(content))])
        try:
            open_document(path)
        except UnreadableFile as error:
            reasons.append(error.reason)
    assert reasons
    assert all(reason and "\n" not in reason for reason in reasons)
