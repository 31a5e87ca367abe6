"""How a corpus run grows with pages, next to the floor and to pdfplumber. Run by ``make bench``.

- *Length*: disclosures of our own making, all tables, of some 25, 100 and 400 pages, each done by one worker of
  ``gouji corpus run``: seconds per page, and the most memory that the worker held. The long ones are volumes of several
  bodies, as departments bind them; each body has figures of its own.
- *Scans* (where character recognition is installed): three pages of tables as images of 200 dpi, the same way.
- *Corpus* (where the real documents are at hand): the whole ``gouji corpus run`` over their PDFs, the floor (see
  ``bench.py``) over the same files in as many processes, in turns, and pdfplumber's tables on every fortieth page. By
  the clock and by the time of all processors, which other work on the machine disturbs less.

The goals: a corpus run of at most three times the floor per page, no worker above 300 MB (with scans or without), a
page of a long document no dearer than one of a short one.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import sample
from bench import real_folder, run_floor
from pypdfium2 import PdfDocument

from gouji.corpus import run_corpus
from gouji.documents.scans.engine import is_installed

GOAL = 3.0
GOAL_MEGABYTES = 300
VOLUMES = (1, 4, 16)
"""So many bodies of 25 pages in one file."""
EVERY = 40
SCANNED = 3
CORPUS_TURNS = 2
"""The whole corpus is done at most so many times."""


class Spent(NamedTuple):
    """Seconds by the clock, and those of all processors."""

    clock: float
    processors: float


class Ran(NamedTuple):
    """A corpus run: what it took, seconds in workers, and the most that one of them held."""

    spent: Spent
    work: float
    megabytes: float
    pages: int


def pages_of(path: Path) -> int:
    document = PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def run(files: Sequence[Path], folder: Path, workers: int, *, scans: bool = False) -> Ran:
    """``gouji corpus run`` over copies of the files, without results of an earlier one."""
    source = folder / "files"
    source.mkdir()
    for path in files:
        shutil.copy(path, source)
    spent = spent_on(lambda: run_corpus(source, folder / "run", workers=workers, scans=scans))
    with (folder / "run" / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong = [row["file"] for row in rows if row["status"] != "ok"]
    if wrong:
        raise SystemExit(f"not read: {wrong}")
    return Ran(
        spent,
        sum(float(row["seconds"]) for row in rows),
        max(float(row["peak_mb"] or 0) for row in rows),
        sum(int(row["pages"]) for row in rows),
    )


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def spent_on(job: Callable[[], object]) -> Spent:
    """What a job takes that ends all processes it starts; its own work in this process is counted."""

    def processors() -> float:
        mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime

    before = processors()
    return Spent(timed(job), processors() - before)


def floor_of(files: Sequence[Path], workers: int) -> Spent:
    """What the floor over all files takes, in processes that are already there."""
    largest_first = sorted(files, key=lambda path: -path.stat().st_size)
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(abs, range(workers))
        start = time.perf_counter()
        each = pool.map(_processor_seconds, largest_first, chunksize=1)
        return Spent(time.perf_counter() - start, sum(each))


def _processor_seconds(path: Path) -> float:
    start = time.process_time()
    run_floor(path)
    return time.process_time() - start


def pdfplumber_per_page(files: Sequence[Path]) -> float:
    """Seconds per page of pdfplumber's tables, on every fortieth page of all files."""
    import pdfplumber  # noqa: PLC0415 - the workers of a corpus run load this module, and have no use for it

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


def scans() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        source = PdfDocument(sample.write(folder / "printed.pdf"))
        first, *others = (source[n].render(scale=200 / 72, grayscale=True).to_pil() for n in range(SCANNED))
        path = folder / "scanned.pdf"
        first.save(path, "PDF", save_all=True, append_images=others, resolution=200)
        ran = run([path], folder, 1, scans=True)
    print(f"one worker, {SCANNED} scanned pages of tables: {ran.work / SCANNED:.1f} seconds a page")
    print(f"most memory of a worker {ran.megabytes:.0f} MB，{_verdict(ran.megabytes, GOAL_MEGABYTES)}\n")


def corpus(files: Sequence[Path], workers: int, repeats: int) -> None:
    runs: list[Ran] = []
    floors: list[Spent] = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as made:
            runs.append(run(files, Path(made), workers))
        floors.append(floor_of(files, workers))
    theirs = pdfplumber_per_page(files)
    pages = sum(map(pages_of, files))
    print(
        f"{len(files)} real PDFs, {pages} pages, {workers} processes; milliseconds per page, the least of {repeats}"
    )
    print(f"{'':48}{'clock':>9}{'processors':>12}")
    least = []
    for title, spent in (
        ("gouji corpus run, from nothing to its tables", [ran.spent for ran in runs]),
        ("floor", floors),
    ):
        clock, processors = min(s.clock for s in spent), min(s.processors for s in spent)
        least.append(Spent(clock, processors))
        print(f"{title:48}{1000 * clock / pages:>9.2f}{1000 * processors / pages:>12.2f}")
    print(f"{'pdfplumber, tables alone':48}{1000 * theirs / workers:>9.2f}{1000 * theirs:>12.2f}")
    ours, floor = least
    print(f"corpus run / floor by processors {ours.processors / floor.processors:.2f}")
    ratio = ours.clock / floor.clock
    print(f"corpus run / floor by the clock {ratio:.2f}，{_verdict(ratio, GOAL)}")
    most = max(ran.megabytes for ran in runs)
    print(f"most memory of a worker {most:.0f} MB，{_verdict(most, GOAL_MEGABYTES)}")


def _verdict(measured: float, goal: float) -> str:
    return f"目标 ≤{goal}：{'达到' if measured <= goal else '未达到'}"


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
    if is_installed():
        scans()
    folder = real_folder()
    if folder is not None:
        corpus(sorted(folder.glob("*.pdf")), options.workers, max(1, min(options.repeats, CORPUS_TURNS)))


if __name__ == "__main__":
    main()
