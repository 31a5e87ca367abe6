"""Checks of a whole budget: money is spent once, and only money that is there. Exact 元, no tolerance."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.catalog import Catalog
from gouji.facts import Fact, fact
from gouji.registers.book import FLOW_IN, Book
from gouji.registers.problem import Problem

_FUNDS = ("general", "gov_fund", "state_capital", "special_account", "superior_fiscal", "unit_funds")
_SANGONG_CLASSES = {
    "abroad": ("30212",),
    "vehicle_purchase": ("30913", "31013"),
    "vehicle_operation": ("30231",),
    "reception": ("30217",),
}
"""“三公” item -> the economic classes that it is spent under (财政部《政府收支分类科目》)."""


class BudgetBalance:
    """``errors`` must be put right; ``oddities`` are worth a look."""

    def __init__(self, book: Book, file: str, catalog: Catalog) -> None:
        self._book, self._file = book, file
        self._titles = catalog.dimensions["fund_type_code"].titles
        self._items = catalog.dimensions["sangong_item"].titles

    def errors(self) -> list[Problem]:
        return [*self._spent_twice(), *self._carried_beyond()]

    def oddities(self) -> list[Problem]:
        return [*self._left_over(), *self._sangong_beyond_classes(), *self._of_superior_treasury()]

    def _spent_twice(self) -> Iterator[Problem]:
        for fund in _FUNDS:
            there, spent = self._there(fund), self._amount(fact("expenditure", fund_type_code=fund))
            if spent > there:
                kept = self._amount(fact("nonfiscal_surplus_used")) + self._amount(
                    fact("account_balance_begin")
                )
                more = "、动用的结余" if kept else ""
                yield self._problem(
                    f"{self._titles[fund]}安排的支出{_yuan(spent)}大于本年收入加上年结转{more}{_yuan(there)}，"
                    f"相差{_yuan(spent - there)}，请核对"
                )

    def _carried_beyond(self) -> Iterator[Problem]:
        for fund in _FUNDS:
            carried = self._amount(fact("carryover_begin", fund_type_code=fund))
            spent = self._amount(fact("expenditure", fund_type_code=fund, fund_year="carried"))
            if spent > carried:
                yield self._problem(
                    f"用上年结转的{self._titles[fund]}安排的支出{_yuan(spent)}大于收入预算里的上年结转{_yuan(carried)}，请核对"
                )

    def _left_over(self) -> Iterator[Problem]:
        for fund in _FUNDS:
            left = self._there(fund) - self._amount(fact("expenditure", fund_type_code=fund))
            if left > 0:
                yield self._problem(
                    f"{self._titles[fund]}有{_yuan(left)}没有安排支出，会列为年终结转结余；预算一般收支相等，请核对"
                )

    def _sangong_beyond_classes(self) -> Iterator[Problem]:
        for item, codes in _SANGONG_CLASSES.items():
            planned = self._amount(fact("sangong", sangong_item=item))
            spent = sum(
                (
                    self._amount(fact("expenditure", dep_bgt_eco_code=code, fund_type_code="general"))
                    for code in codes
                ),
                Decimal(0),
            )
            if planned > spent:
                yield self._problem(
                    f"{self._items[item]}预算{_yuan(planned)}大于支出预算里一般公共预算拨款的相应经济科目"
                    f"（{'、'.join(codes)}）{_yuan(spent)}"
                )

    def _of_superior_treasury(self) -> Iterator[Problem]:
        granted = self._amount(fact("revenue", fund_type_code="superior_fiscal"))
        if granted:
            yield self._problem(
                f"上级财政补助{_yuan(granted)}单独列示，没有计入财政拨款各表和一般公共预算拨款；本地表样规定计入的，"
                "请把来源改填为一般公共预算拨款等"
            )

    def _there(self, fund: str) -> Decimal:
        """What is at hand of a fund: this year's revenue, what was carried over or kept."""
        return sum((self._amount(fact(concept, fund_type_code=fund)) for concept in FLOW_IN), Decimal(0))

    def _amount(self, wanted: Fact) -> Decimal:
        figure = self._book.figure(wanted)
        return Decimal(0) if figure is None else figure.amount

    def _problem(self, text: str) -> Problem:
        return Problem(self._file, text)


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}元"
