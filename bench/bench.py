"""How long one check takes, next to the least that any reader has to do. Run by ``make bench``.

PDFs of 25 pages: a real one with its pages of prose, where it is at hand (see CONTRIBUTING.md), and one of our own
making that is all tables. Three jobs, taken in turns so that a busy moment of the machine hits all alike:

- *check*: ``gouji check`` without starting a process: open the file, read it, check it (the catalogue is loaded);
- *floor*: PDFium alone, through ``pypdfium2.raw``: every character, its loose box, every path segment, kept nowhere;
- *pdfplumber*: ``extract_tables`` on every page, tables only.

The goal is a check of at most 2.5 times the floor. A fourth line times the whole ``gouji check`` process.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import sample
from pypdfium2 import PdfDocument, raw

from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.documents.opening import open_document
from gouji.reading import read_document

GOAL = 2.5
REAL = "putuo-js2024-finance.pdf"
ROOT = Path(__file__).resolve().parents[1]


def run_check(path: Path) -> None:
    """Our own work, end to end."""
    catalog = load_catalog()
    check([read_document(open_document(path), catalog)], catalog)


def run_floor(path: Path) -> None:
    """What any reader built on PDFium pays before it has understood anything."""
    document = PdfDocument(path)
    box = raw.FS_RECTF()
    to_box = ctypes.byref(box)
    for number in range(len(document)):
        page = document[number]
        text = raw.FPDFText_LoadPage(page)
        for index in range(raw.FPDFText_CountChars(text)):
            raw.FPDFText_GetUnicode(text, index)
            raw.FPDFText_GetLooseCharBox(text, index, to_box)
        raw.FPDFText_ClosePage(text)
        count = raw.FPDFPage_CountObjects(page)
        _segments(raw.FPDFPage_GetObject, page, count)
        page.close()
    document.close()


def _segments(child: Callable[..., object], parent: object, count: int) -> None:
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    for index in range(count):
        item = child(parent, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            _segments(raw.FPDFFormObj_GetObject, item, raw.FPDFFormObj_CountObjects(item))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            for position in range(raw.FPDFPath_CountSegments(item)):
                segment = raw.FPDFPath_GetPathSegment(item, position)
                raw.FPDFPathSegment_GetType(segment)
                raw.FPDFPathSegment_GetPoint(segment, to_x, to_y)


def run_pdfplumber(path: Path) -> None:
    """What people use today, and only its tables."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def run_process(path: Path) -> None:
    """The command as a person runs it: start, catalogue, check, report."""
    command = [sys.executable, "-c", "from gouji.cli import main; main()", "check", str(path)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"gouji check ended with {done.returncode}")


def seconds(job: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    job(path)
    return time.perf_counter() - start


def measure(path: Path, repeats: int, slow: int) -> dict[str, list[float]]:
    """Seconds of every run by job. The jobs take turns; pdfplumber and the process only ``slow`` times."""
    quick = {"check": run_check, "floor": run_floor}
    costly = {"pdfplumber": run_pdfplumber, "process": run_process}
    for job in quick.values():
        job(path)
    times: dict[str, list[float]] = {name: [] for name in (*quick, *costly)}
    for turn in range(repeats):
        for name, job in quick.items():
            times[name].append(seconds(job, path))
        if turn < slow:
            for name, job in costly.items():
                times[name].append(seconds(job, path))
    return times


def real_folder() -> Path | None:
    """The folder of real documents, where it is at hand."""
    folder = Path(os.environ.get("GOUJI_SHARED", ROOT.parent / "shared")) / "corpus"
    return folder if folder.is_dir() else None


def real_documents() -> list[Path]:
    """The published PDF of 25 pages, where the real documents are at hand."""
    folder = real_folder()
    return [folder / REAL] if folder is not None and (folder / REAL).is_file() else []


def report(path: Path, times: dict[str, list[float]]) -> None:
    titles = {
        "check": "gouji: open, read, check (in process)",
        "floor": "floor: PDFium's characters, boxes, path segments",
        "pdfplumber": "pdfplumber: extract_tables alone",
        "process": "gouji check, the whole process",
    }
    print(f"{path.name}, {len(PdfDocument(path))} pages; milliseconds")
    print(f"{'':50}{'runs':>5}{'least':>8}{'median':>8}{'most':>8}{'x floor':>9}")
    floor = statistics.median(times["floor"])
    for name, title in titles.items():
        runs = times[name]
        least, median, most = min(runs), statistics.median(runs), max(runs)
        figures = "".join(f"{1000 * value:>8.0f}" for value in (least, median, most))
        print(f"{title:50}{len(runs):>5}{figures}{median / floor:>9.2f}")
    pairs = [ours / bare for ours, bare in zip(times["check"], times["floor"], strict=True)]
    ratio = statistics.median(pairs)
    verdict = "达到" if ratio <= GOAL else "未达到"
    print(f"\ncheck / floor, turn by turn: median {ratio:.2f}, from {min(pairs):.2f} to {max(pairs):.2f}")
    print(f"目标 ≤{GOAL}：{verdict}\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, help="other PDFs to measure on")
    parser.add_argument("--repeats", type=int, default=15, help="turns of check and floor (default: 15)")
    parser.add_argument("--slow", type=int, default=3, help="turns that take the slow jobs, too (default: 3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or [*real_documents(), sample.write(Path(folder) / "made-for-bench.pdf")]
        for path in files:
            report(path, measure(path, max(1, options.repeats), max(1, min(options.slow, options.repeats))))


if __name__ == "__main__":
    main()
