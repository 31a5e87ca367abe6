"""Transfers between the bodies of a department, matched with both sides' books and eliminated.

A transfer is one amount that the payer's registers hold as expenditure and the payee's as revenue. Its elimination
is two entries that take both away again, so that the department's figures count the money once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Dimension
from gouji.registers.book import Entry, Source
from gouji.registers.budget_schema import FUND as BUDGET_FUND
from gouji.registers.budget_schema import FUND_YEAR
from gouji.registers.problem import Problem
from gouji.registers.records import Record
from gouji.registers.schema import AMOUNT, NATURE, SOURCE
from gouji.registers.transfer_schema import (
    COUNTERPART,
    FUNDS,
    ITEM,
    NATURES,
    PAYEE,
    PAYEE_FUNCTION,
    PAYER,
    PAYER_ECONOMIC,
    PAYER_FUNCTION,
    PROJECT,
    SOURCES,
    YEARS,
)

ELIMINATED = "eliminated"
"""The member of ``agency_code`` that the eliminations belong to."""
_OWN_FUNDS = "unit_funds"
_BETWEEN = tuple(COUNTERPART)
_TITLES = {member: label for labels in (SOURCES, NATURES) for label, member in labels.items()}


class Transfer(NamedTuple):
    """One payment between two bodies: exact 元, and the entries of both that hold it. ``item`` tells it from all
    others of the department."""

    payer: str
    payee: str
    item: str
    amount: Decimal
    source: Source
    paid: Entry
    received: Entry

    @property
    def entry(self) -> Entry:
        """The transfer itself, as the department's table of transfers lists it."""
        return Entry("transfer", {"pro_code": self.item}, self.amount, self.source)

    @property
    def eliminations(self) -> tuple[Entry, Entry]:
        """What takes both sides away from the department."""
        return tuple(  # type: ignore[return-value]
            entry._replace(
                dims={**entry.dims, "agency_code": ELIMINATED}, amount=-self.amount, source=self.source
            )
            for entry in (self.paid, self.received)
        )


@dataclass(slots=True)
class Matching:
    """Finds what rows of the register take away. ``books`` are the entries of the bodies by name, ``names`` the names by
    what a row may call them. ``problems`` is what does not fit, ``notices`` what is worth a look."""

    books: Mapping[str, Sequence[Entry]]
    names: Mapping[str, str]
    funds: Dimension
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def transfers(self, records: Sequence[Record]) -> tuple[Transfer, ...]:
        """The transfers; meaningful only when there are no ``problems``."""
        found = tuple(transfer for record in records if (transfer := self._transfer(record)) is not None)
        self._beyond(found)
        if not self.problems:
            self._left(found)
        return tuple(_told_apart(found))

    def _transfer(self, record: Record) -> Transfer | None:
        payer, payee = (self._body(record, column) for column in (PAYER, PAYEE))
        amount = record.number(AMOUNT) or Decimal(0)
        if not payer or not payee:
            return None
        if payer == payee:
            self._problem(record, PAYEE, f"付款和收款的都是“{payer}”；单位内部的收付不在这里登记")
            return None
        if amount <= 0:
            self._problem(record, AMOUNT, "转移的金额要大于0；退回的，从原来那一行里减去")
            return None
        paid = self._paid(record, payer)
        received = None if paid is None else self._received(record, payee, paid)
        if paid is None or received is None:
            return None
        return Transfer(
            payer, payee, "".join(record.text(ITEM).split()), amount, record.source, paid, received
        )

    def _body(self, record: Record, column: str) -> str:
        name = self.names.get(record.text(column), "")
        if not name:
            known = "、".join(self.books)
            self._problem(record, column, f"“{record.text(column)}”不是本部门的单位；本部门的单位有：{known}")
        return name

    def _paid(self, record: Record, payer: str) -> Entry | None:
        nature = NATURES.get(record.text(NATURE), "")
        natures = (nature,) if nature else _BETWEEN
        what = record.text(NATURE) or "或".join(_TITLES[member] for member in _BETWEEN)
        wanted = {
            "exp_func_code": record.text(PAYER_FUNCTION),
            "dep_bgt_eco_code": record.text(PAYER_ECONOMIC),
            "pro_code": "".join(record.text(PROJECT).split()),
            "fund_year": YEARS.get(record.text(FUND_YEAR), ""),
        }
        fund = FUNDS.get(record.text(BUDGET_FUND), "")
        lines = [
            entry
            for entry in self.books[payer]
            if entry.concept == "expenditure"
            and "stage" not in entry.dims
            and entry.dims.get("nature") in natures
            and _lies_in(entry, wanted)
            and (not fund or entry.dims.get("fund_type_code") == fund)
        ]
        own = [entry for entry in lines if self._is_own_money(entry)]
        if not lines:
            text = f"“{payer}”的登记簿里没有相应的{what}，这笔转移无从减去；请核对是这里登记错了，还是付款单位漏记了"
        elif not own:
            text = (
                f"“{payer}”的{what}用的是财政拨款等；单位之间只转移单位资金，否则减去以后这种资金的收支对不上。"
                "请把财政拨款直接编入收款单位，或从这里删去、两个单位照原样列示"
            )
        elif len(own) > 1:
            text = (
                f"“{payer}”有{len(own)}行{what}都可能是这笔转移（{'、'.join(str(e.source) for e in own[:5])}），"
                f"请填{PAYER_FUNCTION}、{PAYER_ECONOMIC}等，使它只对上一行"
            )
        else:
            return own[0]
        self._problem(record, PAYER, text)
        return None

    def _received(self, record: Record, payee: str, paid: Entry) -> Entry | None:
        stated = SOURCES.get(record.text(SOURCE), "")
        source = stated or COUNTERPART.get(paid.dims.get("nature", ""), "")
        if not source:
            self._problem(record, SOURCE, "这里空着；基本支出、项目支出、经营支出要写明收款单位记作哪种收入")
            return None
        wanted = {"exp_func_code": record.text(PAYEE_FUNCTION), "fund_type_code": source}
        lines = [
            entry for entry in self.books[payee] if entry.concept == "revenue" and _lies_in(entry, wanted)
        ]
        title = _TITLES[source]
        if not lines:
            text = (
                f"收付两方对不上：登记了付给“{payee}”{_yuan(record.number(AMOUNT))}，"
                f"“{payee}”的登记簿里没有{title}；请核对是哪一方记错"
            )
        elif len(lines) > 1:
            text = (
                f"“{payee}”有{len(lines)}行{title}（{'、'.join(str(e.source) for e in lines[:5])}），"
                f"请填{PAYEE_FUNCTION}，使它只对上一行"
            )
        else:
            return lines[0]
        self._problem(record, PAYEE, text)
        return None

    def _is_own_money(self, entry: Entry) -> bool:
        """Whether what is paid is 单位资金: in final accounts, what is not 财政拨款 bears no fund."""
        fund = entry.dims.get("fund_type_code")
        return fund is None or self.funds.finer(_OWN_FUNDS, fund) == fund

    def _beyond(self, transfers: Sequence[Transfer]) -> None:
        """Lines of which more is transferred than they hold."""
        for of, paying in _by_line(transfers):
            entry, total = _held(of[0], paying), sum((t.amount for t in of), Decimal(0))
            if total <= entry.amount:
                continue
            payer, payee = of[0].payer, of[0].payee
            title = _TITLES.get(entry.dims.get("nature" if paying else "fund_type_code", ""), "")
            if paying:
                to = "、".join(dict.fromkeys(f"“{t.payee}”" for t in of))
                text = (
                    f"收付两方对不上：“{payer}”的{title}（{entry.source}）是{_yuan(entry.amount)}，"
                    f"登记付给{to}的是{_yuan(total)}，多出{_yuan(total - entry.amount)}；请核对是哪一方记错"
                )
            else:
                by = "、".join(dict.fromkeys(f"“{t.payer}”" for t in of))
                text = (
                    f"收付两方对不上：“{payee}”的{title}（{entry.source}）是{_yuan(entry.amount)}，"
                    f"{by}付给它的登记了{_yuan(total)}，少收{_yuan(total - entry.amount)}；请核对是哪一方记错"
                )
            source = of[-1].source
            self.problems.append(Problem(source.file, text, source.sheet, source.row, AMOUNT))

    def _left(self, transfers: Sequence[Transfer]) -> None:
        """Lines that by their nature lie between bodies, of which not all was registered as a transfer."""
        taken: dict[tuple[str, Source], Decimal] = {}
        for transfer in transfers:
            for body, entry in ((transfer.payer, transfer.paid), (transfer.payee, transfer.received)):
                key = body, entry.source
                taken[key] = taken.get(key, Decimal(0)) + transfer.amount
        for body, entries in self.books.items():
            for entry in entries:
                member = entry.dims.get("nature" if entry.concept == "expenditure" else "fund_type_code", "")
                between = _BETWEEN if entry.concept == "expenditure" else tuple(COUNTERPART.values())
                left = entry.amount - taken.get((body, entry.source), Decimal(0))
                if entry.concept in ("expenditure", "revenue") and member in between and left > 0:
                    other = "付给本部门单位的" if entry.concept == "expenditure" else "来自本部门单位的"
                    text = f"“{body}”的{_TITLES[member]}有{_yuan(left)}没有登记为内部转移，照列；{other}请登记，以免重复计算"
                    self.notices.append(
                        Problem(entry.source.file, text, entry.source.sheet, entry.source.row)
                    )

    def _problem(self, record: Record, column: str, text: str) -> None:
        source = record.source
        self.problems.append(Problem(source.file, text, source.sheet, source.row, column))


def _told_apart(transfers: Sequence[Transfer]) -> Iterator[Transfer]:
    """The transfers, those of one 事项 told apart by whom it is paid to, and by whom."""
    by_item = Counter(transfer.item for transfer in transfers)
    by_payee = Counter((transfer.item, transfer.payee) for transfer in transfers)
    for transfer in transfers:
        item = transfer.item
        if by_item[item] > 1:
            by = f"{transfer.payer}付" if by_payee[item, transfer.payee] > 1 else ""
            item = f"{item}（{by}{transfer.payee}）"
        yield transfer._replace(item=item)


def _by_line(transfers: Sequence[Transfer]) -> Iterator[tuple[list[Transfer], bool]]:
    """The transfers that share a line of the payer, then those that share one of the payee."""
    for paying in (True, False):
        lines: dict[tuple[str, Source], list[Transfer]] = {}
        for transfer in transfers:
            body = transfer.payer if paying else transfer.payee
            lines.setdefault((body, _held(transfer, paying).source), []).append(transfer)
        for of in lines.values():
            yield of, paying


def _held(transfer: Transfer, paying: bool) -> Entry:
    return transfer.paid if paying else transfer.received


def _lies_in(entry: Entry, wanted: Mapping[str, str]) -> bool:
    return all(not member or entry.dims.get(name) == member for name, member in wanted.items())


def _yuan(amount: Decimal | None) -> str:
    return f"{amount or Decimal(0):,.2f}元"
