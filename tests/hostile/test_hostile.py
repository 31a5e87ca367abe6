"""Files that are damaged or mean harm: no traceback, no hang, no flood; one Chinese sentence for what is refused.

A sample of what ``make fuzz`` does in full.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from base_files import base_files
from fuzz import EXAMPLE, LIMITS, SEED, STOPPED, Outcome, examine_all, hand_made
from hostile_office import letter, workbook
from hostile_pdf import HELLO, one_page, stream
from mutations import mutants

from command_run import Run
from gouji.documents import UnreadableFile
from gouji.documents.opening import open_document

SMALL = 200_000
"""Larger hand-made files are left to ``make fuzz``."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    folder = tmp_path_factory.mktemp("fuzz")
    bases = base_files(EXAMPLE, folder)
    made = (file for file in hand_made(heavy=False) if len(file.content) < SMALL)
    files = [*islice(made, 0, None, 2), *mutants(bases, 160, SEED)]
    assert len(files) > 300
    return examine_all(files, folder, workers=2)


def test_no_file_crashes_hangs_or_floods(outcomes: list[Outcome]) -> None:
    wrong = [f"{outcome.name}: {outcome.wrong}" for outcome in outcomes if outcome.wrong]
    assert not wrong, "\n".join(wrong)
    assert all(outcome.megabytes < LIMITS.megabytes for outcome in outcomes if outcome.status == "ok")


def test_damage_is_survived_and_refused(outcomes: list[Outcome]) -> None:
    """Neither is all of it refused, nor all of it read."""
    for kind in ("mutant-", "pdf-", "package-", "html-"):
        own = {outcome.status for outcome in outcomes if outcome.name.startswith(kind)}
        assert {"ok", "unreadable"} <= own, kind


def test_what_is_stopped_is_named(outcomes: list[Outcome]) -> None:
    stopped = {outcome.name for outcome in outcomes if outcome.status in ("timeout", "memory")}
    assert all(any(name in file for name in STOPPED) for file in stopped)


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        open_document(path)
    assert re.fullmatch(r"[^\n]*[\u4e00-\u9fff][^\n]*", caught.value.reason)
    return caught.value.reason


def texts(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return [cell.text for table in open_document(path).tables for cell in table.cells]


def sheet(cells: str) -> str:
    return f"<sheetData><row>{cells}</row></sheetData>"


def test_a_number_beyond_any_double_is_shown_as_stored(tmp_path: Path) -> None:
    assert texts(tmp_path / "a", workbook(sheet("<c><v>1e999999999</v></c>"))) == ["1e999999999"]


def test_a_format_that_excel_could_not_store_is_none(tmp_path: Path) -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="0.{}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    )
    cell = sheet('<c s="0"><v>1234.5</v></c>')
    assert texts(tmp_path / "a", workbook(cell, styles=styles.format("0" * 5000))) == ["1234.5"]
    assert texts(tmp_path / "a", workbook(cell, styles=styles.format("00"))) == ["1234.50"]


def test_numbers_of_thousands_of_digits(tmp_path: Path) -> None:
    assert "缺少部分文字" in refused(tmp_path / "a", workbook(sheet(f'<c t="s"><v>{"9" * 5000}</v></c>')))
    span = f'<w:tcPr><w:gridSpan w:val="{"9" * 5000}"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p>'
    assert texts(tmp_path / "a", letter(f"<w:tbl><w:tr><w:tc>{span}</w:tc></w:tr></w:tbl>")) == ["甲"]
    refused(tmp_path / "a", b'[{"a": ' + b"9" * 5000 + b"}]")


def test_a_ring_of_styles_hides_nothing_and_a_long_chain_is_followed(tmp_path: Path) -> None:
    style = '<w:style w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
    chain = "".join(style.format(n, n + 1) for n in range(5000))
    hiding = '<w:style w:styleId="s5000"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>'
    path = tmp_path / "a.docx"
    path.write_bytes(letter(body, styles=chain + hiding))
    assert open_document(path).blocks == []
    path.write_bytes(letter(body, styles=chain + style.format(5000, 0)))
    assert len(open_document(path).blocks) == 1


@pytest.mark.parametrize("charset", ["hex", "base64", "punycode", "undefined", "idna", "utf-7", "rot13"])
def test_what_is_no_encoding_of_pages_is_not_believed(tmp_path: Path, charset: str) -> None:
    page = (
        f'<html><meta charset="{charset}"><table><tr><td>'.encode()
        + "收入".encode("gb18030")
        + b"<td>1</table>"
    )
    assert texts(tmp_path / "a", page) == ["收入", "1"]


def test_spans_that_never_end(tmp_path: Path) -> None:
    spans = "<tr><td colspan=1000 rowspan=65534>1<td>2</tr>" * 3000
    assert "大得不正常" in refused(tmp_path / "a", f"<html><table>{spans}</table>".encode())


def test_an_element_of_ten_thousand_attributes(tmp_path: Path) -> None:
    many = " ".join(f"a{n}=1" for n in range(10_000))
    assert "属性" in refused(tmp_path / "a", f"<html><p {many}>正文".encode())
    styled = "<html><table " + " ".join(f"{'mso-style: a=b; ' * 3000}".split("\n")) + "><tr><td>1</table>"
    assert texts(
        tmp_path / "a", styled.replace("mso", 'style="mso', 1).replace("><tr", '"><tr').encode()
    ) == ["1"]


def test_rows_and_columns_beyond_measure(tmp_path: Path) -> None:
    wide = b"a,b,c,d,e,f\n" + b"," * 60_000 + b"1\n" + b"1,2,3,4,5,6\n" * 10_000
    assert "多得不正常" in refused(tmp_path / "a", wide)
    assert "多得不正常" in refused(tmp_path / "a", workbook(sheet("<c><v>1</v></c>"), sheets=2000))


def test_depth_within_a_record(tmp_path: Path) -> None:
    assert "多得不正常" in refused(tmp_path / "a", b'[{"a":' + b"[" * 900 + b"]" * 900 + b"}]")


def test_a_year_that_is_none_does_not_stop_a_run(tmp_path: Path, gouji: Callable[..., Run]) -> None:
    keys = (
        "table",
        "row_code",
        "row_label",
        "column",
        "concept",
        "dimensions",
        "value",
        "unit",
        "status",
        "year",
    )
    folder = tmp_path / "files"
    folder.mkdir()
    for number, year in enumerate(("²", "9" * 300, "2024")):
        lines = [",".join(keys), f"收入决算表,,甲,合计,revenue,,1.00,万元,bound,{year}"]
        (folder / f"{number}.csv").write_text("\n".join(lines), encoding="utf-8")
    run = gouji("corpus", "run", folder, "-o", tmp_path / "run", "-j", 1)
    assert (run.code, run.err) == (0, "")
    assert "读成3个" in run.out


def test_pages_beyond_measure(tmp_path: Path) -> None:
    sound = one_page(stream(HELLO))
    many = sound.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + b"3 0 R " * 6000 + b"]/Count 6000")
    assert "6000页" in refused(tmp_path / "a.pdf", many)


def test_a_drawing_is_no_table_and_is_said(tmp_path: Path) -> None:
    lines = b"".join(
        b"%d 0 m %d 800 l S 0 %d m 590 %d l S " % (n % 590, n % 590, n % 800, n % 800) for n in range(110_000)
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(HELLO + lines)))
    document = open_document(path)
    assert document.tables == []
    assert any("线条多得不像表格" in notice for notice in document.notices)
    assert any("123.45" in paragraph.text for paragraph in document.paragraphs)


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """The real command line, in a process of its own."""
    program = [sys.executable, "-c", "from gouji.cli import main; main()", *map(str, words)]
    return subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)


def one_sentence(done: subprocess.CompletedProcess[str], said: str) -> None:
    assert done.returncode == 2, done
    (line,) = done.stderr.splitlines()
    assert said in line


def test_places_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    one_sentence(command("check", tmp_path / "pipe.pdf"), "不是普通文件")
    one_sentence(command("check", tmp_path), "文件夹")
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    one_sentence(command("read", tmp_path / "loop.pdf"), "loop.pdf")
    (tmp_path / "empty.docx").touch()
    one_sentence(command("read", tmp_path / "empty.docx"), "0 字节")
    if os.geteuid():
        (tmp_path / "secret.pdf").touch(mode=0)
        one_sentence(command("check", tmp_path / "secret.pdf"), "权限")


@pytest.mark.skipif(sys.platform != "linux", reason="no fork, or no limit of memory")
def test_the_command_itself_has_limits(tmp_path: Path) -> None:
    slow = tmp_path / "slow.html"
    slow.write_text("<html><table>" + "<tr><td>甲<td>1.00<td>2.00" * 60_000, encoding="utf-8")
    one_sentence(command("check", "--timeout", "0.5", slow), "slow.html：超过0.5秒")
    one_sentence(command("check", "--memory", "110", slow), "slow.html：超过110MB内存")
    glyphs = b"".join(b"BT /F1 9 Tf 1 0 0 1 72 700 Tm (1)Tj ET " for _ in range(150_000))
    (tmp_path / "large.pdf").write_bytes(one_page(stream(glyphs)))
    one_sentence(command("read", "--memory", "110", tmp_path / "large.pdf"), "large.pdf：")
