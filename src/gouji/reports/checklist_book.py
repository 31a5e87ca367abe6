"""The check-list as a workbook, as a reviewer of a finance bureau would send it: one sheet for each file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from gouji import __version__
from gouji.catalog import Catalog
from gouji.checking.result import CheckResult, Severity
from gouji.reading import Reading
from gouji.reports.checklist import Answer, FilledChecklist, Line, fill_in
from gouji.reports.groups import groups, is_grouped
from gouji.reports.place_line import main_and_others, place_line
from gouji.reports.verdict import Verdict
from gouji.reports.wording import SEVERITY_NAMES, kind_and_year, one_line

HEADS = ("序号", "检查内容", "符合要求", "问题", "位置", "依据")
_WIDTHS = (5, 27, 9, 46, 30, 27)
"""In characters; together they fill a landscape A4 page at full size."""
_LINE = 14.5
_TALLEST = 400.0
"""In points: spreadsheet programs show no row that is taller than 409."""
_FONT, _HEAD_FONT = "宋体", "黑体"
_A4 = 9
_PALE = {
    Answer.NO: "#F8CBAD",
    Answer.DOUBTFUL: "#FFE699",
    Answer.PARTLY: "#EDEDED",
    Answer.UNCHECKED: "#EDEDED",
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31
_SUMMARY = "汇总"
_EXPLAINED = (
    "“是”只填在已经核对而没有发现问题的部分；“待核实”是很可能有问题、要人来判断的；没有核对到的写“未检查”“未查全”，"
    f"不能视为没有问题。由勾稽（Gouji {__version__}）生成。"
)
_GAP = "\u3000" * 10
_SIGNED = f"检查人：{_GAP}复核人：{_GAP}日期：\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


def write_checklist(result: CheckResult, readings: Sequence[Reading], catalog: Catalog, path: Path) -> None:
    """Write the workbook: a summary first where there are several files. Raises OSError when it cannot be written.

    The same result gives the same bytes."""
    filled = {
        document.file: fill_in(result, reading, document, catalog)
        for reading, document in zip(readings, result.documents, strict=True)
    }
    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"title": "公开检查表", "created": datetime(2000, 1, 1)})
            book.set_calc_mode("auto")
            writer = _Book(book, result)
            names = _sheet_names([*filled])
            if is_grouped(result.documents):
                writer.summary(filled, names)
            for file, checklist in filled.items():
                writer.sheet(names[file], checklist)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


class _Book:
    """The workbook being written, with its formats."""

    def __init__(self, book: Any, result: CheckResult) -> None:
        self.book = book
        self.result = result
        base = {"font_name": _FONT, "font_size": 10.5, "valign": "vcenter"}
        cell = base | {"border": 1, "text_wrap": True}
        self.title = book.add_format(base | {"font_name": _HEAD_FONT, "font_size": 16, "align": "center"})
        self.note = book.add_format(base | {"text_wrap": True})
        self.bold = book.add_format(base | {"font_name": _HEAD_FONT, "text_wrap": True})
        self.head = book.add_format(
            cell | {"font_name": _HEAD_FONT, "align": "center", "bg_color": "#D9E1F2"}
        )
        self.text = book.add_format(cell)
        self.centre = book.add_format(cell | {"align": "center"})
        self.link = book.add_format(cell | {"font_color": "#0563C1", "underline": 1})
        self.answers = {
            answer: book.add_format(
                cell
                | {"align": "center", "bold": answer in (Answer.NO, Answer.DOUBTFUL)}
                | ({"bg_color": _PALE[answer]} if answer in _PALE else {})
            )
            for answer in Answer
        }

    def sheet(self, name: str, checklist: FilledChecklist) -> None:
        sheet = self._page(name, _WIDTHS)
        document = checklist.document
        year = f"{document.year}年度" if document.year is not None else ""
        last = len(HEADS) - 1
        sheet.merge_range(0, 0, 0, last, f"{year}{checklist.title}", self.title)
        sheet.set_row(0, 30)
        about = (
            f"单位：{one_line(document.body) or '（未读出）'}；文本：{kind_and_year(document)}；文件：{one_line(document.file)}",
            f"结论：{_conclusion(checklist)}",
        )
        for position, text in enumerate(about, start=1):
            self._across(sheet, position, text, self.note)
        top = len(about) + 1
        sheet.write_row(top, 0, HEADS, self.head)
        sheet.set_row(top, 22)
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 2)
        row = top + 1
        for number, line in enumerate(checklist.lines, start=1):
            row = self._line(sheet, row, number, line)
        sheet.autofilter(top, 0, row - 1, last)
        sheet.merge_range(row, 0, row, last, _SIGNED, self.note)
        sheet.set_row(row, 40)
        self._across(sheet, row + 1, _EXPLAINED, self.note)
        row = self._waived(sheet, row + 2, checklist)
        row = self._not_checked(sheet, row, checklist)
        sheet.print_area(0, 0, row, last)

    def _line(self, sheet: Any, row: int, number: int, line: Line) -> int:
        """One line of the list, a row for each of its entries; the next free row. Nothing is merged: the rows can be
        filtered, and a page may end between them."""
        for entry in line.entries:
            sheet.write_number(row, 0, number, self.centre)
            sheet.write_string(row, 1, _cell(line.subject), self.text)
            sheet.write_string(row, 2, line.answer, self.answers[line.answer])
            for column, text in enumerate(entry, start=3):
                sheet.write_string(row, column, _cell(text), self.text)
            texts = (line.subject, *entry)
            sheet.set_row(row, min(_TALLEST, max(map(_height, texts, (_WIDTHS[1], *_WIDTHS[3:])))))
            row += 1
        return row

    def _waived(self, sheet: Any, row: int, checklist: FilledChecklist) -> int:
        """What was waived, and the waivers of no effect, below the list; the next free row."""
        lines = []
        for waived in checklist.waived:
            main, _ = main_and_others(waived.finding.evidence)
            where = f"（{place_line(main, main.file)}）" if main else ""
            waiver = waived.waiver
            lines.append(
                f"{waived.finding.rule} {waived.finding.title}{where}。理由：{waiver.reason}；批准人：{waiver.by}；有效至{waiver.until}"
            )
        lines.extend(f"豁免无效：{idle.waiver}：{idle.why}" for idle in self.result.idle)
        return self._list(sheet, row, "已豁免（不计入结论）", lines)

    def _not_checked(self, sheet: Any, row: int, checklist: FilledChecklist) -> int:
        lines = [f"{what}：{why}" for what, why in checklist.document.coverage.not_checked]
        lines.extend(
            f"{where} 的表没有认出：{words}" for where, words in checklist.document.coverage.unrecognised
        )
        return self._list(sheet, row, "未核对的内容", lines)

    def _list(self, sheet: Any, row: int, head: str, lines: Sequence[str]) -> int:
        if not lines:
            return row
        self._across(sheet, row + 1, head, self.bold)
        for number, line in enumerate(lines, start=1):
            self._across(sheet, row + 1 + number, f"{number}. {line}", self.note)
        return row + 1 + len(lines)

    def summary(self, filled: dict[str, FilledChecklist], names: dict[str, str]) -> None:
        heads = ("单位", "文件", "文本", *SEVERITY_NAMES.values(), *Answer, "检查表")
        widths = (30, 36, 20, 7, 7, 7, 7, 7, 8, 8, 8, 9)
        sheet = self._page(_SUMMARY, widths)
        sheet.merge_range(0, 0, 0, len(heads) - 1, "公开检查汇总表", self.title)
        sheet.set_row(0, 30)
        sheet.merge_range(1, 0, 1, len(heads) - 1, f"结论：{Verdict.of(self.result).sentence}", self.note)
        sheet.write_row(2, 0, heads, self.head)
        sheet.set_row(2, 22)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 0)
        row = 3
        for group in groups(self.result):
            for section in group.sections:
                checklist = filled.get(section.file)
                if checklist is not None:
                    texts = (group.name, section.file, kind_and_year(checklist.document))
                    for column, text in enumerate(texts):
                        sheet.write_string(row, column, _cell(text), self.text)
                    sheet.set_row(row, max(map(_height, texts, widths)))
                    severities = [finding.severity for finding in section.findings]
                    counts = [*map(severities.count, Severity), *map(checklist.count, Answer)]
                    for column, count in enumerate(counts, start=len(texts)):
                        sheet.write_number(row, column, count, self.centre)
                    name = names[section.file]
                    sheet.write_url(row, len(texts) + len(counts), f"internal:'{name}'!A1", self.link, "打开")
                    row += 1

    def _page(self, name: str, widths: Sequence[int]) -> Any:
        """A sheet set up for A4 across, as wide as the page."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        return sheet

    def _across(self, sheet: Any, row: int, text: str, style: Any) -> None:
        sheet.merge_range(row, 0, row, len(HEADS) - 1, _cell(text), style)
        sheet.set_row(row, _height(text, sum(_WIDTHS)))


def _conclusion(checklist: FilledChecklist) -> str:
    counts = [f"{answer} {checklist.count(answer)} 项" for answer in Answer if checklist.count(answer)]
    waived = f"；另有 {len(checklist.waived)} 处已豁免" if checklist.waived else ""
    return f"{len(checklist.lines)} 项中，{'，'.join(counts)}{waived}"


def _cell(text: str) -> str:
    """Text that a cell can hold: one line after the other, no control characters, not beyond the format's limit."""
    lines = "\n".join(one_line(line) for line in text.split("\n"))
    return lines if len(lines) < 32_000 else f"{lines[:32_000]}……（过长，其余见HTML报告）"


def _height(text: str, width: float) -> float:
    """How tall a wrapped text is in a column of that many characters: spreadsheet programs do not fit a row with
    merged cells by themselves, and not all fit any."""
    room = max(width - 1.5, 4)
    lines = sum(max(1, ceil(cell_len(line) * 1.08 / room)) for line in text.split("\n"))
    return max(20.0, lines * _LINE + 5)


def _sheet_names(files: Sequence[str]) -> dict[str, str]:
    """A name for each sheet: the file's, as far as a sheet may be called so, told apart by a number."""
    names: dict[str, str] = {}
    taken = {_SUMMARY}
    for file in files:
        stem = _FORBIDDEN.sub("_", one_line(Path(file).stem)).strip("'")[:_LONGEST_NAME] or "检查表"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            tail = f"~{number}"
            name = stem[: _LONGEST_NAME - len(tail)] + tail
        taken.add(name.casefold())
        names[file] = name
    return names
