"""``gouji check``: every format of the report, marks, waivers and several files, from the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from command_run import Run
from gouji.writing.publication import DOCUMENT, PAGE, PORTABLE, WORKBOOK


@pytest.fixture
def draft(built: Path, tmp_path: Path) -> Path:
    """The built page with one figure changed."""
    page = (built / PAGE).read_text(encoding="utf-8")
    path = tmp_path / "草稿.html"
    path.write_text(page.replace(">178.53<", ">187.53<", 1), encoding="utf-8")
    return path


def waive(folder: Path, **changes: str) -> Path:
    """A file of waivers for the changed figure of the draft."""
    values = {
        "规则": '"GJ101"', "表": '"支出决算表"', "行": '"20603"', "列": '"项目支出"', "理由": '"上级批复如此"',
        "批准人": '"张三"', "截止": "2099-12-31",
    } | changes  # fmt: skip
    path = folder / "豁免.toml"
    text = "\n".join(['[["豁免"]]', *(f'"{key}" = {value}' for key, value in values.items())])
    path.write_text(text, encoding="utf-8")
    return path


def rule_of(draft: Path, gouji: Callable[..., Run]) -> str:
    (found,) = [
        f for f in json.loads(gouji("check", draft, "-f", "json").out)["findings"] if f["severity"] == "error"
    ]
    return f'"{found["rule"]}"'


def test_every_format_tells_the_same_defect(draft: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    rows = list(csv.DictReader(io.StringIO(gouji("check", draft, "-f", "csv").out.removeprefix("\ufeff"))))
    (row,) = [row for row in rows if row["级别"] == "错误"]
    assert (row["列示"], row["应为"]) == ("187.53", "178.53")
    log = json.loads(gouji("check", draft, "-f", "sarif").out)
    (found,) = [one for one in log["runs"][0]["results"] if one["level"] == "error"]
    assert found["properties"]["expected"] == "178.53"
    book = tmp_path / "检查表.xlsx"
    assert gouji("check", draft, "-f", "checklist", "-o", book).code == 1
    words = "".join(str(c.value) for row in openpyxl.load_workbook(book).active for c in row if c.value)
    assert "应为 178.53万元" in words
    assert "应为 178.53万元" in gouji("check", draft).out.replace("\n", "")


@pytest.mark.parametrize("format", ["html", "checklist", "pdf"])
def test_what_needs_a_file_says_so(format: str, built: Path, gouji: Callable[..., Run]) -> None:
    run = gouji("check", built / "facts.csv", "-f", format)
    assert run.code == 2
    assert "-o" in run.err
    assert len(run.err.splitlines()) == 1


def test_a_pdf_is_marked_beside_any_report(built: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    source, marked = built / PORTABLE, tmp_path / "标注.pdf"
    run = gouji("check", source, "--marked", marked)
    assert run.code == 0
    assert "未发现" in run.out
    assert str(marked) in run.err
    assert marked.read_bytes().startswith(source.read_bytes())
    again = tmp_path / "再.pdf"
    assert gouji("check", source, "-f", "pdf", "-o", again).code == 0
    assert again.read_bytes() == marked.read_bytes()


def test_several_pdfs_are_marked_in_a_folder(built: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    copy = tmp_path / PORTABLE
    copy.write_bytes((built / PORTABLE).read_bytes())
    folder = tmp_path / "标注"
    stem = Path(PORTABLE).stem
    assert gouji("check", built / PORTABLE, copy, "-f", "pdf", "-o", folder).code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{stem}-标注.pdf",
        f"{stem}-标注2.pdf",
    ]


@pytest.mark.parametrize("name", [DOCUMENT, WORKBOOK, PAGE])
def test_only_pdfs_can_be_marked(name: str, built: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    for words in (("-f", "pdf", "-o", tmp_path / "x.pdf"), ("--marked", tmp_path / "x.pdf")):
        run = gouji("check", built / name, *words)
        assert run.code == 2
        assert "只有PDF能标注" in run.err
        assert len(run.err.splitlines()) == 1
        assert not (tmp_path / "x.pdf").exists()


def test_the_checked_file_is_never_written_over(
    built: Path, tmp_path: Path, gouji: Callable[..., Run]
) -> None:
    source = tmp_path / "原件.pdf"
    source.write_bytes((built / PORTABLE).read_bytes())
    before = source.read_bytes()
    for words in (("-f", "pdf", "-o", source), ("--marked", source), ("-f", "csv", "-o", source)):
        run = gouji("check", source, *words)
        assert run.code == 2
        assert "原件.pdf" in run.err
        assert source.read_bytes() == before


def test_a_waiver_beside_the_file_counts(draft: Path, gouji: Callable[..., Run]) -> None:
    waive(draft.parent, 规则=rule_of(draft, gouji))
    run = gouji("check", draft)
    assert run.code == 0
    for words in ("已豁免 1 处", "上级批复如此", "张三", "2099-12-31"):
        assert words in run.out
    report = json.loads(gouji("check", draft, "-f", "json").out)
    assert len(report["waived"]) == 1
    for format in ("html", "csv", "sarif"):
        out = draft.parent / f"报告.{format}"
        assert gouji("check", draft, "-f", format, "-o", out).code == 0
        assert "上级批复如此" in out.read_text(encoding="utf-8")


def test_a_waiver_can_be_named(draft: Path, tmp_path: Path, gouji: Callable[..., Run]) -> None:
    folder = tmp_path / "别处"
    folder.mkdir()
    path = waive(folder, 规则=rule_of(draft, gouji))
    assert gouji("check", draft).code == 1
    assert gouji("check", draft, "--waivers", path).code == 0


def test_an_expired_waiver_counts_no_more_and_says_so(draft: Path, gouji: Callable[..., Run]) -> None:
    waive(draft.parent, 规则=rule_of(draft, gouji), 截止="2020-12-31")
    run = gouji("check", draft)
    assert run.code == 1
    assert "无效的豁免 1 条" in run.out
    assert "2020-12-31到期" in run.out.replace("\n", "").replace(" ", "")


def test_a_waiver_that_matches_nothing_says_so(built: Path, draft: Path, gouji: Callable[..., Run]) -> None:
    waive(draft.parent, 表='"收入决算表"')
    run = gouji("check", draft)
    assert run.code == 1
    assert "没有发现它所指的问题" in run.out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(("key", "value", "said"), [("规则", '"GJ999"', "GJ999"), ("截止", '"明年"', "日期")])
def test_a_wrong_waiver_stops_the_check(
    key: str, value: str, said: str, draft: Path, gouji: Callable[..., Run]
) -> None:
    waive(draft.parent, **{key: value})
    run = gouji("check", draft)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_a_waivers_file_that_is_not_there(draft: Path, gouji: Callable[..., Run]) -> None:
    run = gouji("check", draft, "--waivers", draft.parent / "没有.toml")
    assert run.code == 2
    assert "没有.toml" in run.err


def test_files_of_one_body_are_grouped(built: Path, draft: Path, gouji: Callable[..., Run]) -> None:
    out = gouji("check", built / "facts.csv", draft).out
    assert "分组（1 家单位）" in out
    assert "2 个文件" in out
    page = draft.parent / "报告.html"
    gouji("check", built / "facts.csv", draft, "-f", "html", "-o", page)
    text = page.read_text(encoding="utf-8")
    assert 'class="groups"' in text
    assert "2 个文件（2024年度" in text
    assert "分组" not in gouji("check", draft).out
