"""The PDF as a reader opens it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from sample_book import BODY

from gouji.writing import Disclosure, TypesetError, typeset

pytestmark = pytest.mark.usefixtures("faces")


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_each_form_fits_one_page_with_its_heading(disclosure: Disclosure) -> None:
    found = pages(typeset(disclosure))
    assert len(found) == 10
    for table, text in zip(disclosure.tables, found[1:], strict=True):
        lines = text.split("\r\n")
        assert lines[0] == table.form.title
        assert lines[1] == table.form.number
        assert lines[2] == f"部门：{BODY} 单位：万元"
        for note in table.notes:
            assert note in text.replace("\r\n", "")
    assert found[3].rstrip().endswith("4 / 10")


def test_the_cover_says_whose_and_when_and_lists_the_forms(disclosure: Disclosure) -> None:
    lines = pages(typeset(disclosure))[0].split("\r\n")
    assert lines[:3] == [BODY, "2024年度单位决算公开表", "目录"]
    assert [line.partition(" ")[0].rstrip(".") for line in lines[3:] if line] == disclosure.contents
    assert lines[5].endswith("4")


def test_a_long_table_repeats_its_head_on_every_page(crowded: Disclosure) -> None:
    found = pages(typeset(crowded))
    start = next(number for number, text in enumerate(found) if text.startswith("支出决算表"))
    end = next(number for number, text in enumerate(found) if text.startswith("财政拨款收入支出决算总表"))
    assert end - start >= 3
    for text in found[start:end]:
        assert "功能分类科目编码" in text
        assert "对附属单位补助支出" in text
        assert "栏次 1 2 3 4 5 6" in text
    assert "公开03表" not in found[start + 1]


def test_the_largest_amounts_stay_on_one_line(crowded: Disclosure) -> None:
    assert any("2970000.00" in text for text in pages(typeset(crowded)))


def test_wide_forms_lie_on_their_side(disclosure: Disclosure) -> None:
    document = pypdfium2.PdfDocument(typeset(disclosure))
    wide = [page.get_width() > page.get_height() for page in document]
    assert wide == [False, False, True, False, True, False, True, False, False, True]


def test_nothing_leaves_the_page_or_its_column(disclosure: Disclosure, crowded: Disclosure) -> None:
    for found in (disclosure, crowded):
        for page in pypdfium2.PdfDocument(typeset(found)):
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert left >= 39
                assert right <= page.get_width() - 39
                assert bottom >= 15
                assert top <= page.get_height() - 30


def test_the_document_says_what_and_whose_it_is(disclosure: Disclosure) -> None:
    metadata = pypdfium2.PdfDocument(typeset(disclosure)).get_metadata_dict()
    assert (metadata["Title"], metadata["Author"]) == (disclosure.title, BODY)
    assert metadata["CreationDate"].startswith("D:20241231")


def test_what_was_set_does_not_stay_in_memory(crowded: Disclosure) -> None:
    def held() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    if not Path("/proc/self/statm").is_file():
        pytest.skip("这个系统不提供进程的内存用量，没有测试")
    typeset(crowded)
    before = held()
    for number in range(4):
        typeset(replace(crowded, body=f"第{number}单位"))
    assert held() - before < 40_000_000


def test_a_character_that_the_typefaces_lack_is_told(disclosure: Disclosure) -> None:
    with pytest.raises(TypesetError, match=r"字体里没有“𠮷”（U\+20BB7）这个字"):
        typeset(replace(disclosure, body="示例𠮷中心"))
