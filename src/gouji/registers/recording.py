"""From the rows of one register sheet to entries, or to all that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Catalog
from gouji.registers.amount import read_amount
from gouji.registers.book import Entry, Source
from gouji.registers.coding import CodeReader
from gouji.registers.header import find_header
from gouji.registers.labelling import LabelReader, Sense
from gouji.registers.problem import Problem
from gouji.registers.schema import AMOUNT, EXPENDITURE, FUND_TYPE, PROJECT, Field, Holds, Register
from gouji.registers.sheet import Cell, Flaw, Row, Sheet

RowRules = Callable[[str, Mapping[str, str]], Iterator[tuple[str, str]]]
"""What a row breaks, by its concept and dimensions: column and sentence for each."""
Value = str | Sense | Decimal


class Recorded(NamedTuple):
    """What a sheet holds. ``entries`` are meaningful only when there are no ``problems``."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


class Recorder:
    """Reads register sheets of one workspace."""

    def __init__(self, catalog: Catalog, codes: CodeReader, rules: Mapping[str, RowRules]) -> None:
        """``rules`` are those of each register, by its name."""
        self._catalog = catalog
        self._codes = codes
        self._rules = rules

    def record(self, sheet: Sheet, register: Register) -> Recorded:
        header, problems, notices = find_header(sheet, register)
        entries: list[Entry] = []
        if header is not None:
            labels = {
                field.name: LabelReader(self._catalog.lexicon, field)
                for field in register.fields
                if field.holds is Holds.LABEL
            }
            seen: dict[tuple[Value | None, ...], int] = {}
            matter = (*register.keys, AMOUNT)
            for row in header.body:
                cells = {
                    field.name: row.cells[column]
                    for field in register.fields
                    if (column := header.columns.get(field.name, len(row.cells))) < len(row.cells)
                }
                if all(cells.get(name) is None for name in matter):
                    continue
                reading = _RowReading(sheet, register, row, cells)
                entry = reading.entry(labels, self._codes, self._rules.get(register.name))
                key = reading.key
                if entry is not None and key is not None:
                    first = seen.setdefault(key, row.number)
                    if first != row.number:
                        text = f"与第{first}行重复（{'、'.join(register.keys)}都相同），请合并成一行"
                        reading.problems.append(Problem(sheet.file, text, sheet.name, row.number))
                    else:
                        entries.append(entry)
                problems.extend(reading.problems)
        return Recorded(tuple(entries), tuple(problems), tuple(notices))


class _RowReading:
    """One row on its way to an entry, collecting what is wrong with it."""

    def __init__(self, sheet: Sheet, register: Register, row: Row, cells: Mapping[str, Cell]) -> None:
        self.sheet, self.register, self.row, self.cells = sheet, register, row, cells
        self.values: dict[str, Value] = {}
        self.problems: list[Problem] = []

    @property
    def key(self) -> tuple[Value | None, ...] | None:
        return tuple(self.values.get(name) for name in self.register.keys)

    def entry(
        self, labels: Mapping[str, LabelReader], codes: CodeReader, rules: RowRules | None
    ) -> Entry | None:
        for field in self.register.fields:
            cell = self.cells.get(field.name)
            value = self._value(field, cell, labels, codes)
            if isinstance(value, Flaw):
                self._problem(field.name, value.text)
            elif value is not None:
                self.values[field.name] = value
            elif field.needed and not field.blank_ok:
                self._problem(field.name, _blank(field))
        concept, dims = self._meaning()
        open_fund = any(field.name == FUND_TYPE and field.blank_ok for field in self.register.fields)
        if (
            open_fund
            and concept in ("carryover_begin", "carryover_end")
            and self.cells.get(FUND_TYPE) is None
        ):
            self._problem(FUND_TYPE, "这里空着；年初、年末结转和结余要分清是哪种资金")
        bad = {problem.column for problem in self.problems}
        if rules is not None:
            for column, text in rules(concept, dims):
                if column not in bad:
                    self._problem(column, text)
        amount = self.values.get(AMOUNT)
        if self.problems or not isinstance(amount, Decimal):
            return None
        source = Source(self.sheet.file, self.sheet.name, self.row.number)
        project = self.values.get(PROJECT) if self.register is EXPENDITURE else None
        return Entry(concept, dims, amount, source, project if isinstance(project, str) else "")

    def _meaning(self) -> tuple[str, dict[str, str]]:
        """The concept and dimensions of the cells that were understood."""
        concept = self.register.concept
        dims: dict[str, str] = {}
        for field in self.register.fields:
            value = self.values.get(field.name)
            if isinstance(value, Sense):
                concept = value.concept or concept
                dims.update(value.dims)
            elif field.dimension and isinstance(value, str):
                dims[field.dimension] = value
        return concept, dims

    def _value(
        self, field: Field, cell: Cell, labels: Mapping[str, LabelReader], codes: CodeReader
    ) -> Value | Flaw | None:
        if field.holds is Holds.AMOUNT:
            return read_amount(cell)
        if field.holds is Holds.CODE:
            return codes.read(cell, field)
        if field.holds is Holds.LABEL:
            return labels[field.name].read(cell)
        return f"{cell:f}" if isinstance(cell, Decimal) else cell

    def _problem(self, column: str, text: str) -> None:
        self.problems.append(Problem(self.sheet.file, text, self.sheet.name, self.row.number, column))


def _blank(field: Field) -> str:
    if field.holds is Holds.AMOUNT:
        return "金额空着；没有发生就删去这一行，确实是零就填0"
    if field.holds is Holds.LABEL:
        return f"这里空着；可以填：{'、'.join(field.labels)}"
    return f"这里空着，要填{field.length}位数字的编码"
