"""The same for self-evaluations: how many planted faults are found and found first, and what is said of clean ones."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from random import Random

from clean_evaluations import clean_evaluation, examine
from evaluation_kinds import KINDS, Planted
from measure import Outcome, measure

from gouji.catalog import load_catalog
from gouji.checking import Finding
from gouji.cli.defects import defects

PER_KIND = 16
CLEAN = 200
FORMATS = (".html", ".docx", ".xlsx", ".pdf")
CATALOG = load_catalog()


def outcome(kind: str, seed: int, planted: Planted, ending: str) -> Outcome:
    known = known_findings(seed, ending)
    result = examine(planted.document, ending, CATALOG)
    new = [finding for finding in result.findings if _said(finding) not in known]
    found = any(planted.named_by(finding) for finding in new)
    is_first = bool(new) and planted.named_by(new[0], accused=True)
    instead = "" if is_first or not new else f"{new[0].rule} {new[0].message}"
    return Outcome(kind, f"evaluation #{seed}", ending, planted.told, found, is_first and found, instead)


def _said(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.message


@cache
def known_findings(seed: int, ending: str) -> frozenset[tuple[str, ...]]:
    """What is said of the clean document: hints."""
    return frozenset(map(_said, examine(clean_evaluation(seed, CATALOG), ending, CATALOG).findings))


def measured(
    kinds: Iterable[str], per_kind: int, formats: tuple[str, ...] = FORMATS, start: int = 0
) -> Iterator[Outcome]:
    """``per_kind`` faults of each kind, each in another document, by turns in each format. A workbook holds no report."""
    for kind in kinds:
        planted = 0
        for seed in range(start, start + per_kind * 8):
            if planted == per_kind:
                break
            ending = formats[planted % len(formats)]
            if kind.startswith("report") and ending == ".xlsx":
                ending = ".html"
            fault = KINDS[kind](clean_evaluation(seed, CATALOG), Random(f"{kind} {seed}"))
            if fault is not None:
                planted += 1
                yield outcome(kind, seed, fault, ending)


def said_of_clean(seeds: Iterable[int], endings: tuple[str, ...] = FORMATS) -> Iterator[tuple[int, Finding]]:
    """Errors and warnings about clean documents, by turns in each format. What their registers lack is marked in them as
    still to be filled in, and is found as such: that is not counted."""
    for number, seed in enumerate(seeds):
        result = examine(clean_evaluation(seed, CATALOG), endings[number % len(endings)], CATALOG)
        yield from ((seed, f) for f in defects(result))


if __name__ == "__main__":
    sys.exit(measure(__doc__, KINDS, measured, said_of_clean, per_kind=PER_KIND, clean=CLEAN))
