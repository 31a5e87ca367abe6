"""Generated bodies: random code trees, sources, blanks and amounts, as entries of a book."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from gouji.catalog import Catalog
from gouji.registers.book import Entry, Source

_SOURCE = Source("登记簿.xlsx", "生成", 1)
_FUNDS = ("general", "gov_fund", "state_capital", "superior", "business", "operating", "affiliated", "other")
_NATURES = ("basic", "project", "remit_up", "operating", "subsidy_down")
_MOST = 9_900_000_000


def amounts() -> st.SearchStrategy[Decimal]:
    """元 with 分, from nothing worth printing to 99 亿."""
    small = st.integers(0, 200_00)
    large = st.integers(0, _MOST * 100)
    return st.one_of(small, st.integers(0, 10**8), large).map(lambda cents: Decimal(cents) / 100)


def codes(catalog: Catalog) -> list[str]:
    """项 whose 类 the forms print and whose 款 is known."""
    listed = catalog.codes["exp_func_code"].names
    classes = {
        code for code in catalog.lexicon.class_names.values() if code not in ("209", "227", "230", "233")
    }
    return sorted(code for code in listed if len(code) == 7 and code[:5] in listed and code[:3] in classes)


@st.composite
def books(draw: st.DrawFn, catalog: Catalog) -> list[Entry]:
    """The entries of one body: one to forty 项."""
    known = codes(catalog)
    used = draw(st.lists(st.sampled_from(known), min_size=1, max_size=40, unique=True))
    basic = [code for block in catalog.form_set(2020).forms[5].blocks for code in block if len(code) == 5]
    entries: list[Entry] = []

    def add(concept: str, **dims: str) -> None:
        entries.append(Entry(concept, dims, draw(amounts()), _SOURCE))

    for code in used:
        for fund in draw(st.lists(st.sampled_from(_FUNDS), max_size=3, unique=True)):
            add("revenue", exp_func_code=code, fund_type_code=fund)
        for nature in draw(st.lists(st.sampled_from(_NATURES), max_size=3, unique=True)):
            fiscal = nature in ("basic", "project") and draw(st.booleans())
            dims = {"exp_func_code": code, "nature": nature}
            if fiscal:
                dims["fund_type_code"] = draw(st.sampled_from(("general", "gov_fund", "state_capital")))
                if nature == "basic" and dims["fund_type_code"] == "general":
                    dims["dep_bgt_eco_code"] = draw(st.sampled_from(basic))
            add("expenditure", **dims)
    for fund in draw(
        st.lists(st.sampled_from(("general", "gov_fund", "state_capital")), max_size=2, unique=True)
    ):
        add("carryover_begin", fund_type_code=fund)
    for concept in draw(
        st.lists(st.sampled_from(("nonfiscal_surplus_used", "surplus_distribution")), unique=True)
    ):
        add(concept)
    for item in draw(
        st.lists(st.sampled_from(("abroad", "vehicle_purchase", "vehicle_operation", "reception")))
    ):
        add("sangong", sangong_item=item, stage=draw(st.sampled_from(("budget", "final"))))
    return entries
