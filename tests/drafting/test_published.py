"""What a published budget states, before it becomes lines."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.drafting.published import stated_facts
from gouji.facts import Fact, fact
from printed_tables import grid, line, read


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def wan_yuan(catalog: Catalog, title: str, rows: list[str]) -> dict[Fact, str]:
    """The facts of one table, in 万元."""
    reading = read(
        catalog, line("2026年某局部门预算公开", 1), line(title, 1), line("单位：万元", 1), grid(rows, 1)
    )
    return {of: f"{stated.amount / 1_000_000:.2f}" for of, stated in stated_facts([reading], ()).items()}


def test_projects_listed_body_by_body_are_projects_of_the_whole_without_their_groups(
    catalog: Catalog,
) -> None:
    facts = wan_yuan(catalog, "部门项目支出表", [
        "单位名称|项目名称|合计",
        "|合计|60.00",
        "甲中心|一类|50.00",
        "甲中心|修缮|20.00",
        "甲中心|设备|30.00",
        "乙中心|修缮|10.00",
    ])  # fmt: skip
    named = {of.member("pro_code"): amount for of, amount in facts.items() if of.member("pro_code")}
    assert named == {"修缮": "30.00", "设备": "30.00"}


def test_the_same_amounts_one_after_another_are_no_group(catalog: Catalog) -> None:
    facts = wan_yuan(
        catalog, "部门项目支出表", ["项目名称|合计", "合计|30.00", "修缮|10.00", "设备|10.00", "培训|10.00"]
    )
    assert {of.member("pro_code") for of in facts} == {None, "修缮", "设备", "培训"}


def test_a_doubted_figure_leaves_its_fact_to_other_places(catalog: Catalog) -> None:
    reading = read(
        catalog, line("2026年某局部门预算公开", 1), line("部门支出总表", 1), line("单位：万元", 1),
        grid(["科目编码|科目名称|合计|基本支出|项目支出", "|合计|30.00|10.00|20.00"], 1),
    )  # fmt: skip
    (whole,) = [w for w in reading.witnesses if w.fact == fact("expenditure")]
    assert fact("expenditure") in stated_facts([reading], ())
    assert fact("expenditure") not in stated_facts([reading], {whole})
