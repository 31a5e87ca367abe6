"""Columns of percentages (增减%, 完成预算%, 占比) against the figures that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gouji.catalog import Rule
from gouji.checking.ratios import Quotient, divide, outcome, rounded
from gouji.checking.result import Evidence, Finding
from gouji.checking.subject import Subject, at
from gouji.checking.two_sides import sides
from gouji.facts import Fact, Interval, Outcome, Presence, Status, Unit, Witness
from gouji.reading import PrintedRate, ReadTable

_HUNDRED = Decimal(100)


class Judged(NamedTuple):
    """A percentage, what makes it, and how they compare. ``parts`` are the figures, the divisor last."""

    rate: PrintedRate
    quotient: Quotient
    parts: tuple[Witness, Witness]
    outcome: Outcome


Doubts = Mapping[Witness, Decimal | None]
DoubtingEngine = Callable[[Rule, Subject, Doubts], Iterator[Finding]]


def printed_rates(rule: Rule, subject: Subject, doubted: Doubts) -> Iterator[Finding]:
    """Percentages of the kinds that the rule names. A column most of which does not come out is made of other figures than
    these: it is not checked."""
    kinds = str(rule.params["kinds"]).split()
    for table in subject.reading.tables:
        columns: dict[tuple[str, int], list[PrintedRate]] = {}
        for rate in table.rates:
            if rate.kind in kinds:
                columns.setdefault((rate.column, rate.lane), []).append(rate)
        for rates in columns.values():
            yield from _column(rule, subject, table, rates, doubted)


def _column(
    rule: Rule, subject: Subject, table: ReadTable, rates: list[PrintedRate], doubted: Doubts
) -> Iterator[Finding]:
    pairs = [(rate, parts) for rate in rates if (parts := _parts(rate, table)) is not None]
    for _ in range(len(rates) - len(pairs)):
        subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
    unsigned = all(rate.printed.value >= 0 for rate in rates)
    judged = _best([_judged(pairs, scale, unsigned=unsigned) for scale in _scales(rates)])
    for _ in range(len(pairs) - len(judged)):
        subject.coverage.count(rule.id, Outcome.NOT_APPLICABLE)
    wrong = [one for one in judged if one.outcome is Outcome.VIOLATED]
    if len(wrong) * 2 > len(judged) and len(judged) >= _SEVERAL:
        for _ in judged:
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
        why = "多数对不上，像是按别的数算的，没有核对"
        subject.coverage.not_checked.append((f"《{table.title}》{rates[0].column}", why))
        return
    for one in judged:
        if one.outcome is Outcome.VIOLATED and any(part in doubted for part in one.parts):
            # What is wrong is said already.
            subject.coverage.count(rule.id, Outcome.NOT_CHECKED)
            continue
        subject.coverage.count(rule.id, one.outcome)
        subject.coverage.compared.update((one.rate.place, *(part.place for part in one.parts)))
        if one.outcome is Outcome.VIOLATED:
            yield _finding(rule, subject, table, one)


_SEVERAL = 3


def _scales(rates: Iterable[PrintedRate]) -> tuple[int, ...]:
    """By what a column may have to be multiplied: 0.0513 for 5.13 %, where no sign of per cent stands."""
    return (1,) if any("%" in rate.printed.text or "％" in rate.printed.text for rate in rates) else (1, 100)


def _best(readings: list[list[Judged]]) -> list[Judged]:
    """The reading of a column by which most comes out; the first of several."""
    return max(readings, key=lambda one: sum(j.outcome is not Outcome.VIOLATED for j in one), default=[])


def _judged(
    pairs: list[tuple[PrintedRate, tuple[Witness, Witness]]], scale: int, *, unsigned: bool
) -> list[Judged]:
    """The percentages whose divisor is more than nothing."""
    found: list[Judged] = []
    for rate, parts in pairs:
        quotient = _quotient(rate.kind, *parts)
        if quotient is None:
            continue
        value = rate.printed.value * scale
        digits = max(rate.printed.decimals - (2 if scale > 1 else 0), 0)
        printed = rate.printed._replace(value=value, decimals=digits)
        compared = outcome(printed, _as_printed(quotient))
        turned = bool(value) and bool(quotient.value) and (value > 0) != (quotient.value > 0) and not unsigned
        beyond = rounded(quotient.value, digits) != 0
        found.append(Judged(rate, quotient, parts, Outcome.VIOLATED if turned and beyond else compared))
    return found


def _as_printed(quotient: Quotient) -> Quotient:
    """The same without its sign: how a decrease is signed is asked apart."""
    ends = sorted(abs(end) for end in quotient.interval)
    low = Decimal(0) if quotient.interval.lo < 0 < quotient.interval.hi else ends[0]
    return quotient._replace(interval=Interval(low, ends[1]), value=abs(quotient.value))


def _quotient(kind: str, part: Witness, whole: Witness) -> Quotient | None:
    """What two figures make in per cent; nothing where the divisor is nothing."""
    over, under = part.printed.interval, whole.printed.interval
    if whole.printed.value <= 0 or under.lo <= 0:
        return None
    names = [f"{w.printed.text.strip() or '空白'}" for w in (part, whole)]
    if kind != _GROWTH:
        range_ = divide(over, under)
        return (
            None
            if range_ is None
            else Quotient(range_, over.centre / under.centre * _HUNDRED, f"{names[0]}÷{names[1]}")
        )
    ends = [(now - before) / before * _HUNDRED for now in over for before in under]
    value = (over.centre - under.centre) / under.centre * _HUNDRED
    return Quotient(Interval(min(ends), max(ends)), value, f"（{names[0]}－{names[1]}）÷{names[1]}")


_GROWTH, _COMPLETION, _SHARE = "增减比例", "完成比例", "占比"


def _parts(rate: PrintedRate, table: ReadTable) -> tuple[Witness, Witness] | None:
    """The figure that a percentage is of, and the one that it is taken of; ``None`` where the table does not tell which."""
    if rate.kind == _SHARE:
        return _share_parts(rate, table)
    for columns in (rate.near, rate.left):
        row = {
            w.fact: w
            for w in table.witnesses
            if w.row == rate.row and w.lane == rate.lane and w.fact is not None and w.column in columns
            and w.status is Status.BOUND and w.printed.presence is Presence.NUMBER
        }  # fmt: skip
        compared = [pair for pair in sides(row).values() if rate.kind == _GROWTH or _is_staged(*pair)]
        if len(compared) == 1:
            before, now = compared[0]
            return now, before
        if compared:
            return None
    return None


def _is_staged(before: Witness, now: Witness) -> bool:
    """Whether two figures of one year were planned and spent."""
    assert before.fact is not None and now.fact is not None  # noqa: PT018
    stages = before.fact.member("stage"), now.fact.member("stage")
    return before.fact.member("fiscal_year") == now.fact.member("fiscal_year") and stages[0] != stages[1]


def _share_parts(rate: PrintedRate, table: ReadTable) -> tuple[Witness, Witness] | None:
    """The amount right before a share, and the total of its column."""
    if not rate.near:
        return None
    column = [
        w for w in table.witnesses
        if w.column == rate.near[-1] and w.lane == rate.lane and w.fact is not None and w.status is Status.BOUND
    ]  # fmt: skip
    own = [w for w in column if w.row == rate.row and w.printed.presence is Presence.NUMBER]
    fewest = min((len(_dims(w)) for w in column), default=0)
    totals = [w for w in column if len(_dims(w)) == fewest and w.printed.value]
    if len(own) != 1 or len(totals) != 1 or not _dims(totals[0]) <= _dims(own[0]):
        return None
    return own[0], totals[0]


def _dims(witness: Witness) -> set[tuple[str, str]]:
    fact = witness.fact if witness.fact is not None else Fact("")
    return {("", fact.concept), *fact.dims}


def _finding(rule: Rule, subject: Subject, table: ReadTable, one: Judged) -> Finding:
    rate, expected = one.rate, rounded(one.quotient.value, max(one.rate.printed.decimals, 2))
    text = rate.printed.text.strip().rstrip("%％")
    where = f"《{table.title}》{rate.row_label.strip()}·{rate.column}"
    return subject.finding(
        rule, f"{where}列示{text}%，按同一行的金额应为{expected:f}%",
        f"{one.quotient.sum}＝{expected:f}%，表里写的是{text}%。",
        [at(subject.file, rate.place, where, rate.printed.text.strip(), suspect=True), *map(Evidence.of, one.parts)],
        stated=text, expected=f"{expected:f}", difference=rate.printed.value - expected, unit=Unit.PERCENT,
        arithmetic=(f"{one.quotient.sum}＝{expected:f}%≠{text}%",), undecided="也可能是算式里的金额写错，请一并核对。",
    )  # fmt: skip


RATE_COLUMN_ENGINES: Mapping[str, DoubtingEngine] = {"printed_rates": printed_rates}
