"""Slips of character recognition are put right by the relations around them, marked, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking.repair import repair, repaired, slips
from gouji.documents import Box, Cell, Document, Page, Paragraph, Place, Table
from gouji.facts import Status, Witness
from gouji.reading import Reading, read_document

HEAD = [
    "科目编码",
    "科目名称",
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
]
ROWS = [
    ["", "合计", "2,940.05", "2,336.91", "603.14", "", "", ""],
    ["201", "一般公共服务支出", "2,106.66", "1,503.52", "603.14", "", "", ""],
    ["20106", "财政事务", "2,106.66", "1,503.52", "603.14", "", "", ""],
    ["2010601", "行政运行", "1,511.89", "1,503.52", "8.37", "", "", ""],
    ["2010602", "一般行政管理事务", "594.77", "", "594.77", "", "", ""],
    ["208", "社会保障和就业支出", "833.39", "833.39", "", "", "", ""],
    ["20805", "行政事业单位养老支出", "833.39", "833.39", "", "", "", ""],
    ["2080501", "行政单位离退休", "833.39", "833.39", "", "", "", ""],
]
DOUBT = "识别把握只有60%"

Spot = tuple[int, int]
"""Row and column in ROWS."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(
    catalog: Catalog, misread: Mapping[Spot, str], doubted: set[Spot] | None = None, *, scanned: bool = True
) -> Reading:
    """The table above with some cells misread; the misread ones are doubted unless ``doubted`` says which."""
    doubted = set(misread) if doubted is None else doubted
    cells = []
    for row, texts in enumerate([HEAD, *ROWS]):
        for col, text in enumerate(texts):
            shown = misread.get((row - 1, col), text)
            place = Place(1, Box(col * 80, 100 + row * 20, col * 80 + 80, 120 + row * 20), "第1页")
            doubt = DOUBT if (row - 1, col) in doubted else ""
            cells.append(Cell(shown, row, col, 1, 1, place, doubt=doubt))
    edges = tuple(float(col * 80) for col in range(len(HEAD) + 1))
    table = Table(len(ROWS) + 1, len(HEAD), cells, Place(1, Box(0, 100, 640, 300), "第1页"), edges)
    above = [
        Paragraph(text, Place(1, Box(0, 10 + 20 * line, 400, 25 + 20 * line), "第1页"))
        for line, text in enumerate(("2024年度部门决算", "支出决算表", "单位：万元"))
    ]
    page = Page(1, 842, 595, scanned=scanned)
    return read_document(Document(Path("scan.pdf"), "scan", [page], [*above, table]), catalog)


def cell(reading: Reading, spot: Spot) -> Witness:
    code, name, *_ = ROWS[spot[0]]
    row = [w for w in reading.witnesses if w.row_code == code and (code or w.row_label == name)]
    (found,) = [w for w in row if w.place.box is not None and w.place.box[0] == spot[1] * 80]
    return found


def test_the_table_itself_is_sound(catalog: Catalog) -> None:
    reading = read(catalog, {})
    assert cell(reading, (3, 3)).printed.text == "1,503.52"
    after = repair(reading, catalog)
    assert not repaired(after)
    assert {w.status for w in after.witnesses} == {Status.BOUND}


@pytest.mark.parametrize(
    ("spot", "misread"),
    [
        ((3, 3), "1,508.52"),  # 8 for 3
        ((3, 3), "1,603.52"),  # 6 for 5
        ((3, 3), "7,503.52"),  # 7 for 1
        ((3, 3), "150352"),  # the point lost
        ((2, 2), "-2,106.66"),  # a minus added
        ((4, 4), "594.7"),  # one of two equal digits lost
        ((0, 2), "2,948.05"),
    ],
)
def test_a_slip_is_put_right_and_marked(catalog: Catalog, spot: Spot, misread: str) -> None:
    after = repair(read(catalog, {spot: misread}), catalog)
    witness = cell(after, spot)
    assert (witness.status, witness.printed.value) == (
        Status.REPAIRED, cell(read(catalog, {}), spot).printed.value,
    )  # fmt: skip
    assert f"识别为“{misread}”" in witness.why
    assert repaired(after) == [witness]


def test_two_slips_in_different_rows(catalog: Catalog) -> None:
    after = repair(read(catalog, {(3, 4): "3.37", (7, 2): "838.39"}), catalog)
    assert [w.printed.text for w in repaired(after)] == ["8.37", "833.39"]


def test_what_was_read_surely_is_never_changed(catalog: Catalog) -> None:
    """It may be a misprint of the document; the check has to report it."""
    reading = read(catalog, {(3, 3): "1,508.52"}, doubted=set())
    after = repair(reading, catalog)
    assert not repaired(after)
    assert cell(after, (3, 3)).printed.text == "1,508.52"
    assert cell(after, (3, 3)).status is Status.BOUND


def test_what_cannot_be_decided_stays_and_is_marked(catalog: Catalog) -> None:
    """1,503.52 is not taken for 9,999.99: nothing says what is printed."""
    after = repair(read(catalog, {(3, 3): "9,999.99"}), catalog)
    witness = cell(after, (3, 3))
    assert (witness.status, witness.printed.text) == (Status.DOUBTFUL, "9,999.99")
    assert DOUBT in witness.why


def test_a_cent_that_rounding_allows_is_left_alone(catalog: Catalog) -> None:
    after = repair(read(catalog, {(0, 2): "2,940.06"}), catalog)
    assert cell(after, (0, 2)).status is Status.DOUBTFUL


def test_a_doubted_figure_that_agrees_stays_as_it_is(catalog: Catalog) -> None:
    after = repair(read(catalog, {}, doubted={(3, 3)}), catalog)
    assert not repaired(after)
    assert cell(after, (3, 3)).status is Status.DOUBTFUL


def test_pages_with_text_are_left_alone(catalog: Catalog) -> None:
    reading = read(catalog, {(3, 3): "1,508.52"}, scanned=False)
    assert repair(reading, catalog) is reading


def test_nothing_is_changed_in_the_reading_given(catalog: Catalog) -> None:
    reading = read(catalog, {(3, 3): "1,508.52"})
    repair(reading, catalog)
    assert cell(reading, (3, 3)).printed.text == "1,508.52"


@pytest.mark.parametrize(
    ("printed", "recognised"),
    [("83.06", "33.06"), ("10.00", "1000"), ("11.00", "1.00"), ("-5.00", "5.00"), ("1.00", "11.00")],
)
def test_slips_lead_back(printed: str, recognised: str) -> None:
    assert printed in set(slips(recognised))
