"""Totals of lists of projects and purchases against the rows that they list."""

from __future__ import annotations

import pytest

from gouji.catalog import Catalog, load_catalog
from gouji.checking import check
from gouji.reading import Reading
from printed_tables import grid, line, read


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def accused(reading: Reading, catalog: Catalog) -> list[str]:
    return [
        f"{f.rule} {f.title} {f.expected}" for f in check([reading], catalog).findings if f.severity != "info"
    ]


@pytest.mark.parametrize(
    ("purchases", "wrong"),
    [(("6.00", "3.87", "28.00"), False), (("6.00", "3.78", "28.00"), True), (("6.00", "3.87", "82.00"), True),
     (("6.00", "3.87", "2.50"), False)],
)  # fmt: skip
def test_the_only_sum_of_a_list_is_broken_by_a_slip_not_by_what_is_left_out(
    catalog: Catalog, purchases: tuple[str, ...], wrong: bool
) -> None:
    """37.87 is no sum of 6.00, 3.87 and 2.50, but others may simply not be listed."""
    rows = [
        f"{name}|{amount}" for name, amount in zip(("计算机", "复印机", "运行维护"), purchases, strict=True)
    ]
    reading = read(
        catalog, line("2024年政府采购预算表", 1), line("单位：万元", 1),
        grid(["采购项目名称|预算金额", "合计|37.87", *rows], 1),
    )  # fmt: skip
    assert any(told.startswith("GJ121") for told in accused(reading, catalog)) is wrong


@pytest.mark.parametrize(("amount", "wrong"), [("39.87", False), ("38.97", True)])
def test_a_heading_that_names_the_function_is_the_sum_of_its_projects(
    catalog: Catalog, amount: str, wrong: bool
) -> None:
    reading = read(
        catalog, line("表3-2 一般公共预算项目支出预算表", 1), line("单位：万元", 1),
        grid([
            "项目|项目|项目|项目|项目|金额", "科目编码|科目编码|科目编码|单位代码|单位名称（科目）|金额",
            "类|款|项|单位代码|单位名称（科目）|金额", "||||合计|107.83", "||||一般行政管理事务|57.85",
            f"201|08|02|241001|系统运维|{amount}", "201|08|02|241001|业务用车购置|17.98",
            "||||审计业务|49.98", "201|08|04|241001|审计专项|49.98",
        ], 1),
    )  # fmt: skip
    told = accused(reading, catalog)
    assert any(one.startswith("GJ121") and one.endswith("39.87") for one in told) is wrong
    assert bool(told) is wrong
