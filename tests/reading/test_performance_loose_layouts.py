"""Performance forms as offices type them: labels with their words in one cell or above the table, levels printed once,
numbers beside names, totals in one cell, lists of scores; as web pages, workbooks and Word files alike."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import docx
import pytest
import typst
import xlsxwriter
from lxml import html

from gouji.checking.check import check_document
from gouji.checking.result import Severity
from gouji.documents.opening import open_document
from gouji.reading import Reading, read_document
from gouji.writing.fonts import fonts

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_performance_forms import CATALOG, table

HEADS = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分"
ROWS = (
    "产出指标|数量指标|运维设施数|18座|18座|60|60", "效益指标|生态效益指标|出水达标率|≥95%|97%|20|20", "满意度指标|服务对象满意度指标|村民满意度|≥85%|92%|10|10",
)  # fmt: skip
TITLE = "<p>项目支出绩效自评表</p>"
ONE_CELL = TITLE + table(
    "7>项目名称：污水处理设施运维", "4>主管部门：生态环境分局|3>实施单位：环境监控中心", "2^项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分".replace("2^", ""),
    "年度资金总额|300|300|291|10|97%|9.7", HEADS, *ROWS, "7>总分：99.7分",
)  # fmt: skip
ABOVE = (
    TITLE + "<p>项目名称：污水处理设施运维　　主管部门：生态环境分局 单位：万元</p>" + table(HEADS, *ROWS, "5>合计|90|90")
)  # fmt: skip
BLANK = TITLE + table(
    "项目名称|6>图书下乡", HEADS, "产出指标|数量指标|配送图书|≥8000册|8100册|40|40", "||配送次数|≥12次|12次|20|20", "|质量指标|图书合格率|100%|100%|10|10",
    "效益指标|社会效益指标|借阅增长率|≥5%|7%|20|20", "满意度指标|服务对象满意度指标|村民满意度|≥90%|95%|10|10", "5>总分|100|100",
)  # fmt: skip
NUMBERED = "<p>项目支出绩效目标表</p>" + table(
    "2>项目名称|4>灯会", "3^绩效指标|一级指标|二级指标|2>三级指标|指标值", "产出指标|数量指标|指标1：|灯组数量|≥30组", "满意度指标|服务对象满意度指标|指标1：|游客满意度|≥90%",
)  # fmt: skip
UNITS_BELOW = TITLE + table(
    "项目名称|8>灯会", "2^一级指标|2^二级指标|2^三级指标|2>年度指标值|2>实际完成值|2^分值|2^得分", "指标值|单位|完成值|单位",
    "产出指标|数量指标|灯组数量|≥30|组|34|组|60|60", "满意度指标|服务对象满意度指标|游客满意度|≥90|%|95|%|40|40", "7>总分|100|100",
)  # fmt: skip
HEADS_AGAIN = TITLE + table("项目名称|6>污水处理", HEADS, ROWS[0], HEADS, *ROWS[1:], "5>总分|90|90")
SUBTOTALS = TITLE + table("项目名称|6>污水处理", HEADS, ROWS[0], "5>小计|60|60", *ROWS[1:], "5>小计|30|30", "5>总分|90|90")  # fmt: skip
MOVED_TOTAL = TITLE + table("项目名称|7>污水处理", HEADS + "|偏差原因", *(f"{row}|" for row in ROWS), "6>总分|90|90")  # fmt: skip
LISTED = "<p>2024年度项目支出绩效自评结果汇总表</p>" + table(
    "序号|项目名称|主管部门|全年预算数|全年执行数|执行率|自评得分|自评等级", "1|图书采购|文旅局|90.00|88.20|98.00%|97.5|优", "2|场馆维护|文旅局|45.00|36.00|80.00%|86|良",
)  # fmt: skip
LABELS_ONLY = TITLE + table(
    "项目名称|基层党建", "实施单位|组织部", "预算数（万元）|20.00", "执行数（万元）|19.00", "执行率|95%", "自评得分|96", "自评等级|优", "存在问题|归档不及时",
)  # fmt: skip
ALL = (
    ONE_CELL,
    ABOVE,
    BLANK,
    NUMBERED,
    UNITS_BELOW,
    HEADS_AGAIN,
    SUBTOTALS,
    MOVED_TOTAL,
    LISTED,
    LABELS_ONLY,
)


def placed(grid: html.HtmlElement) -> list[tuple[int, int, int, int, str]]:
    """The cells of a table: row, column, height, width, text."""
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, int, int, str]] = []
    for row, line in enumerate(grid.iter("tr")):
        col = 0
        for cell in line.iter("td"):
            while (row, col) in taken:
                col += 1
            high, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + down, col + right) for down in range(high) for right in range(wide)}
            cells.append((row, col, high, wide, cell.text_content()))
            col += wide
    return cells


def write_page(file: Path, body: str) -> None:
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")


def write_workbook(file: Path, body: str) -> None:
    book = xlsxwriter.Workbook(str(file))
    sheet, top = book.add_worksheet("自评"), 0
    for part in html.fragment_fromstring(body, create_parent="div"):
        cells = [(0, 0, 1, 1, part.text_content())] if part.tag == "p" else placed(part)
        for row, col, high, wide, text in cells:
            if high * wide > 1:
                sheet.merge_range(top + row, col, top + row + high - 1, col + wide - 1, text)
            else:
                sheet.write_string(top + row, col, text)
        top += 1 + max(row for row, *_ in cells)
    book.close()


def write_paper(file: Path, body: str) -> None:
    paper = docx.Document()
    for part in html.fragment_fromstring(body, create_parent="div"):
        if part.tag == "p":
            paper.add_paragraph(part.text_content())
            continue
        cells = placed(part)
        rows, cols = max(r + h for r, _, h, _, _ in cells), max(c + w for _, c, _, w, _ in cells)
        grid = paper.add_table(rows, cols)
        for row, col, high, wide, text in cells:
            first = grid.cell(row, col)
            (first.merge(grid.cell(row + high - 1, col + wide - 1)) if high * wide > 1 else first).text = text
    paper.save(str(file))


def write_print(file: Path, body: str) -> None:
    """Pages so low that every form breaks at least once."""
    lines = [
        "#set page(width: 595pt, height: 300pt, margin: 36pt)",
        '#set text(font: "Noto Serif SC", size: 9pt)',
    ]
    for part in html.fragment_fromstring(body, create_parent="div"):
        if part.tag == "p":
            lines += [f"#align(center, text({json.dumps(part.text_content(), ensure_ascii=False)}))", ""]
            continue
        cells = placed(part)
        width = max(col + wide for _, col, _, wide, _ in cells)
        lines.append(f"#table(columns: ({'1fr,' * width}), stroke: 0.5pt, inset: 4pt,")
        for row, col, high, wide, text in cells:
            words = json.dumps(text, ensure_ascii=False)
            lines.append(
                f"  table.cell(x: {col}, y: {row}, rowspan: {high}, colspan: {wide}, text({words})),"
            )
        lines.append(")")
    file.write_bytes(typst.compile("\n".join(lines).encode(), font_paths=fonts()))


WRITERS = {"html": write_page, "xlsx": write_workbook, "docx": write_paper, "pdf": write_print}


def reading(folder: Path, body: str, ending: str = "html") -> Reading:
    file = folder / f"自评.{ending}"
    WRITERS[ending](file, body)
    return read_document(open_document(file), CATALOG)


def stated(read: Reading) -> list[object]:
    return [
        (f.kind, f.scope, f.project, f.department, f.body, f.grade, f.total_score.text if f.total_score else "",
         [(m.id, sorted(a.printed.text for a in m.amounts.values())) for m in f.money],
         [(i.level1, i.level2, i.name, i.target.text, i.target.unit, i.weight.text if i.weight else "") for i in f.indicators])
        for f in read.performance
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
@pytest.mark.parametrize("body", ALL)
def test_every_format_states_the_same(tmp_path: Path, body: str, ending: str) -> None:
    page = reading(tmp_path, body)
    assert page.performance
    assert stated(reading(tmp_path, body, ending)) == stated(page)


@pytest.mark.parametrize("body", ALL)
def test_nothing_is_found_in_what_is_right(tmp_path: Path, body: str) -> None:
    _, findings = check_document(reading(tmp_path, body), CATALOG)
    assert [finding.title for finding in findings if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("body", "old", "new", "rule"),
    [
        (ONE_CELL, "99.7分", "98.7分", "GJ803"),
        (HEADS_AGAIN, "<td>90</td></tr></table>", "<td>89</td></tr></table>", "GJ803"),
        (SUBTOTALS, "<td>90</td></tr></table>", "<td>89</td></tr></table>", "GJ803"),
        (MOVED_TOTAL, "<td>90</td></tr></table>", "<td>89</td></tr></table>", "GJ803"),
        (UNITS_BELOW, "<td>34</td>", "<td>24</td>", "GJ807"),
        (LISTED, "<td>良</td>", "<td>优</td>", "GJ820"),
        (LISTED, "80.00%", "88.00%", "GJ805"),
        (LABELS_ONLY, "19.00", "18.00", "GJ805"),
        (LABELS_ONLY, "<td>优</td>", "<td>中</td>", "GJ820"),
    ],
)
def test_one_wrong_figure_is_found(tmp_path: Path, body: str, old: str, new: str, rule: str) -> None:
    assert old in body
    _, findings = check_document(reading(tmp_path, body.replace(old, new, 1)), CATALOG)
    assert rule in {finding.rule for finding in findings}


def test_labels_in_one_cell_or_above_the_table(tmp_path: Path) -> None:
    inside, above = reading(tmp_path, ONE_CELL).performance[0], reading(tmp_path, ABOVE).performance[0]
    assert (inside.project, inside.department, inside.body) == (
        "污水处理设施运维",
        "生态环境分局",
        "环境监控中心",
    )
    assert (above.project, above.department) == ("污水处理设施运维", "生态环境分局")


def test_levels_printed_once_hold_below(tmp_path: Path) -> None:
    (form,) = reading(tmp_path, BLANK).performance
    assert [(i.level1, i.level2) for i in form.indicators][:3] == [
        ("产出指标", "数量指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标"),
    ]  # fmt: skip


def test_names_beside_their_numbers_and_units_below_their_values(tmp_path: Path) -> None:
    (numbered,) = reading(tmp_path, NUMBERED).performance
    assert [i.name for i in numbered.indicators] == ["灯组数量", "游客满意度"]
    (units,) = reading(tmp_path, UNITS_BELOW).performance
    assert [i.target.unit for i in units.indicators] == ["组", "%"]


def test_a_list_of_scores_is_a_form_for_each_project(tmp_path: Path) -> None:
    forms = reading(tmp_path, LISTED).performance
    assert [(f.project, f.grade, f.total_score.text if f.total_score else "") for f in forms] == [
        ("图书采购", "优", "97.5"), ("场馆维护", "良", "86"),
    ]  # fmt: skip
