"""Several files of one body: the parts of one disclosure agree; budget and accounts, this year and last, are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from gouji.catalog import Catalog, Rule
from gouji.checking import findings as write
from gouji.checking.consolidated_files import GROUP_ENGINES
from gouji.checking.department import departments
from gouji.checking.diagnosis import Diagnosis, Suspect, Unlisted
from gouji.checking.result import Coverage, Evidence, Finding
from gouji.checking.retold import RETOLD_FILE_ENGINES
from gouji.checking.subject import Subject
from gouji.checking.voices import Voices, stated_quantities, truncation, witness_of
from gouji.facts import Identity, Outcome, Term, Witness
from gouji.reading import (
    Quantity,
    Reading,
    ReadTable,
    belongs_together,
    composition,
    of_one_body,
    quantity,
    same_body,
)

FileEngine = Callable[[Rule, Voices, Voices], Iterator[Identity]]


def companion_tables(reading: Reading, readings: Sequence[Reading]) -> Sequence[ReadTable]:
    """The tables of another file of the same disclosure, for a file that has text but no table with a figure."""
    if any(table.has_figures for table in reading.tables) or not reading.told:
        return ()
    for other in readings:
        if other is not reading and belongs_together(reading.scope, other.scope):
            tables = [table for table in other.tables if table.has_figures]
            if tables:
                return tables
    return ()


def one_disclosure(rule: Rule, one: Voices, other: Voices) -> Iterator[Identity]:
    """Two files of one disclosure (tables as PDF and as a workbook): what both state is the same."""
    if belongs_together(one.reading.scope, other.reading.scope):
        yield from _equal_quantities(rule, one, other)


def one_body(rule: Rule, one: Voices, other: Voices) -> Iterator[Identity]:
    """Budget and accounts of one body, or those of two years: what both state, last year's columns and the initial
    budgets that sentences tell included; and what was left at the end of one year and found at the start of the next."""
    first, second = one.reading.scope, other.reading.scope
    if belongs_together(first, second) or None in (first.year, second.year) or not _of_one_body(one, other):
        return
    yield from _equal_quantities(rule, one, other)
    for earlier, later in ((one, other), (other, one)):
        yield from _carried_over(rule, earlier, later)
        yield from _grown(rule, earlier, later)


def _of_one_body(one: Voices, other: Voices) -> bool:
    """Whether two files are about the same body; a department that has nobody below it is its own only body."""
    first, second = one.reading.scope, other.reading.scope
    if of_one_body(first, second):
        return True
    whole = next((voices for voices in (one, other) if voices.reading.scope.level == "部门"), None)
    if whole is None or first.template or second.template or not same_body(first.body, second.body):
        return False
    bodies = composition(whole.reading, whole.catalog)
    return bodies.closed and not bodies.names and first.kind != second.kind


def _equal_quantities(rule: Rule, one: Voices, other: Voices) -> Iterator[Identity]:
    stated = _published(other)
    for sought, witness in _published(one).items():
        if sought in stated:
            yield _same(rule, witness, stated[sought])


def _published(voices: Voices) -> dict[Quantity, Witness]:
    """What a file states; what accounts call the initial budget (年初预算) is what the year's budget was published as."""
    found = stated_quantities(voices)
    initial = {sought: witness for sought, witness in found.items() if sought.stage == "initial"}
    return found | {sought._replace(stage="budget"): witness for sought, witness in initial.items()}


def _carried_over(rule: Rule, earlier: Voices, later: Voices) -> Iterator[Identity]:
    scope, following = earlier.reading.scope, later.reading.scope
    if scope.kind != "final_accounts" or scope.year is None or following.year != scope.year + 1:
        return
    begun = {
        sought.fact: witness
        for sought, witness in stated_quantities(later).items()
        if sought.year == following.year
    }
    for sought, witness in stated_quantities(earlier).items():
        opening = begun.get(sought.fact.of("carryover_begin"))
        if sought.fact.concept == "carryover_end" and sought.year == scope.year and opening is not None:
            yield _same(rule, witness, opening)


def _grown(rule: Rule, earlier: Voices, later: Voices) -> Iterator[Identity]:
    """比2024年预算增加3,355.65万元: this year's figure without the increase is what last year's file states."""
    before, now = earlier.reading.scope, later.reading.scope
    if before.kind != now.kind or before.year is None or now.year != before.year + 1:
        return
    stated = stated_quantities(earlier)
    for comparison in (c for told in later.reading.told for c in told.comparisons):
        current, change, says = comparison.current, comparison.difference, comparison.says
        if comparison.against != "year" or comparison.base_year != before.year or comparison.nearly:
            continue
        if current is None or current.fact is None or says is None or (change is None and says):
            continue
        base = stated.get(quantity(current.fact, now)._replace(year=before.year))
        if base is not None:
            grown = [Term(-says, witness_of(change, later))] if change is not None else []
            left = (Term(1, witness_of(current, later)), *grown)
            title = f"{now.year}年所说的上年数＝{base.place.file}{base.where}"
            yield Identity(rule.id, "=", left, (Term(1, base),), title, truncation(left[0].witness, base))


def _same(rule: Rule, one: Witness, other: Witness) -> Identity:
    title = f"{one.place.file}{one.where}＝{other.place.file}{other.where}"
    return Identity(rule.id, "=", (Term(1, one),), (Term(1, other),), title, truncation(one, other))


FILE_ENGINES: Mapping[str, FileEngine] = {"one_disclosure": one_disclosure, "one_body": one_body}


def between_files(
    readings: Sequence[Reading], catalog: Catalog, coverages: Sequence[Coverage]
) -> list[Finding]:
    """The findings between every two files; the outcomes are counted with the first of the two."""
    found: list[Finding] = []
    rules = [rule for rule in catalog.rules.values() if rule.engine in FILE_ENGINES]
    real = [(r, c) for r, c in zip(readings, coverages, strict=True) if not r.scope.template]
    if len(real) < _PAIR:
        return found
    voices_of = [(Voices(reading, catalog), coverage) for reading, coverage in real]
    for (one, coverage), (other, _) in combinations(voices_of, 2):
        relations: list[tuple[Identity, Outcome]] = []
        soft: list[Identity] = []
        for rule in rules:
            for identity in FILE_ENGINES[rule.engine](rule, one, other):
                outcome = identity.verdict().outcome
                coverage.count(rule.id, outcome)
                if not rule.params.get("soft"):
                    relations.append((identity, outcome))
                elif outcome is Outcome.VIOLATED:
                    soft.append(identity)
        found.extend(_explained(relations, catalog))
        found.extend(_hints(soft, catalog))
        if _of_one_body(one, other) and not any(_is_scanned(voices) for voices in (one, other)):
            subjects = [Subject(v.reading, catalog, coverage, v.reading.file) for v in (one, other)]
            for rule in catalog.rules.values():
                if rule.engine in RETOLD_FILE_ENGINES:
                    found.extend(RETOLD_FILE_ENGINES[rule.engine](rule, subjects[0], subjects[1]))
    counted = {voices.reading.file: coverage for voices, coverage in voices_of}
    for department in departments([voices for voices, _ in voices_of], catalog):
        coverage = counted[department.whole.files[0].reading.file]
        for rule in catalog.rules.values():
            if rule.engine in GROUP_ENGINES:
                found.extend(GROUP_ENGINES[rule.engine](rule, department, coverage))
    return found


_PAIR = 2


def _is_scanned(voices: Voices) -> bool:
    """Whether any page was recognised: a slip of recognition looks like another word."""
    return any(page.scanned for page in voices.reading.document.pages)


def _hints(broken: Sequence[Identity], catalog: Catalog) -> Iterator[Finding]:
    """One hint for each pair of figures: a total and the only part of it differ together."""
    by_figures: dict[tuple[object, ...], list[Identity]] = {}
    for identity in broken:
        key = identity.rule, *(witness.printed.base for witness in identity.witnesses)
        by_figures.setdefault(key, []).append(identity)
    for same in by_figures.values():
        hint = write.of_soft(same[0], catalog.rules)
        others = tuple(Evidence.of(witness) for identity in same[1:] for witness in identity.witnesses)
        yield replace(hint, evidence=hint.evidence + others[:_MOST_PLACES])


_MOST_PLACES = 6


def _explained(relations: Sequence[tuple[Identity, Outcome]], catalog: Catalog) -> Iterator[Finding]:
    for cause in Diagnosis(relations).explain():
        if isinstance(cause, Suspect):
            yield write.of_suspect(cause, catalog.rules)
        elif isinstance(cause, Unlisted):
            yield write.of_unlisted(cause, catalog.rules)
        else:
            yield write.of_unexplained(cause, catalog.rules)
