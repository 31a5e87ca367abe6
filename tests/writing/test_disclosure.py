"""Filling the forms: which rows stand in them, what is printed, and what an empty form says."""

from __future__ import annotations

from collections import defaultdict

from sample_book import BODY, composed, entries, entry, table

from gouji.facts import Fact
from gouji.writing import Disclosure, Table


def codes(table: Table) -> list[str]:
    return [cell.text for cell in table.cells if cell.spot.role == "code"]


def printed(table: Table) -> list[str]:
    return [cell.text for cell in table.amounts]


def test_nine_forms_in_the_order_of_their_numbers(disclosure: Disclosure) -> None:
    assert [table.form.number for table in disclosure.tables] == [
        f"公开0{number}表" for number in range(1, 10)
    ]
    assert disclosure.title == f"{BODY}2024年度单位决算公开表"


def test_a_coded_form_has_the_codes_of_its_own_concept_with_those_above(disclosure: Disclosure) -> None:
    revenue, spent = codes(table(disclosure, "revenue")), codes(table(disclosure, "expenditure"))
    assert revenue[:3] == ["205", "20508", "2050803"]
    assert "205" not in spent
    assert spent == sorted(spent)
    assert "2060801" not in codes(table(disclosure, "general_expenditure")), "only other funds paid for it"


def test_a_fund_form_takes_rows_from_revenue_expenditure_and_carryover() -> None:
    for concept in ("revenue", "expenditure", "carryover_begin"):
        found = composed(
            [entry(concept, "1", 2, exp_func_code="2121501", fund_type_code="gov_fund", nature="project")]
        )
        assert codes(table(found, "gov_fund")) == ["212", "21215", "2121501"]
        assert codes(table(found, "state_capital")) == []


def test_the_same_fact_is_printed_the_same_everywhere(disclosure: Disclosure) -> None:
    texts: dict[Fact, set[str]] = defaultdict(set)
    for form in disclosure.tables:
        for cell in form.amounts:
            if cell.spot.fact is not None:
                texts[cell.spot.fact].add(cell.text)
    # Nothing is nothing, whether a form prints a zero for it or leaves it blank.
    assert all(len(found) == 1 or found == {"", "0"} for found in texts.values())
    assert len(texts) > 300


def test_amounts_are_rounded_half_up_and_blanks_stay_blank() -> None:
    found = composed(
        [
            entry("revenue", "50", 2, exp_func_code="2060301", fund_type_code="general"),
            entry("revenue", "149.99", 3, exp_func_code="2060302", fund_type_code="other"),
            entry("revenue", "-50", 4, exp_func_code="2060303", fund_type_code="business"),
        ]
    )
    summary = table(found, "revenue_expenditure_summary")
    by_label = {row[0].text: row[2].text for row in summary.rows() if len(row) > 2}
    assert by_label["一、一般公共预算财政拨款收入"] == "0.01"
    assert by_label["八、其他收入"] == "0.01"
    assert by_label["五、事业收入"] == "-0.01"
    assert by_label["六、经营收入"] == ""


def test_an_empty_form_prints_its_value_in_the_total_row_and_says_why(disclosure: Disclosure) -> None:
    funds = table(disclosure, "gov_fund")
    assert printed(funds) == ["0"] * 6
    assert funds.notes[-1] == f"说明：{BODY}无政府性基金收支，故本表无数据。"
    assert len(table(disclosure, "expenditure").notes) == 1


def test_a_form_of_2020_leaves_an_empty_table_blank_and_says_why() -> None:
    old = composed(entries(), year=2020)
    assert printed(table(old, "gov_fund")) == [""] * 6
    (note,) = table(old, "gov_fund").notes
    assert "政府性基金" in note
    assert note.endswith("本表无数据。")


def test_a_body_name_is_one_line_without_control_characters() -> None:
    assert composed([], " 某\n单\x00位\u3000（\x0b本级）\ufffe ").body == "某 单位 （ 本级）"


def test_a_code_without_a_name_is_told() -> None:
    found = composed([entry("revenue", "1", 2, exp_func_code="2069977", fund_type_code="general")])
    assert found.unnamed == ("2069977",)
