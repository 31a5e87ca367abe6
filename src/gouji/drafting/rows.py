"""Rows of registers as a workbook takes them, and the labels of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gouji.catalog import Lexicon
from gouji.drafting.line import Line
from gouji.drafting.selection import FUND, GROUP, YEAR
from gouji.drafting.sources import Source
from gouji.registers.budget_schema import (
    DEPARTMENT_CLASS,
    EXPENDITURE_PLAN,
    EXPENSE_GROUP,
    FUND_YEAR,
    GOVERNMENT_CLASS,
    PROJECT,
    REVENUE_PLAN,
    SOURCE,
)
from gouji.registers.budget_schema import FUND as FUND_COLUMN
from gouji.registers.schema import (
    AMOUNT,
    EXPENDITURE,
    FUNCTION,
    NATURE,
    NONFISCAL,
    REMARK,
    Field,
    Register,
)
from gouji.registers.schema import ECONOMIC as ECONOMIC_CLASS
from gouji.registers.schema import FUND as ACCOUNTS_FUND
from gouji.registers.schema import PROJECT as ACCOUNTS_PROJECT

Row = Mapping[str, str | Decimal]
"""Column name -> text, or a figure."""
FIRST_ROW = 3
"""The number of the first row below hint and head."""


def yuan(hundredths: int) -> Decimal:
    """元 of an amount in 分."""
    return Decimal(hundredths).scaleb(-2)


def expenditure_rows(lines: Iterable[Line], lexicon: Lexicon) -> list[Row]:
    natures = labels_of(EXPENDITURE_PLAN, NATURE, "nature", lexicon)
    funds = labels_of(EXPENDITURE_PLAN, FUND_COLUMN, FUND, lexicon)
    years = labels_of(EXPENDITURE_PLAN, FUND_YEAR, YEAR, lexicon)
    groups = labels_of(EXPENDITURE_PLAN, EXPENSE_GROUP, GROUP, lexicon)
    return [
        {
            FUNCTION: line.function, NATURE: natures[line.nature], FUND_COLUMN: funds[line.fund],
            FUND_YEAR: years[line.year], EXPENSE_GROUP: groups.get(line.group, ""), DEPARTMENT_CLASS: line.economic, GOVERNMENT_CLASS: line.government,
            PROJECT: line.project, AMOUNT: yuan(line.amount), REMARK: remark(line.assumed),
        }
        for line in lines
    ]  # fmt: skip


def remark(assumed: frozenset[str]) -> str:
    """What is said beside a row of which something was assumed."""
    return f"需核对：{'、'.join(sorted(assumed))}" if assumed else ""


def accounts_rows(lines: Iterable[Line], lexicon: Lexicon) -> list[Row]:
    """The same for the register of final accounts, which knows one fund beside those of the treasury."""
    natures = labels_of(EXPENDITURE, NATURE, "nature", lexicon)
    funds = labels_of(EXPENDITURE, ACCOUNTS_FUND, FUND, lexicon)
    return [
        {
            FUNCTION: line.function, NATURE: natures[line.nature], ACCOUNTS_FUND: funds.get(line.fund, NONFISCAL),
            ECONOMIC_CLASS: line.economic, ACCOUNTS_PROJECT: line.project, AMOUNT: yuan(line.amount),
            REMARK: remark(line.assumed),
        }
        for line in lines
    ]  # fmt: skip


def revenue_rows(sources: Iterable[Source], lexicon: Lexicon) -> list[Row]:
    labels = labels_of(REVENUE_PLAN, SOURCE, FUND, lexicon)
    years = {"current": "本年", "carried": "上年结转"}
    return [
        {SOURCE: labels[source.fund], FUND_YEAR: years[source.year], AMOUNT: yuan(source.amount),
         REMARK: "需核对：公开表没有列示，按支出推定" if source.assumed else ""}
        for source in sources
    ]  # fmt: skip


def labels_of(register: Register, column: str, dimension: str, lexicon: Lexicon) -> dict[str, str]:
    """What a label column calls the members of a dimension."""
    field = next(field for field in register.fields if field.name == column)
    return {member: label for label in field.labels if (member := _member(field, label, dimension, lexicon))}


def _member(field: Field, label: str, dimension: str, lexicon: Lexicon) -> str:
    meaning = lexicon.meaning(label, field.kind)
    return dict(meaning.dims or {}).get(dimension, "") if meaning is not None else ""
