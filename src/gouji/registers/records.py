"""The rows of a register that only the narrative needs, read without judging what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import fold
from gouji.registers.amount import read_amount
from gouji.registers.book import Source
from gouji.registers.coding import CodeReader
from gouji.registers.header import find_header
from gouji.registers.narrative_schema import NOTHING
from gouji.registers.problem import Problem
from gouji.registers.schema import Field, Holds, Register
from gouji.registers.sheet import Cell, Flaw, Row, Sheet

Value = str | Decimal


class Record(NamedTuple):
    """One row: column name -> text, exact 元 or a whole number; blanks are left out."""

    values: Mapping[str, Value]
    source: Source

    def text(self, column: str) -> str:
        """The text of a column, empty for a blank."""
        return str(self.values.get(column, ""))

    def number(self, column: str) -> Decimal | None:
        value = self.values.get(column)
        return value if isinstance(value, Decimal) else None


class Kept(NamedTuple):
    """A register as it was kept. ``kept`` is false for one that nobody filled in: an empty sheet says nothing,
    while a sheet that says 无 says that nothing occurred."""

    kept: bool
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


ABSENT = Kept(False, ())


def read_records(sheet: Sheet, register: Register, codes: CodeReader) -> Kept:
    """The rows of ``sheet``. ``records`` are meaningful only when there are no ``problems``."""
    header, problems, notices = find_header(sheet, register)
    if header is None:
        return Kept(False, (), tuple(problems), tuple(notices))
    records: list[Record] = []
    seen: dict[tuple[Value | None, ...], int] = {}
    nothing = False
    for row in header.body:
        cells = {
            field.name: row.cells[column]
            for field in register.fields
            if (column := header.columns.get(field.name, len(row.cells))) < len(row.cells)
        }
        filled = [cell for cell in cells.values() if cell is not None]
        if not filled:
            continue
        if len(filled) == 1 and filled[0] == NOTHING:
            nothing = True
            continue
        record, found = _record(cells, row, sheet, register, codes)
        problems.extend(found)
        if found:
            continue
        key = tuple(record.values.get(name) for name in register.keys)
        first = seen.setdefault(key, row.number)
        if first != row.number:
            text = f"与第{first}行重复（{'、'.join(register.keys)}都相同），请合并成一行"
            problems.append(Problem(sheet.file, text, sheet.name, row.number))
        else:
            records.append(record)
    if nothing and records:
        problems.append(Problem(sheet.file, f"既有一行写“{NOTHING}”，又有别的行，请删去一种", sheet.name))
    return Kept(nothing or bool(records), tuple(records), tuple(problems), tuple(notices))


def _record(
    cells: Mapping[str, Cell], row: Row, sheet: Sheet, register: Register, codes: CodeReader
) -> tuple[Record, list[Problem]]:
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for field in register.fields:
        value = _value(field, cells.get(field.name), codes)
        if isinstance(value, Flaw):
            problems.append(Problem(sheet.file, value.text, sheet.name, row.number, field.name))
        elif value is not None:
            values[field.name] = value
        elif field.needed and not field.blank_ok:
            problems.append(Problem(sheet.file, _blank(field), sheet.name, row.number, field.name))
    return Record(values, Source(sheet.file, sheet.name, row.number)), problems


def _value(field: Field, cell: Cell, codes: CodeReader) -> Value | Flaw | None:
    if cell is None or isinstance(cell, Flaw):
        return cell
    if field.holds is Holds.CODE:
        return codes.read(cell, field)
    if field.holds is Holds.AMOUNT:
        return read_amount(cell)
    if field.holds is Holds.COUNT:
        return _count(cell)
    written = cell if isinstance(cell, str) else f"{cell:f}"
    if field.holds is Holds.CHOICE:
        found = next((label for label in field.labels if fold(label) == fold(written)), None)
        return found or Flaw(f"“{written}”不是可以填的内容；可以填：{'、'.join(field.labels)}")
    return " ".join(written.split())


def _count(cell: Cell) -> Decimal | Flaw | None:
    value = read_amount(cell)
    if isinstance(value, Decimal) and (value < 0 or value != value.to_integral_value()):
        return Flaw(f"这里要填不小于0的整数，写的是“{cell}”")
    return value


def _blank(field: Field) -> str:
    if field.labels:
        return f"这里空着；可以填：{'、'.join(field.labels)}"
    if field.holds is Holds.CODE:
        return f"这里空着，要填{field.length}位数字的编码"
    return (
        "这里空着；没有发生就删去这一行，确实是零就填0"
        if field.holds is not Holds.TEXT
        else "这里空着，要填文字"
    )
