"""Words before a figure as other places have them, and the fact that they state."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.catalog import load_catalog
from gouji.checking.check import check_document
from gouji.documents import Document, Paragraph, Place
from gouji.facts import Fact
from gouji.reading import read_document

COVERS = {"accounts": "某市科学技术局2024年度部门决算", "budget": "某市科学技术局2024年部门预算"}


def facts(line: str, heading: str, kind: str = "accounts") -> list[Fact | None]:
    lines = (COVERS[kind], "第三部分 情况说明", heading, line)
    blocks = [Paragraph(text, Place(None, None, f"第{number}段")) for number, text in enumerate(lines, 1)]
    reading = read_document(Document(Path("x.docx"), "docx", [], list(blocks)), load_catalog())
    return [statement.fact for statement in reading.statements]


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("车辆运行费", "vehicle_operation"),
        ("公务用车运行支出", "vehicle_operation"),
        ("公务接待费用", "reception"),
        ("因公出国支出", "abroad"),
        ("公务车购置", "vehicle_purchase"),
        ("公务用车购置费和运行维护费", "vehicle"),
    ],
)
def test_items_of_sangong(words: str, item: str) -> None:
    (fact,) = facts(f"{words}3.21万元，用于日常工作。", "七、“三公”经费支出情况说明")
    assert fact is not None
    assert (fact.concept, fact.member("sangong_item")) == ("sangong", item)


@pytest.mark.parametrize("words", ["教育支出类科目", "教育支出（类）", "教育类支出", "教育（类）支出"])
def test_functional_classes(words: str) -> None:
    (fact, *_) = facts(f"{words}580.61元，占支出总预算82.27%。", "三、部门支出总体情况说明", "budget")
    assert fact is not None
    assert fact.member("exp_func_code") == "205"


def test_an_economic_class_may_be_called_spending() -> None:
    heading = "六、一般公共预算财政拨款基本支出决算情况说明"
    facts_ = facts("基本支出中，对个人和家庭的补助支出55.81万元。", heading)
    assert [fact.member("dep_bgt_eco_code") for fact in facts_ if fact is not None] == ["303"]


def test_people_belong_to_the_batches_outside_brackets() -> None:
    line = "2024年公务接待共15批次（其中外事接待0批次），105人次（其中外事接待0人次）。"
    told = facts(line, "七、“三公”经费支出情况说明")
    assert [fact and fact.concept for fact in told] == ["reception_batches", None, "reception_people", None]


def test_more_money_is_no_new_delegation() -> None:
    line = "因公出国（境）费支出0万元，与上年相比，增加0万元。2024年因公出国（境）团组0个，累计0人次。"
    told = facts(line, "七、“三公”经费支出情况说明")
    assert [fact and fact.concept for fact in told] == ["sangong", None, "trip_groups", "trip_people"]


def test_a_class_is_named_with_its_stage() -> None:
    line = "教育支出年初预算数为60.00万元，决算数为72.00万元，完成年初预算的120.00%。"
    told = facts(line, "三、财政拨款支出决算情况说明")
    assert [fact and (fact.member("exp_func_code"), fact.member("stage")) for fact in told] == [
        ("205", "initial"), ("205", None), None,
    ]  # fmt: skip


def test_what_is_named_last_of_a_list_is_all_of_it() -> None:
    line = "基本支出100.00万元。其中：基本工资、津贴补贴等人员经费支出80.00万元，办公费、印刷费等公用经费20.00万元。"
    told = facts(line, "三、支出决算情况说明")
    assert [fact and fact.member("dep_bgt_eco_code") for fact in told] == [None, "personnel", "public"]
    (_, some) = facts("办公费、印刷费等支出5.00万元，其他支出3.00万元。", "三、支出决算情况说明")
    assert some is None or "dep_bgt_eco_code" not in dict(some.dims)


@pytest.mark.parametrize(
    ("name", "short"),
    [("平江县青石镇人民政府", "青石镇"), ("平江县人民代表大会常务委员会", "平江县人大常委会")],
)
def test_a_body_is_called_by_its_short_name(name: str, short: str) -> None:
    lines = (
        f"{name}2024年度部门决算",
        "七、“三公”经费支出情况说明",
        f"{short}2024年“三公”经费决算数共计35.50万元。",
    )
    blocks = [Paragraph(text, Place(None, None, f"第{number}段")) for number, text in enumerate(lines, 1)]
    reading = read_document(Document(Path("x.docx"), "docx", [], list(blocks)), load_catalog())
    assert [s.fact and s.fact.concept for s in reading.statements] == ["sangong"]


def rules(line: str) -> set[str]:
    catalog = load_catalog()
    blocks = [
        Paragraph(text, Place(None, None, f"第{n}段")) for n, text in enumerate(("项目绩效自评报告", line))
    ]
    reading = read_document(Document(Path("x.docx"), "docx", [], list(blocks)), catalog)
    return {finding.rule for finding in check_document(reading, catalog)[1]}


def test_what_was_done_with_the_whole_is_no_part_of_it() -> None:
    told = "共收到公用经费资金6.44万元，其中：中央资金5.28万元，省级资金{0}万元，实际拨付使用6.38万元。"
    assert "GJ413" not in rules(told.format("1.16"))
    assert "GJ413" in rules(told.format("1.66"))


def test_a_rate_of_completion_is_one_of_money_only_where_money_is_named() -> None:
    told = "全年预算数为200万元，执行数为179.43万元，完成预算的89.7%。{0}达到100%。"
    assert "GJ416" not in rules(told.format("活动完成率"))
    assert "GJ416" in rules(told.replace("89.7", "98.7").format("活动完成率"))
    assert "GJ416" in rules("全年预算数为200万元，执行数为179.43万元，预算完成率100%。")
