"""Legacy Word files go through LibreOffice where it is installed, and are refused in one sentence where not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pytest

from gouji.documents import UnreadableFile, doc
from gouji.documents.doc import find_libreoffice, read_doc
from gouji.documents.opening import open_document

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")

needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .doc with a paragraph before and after a table with a merged cell."""
    folder = tmp_path_factory.mktemp("doc")
    source = docx.Document()
    source.add_paragraph("2024年度部门决算情况说明")
    table = source.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 2)).text = "收入决算表"
    for number, text in enumerate(["项目", "行次", "金额", "合计", "1", "304.48"]):
        table.cell(1 + number // 3, number % 3).text = text
    source.add_paragraph("本年收入304.48万元。")
    source.save(str(folder / "new.docx"))
    program = find_libreoffice()
    assert program is not None
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "doc:MS Word 97", "--outdir", str(folder), str(folder / "new.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "new.doc").rename(folder / "决算.xls")


@needs_libreoffice
def test_paragraphs_and_tables_arrive(old_word: Path) -> None:
    document = open_document(old_word)
    assert (document.format, document.path) == ("doc", old_word)
    assert [paragraph.text for paragraph in document.paragraphs][-1] == "本年收入304.48万元。"
    (table,) = document.tables
    assert (table.cells[0].text, table.cells[0].col_span) == ("收入决算表", 3)
    assert table.cells[-1].text == "304.48"
    assert any("LibreOffice" in notice for notice in document.notices)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_doc(path)
    assert caught.value.path == str(path)
    assert "\n" not in caught.value.reason
    return caught.value.reason


@needs_libreoffice
def test_a_damaged_file_says_what_to_do(old_word: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.doc"
    path.write_bytes(OLE2 + bytes(600))
    assert ".docx" in refusal(path)


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doc, "find_libreoffice", lambda: None)
    reason = refusal(tmp_path / "old.doc")
    assert ".docx" in reason
    assert "LibreOffice" in reason


def test_a_conversion_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 600 &\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    path = tmp_path / "old.doc"
    path.write_bytes(OLE2)
    monkeypatch.setattr(doc, "find_libreoffice", lambda: str(program))
    monkeypatch.setattr(doc, "SECONDS", 0.5)
    assert "已停止" in refusal(path)
