"""What a row of a budget register may combine, and what it says beyond its own cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from gouji.catalog import Catalog, CodeRow, FormSet, lay_out
from gouji.facts import Fact
from gouji.registers.book import Entry
from gouji.registers.budget_schema import (
    DEPARTMENT_CLASS,
    EXPENSE_GROUP,
    FUND_YEAR,
    GOVERNMENT_CLASS,
    PROJECT,
    SOURCE,
)
from gouji.registers.problem import Problem
from gouji.registers.row_rules import summary_classes
from gouji.registers.schema import FUNCTION, NATURE

_ECONOMIC = "dep_bgt_eco_code"
_GOVERNMENT = "gov_bgt_eco_code"
_SOURCE = "fund_type_code"
_GROUP = "expense_group"
_GROUPS = ("personnel", "public")
_KEPT, _OWN = ("nonfiscal_surplus_used", "account_balance_begin"), "unit_funds"
"""What a body may have kept of its own money from earlier years."""
_SAMPLE = {_ECONOMIC: "30101", _GOVERNMENT: "50101", "exp_func_code": "2010101"}
"""A row of a form that lists codes, to see what its columns are about."""
_SAMPLE_BODIES = (CodeRow("101", ""), CodeRow("101001", ""))


@dataclass(frozen=True, slots=True)
class BudgetPlaces:
    """What the rows of one workspace are held against: the functional 类 that the 收支总表 has a line for, and the
    economic mapping for the kind of body (``body_type``: 行政机关, 事业单位, empty where it is not set, or ``None`` where
    the settings could not be read)."""

    classes: frozenset[str]
    catalog: Catalog
    body_type: str | None
    year: int | None
    sources: frozenset[str] = frozenset()
    """The sources that the table of revenue tells what is at hand of; empty where it tells carry-over apart."""
    classed: Callable[[], frozenset[Fact]] = frozenset
    """What the forms list by economic classes, without the class; asked for only where a line has none."""

    @classmethod
    def of(cls, forms: FormSet, catalog: Catalog, body_type: str | None, year: int | None) -> BudgetPlaces:
        return cls(
            summary_classes(forms, catalog),
            catalog,
            body_type,
            year,
            _sources(forms, catalog),
            cache(partial(_classed, forms, catalog)),
        )

    def asks_for_class(self, dims: Mapping[str, str]) -> bool:
        """Whether the forms list a line by its economic class."""
        trees = self.catalog.dimensions
        return any(
            all(
                name in dims and (dims[name] == member or trees[name].contains(member, dims[name]))
                for name, member in listed.dims
                if name in (_SOURCE, "nature", "fund_year")
            )
            for listed in self.classed()
        )

    def has_place_for(self, source: str) -> bool:
        """Whether the table of revenue counts a source in one of its columns."""
        tree = self.catalog.dimensions[_SOURCE]
        return not self.sources or any(told == source or tree.contains(told, source) for told in self.sources)

    def government_class(self, code: str) -> str:
        return self.catalog.economic.government_class(code, self.body_type or "", self.year)


def _sources(forms: FormSet, catalog: Catalog) -> frozenset[str]:
    """The members of the columns of a table of revenue that counts what was carried over in each source."""
    form = forms.form("revenue")
    if form is None:
        return frozenset()
    facts = [spot.fact for spot in lay_out(replace(form, rows=("total",)), catalog.binder).spots]
    return frozenset(
        source for fact in facts if fact is not None and fact.concept == "total_in"
        if (source := fact.member(_SOURCE)) is not None
    )  # fmt: skip


def _classed(forms: FormSet, catalog: Catalog) -> frozenset[Fact]:
    """What the forms of a set tell by economic classes, each without its class."""
    found: set[Fact] = set()
    for form in forms.forms:
        rows = [CodeRow(_SAMPLE[form.key], "")] if form.lists_codes and form.key in _SAMPLE else []
        names = {code: code for block in form.blocks for code in block}
        for spot in lay_out(form, catalog.binder, rows, names=names, agencies=_SAMPLE_BODIES).spots:
            of = spot.fact
            if of is None or of.concept != "expenditure":
                continue
            if of.member(_ECONOMIC) or of.member(_GOVERNMENT) or of.member(_GROUP):
                found.add(of.slice(_ECONOMIC, None).slice(_GOVERNMENT, None).slice(_GROUP, None))
    return frozenset(found)


def expenditure_plan_rules(
    concept: str, dims: Mapping[str, str], places: BudgetPlaces
) -> Iterator[tuple[str, str]]:
    """Column and sentence for each rule that a row of 支出预算 breaks."""
    fund, nature = dims.get("fund_type_code", ""), dims.get("nature")
    function, economic = dims.get("exp_func_code", ""), dims.get(_ECONOMIC, "")
    tree = places.catalog.dimensions["fund_type_code"]
    if function and function[:3] not in places.classes:
        yield FUNCTION, f"收支总表没有{function[:3]}类的行，这笔支出无处列示，请核对编码"
    if fund and tree.contains("fiscal", fund) and nature not in (None, "basic", "project"):
        yield NATURE, "财政拨款支出只有基本支出和项目支出"
    if nature == "project" and "pro_code" not in dims:
        yield PROJECT, "项目支出要填项目名称"
    if nature not in (None, "basic") and _GROUP in dims:
        yield EXPENSE_GROUP, "只有基本支出分人员经费和公用经费，请删去，或核对支出性质"
    if nature == "basic" and "pro_code" in dims:
        yield PROJECT, "基本支出不分项目，请删去项目名称，或核对支出性质"
    if not economic and places.asks_for_class(dims):
        yield DEPARTMENT_CLASS, "这里空着；表样按经济分类列示这笔支出，要填款级科目"
    if places.body_type is None or not places.catalog.economic.known_in(places.year):
        return
    if economic and _GOVERNMENT not in dims and places.body_type and not places.government_class(economic):
        yield (
            GOVERNMENT_CLASS,
            f"对应表没有规定{places.body_type}的{economic}对应哪个政府经济科目，请填上，或核对部门经济科目",
        )
    if economic and _GOVERNMENT not in dims and not places.body_type:
        yield (
            GOVERNMENT_CLASS,
            "设置里没有写单位性质，不能由部门经济科目对应得出，请填上，或在设置里写明单位性质",
        )


def revenue_plan_rules(
    concept: str, dims: Mapping[str, str], places: BudgetPlaces
) -> Iterator[tuple[str, str]]:
    """Column and sentence for each rule that a row of 收入预算 breaks."""
    source = dims.get(_SOURCE, "")
    if concept == "revenue" and dims.get("fund_type_code") == "unit_funds":
        yield SOURCE, f"本年收入要写明是哪一种收入；“单位资金”只用于“{FUND_YEAR}”是上年结转的"
    elif (
        concept in _KEPT and source != _OWN and not places.catalog.dimensions[_SOURCE].contains(_OWN, source)
    ):
        yield SOURCE, f"“{FUND_YEAR}”填的这一项只能是单位资金，或其中的一种来源"
    elif source and not places.has_place_for(source):
        told = "、".join(places.catalog.dimensions[_SOURCE].titles[one] for one in sorted(places.sources))
        yield SOURCE, f"这套表的收入总表只列{told}，这笔收入无处列示，请改用其中的来源"


def completed(entry: Entry, places: BudgetPlaces) -> Entry:
    """A line with what follows from its cells: the government's economic class, and for 基本支出 whether it is
    人员经费 or 公用经费."""
    dims = dict(entry.dims)
    if "pro_code" in dims:
        # A published name is read without its blanks.
        dims["pro_code"] = "".join(dims["pro_code"].split())
    if entry.concept != "expenditure":
        return entry._replace(dims=dims)
    # A body's budget holds no transfers to lower levels of government; those are in 专项资金.
    dims["spending_level"] = "own_level"
    economic = dims.get(_ECONOMIC, "")
    if _GOVERNMENT not in dims and (mapped := places.government_class(economic)):
        dims[_GOVERNMENT] = mapped
    if dims.get("nature") == "basic" and _GROUP not in dims:
        tree = places.catalog.dimensions[_ECONOMIC]
        group = next((group for group in _GROUPS if tree.contains(group, economic)), "")
        if group:
            dims[_GROUP] = group
    return entry._replace(dims=dims)


def disagreements(entries: Sequence[Entry], places: BudgetPlaces) -> Iterator[Problem]:
    """Lines whose stated government class is not the one that the mapping gives."""
    tree = places.catalog.dimensions[_GOVERNMENT]
    for entry in entries:
        stated, mapped = entry.dims.get(_GOVERNMENT), places.government_class(entry.dims.get(_ECONOMIC, ""))
        if stated and mapped and stated != mapped and not tree.contains(mapped, stated):
            names = {
                code: places.catalog.codes[_GOVERNMENT].name(code, places.year) for code in (stated, mapped)
            }
            said = {code: f"{code} {name.name}" if name else code for code, name in names.items()}
            text = (
                f"填的是{said[stated]}；{places.body_type}的{DEPARTMENT_CLASS.removesuffix('编码')}"
                f"{entry.dims[_ECONOMIC]}按对应表是{said[mapped]}，照填的列示"
            )
            source = entry.source
            yield Problem(source.file, text, source.sheet, source.row, GOVERNMENT_CLASS)
