"""Files that bind the disclosures of several bodies: what two bodies state is never one fact."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check
from gouji.documents import Paragraph, Table
from gouji.facts import fact
from gouji.reading import Reading
from printed_tables import grid, line, read


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def tables(first_page: int, total: str, basic: str, project: str, body: str = "") -> list[Paragraph | Table]:
    heads = "科目编码|科目名称|合计|基本支出|项目支出"
    edges = (10.0, 50.0, 150.0, 200.0, 250.0, 300.0)
    blocks: list[Paragraph | Table] = []
    for offset, title in enumerate(("支出决算表", "一般公共预算财政拨款支出决算表")):
        page = first_page + offset
        blocks += [line(title, page), line(f"部门：{body}  单位：万元" if body else "单位：万元", page)]
        blocks += [
            grid(
                [heads, f"|合计|{total}|{basic}|{project}", f"205|教育支出|{total}|{basic}|{project}"],
                page,
                edges,
            )
        ]
    page = first_page + 2
    blocks += [line("财政拨款“三公”经费支出决算表", page), line("单位：万元", page)]
    return [
        *blocks,
        grid(["预算数|预算数|决算数|决算数", "合计|公务接待费|合计|公务接待费", "1.00|1.00|1.00|1.00"], page),
    ]


def volume(catalog: Catalog, second: str, *, caption: str = "") -> Reading:
    return read(
        catalog,
        line("某市教育局2024年度部门决算", 1), *tables(2, "30.00", "10.00", "20.00"),
        line("支出决算为30.00万元。", 4),
        *([line(second, 5)] if second else []), *tables(6, "9.00", "4.00", "5.00", caption),
        line("第三部分 情况说明", 9), line("2024年度支出合计9.00万元，其中基本支出4.00万元。", 9),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("second", "caption", "body"),
    [
        ("某市第一中学2024年度单位决算", "", "某市第一中学"),
        ("", "某市第一中学", "某市第一中学"),
        ("某市教育局2024年度单位决算", "", "某市教育局（本级）"),
    ],
)
def test_each_body_has_its_own_facts(catalog: Catalog, second: str, caption: str, body: str) -> None:
    reading = volume(catalog, second, caption=caption)
    assert reading.scope.body == "某市教育局"
    found = {w.fact: w.printed.text for w in reading.witnesses}
    assert found[fact("expenditure", nature="basic")] == "10.00"
    assert found[fact("expenditure", nature="basic", agency_code=body)] == "4.00"
    told = {s.fact for s in reading.statements if s.passage.place(reading.file).page == 9}
    assert fact("expenditure", nature="basic", agency_code=body) in told
    assert [f for f in check([reading], catalog).findings if f.severity == "error"] == []


def test_a_title_said_again_begins_no_volume(catalog: Catalog) -> None:
    reading = volume(catalog, "某市教育局2024年度部门决算情况说明")
    assert not any(w.fact is not None and w.fact.member("agency_code") for w in reading.witnesses)
