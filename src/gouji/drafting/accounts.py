"""Published final accounts as the registers of a workspace: what the tables print is kept, what they leave open is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.catalog import Catalog
from gouji.checking import doubted_places
from gouji.drafting.among import Among
from gouji.drafting.draft import Draft
from gouji.drafting.fitting import Bound, fit
from gouji.drafting.left_out import not_in_registers
from gouji.drafting.line import UNNAMED_PROJECT, Line
from gouji.drafting.lines import Lines
from gouji.drafting.note import Matter, Note
from gouji.drafting.published import Stated, amounts_of, stated_facts
from gouji.drafting.rows import FIRST_ROW, Row, accounts_rows, labels_of, remark, yuan
from gouji.drafting.selection import CURRENT, ECONOMIC, FUNCTION, FUND, NATURES, OTHER, Money
from gouji.drafting.sums import sums_of
from gouji.drafting.year_end import BEGUN, DISTRIBUTED, FISCAL, USED, year_end
from gouji.drafting.year_end import NONFISCAL as NONFISCAL_FUND
from gouji.facts import Fact, fact
from gouji.reading import Reading
from gouji.registers.schema import (
    AMOUNT,
    CARRYOVER,
    CARRYOVER_ITEM,
    EXPENDITURE,
    FISCAL_FUNDS,
    FUND_TYPE,
    NONFISCAL,
    REMARK,
    REVENUE,
    SANGONG,
    SANGONG_ITEM,
    SOURCE,
    STAGE,
)
from gouji.registers.schema import FUNCTION as FUNCTION_COLUMN

_OWN = ("superior", "business", "operating", "affiliated", "other")
_ITEM_DIGITS = 7
_STAGES = {"budget": "预算数", "final": "决算数"}
_SANGONG = {
    "abroad": "因公出国（境）费", "vehicle_purchase": "公务用车购置费", "vehicle_operation": "公务用车运行费",
    "reception": "公务接待费",
}  # fmt: skip
_UNKNOWN = "上年数、年初预算、变动原因和文字材料公开表没有列示，编出的文本里标成〔待填〕；年末结转和结余由程序算出，请与公开的核对"


class _Amount(NamedTuple):
    """A row on its way: a function (``""`` for none), a fund, what it is, and its amount in 分."""

    function: str
    fund: str
    amount: int


def accounts_of(readings: Sequence[Reading], year: int, catalog: Catalog) -> Draft:
    """The draft of the final accounts of one body, which may have come in several files."""
    doubted = frozenset(witness for reading in readings for witness in doubted_places(reading, catalog))
    facts = stated_facts(readings, doubted)
    notes = [
        Note(
            Matter.CONTRADICTED,
            f"{witness.where}（{witness.printed.text.strip() or '空白'}）与其他几处不符，没有照它",
        )
        for witness in sorted(doubted, key=lambda w: (w.place.page or 0, w.table_id, w.row, w.column))
    ]
    lines, held = _expenditure(facts, catalog, notes)
    sources = _revenue(facts, catalog, notes)
    went_out: Counter[str] = Counter()
    for line in lines:
        went_out[_side(line.fund)] += line.amount
    came_in: Counter[str] = Counter()
    for source in sources:
        came_in[_side(source.fund)] += source.amount
    labels = labels_of(REVENUE, SOURCE, FUND, catalog.lexicon)
    rows: dict[str, Sequence[Row]] = {
        REVENUE.name: [
            {FUNCTION_COLUMN: row.function, SOURCE: labels[row.fund], AMOUNT: yuan(row.amount), REMARK: ""}
            for row in sources
        ],
        EXPENDITURE.name: accounts_rows(lines, catalog.lexicon),
        CARRYOVER.name: list(_carryover(facts, came_in, went_out, notes)),
        SANGONG.name: list(_sangong(facts)),
    }
    notes += _assumptions(lines)
    if lacking := [
        n
        for n, line in enumerate(lines, start=FIRST_ROW)
        if line.nature == "basic" and line.fund == "general" and not line.economic
    ]:
        text = f"{len(lacking)}行一般公共预算财政拨款基本支出没有经济分类：没有读到按经济分类列示的表；填上以前编不出公开表"
        notes.append(Note(Matter.LEFT_OUT, text, EXPENDITURE.name, lacking[0]))
    notes.append(Note(Matter.LEFT_OUT, _UNKNOWN))
    notes += not_in_registers(readings)
    body = next((reading.scope.body for reading in readings if reading.scope.body), "")
    level = next((reading.scope.level for reading in readings if reading.scope.level), "")
    if not body:
        notes.append(Note(Matter.SETTING, "公开文本里没有读到单位名称，请在单位.toml里填上"))
    if not level:
        notes.append(Note(Matter.SETTING, "没有读到是部门决算还是单位决算，暂按单位决算，请核对"))
    return Draft(
        body, level or "单位", year, "", rows, {}, tuple(notes), tuple(lines), held, report="决算"
    )  # fmt: skip


def _expenditure(
    facts: Mapping[Fact, Stated], catalog: Catalog, notes: list[Note]
) -> tuple[list[Line], tuple[int, int]]:
    """The lines, and how many of the printed sums they come to, of how many."""
    spent = dict(amounts_of(facts, ("expenditure",)))
    money = _money(spent)
    sums = sums_of(spent, money, catalog.dimensions)
    made = Lines(sums, money, catalog, {}).made()
    lines = [replace(line, project="") if line.project == UNNAMED_PROJECT else line for line in made]
    classes = catalog.dimensions[ECONOMIC]
    among = Among(lines, classes)
    positions = {s: among.positions(s) for s in sums if among.told(s) and among.names(s.project)}
    bounds = [Bound(inside, sums[s].least, sums[s].most) for s, inside in positions.items()]
    amounts = [line.amount for line in lines]
    rounding = max((stated.slack for stated in sums.values()), default=0)
    apart = [sums[s].slack + rounding * (len(inside) + 1) for s, inside in positions.items()]
    fitted = fit(amounts, bounds, apart)
    if moved := sum(1 for one, other in zip(amounts, fitted.amounts, strict=True) if one != other):
        text = f"有{moved}笔的金额在四舍五入的范围内作了调整，使各表的合计印出来与公开的相同"
        notes.append(Note(Matter.MOVED, text, EXPENDITURE.name))
    for (selection, inside), bound in zip(positions.items(), bounds, strict=True):
        total = sum(fitted.amounts[number] for number in inside)
        if not bound.least <= total <= bound.most and sums[selection].witnesses:
            stated = sums[selection]
            text = f"{stated.witnesses[0].where}是{yuan(stated.amount):,.2f}元，登记簿各行合计{yuan(total):,.2f}元，相差{yuan(total - stated.amount):,.2f}元"
            notes.append(Note(Matter.CONTRADICTED, text, EXPENDITURE.name))
    kept = [
        replace(line, amount=amount) for line, amount in zip(lines, fitted.amounts, strict=True) if amount
    ]
    return sorted(kept, key=lambda line: (line.function, line.nature, line.fund, line.economic)), (
        len(bounds) - len(fitted.broken), len(bounds),
    )  # fmt: skip


def _money(spent: Mapping[Fact, Stated]) -> Money:
    """The funds and natures that have expenditure; what is no money of the treasury is one fund."""
    told = [
        fund
        for fund in FISCAL
        if any(stated.amount for of, stated in spent.items() if of.member(FUND) == fund)
    ]
    whole, fiscal = spent.get(fact("expenditure")), spent.get(fact("expenditure", **{FUND: "fiscal"}))
    funds = tuple(told) or ("general",)
    if whole is not None and (fiscal is None or whole.least > fiscal.most):
        funds = (*funds, OTHER)
    natures = {of.member("nature") for of, stated in spent.items() if stated.amount}
    return Money(funds, tuple(n for n in NATURES if n in natures) or NATURES[:2], (CURRENT,), spent=False)


def _revenue(facts: Mapping[Fact, Stated], catalog: Catalog, notes: list[Note]) -> list[_Amount]:
    """A row for each 项 and source. Which of the three budgets the treasury's money came out of is told by their own tables,
    and else by what it was spent as."""
    codes = sorted(
        {
            code
            for of, stated in amounts_of(facts, ("revenue",))
            if stated.amount and len(code := of.member(FUNCTION) or "") == _ITEM_DIGITS
        }
    )
    found: list[_Amount] = []
    for code in codes:

        def told(fund: str, concept: str = "revenue", code: str = code) -> int | None:
            stated = facts.get(fact(concept, **{FUND: fund, FUNCTION: code}))
            return stated.amount if stated is not None else None

        fiscal = told("fiscal")
        others = {fund: told(fund) for fund in FISCAL[1:]}
        if others["state_capital"] is None:
            others["state_capital"] = told("state_capital", "expenditure")
        general = told("general")
        if general is None and fiscal is not None:
            general = fiscal - sum(amount or 0 for amount in others.values())
        for fund, amount in {"general": general, **others, **{own: told(own) for own in _OWN}}.items():
            if amount:
                found.append(_Amount(code, fund, amount))
    tree = catalog.dimensions[FUND]
    bounds = [
        Bound(inside, stated.least, stated.most)
        for of, stated in amounts_of(facts, ("revenue",))
        if all(name in (FUND, FUNCTION) for name, _ in of.dims)
        and (
            inside := tuple(
                number
                for number, row in enumerate(found)
                if row.function.startswith(of.member(FUNCTION) or "")
                and ((member := of.member(FUND)) in (None, row.fund) or tree.contains(str(member), row.fund))
            )
        )
    ]
    slack = max((bound.most - bound.least for bound in bounds), default=0)
    fitted = fit([row.amount for row in found], bounds, [slack * (len(b.lines) + 1) for b in bounds])
    if fitted.broken:
        text = f"收入有{len(fitted.broken)}个合计与各项之和不符，按各项记"
        notes.append(Note(Matter.CONTRADICTED, text, REVENUE.name))
    if not found:
        notes.append(
            Note(Matter.LEFT_OUT, "没有读到按功能科目（项）列示的收入决算表，收入要自己填", REVENUE.name)
        )
    return [row._replace(amount=amount) for row, amount in zip(found, fitted.amounts, strict=True) if amount]


def _side(fund: str) -> str:
    return fund if fund in FISCAL else NONFISCAL_FUND


def _carryover(
    facts: Mapping[Fact, Stated], came_in: Mapping[str, int], went_out: Mapping[str, int], notes: list[Note]
) -> Iterator[Row]:
    """What was there at the beginning of the year, and what was used and distributed. ``came_in`` and ``went_out`` are this
    year's, by fund."""
    labels = dict(zip(FISCAL, FISCAL_FUNDS, strict=True)) | {NONFISCAL_FUND: NONFISCAL}
    for fund, label in labels.items():
        ended = year_end(facts, fund, came_in.get(fund, 0), went_out.get(fund, 0))
        if ended.off:
            text = f"{label}的年末结转和结余由各表算出来，与公开的相差{yuan(-ended.off):,.2f}元，请核对"
            notes.append(Note(Matter.CONTRADICTED, text, CARRYOVER.name))
        begun = ended.amounts[BEGUN]
        for code, amount in _coded(facts, fund).items():
            yield _row("年初结转和结余", label, amount, code)
            begun -= amount
        if begun and fund == "gov_fund":
            text = f"政府性基金的年初结转和结余{yuan(begun):,.2f}元没有列到科目，请填上功能科目编码"
            notes.append(Note(Matter.ASSUMED, text, CARRYOVER.name))
        if begun:
            yield _row("年初结转和结余", label, begun)
        for item, concept in (("使用非财政拨款结余", USED), ("结余分配", DISTRIBUTED)):
            if moved := ended.amounts.get(concept):
                yield _row(item, label, moved)


def _coded(facts: Mapping[Fact, Stated], fund: str) -> dict[str, int]:
    """What a fund of the government began with, by 项."""
    return {
        code: stated.amount
        for of, stated in amounts_of(facts, (BEGUN,))
        if fund == "gov_fund" == of.member(FUND)
        and stated.amount
        and len(code := of.member(FUNCTION) or "") == _ITEM_DIGITS
    }


def _row(item: str, fund: str, amount: int, code: str = "") -> Row:
    return {CARRYOVER_ITEM: item, FUND_TYPE: fund, FUNCTION_COLUMN: code, AMOUNT: yuan(amount), REMARK: ""}


def _sangong(facts: Mapping[Fact, Stated]) -> Iterator[Row]:
    for stage, label in _STAGES.items():
        told = {
            item: stated.amount
            for item in (*_SANGONG, "vehicle")
            if (stated := facts.get(fact("sangong", sangong_item=item, stage=stage))) is not None
        }
        undivided = "vehicle" in told and not told.keys() & {"vehicle_purchase", "vehicle_operation"}
        if undivided:
            told["vehicle_operation"] = told["vehicle"]
        for item, name in _SANGONG.items():
            if told.get(item):
                said = "需核对：公开表没有分列购置和运行" if undivided and item == "vehicle_operation" else ""
                yield {SANGONG_ITEM: name, STAGE: label, AMOUNT: yuan(told[item]), REMARK: said}


def _assumptions(lines: Sequence[Line]) -> Iterator[Note]:
    rows: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=FIRST_ROW):
        if remark(line.assumed):
            for axis in sorted(line.assumed):
                rows.setdefault(axis, []).append(number)
    for axis, numbers in rows.items():
        amount = sum(lines[number - FIRST_ROW].amount for number in numbers)
        text = f"{axis}：{len(numbers)}行、{yuan(amount):,.2f}元的搭配公开表没有列示，由各表合计推定"
        yield Note(Matter.ASSUMED, text, EXPENDITURE.name, numbers[0])
