"""The command line as its users meet it: what it prints, its exit codes, and one sentence for what cannot be run."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from command_run import Run
from gouji.catalog import load_catalog
from gouji.reading.rows import ROW_COLUMNS


def one_sentence(run: Run, *said: str) -> None:
    assert run.code == 2
    assert "Traceback" not in run.err
    lines = [line for line in run.err.splitlines() if line.strip()]
    assert len(lines) == 1
    assert all(word in lines[0] for word in said), lines[0]


# ---- doing the job


def test_what_is_built_checks_clean(built: Path, gouji: Callable[..., Run]) -> None:
    apart = ("gouji-manifest.json", "statements.csv")
    files = sorted(p for p in built.iterdir() if p.name not in apart and not p.name.startswith("performance"))
    assert len(files) == 10
    for file in files:
        run = gouji("check", file)
        assert run.code == 0, run.out
        assert "未发现错误和疑点" in run.out or "未发现问题" in run.out


def test_a_reader_who_has_seen_enough_is_told_nothing(built: Path) -> None:
    with subprocess.Popen(
        [Path(sys.executable).with_name("gouji"), "check", built / "部门决算.pdf"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_same_input_gives_the_same_bytes(
    built: Path, example: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    assert gouji("build", example, "-o", tmp_path / "again").code == 0
    for file in built.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name


def test_what_is_missing_is_listed(tmp_path: Path, gouji: Callable[..., Run]) -> None:
    assert gouji("init", tmp_path / "新").code == 0
    settings = tmp_path / "新" / "单位.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('"单位名称" = ""', '"单位名称" = "示例局"').replace('"年度" = 0', '"年度" = 2024')
    settings.write_text(text, encoding="utf-8")
    run = gouji("build", tmp_path / "新", "-o", tmp_path / "公开")
    assert re.search(r"待填\d+处，文本里以〔待填：…〕标出：", run.err)
    assert "  第一部分·一、单位职责：部门职责（填在登记簿的“文字材料”）" in run.err
    assert "〔待填：上年收入支出总计〕" in (tmp_path / "公开" / "部门决算.html").read_text(encoding="utf-8")
    assert "留有待填的标记" not in run.err, "gaps that are listed are not found as defects once more"


def test_shares_can_be_balanced(example: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    run = gouji("build", example, "-o", tmp_path / "公开", "--balance-shares")
    assert run.code == 0
    assert "为使占比合计等于100.00%，调整了末位：" in run.out
    rows = csv.DictReader(io.StringIO((tmp_path / "公开" / "statements.csv").read_text(encoding="utf-8-sig")))
    assert [row["text"] for row in rows if row["balanced"]] == ["50.01%"]


def test_read_gives_one_row_per_place(built: Path, gouji: Callable[..., Run]) -> None:
    file = built / "部门决算.pdf"
    rows = json.loads(gouji("read", file, "--format", "json").out)
    assert list(rows[0]) == list(ROW_COLUMNS)
    as_csv = list(csv.DictReader(io.StringIO(gouji("read", file, "--format", "csv").out)))
    assert [row["value"] for row in as_csv] == [row["value"] for row in rows]
    row = next(
        r
        for r in rows
        if r["table"] == "支出决算表" and r["row_code"] == "20603" and r["column"] == "项目支出"
    )
    assert row["value"] == "178.53"
    assert row["dimensions"] == {"exp_func_code": "20603", "nature": "project"}
    assert (row["concept"], row["unit"], row["decimals"], row["status"]) == (
        "expenditure",
        "万元",
        2,
        "bound",
    )
    assert row["page"] == 7
    assert len(row["bbox"]) == 4


def test_a_changed_figure_gives_exit_code_1_and_a_report(
    built: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    page = (built / "部门决算.html").read_text(encoding="utf-8")
    draft = tmp_path / "草稿.html"
    draft.write_text(page.replace(">178.53<", ">187.53<", 1), encoding="utf-8")
    run = gouji("check", draft)
    assert run.code == 1
    assert "187.53" in run.out
    report = json.loads(gouji("check", draft, "--format", "json").out)
    (finding,) = [f for f in report["findings"] if f["severity"] == "error"]
    assert (finding["stated"], finding["expected"], finding["difference"]) == ("187.53", "178.53", "9.00")
    assert [e["quote"] for e in finding["evidence"] if e["suspect"]] == ["187.53"]
    assert report["documents"][0]["year"] == 2024
    html = tmp_path / "报告.html"
    assert gouji("check", draft, "--format", "html", "-o", html).code == 1
    assert "187.53" in html.read_text(encoding="utf-8")


def test_fail_on_moves_the_exit_code(built: Path, gouji: Callable[..., Run]) -> None:
    assert gouji("check", built / "facts.csv", "--fail-on", "info").code == 1
    assert gouji("check", built / "facts.csv", "--fail-on", "error").code == 0


def test_every_rule_can_be_explained(gouji: Callable[..., Run]) -> None:
    listing = gouji("rules").out
    for rule in load_catalog().rules.values():
        assert rule.id in listing
        page = gouji("explain", rule.id).out
        assert rule.title in page
        assert "正例" in page
        assert "反例" in page
    assert gouji("explain", "one-fact-one-figure").code == 0
    one_sentence(gouji("explain", "GJ999"), "GJ999")


def test_a_new_workspace_says_what_to_fill_in(tmp_path: Path, gouji: Callable[..., Run]) -> None:
    folder = tmp_path / "新单位"
    assert gouji("init", folder).code == 0
    run = gouji("build", folder, "-o", tmp_path / "out")
    assert run.code == 2
    assert "单位名称" in run.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("argv", [["chek"], ["check"], ["check", "a.pdf", "--nonsense"], ["build", "x"]])
def test_a_wrong_command_line_gets_one_sentence(argv: list[str], gouji: Callable[..., Run]) -> None:
    one_sentence(gouji(*argv))


# ---- bad input


def minimal_pdf(*, encrypted: bool = False) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -44 >>",
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    encryption = b" /Encrypt 4 0 R /ID [<00> <00>]" if encrypted else b""
    return (
        body
        + table
        + b"trailer\n<< /Size 5 /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (encryption, len(body))
    )


def image(format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(stream, format)
    return stream.getvalue()


def docx_without_tables() -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("本单位2024年度部门决算情况说明。")
    document.save(stream)
    return stream.getvalue()


BAD_FILES = {
    "加密.pdf": (lambda: minimal_pdf(encrypted=True), ("密码",)),
    "空白.pdf": (minimal_pdf, ("没有",)),
    "图片.pdf": (lambda: image("PDF"), ("扫描",)),
    "其实是图.pdf": (lambda: image("PNG"), ("图片",)),
    "零字节.pdf": (lambda: b"", ("空",)),
    "没有表.docx": (docx_without_tables, ("没有识别出预算、决算公开表",)),
    "随机.docx": (lambda: b"PK\x03\x04" + b"\x07" * 500, ()),
    "乱码.txt": (lambda: bytes(range(256)) * 40, ()),
}


@pytest.mark.parametrize("command", ["check", "read"])
@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_one_sentence(
    name: str, command: str, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    make, said = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(make())
    run = gouji(command, path)
    one_sentence(run, name, *said)
    assert run.out == ""


def test_a_truncated_pdf_gets_one_sentence(built: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    whole = (built / "部门决算.pdf").read_bytes()
    path = tmp_path / "半截.pdf"
    path.write_bytes(whole[: len(whole) // 2])
    one_sentence(gouji("check", path), "半截.pdf")


def test_a_missing_file_and_a_folder_get_one_sentence(tmp_path: Path, gouji: Callable[..., Run]) -> None:
    one_sentence(gouji("check", tmp_path / "没有.pdf"), "没有.pdf")
    one_sentence(gouji("check", tmp_path), str(tmp_path))


def test_a_bad_file_does_not_hide_the_good_one(
    built: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"")
    run = gouji("check", built / "facts.csv", bad)
    assert run.code == 2
    assert "未发现错误和疑点" in run.out
    assert "坏.pdf" in run.err


def change(folder: Path, alter: Callable[[openpyxl.Workbook], None]) -> None:
    path = folder / "登记簿.xlsx"
    book = openpyxl.load_workbook(path)
    alter(book)
    book.save(path)


def without_sheet(book: openpyxl.Workbook) -> None:
    del book["支出"]


def first_row(book: openpyxl.Workbook, sheet: str) -> int:
    """The first data row of a register: below the head that names the amount."""
    rows = book[sheet].iter_rows(values_only=True)
    head = next(n for n, row in enumerate(rows, start=1) if row and "金额（元）" in row)
    return next(
        n for n in range(head + 1, head + 20) if any(c.value not in (None, "") for c in book[sheet][n])
    )


def put(sheet: str, column: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def alter(book: openpyxl.Workbook) -> None:
        row = first_row(book, sheet)
        head = next(cells for cells in book[sheet].iter_rows() if any(c.value == column for c in cells))
        at = next(cell.column for cell in head if cell.value == column)
        book[sheet].cell(row, at, value)

    return alter


def duplicated(book: openpyxl.Workbook) -> None:
    sheet = book["收入"]
    row = first_row(book, "收入")
    sheet.append([cell.value for cell in sheet[row]])


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (without_sheet, ("登记簿.xlsx", "支出")),
        (put("支出", "功能科目编码", "9999999"), ("登记簿.xlsx", "“支出”", "行", "9999999")),
        (put("收入", "金额（元）", "三十六万"), ("登记簿.xlsx", "“收入”", "行", "三十六万")),
        (duplicated, ("登记簿.xlsx", "“收入”", "行", "重复")),
    ],
)
def test_a_bad_register_gets_one_sentence_and_nothing_is_written(
    alter: Callable[[openpyxl.Workbook], None],
    said: tuple[str, ...],
    example: Path,
    tmp_path: Path,
    gouji: Callable[..., Run],
) -> None:
    folder = tmp_path / "工作"
    shutil.copytree(example, folder)
    change(folder, alter)
    run = gouji("build", folder, "-o", tmp_path / "out")
    one_sentence(run, *said)
    assert not (tmp_path / "out").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["工作"]


def test_a_failed_build_leaves_the_last_good_one(
    example: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    folder, out = tmp_path / "工作", tmp_path / "out"
    shutil.copytree(example, folder)
    assert gouji("build", folder, "-o", out).code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    change(folder, put("收入", "金额（元）", "三十六万"))
    assert gouji("build", folder, "-o", out).code == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_of_others_is_not_overwritten(
    example: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    out = tmp_path / "别人的"
    out.mkdir()
    (out / "重要.txt").write_text("不要动", encoding="utf-8")
    one_sentence(gouji("build", example, "-o", out), "别人的")
    assert [path.name for path in out.iterdir()] == ["重要.txt"]


def test_a_zip_bomb_is_refused(tmp_path: Path, gouji: Callable[..., Run]) -> None:
    path = tmp_path / "炸弹.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 600_000_000)
    one_sentence(gouji("check", path), "炸弹.docx")
