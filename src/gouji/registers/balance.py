"""Checks of a whole book: what would make the disclosure contradict itself, and what merely looks odd.

Everything is exact 元, so there is no tolerance: what does not balance here does not balance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gouji.catalog import Catalog
from gouji.facts import Fact, fact
from gouji.registers.book import Book, Entry, Figure
from gouji.registers.problem import Problem
from gouji.registers.schema import AMOUNT, NONFISCAL, SANGONG

_FISCAL_KINDS = ("general", "gov_fund", "state_capital")


class Balance:
    """``errors`` must be put right; ``oddities`` are worth a look."""

    def __init__(self, book: Book, claims: tuple[Entry, ...], file: str, catalog: Catalog) -> None:
        self._book, self._claims, self._file, self._catalog = book, claims, file, catalog

    def errors(self) -> list[Problem]:
        return [*self._negative_ends(), *self._wrong_claims(), *self._sangong_beyond_fiscal()]

    def oddities(self) -> list[Problem]:
        return [*self._negative_totals(), *self._operating_loss(), *self._sangong_beyond_items()]

    def _negative_ends(self) -> Iterator[Problem]:
        titles = self._catalog.dimensions["fund_type_code"].titles
        for kind in _FISCAL_KINDS:
            end = self._amount(fact("carryover_end", fund_type_code=kind))
            if end < 0:
                yield self._problem(
                    f"{titles[kind]}的年末结转和结余算出来是负数（{_yuan(end)}）："
                    "支出大于年初结转加本年收入，请核对"
                )
        nonfiscal = self._nonfiscal_end()
        if nonfiscal < 0 and not self._operates:
            yield self._problem(
                f"{NONFISCAL}的年末结转和结余算出来是负数（{_yuan(nonfiscal)}）："
                "支出和结余分配大于年初结转、本年收入和使用的结余，请核对"
            )

    def _wrong_claims(self) -> Iterator[Problem]:
        for claim in self._claims:
            if "fund_type_code" in claim.dims:
                computed = self._amount(Fact("carryover_end", tuple(sorted(claim.dims.items()))))
            else:
                computed = self._nonfiscal_end(claim.dims)
            if computed != claim.amount:
                source = claim.source
                text = (
                    f"填的年末结转和结余是{_yuan(claim.amount)}，"
                    f"按收入、支出和年初结转算出来是{_yuan(computed)}，请核对"
                )
                yield Problem(source.file, text, source.sheet, source.row, AMOUNT)

    def _sangong_beyond_fiscal(self) -> Iterator[Problem]:
        sangong = self._amount(fact("sangong", stage="final"))
        fiscal = self._amount(fact("expenditure", fund_type_code="fiscal"))
        if sangong > fiscal:
            text = f"“三公”经费决算数{_yuan(sangong)}大于全部财政拨款支出{_yuan(fiscal)}，请核对"
            yield self._problem(text, SANGONG.name)

    def _negative_totals(self) -> Iterator[Problem]:
        """A negative row is a correction; a negative total is published as it is, so it is worth a look."""
        for concept, title in (("revenue", "收入"), ("expenditure", "支出")):
            for dimension in ("exp_func_code", "dep_bgt_eco_code"):
                for code in self._book.codes(concept, dimension, {}):
                    total = self._amount(fact(concept, **{dimension: code}))
                    if total < 0:
                        text = f"科目{code}的{title}合计是负数（{_yuan(total)}），会照此列示"
                        yield self._problem(text, title)

    def _operating_loss(self) -> Iterator[Problem]:
        end = self._nonfiscal_end()
        if end < 0 and self._operates:
            text = f"{NONFISCAL}的年末结转和结余是负数（{_yuan(end)}），如果不是经营亏损，请核对"
            yield self._problem(text)

    def _sangong_beyond_items(self) -> Iterator[Problem]:
        """The 经济科目 named like a “三公” item holds all of it, when every fiscal row names its 经济科目."""
        fiscal = [e for e in self._book.entries if e.concept == "expenditure" and "fund_type_code" in e.dims]
        if not all("dep_bgt_eco_code" in entry.dims for entry in fiscal):
            return
        item_of = self._sangong_codes()
        spent: dict[str, Decimal] = {}
        for entry in fiscal:
            item = item_of.get(entry.dims["dep_bgt_eco_code"])
            if item is not None:
                spent[item] = spent.get(item, Decimal(0)) + entry.amount
        titles = self._catalog.dimensions["sangong_item"].titles
        for item in sorted(set(item_of.values())):
            final = self._amount(fact("sangong", sangong_item=item, stage="final"))
            if final > spent.get(item, Decimal(0)):
                yield self._problem(
                    f"{titles[item]}的决算数{_yuan(final)}大于支出登记簿中相应经济分类科目的"
                    f"财政拨款支出{_yuan(spent.get(item, Decimal(0)))}",
                    SANGONG.name,
                )

    def _sangong_codes(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for code, spellings in self._catalog.codes["dep_bgt_eco_code"].names.items():
            for spelling in spellings:
                meaning = self._catalog.lexicon.meaning(spelling.name, "sangong")
                if meaning is not None and meaning.dims and "sangong_item" in meaning.dims:
                    found[code] = meaning.dims["sangong_item"]
        return found

    @property
    def _operates(self) -> bool:
        """A body with 经营收支 may end its year with an operating loss, which stays in 年末结转和结余."""
        operating = (fact("revenue", fund_type_code="operating"), fact("expenditure", nature="operating"))
        return any(self._book.figure(wanted) is not None for wanted in operating)

    def _nonfiscal_end(self, dims: Mapping[str, str] | None = None) -> Decimal:
        whole = Fact("carryover_end", tuple(sorted((dims or {}).items())))
        return self._amount(whole) - self._amount(whole.slice("fund_type_code", "fiscal"))

    def _amount(self, wanted: Fact) -> Decimal:
        figure: Figure | None = self._book.figure(wanted)
        return Decimal(0) if figure is None else figure.amount

    def _problem(self, text: str, sheet: str = "") -> Problem:
        return Problem(self._file, text, sheet)


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}元"
