"""Scanned files on the command line: one sentence where they cannot be read, and where they can, what is marked."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pypdfium2
import pytest

from command_run import Run
from gouji.cli import main
from gouji.documents.scans.engine import is_installed
from rasters import rendered, scanned

needs_ocr = pytest.mark.skipif(
    not is_installed(), reason="character recognition (gouji[ocr]) is not installed"
)
PAGE = 7
"""The page of the example with 公开03."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Path:
    """The example as PDF with text."""
    out = tmp_path_factory.mktemp("built") / "公开"
    with pytest.raises(SystemExit):
        main(["build", str(example), "-o", str(out)])
    return out / "部门决算.pdf"


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory, printed: Path) -> Path:
    """One page of it as an image."""
    return scanned([rendered(printed, PAGE, 150)], tmp_path_factory.mktemp("scan") / "扫描.pdf", 150)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, printed: Path, scan: Path) -> Path:
    """The page before it with text, and the page as an image."""
    file, text, image = (
        pypdfium2.PdfDocument.new(),
        pypdfium2.PdfDocument(printed),
        pypdfium2.PdfDocument(scan),
    )
    file.import_pages(text, [PAGE - 2])
    file.import_pages(image)
    path = tmp_path_factory.mktemp("mixed") / "混合.pdf"
    file.save(path)
    return path


def rows(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run.out)))


@pytest.mark.parametrize("command", ["check", "read"])
def test_without_recognition_one_sentence_says_what_to_install(
    scan: Path, gouji: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("gouji.documents.scans.document.is_installed", lambda: False)
    run = gouji(command, scan)
    assert (run.code, run.out, len(run.err.splitlines())) == (2, "", 1)
    assert "扫描件" in run.err
    assert 'pip install "gouji[ocr]"' in run.err


def test_without_recognition_the_other_pages_are_read(
    mixed: Path, gouji: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouji.documents.scans.document.is_installed", lambda: False)
    run = gouji("check", mixed, "-f", "json")
    (notice,) = json.loads(run.out)["documents"][0]["notices"]
    assert "第2页没有读入" in notice
    assert "gouji[ocr]" in notice


def test_a_corpus_run_counts_the_pages_that_it_leaves_unread(
    scan: Path, mixed: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for path in (scan, mixed):
        shutil.copy(path, folder)
    run = gouji("corpus", "run", folder, "-o", tmp_path / "run", "-j", "1")
    assert "其中2页只有图像，没有读" in "".join(run.out.split())
    with (tmp_path / "run" / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream)}
    counted = {name: (row["status"], row["pages"], row["pages_unread"]) for name, row in rows.items()}
    assert counted == {scan.name: ("unreadable", "1", "1"), mixed.name: ("ok", "2", "1")}


def test_a_corpus_run_that_cannot_read_scans_says_so(
    scan: Path, tmp_path: Path, gouji: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouji.corpus.run.is_installed", lambda: False)
    run = gouji("corpus", "run", scan.parent, "-o", tmp_path / "run", "--scans")
    assert (run.code, run.out, len(run.err.splitlines())) == (2, "", 1)
    assert 'pip install "gouji[ocr]"' in run.err


@needs_ocr
def test_a_corpus_run_reads_scans_on_demand(scan: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    gouji("corpus", "run", scan.parent, "-o", tmp_path / "run", "-j", "1", "--scans")
    with (tmp_path / "run" / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["status"], row["pages_unread"], row["recognised"]) == ("ok", "0", "1")
    assert float(row["peak_mb"]) < 300


@needs_ocr
def test_every_figure_of_a_scan_says_that_it_was_recognised(
    scan: Path, printed: Path, gouji: Callable[..., Run]
) -> None:
    want = [row for row in rows(gouji("read", printed)) if row["page"] == str(PAGE)]
    got = rows(gouji("read", scan))
    assert len(want) > 30
    keys = ("row_code", "row_label", "column", "concept", "dimensions", "value")
    assert [[row[key] for key in keys] for row in got] == [[row[key] for key in keys] for row in want]
    assert all(0 <= int(row["confidence"]) <= 100 and row["recognised"] == row["value"] for row in got)
    assert not any(row["confidence"] or row["recognised"] for row in want)


@needs_ocr
def test_pages_with_text_and_pages_without_in_one_file(mixed: Path, gouji: Callable[..., Run]) -> None:
    found = rows(gouji("read", mixed))
    assert {(row["page"], bool(row["confidence"])) for row in found} == {("1", False), ("2", True)}
    run = gouji("check", mixed, "-f", "json")
    (document,) = json.loads(run.out)["documents"]
    assert any("第2页是扫描图像" in notice for notice in document["notices"])
    assert document["coverage"]["outcomes"]["violated"] == 0


@needs_ocr
def test_a_scan_in_a_corpus_run(scan: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    run = tmp_path / "run"
    assert gouji("corpus", "run", scan.parent, "-o", run, "-j", 1, "--scans").code == 0
    query = "SELECT count(*), min(confidence), count(recognised) FROM read_parquet(?)"
    count, least, recognised = duckdb.execute(query, [str(run / "witnesses.parquet")]).fetchall()[0]
    assert count == recognised > 30
    assert least >= 0
    query = "SELECT status, format, numeric = bound, repaired FROM read_parquet(?)"
    summary = duckdb.execute(query, [str(run / "summary.parquet")]).fetchall()
    assert summary == [("ok", "scan", True, 0)]
