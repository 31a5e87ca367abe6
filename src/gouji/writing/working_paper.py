"""The working paper of a consolidation (汇总底稿): every figure of the department as a formula over its bodies."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from gouji.facts import Fact
from gouji.registers.book import Book
from gouji.writing.disclosure import Disclosure, Table
from gouji.writing.opendata import Place, places

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_BODY = "agency_code"
_KEYS = ("编码", "行", "栏")
_HEAD = 2
"""The row of the heads, counting from 0: above it stand what the sheet is and its unit."""


class _Line(NamedTuple):
    """One figure of the department, and those of its parts in their order (``None`` for a blank)."""

    place: Place
    amount: Decimal
    parts: tuple[Decimal | None, ...]


def working_paper(disclosure: Disclosure, book: Book, parts: Sequence[tuple[str, str]]) -> bytes:
    """The workbook (XLSX): one sheet for each table that has no rows for bodies, whose bodies therefore stand nowhere
    else. ``parts`` are the bodies of ``book`` and what is eliminated between them: as facts call them, and their
    titles. A figure that its bodies do not make up (last year's, which the department recorded) is left out."""
    import xlsxwriter  # noqa: PLC0415

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {
                "title": f"{disclosure.title}汇总底稿",
                "author": disclosure.body,
                "created": datetime(disclosure.year, 12, 31),
            }
        )
        members = [member for member, _ in parts]
        for _, group in groupby(places(disclosure), key=lambda place: id(place.table)):
            found = list(group)
            if any(place.cell.spot.fact and place.cell.spot.fact.member(_BODY) for place in found):
                continue
            lines = [line for place in found if (line := _line(place, book, members)) is not None]
            if lines:
                _sheet(workbook, found[0].table, lines, [title for _, title in parts])
        if not workbook.worksheets():
            workbook.add_worksheet("汇总底稿").write_string(0, 0, "各表都列有各单位的行，没有另外的底稿。")
    return stream.getvalue()


def _line(place: Place, book: Book, members: Sequence[str]) -> _Line | None:
    fact, figure = place.cell.spot.fact, place.cell.figure
    if fact is None or figure is None:
        return None
    own = [_amount(book, fact.slice(_BODY, member)) for member in members]
    total = sum((amount for amount in own if amount is not None), Decimal(0))
    return _Line(place, figure.amount, tuple(own)) if total == figure.amount else None


def _amount(book: Book, fact: Fact) -> Decimal | None:
    figure = book.figure(fact)
    return None if figure is None else figure.amount


def _sheet(workbook: Workbook, table: Table, lines: Sequence[_Line], titles: Sequence[str]) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415

    form = table.form
    sheet = workbook.add_worksheet(form.number)
    style: dict[str, Any] = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1}
    head = workbook.add_format({**style, "align": "center", "text_wrap": True})
    words = workbook.add_format(style)
    amounts = workbook.add_format({**style, "num_format": f"#,##0.{'0' * form.decimals}"})
    sheet.write_string(0, 0, f"《{form.title}》的汇总底稿")
    sheet.write_string(1, 0, f"单位：{form.unit.value}；部门＝各单位之和＋抵消（负数）")
    first = len(_KEYS) + 1
    for column, text in enumerate((*_KEYS, "部门", *titles)):
        sheet.write_string(_HEAD, column, text, head)
    for row, line in enumerate(lines, start=_HEAD + 1):
        path = "/".join(line.place.cell.spot.path)
        for column, text in enumerate((line.place.code, line.place.label, path)):
            sheet.write_string(row, column, text, words)
        ends = (xl_rowcol_to_cell(row, column) for column in (first, first + len(titles) - 1))
        whole = float(line.amount / form.unit.scale)
        sheet.write_formula(row, first - 1, f"=SUM({':'.join(ends)})", amounts, whole)
        for column, amount in enumerate(line.parts, start=first):
            if amount is None:
                sheet.write_blank(row, column, None, amounts)
            else:
                sheet.write_number(row, column, float(amount / form.unit.scale), amounts)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 2, 30)
    sheet.set_column(first - 1, first + len(titles) - 1, 14)
    sheet.freeze_panes(_HEAD + 1, first)
