"""Chinese lines: as wide as allowed, numbers whole, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gouji.reports.wrapping import clip, wrap

TEXTS = st.text(st.sampled_from("一般公共预算，。；“”（）《》 12.5%ABc/…·😀\u0301"), max_size=120)


@given(TEXTS, st.integers(4, 60))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_number_and_its_unit_stay_together():
    assert wrap("合计相差2961.38万元", 12) == ["合计相差", "2961.38万元"]
    assert wrap("合计 2,961.68", 10) == ["合计", "2,961.68"]


def test_marks_stand_where_they_belong():
    assert wrap("收入总计，支出", 8) == ["收入总", "计，支出"]
    assert wrap("收入总《支出表》", 8) == ["收入总", "《支出", "表》"]


def test_an_overlong_run_is_cut():
    assert wrap("A" * 25, 10) == ["A" * 10, "A" * 10, "A" * 5]
    assert wrap("", 10) == [""]


@given(TEXTS, st.integers(6, 60))
def test_clip(text, width):
    clipped = clip(text, width)
    assert cell_len(clipped) <= width
    assert clipped == text or clipped.endswith("……")
