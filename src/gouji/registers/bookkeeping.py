"""How the rows of a workspace become a book: one way for final accounts, one for a budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from gouji.catalog import BODY_TYPES, Catalog, FormSet
from gouji.registers import budget_narrative_facts, narrative_facts
from gouji.registers.balance import Balance
from gouji.registers.book import Book, Entry, View
from gouji.registers.budget_balance import BudgetBalance
from gouji.registers.budget_narrative_schema import BUDGET_NARRATIVE_REGISTERS
from gouji.registers.budget_rows import (
    BudgetPlaces,
    completed,
    disagreements,
    expenditure_plan_rules,
    revenue_plan_rules,
)
from gouji.registers.budget_schema import BUDGET_REGISTERS, EXPENDITURE_PLAN, REVENUE_PLAN
from gouji.registers.budget_views import BudgetViews
from gouji.registers.narrative_facts import Material, NarrativeFigures
from gouji.registers.narrative_schema import NARRATIVE_REGISTERS
from gouji.registers.problem import Problem
from gouji.registers.recording import RowRules
from gouji.registers.records import Kept
from gouji.registers.row_rules import Places, carryover_rules, expenditure_rules
from gouji.registers.schema import CARRYOVER, EXPENDITURE, REGISTERS, Register
from gouji.registers.target_schema import EARMARKED, TARGET_REGISTERS

Closed = tuple[Book, Sequence[Problem], Sequence[Problem]]
"""A book, what must be put right, and what is worth a look."""


class AccountsBooks:
    """The registers of final accounts, and their book."""

    registers: tuple[Register, ...] = REGISTERS
    optional: tuple[Register, ...] = NARRATIVE_REGISTERS
    """Those that only the narrative takes."""
    money: tuple[Register, ...] = ()
    """Those among the optional ones whose amounts belong into the book."""

    def __init__(self, forms: FormSet, catalog: Catalog) -> None:
        self._catalog = catalog
        places = Places.of(forms, catalog)
        self.rules: Mapping[str, RowRules] = {
            EXPENDITURE.name: partial(expenditure_rules, places=places),
            CARRYOVER.name: partial(carryover_rules, places=places),
        }

    def close(self, entries: Sequence[Entry], file: str) -> Closed:
        """The book. What is left at the end of the year is computed; where it was recorded, it is compared."""
        claims = tuple(entry for entry in entries if entry.concept == "carryover_end")
        book = Book((e for e in entries if e.concept != "carryover_end"), self._catalog.dimensions)
        balance = Balance(book, claims, file, self._catalog)
        return book, balance.errors(), balance.oddities()

    def narrative(self, kept: Mapping[str, Kept], year: int) -> NarrativeFigures:
        """What the registers of the narrative add to the book."""
        return narrative_facts.told(kept, year)

    def view_of(self, book: Book, told: NarrativeFigures) -> View | None:
        """What the book sees as other quantities, once the narrative's registers are known."""
        return book.view

    def oddities(self, book: Book, kept: Material, file: str) -> list[Problem]:
        """What does not fit the whole book, though it may have its reason."""
        return narrative_facts.oddities(book, kept, file)


class BudgetBooks:
    """The registers of a budget, and their book."""

    registers: tuple[Register, ...] = BUDGET_REGISTERS
    optional: tuple[Register, ...] = (*TARGET_REGISTERS, *BUDGET_NARRATIVE_REGISTERS)
    """Those of performance targets, and those that only the explanation takes."""
    money: tuple[Register, ...] = (EARMARKED,)

    def __init__(self, forms: FormSet, catalog: Catalog, body_type: str | None, year: int | None) -> None:
        self._catalog = catalog
        self._places = BudgetPlaces.of(forms, catalog, body_type, year)
        self.rules: Mapping[str, RowRules] = {
            EXPENDITURE_PLAN.name: partial(expenditure_plan_rules, places=self._places),
            REVENUE_PLAN.name: partial(revenue_plan_rules, places=self._places),
        }

    def close(self, entries: Sequence[Entry], file: str) -> Closed:
        """The book, each line completed with what follows from its cells."""
        lines = (completed(entry, self._places) for entry in entries)
        view = BudgetViews(BODY_TYPES.get(self._places.body_type or "") == "administrative")
        book = Book(lines, self._catalog.dimensions, view=view)
        balance = BudgetBalance(book, file, self._catalog)
        return book, balance.errors(), [*disagreements(entries, self._places), *balance.oddities()]

    def narrative(self, kept: Mapping[str, Kept], year: int) -> NarrativeFigures:
        """What the registers of the explanation add to the book."""
        return budget_narrative_facts.told(kept, year)

    def view_of(self, book: Book, told: NarrativeFigures) -> View | None:
        """The same: 机关运行经费 that was recorded is what was recorded (a department has institutions, too)."""
        recorded = any(entry.concept == "agency_operation" for entry in told.entries)
        return (
            replace(book.view, organ=False) if recorded and isinstance(book.view, BudgetViews) else book.view
        )

    def oddities(self, book: Book, kept: Material, file: str) -> list[Problem]:
        """What does not fit the whole book, though it may have its reason."""
        return []
