"""Wrapped lines become the paragraphs that their writer wrote, below their headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.documents import Box, Document, Page, Paragraph, Place
from gouji.reading.prose import Sort, fold_characters, read_prose

_SIZE = 12.0


def printed(*lines: tuple[float, str], page: int = 1) -> list[Paragraph]:
    """Lines of a page set in 12 points: (indent in characters, text)."""
    width = [sum(0.5 if c.isascii() else 1.0 for c in text) * _SIZE for _, text in lines]
    return [
        Paragraph(
            text,
            Place(
                page, Box(72 + indent * _SIZE, 100 + 20 * n, 72 + indent * _SIZE + width[n], 112 + 20 * n), ""
            ),
        )
        for n, (indent, text) in enumerate(lines)
    ]


def document(*blocks: Paragraph, layout: str = "grid") -> Document:
    pages = sorted({block.place.page for block in blocks if block.place.page})
    return Document(Path("x.pdf"), "pdf", [Page(n, 595, 842) for n in pages], list(blocks), layout)


LINES = (
    (2.0, "二、收入决算情况说明"),
    (2.0, "2024年度收入合计503.88万元，其中：财政拨款收入"),
    (0.0, "361.46万元，占71.74%；上级补助收入0万元，占0%。"),
    (2.0, "其他收入0.21万元。"),
)


def test_wrapped_lines_are_one_passage_below_their_heading() -> None:
    heading, income, other = read_prose(document(*printed(*LINES)))
    assert (heading.sort, heading.level) == (Sort.HEADING, 2)
    assert income.text.endswith("财政拨款收入361.46万元，占71.74%；上级补助收入0万元，占0%。")
    assert income.path == ("二、收入决算情况说明",)
    assert other.text == "其他收入0.21万元。"


def test_a_path_of_accounts_goes_on_up_to_its_level() -> None:
    """艺术表 ends like the title of a table."""
    lines = (
        (2.0, "5、文化旅游体育与传媒支出（类）文化和旅游（款）艺术表"),
        (0.0, "演团体（项）。"),
        (2.0, "年初预算为3.33万元，支出决算为3.42万元。"),
    )
    heading, amounts = read_prose(document(*printed(*lines)))
    assert heading.text.endswith("艺术表演团体（项）。")
    assert amounts.path == (heading.text,)


def test_a_quotation_goes_on_up_to_its_end() -> None:
    """A line that ends early because what follows cannot be parted is no heading."""
    lines = (
        (2.0, "5.“文化旅游体育与传媒支出（类）文化和旅游（款）艺术表演"),
        (0.0, "（项）”科目3.33万元，主要用于演出。"),
    )
    short = [*printed(*lines)]
    box = short[0].place.box
    assert box is not None
    narrow = box._replace(x1=box.x1 - 60)
    short[0] = Paragraph(short[0].text, short[0].place._replace(box=narrow))
    (item,) = read_prose(
        document(*short, *printed((2.0, "6.其他支出没有变动，与上年相同，均为维持日常运转的开支需要。")))
    )[:1]
    assert item.text.endswith("演出。")


def test_a_span_leads_back_to_its_line() -> None:
    _, income, _ = read_prose(document(*printed(*LINES)))
    start = income.text.index("71.74")
    place = income.place("x.pdf", start, start + 5)
    line = printed(*LINES)[2].place.box
    assert line is not None
    assert place.box is not None
    assert place.box[1] == line.y0
    assert line.x0 < place.box[0] < place.box[2] < line.x1


def test_a_sentence_goes_on_over_a_page_number() -> None:
    first = printed(
        (2.0, "与上年相比，财政拨款支出增加71.24万元，增长"),
        (0.0, "30.58%，主要原因是单位承担的业务项目比上年增"),
    )
    second = printed((0.0, "加，收支相应增加。"), page=2)
    number = Paragraph("- 20 -", Place(1, Box(280, 800, 310, 812), ""))
    assert [p.text[-9:] for p in read_prose(document(*first, number, *second))] == ["加，收支相应增加。"]


def test_rows_of_a_table_without_a_grid_are_no_headings() -> None:
    lines = ["一、一般公共预算财政拨款收入 1 361.46 一、一般公共服务支出 32", "二、外交支出\t33"]
    blocks = [Paragraph(text, Place(None, None, f"第{n}行")) for n, text in enumerate(lines, 1)]
    assert {p.sort for p in read_prose(document(*blocks, layout="flat"))} == {Sort.SCRAP}


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第三部分 2024年度部门决算情况说明", 1),
        ("（一）“三公”经费总体情况说明。", 3),
        ("1、教育支出（类）进修及培训（款）培训支出（项）。", 4),
        ("一、财政拨款收入：指本年度取得的财政拨款", 0),
        ("2.86万元用于参加培训", 0),
        ("1.支出预算减少1226.81万元", 0),
    ],
)
def test_headings_are_told_from_sentences(line: str, level: int) -> None:
    (passage,) = read_prose(document(Paragraph(line, Place(None, None, "")), layout="flat"))
    assert passage.level == level


def test_folding_keeps_every_offset() -> None:
    text = "（２０２４）年，“三公”占３．５％①—"
    assert len(fold_characters(text)) == len(text)
    assert fold_characters(text).startswith("(2024)年，“三公”占3.5%")


@pytest.mark.parametrize(
    "lines",
    [
        # Western commas: lines that end with a figure are no rows of a table.
        (
            "经汇总 , 2024 年 政 府 采 购 预 算 51230.5 元 , 同 比 增 加",
            "1230.5 元, 增长 2.46%。其中: 货物采购预算 41230.5",
            "元,占 80.48%,工程采购预算 0 元,服务采购预算 10000",
            "元,占政府采购预算的 19.52%,均为市本级统一安排的。",
        ),
        # A cause that was announced stands on the next line.
        (
            "公务接待费支出 2.50 万元，比上年减少 0.50 万元，下降",
            "16.67%，与全年预算相差不大。减少的主要原因是：",
            "本年度外地来访的团组比上年少，接待标准也有所下调。",
        ),
    ],
    ids=["commas", "cause"],
)
def test_lines_of_one_width_are_one_paragraph(lines: tuple[str, ...]) -> None:
    blocks = [Paragraph(text, Place(None, None, f"第{n}行")) for n, text in enumerate(lines, 1)]
    assert len(read_prose(document(*blocks, layout="flat"))) == 1
