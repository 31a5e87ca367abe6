"""Last year's own workspaces, its budget and its accounts: what this year's budget is compared with.

A budget states last year's figures beside its own. Where last year's workspace is at hand, they are taken from its
book, with the rows they come from, and nobody types them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.facts import Fact, fact
from gouji.registers.book import RECORDABLE, Book, Figure, Source
from gouji.registers.narrative_facts import Material
from gouji.registers.narrative_schema import AGENCY, INITIAL, MEETINGS
from gouji.registers.problem import Problem

_KEPT_IN: Mapping[str, str] = {
    "agency_operation": AGENCY.name, "meeting": MEETINGS.name, "training": MEETINGS.name,
}  # fmt: skip
"""Concepts that no table states, and the register that has to be kept for a blank to be nothing."""
_FISCAL = ("fiscal", "general", "gov_fund", "state_capital")
_PLAIN = frozenset({"fund_type_code", "nature", "exp_func_code", "sangong_item"})
"""The dimensions in which a workspace records everything: where they alone narrow a fact, a blank is nothing."""


@dataclass(frozen=True, slots=True)
class Before:
    """One of last year's workspaces: its book and registers, where it lies (as the settings say) and what it is called
    in traces (``2024年决算``)."""

    book: Book
    material: Material
    path: str
    title: str

    def figure(self, wanted: Fact) -> Figure | None:
        """What its book says, each row named by the workspace it stands in; a blank that means nothing is 0."""
        figure = self.book.figure(wanted)
        if figure is None:
            return Figure(Decimal(0), ()) if self._is_nothing(wanted) else None
        return Figure(figure.amount, tuple(map(self._named, figure.sources)))

    def _named(self, source: Source) -> Source:
        return Source(f"{self.path}/{source.file}", f"{self.title}·{source.sheet}", source.row)

    def _is_nothing(self, wanted: Fact) -> bool:
        if wanted.concept in _KEPT_IN:
            return self.material.kept(_KEPT_IN[wanted.concept]) and not wanted.dims
        if wanted.concept not in RECORDABLE or not {name for name, _ in wanted.dims} <= _PLAIN | {"stage"}:
            return False
        fund = wanted.member("fund_type_code")
        return wanted.concept != "expenditure" or fund is None or fund in _FISCAL


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year as its workspaces tell it; either may be missing."""

    year: int
    budget: Before | None = None
    accounts: Before | None = None
    _known: dict[Fact, Figure | None] = field(default_factory=dict)

    def figure(self, wanted: Fact) -> Figure | None:
        """A figure of this year's budget that is last year's: by its year, and by the stage ``final`` for what was
        spent. ``None`` for what those workspaces do not know."""
        if wanted.member("fiscal_year") != str(self.year):
            return None
        if wanted not in self._known:
            of = wanted.slice("fiscal_year", None).slice("stage", None)
            self._known[wanted] = (
                self._planned(of)
                if wanted.member("stage") is None
                else self._spent(of, wanted.member("stage"))
            )
        return self._known[wanted]

    def _planned(self, of: Fact) -> Figure | None:
        if self.budget is not None:
            return self.budget.figure(of)
        if self._states_initial(of) and self.accounts is not None:
            found = self.accounts.figure(of.slice("stage", "initial"))
            return found or Figure(Decimal(0), ())
        return None

    def _states_initial(self, of: Fact) -> bool:
        """Whether the accounts' own register of initial budgets says how much was planned: of fiscal funds, by code."""
        return (
            self.accounts is not None
            and self.accounts.material.kept(INITIAL.name)
            and of.concept == "expenditure"
            and of.member("fund_type_code") == "general"
            and {name for name, _ in of.dims} <= {"fund_type_code", "exp_func_code"}
        )

    def _spent(self, of: Fact, stage: str | None) -> Figure | None:
        if self.accounts is None or stage != "final":
            return None
        return self.accounts.figure(of.slice("stage", "final") if of.concept == "sangong" else of)

    def codes(self, concept: str, dimension: str, within: Mapping[str, str]) -> set[str]:
        """The codes that last year's lines use; ``within`` names year and stage as a fact of this year's budget does."""
        of = {name: member for name, member in within.items() if name not in ("fiscal_year", "stage")}
        spent = within.get("stage") == "final"
        found: set[str] = set()
        if self.budget is not None and not spent:
            found.update(self.budget.book.codes(concept, dimension, of))
        if self.accounts is not None and (spent or self.budget is None):
            stage = {} if spent else {"stage": "initial"}
            found.update(self.accounts.book.codes(concept, dimension, of | stage))
        return found


def continuity(book: Book, last: LastYear | None, file: str, year: int) -> Iterator[Problem]:
    """Whether what was left at the end of last year is what this year begins with. Never an error: a budget is made
    before the accounts are closed, and its carry-over is an estimate."""
    titles = book.dimensions["fund_type_code"].titles
    before = {"fiscal_year": str(year - 1), "stage": "final"}
    known = False
    for fund in ("general", "gov_fund", "state_capital"):
        left = book.figure(fact("carryover_end", fund_type_code=fund, **before))
        if left is None:
            continue
        known = True
        carried = _amount(book.figure(fact("carryover_begin", fund_type_code=fund)))
        if left.amount != carried:
            told = _discontinued(year, titles[fund], left.amount, carried)
            yield Problem(file, told.format(items=_by_item(book, last, fund)))
    left = book.figure(fact("carryover_end", fund_type_code="fiscal", **before))
    carried = _amount(book.figure(fact("carryover_begin", fund_type_code="fiscal")))
    if not known and left is not None and left.amount != carried:
        yield Problem(file, _discontinued(year, "财政拨款", left.amount, carried).format(items=""))


def _discontinued(year: int, fund: str, left: Decimal, carried: Decimal) -> str:
    """The sentence; ``{items}`` stands where the items go."""
    more = "多" if carried > left else "少"
    return (
        f"{year - 1}年决算年末{fund}结转和结余{left:,.2f}元，{year}年预算的上年结转{carried:,.2f}元，{more}"
        f"{abs(carried - left):,.2f}元{{items}}。编预算时年末数还是预计的，收回的结余也不再列入，两数可以不同；请核对差额的原因"
    )


def _by_item(book: Book, last: LastYear | None, fund: str) -> str:
    """The items in which the two differ, where the accounts tell their carry-over by item."""
    if last is None or last.accounts is None:
        return ""
    dims = {"fund_type_code": fund}
    accounts = last.accounts.book
    codes = {
        code
        for concept in ("revenue", "expenditure", "carryover_begin")
        for code in accounts.codes(concept, "exp_func_code", dims)
    } | set(book.codes("expenditure", "exp_func_code", dims | {"fund_year": "carried"}))
    left = {
        code: _amount(accounts.figure(fact("carryover_end", exp_func_code=code, **dims))) for code in codes
    }
    carried = {
        code: _amount(book.figure(fact("expenditure", exp_func_code=code, fund_year="carried", **dims)))
        for code in codes
    }
    finest = sorted(code for code in codes if len(code) == _ITEM_LENGTH)
    told = sum((left[code] for code in finest), Decimal(0)) == _amount(
        accounts.figure(fact("carryover_end", **dims))
    )
    differing = [
        f"{code} {left[code]:,.2f}→{carried[code]:,.2f}" for code in finest if left[code] != carried[code]
    ]
    return f"（{'；'.join(differing)}）" if told and differing else ""


_ITEM_LENGTH = 7


def typed_otherwise(stated: Mapping[Fact, Figure], last: LastYear | None) -> Iterator[Problem]:
    """Figures of last year that were typed and are not what last year's workspace says; the latter is printed."""
    if last is None:
        return
    for wanted, typed in stated.items():
        known = last.figure(wanted)
        if known is not None and known.amount != typed.amount and typed.sources:
            source = typed.sources[0]
            text = f"填的是{typed.amount:,.2f}元，上年的工作文件夹里是{known.amount:,.2f}元，照后一个数列示；请核对"
            yield Problem(source.file, text, source.sheet, source.row)


def _amount(figure: Figure | None) -> Decimal:
    return Decimal(0) if figure is None else figure.amount
