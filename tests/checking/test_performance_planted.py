"""One change in forms of real shape (built files, published ones): the rules about money in other tables, about what the
text says, and about the shares of the levels find it, and say nothing before."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
from functools import cache
from pathlib import Path

import docx
import pytest

from gouji.catalog import load_catalog
from gouji.checking import check
from gouji.checking.check import check_document
from gouji.documents import Document, Table
from gouji.documents.opening import open_document
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing.evaluation_document import evaluation_document
from gouji.writing.publication import EVALUATION

CATALOG = load_catalog()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ASSOCIATION = "association-2024-evaluation"


@cache
def built(folder: Path, name: str) -> bytes:
    document = evaluation_document(read_workspace(folder, CATALOG), CATALOG)
    assert document is not None
    return EVALUATION[name](document)


def rules(document: Document) -> set[str]:
    return {finding.rule for finding in check_document(read_document(document, CATALOG), CATALOG)[1]}


def report(tmp_path: Path, *, added: str = "", old: str = "", new: str = "") -> set[str]:
    """What is found in the association's report in Word, with a sentence more or a figure changed in its text."""
    paper = docx.Document(io.BytesIO(built(EXAMPLES / ASSOCIATION, "绩效自评.docx")))
    if added:
        paper.paragraphs[-1].insert_paragraph_before(added)
    changed = [run for paragraph in paper.paragraphs for run in paragraph.runs if old and old in run.text]
    assert bool(changed) is bool(old)
    for run in changed[:1]:
        run.text = run.text.replace(old, new, 1)
    file = tmp_path / "绩效自评.docx"
    paper.save(str(file))
    return rules(open_document(file))


def test_the_text_states_another_rate_than_the_form(tmp_path: Path) -> None:
    assert "GJ828" not in report(tmp_path)
    assert "GJ828" in report(tmp_path, old="87.82%", new="78.82%")


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("经综合评定，2024年度部门整体支出自评等级为“良”。", True),
        ("自评得分98.8分，评价等次为良好。", True),
        ("自评得分98.8分，评定为优秀等次。", False),
        ("经综合评定，2024年度部门整体支出自评等级为“优”。", False),
        ("上年度部门整体支出绩效评价等级为“良”。", False),
    ],
)
def test_the_text_states_another_grade_than_the_form(tmp_path: Path, sentence: str, wrong: bool) -> None:
    assert ("GJ829" in report(tmp_path, added=sentence)) is wrong


@pytest.mark.parametrize("name", ["绩效自评.pdf", "绩效自评.docx"])
def test_levels_with_other_shares_than_the_method_sets(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "协会"
    shutil.copytree(EXAMPLES / "self-evaluation-2024", folder)
    file = tmp_path / name
    file.write_bytes(built(folder, name))
    assert "GJ830" not in rules(open_document(file))
    rows = folder / "绩效" / "指标.csv"
    text = rows.read_text(encoding="utf-8")
    assert "派出交流团组,2个,行数,出访,,,,20," in text
    assert "讲座影响,明显,填写,,,,较明显,30,28," in text
    text = text.replace("派出交流团组,2个,行数,出访,,,,20,", "派出交流团组,2个,行数,出访,,,,10,")
    rows.write_text(text.replace("较明显,30,28,", "较明显,40,38,"), encoding="utf-8")
    built.cache_clear()
    file.write_bytes(built(folder, name))
    assert "GJ830" in rules(open_document(file))


def test_the_whole_body_spent_another_amount_than_its_accounts(tmp_path: Path) -> None:
    """The accounts beside the self-evaluation of one body, as web pages."""
    from gouji.writing.disclosure import disclose  # noqa: PLC0415
    from gouji.writing.publication import contents_of, narrated  # noqa: PLC0415

    workspace = read_workspace(EXAMPLES / "hunan-2024", CATALOG)
    disclosure = narrated(workspace, disclose(workspace, CATALOG), CATALOG)
    contents = dict(contents_of(workspace, disclosure, CATALOG))
    accounts = tmp_path / "部门决算.html"
    accounts.write_bytes(contents["部门决算.html"])
    spent = next(
        witness.printed.text
        for table in read_document(open_document(accounts), CATALOG).tables
        for witness in table.witnesses
        if witness.fact is not None and witness.fact.concept == "expenditure" and not witness.fact.dims
    )
    page = contents["绩效自评.html"].decode()

    def found(text: str) -> set[str]:
        file = tmp_path / "绩效自评.html"
        file.write_text(text, encoding="utf-8")
        readings = [read_document(open_document(path), CATALOG) for path in (accounts, file)]
        return {finding.rule for finding in check(readings, CATALOG).findings}

    assert "GJ827" in found(page)
    assert "214.86</td>" in page
    assert "GJ827" not in found(page.replace("214.86</td>", f"{spent}</td>"))


# ---- Published files, one cell or one line changed. ----


def changed_cell(document: Document, page: int, old: str, new: str) -> Document:
    blocks = []
    left = 1
    for block in document.blocks:
        if isinstance(block, Table) and block.place.page == page:
            cells = []
            for cell in block.cells:
                hit = left and "".join(cell.text.split()) == old
                left -= 1 if hit else 0
                cells.append(cell._replace(text=new) if hit else cell)
            blocks.append(dataclasses.replace(block, cells=cells))
        else:
            blocks.append(block)
    assert left == 0
    return dataclasses.replace(document, blocks=blocks)


@pytest.mark.parametrize(
    ("file", "page", "old", "new"),
    [("xian-01.pdf", 33, "3,643.37", "3,634.37"), ("xian-04.pdf", 77, "58,124.29", "58,214.29"), ("xian-05.pdf", 39, "2518.05", "2581.05")],
)  # fmt: skip
def test_the_total_of_the_tasks_in_a_published_budget(
    shared: Path, file: str, page: int, old: str, new: str
) -> None:
    document = open_document(shared / "corpus" / file)
    assert not {"GJ827", "GJ835"} & rules(document)
    assert {"GJ827", "GJ835"} <= rules(changed_cell(document, page, old, new))


@pytest.mark.parametrize(
    ("old", "new"), [("96.25", "69.25"), ("10220.32", "10202.32"), ("1489.44", "1498.44"), ("87.82", "78.82")]
)
def test_the_text_of_a_published_report(shared: Path, tmp_path: Path, old: str, new: str) -> None:
    text = (shared / "corpus" / "002_0a47ff45e491b3ea.txt").read_text(encoding="utf-8")
    file = tmp_path / "自评.txt"
    file.write_text(text, encoding="utf-8")
    assert not {"GJ828", "GJ830"} & rules(open_document(file))
    changed = re.sub(rf"(执行率|预算数) ?{re.escape(old)}", rf"\g<1> {new}", text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    assert "GJ828" in rules(open_document(file))
