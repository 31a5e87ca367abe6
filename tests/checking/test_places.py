"""Whole disclosures in the forms of several provinces: each table known, each figure placed, nothing found that is not
there, and one slip found where it was made."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import places
from gouji.catalog import Catalog, load_catalog
from gouji.checking import CheckResult, Finding, Severity, check
from gouji.documents.opening import open_document
from gouji.facts import Fact, Presence, Status, fact
from gouji.reading import Reading, read_document


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def reading(text: str, tmp_path: Path, catalog: Catalog) -> Reading:
    path = tmp_path / "公开.html"
    path.write_text(places.as_page(text), encoding="utf-8")
    return read_document(open_document(path), catalog)


def defects(result: CheckResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity is not Severity.INFO]


# Rows whose meaning is not known, by the words they print: named here so that no other is left.
LEFT = {
    "PLAIN_LISTS": {"其他财政收入", "日常运转类项目", "政策性项目"},
}  # fmt: skip
TABLES = {
    "DETAILED": 13, "BODY_CODES": 12, "YEARS_COMPARED": 9, "PLAIN_LISTS": 8, "NUMBERED_LINES": 4, "FLOWS": 5,
    "SIX_DECIMALS": 6,
}  # fmt: skip


@pytest.mark.parametrize("form", TABLES)
def test_every_table_is_known_and_every_figure_placed(form: str, tmp_path: Path, catalog: Catalog) -> None:
    read = reading(getattr(places, form), tmp_path, catalog)
    assert len(read.tables) == TABLES[form]
    assert read.unrecognised == []
    figures = [w for w in read.tables for w in w.witnesses if w.printed.presence is Presence.NUMBER]
    assert {w.row_label for w in figures if w.status is not Status.BOUND} == LEFT.get(form, set())


@pytest.mark.parametrize("form", TABLES)
def test_a_consistent_disclosure_has_no_finding(form: str, tmp_path: Path, catalog: Catalog) -> None:
    assert defects(check([reading(getattr(places, form), tmp_path, catalog)], catalog)) == []


SLIPS = [
    ("DETAILED", "财政拨款支出决算明细表", "|302|<|商品和服务支出|43.00|38.00|", "|302|<|商品和服务支出|43.00|83.00|"),
    ("DETAILED", "国有资本经营预算财政拨款收入支出决算表", "|合计||5.00|5.00||5.00|", "|合计||5.00|50.00||5.00|"),
    ("BODY_CODES", "一般公共预算支出预算表", "|小学教育|80.00|72.00|8.00", "|小学教育|80.00|27.00|8.00"),
    ("BODY_CODES", "一般公共预算基本支出预算表", "|住房公积金|18.00|18.00|", "|住房公积金|81.00|18.00|"),
    ("YEARS_COMPARED", "一般公共预算支出表", "|3900.00|4100.00|2100.00|2000.00|", "|3900.00|4100.00|1200.00|2000.00|"),
    ("PLAIN_LISTS", "一般公共预算支出情况表（按功能分类科目）", "|检察|350.00|250.00|", "|检察|350.00|205.00|"),
    ("NUMBERED_LINES", "部门预算财政拨款“三公”经费支出表", "|6|三、公务接待费|1.00|1.00||", "|6|三、公务接待费|1.00|11.00||"),
    ("FLOWS", "一般公共预算财政拨款收入支出决算表", "|96.00|70.00|26.00|95.00|", "|96.00|70.00|62.00|95.00|"),
    ("FLOWS", "一般公共预算财政拨款“三公”经费情况表", "|“三公”经费支出|1|6.00|5.20", "|“三公”经费支出|1|6.00|2.50"),
    ("SIX_DECIMALS", "支出预算总表", "|6400.000000|6000.500000|", "|6400.000000|6005.000000|"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "table", "right", "wrong"), SLIPS)
def test_one_slip_is_found_in_its_table(  # noqa: PLR0917
    form: str, table: str, right: str, wrong: str, tmp_path: Path, catalog: Catalog
) -> None:
    before, title, after = getattr(places, form).rpartition(f"\n{table}\n")
    assert right in after
    slipped = before + title + after.replace(right, wrong, 1)
    found = defects(check([reading(slipped, tmp_path, catalog)], catalog))
    assert any(table in finding.title for finding in found), [finding.title for finding in found]


def test_most_single_figures_are_watched(tmp_path: Path, catalog: Catalog) -> None:
    """One figure of every table after another, raised by one: what stands in no relation is the exception."""
    text = places.NUMBERED_LINES
    figures = [m for m in re.finditer(r"(?<=\|)\d+\.\d\d(?=\||$)", text, re.MULTILINE) if Decimal(m.group())]
    for match in figures[::9]:
        raised = f"{text[: match.start()]}{Decimal(match.group()) + 1}{text[match.end() :]}"
        assert defects(check([reading(raised, tmp_path, catalog)], catalog)), match.group()


def stated(read: Reading, title: str) -> dict[Fact | None, str]:
    table = next(table for table in read.tables if table.title == title)
    return {w.fact: w.printed.text for w in table.witnesses if w.printed.presence is Presence.NUMBER}


def test_the_body_of_a_code_is_not_the_name_beside_it(tmp_path: Path, catalog: Catalog) -> None:
    read = reading(places.BODY_CODES, tmp_path, catalog)
    basic = stated(read, "一般公共预算基本支出预算表")
    assert (
        basic[fact("expenditure", fund_type_code="general", nature="basic", dep_bgt_eco_code="30108")]
        == "40.00"
    )


def test_a_rate_is_no_amount(tmp_path: Path, catalog: Catalog) -> None:
    read = reading(places.YEARS_COMPARED, tmp_path, catalog)
    assert "5.13" not in stated(read, "一般公共预算支出表").values()


def test_an_unknown_item_is_no_body(tmp_path: Path, catalog: Catalog) -> None:
    text = places.NUMBERED_LINES.replace("公务用车购置及运维费", "车辆方面的花费")
    read = reading(text, tmp_path, catalog)
    (table,) = [table for table in read.tables if table.kind.id == "sangong"]
    assert not any(w.fact is not None and w.fact.member("agency_code") for w in table.witnesses)
    assert defects(check([read], catalog)) == []


def test_a_heading_of_dashes_contradicts_no_figure(tmp_path: Path, catalog: Catalog) -> None:
    read = reading(places.FLOWS, tmp_path, catalog)
    listed = stated(read, "财政拨款“三公”经费、行政参公单位机关运行经费情况表")
    assert listed[fact("sangong", stage="final")] == "5.20"


def test_names_of_classes_without_codes_are_understood(tmp_path: Path, catalog: Catalog) -> None:
    listed = stated(reading(places.PLAIN_LISTS, tmp_path, catalog), "支出总体情况表")
    assert listed[fact("expenditure", nature="basic", dep_bgt_eco_code="301")] == "256.00"
