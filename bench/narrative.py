"""What the sentences add to the time of the tables. Run by ``make bench``.

Real documents with text and tables, where they are at hand (see CONTRIBUTING.md), are opened, read and checked as they are
and with their running text left unread, in turns. Time is that of the processor, so that what else the machine does
hardly counts. The goal is at most half again.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from bench import real_folder

from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.documents import Document
from gouji.documents.opening import open_document
from gouji.reading import read_document

GOAL = 1.5


@contextmanager
def tables_only() -> Iterator[None]:
    """Running text is not read."""
    with mock.patch("gouji.reading.read.read_prose", return_value=[]):
        yield


@contextmanager
def everything() -> Iterator[None]:
    yield


def seconds(path: Path) -> float:
    catalog = load_catalog()
    start = time.process_time()
    document: Document = open_document(path)
    check([read_document(document, catalog)], catalog)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=1, help="turns of each document (default: 1)")
    options = parser.parse_args()
    folder = real_folder()
    if folder is None:
        print("narrative: the real documents are not at hand, nothing was measured")
        return
    full, bare, ratios = 0.0, 0.0, []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".pdf", ".txt")):
        turns = []
        for _ in range(options.repeats):
            with everything():
                own = seconds(path)
            with tables_only():
                turns.append((own, seconds(path)))
        one, other = (min(turn[n] for turn in turns) for n in (0, 1))
        full, bare = full + one, bare + other
        ratios.append(one / other)
    print(
        f"narrative: {len(ratios)} documents, with sentences {full:.1f} s, tables alone {bare:.1f} s of the processor"
    )
    print(
        f"all of them {full / bare:.2f} times, the median document {statistics.median(ratios):.2f}, the most {max(ratios):.2f}"
    )
    print(f"目标 ≤{GOAL}：{'达到' if full / bare <= GOAL else '未达到'}\n")


if __name__ == "__main__":
    main()
