"""Shanghai's nine tables from the registers of another province: the heads that bodies there print, and no defect."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gouji.catalog import Catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.facts import fact
from gouji.reading import Reading, read_document
from gouji.registers import Workspace, read_workspace
from gouji.writing import Disclosure, disclose, webpage


def of_shanghai(workspace: Workspace, catalog: Catalog, forms: str = "shanghai-budget") -> Disclosure:
    return disclose(replace(workspace, settings=replace(workspace.settings, forms=forms)), catalog)


@pytest.fixture(scope="module")
def disclosure(budget_example: Path, catalog: Catalog) -> Disclosure:
    return of_shanghai(read_workspace(budget_example, catalog), catalog)


def columns(reading: Reading) -> dict[str, list[str]]:
    """The heads of the columns of each table, as read."""
    return {
        table.kind.id: list(
            dict.fromkeys(w.column for w in table.witnesses if w.lane == table.witnesses[-1].lane)
        )
        for table in reading.tables
    }


def test_the_heads_are_those_that_a_body_published(
    disclosure: Disclosure, shared: Path, catalog: Catalog, tmp_path: Path
) -> None:
    (tmp_path / "built.html").write_bytes(webpage(disclosure))
    ours = read_document(open_document(tmp_path / "built.html"), catalog)
    theirs = read_document(open_document(shared / "corpus" / "putuo-ys2025-office-unit.pdf"), catalog)
    assert [table.title for table in ours.tables] == [table.title for table in theirs.tables]
    assert len(ours.tables) == 9
    plain = {
        kind: [head.replace("（", "(").replace("）", ")") for head in heads]
        for kind, heads in columns(ours).items()
    }
    assert plain == columns(theirs)
    assert [table.unit for table in ours.tables] == [table.unit for table in theirs.tables]


def test_money_by_function_is_what_it_pays_for(disclosure: Disclosure) -> None:
    rows = [[cell.text for cell in row if cell.text] for row in disclosure.tables[1].rows()]
    assert ["206", "03", "02", "社会公益研究", "2,139,000.00", "1,079,000.00", "1,060,000.00"] in rows
    assert rows[-1] == ["合计", "4,377,900.00", "3,077,900.00", "1,300,000.00"]


def test_rows_without_anything_are_left_out_and_numbers_follow(disclosure: Disclosure) -> None:
    labels = [
        cell.text for cell in disclosure.tables[0].cells if cell.spot.role == "label" and cell.spot.col == 2
    ]
    assert [label for label in labels if label] == [
        "一、科学技术支出", "二、社会保障和就业支出", "三、卫生健康支出", "四、住房保障支出", "支出总计",
    ]  # fmt: skip
    assert "2025年无政府性基金" in disclosure.tables[5].notes[0]


def test_only_an_organ_has_operating_costs(budget_example: Path, catalog: Catalog) -> None:
    book = read_workspace(budget_example, catalog).book
    assert book.figure(fact("agency_operation")) is None
    book.view = type(book.view)(organ=True)  # type: ignore[call-arg, misc, assignment]
    amount = book.figure(
        fact("expenditure", fund_type_code="general", nature="basic", expense_group="public")
    )
    book._known.clear()
    assert book.figure(fact("agency_operation")) == amount


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("财政专户管理资金", "财政专户管理资金收入"),
        ("上级补助收入", "上级补助收入"),
        ("附属单位上缴收入", "附属单位上缴收入"),
    ],
)
def test_a_rare_source_of_revenue_has_a_column_where_there_is_any(
    source: str, head: str, budget_example: Path, catalog: Catalog, tmp_path: Path
) -> None:
    """And it is read back from it."""
    shutil.copytree(budget_example, tmp_path / "b")
    workbook = openpyxl.load_workbook(tmp_path / "b" / "登记簿.xlsx")
    for sheet, row in (
        ("收入预算", (source, "本年", 50000)),
        ("支出预算", ("2060302", "项目支出", source, "本年", "30227", "50502", "委托业务", 50000)),
    ):
        workbook[sheet].append(row)
    workbook.save(tmp_path / "b" / "登记簿.xlsx")
    settings = tmp_path / "b" / "单位.toml"
    text = settings.read_text(encoding="utf-8")
    for old, new in (
        ('"表样" = "hunan-2025-budget"', '"表样" = "shanghai-budget"'),
        ('"说明文本" = "hunan-2025-budget"', '"说明文本" = "shanghai-budget"'),
        ('"../hunan-2024"', '""'),
    ):
        assert old in text, old
        text = text.replace(old, new)
    settings.write_text(text, encoding="utf-8")
    found = disclose(read_workspace(tmp_path / "b", catalog), catalog)
    heads = [cell.text for cell in found.tables[1].cells if cell.spot.role == "head"]
    assert [
        label for label in ("财政专户管理资金收入", "上级补助收入", "附属单位上缴收入") if label in heads
    ] == [head]
    (tmp_path / "built.html").write_bytes(webpage(found))
    result = check([read_document(open_document(tmp_path / "built.html"), catalog)], catalog)
    assert not [finding for finding in result.findings if finding.severity != "info"]
