"""支出总计 below columns of 人员经费, 公用经费 and 项目支出, in a list that states no 本年支出合计."""

from __future__ import annotations

import pytest

from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.facts import Outcome
from gouji.reading import read_document
from papers import paper

CATALOG = load_catalog()
HEADS = [
    ["本年收入", "本年收入", "本年支出", "本年支出", "本年支出", "本年支出", "本年支出"],
    ["项目", "预算数", "项目", "合计", "基本支出", "基本支出", "项目支出"],
    ["项目", "预算数", "项目", "合计", "人员经费", "公用经费", "项目支出"],
]
ROWS = [
    ["一、财政拨款收入", "900.00", "一、科学技术支出", "700.00", "300.00", "100.00", "300.00"],
    ["二、事业收入", "80.00", "二、社会保障和就业支出", "250.00", "250.00", "", ""],
    ["三、其他收入", "20.00", "三、住房保障支出", "50.00", "50.00", "", ""],
    ["收入总计", "1000.00", "支出总计", "1000.00", "600.00", "100.00", "300.00"],
]


def found(rows: list[list[str]]) -> tuple[list[str], dict[str, dict[Outcome, int]]]:
    document = paper(
        "某市科学技术局2024年单位预算", [("2024年预算单位财务收支预算总表", [*HEADS, *rows])], "说明"
    )
    result = check([read_document(document, CATALOG, "x.docx")], CATALOG)
    counted = {rule: dict(counts) for rule, counts in result.documents[0].coverage.by_rule.items()}
    told = [f"{f.evidence[0].quote}→{f.expected}" for f in result.findings if f.outcome is Outcome.VIOLATED]
    return told, counted


def test_rows_and_columns_of_such_a_list_stand_in_relations() -> None:
    told, counted = found(ROWS)
    assert not told
    assert counted["GJ118"] == {Outcome.EXACT: 4}
    assert counted["GJ117"] == {Outcome.EXACT: 4}
    assert counted["GJ119"] == {Outcome.EXACT: 1}


@pytest.mark.parametrize(
    ("row", "column", "text", "right"),
    [
        (3, 4, "660.00", "600.00"),
        (3, 6, "330.00", "300.00"),
        (1, 4, "520.00", "250.00"),
        (0, 6, "30.00", "300.00"),
    ],
)
def test_one_wrong_figure_is_one_finding(row: int, column: int, text: str, right: str) -> None:
    rows = [list(own) for own in ROWS]
    rows[row][column] = text
    told, _ = found(rows)
    assert told == [f"{text}→{right}"]
