"""Forms pasted as text with tabs: a spreadsheet leaves merged cells blank, a browser leaves them out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gouji.checking.check import check_document
from gouji.documents.opening import open_document
from gouji.reading import Reading, read_document

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import CATALOG

SHEET = """项目支出绩效自评表
项目名称\t\t校车运营\t\t\t\t\t\t
项目资金（万元）\t\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t\t年度资金总额\t80\t80\t76\t10\t95%\t9.5
\t\t其中：当年财政拨款\t60\t60\t57\t—\t95%\t—
\t\t其他资金\t20\t20\t19\t—\t95%\t—
年度总体目标\t预期目标\t\t\t\t实际完成情况\t\t\t
\t校车按时运行\t\t\t\t校车运行正常\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析
\t产出指标（50分）\t数量指标\t指标1：校车数量\t≥30辆\t31辆\t20\t20\t
\t\t\t指标2：线路数量\t≥12条\t12条\t10\t10\t
\t\t\t……\t\t\t\t\t
\t\t质量指标\t指标1：准点率\t≥95%\t96%\t20\t20\t
\t效益指标（30分）\t社会效益指标\t指标1：乘车学生\t≥2000人\t1900人\t30\t28.5\t转学
\t满意度指标（10分）\t满意度指标\t指标1：家长满意度\t≥90%\t93%\t10\t10\t
总分\t\t\t\t\t\t100\t98\t
"""
MERGED = {  # The cells of each row that are merged away, by column: with the one above, or with the one at their left.
    1: (1, 3, 4, 5, 6, 7, 8), 2: (1,), 3: (0, 1), 4: (0, 1), 5: (0, 1), 6: (2, 3, 4, 6, 7, 8), 7: (0, 2, 3, 4, 6, 7, 8),
    9: (0,), 10: (0, 1, 2), 11: (0, 1, 2), 12: (0, 1), 13: (0,), 14: (0,), 15: (1, 2, 3, 4, 5),
}  # fmt: skip


def browser(text: str = SHEET) -> str:
    """The same as a browser pastes it."""
    lines = [line.split("\t") for line in text.splitlines()]
    return "\n".join(
        "\t".join(cell for col, cell in enumerate(cells) if col not in MERGED.get(row, ()))
        for row, cells in enumerate(lines)
    )


def read(folder: Path, text: str) -> Reading:
    path = folder / "自评.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(open_document(path), CATALOG)


@pytest.mark.parametrize("text", [SHEET, browser()])
def test_rows_stand_under_their_heads_again(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    [form] = reading.performance
    assert form.placed
    assert [
        (i.level, i.category, i.name, i.target.text, i.score and i.score.text) for i in form.indicators
    ] == [
        ("output", "quantity", "校车数量", "≥30辆", "20"),
        ("output", "quantity", "线路数量", "≥12条", "10"),
        ("output", "quality", "准点率", "≥95%", "20"),
        ("benefit", "social", "乘车学生", "≥2000人", "28.5"),
        ("satisfaction", "served", "家长满意度", "≥90%", "10"),
    ]
    total = form.money_row("total")
    assert total is not None
    assert total.amounts["spent"].printed.text == "76"
    assert not check_document(reading, CATALOG)[1]


@pytest.mark.parametrize("text", [SHEET, browser()])
def test_what_is_wrong_is_found_all_the_same(tmp_path: Path, text: str) -> None:
    wrong = text.replace("96%\t20\t20", "96%\t20\t21")
    found = {f.rule for f in check_document(read(tmp_path, wrong), CATALOG)[1]}
    assert "GJ804" in found
    found = {f.rule for f in check_document(read(tmp_path, text.replace("100\t98", "100\t99")), CATALOG)[1]}
    assert "GJ803" in found


def test_nothing_is_checked_where_marks_stand_under_other_heads(tmp_path: Path) -> None:
    cut = browser().replace("\t28.5\t转学", "\t转学")
    reading = read(tmp_path, cut)
    [form] = reading.performance
    assert not form.placed
    document, found = check_document(reading, CATALOG)
    assert not [f for f in found if f.rule.startswith("GJ8")]
    assert any("合并单元格" in why for _, why in document.coverage.not_checked)
