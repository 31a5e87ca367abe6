"""The check-list: what was not checked is never 是, and a finding stands where its evidence stands."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document as Word

from gouji.catalog import Area, load_catalog
from gouji.checking import CheckResult, Evidence, Finding, Severity, Waived, Waiver, check
from gouji.documents.opening import open_document
from gouji.facts import Outcome, Place
from gouji.reading import read_document
from gouji.reports.checklist import Answer, FilledChecklist, Line, fill_in
from gouji.reports.checklist_book import HEADS, write_checklist

CATALOG = load_catalog()
TEXT = [
    "某市档案局",
    "2024年度部门决算",
    "目录",
    "第一部分 某市档案局概况",
    "一、主要职能",
    "二、机构设置",
    "第二部分 2024年度部门决算表",
    "第三部分 2024年度部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "二、其他重要事项说明",
    "第四部分 名词解释",
    "第一部分 某市档案局概况",
    "一、主要职能",
    "某市档案局主管全市档案工作。",
    "二、机构设置",
    "内设机构五个。",
    "第二部分 2024年度部门决算表",
    "收入支出决算总表",
    "第三部分 2024年度部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "2024年度收入支出总计100.00万元，与上年持平。",
    "二、其他重要事项说明",
    "机关运行经费支出0万元。",
    "第四部分 名词解释",
    "一、财政拨款收入：指从财政取得的资金。",
]
ROWS = [
    ("收入", "", "支出", ""),
    ("项目", "决算数", "项目", "决算数"),
    ("一、一般公共预算财政拨款收入", "60.00", "一、一般公共服务支出", "70.00"),
    ("二、事业收入", "40.00", "二、教育支出", "30.00"),
    ("本年收入合计", "100.00", "本年支出合计", "100.00"),
    ("总计", "100.00", "总计", "100.00"),
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory):
    word = Word()
    for line in TEXT:
        word.add_paragraph(line)
        if line == "收入支出决算总表":
            word.add_paragraph("单位：万元")
            table = word.add_table(len(ROWS), 4)
            for cells, row in zip(table.rows, ROWS, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
    path = tmp_path_factory.mktemp("word") / "档案局.docx"
    word.save(path)
    return read_document(open_document(path), CATALOG)


def reference(reading, words: str, last: bool = True) -> str:
    """Where a paragraph stands, the last one of those words."""
    refs = [p.place.ref for p in reading.document.paragraphs if p.text.startswith(words)]
    return refs[-1 if last else 0]


def finding(reading, ref: str, where: str = "情况说明", **more) -> Finding:
    evidence = Evidence(reading.file, None, None, ref, where, "原文", suspect=True)
    values = {
        "rule": "GJ201",
        "severity": Severity.ERROR,
        "outcome": Outcome.VIOLATED,
        "title": "不符",
        "message": "说明",
    }
    return Finding(**{**values, "evidence": (evidence,), **more})


def filled(reading, *findings: Finding, places=(), waived=()) -> FilledChecklist:
    result = check([reading], CATALOG)
    document = result.documents[0]
    document.coverage.compared.update(Counter(places))
    return fill_in(CheckResult([document], list(findings), list(waived)), reading, document, CATALOG)


def line_of(checklist: FilledChecklist, title: str, heading: str = "") -> Line:
    return next(
        line for line in checklist.lines if line.part.row.title == title and heading in line.part.heading
    )


def test_every_row_of_the_catalogue_has_its_line(reading) -> None:
    lines = filled(reading).lines
    rows = CATALOG.checklist("final_accounts").rows
    assert {line.part.row.title for line in lines} == {row.title for row in rows if row.area is not Area.REST}
    positions = [rows.index(line.part.row) for line in lines]
    assert positions == sorted(positions)


def test_what_was_not_checked_is_never_yes(reading) -> None:
    checklist = filled(reading)
    for title in ("封面", "主要职能", "机构设置", "其他说明", "名词解释", "项目说明、绩效"):
        line = line_of(checklist, title)
        assert line.answer in (Answer.UNCHECKED, Answer.PARTLY)
        assert line.entries[0].problem
    assert line_of(checklist, "项目说明、绩效").answer is Answer.UNCHECKED
    assert "没有找到" in line_of(checklist, "项目说明、绩效").entries[0].problem
    section = line_of(checklist, "情况说明", "收入支出决算总体")
    assert section.answer is Answer.YES
    table = line_of(checklist, "决算表")
    assert table.part.table.compared == table.part.table.numeric > 0
    assert table.answer is Answer.YES


def test_a_table_that_was_compared_in_part_is_not_yes(reading) -> None:
    result = check([reading], CATALOG)
    document = result.documents[0]
    (table,) = document.tables
    for compared, answer in ((0, Answer.UNCHECKED), (1, Answer.PARTLY)):
        object.__setattr__(table, "compared", compared)
        lines = fill_in(CheckResult([document], []), reading, document, CATALOG)
        assert line_of(lines, "决算表").answer is answer


def test_a_part_that_nothing_looked_at_is_unchecked(reading) -> None:
    result = check([reading], CATALOG)
    document = result.documents[0]
    document.coverage.by_rule.clear()
    lines = fill_in(CheckResult([document], []), reading, document, CATALOG)
    for title in ("封面", "目录", "主要职能", "情况说明", "公开表是否齐全", "名词解释"):
        assert line_of(lines, title).answer is Answer.UNCHECKED


def test_text_of_which_figures_were_compared(reading) -> None:
    ref = reference(reading, "2024年度收入支出总计")
    whole = filled(reading, places=[Place(reading.file, None, None, ref)])
    assert line_of(whole, "情况说明", "收入支出决算总体").answer is Answer.YES


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("某市档案局主管", "主要职能"),
        ("内设机构", "机构设置"),
        ("2024年度收入支出总计", "情况说明"),
        ("机关运行经费", "其他说明"),
        ("一、财政拨款收入", "名词解释"),
        ("2024年度部门决算", "封面"),
    ],
)
def test_a_finding_stands_where_its_evidence_stands(reading, words: str, title: str) -> None:
    checklist = filled(reading, finding(reading, reference(reading, words)))
    (line,) = [line for line in checklist.lines if line.answer is Answer.NO]
    assert line.part.row.title == title


def test_a_finding_in_the_contents_page(reading) -> None:
    checklist = filled(reading, finding(reading, reference(reading, "一、主要职能", last=False), "其他"))
    assert line_of(checklist, "目录").answer is Answer.NO
    assert line_of(checklist, "主要职能").answer is Answer.PARTLY


def test_a_finding_in_a_table_by_its_title(reading) -> None:
    checklist = filled(reading, finding(reading, "", "《收入支出决算总表》总计·决算数"))
    assert line_of(checklist, "决算表").answer is Answer.NO


def test_a_rule_of_a_part_is_told_there_wherever_its_evidence_stands(reading) -> None:
    checklist = filled(reading, finding(reading, "", "《收入支出决算总表》之后", rule="GJ502"))
    assert line_of(checklist, "公开表是否齐全").answer is Answer.NO
    assert line_of(checklist, "决算表").answer is Answer.YES


def test_what_belongs_nowhere_gets_a_line_of_its_own(reading) -> None:
    checklist = filled(reading, finding(reading, "登记簿!A1", "登记簿"))
    assert checklist.lines[-1].part.row.area is Area.REST
    assert checklist.lines[-1].answer is Answer.NO


@pytest.mark.parametrize(
    ("severity", "outcome", "answer"),
    [
        (Severity.WARNING, Outcome.VIOLATED, Answer.DOUBTFUL),
        (Severity.INFO, Outcome.VIOLATED, Answer.PARTLY),
        (Severity.ERROR, Outcome.CRASHED, Answer.DOUBTFUL),
    ],
)
def test_only_what_is_proved_is_no(reading, severity, outcome, answer) -> None:
    one = finding(reading, reference(reading, "内设机构"), severity=severity, outcome=outcome)
    assert line_of(filled(reading, one), "机构设置").answer is answer


def test_what_was_waived_does_not_count_and_is_told(reading, tmp_path: Path) -> None:
    one = finding(reading, reference(reading, "内设机构"))
    waiver = Waiver("豁免.toml", 1, "GJ201", "批复如此", "张三", date(2026, 12, 31), section="机构")
    checklist = filled(reading, waived=[Waived(one, waiver)])
    assert line_of(checklist, "机构设置").answer is Answer.PARTLY
    result = check([reading], CATALOG)
    path = tmp_path / "表.xlsx"
    write_checklist(CheckResult(result.documents, [], [Waived(one, waiver)]), [reading], CATALOG, path)
    words = "\n".join(
        str(cell.value) for row in openpyxl.load_workbook(path).active for cell in row if cell.value
    )
    for word in ("已豁免", "批复如此", "张三", "2026-12-31"):
        assert word in words


def test_the_workbook_is_set_up_for_paper(reading, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    findings = [finding(reading, reference(reading, "内设机构"), title=f"第{n}件事") for n in range(3)]
    result = CheckResult(check([reading], CATALOG).documents, findings)
    write_checklist(result, [reading], CATALOG, path)
    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    assert sheet.title == "档案局"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    head = next(row[0].row for row in sheet if tuple(cell.value for cell in row) == HEADS)
    assert sheet.print_title_rows == f"${head}:${head}"
    above = "".join(
        str(cell.value) for row in sheet.iter_rows(max_row=head - 1) for cell in row if cell.value
    )
    for word in ("2024年度", "决算公开检查表", "某市档案局", "档案局.docx", "结论"):
        assert word in above
    rows = [row for row in sheet.iter_rows(min_row=head + 1) if row[2].value == "否"]
    assert ["件事" in row[3].value for row in rows] == [True] * 3
    for row in rows:
        assert row[3].alignment.wrap_text
        assert row[3].border.left.style
        assert sheet.row_dimensions[row[0].row].height > 20


def test_several_files_have_a_summary_first(reading, tmp_path: Path) -> None:
    other = read_document(open_document(reading.document.path), CATALOG, "别处/档案局.docx")
    readings = [reading, other]
    path = tmp_path / "表.xlsx"
    write_checklist(check(readings, CATALOG), readings, CATALOG, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "档案局", "档案局~2"]
    rows = [row for row in book["汇总"].iter_rows(min_row=4, values_only=True) if row[0]]
    assert [(row[0], row[1]) for row in rows] == [
        ("某市档案局", "档案局.docx"),
        ("某市档案局", "别处/档案局.docx"),
    ]


def test_the_same_result_gives_the_same_bytes(reading, tmp_path: Path) -> None:
    result = check([reading], CATALOG)
    for name in ("一.xlsx", "二.xlsx"):
        write_checklist(result, [reading], CATALOG, tmp_path / name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_no_text_becomes_a_formula(reading, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    hostile = finding(reading, "", "《=1+1》", title="=HYPERLINK(1)")
    write_checklist(CheckResult(check([reading], CATALOG).documents, [hostile]), [reading], CATALOG, path)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
