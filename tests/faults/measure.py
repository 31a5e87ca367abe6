"""How many planted faults are found, how many of them as the first finding, and what is said of clean documents.

``python tests/faults/measure.py`` (``make faults``) does all of it and prints a table; the test does a sample."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from random import Random
from typing import NamedTuple, Protocol

from clean_drafts import clean_budget, clean_draft, examine
from kinds import KINDS
from planted import Planted

from gouji.catalog import load_catalog
from gouji.checking import CheckResult, Finding, Severity
from gouji.writing import Disclosure

PER_KIND = 24
CLEAN = 500
FORMATS = ("html", "html", "html", "docx", "pdf")
"""By turns: what takes longer comes up less often."""
TABLES = ("html", "xlsx", "docx", "pdf")
"""The same for faults in tables, beside which a workbook holds nothing."""
DATA = (*TABLES, "csv", "json")
"""The same for faults in cells: data have figures only."""
NEEDS_PAGE = ("table: missing though listed", "words: part missing though listed")
"""The kinds of which the contents page must know nothing: the page lets it be kept."""
CLEAN_FORMATS = ("html", "xlsx", "docx", "html", "json", "pdf", "csv")
IN_BUDGETS = 3
"""Every which fault is planted into a budget, if it has a place for it; every which clean document is one."""
OF_ACCOUNTS = ("table: note of an empty one removed", "words: part missing though listed")
"""Kinds of which budgets may think otherwise: their empty tables need no note, and some number no parts."""
CATALOG = load_catalog()


class Outcome(NamedTuple):
    """What became of one fault. ``draft`` names the document it was planted into; ``instead`` is what was found first, where
    that was something else."""

    kind: str
    draft: str
    ending: str
    told: str
    found: bool
    first: bool
    instead: str


def draft(seed: int, *, budget: bool) -> Disclosure:
    return clean_budget(seed, CATALOG) if budget else clean_draft(seed, CATALOG)


def outcome(kind: str, seed: int, planted: Planted, ending: str, *, budget: bool = False) -> Outcome:
    result = examine(planted.disclosure, ending, CATALOG, listed=planted.listed)
    known = known_findings(seed, ending, budget=budget)
    new = [finding for finding in result.findings if _said(finding) not in known]
    found = any(planted.named_by(finding) for finding in new)
    first = result.findings[:1]
    is_first = bool(first and first[0] in new and planted.named_by(first[0], accused=True))
    instead = "" if is_first or not first else f"{first[0].rule} {first[0].message}"
    name = f"{'budget' if budget else 'accounts'} #{seed}"
    return Outcome(kind, name, ending, planted.told, found, is_first and found, instead)


def _said(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.message, *(evidence.where for evidence in finding.evidence)


@cache
def known_findings(seed: int, ending: str, *, budget: bool = False) -> frozenset[tuple[str, ...]]:
    """What is said of the clean document: hints about rounding."""
    return frozenset(map(_said, examine(draft(seed, budget=budget), ending, CATALOG).findings))


def measured(
    kinds: Iterable[str], per_kind: int, formats: tuple[str, ...] = (), start: int = 0
) -> Iterator[Outcome]:
    """``per_kind`` faults of each kind, each in another document, in ``formats`` by turns. Bodies that have no place for a
    kind are passed over."""
    for kind in kinds:
        planted = 0
        by_turns = formats or formats_of(kind)
        for seed in range(start, start + per_kind * 12):
            if planted == per_kind:
                break
            ending = by_turns[planted % len(by_turns)]
            if kind in NEEDS_PAGE and ending != "xlsx":
                ending = "html"
            budget = planted % IN_BUDGETS == 1 and kind not in OF_ACCOUNTS
            for own in (True, False) if budget else (False,):
                fault = KINDS[kind](draft(seed, budget=own), Random(f"{kind} {seed}"))
                if fault is not None:
                    planted += 1
                    yield outcome(kind, seed, fault, ending, budget=own)
                    break


def formats_of(kind: str) -> tuple[str, ...]:
    """The formats that a kind of fault can be planted into, by turns."""
    return {"cell": DATA, "table": TABLES}.get(kind.partition(":")[0], FORMATS)


def false_findings(
    seeds: Iterable[int], formats: tuple[str, ...] = CLEAN_FORMATS
) -> Iterator[tuple[int, Finding]]:
    """Errors and warnings about clean documents: accounts and budgets, by turns in each format."""
    for number, seed in enumerate(seeds):
        budget = seed % IN_BUDGETS == 1
        result: CheckResult = examine(draft(seed, budget=budget), formats[number % len(formats)], CATALOG)
        yield from ((seed, f) for f in result.findings if f.severity is not Severity.INFO)


def table(outcomes: Iterable[Outcome]) -> tuple[str, Mapping[str, float]]:
    """The account per kind as lines, and the shares found and found first."""
    by_kind: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_kind.setdefault(one.kind, []).append(one)
    lines = [f"{'kind':40} planted  found  first"]
    for kind, own in by_kind.items():
        lines.append(f"{kind:40} {len(own):7} {sum(o.found for o in own):6} {sum(o.first for o in own):6}")
    everything = [one for own in by_kind.values() for one in own]
    count = len(everything) or 1
    found, first = sum(o.found for o in everything), sum(o.first for o in everything)
    lines.append(
        f"{'all':40} {len(everything):7} {found:6} {first:6}  {found / count:.1%} found, {first / count:.1%} first"
    )
    return "\n".join(lines), {"found": found / count, "first": first / count}


class Measured(Protocol):
    """Plants and looks: ``per_kind`` faults of each kind, from the seed ``start`` on."""

    def __call__(self, kinds: Iterable[str], per_kind: int, *, start: int) -> Iterable[Outcome]: ...


def measure(
    about: str, kinds: Iterable[str], faults: Measured, false: Callable[[range], Iterable[tuple[int, Finding]]],
    *, per_kind: int, clean: int,
) -> int:  # fmt: skip
    """The command line of a measurement, and its account; 1 if anything was said of a clean document."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--per-kind", type=int, default=per_kind)
    parser.add_argument("--clean", type=int, default=clean)
    parser.add_argument("--start", type=int, default=0, help="the first seed")
    parser.add_argument("--kind", action="append", help="part of a kind's name")
    parser.add_argument("--misses", action="store_true", help="print every fault that was not found first")
    wanted = parser.parse_args()
    asked = [kind for kind in kinds if not wanted.kind or any(part in kind for part in wanted.kind)]
    outcomes = list(faults(asked, wanted.per_kind, start=wanted.start))
    for one in outcomes if wanted.misses else ():
        if not one.first:
            said = "found, not first" if one.found else "NOT FOUND"
            print(f"{said}: {one.kind} {one.draft} {one.ending}: {one.told}\n    {one.instead}")
    print(table(outcomes)[0])
    accused = list(false(range(wanted.start, wanted.start + wanted.clean)))
    for seed, finding in accused:
        print(f"false: #{seed} {finding.rule} {finding.severity}: {finding.message}")
    bodies = len({seed for seed, _ in accused})
    print(f"{wanted.clean} clean documents: {len(accused)} errors and warnings in {bodies} of them")
    return 1 if accused else 0


if __name__ == "__main__":
    sys.exit(measure(__doc__, KINDS, measured, false_findings, per_kind=PER_KIND, clean=CLEAN))
