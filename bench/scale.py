"""How a corpus run grows with pages, next to the floor and to pdfplumber. Run by ``make bench``.

- *Length*: disclosures of our own making, all tables, of some 25, 100 and 400 pages, each done by one worker of
  ``gouji corpus run``: seconds per page, and the most memory that the worker held. The long ones are volumes of several
  bodies, as departments bind them; each body has figures of its own.
- *Corpus* (where the real documents are at hand): the whole ``gouji corpus run`` over their PDFs, the floor (see
  ``bench.py``) over the same files in as many processes, and pdfplumber's tables on every fortieth page, by the clock.

The goals: a corpus run of at most three times the floor per page, no worker above 300 MB, a page of a long document no
dearer than one of a short one.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import sample
from bench import real_folder, run_floor
from pypdfium2 import PdfDocument

from gouji.corpus import run_corpus

GOAL = 3.0
GOAL_MEGABYTES = 300
VOLUMES = (1, 4, 16)
"""So many bodies of 25 pages in one file."""
EVERY = 40


class Ran(NamedTuple):
    """A corpus run: seconds by the clock, seconds in workers, and the most that one of them held."""

    clock: float
    work: float
    megabytes: float
    pages: int


def pages_of(path: Path) -> int:
    document = PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def run(files: Sequence[Path], folder: Path, workers: int) -> Ran:
    """``gouji corpus run`` over copies of the files, without results of an earlier one."""
    source = folder / "files"
    source.mkdir()
    for path in files:
        shutil.copy(path, source)
    start = time.perf_counter()
    run_corpus(source, folder / "run", workers=workers)
    clock = time.perf_counter() - start
    with (folder / "run" / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong = [row["file"] for row in rows if row["status"] != "ok"]
    if wrong:
        raise SystemExit(f"not read: {wrong}")
    return Ran(
        clock,
        sum(float(row["seconds"]) for row in rows),
        max(float(row["peak_mb"] or 0) for row in rows),
        sum(int(row["pages"]) for row in rows),
    )


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def floor_of(files: Sequence[Path], workers: int) -> float:
    """Seconds by the clock for the floor over all files, in processes that are already there."""
    largest_first = sorted(files, key=lambda path: -path.stat().st_size)
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(abs, range(workers))
        return timed(lambda: pool.map(run_floor, largest_first, chunksize=1))


def pdfplumber_per_page(files: Sequence[Path]) -> float:
    """Seconds per page of pdfplumber's tables, on every fortieth page of all files."""
    total, count, number = 0.0, 0, 0
    for path in files:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                number += 1
                if number % EVERY == 1:
                    total += timed(page.extract_tables)
                    count += 1
                page.close()
    return total / count


def volume(folder: Path, bodies: int) -> Path:
    """A PDF of ``bodies`` disclosures, one behind the other."""
    whole = PdfDocument.new()
    for body in range(bodies):
        one = PdfDocument(sample.write(folder / "one.pdf", body))
        whole.import_pages(one)
        one.close()
    path = folder / f"volume-{bodies}.pdf"
    whole.save(path)
    whole.close()
    return path


def length(repeats: int) -> None:
    print("one worker; a page in milliseconds, the least of", repeats)
    print(f"{'pages':>8}{'corpus run':>12}{'floor':>8}{'x floor':>9}{'pdfplumber':>12}{'peak MB':>9}")
    costs = []
    for bodies in VOLUMES:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            path = volume(folder, bodies)
            ran = []
            for turn in range(repeats):
                (folder / str(turn)).mkdir()
                ran.append(run([path], folder / str(turn), 1))
            floor = min(timed(lambda path=path: run_floor(path)) for _ in range(repeats))
            theirs = pdfplumber_per_page([path])
        pages, best = ran[0].pages, min(each.work for each in ran)
        peak = max(each.megabytes for each in ran)
        costs.append(best / pages)
        print(
            f"{pages:>8}{1000 * best / pages:>12.2f}{1000 * floor / pages:>8.2f}{best / floor:>9.2f}"
            f"{1000 * theirs:>12.1f}{peak:>9.0f}"
        )
    print(f"a page of the longest costs {costs[-1] / costs[0]:.2f} times one of the shortest\n")


def corpus(files: Sequence[Path], workers: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        ran = run(files, Path(made), workers)
    floor = floor_of(files, workers)
    theirs = pdfplumber_per_page(files)
    pages = sum(map(pages_of, files))
    print(f"{len(files)} real PDFs, {pages} pages, {workers} processes; milliseconds of the clock per page")
    print(f"gouji corpus run, from nothing to its tables  {1000 * ran.clock / pages:>8.2f}")
    print(f"  its workers' time on files, shared out       {1000 * ran.work / workers / pages:>8.2f}")
    print(f"floor                                         {1000 * floor / pages:>8.2f}")
    print(f"pdfplumber, tables alone, shared out          {1000 * theirs / workers:>8.2f}")
    ratio = ran.clock / floor
    print(f"corpus run / floor {ratio:.2f}，目标 ≤{GOAL}：{'达到' if ratio <= GOAL else '未达到'}")
    fits = "达到" if ran.megabytes <= GOAL_MEGABYTES else "未达到"
    print(f"most memory of a worker {ran.megabytes:.0f} MB，目标 ≤{GOAL_MEGABYTES}：{fits}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (default: one per core)"
    )
    parser.add_argument("--repeats", type=int, default=3, help="turns of the made volumes (default: 3)")
    options = parser.parse_args()
    length(options.repeats)
    folder = real_folder()
    if folder is not None:
        corpus(sorted(folder.glob("*.pdf")), options.workers)


if __name__ == "__main__":
    main()
