"""Properties of the book: a total is the sum over any partition of it, whatever the entries."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gouji.catalog import load_catalog
from gouji.facts import Fact, fact
from gouji.registers import Book, Entry, Source
from gouji.registers.amount import exact, read_amount
from gouji.registers.book import FLOW_IN, FLOW_OUT

DIMENSIONS = load_catalog().dimensions
MEMBERS = {
    "exp_func_code": ["2060301", "2060302", "2060599", "2080505", "2210201"],
    "fund_type_code": ["general", "gov_fund", "state_capital", "business", "other"],
    "nature": ["basic", "project", "operating"],
    "dep_bgt_eco_code": ["30101", "30102", "30201", "30301", "31002"],
}
TREES = [*MEMBERS, "fund_type_code"]
FLOWS = [*FLOW_IN, *(concept for concept in FLOW_OUT if concept != "carryover_end")]

cents = st.integers(-(10**14), 10**14).map(lambda number: Decimal(number).scaleb(-2))
dims = st.fixed_dictionaries({}, optional={name: st.sampled_from(m) for name, m in MEMBERS.items()})
entries = st.lists(
    st.builds(
        Entry, st.sampled_from(FLOWS), dims, cents, st.integers(1, 99).map(lambda n: Source("f", "s", n))
    ),
    max_size=30,
)
wanted = dims.map(lambda inside: tuple(sorted(inside.items())))


def amount(book: Book, asked: Fact) -> Decimal:
    figure = book.figure(asked)
    return Decimal(0) if figure is None else figure.amount


def is_inside(entry: Entry, asked: Fact) -> bool:
    """The definition that the book has to live up to, spelled out."""
    for dimension, member in asked.dims:
        own = entry.dims.get(dimension)
        if own is None or (own != member and not DIMENSIONS[dimension].contains(member, own)):
            return False
    return True


@given(entries, st.sampled_from(FLOWS), wanted)
def test_figure_is_the_sum_of_the_entries_inside(
    recorded: list[Entry], concept: str, within: tuple[tuple[str, str], ...]
) -> None:
    asked = Fact(concept, within)
    inside = [entry for entry in recorded if entry.concept == concept and is_inside(entry, asked)]
    figure = Book(recorded, DIMENSIONS).figure(asked)
    if not inside:
        assert figure is None
    else:
        assert figure is not None
        assert figure.amount == sum(entry.amount for entry in inside)
        assert figure.sources == tuple(entry.source for entry in inside)


@given(entries, st.sampled_from(FLOWS), wanted, st.sampled_from(["exp_func_code", "dep_bgt_eco_code"]))
def test_total_is_the_sum_over_any_level_of_codes(
    recorded: list[Entry], concept: str, within: tuple[tuple[str, str], ...], dimension: str
) -> None:
    coded = [entry for entry in recorded if dimension in entry.dims]
    book = Book(coded, DIMENSIONS)
    whole = Fact(concept, within).slice(dimension, None)
    codes = book.codes(concept, dimension, dict(whole.dims))
    for length in DIMENSIONS[dimension].code_lengths:
        level = [code for code in codes if len(code) == length]
        if level:
            assert amount(book, whole) == sum(amount(book, whole.slice(dimension, code)) for code in level)
    assert all(len(code) == 3 or code[:-2] in codes for code in codes)


@given(entries, st.sampled_from(FLOWS), wanted)
def test_total_is_the_sum_over_closed_members(
    recorded: list[Entry], concept: str, within: tuple[tuple[str, str], ...]
) -> None:
    for name, dimension in DIMENSIONS.items():
        if name not in MEMBERS:
            continue
        book = Book([entry for entry in recorded if name in entry.dims], DIMENSIONS)
        for parent, children in dimension.closed.items():
            whole = Fact(concept, within).slice(name, parent or None)
            assert amount(book, whole) == sum(
                amount(book, whole.slice(name, child.rstrip("?"))) for child in children
            )


@given(entries, wanted)
def test_both_sides_have_the_same_total(recorded: list[Entry], within: tuple[tuple[str, str], ...]) -> None:
    book = Book(recorded, DIMENSIONS)
    assert amount(book, Fact("total_in", within)) == amount(book, Fact("total_out", within))


@given(entries.flatmap(lambda recorded: st.tuples(st.just(recorded), st.permutations(recorded))), wanted)
def test_order_of_rows_changes_nothing(
    both: tuple[list[Entry], list[Entry]], within: tuple[tuple[str, str], ...]
) -> None:
    one, other = (Book(recorded, DIMENSIONS) for recorded in both)
    for concept in (*FLOWS, "carryover_end", "total_in"):
        assert amount(one, Fact(concept, within)) == amount(other, Fact(concept, within))
    assert one.codes("expenditure", "exp_func_code", {}) == other.codes("expenditure", "exp_func_code", {})


def test_a_budget_and_its_accounts_are_never_added() -> None:
    source = Source("f", "三公经费", 2)
    reception = {"sangong_item": "reception"}
    book = Book(
        [
            Entry("sangong", reception | {"stage": "budget"}, Decimal(20), source),
            Entry("sangong", reception | {"stage": "final"}, Decimal(10), source),
        ],
        DIMENSIONS,
    )
    assert book.figure(fact("sangong")) is None
    assert amount(book, fact("sangong", stage="final")) == 10


def test_nothing_recorded_is_not_zero() -> None:
    book = Book([Entry("revenue", {}, Decimal(0), Source("f", "收入", 2))], DIMENSIONS)
    figure = book.figure(fact("revenue"))
    assert figure is not None
    assert figure.amount == 0
    assert book.figure(fact("expenditure")) is None
    assert book.figure(fact("carryover_end")) is None


@given(st.integers(-(10**14) + 1, 10**14 - 1).map(lambda number: Decimal(number).scaleb(-2)))
def test_amounts_survive_a_spreadsheet(written: Decimal) -> None:
    """A spreadsheet keeps binary numbers; every amount of 分 up to 万亿元 comes back as it was."""
    stored = exact(float(written))
    assert read_amount(stored) == written
