"""Lists of projects that run over pages: a merged cell prints its words on one of its pages only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.catalog import load_catalog
from gouji.documents import Cell, Document, Paragraph, Place, Table
from gouji.performance import PerformanceForm
from gouji.reading import read_document

CATALOG = load_catalog()
HEADS = "项目名称|项目总额|绩效目标|一级指标|二级指标|三级指标|本年绩效指标值"
TITLE = "项目支出绩效目标表"


def page(number: int, rows: Sequence[str]) -> list[Paragraph | Table]:
    """A page with the title, the heads and rows of cells; ``3^文字`` reaches over three rows, a cell it covers is left out
    (``-``)."""
    place = Place(number, None, f"第{number}页")
    cells: list[Cell] = []
    for r, row in enumerate([HEADS, *rows]):
        for c, text in enumerate(row.split("|")):
            if text == "-":
                continue
            high, _, words = text.rpartition("^")
            cells.append(Cell(words, r, c, int(high or 1), 1, place, 0))
    return [Paragraph(TITLE, place), Table(len(rows) + 1, HEADS.count("|") + 1, cells, place, ())]


def read(*pages: Sequence[str]) -> list[PerformanceForm]:
    blocks = [block for number, rows in enumerate(pages, start=1) for block in page(number, rows)]
    return read_document(Document(Path("预算.pdf"), "pdf", [], blocks), CATALOG).performance


def indicators(*names: str) -> list[str]:
    return [f"-|-|-|产出指标|数量指标|{name}|5个" for name in names]


def first(name: str, money: str, goal: str, indicator: str, high: int) -> str:
    return f"{high}^{name}|{high}^{money}|{high}^{goal}|产出指标|数量指标|{indicator}|5个"


def told(forms: Sequence[PerformanceForm]) -> list[tuple[str, str, str, list[str]]]:
    return [
        (f.project, f.money[0].amounts["budget"].printed.text if f.money else "", f.goal, [i.name for i in f.indicators])
        for f in forms
    ]  # fmt: skip


def test_a_goal_that_goes_on_on_the_next_page_begins_no_project() -> None:
    forms = read(
        [first("路灯改造", "12.50", "更换老旧路灯，", "路灯", 2), *indicators("灯杆")],
        [first("", "", "方便居民出行。", "电缆", 2), *indicators("配电箱")],
    )
    assert told(forms) == [
        ("路灯改造", "12.50", "更换老旧路灯，方便居民出行。", ["路灯", "灯杆", "电缆", "配电箱"])
    ]


def test_name_and_money_may_stand_on_the_next_page() -> None:
    forms = read(
        [first("绿化养护", "3.00", "养护绿地。", "绿地", 1), first("", "", "更换老旧", "路灯", 2), *indicators("灯杆")],
        [first("路灯改造", "12.50", "路灯。", "电缆", 2), *indicators("配电箱")],
    )  # fmt: skip
    assert told(forms) == [
        ("绿化养护", "3.00", "养护绿地。", ["绿地"]),
        ("路灯改造", "12.50", "更换老旧路灯。", ["路灯", "灯杆", "电缆", "配电箱"]),
    ]


def test_one_name_beside_several_goals_is_that_of_all_of_them() -> None:
    forms = read(
        [first("", "3.00", "甲所办案。", "案件", 2), *indicators("鉴定")],
        [
            f"4^办案经费|2^4.00|2^乙所办案。{'|产出指标|数量指标|案件|6个'}", *indicators("鉴定"),
            "-|2^5.00|2^丙所办案。|产出指标|数量指标|案件|7个", *indicators("鉴定"),
        ],
        [first("", "6.00", "丁所办案。", "案件", 2), *indicators("鉴定"), first("车辆购置", "9.00", "购车。", "车辆", 2), *indicators("保险")],
    )  # fmt: skip
    assert [(project, money) for project, money, _, _ in told(forms)] == [
        ("办案经费", "3.00"), ("办案经费", "4.00"), ("办案经费", "5.00"), ("办案经费", "6.00"), ("车辆购置", "9.00"),
    ]  # fmt: skip


def test_a_name_cut_by_the_page_is_one_name() -> None:
    forms = read(
        [first("11000026T0001-道路信号灯", "8.00", "更换信号灯，", "信号灯", 2), *indicators("灯杆")],
        [first("专用设备采购", "", "改善通行", "控制机", 2), *indicators("电缆"), first("11000026T0002-标线", "2.00", "施划标线。", "标线", 2), *indicators("道路")],
    )  # fmt: skip
    assert [project for project, *_ in told(forms)] == [
        "11000026T0001-道路信号灯专用设备采购",
        "11000026T0002-标线",
    ]


def test_a_new_project_at_the_top_of_a_page_is_a_new_form() -> None:
    forms = read(
        [first("路灯改造", "12.50", "更换老旧路灯", "路灯", 2), *indicators("灯杆")],
        [first("绿化养护", "3.00", "养护绿地", "绿地", 2), *indicators("苗木")],
    )
    assert [(project, len(names)) for project, _, _, names in told(forms)] == [
        ("路灯改造", 2),
        ("绿化养护", 2),
    ]


def test_a_list_without_merged_cells_names_a_project_once() -> None:
    forms = read(
        [
            "路灯改造|12.50|更换路灯。|产出指标|数量指标|路灯|5个", "|||产出指标|数量指标|灯杆|5个", "绿化养护|3.00|养护绿地。|产出指标|数量指标|绿地|5个",
            "|||产出指标|数量指标|苗木|5个",
        ],
    )  # fmt: skip
    assert [(project, names) for project, _, _, names in told(forms)] == [
        ("路灯改造", ["路灯", "灯杆"]),
        ("绿化养护", ["绿地", "苗木"]),
    ]
