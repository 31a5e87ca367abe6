"""Where a figure comes from, told row by row for a body and body by body for a department."""

from __future__ import annotations

from gouji.registers.book import Source
from gouji.writing.origins import origins


def row(number: int, body: str = "") -> Source:
    return Source(f"{body}/登记簿.xlsx" if body else "登记簿.xlsx", "支出", number, body)


def test_a_body_names_its_rows_each_once() -> None:
    assert origins([row(3), row(2), row(3)]) == ["支出第3行", "支出第2行"]


def test_a_department_says_whose_row_it_is() -> None:
    assert origins([row(3, "某中心"), row(4, "某中心")]) == ["某中心：支出第3行", "某中心：支出第4行"]


def test_what_several_bodies_make_up_names_them_and_the_rows_of_the_department_itself() -> None:
    transfer = Source("登记簿.xlsx", "内部转移", 2)
    assert origins([row(3, "本级"), row(3, "某中心"), row(4, "某中心"), transfer]) == [
        "本级",
        "某中心",
        "内部转移第2行",
    ]
