"""The workbook of registers as it is written: a guide, and a sheet per register with choices and formats."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from gouji.registers.narrative_schema import NARRATIVE_REGISTERS
from gouji.registers.schema import GUIDE_SHEET, HINT_MARK, REGISTERS, Field, Holds, Register

Rows = Mapping[str, Sequence[Mapping[str, str | Decimal]]]
"""Register name -> rows -> column name -> value (amounts Decimal in 元 and counts Decimal, all else text)."""
_ALL = (*REGISTERS, *NARRATIVE_REGISTERS)

_LAST_ROW = 5000
"""Choices and warnings reach this far down; rows beyond are read all the same."""
_LARGEST = 10**12
_GUIDE_WIDTHS = (14, 24, 96)
_LINE_HEIGHT = 15
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center", "valign": "vcenter"},
    "hint": {"italic": True, "font_color": "#595959", "text_wrap": True, "valign": "vcenter"},
    "amount": {"num_format": "#,##0.00"},
    "count": {"num_format": "0"},
    "text": {"num_format": "@"},
    "guide": {"text_wrap": True, "valign": "top"},
}
_LONGEST_LIST = 255
"""The most characters that a list of choices may have inside a cell rule."""
_FIRST_LIST = 4
"""The column of the guide (from 0) in which the longer lists begin."""
_LOOK_OF = {Holds.AMOUNT: "amount", Holds.COUNT: "count"}


def write_workbook(path: Path, rows: Rows, registers: Sequence[Register] = _ALL) -> None:
    """Write the workbook of ``registers`` with ``rows`` below the heads; the same rows give the same bytes."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "登记簿", "created": datetime.datetime(2024, 1, 1)})
        formats = {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}
        _guide(book.add_worksheet(GUIDE_SHEET), registers, formats)
        for register in registers:
            sheet = book.add_worksheet(register.name)
            _register(sheet, register, rows.get(register.name, ()), formats, registers)
        book.get_worksheet_by_name(registers[0].name).activate()


def _guide(sheet: Any, registers: Sequence[Register], formats: Mapping[str, Any]) -> None:
    for column, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, ("登记簿", "列", "怎么填"), formats["head"])
    sheet.freeze_panes(1, 0)
    _page(sheet, 0)
    lines: list[tuple[str, str, str]] = []
    for register in registers:
        lines.append((register.name, "", register.hint))
        for field in register.fields:
            choice = f"可以填：{'、'.join(field.labels)}。" if field.labels else ""
            lines.append(("", field.name, field.hint + choice))
    for number, line in enumerate(lines, start=1):
        # A hanzi takes two digit widths; rows do not grow by themselves in every program.
        needed = -(-2 * len(line[2]) // (_GUIDE_WIDTHS[2] - 2))
        sheet.set_row(number, _LINE_HEIGHT * needed)
        sheet.write_row(number, 0, line, formats["guide"])

    for at, labels in enumerate(_long_lists(registers), start=_FIRST_LIST):
        sheet.write_column(1, at, labels, formats["hint"])


def _long_lists(registers: Sequence[Register]) -> list[tuple[str, ...]]:
    """The choices that are too long to stand in a cell rule; they stand beside the guide."""
    labels = [field.labels for register in registers for field in register.fields]
    return [those for those in dict.fromkeys(labels) if len(",".join(those)) > _LONGEST_LIST]


def _register(
    sheet: Any,
    register: Register,
    rows: Sequence[Mapping[str, str | Decimal]],
    formats: Mapping[str, Any],
    registers: Sequence[Register],
) -> None:
    fields = register.fields
    sheet.merge_range(0, 0, 0, len(fields) - 1, f"{HINT_MARK}：{register.hint}", formats["hint"])
    sheet.set_row(0, 2 * _LINE_HEIGHT)
    for column, field in enumerate(fields):
        look = formats[_LOOK_OF.get(field.holds, "text")]
        sheet.set_column(column, column, field.width, look)
        sheet.write_string(1, column, field.name, formats["head"])
        _validate(sheet, column, field, registers)
    sheet.freeze_panes(2, 0)
    _page(sheet, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + len(fields) - 1)}{_LAST_ROW + 1}"})
    for number, values in enumerate(rows, start=2):
        for column, field in enumerate(fields):
            value = values.get(field.name, "")
            if isinstance(value, Decimal):
                sheet.write_number(number, column, value, formats[_LOOK_OF[field.holds]])
            elif value:
                sheet.write_string(number, column, str(value), formats["text"])


def _page(sheet: Any, head: int) -> None:
    """Print on landscape A4, as wide as the page, with row ``head`` on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def _validate(sheet: Any, column: int, field: Field, registers: Sequence[Register]) -> None:
    """What Excel and WPS let a person put into the column; the reader checks it all again."""
    rule: dict[str, Any]
    if field.labels:
        source: Any = list(field.labels)
        if len(",".join(field.labels)) > _LONGEST_LIST:
            at = _long_lists(registers).index(field.labels) + _FIRST_LIST
            source = f"='{GUIDE_SHEET}'!${chr(ord('A') + at)}$2:${chr(ord('A') + at)}${len(field.labels) + 1}"
        rule = {"validate": "list", "source": source, "error_message": "请从列表中选一项。"}
    elif field.holds is Holds.CODE:
        rule = {"validate": "length", "criteria": "==", "value": field.length}
        rule["error_message"] = f"编码要填{field.length}位数字。"
    elif field.holds is Holds.COUNT:
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "这里要填整数。"}
    elif field.holds is Holds.AMOUNT:
        rule = {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
        rule["error_message"] = "金额要填数字，以元为单位。"
    else:
        return
    shown = {"input_title": field.name, "input_message": field.hint, "ignore_blank": True}
    sheet.data_validation(2, column, _LAST_ROW, column, rule | shown)
