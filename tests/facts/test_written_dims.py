"""Dimensions in one text come back as they were, whatever a body calls its projects."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gouji.facts import read_dims, write_dims

names = st.sampled_from(["nature", "pro_code", "agency_code"])


@given(st.lists(st.tuples(names, st.text(st.characters(exclude_categories=["Cs"]), min_size=1)), max_size=4))
def test_what_was_written_is_read(pairs: list[tuple[str, str]]) -> None:
    assert read_dims(write_dims(pairs)) == pairs


def test_a_semicolon_stands_after_a_backslash() -> None:
    assert write_dims([("pro_code", "调研;宣传")]) == "pro_code=调研\\;宣传"
    assert read_dims("nature=basic;pro_code=一") == [("nature", "basic"), ("pro_code", "一")]
