"""What the tests of the corpus room share: a folder of small documents, good and bad."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gouji.catalog import load_catalog
from gouji.registers import read_workspace
from gouji.writing import Disclosure, disclose, spreadsheet, webpage


@pytest.fixture(scope="session")
def disclosure(example: Path) -> Disclosure:
    """The nine forms of the shipped example."""
    catalog = load_catalog()
    return disclose(read_workspace(example, catalog), catalog)


@pytest.fixture(scope="session")
def page(disclosure: Disclosure) -> bytes:
    return webpage(disclosure)


@pytest.fixture(scope="session")
def workbook(disclosure: Disclosure) -> bytes:
    return spreadsheet(disclosure, load_catalog().dimensions)


@pytest.fixture
def folder(tmp_path: Path, page: bytes, workbook: bytes) -> Path:
    """Two documents, one of them twice, garbage, and things that are no documents at all."""
    root = tmp_path / "公开 文本"
    inside = root / "某'区"
    inside.mkdir(parents=True)
    (root / "决算.html").write_bytes(page)
    (inside / "决算.xlsx").write_bytes(workbook)
    (inside / "同一份.xlsx").write_bytes(workbook)
    (root / "garbage.pdf").write_bytes(bytes(range(256)) * 20)
    (root / "cut.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 500)
    (root / "empty.docx").write_bytes(b"")
    (root / "MANIFEST.csv").write_text("file,place\na.pdf,北京\nb.pdf,上海\n", encoding="utf-8")
    (root / ".hidden.html").write_bytes(page)
    (root / ".cache").mkdir()
    (root / ".cache" / "page.html").write_bytes(page)
    outside = tmp_path / "outside.html"
    outside.write_bytes(page)
    (root / "link.html").symlink_to(outside)
    (root / "loop").symlink_to(root)
    return root


@pytest.fixture
def ask() -> Callable[..., list[tuple[Any, ...]]]:
    """Ask a table of a run something in SQL; the table is called ``t``."""

    def query(run: Path, table: str, what: str) -> list[tuple[Any, ...]]:
        path = str(run / f"{table}.parquet")
        return duckdb.execute(f"WITH t AS (FROM read_parquet(?)) {what}", [path]).fetchall()

    return query
