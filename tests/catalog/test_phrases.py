"""The phrases are held to their language: what is wrong in a file is said with the file and the entry."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.catalog import CatalogError, load_catalog
from gouji.catalog.phrase_files import phrase_sets
from gouji.catalog.phrase_language import PhraseError, condition, operand, parse

DIMENSIONS = load_catalog().dimensions


def phrases(**changes: Any) -> dict[str, Any]:
    """A small good file, with changes."""
    return {
        "id": "small",
        "title": "小样",
        "valid_from": 2024,
        "source": "示例",
        "measures": {"spent": {"concept": "expenditure", "title": "支出"}},
        "words": {"more": ["少", "平", "多"]},
        "phrases": {"compared": [{"when": "known x.prior", "text": "{more x}{change x}"}, "不详"]},
        "sections": [{"id": "one", "heading": "支出", "clauses": ["支出{spent}，{> compared spent}。"]}],
        "parts": [{"id": "all", "title": "说明", "holds": "sections", "sections": ["one"]}],
    } | changes


def load(**changes: Any) -> Any:
    return phrase_sets({"phrases/small.toml": phrases(**changes)}, DIMENSIONS)


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"sections": [{"id": "one", "heading": "支出", "clauses": [{"text": text} | more]}]}


def test_a_good_file_is_loaded() -> None:
    (small,) = load()
    assert small.parts[0].sections[0].id == "one"
    assert small.valid(2024)
    assert not small.valid(2023)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (section("{nobody}"), "sections.one: there is no measure 'nobody'"),
        (section("{spent.someday}"), "unknown suffix 'someday'"),
        (section("{share spent}"), "share takes two measures"),
        (section("{> lost spent}"), "there is no phrase 'lost'"),
        (section("{fewer spent}"), "there is no command or set of words 'fewer'"),
        (section("{spent"), "braces do not pair"),
        (section("{cause 支出 sometime}"), "cause takes a subject and one of"),
        (section("{names all}"), "there is no list 'all'"),
        (section("x", each="stars"), "there is no loop 'stars'"),
        (section("x", when="perhaps spent"), "'perhaps spent' is not a condition"),
        (section("x", when="spent < lost"), "there is no measure 'lost'"),
        (section("x", colour="red"), "unknown keys ['colour']"),
        ({"words": {"more": ["少", "多"]}}, "words.more: three words are wanted"),
        ({"measures": {"spent": {"concept": "expenditure"}}}, "measures.spent: lacks"),
        (
            {"measures": {"spent": {"concept": "expenditure", "title": "支出", "dims": {"nature": "odd"}}}},
            "measures.spent: unknown dimension member nature=odd",
        ),
        ({"parts": []}, "no part lists the section 'one'"),
        ({"inherits": "nothing"}, "inherits 'nothing', which does not exist"),
        ({"source": ""}, "lacks “source”"),
        ({"shape": 1}, "unknown keys ['shape']"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_entry(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(CatalogError) as caught:
        load(**changes)
    assert str(caught.value).startswith("phrases/small.toml: ")
    assert told in str(caught.value)


def test_a_set_inherits_section_by_section() -> None:
    other = {
        "id": "other", "title": "另样", "valid_from": 2025, "source": "示例", "inherits": "small", "place": "某地",
        "sections": [{"id": "one", "heading": "花费"}],
    }  # fmt: skip
    _, second = phrase_sets({"phrases/small.toml": phrases(), "phrases/other.toml": other}, DIMENSIONS)
    (one,) = second.parts[0].sections
    assert one.heading == ("花费",)
    assert one.clauses


def test_local_phrases_are_only_taken_when_asked_for() -> None:
    catalog = load_catalog()
    for year in (2020, 2024, 2030):
        assert not catalog.phrase_set(year).place
    assert catalog.phrase_set(2020).id != catalog.phrase_set(2024).id
    local = next(phrases for phrases in catalog.phrases_of("final_accounts") if phrases.place)
    assert catalog.phrase_set(2024, local.id) is local
    with pytest.raises(CatalogError, match="没有名为“无此”的说明文本"):
        catalog.phrase_set(2024, "无此")


def test_the_language() -> None:
    assert parse("甲{body}乙") == ("甲", parse("{body}")[0], "乙")
    assert operand("spent.prior").suffixes == ("prior",)
    (first, second) = condition("not zero x and x < y")
    assert (first.command, first.negated) == ("zero", True)
    assert (second.command, second.words) == ("<", ("x", "y"))
    with pytest.raises(PhraseError):
        parse("{}")
