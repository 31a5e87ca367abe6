"""Hostile files by the thousand: made, run through the workers of the corpus command, and accounted for.

``python tests/hostile/fuzz.py`` (``make fuzz``) does all of them and prints the figures; the test does a sample. What
is asked of every file: the program does not crash, hang or swell; what it cannot read it refuses in one sentence.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from base_files import base_files
from hostile_office import hostile_packages
from hostile_pdf import hostile_pdfs
from hostile_text import hostile_texts
from mutations import Mutant, mutants

from gouji.corpus import Limits, run_corpus

SEED = 20260701
MUTANTS = 2400
LIMITS = Limits(seconds=20.0, megabytes=600)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "hunan-2024"
_SENTENCE = re.compile(r"[^\n\r]*[\u4e00-\u9fff][^\n\r]*")
_FINE = {"ok", "unreadable", ""}
STOPPED = ("forms-4-to-the-9", "forms-10-to-the-8", "forms-2-to-the-30")
"""Files that only the limits of a worker end: PDFium unfolds these before it can be asked anything."""


class Outcome(NamedTuple):
    """What came of one file; ``wrong`` says what should not have."""

    name: str
    status: str
    reason: str
    seconds: float
    megabytes: float
    wrong: str


def hand_made(*, heavy: bool = True) -> Iterator[Mutant]:
    """The files that are written for their purpose; without ``heavy`` those that take long to write are left out."""
    yield from hostile_pdfs(heavy=heavy)
    yield from hostile_packages(heavy=heavy)
    yield from hostile_texts()


def examine_all(
    files: Iterable[Mutant], folder: Path, limits: Limits = LIMITS, workers: int = 1
) -> list[Outcome]:
    """Write the files below ``folder``, run the corpus command over them, and judge each."""
    hostile, run = folder / "hostile", folder / "run"
    hostile.mkdir()
    for name, content in files:
        (hostile / name).write_bytes(content)
    result = run_corpus(hostile, run, workers=workers, limits=limits)
    with (run / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    outcomes = [_judged(row) for row in rows]
    known = {outcome.name for outcome in outcomes} | set(result.skipped)
    lost = [path.name for path in hostile.iterdir() if path.name not in known]
    return outcomes + [Outcome(name, "", "", 0.0, 0.0, "is in no table of the run") for name in lost]


def _judged(row: dict[str, str]) -> Outcome:
    status, reason = row["status"], row["reason"]
    wrong = ""
    if status in ("timeout", "memory") and any(name in row["file"] for name in STOPPED):
        wrong = ""
    elif status not in _FINE:
        wrong = f"{status}: {reason}"
    elif status == "unreadable" and not _SENTENCE.fullmatch(reason):
        wrong = f"no sentence: {reason!r}"
    elif int(row["rules_crashed"] or 0):
        wrong = f"{row['rules_crashed']} rules crashed"
    return Outcome(row["file"], status, reason, float(row["seconds"] or 0), float(row["peak_mb"] or 0), wrong)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mutants", type=int, default=MUTANTS, help=f"how many mutants (default: {MUTANTS})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"where they begin (default: {SEED})")
    parser.add_argument("--only", default="", help="only files whose name holds this")
    parser.add_argument("--keep", type=Path, help="leave the files and the run in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        bases = base_files(EXAMPLE, folder)
        files = (*hand_made(), *mutants(bases, options.mutants, options.seed))
        chosen = [file for file in files if options.only in file.name]
        outcomes = examine_all(chosen, folder, workers=2)
    report(outcomes)
    return int(any(outcome.wrong for outcome in outcomes))


def report(outcomes: list[Outcome]) -> None:
    counted = Counter(outcome.status for outcome in outcomes)
    print(
        f"{len(outcomes)} files: " + ", ".join(f"{count} {status}" for status, count in counted.most_common())
    )
    for title, key in (("slowest", lambda o: o.seconds), ("largest", lambda o: o.megabytes)):
        print(title)
        for outcome in sorted(outcomes, key=key, reverse=True)[:12]:
            print(
                f"  {outcome.seconds:6.2f} s {outcome.megabytes:6.0f} MB  {outcome.name}  {outcome.reason[:60]}"
            )
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    print(f"{len(wrong)} wrong")
    for outcome in wrong:
        print(f"  {outcome.name}: {outcome.wrong}")


if __name__ == "__main__":
    sys.exit(main())
