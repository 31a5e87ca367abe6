"""Three published self-evaluations as workspaces: built, read back, checked; their defects are found again."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from gouji.catalog import Catalog, fold, load_catalog
from gouji.checking.check import check_document
from gouji.checking.result import Finding, Severity
from gouji.documents.opening import open_document
from gouji.performance import PerformanceForm
from gouji.reading import read_document
from gouji.registers import read_workspace
from gouji.writing.evaluation_document import EvaluationDocument, evaluation_document
from gouji.writing.publication import EVALUATION, evaluation_files

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ASSOCIATION, UNIT, CENTRE = "association-2024-evaluation", "hunan-2024", "guangdong-2024-evaluation"
READABLE = [name for name in EVALUATION if not name.startswith("performance.")]
PUBLISHED = {"GJ809": 3, "GJ815": 2, "GJ817": 2}
"""What is wrong with the association's self-evaluation as it was published."""


def composed(folder: Path, catalog: Catalog) -> EvaluationDocument:
    document = evaluation_document(read_workspace(folder, catalog), catalog)
    assert document is not None
    return document


@cache
def example(name: str) -> EvaluationDocument:
    return composed(EXAMPLES / name, load_catalog())


def checked(file: Path) -> tuple[list[PerformanceForm], list[Finding]]:
    reading = read_document(open_document(file), load_catalog())
    _, findings = check_document(reading, load_catalog())
    return reading.performance, [f for f in findings if f.severity is not Severity.INFO]


def stated(form: PerformanceForm) -> list[object]:
    """The facts of a form, blanks between words and line breaks aside."""
    shares = (
        form.execution_weight, form.execution_rate, form.execution_score, form.total_weight, form.total_score,
    )  # fmt: skip
    return [
        form.kind, form.project, _plain(form.goal), _plain(form.result), [s.text if s else None for s in shares],
        [(i.level, i.category, _plain(i.name), _plain(i.target.text), _plain(i.actual.text) if i.actual else "",
          i.weight.text if i.weight else "", i.score.text if i.score else "", _plain(i.cause)) for i in form.indicators],
    ]  # fmt: skip


def money(form: PerformanceForm) -> set[tuple[str, str, str]]:
    """The amounts of a form; some layouts print the sources for the year's budget only."""
    return {
        (row.id, stage, amount.printed.text) for row in form.money for stage, amount in row.amounts.items()
    }


def _plain(text: str) -> str:
    return fold("".join(text.split()))


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("of", [ASSOCIATION, UNIT, CENTRE])
def test_what_is_built_is_read_back(of: str, name: str, tmp_path: Path) -> None:
    document = example(of)
    file = tmp_path / name
    file.write_bytes(EVALUATION[name](document))
    forms, findings = checked(file)
    assert [stated(form) for form in forms] == [stated(one.form) for one in document.evaluations]
    for form, one in zip(forms, document.evaluations, strict=True):
        assert money(form) <= money(one.form)
        assert {part for part in money(one.form) if part[0] == "total"} <= money(form)
    found = [f.rule for f in findings]
    expected = PUBLISHED if of == ASSOCIATION else {}
    assert {rule: found.count(rule) for rule in found} == expected


def test_all_rows_and_totals_of_the_association_come_out() -> None:
    forms = [evaluation.form for evaluation in example(ASSOCIATION).evaluations]
    assert [len(form.indicators) for form in forms] == [46, 54, 42, 38]
    assert [form.total_score.text for form in forms if form.total_score] == ["98.8", "99.6", "99.7", "92.6"]
    assert [form.execution_rate.text for form in forms if form.execution_rate] == [
        "87.82%", "96.25%", "96.97%", "55.89%",
    ]  # fmt: skip
    assert all(form.level_shares == {"产出指标": 50, "效益指标": 30, "满意度指标": 10} for form in forms)


def test_the_report_of_the_association_has_every_rate() -> None:
    narrative = example(ASSOCIATION).narrative
    assert narrative is not None
    assert narrative.gaps == ()
    rates = [(s.title, s.text) for s in narrative.statements if s.measure == "rate"]
    assert rates == [
        ("在职人数", "87.32%"), ("公用经费", "99.32%"), ("“三公”经费", "87.12%"), ("全年执行数", "87.82%"),
        ("业务工作经费全年执行数", "96.25%"), ("运行维护经费全年执行数", "96.97%"), ("其他事业发展类资金全年执行数", "55.89%"),
    ]  # fmt: skip


def test_the_table_of_basic_data_is_filled() -> None:
    (table,) = [table for table in example(ASSOCIATION).tables if table.layout.scope == "basics"]
    rows = [[cell.text for cell in row] for _, piece in table.pieces for row in piece]
    assert ["142", "124", "87.32%"] in rows
    assert ["三公经费", "58.30", "94.50", "82.33"] in rows
    assert ["1、业务工作经费", "3137.74", "1285.73", "1237.46"] in rows
    assert ["部门基本支出预算调整", "112.80", "", "82.85"] in rows
    assert sum(1 for cell in table.cells if cell.sources) > 50


def without_published_defects(tmp_path: Path) -> Path:
    """The association's workspace with figures where it published bounds, and each indicator once."""
    folder = tmp_path / "clean"
    shutil.copytree(EXAMPLES / ASSOCIATION, folder)
    file = folder / "绩效" / "指标.csv"
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    names: dict[tuple[str, str], int] = {}
    for row in rows[1:]:
        row[6] = row[6].lstrip("≥≤≧").replace("会员满意度≥", "")
        seen = names[row[0], row[3]] = names.get((row[0], row[3]), 0) + 1
        row[3] += "（效果）" if seen > 1 else ""
        row[6] = "1次" if row[4] == "投诉次数≤3" and row[3].startswith("赛事") else row[6]
        row[6] = "90.9分" if row[3].startswith("物业") else row[6]
        if row[6] != row[4] and row[8] and not row[9]:
            row[8] = ""
        if row[5] == "填写" and not row[8]:
            row[8] = row[7]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    file.write_text(stream.getvalue(), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("GJ809", ">90%</a>", ">≥90%</a>"),
        ("GJ815", "提高青年干部的凝聚力（效果）", "提高青年干部的凝聚力"),
        ("GJ817", ">90.9分</a>", ">90分</a>"),
        ("GJ803", "<td>98.8</td>", "<td>99.8</td>"),
        ("GJ805", "<td>55.89%</td>", "<td>58.89%</td>"),
        ("GJ806", "<td>9.17</td>", "<td>9.71</td>"),
        ("GJ808", "分会服务企业创新还有空间，下年加大力度", ""),
        ("GJ821", ">98.8分</a>", ">89.8分</a>"),
        ("GJ802", "（50分）", "（60分）"),
    ],
)
def test_a_published_defect_planted_into_a_clean_one_is_found(
    rule: str, old: str, new: str, tmp_path: Path
) -> None:
    page = tmp_path / "绩效自评.html"
    text = _clean_page()
    page.write_text(text, encoding="utf-8")
    assert checked(page)[1] == []
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert rule in {finding.rule for finding in checked(page)[1]}


@cache
def _clean_page() -> str:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        document = composed(without_published_defects(Path(folder)), load_catalog())
    return EVALUATION["绩效自评.html"](document).decode()


def test_the_data_are_the_forms(tmp_path: Path) -> None:
    files = evaluation_files(example(ASSOCIATION))
    rows = list(csv.DictReader(io.StringIO(files["performance.csv"].decode("utf-8-sig"))))
    assert len(rows) == 180
    visits = next(row for row in rows if row["actual"] == "290.63万人次")
    assert (visits["operator"], visits["target_low"], visits["actual_value"], visits["unit"]) == (
        "≥", "1000000", "2906300", "人次",
    )  # fmt: skip
    assert visits["evidence"].startswith("绩效/指标.csv：")
    content = json.loads(files["performance.json"])
    assert [form["total_score"] for form in content["forms"]] == ["98.8", "99.6", "99.7", "92.6"]
    assert sum(Decimal(i["weight"]) for i in content["forms"][0]["indicators"]) == 90


def test_the_centre_states_one_score_and_what_was_put_right() -> None:
    document = example(CENTRE)
    (evaluation,) = document.evaluations
    assert evaluation.form.total_score is not None
    assert evaluation.form.total_score.text == "100"
    assert all(item.score is None for item in evaluation.rated)
    assert document.narrative is not None
    headings = [section.heading for section in document.narrative.parts[0].sections]
    assert headings[-1] == "四、上年度绩效自评整改情况"
    assert document.narrative.gaps == ()


def test_the_unit_counts_from_its_register() -> None:
    (evaluation,) = example(UNIT).evaluations
    counted = [item for item in evaluation.rated if item.trace is not None and item.trace.counted]
    assert [item.indicator.actual.text for item in counted if item.indicator.actual] == [
        "4场",
        "4场",
        "160人",
        "2期",
    ]
    assert [len(item.trace.rows) for item in counted if item.trace] == [4, 4, 1, 2]
