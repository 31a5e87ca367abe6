"""Slips of character recognition are put right by the relations around them, marked, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import Severity, check_document
from gouji.checking.repair import repair, slips
from gouji.documents import Box, Cell, Document, Page, Paragraph, Place, Recognition, Table
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
            unsure = (row - 1, col) in doubted
            recognition = Recognition(shown, 60 if unsure else 99, DOUBT if unsure else "")
            cells.append(Cell(shown, row, col, 1, 1, place, recognition=recognition if scanned else None))
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


def repaired(reading: Reading) -> list[Witness]:
    return [witness for witness in reading.witnesses if witness.status is Status.REPAIRED]


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


def test_a_lost_point_is_doubted_however_sure_the_recognition(catalog: Catalog) -> None:
    reading = read(catalog, {(3, 3): "150352"}, doubted=set())
    assert cell(reading, (3, 3)).status is Status.DOUBTFUL
    assert "小数位数" in cell(reading, (3, 3)).why
    assert [w.printed.text for w in repaired(repair(reading, catalog))] == ["1503.52"]


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


def test_a_doubted_code_makes_its_row_doubtful_but_not_repairable(catalog: Catalog) -> None:
    after = repair(read(catalog, {(3, 3): "1,508.52"}, doubted={(3, 0)}), catalog)
    witness = cell(after, (3, 3))
    assert (witness.status, witness.printed.text) == (Status.DOUBTFUL, "1,508.52")
    assert "编码“2010601”" in witness.why


def test_pages_with_text_are_left_alone(catalog: Catalog) -> None:
    reading = read(catalog, {(3, 3): "1,508.52"}, scanned=False)
    assert repair(reading, catalog) is reading


def test_what_rests_on_a_doubted_figure_is_no_error(catalog: Catalog) -> None:
    misread = {(3, 3): "9,999.99"}
    for doubted, severity in ((set(), Severity.ERROR), ({(3, 3)}, Severity.WARNING)):
        _, found = check_document(repair(read(catalog, misread, doubted=doubted), catalog), catalog)
        (finding,) = [
            finding
            for finding in found
            if finding.severity in (Severity.ERROR, severity) and finding.rule < "GJ5"
        ]
        assert finding.severity is severity
        assert ("文字识别没有把握" in finding.undecided) == bool(doubted)
        assert any(place.status == "doubtful" for place in finding.evidence) == bool(doubted)


def test_a_doubted_witness_elsewhere_leaves_errors_alone(catalog: Catalog) -> None:
    _, found = check_document(repair(read(catalog, {(3, 3): "9,999.99"}, doubted={(5, 2)}), catalog), catalog)
    assert any(finding.severity is Severity.ERROR for finding in found)


def test_ink_that_cannot_be_read_is_no_blank(catalog: Catalog) -> None:
    """A sum with an unread figure is not checked; neither does a figure that is none get lost."""
    for shown in ("", "1,5?3..52"):
        reading = repair(read(catalog, {(3, 3): shown}), catalog)
        witness = cell(reading, (3, 3))
        assert witness.status is Status.DOUBTFUL
        assert witness.recognition is not None
        assert witness.recognition.text == shown
        document, found = check_document(reading, catalog)
        assert not [finding for finding in found if finding.severity is Severity.ERROR]
        assert any("2010601" in what and "对照原件" in why for what, why in document.coverage.not_checked)


def test_the_account_lists_what_was_repaired_and_what_is_doubtful(catalog: Catalog) -> None:
    reading = repair(read(catalog, {(3, 3): "1,508.52", (7, 3): "833.39"}), catalog)
    document, found = check_document(reading, catalog)
    assert [(place.status, place.quote) for place in document.recognised] == [
        ("repaired", "1,503.52"), ("doubtful", "833.39"),
    ]  # fmt: skip
    assert "识别为“1,508.52”" in document.recognised[0].note
    (table,) = document.tables
    assert (table.repaired, table.doubtful, table.numeric - table.bound) == (1, 1, 0)
    assert not [finding for finding in found if finding.severity is Severity.ERROR]


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
