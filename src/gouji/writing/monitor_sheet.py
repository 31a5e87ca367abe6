"""A monitor as a workbook: execution, indicators, payments, and the rules of the lights."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from gouji.monitoring import Colour, Monitor
from gouji.writing.monitor_table import (
    Mark,
    indicator_heads,
    indicator_row,
    mark,
    money_heads,
    money_row,
    quarter_heads,
    wan,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_Line = tuple[list[str], list[Mark]]
_FILLS = {Colour.GREEN: "#C6E7C8", Colour.AMBER: "#FFE9A8", Colour.RED: "#F6C2BC", Colour.NONE: "#EEEEEE"}
_WIDE, _NARROW, _REASON = 30, 13, 60
_LINE = 15
"""The height of a line in points."""
_AMOUNT = re.compile(r"^-?\d+\.\d{2}$")


def monitor_sheet(monitor: Monitor) -> bytes:
    """The workbook (XLSX)."""
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = f"{monitor.body}{monitor.year}年{quarter_heads(monitor)[-1]}绩效运行监控"
    book.set_properties({"title": title, "author": monitor.body, "created": datetime(monitor.year, 12, 31)})
    sheets = _Sheets(book)
    money = [
        (money_row(watched, watched.execution), [mark(light) for light in watched.execution.lights])
        for watched in monitor.watched
        if watched.execution
    ]
    sheets.add("支出进度（万元）", money_heads(monitor), money)
    indicators = [
        ([watched.name, *indicator_row(progress)], [mark(progress.light)])
        for watched in monitor.watched
        for progress in watched.indicators
    ]
    sheets.add("指标进度", ["项目", *indicator_heads(monitor)], indicators)
    payments: list[_Line] = [
        ([str(p.row), p.record["日期"], p.project, p.record["资金"], wan(p.amount), p.record["摘要"], p.record["凭证号"]], [])
        for p in sorted({p.row: p for w in monitor.watched if w.execution for p in w.execution.payments}.values(), key=lambda p: p.row)
    ]  # fmt: skip
    sheets.add("支出台账", ["行", "日期", "项目", "资金", "金额（万元）", "摘要", "凭证号"], payments)
    method = monitor.method
    rules: list[_Line] = [
        ([rule.id, rule.title, rule.measure, f"{rule.green}{rule.unit}", f"{rule.amber}{rule.unit}",
          "" if rule.most is None else f"{rule.most}{rule.unit}"], [])
        for rule in method.lights.values()
    ]  # fmt: skip
    notes = [["推算", method.forecast, method.forecast_explains], ["依据", method.title, method.source], ["界限", "", method.bounds_source]]  # fmt: skip
    sheets.add(
        "办法",
        ["编号", "看什么", "怎么算", "绿：不低于", "黄：不低于", "超过即红"],
        [*rules, *((note, []) for note in notes)],
    )
    book.close()
    return stream.getvalue()


def _width(head: str) -> int:
    return _REASON if head in ("原因", "怎么算") else _WIDE if head in ("项目", "指标", "摘要") else _NARROW


def _lines(text: str, width: int) -> int:
    characters = sum(1 if char.isascii() else 2 for char in text)
    return max(1, -(-characters // (width - 1)))


class _Sheets:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        face = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter", "border": 1}
        self.head = book.add_format({**face, "bold": True, "align": "center", "bg_color": "#F3F3F0"})
        self.text = book.add_format(face)
        self.amount = book.add_format({**face, "num_format": "#,##0.00"})
        self.fills: dict[Colour, Format] = {
            colour: book.add_format({**face, "bg_color": fill}) for colour, fill in _FILLS.items()
        }

    def add(self, name: str, heads: list[str], rows: Sequence[_Line]) -> None:
        """A sheet of rows; the lights of a row stand behind its cells, colour and reason."""
        sheet = self.book.add_worksheet(name)
        lights = max((len(marks) for _, marks in rows), default=0)
        wanted = [*heads, *(["灯", "原因"] * lights)]
        for column, head in enumerate(wanted):
            width = (
                _REASON
                if head in ("原因", "怎么算")
                else _WIDE
                if head in ("项目", "指标", "摘要")
                else _NARROW
            )
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        for number, (cells, marks) in enumerate(rows, start=1):
            widths = [_width(head) for head in wanted]
            lines = [_lines(text, widths[c]) for c, text in enumerate(cells) if c < len(widths)]
            lines += [_lines(mark.text, _REASON) for mark in marks]
            sheet.set_row(number, _LINE * max(lines))
            for column, cell in enumerate(cells):
                if _AMOUNT.match(cell):
                    sheet.write_number(number, column, Decimal(cell), self.amount)
                else:
                    sheet.write_string(number, column, cell, self.text)
            for place, (colour, why) in enumerate(marks):
                sheet.write_string(number, len(heads) + 2 * place, colour.value, self.fills[colour])
                sheet.write_string(number, len(heads) + 2 * place + 1, why, self.text)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
