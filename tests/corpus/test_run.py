"""A run over a folder: a row for every file, the same rows every time, nothing done twice."""

from __future__ import annotations

import csv
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import corpus_jobs
import pytest

import gouji.corpus.run as corpus_run
from gouji.catalog import load_catalog
from gouji.corpus import CorpusError, Limits, Progress, run_corpus
from gouji.corpus.engine import engine
from gouji.documents.opening import open_document
from gouji.facts import Presence
from gouji.reading import read_document
from gouji.reading.rows import ROW_COLUMNS, row_of

Ask = Callable[..., list[tuple[Any, ...]]]
GOOD = ["决算.html", "某'区/决算.xlsx", "某'区/同一份.xlsx"]


def table_digests(run: Path) -> list[str]:
    """Digests of the tables that have no measured times in them."""
    names = ("witnesses.parquet", "findings.parquet", "tables.parquet")
    return [hashlib.sha256((run / name).read_bytes()).hexdigest() for name in names]


def test_every_file_has_its_row(folder: Path, tmp_path: Path, ask: Ask) -> None:
    run = tmp_path / "run"
    seen: list[Progress] = []
    result = run_corpus(folder, run, workers=2, progress=seen.append)
    assert result.skipped == ("MANIFEST.csv",)
    assert [step.done for step in seen] == list(range(1, 8))
    assert {step.total for step in seen} == {7}

    rows = ask(run, "summary", "SELECT file, status, reason, format, numeric, bound, recognised FROM t")
    assert [row[0] for row in rows] == sorted(["cut.pdf", "empty.docx", "garbage.pdf", *GOOD])
    status = {row[0]: row[1:] for row in rows}
    for name in GOOD:
        state, reason, format_, numeric, bound, recognised = status[name]
        assert (state, reason, format_, recognised) == ("ok", "", Path(name).suffix[1:], 9)
        assert numeric == bound > 100
    for name in ("cut.pdf", "empty.docx", "garbage.pdf"):
        assert status[name][0] == "unreadable"
        assert status[name][1]
    with (run / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        listed = list(csv.DictReader(stream))
    assert [row["file"] for row in listed] == [row[0] for row in rows]
    assert [row["reason"] for row in listed] == [row[2] for row in rows]
    found = ask(run, "tables", "SELECT state, count(*) FROM t WHERE file = '决算.html' GROUP BY state")
    assert ("recognised", 9) in found


def test_witnesses_are_what_reading_says(folder: Path, tmp_path: Path, ask: Ask) -> None:
    run = tmp_path / "run"
    run_corpus(folder, run, workers=1)
    catalog = load_catalog()
    for name in GOOD:
        reading = read_document(open_document(folder / name), catalog)
        columns = ", ".join(f'"{column}"' for column in ROW_COLUMNS[1:])
        quoted = name.replace("'", "''")
        stored = ask(run, "witnesses", f"SELECT {columns}, amount FROM t WHERE file = '{quoted}'")
        expected = []
        for witness in reading.witnesses:
            row = row_of(witness)
            row["dimensions"] = ";".join(f"{key}={member}" for key, member in row["dimensions"].items())
            number = witness.printed.presence is Presence.NUMBER
            amount = witness.printed.base if number else None
            expected.append((*(row[column] for column in ROW_COLUMNS[1:]), amount))
        assert stored == expected
        assert any(isinstance(row[-1], Decimal) and row[-1] % 10_000 for row in stored)


def test_same_files_same_bytes(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    run_corpus(folder, one, workers=2)
    run_corpus(folder, two, workers=1)
    assert table_digests(one) == table_digests(two)


def test_only_what_is_new_is_done(
    folder: Path, tmp_path: Path, page: bytes, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    run = tmp_path / "run"
    first = run_corpus(folder, run, workers=1)
    assert (first.worked, first.known) == (6, 1), "equal contents are done once"
    before = {path: path.stat().st_mtime_ns for path in run.glob("*.*")}
    second = run_corpus(folder, run, workers=1)
    assert (second.worked, second.known) == (0, 7)
    after = {path: path.stat().st_mtime_ns for path in run.glob("*.parquet")}
    assert after.items() <= before.items(), "nothing new, nothing written"

    (folder / "新.html").write_bytes(page + b"<!-- -->")
    (folder / "garbage.pdf").unlink()
    third = run_corpus(folder, run, workers=1)
    assert (third.worked, third.known) == (1, 6)
    names = [name for (name,) in ask(run, "summary", "SELECT file FROM t")]
    assert "新.html" in names
    assert "garbage.pdf" not in names

    changed = engine()._replace(catalogue="another")
    monkeypatch.setattr(corpus_run, "engine", lambda: changed)
    assert run_corpus(folder, run, workers=1).worked == 6
    assert len(list((run / "shards").glob("*/*"))) == 6, "shards of the old catalogue are gone"


def test_a_reader_that_hangs_costs_one_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    run = tmp_path / "run"
    with monkeypatch.context() as patched:
        patched.setattr(corpus_run, "_examine", corpus_jobs.hang_on_pages)
        run_corpus(folder, run, workers=2, limits=Limits(seconds=1))
    query = "SELECT status, reason, seconds >= 1 FROM t WHERE file = '决算.html'"
    assert ask(run, "summary", query) == [("timeout", "超过时限1秒，已停止", True)]
    assert ask(run, "summary", "SELECT count(*) FROM t WHERE status = 'ok'") == [(2,)]
    assert run_corpus(folder, run, limits=Limits(seconds=1)).worked == 0, "it would only hang again"
    assert run_corpus(folder, run, limits=Limits(seconds=20)).worked == 1, "with more time it is worth a try"
    assert ask(run, "summary", "SELECT count(*) FROM t WHERE status = 'ok'") == [(3,)]


def test_goes_on_after_a_kill(tmp_path: Path, page: bytes) -> None:
    folder, run, whole = tmp_path / "docs", tmp_path / "run", tmp_path / "whole"
    folder.mkdir()
    files = 16
    for number in range(files):
        (folder / f"{number:02}.html").write_bytes(page + f"<!-- {number} -->".encode())
    command = [sys.executable, "-c", "from gouji.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "corpus", "run", str(folder), "-o", str(run), "-j", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    # Both runs are to be of one program, even while somebody is editing it.
    engine.cache_clear()
    deadline = time.monotonic() + 30
    while len(list(run.glob("shards/*/*.gz"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = len(list(run.glob("shards/*/*.gz")))
    assert 3 <= kept < files

    result = run_corpus(folder, run, workers=1)
    assert result.worked + result.known == files
    # The worker may still have finished the file it was on.
    assert result.known in (kept, kept + 1)
    run_corpus(folder, whole, workers=1)
    assert table_digests(run) == table_digests(whole)
    assert sorted(path.name for path in run.iterdir()) == sorted(path.name for path in whole.iterdir())


def test_damaged_shard_is_made_again(folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    run_corpus(folder, run, workers=1)
    shards = sorted(run.glob("shards/*/*.gz"), key=lambda path: path.stat().st_size)
    shards[0].write_bytes(b"")
    assert run_corpus(folder, run, workers=1).worked == 1
    shards[-1].write_bytes(shards[-1].read_bytes()[:-100])
    (run / "witnesses.parquet").unlink()
    with pytest.raises(CorpusError, match="已损坏，已删除；请再运行一次"):
        run_corpus(folder, run, workers=1)
    assert run_corpus(folder, run, workers=1).worked == 1


def test_what_cannot_be_run(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="不是文件夹"):
        run_corpus(tmp_path / "nowhere", tmp_path / "run")
    (tmp_path / "nothing").mkdir()
    with pytest.raises(CorpusError, match="里没有文件"):
        run_corpus(tmp_path / "nothing", tmp_path / "run")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError, match="已有别的内容"):
        run_corpus(folder, foreign)
    with pytest.raises(CorpusError, match="是文件"):
        run_corpus(folder, foreign / "thesis.docx")
