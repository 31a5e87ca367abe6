"""Forms with a column for each category whose cells stand beside their heads."""

from __future__ import annotations

from pathlib import Path

from gouji.catalog import load_catalog
from gouji.reading.performance_aligned import aligned
from gouji.reading.performance_piece import Head

WORDING = load_catalog().performance
HEADS = [
    Head(id, float(col), float(col + 1), "")
    for col, id in enumerate(["economic_cost", "social_cost", "quantity", "quality", "timeliness", "economic",
                              "social", "ecological", "lasting", "served"], start=7)
]  # fmt: skip


def ids(*cells: tuple[int, str]) -> list[tuple[str, str]]:
    return [(place.level, place.head.id if place.head else "") for place in aligned(cells, HEADS, WORDING)]


def test_cells_beside_one_that_names_its_category() -> None:
    assert ids((7, "总成本不超过预算"), (10, "讲座3场；展览2场"), (11, "报告达标"), (12, "完成及时率≥90%")) == [
        ("cost", "economic_cost"), ("output", "quantity"), ("output", "quality"), ("output", "timeliness"),
    ]  # fmt: skip


def test_between_two_levels_only_the_level_is_sure() -> None:
    places = ids((12, "完成及时率≥90%"), (16, "助力产业发展"), (17, "可以复制"), (18, "用户满意度≥95%"))
    assert places[1:3] == [("benefit", ""), ("benefit", "")]
    assert places[3] == ("satisfaction", "served")


def test_cells_that_contradict_each_other_tell_nothing() -> None:
    assert ids((9, "群众满意度≥95%"), (18, "完成及时率≥90%")) == [("", ""), ("", "")]


def test_a_real_form(shared: Path) -> None:
    """Cost, output and satisfaction are certain, of the two cells of benefits only the level is."""
    from gouji.documents.opening import open_document  # noqa: PLC0415
    from gouji.reading import read_document  # noqa: PLC0415

    path = next((shared / "corpus").glob("001_*.txt"))
    forms = read_document(open_document(path), load_catalog()).performance
    rows = [indicator for form in forms for indicator in form.indicators]
    assert len(rows) == 53
    assert all(row.level for row in rows)
    assert {row.level for row in rows if not row.category} == {"benefit"}
    assert sum(not row.category for row in rows) == 19
